// The three fonts of the window (text, large text, fixed width), found through fontconfig, with the
// small font inside Dear ImGui when nothing is found or when pictures must be the same everywhere.
#pragma once

#include <string>

struct ImFont;
struct ImFontAtlas;

namespace gui {

struct FontWish {
    std::string family;  ///< tried first; "embedded" = only the font inside the program
    double scale = 1;
};

struct Fonts {
    ImFont* text = nullptr;
    ImFont* large = nullptr;
    ImFont* fixed = nullptr;
    std::string family;  ///< what was found, for the status line
};

/// Empties the atlas and builds it anew. Never fails: the embedded font is always there.
Fonts load_fonts(const FontWish& wish, ImFontAtlas& atlas);

/// The file of a family; empty when this machine does not have it (fontconfig always answers with
/// something, so the family of its answer is compared).
std::string font_file(const std::string& family);

}  // namespace gui
