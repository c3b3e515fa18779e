// The run that the window shows, and how another takes its place: by the dialog, or by a file that
// was dropped. The new one must stand before the old one goes.
#pragma once

#include "gui/frame/ui_state.h"
#include "gui/session/session.h"
#include "scenarios/engine/scenario.h"
#include "sim/result.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gui {

/// What a user means by a name: a scenario, or (without one) the database of a recorded run.
struct RunSource {
    std::filesystem::path path;
    std::optional<scenarios::Scenario> scenario;
};

/// `settings` are "key=value" for a scenario. The error says what is wrong with the file.
sim::Result<RunSource> find_run(const std::string& name,
                                const std::vector<std::string>& settings = {});

/// Simulated seconds per second that a run begins with: a block of six seconds in one.
inline constexpr double kUsualSpeed = 6;

/// What the user did to the window, without what belongs to the run that is left.
UiState for_another_run(const UiState& state);

class OpenRun final : public CommandSink {
  public:
    /// Without success the run before goes on unharmed.
    sim::Status open(const std::string& name,
                     const std::vector<std::string>& settings = {},
                     const SessionOptions& options = {});

    /// Opens what the state asks for; the dialog says why when it cannot.
    void serve(UiState& state);

    [[nodiscard]] bool is_open() const { return session_ != nullptr; }

    /// Of the file that is open.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    // As the session's; nothing happens while there is none.
    void send(Command command) override;
    bool fetch();
    [[nodiscard]] const ViewModel& model() const;
    void look(const Interest& interest);

  private:
    std::unique_ptr<Session> session_;
    std::filesystem::path path_;
    ViewModel nothing_;
};

}  // namespace gui
