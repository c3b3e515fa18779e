// The tour: captions of the scenario one after the other, each opening its screen and pointing at a
// widget; and the large view for a class.
#include "gui/draw/widgets.h"
#include "gui/frame/frame.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

namespace gui {
namespace {

void draw_buttons(const ViewModel& model, UiState& state, CommandSink& sink) {
    const int step = tour_step(model, state);
    const int last = static_cast<int>(model.tour.captions.size()) - 1;
    ImGui::BeginDisabled(step <= 0);
    if (button("Back")) go_to_step(step - 1, model, state, sink);
    ImGui::EndDisabled();
    ImGui::SameLine();
    ImGui::BeginDisabled(step >= last);
    if (button("Next")) go_to_step(step + 1, model, state, sink);
    ImGui::EndDisabled();
    const Caption& caption = model.tour.captions[static_cast<std::size_t>(step)];
    if (const auto screen = screen_named(caption.screen)) {
        ImGui::SameLine();
        const std::string label = std::string("Open ") + panel_of(*screen).title;
        if (button(label.c_str())) state.open_screen(*screen);
    }
    ImGui::SameLine();
    if (toggle("Lead me",
               state.tour_on,
               "Shows each caption above every screen and opens its screen")) {
        state.tour_on = !state.tour_on;
        state.tour_opened = -1;
    }
    ImGui::SameLine();
    if (checkbox("large view", state.tour_large)) {
        state.preferences.scale = state.tour_large ? 1.75 : 1.0;
        state.restyle = true;
    }
}

}  // namespace

void draw_tour(const ViewModel& model, UiState& state, CommandSink& sink) {
    const auto& captions = model.tour.captions;
    const Box box("##tour", {0, 0});
    if (captions.empty()) {
        empty_state(
            "This scenario has no tour.",
            "Add a list 'tour' to its file: each entry has a time 'at', a 'caption', and may "
            "name a screen to open.");
        return;
    }
    const int step = tour_step(model, state);
    const Caption& caption = captions[static_cast<std::size_t>(step)];
    dim(fmt::format("step {} of {}, {}", step + 1, captions.size(), clock(seconds(caption.at))));
    ImGui::PushFont(ui().fonts.large);
    wrapped(caption.text);
    ImGui::PopFont();
    ImGui::Spacing();
    draw_buttons(model, state, sink);
    ImGui::Spacing();
    ImGui::Separator();
    for (std::size_t i = 0; i < captions.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::Selectable("##step", static_cast<int>(i) == step)) {
            go_to_step(static_cast<int>(i), model, state, sink);
        }
        ImGui::PopID();
        mark(fmt::format("step/{}", i));
        ImGui::SameLine(em() * 1.1F);
        dim(clock(seconds(captions[i].at)));
        ImGui::SameLine(em() * 9.8F);
        fitted(captions[i].text, ImGui::GetContentRegionAvail().x);
    }
    ImGui::Spacing();
    dim("To run this again without a window:");
    ImGui::PushFont(ui().fonts.fixed);
    wrapped(model.clock.reproduce_command);
    ImGui::PopFont();
}

TextTables tour_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable table{"Tour", {"time", "caption", "screen"}, {}};
    for (const Caption& caption : model.tour.captions)
        table.rows.push_back({clock(seconds(caption.at)), caption.text, caption.screen});
    return {table};
}

}  // namespace gui
