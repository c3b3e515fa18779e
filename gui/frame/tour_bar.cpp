// The tour while it is on: the present caption in large letters under the time strip, a frame
// around the widget it speaks of, and the buttons that lead on. Each caption opens its screen once.
#include "gui/draw/widgets.h"
#include "gui/frame/frame.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {
namespace {

void open_caption(const Caption& caption, UiState& state, CommandSink& sink) {
    if (const auto screen = screen_named(caption.screen)) state.open_screen(*screen);
    if (caption.pause) sink.send(Pause{});
    if (caption.speed >= 0) sink.send(SetSpeed{caption.speed});
}

/// Around the widget that the caption names, as long as it can be seen.
void draw_highlight(const Caption& caption) {
    if (caption.highlight.empty()) return;
    const auto place = ui().probe.find(caption.highlight);
    if (!place) return;
    const float rim = em() * 0.3F;
    ImGui::GetForegroundDrawList()->AddRect({place->from.x - rim, place->from.y - rim},
                                            {place->to.x + rim, place->to.y + rim},
                                            ui().theme.warning,
                                            6,
                                            0,
                                            3);
}

}  // namespace

int tour_step(const ViewModel& model, const UiState& state) {
    const int last = static_cast<int>(model.tour.captions.size()) - 1;
    const int step = state.tour_step >= 0 ? state.tour_step : model.tour.current;
    return std::clamp(step, 0, std::max(last, 0));
}

void go_to_step(int step, const ViewModel& model, UiState& state, CommandSink& sink) {
    const int last = static_cast<int>(model.tour.captions.size()) - 1;
    if (last < 0) return;
    state.tour_step = std::clamp(step, 0, last);
    sink.send(SeekTo{model.tour.captions[static_cast<std::size_t>(state.tour_step)].at});
}

void draw_tour_bar(const ViewModel& model, UiState& state, CommandSink& sink) {
    const auto& captions = model.tour.captions;
    if (!state.tour_on || captions.empty()) return;
    ui().probe.on = true;
    // The run has come to a later caption by itself: that one counts again.
    if (model.tour.current > state.tour_step) state.tour_step = -1;
    const int step = tour_step(model, state);
    const Caption& caption = captions[static_cast<std::size_t>(step)];
    if (step != state.tour_opened) {
        state.tour_opened = step;
        open_caption(caption, state, sink);
    }
    const bool last = step + 1 >= static_cast<int>(captions.size());
    ImGui::BeginDisabled(step == 0);
    if (button("< Back")) go_to_step(step - 1, model, state, sink);
    ImGui::EndDisabled();
    ImGui::SameLine();
    ImGui::BeginDisabled(last);
    if (button("Next >")) go_to_step(step + 1, model, state, sink);
    ImGui::EndDisabled();
    ImGui::SameLine();
    if (button("End the tour")) state.tour_on = false;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    dim(fmt::format("{} of {}", step + 1, captions.size()));
    ImGui::SameLine();
    ImGui::PushFont(ui().fonts.large);
    wrapped(caption.text);
    ImGui::PopFont();
    draw_highlight(caption);
}

}  // namespace gui
