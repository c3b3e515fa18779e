// What every drawing function needs besides its model: colours, fonts, where textures come from,
// the key queue, and the register of widgets by name through which tests click and tours point. It
// hangs on ImGui's own context, so there is one per context and no global of ours.
#pragma once

#include "gui/draw/fonts.h"
#include "gui/draw/keys.h"
#include "gui/draw/picture.h"
#include "gui/draw/theme.h"

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

/// Where the widgets of the last frame were, by name.
class Probe {
  public:
    struct Place {
        std::string name;
        ImVec2 from;
        ImVec2 to;
    };

    /// Off costs nothing; a tour or a test switches it on.
    bool on = false;

    void begin_frame();
    void add(std::string_view name, ImVec2 from, ImVec2 to);
    /// In this frame so far, or in the one before.
    [[nodiscard]] std::optional<Place> find(std::string_view name) const;

    [[nodiscard]] const std::vector<Place>& places() const { return places_; }

  private:
    std::vector<Place> places_;
    std::vector<Place> before_;
};

struct Ui {
    Theme theme;
    Fonts fonts;
    Textures* textures = nullptr;
    Probe probe;
    KeyQueue keys;
    double scale = 1;
    /// Software drawing: no rounded corners, no smoothing of fills.
    bool low_fill = false;
    /// Text put into the clipboard or shown as done, for the status line.
    std::string notice;
};

/// The Ui of the current context, set by attach().
Ui& ui();
/// Makes `state` the current context's.
void attach(Ui& state);
/// Fonts, theme and sizes anew, after a change of scale, theme or font.
void restyle(Ui& state, const FontWish& wish);

/// The height of text: all sizes are multiples of it.
float em();

inline ImVec2 ems(float x, float y) {
    return {x * em(), y * em()};
}

}  // namespace gui
