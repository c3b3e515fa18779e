#include "gui/frame/stage.h"

#include "gui/frame/frame.h"

namespace gui {
namespace {

void style_by(Ui& ui, const Preferences& preferences) {
    ui.theme = theme_of(preferences.theme);
    restyle(ui, {preferences.font, preferences.scale});
}

}  // namespace

bool wants_low_fill(const UiState& state) {
    if (state.preferences.low_fill != LowFill::kAuto) {
        return state.preferences.low_fill == LowFill::kOn;
    }
    return state.software || state.slow_frames;
}

void apply_preferences(Ui& ui, UiState& state) {
    ui.low_fill = wants_low_fill(state);
    style_by(ui, state.preferences);
    state.restyle = false;
}

Stage::Stage(StageSize size, const Preferences& preferences) : context_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigInputTextCursorBlink = false;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    ui_.textures = &textures_;
    attach(ui_);
    map_keys(io);
    resize(size);
    style_by(ui_, preferences);
}

Stage::~Stage() {
    ImGui::DestroyContext(context_);
}

void Stage::resize(StageSize size) {
    ImGui::GetIO().DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
}

void Stage::frame(const ViewModel& model, UiState& state, CommandSink& sink) {
    ImGui::SetCurrentContext(context_);
    if (state.restyle) apply_preferences(ui_, state);
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = 1.0F / 60;
    ui_.keys.feed(io);
    ImGui::NewFrame();
    draw_frame(model, state, sink);
    ImGui::Render();
}

Picture Stage::picture() const {
    ImGui::SetCurrentContext(context_);
    return rasterise(*ImGui::GetDrawData(), *ImGui::GetIO().Fonts, textures_, ui_.theme.window);
}

}  // namespace gui
