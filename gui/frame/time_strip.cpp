// The time strip: the whole run at a glance, with what is planned and what happened marked by
// shapes. Dragging moves the clock, Ctrl+drag selects the range that limits every screen, the wheel
// zooms, the right button drags the view.
#include "gui/draw/widgets.h"
#include "gui/frame/frame.h"
#include "gui/frame/ui_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

struct Strip {
    ImVec2 from;
    ImVec2 to;
    const Axis& axis;

    [[nodiscard]] float x(sim::SimTime at) const { return x(seconds(at)); }

    [[nodiscard]] float x(double at) const {
        const double share = std::clamp(axis.shown.share(at), -0.1, 1.1);
        return from.x + static_cast<float>(share) * (to.x - from.x);
    }

    [[nodiscard]] double at(float x) const {
        return axis.shown.at(static_cast<double>(x - from.x) / static_cast<double>(to.x - from.x));
    }
};

/// What the columns stand for: the first of these that the run has.
constexpr std::array<const char*, 3> kStripSeries{
    "gpu_utilization", "cpu_utilization", "leases_active"};

Rgba span_colour(SpanKind kind) {
    const Theme& theme = ui().theme;
    switch (kind) {
        case SpanKind::kProgramme:
            return theme.category(2);
        case SpanKind::kPartition:
            return theme.category(5);
        case SpanKind::kSurge:
            return theme.category(1);
        case SpanKind::kOutage:
            return theme.category(7);
    }
    return theme.dim;
}

/// Highest value per column; what lies beyond the clock is recorded already and drawn faint.
const char* draw_columns(const Strip& strip, const ViewModel& model) {
    const SeriesBook& book = *model.series;
    for (const char* name : kStripSeries) {
        const auto series = book.find(name);
        if (!series || book.samples(*series) == 0) continue;
        std::vector<Extent> columns(static_cast<std::size_t>(strip.to.x - strip.from.x));
        book.columns(*series, time_range(strip.axis.shown), columns);
        const Range range = value_range(columns);
        if (is_nothing(range) || range.to <= 0) continue;
        const double top = std::max(
            {range.to, std::string_view(book.label(*series).unit) == "share" ? 0.1 : 0.0, 1e-9});
        ImDrawList& list = *ImGui::GetWindowDrawList();
        const float now = strip.x(model.clock.now);
        const float height = (strip.to.y - strip.from.y) * 0.62F;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].count == 0) continue;
            const float x = strip.from.x + static_cast<float>(i);
            const float y = strip.to.y - static_cast<float>(columns[i].most / top) * height;
            const double share = x <= now ? 0.55 : 0.2;
            list.AddRectFilled({x, y}, {x + 1, strip.to.y}, faded(ui().theme.category(0), share));
        }
        return name;
    }
    return "no values yet";
}

void draw_spans(const Strip& strip, const ViewModel& model) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const Span& span : model.strip.spans) {
        const Rgba colour = span_colour(span.kind);
        const float left = strip.x(span.range.from);
        const float right = std::max(left + 2, strip.x(span.range.to));
        list.AddRectFilled({left, strip.from.y}, {right, strip.to.y}, faded(colour, 0.16));
        list.AddRectFilled(
            {left, strip.to.y - em() * 0.2F}, {right, strip.to.y}, faded(colour, 0.9));
        const std::string label = cut(span.text, std::max(0.0F, right - left - em() * 0.6F));
        if (label.size() > 4) {
            draw_text({left + em() * 0.4F, strip.from.y + em() * 1.05F}, ui().theme.dim, label);
        }
    }
}

/// Labels stand where there is room; the others are told on hovering.
const Marker* draw_markers(const Strip& strip, const ViewModel& model, ImVec2 mouse) {
    const float radius = em() * 0.36F;
    const float y = strip.from.y + radius + 2;
    const Marker* hovered = nullptr;
    float label_from = strip.from.x;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto& markers = model.strip.markers;
    for (std::size_t i = 0; i < markers.size(); ++i) {
        const Marker& marker = markers[i];
        const float x = strip.x(marker.at);
        if (x < strip.from.x || x > strip.to.x) continue;
        const Rgba colour = marker.done ? marker_colour(marker.kind)
                                        : mixed(marker_colour(marker.kind), ui().theme.panel, 0.35);
        list.AddRectFilled({x, y}, {x + 1, strip.to.y}, faded(colour, 0.6));
        draw_marker(marker.kind, {x, y}, radius, colour);
        if (std::abs(mouse.x - x) < radius + 2 && std::abs(mouse.y - y) < em()) hovered = &marker;
        const float next = i + 1 < markers.size() ? strip.x(markers[i + 1].at) : strip.to.x;
        const float left = x + radius + em() * 0.35F;
        const float width = text_width(marker.text);
        if (left < label_from || left + width > std::min(next - radius, strip.to.x)) continue;
        draw_text({left, strip.from.y}, ui().theme.dim, marker.text);
        label_from = left + width + em() * 0.5F;
    }
    return hovered;
}

