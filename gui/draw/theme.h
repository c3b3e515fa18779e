// Every colour of the window, in a dark and a light set. A test computes the contrasts: text
// reaches 4.5:1 on each surface it stands on, shapes reach 3:1. Colour never says anything alone; a
// word or a shape stands beside it.
#pragma once

#include "gui/plot/colour.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

struct ImGuiStyle;

namespace gui {

enum class ThemeName : unsigned char { kDark, kLight };

std::optional<ThemeName> theme_named(std::string_view name);

struct Theme {
    ThemeName name = ThemeName::kDark;
    Rgba window = 0;  ///< behind the panels
    Rgba panel = 0;
    Rgba border = 0;
    Rgba field = 0;   ///< inputs and plots
    Rgba raised = 0;  ///< buttons, table heads
    Rgba hovered = 0;
    Rgba chosen = 0;  ///< the selected tab, row, toggle
    Rgba text = 0;
    Rgba dim = 0;
    Rgba accent = 0;
    Rgba better = 0;
    Rgba worse = 0;
    Rgba warning = 0;
    Rgba grid = 0;
    std::array<Rgba, 8> categories{};

    [[nodiscard]] Rgba category(std::size_t index) const {
        return categories[index % categories.size()];
    }
};

const Theme& theme_of(ThemeName name);

/// Colours and sizes of ImGui's own widgets; `scale` is that of the fonts.
void apply_theme(const Theme& theme, double scale, ImGuiStyle& style);

/// Text that can be read on a filled shape of this colour: black or white.
Rgba text_on(Rgba fill);

}  // namespace gui
