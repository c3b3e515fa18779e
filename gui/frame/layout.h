// Which screens stand where: one to three panes, each with tabs. Presets are called workspaces; the
// user moves tabs between panes, and the arrangement is kept as one line of text.
#pragma once

#include "gui/session/view_model.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

struct Pane {
    std::vector<Screen> tabs;
    Screen shown = Screen::kOverview;
};

/// The first pane is on the left, the second on the right, the third below the second.
struct Layout {
    std::vector<Pane> panes;
    float across = 0.55F;  ///< share of the first pane's width
    float down = 0.6F;     ///< share of the second pane's height

    [[nodiscard]] ScreenSet visible() const;
    /// Brings a screen to the front, adding it to the first pane when it is in none.
    void show(Screen screen);
    /// To another pane, which is made when there are fewer than three; empty panes disappear.
    void move(Screen screen, std::size_t pane);
    /// The screen before or after the first pane's.
    void step(int by);
};

struct Workspace {
    const char* name;
    const char* about;
};

inline constexpr std::array<Workspace, 6> kWorkspaces{{
    {"All screens", "one pane, every screen a tab"},
    {"Watch", "the market beside utilization and the log"},
    {"Market", "orders and auctions beside providers and leases"},
    {"Chain", "validators beside the scenario and the log"},
    {"Economy", "money beside utilization and leases"},
    {"Debug", "checks beside the log and the program's own speed"},
}};

Layout workspace(std::size_t index);

/// "market*,log|checks*" and the shares; reading what is not understood gives the first workspace.
std::string to_text(const Layout& layout);
Layout parse_layout(std::string_view text);

}  // namespace gui