void draw_clock_line(const Strip& strip, const ViewModel& model) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = ui().theme;
    const float reached = strip.x(model.clock.reached);
    if (reached < strip.to.x) {
        list.AddRectFilled(
            {std::max(reached, strip.from.x), strip.from.y}, strip.to, faded(theme.window, 0.6));
    }
    const float now = strip.x(model.clock.now);
    list.AddRectFilled({now - 1, strip.from.y}, {now + 1, strip.to.y}, theme.text);
    list.AddTriangleFilled({now - em() * 0.3F, strip.to.y},
                           {now + em() * 0.3F, strip.to.y},
                           {now, strip.to.y - em() * 0.4F},
                           theme.text);
}

void read_mouse(const Strip& strip, const ViewModel& model, UiState& state, CommandSink& sink) {
    const ImGuiIO& io = ImGui::GetIO();
    const double here = std::clamp(strip.at(io.MousePos.x), 0.0, seconds(model.clock.end));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (ImGui::IsItemHovered() && io.MouseWheel != 0) {
        state.strip.zoom(here, std::pow(0.8, io.MouseWheel));
    }
    if (ImGui::IsItemActive()) {
        if (ImGui::IsMouseDragging(ImGuiMouseButton_Right, 1)) {
            state.strip.pan(-static_cast<double>(io.MouseDelta.x) * state.strip.shown.size() /
                            static_cast<double>(strip.to.x - strip.from.x));
        } else if (io.KeyCtrl) {
            list.AddRectFilled({io.MouseClickedPos[0].x, strip.from.y},
                               {io.MousePos.x, strip.to.y},
                               faded(ui().theme.accent, 0.35));
        } else if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
            const float x = strip.x(here);
            list.AddRectFilled({x - 1, strip.from.y}, {x + 1, strip.to.y}, ui().theme.accent);
            tooltip(clock(here));
        }
    }
    if (!ImGui::IsItemDeactivated() || ImGui::IsMouseReleased(ImGuiMouseButton_Right)) return;
    if (!io.KeyCtrl) {
        sink.send(SeekTo{time_at(here)});
        return;
    }
    const auto [from, to] = std::minmax({strip.at(io.MouseClickedPos[0].x), here});
    state.interest.range = time_range({from, to});
    state.time.shown = {from, to};
    state.time.follow = false;
}

void draw_range(const Strip& strip, UiState& state) {
    if (!has_range(state)) return;
    const Theme& theme = ui().theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float left = strip.x(state.interest.range.from);
    const float right = strip.x(state.interest.range.to);
    list.AddRectFilled({left, strip.from.y}, {right, strip.to.y}, faded(theme.accent, 0.2));
    list.AddRect({left, strip.from.y}, {right, strip.to.y}, theme.accent);
}

}  // namespace

Rgba marker_colour(MarkerKind kind) {
    const Theme& theme = ui().theme;
    switch (kind) {
        case MarkerKind::kAction:
            return theme.category(1);
        case MarkerKind::kInjection:
            return theme.category(3);
        case MarkerKind::kFault:
            return theme.category(5);
        case MarkerKind::kProgramme:
            return theme.category(2);
        case MarkerKind::kFailedCheck:
            return theme.worse;
        case MarkerKind::kBookmark:
            return theme.accent;
        case MarkerKind::kFork:
            return theme.category(3);
        case MarkerKind::kTour:
            return theme.dim;
    }
    return theme.text;
}

const char* marker_word(MarkerKind kind) {
    static constexpr std::array<const char*, 8> kWords{"planned action",
                                                       "injected by hand",
                                                       "fault",
                                                       "programme",
                                                       "failed check",
                                                       "bookmark",
                                                       "a branch leaves here",
                                                       "tour"};
    return kWords.at(static_cast<std::size_t>(kind));
}

