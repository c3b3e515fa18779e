// Drives the window without a display: frames are built in memory, widgets are found by the names
// they registered, and what the window asks of the session is kept for looking at.
#pragma once

#include "gui/frame/stage.h"
#include "tests/window/sample_models.h"

#include <string>
#include <variant>
#include <vector>

namespace gui {

class KeptCommands final : public CommandSink {
  public:
    void send(Command command) override { commands.push_back(std::move(command)); }

    template <class T>
    [[nodiscard]] std::vector<T> of() const {
        std::vector<T> out;
        for (const Command& command : commands) {
            if (const T* found = std::get_if<T>(&command)) out.push_back(*found);
        }
        return out;
    }

    std::vector<Command> commands;
};

struct DriverOptions {
    StageSize size;
    std::string font = "embedded";
    ThemeName theme = ThemeName::kDark;
    double scale = 1;
};

class Driver {
  public:
    explicit Driver(ViewModel model, const DriverOptions& options = {});

    /// So many frames.
    void run(int frames = 1);
    /// False when no widget of this name was drawn in the last frame.
    bool click(const std::string& name, int button = 0);
    bool double_click(const std::string& name);
    /// Presses at one share of the widget's width and lets go at another.
    bool drag(const std::string& name, float from, float to, int button = 0);
    bool hover(const std::string& name, float share = 0.5F);
    void wheel(float steps);
    /// Down and up before the next frame, as a quick tap.
    void tap(const std::string& chord);
    void hold(int key, bool down);
    void type(const std::string& text);
    [[nodiscard]] bool shows(const std::string& name) const;
    void open(Screen screen);

    ViewModel model;
    UiState state;
    KeptCommands sent;

    [[nodiscard]] Stage& stage() { return stage_; }

  private:
    static UiState state_of(const DriverOptions& options);

    Stage stage_;
};

}  // namespace gui
