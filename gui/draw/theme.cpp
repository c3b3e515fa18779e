#include "gui/draw/theme.h"

#include <imgui.h>

namespace gui {
namespace {

Theme make_dark() {
    Theme theme;
    theme.name = ThemeName::kDark;
    theme.window = rgba(13, 15, 20);
    theme.panel = rgba(22, 25, 33);
    theme.border = rgba(52, 58, 72);
    theme.field = rgba(30, 34, 44);
    theme.raised = rgba(40, 46, 60);
    theme.hovered = rgba(56, 66, 90);
    theme.chosen = rgba(38, 79, 140);
    theme.text = rgba(228, 232, 240);
    theme.dim = rgba(160, 168, 184);
    theme.accent = rgba(102, 178, 255);
    theme.better = rgba(86, 180, 233);
    theme.worse = rgba(242, 140, 60);
    theme.warning = rgba(240, 196, 25);
    theme.grid = rgba(44, 49, 62);
    theme.categories = categories_on_dark();
    return theme;
}

Theme make_light() {
    Theme theme;
    theme.name = ThemeName::kLight;
    theme.window = rgba(234, 237, 242);
    theme.panel = rgba(255, 255, 255);
    theme.border = rgba(200, 206, 217);
    theme.field = rgba(244, 246, 250);
    theme.raised = rgba(226, 231, 240);
    theme.hovered = rgba(207, 218, 236);
    theme.chosen = rgba(180, 207, 245);
    theme.text = rgba(22, 26, 34);
    theme.dim = rgba(80, 88, 102);
    theme.accent = rgba(0, 92, 175);
    theme.better = rgba(0, 104, 173);
    theme.worse = rgba(176, 72, 0);
    theme.warning = rgba(140, 98, 0);
    theme.grid = rgba(222, 226, 234);
    theme.categories = categories_on_light();
    return theme;
}

ImVec4 vec(Rgba colour) {
    return ImGui::ColorConvertU32ToFloat4(colour);
}

void set_colours(const Theme& theme, ImGuiStyle& style) {
    auto set = [&](int index, Rgba colour) { style.Colors[index] = vec(colour); };
    set(ImGuiCol_Text, theme.text);
    set(ImGuiCol_TextDisabled, theme.dim);
    set(ImGuiCol_WindowBg, theme.window);
    set(ImGuiCol_ChildBg, 0);  // boxes paint themselves
    set(ImGuiCol_PopupBg, theme.panel);
    set(ImGuiCol_Border, theme.border);
    set(ImGuiCol_FrameBg, theme.field);
    set(ImGuiCol_FrameBgHovered, theme.hovered);
    set(ImGuiCol_FrameBgActive, theme.hovered);
    set(ImGuiCol_TitleBg, theme.raised);
    set(ImGuiCol_TitleBgActive, theme.raised);
    set(ImGuiCol_ScrollbarBg, faded(theme.panel, 0));
    set(ImGuiCol_ScrollbarGrab, theme.hovered);
    set(ImGuiCol_ScrollbarGrabHovered, theme.dim);
    set(ImGuiCol_ScrollbarGrabActive, theme.accent);
    set(ImGuiCol_CheckMark, theme.accent);
    set(ImGuiCol_SliderGrab, theme.accent);
    set(ImGuiCol_SliderGrabActive, theme.text);
    set(ImGuiCol_Button, theme.raised);
    set(ImGuiCol_ButtonHovered, theme.hovered);
    set(ImGuiCol_ButtonActive, theme.chosen);
    set(ImGuiCol_Header, theme.chosen);
    set(ImGuiCol_HeaderHovered, theme.hovered);
    set(ImGuiCol_HeaderActive, theme.chosen);
    set(ImGuiCol_Separator, theme.border);
    set(ImGuiCol_Tab, theme.panel);
    set(ImGuiCol_TabHovered, theme.hovered);
    set(ImGuiCol_TabActive, theme.chosen);
    set(ImGuiCol_TableHeaderBg, theme.raised);
    set(ImGuiCol_TableBorderStrong, theme.border);
    set(ImGuiCol_TableBorderLight, theme.grid);
    set(ImGuiCol_TableRowBgAlt, faded(theme.field, 0.55));
    set(ImGuiCol_TextSelectedBg, theme.chosen);
    set(ImGuiCol_NavHighlight, theme.accent);
    set(ImGuiCol_ModalWindowDimBg, rgba(0, 0, 0, 120));
}

}  // namespace

std::optional<ThemeName> theme_named(std::string_view name) {
    if (name == "dark") return ThemeName::kDark;
    if (name == "light") return ThemeName::kLight;
    return std::nullopt;
}

const Theme& theme_of(ThemeName name) {
    static const Theme dark = make_dark();
    static const Theme light = make_light();
    return name == ThemeName::kLight ? light : dark;
}

void apply_theme(const Theme& theme, double scale, ImGuiStyle& style) {
    style = ImGuiStyle{};
    set_colours(theme, style);
    style.WindowRounding = 0;
    style.WindowBorderSize = 0;
    style.ChildRounding = 6;
    style.FrameRounding = 4;
    style.PopupRounding = 6;
    style.GrabRounding = 4;
    style.TabRounding = 4;
    style.WindowPadding = ImVec2(10, 8);
    style.FramePadding = ImVec2(8, 4);
    style.ItemSpacing = ImVec2(8, 5);
    style.CellPadding = ImVec2(5, 2);
    style.ScrollbarSize = 12;
    // Lines from the font's texture would need a filter that a picture drawn in memory does not
    // have.
    style.AntiAliasedLinesUseTex = false;
    style.ScaleAllSizes(static_cast<float>(scale));
}

Rgba text_on(Rgba fill) {
    constexpr Rgba kBlack = rgba(0, 0, 0);
    constexpr Rgba kWhite = rgba(255, 255, 255);
    return contrast(fill, kBlack) > contrast(fill, kWhite) ? kBlack : kWhite;
}

}  // namespace gui
