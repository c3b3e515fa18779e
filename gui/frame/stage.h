// A window without a screen: an ImGui context with no back end, whose frames are drawn into
// pictures in memory. For pictures on machines without display, and for tests that click.
#pragma once

#include "gui/draw/picture.h"
#include "gui/draw/ui.h"
#include "gui/frame/ui_state.h"

struct ImGuiContext;

namespace gui {

struct StageSize {
    int width = 1600;
    int height = 1000;
};

/// For pictures: what the screens ask for goes nowhere.
class NoSession final : public CommandSink {
  public:
    void send(Command /*command*/) override {}
};

class Stage {
  public:
    Stage(StageSize size, const Preferences& preferences);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    Stage(Stage&&) = delete;
    Stage& operator=(Stage&&) = delete;

    /// One frame, a sixtieth of a second after the last. Restyles first when the state asks for it.
    void frame(const ViewModel& model, UiState& state, CommandSink& sink);

    /// What the last frame drew.
    [[nodiscard]] Picture picture() const;

    [[nodiscard]] Ui& ui() { return ui_; }

    void resize(StageSize size);

  private:
    MemoryTextures textures_;
    Ui ui_;
    ImGuiContext* context_ = nullptr;
};

/// By the user's wish, else by what drawing is like here.
bool wants_low_fill(const UiState& state);

/// Theme, fonts and sizes of `ui` after a change of preferences.
void apply_preferences(Ui& ui, UiState& state);

}  // namespace gui
