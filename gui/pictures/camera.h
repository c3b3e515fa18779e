// Makes pictures of a run without a display: goes to a moment, builds the frame as on a screen and
// draws it in memory. It knows no threads and no wall time, so a moment looks the same every time.
#pragma once

#include "gui/frame/arguments.h"
#include "gui/frame/stage.h"
#include "gui/session/player.h"
#include "sim/result.h"

#include <memory>
#include <string>

namespace gui {

class Camera {
  public:
    /// Opens what the arguments name and looks at it as they say.
    static sim::Result<std::unique_ptr<Camera>> open(const Arguments& arguments);

    /// Runs or goes back to a moment; the scenario's end at the latest. What keeps it from coming
    /// there (a broken invariant, a replay that differs) is the error; the clock stands there then.
    sim::Status go_to(sim::SimTime at);

    Picture take();

    [[nodiscard]] sim::SimTime now() const { return player_->selected().world().now(); }

    [[nodiscard]] sim::SimTime end() const { return player_->selected().end(); }

    /// "Market at day 3, 04:05:06", of the picture taken last.
    [[nodiscard]] std::string caption() const;

  private:
    Camera(std::unique_ptr<Player> player, const Arguments& arguments);

    void look();

    std::unique_ptr<Player> player_;
    std::string order_;  ///< as on the command line
    UiState state_;
    Stage stage_;
    ViewModel model_;
    std::uint64_t looks_ = 0;
};

}  // namespace gui
