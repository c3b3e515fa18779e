#include "gui/pictures/photo.h"

#include "gui/frame/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

namespace gui {
namespace {

/// Sizes of tables and texts settle within a few frames.
constexpr int kFrames = 4;
constexpr float kLeast = 64;
constexpr float kMost = 16'384;

/// The window's context is the current one again at the end of the scope.
class OtherContext {
  public:
    OtherContext() : before_(ImGui::GetCurrentContext()) {}

    ~OtherContext() { ImGui::SetCurrentContext(before_); }

    OtherContext(const OtherContext&) = delete;
    OtherContext& operator=(const OtherContext&) = delete;
    OtherContext(OtherContext&&) = delete;
    OtherContext& operator=(OtherContext&&) = delete;

  private:
    ImGuiContext* before_;
};

/// As it is looked at, with nothing open over it.
UiState quiet(const UiState& state, const PictureWish& wish) {
    UiState out = state;
    out.preferences.scale *= wish.scale;
    out.preferences.reduced_motion = true;
    out.preferences.low_fill = LowFill::kOff;
    out.inject.open = out.run_until.open = out.exporting.open = false;
    out.palette.open = out.opening.open = out.keys_shown = out.runs_shown = false;
    out.focus_filter = false;
    out.step_rows = 0;
    out.time.hover = std::numeric_limits<double>::quiet_NaN();
    out.alone = wish.panel;
    return out;
}

ImVec2 size_of(const UiState& state, const PictureWish& wish) {
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    if (!wish.panel) return window;
    const auto drawn = state.panel_sizes.find(*wish.panel);
    if (drawn == state.panel_sizes.end()) return window;
    const ImGuiStyle& style = ImGui::GetStyle();
    const float head = ui().fonts.large->FontSize + em() + style.ItemSpacing.y * 2;
    return {drawn->second.x + style.WindowPadding.x * 2,
            drawn->second.y + style.WindowPadding.y * 2 + head};
}

int pixels(float size, int scale) {
    return static_cast<int>(std::clamp(size * static_cast<float>(scale), kLeast, kMost));
}

}  // namespace

Picture take_photo(const ViewModel& model, const UiState& state, const PictureWish& wish) {
    const ImVec2 size = size_of(state, wish);
    UiState own = quiet(state, wish);
    const OtherContext other;
    Stage stage({pixels(size.x, wish.scale), pixels(size.y, wish.scale)}, own.preferences);
    NoSession nobody;
    for (int i = 0; i < kFrames; ++i)
        stage.frame(model, own, nobody);
    return stage.picture();
}

void serve_picture(const ViewModel& model, UiState& state) {
    if (!state.picture) return;
    const PictureWish wish = *std::exchange(state.picture, std::nullopt);
    const Picture picture = take_photo(model, state, wish);
    const sim::Status written = write_png(picture, wish.path);
    std::error_code ignored;
    const std::string place = std::filesystem::absolute(wish.path, ignored).string();
    ui().notice = written ? fmt::format("wrote {} ({} x {})", place, picture.width, picture.height)
                          : written.error().text;
}

}  // namespace gui
