#include "gui/draw/ui.h"

#include "sim/assert.h"

#include <algorithm>
#include <utility>

namespace gui {
namespace {

std::optional<Probe::Place> find_in(const std::vector<Probe::Place>& places,
                                    std::string_view name) {
    const auto found = std::find_if(
        places.begin(), places.end(), [&](const auto& place) { return place.name == name; });
    if (found == places.end()) return std::nullopt;
    return *found;
}

}  // namespace

void Probe::begin_frame() {
    std::swap(before_, places_);
    places_.clear();
}

void Probe::add(std::string_view name, ImVec2 from, ImVec2 to) {
    if (on) places_.push_back({std::string(name), from, to});
}

std::optional<Probe::Place> Probe::find(std::string_view name) const {
    const auto now = find_in(places_, name);
    return now ? now : find_in(before_, name);
}

Ui& ui() {
    auto* state = static_cast<Ui*>(ImGui::GetIO().UserData);
    SIM_ASSERT(state != nullptr, "attach() comes before the first frame");
    return *state;
}

void attach(Ui& state) {
    ImGui::GetIO().UserData = &state;
}

void restyle(Ui& state, const FontWish& wish) {
    ImGuiIO& io = ImGui::GetIO();
    state.scale = wish.scale;
    state.fonts = load_fonts(wish, *io.Fonts);
    io.FontDefault = state.fonts.text;
    apply_theme(state.theme, wish.scale, ImGui::GetStyle());
    if (!state.low_fill) return;
    ImGuiStyle& style = ImGui::GetStyle();
    style.ChildRounding = style.FrameRounding = style.PopupRounding = 0;
    style.GrabRounding = style.TabRounding = 0;
    style.AntiAliasedFill = false;
}

float em() {
    return ImGui::GetFontSize();
}

}  // namespace gui
