// The log: one line per record, filtered by words, kind and severity, following the newest until
// somebody scrolls up. A click goes to the line's moment; hovering marks it on every time axis.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {
namespace {

constexpr std::array<const char*, 4> kSeverities{"everything", "normal", "warnings", "errors"};

Rgba severity_colour(Severity severity) {
    const Theme& theme = ui().theme;
    switch (severity) {
        case Severity::kDetail:
            return theme.dim;
        case Severity::kNormal:
            return theme.text;
        case Severity::kWarning:
            return theme.warning;
        case Severity::kError:
            return theme.worse;
    }
    return theme.text;
}

const char* severity_word(Severity severity) {
    static constexpr std::array<const char*, 4> kWords{"", "", "WARN", "ERROR"};
    return kWords.at(static_cast<std::size_t>(severity));
}

const char* kind_word(LogKind kind) {
    return kLogKinds.at(static_cast<std::size_t>(kind));
}

void draw_kinds(LogState& own) {
    if (button("Kinds")) ImGui::OpenPopup("kinds");
    if (!ImGui::BeginPopup("kinds")) return;
    for (std::size_t i = 0; i < kLogKinds.size(); ++i) {
        const std::uint32_t bit = 1U << i;
        bool on = (own.kinds & bit) != 0;
        if (checkbox(kLogKinds.at(i), on)) own.kinds ^= bit;
    }
    if (button("all kinds")) own.kinds = ~0U;
    ImGui::SameLine();
    if (button("none")) own.kinds = 0;
    ImGui::EndPopup();
}

void draw_filters(const ViewModel& model, UiState& state) {
    LogState& own = state.log;
    if (state.focus_filter) ImGui::SetKeyboardFocusHere();
    text_field("filter log", "filter: bid, lease, -foundry", own.filter, em() * 18);
    ImGui::SameLine();
    draw_kinds(own);
    ImGui::SameLine();
    choice(kSeverities, own.least);
    flow(em() * 8);
    checkbox("follow", own.follow);
    flow(em() * 8);
    checkbox("selected range", own.in_range);
    flow(em() * 12);
    std::string counts = fmt::format("{} shown, {} kept", model.log.matched, model.log.kept);
    if (model.log.dropped > 0)
        counts += fmt::format(", {} older ones forgotten", model.log.dropped);
    dim(counts);
}

/// Columns as offsets, so that a line is one widget.
void draw_line(const LogRow& row, UiState& state, CommandSink& sink) {
    const Theme& theme = ui().theme;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushID(static_cast<int>(row.number & 0x7fffffffU));
    if (ImGui::Selectable("##line", state.log.chosen == row.number)) {
        state.log.chosen = row.number;
        state.log.follow = false;
        if (row.order != kNoKey) select_order(state, row.order);
        sink.send(SeekTo{row.at});
    }
    ImGui::PopID();
    mark(fmt::format("log/{}", row.number));
    if (ImGui::IsItemHovered()) {
        state.time.hover = seconds(row.at);
        tooltip(fmt::format("{}\n{}: {}\nblock {}",
                            clock(seconds(row.at)),
                            row.actor,
                            row.text,
                            with_commas(row.height)));
    }
    const bool wide = width > em() * 48;
    float x = at.x;
    const auto column = [&](float ems, Rgba colour, std::string_view content) {
        draw_text({x, at.y}, colour, cut(content, em() * (ems - 0.5F)));
        x += em() * ems;
    };
    column(9, theme.dim, clock(seconds(row.at)));
    column(6, theme.dim, kind_word(row.kind));
    if (wide) column(9, theme.text, row.actor);
    std::string content = row.text;
    if (*severity_word(row.severity) != 0) {
        content = std::string(severity_word(row.severity)) + "  " + content;
    }
    draw_text({x, at.y},
              severity_colour(row.severity),
              cut(content, std::max(em() * 4, at.x + width - x)));
}

}  // namespace

void draw_log(const ViewModel& model, UiState& state, CommandSink& sink) {
    const Box box("##log", {0, 0});
    draw_filters(model, state);
    if (model.log.rows.empty()) {
        const bool filtered = !state.log.filter.empty() || state.log.kinds != ~0U;
        empty_state(filtered ? "No line passes the filter." : "Nothing has happened yet.",
                    filtered ? "Empty the filter, or choose other kinds."
                             : "Press Space to let the run go on.");
        return;
    }
    ImGui::BeginChild("lines");
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(model.log.rows.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            draw_line(model.log.rows[static_cast<std::size_t>(i)], state, sink);
    }
    // Scrolling up stops following, coming back to the end starts it again.
    const bool scrolled = ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel != 0;
    if (scrolled) {
        state.log.follow =
            ImGui::GetIO().MouseWheel < 0 && ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - em();
    }
    if (state.log.follow) ImGui::SetScrollHereY(1);
    ImGui::EndChild();
}

TextTables log_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable table{"Log", {"time", "block", "kind", "severity", "actor", "text"}, {}};
    for (const LogRow& row : model.log.rows) {
        table.rows.push_back({clock(seconds(row.at)),
                              std::to_string(row.height),
                              kind_word(row.kind),
                              severity_word(row.severity),
                              row.actor,
                              row.text});
    }
    return {table};
}

}  // namespace gui