void draw_marker(MarkerKind kind, ImVec2 at, float r, Rgba colour) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    switch (kind) {
        case MarkerKind::kInjection:
            list.AddRectFilled({at.x - r, at.y - r - 2}, {at.x + r, at.y - r}, colour);
            [[fallthrough]];
        case MarkerKind::kAction:
            list.AddTriangleFilled(
                {at.x - r, at.y - r}, {at.x + r, at.y - r}, {at.x, at.y + r}, colour);
            break;
        case MarkerKind::kFault:
            list.AddRectFilled(
                {at.x - r * 0.8F, at.y - r * 0.8F}, {at.x + r * 0.8F, at.y + r * 0.8F}, colour);
            break;
        case MarkerKind::kProgramme:
            list.AddQuadFilled(
                {at.x, at.y - r}, {at.x + r, at.y}, {at.x, at.y + r}, {at.x - r, at.y}, colour);
            break;
        case MarkerKind::kFailedCheck:
            list.AddLine({at.x - r, at.y - r}, {at.x + r, at.y + r}, colour, 2.5F);
            list.AddLine({at.x - r, at.y + r}, {at.x + r, at.y - r}, colour, 2.5F);
            break;
        case MarkerKind::kBookmark:
            list.AddRectFilled({at.x, at.y - r}, {at.x + r * 1.5F, at.y + r * 0.4F}, colour);
            list.AddRectFilled({at.x - 1, at.y - r}, {at.x + 1, at.y + r * 1.6F}, colour);
            break;
        case MarkerKind::kFork:
            list.AddLine({at.x - r, at.y}, {at.x, at.y}, colour, 2);
            list.AddLine({at.x, at.y}, {at.x + r, at.y - r}, colour, 2);
            list.AddLine({at.x, at.y}, {at.x + r, at.y + r}, colour, 2);
            break;
        case MarkerKind::kTour:
            list.AddCircleFilled(at, r * 0.75F, colour, 12);
            break;
    }
}

void draw_time_strip(const ViewModel& model, UiState& state, CommandSink& sink) {
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Theme& theme = ui().theme;
    const Strip strip{at, {at.x + width, at.y + em() * 3.4F}, state.strip};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImGui::InvisibleButton("strip",
                           {width, strip.to.y - strip.from.y},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
    mark("strip");
    const bool hovered = ImGui::IsItemHovered();
    list.AddRectFilled(strip.from, strip.to, theme.panel, 4);
    list.PushClipRect(strip.from, strip.to, true);
    draw_spans(strip, model);
    const char* series = draw_columns(strip, model);
    draw_clock_line(strip, model);
    draw_range(strip, state);
    const Marker* marker = draw_markers(strip, model, ImGui::GetIO().MousePos);
    const float row = strip.to.y - em() * 1.1F;
    float free_from = strip.from.x;
    for (const Tick& tick : time_ticks(strip.axis.shown, static_cast<int>(width / (em() * 9)))) {
        const float x = strip.x(tick.at) + em() * 0.25F;
        if (x < free_from || x + text_width(tick.label) > strip.to.x) continue;
        list.AddRectFilled({x - em() * 0.25F, row}, {x - em() * 0.25F + 1, strip.to.y}, theme.dim);
        // On a patch of its own: the columns behind it are of any height.
        list.AddRectFilled({x - 1, row + 1},
                           {x + text_width(tick.label) + 2, strip.to.y - 1},
                           faded(theme.panel, 0.7));
        draw_text({x, row}, theme.text, tick.label);
        free_from = x + text_width(tick.label) + em();
    }
    list.PopClipRect();
    list.AddRect(strip.from, strip.to, theme.border, 4);
    read_mouse(strip, model, state, sink);
    if (!hovered || ImGui::IsItemActive()) return;
    if (marker != nullptr) {
        tooltip(fmt::format(
            "{}: {}\n{}", marker_word(marker->kind), marker->text, clock(seconds(marker->at))));
        return;
    }
    tooltip(
        fmt::format("{}\ncolumns: {}; drag moves the clock, Ctrl+drag selects a range, the "
                    "wheel zooms",
                    clock(strip.at(ImGui::GetIO().MousePos.x)),
                    series));
}

}  // namespace gui
