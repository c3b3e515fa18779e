// What surrounds the marks of a plot: title, axes with ticks, legend, the table under the cursor
// and the menu.
#include "gui/draw/widgets.h"
#include "gui/plot/plot.h"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace gui {

void Plot::draw_ticks(const std::vector<Tick>& ticks, bool horizontal) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = ui().theme;
    float free_from = outer_from_.x;
    for (const Tick& tick : ticks) {
        if (horizontal) {
            const float x = std::floor(x_of(tick.at));
            list.AddRectFilled({x, inner_from_.y}, {x + 1, inner_to_.y}, theme.grid);
            const float width = text_width(tick.label);
            const float left = std::clamp(x - width / 2, inner_from_.x, inner_to_.x - width);
            if (left < free_from) continue;
            draw_text({left, inner_to_.y + em() * 0.2F}, theme.dim, tick.label);
            free_from = left + width + em() * 0.6F;
        } else {
            const float y = std::floor(y_of(tick.at));
            list.AddRectFilled({inner_from_.x, y}, {inner_to_.x, y + 1}, theme.grid);
            const float width = text_width(tick.label);
            draw_text(
                {inner_from_.x - width - em() * 0.35F, y - em() * 0.55F}, theme.dim, tick.label);
        }
    }
}

void Plot::draw_axes() {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = ui().theme;
    list.AddRectFilled(inner_from_, inner_to_, theme.field);
    const float width = inner_to_.x - inner_from_.x;
    const float height = inner_to_.y - inner_from_.y;
    const int across = std::max(2, static_cast<int>(width / (em() * 6)));
    const int up = std::max(2, static_cast<int>(height / (em() * 3)));
    draw_ticks(axis_.kind == Axis::Kind::kTime ? time_ticks(axis_.shown, across)
                                               : number_ticks(axis_.shown, across),
               true);
    if (heat_ == nullptr) {
        const Range units{y_.from / spec_.unit_size, y_.to / spec_.unit_size};
        auto ticks = state_.logarithmic ? log_ticks(units, up) : number_ticks(units, up);
        for (Tick& tick : ticks) {
            if (spec_.format == Format::kPercent) {
                tick.label = fmt::format("{:.3g} %", tick.at * 100);
            }
            tick.at *= spec_.unit_size;
        }
        draw_ticks(ticks, false);
    }
    list.AddRect(inner_from_, inner_to_, theme.border);
    draw_head();
    if (!axis_.title.empty()) {
        draw_centred((inner_from_.x + inner_to_.x) / 2,
                     inner_to_.y + em() * 1.35F,
                     {outer_from_.x, outer_to_.x},
                     theme.dim,
                     axis_.title);
    }
}

/// Title, unit and legend share a line where they fit; else the unit or the legend takes a second
/// one. A low plot has no room for that: its legend lies inside.
void Plot::place_head() {
    const float room = outer_to_.x - outer_from_.x;
    const float title = text_width(spec_.title);
    const float unit = spec_.unit.empty() ? 0 : text_width(" (" + spec_.unit + ")");
    float legend = 0;
    if (spec_.legend && !is_empty()) {
        for (const Item* item : legend_entries())
            legend += text_width(item->name) + em() * 1.5F;
    }
    unit_below_ = title + unit > room;
    const float first = title + (unit_below_ ? 0 : unit) + em();
    const bool fits = legend == 0 || first + legend < room;
    head_ = Head::kOneLine;
    if (fits && !unit_below_) return;
    const float line = em() * 1.3F;
    const bool low = inner_to_.y - inner_from_.y < em() * 6;
    head_ = low && !fits ? Head::kInside : Head::kTwoLines;
    if (head_ == Head::kTwoLines) {
        inner_from_.y = std::min(std::floor(inner_from_.y + line), inner_to_.y - 2);
    }
}

void Plot::draw_head() const {
    const Theme& theme = ui().theme;
    const float room = outer_to_.x - outer_from_.x;
    draw_text(outer_from_, theme.text, cut(spec_.title, room));
    if (spec_.unit.empty()) return;
    if (!unit_below_) {
        const float title = text_width(spec_.title);
        draw_text({outer_from_.x + title, outer_from_.y}, theme.dim, " (" + spec_.unit + ")");
    } else if (head_ == Head::kTwoLines) {
        draw_text({outer_from_.x, outer_from_.y + em() * 1.3F}, theme.dim, cut(spec_.unit, room));
    }
}

std::vector<const Plot::Item*> Plot::legend_entries() const {
    std::vector<const Item*> entries;
    for (const auto* items : {&items_, &layers_}) {
        for (const Item& item : *items)
            entries.push_back(&item);
    }
    const bool single = entries.size() == 1 && !entries.front()->hidden;
    if (single) entries.clear();
    return entries;
}

/// A click hides or shows the series, a double click leaves it alone.
void Plot::read_legend(const Item& item, const std::vector<const Item*>& entries) {
    if (ImGui::IsItemClicked()) {
        if (item.hidden) {
            std::erase(state_.hidden, item.name);
        } else {
            state_.hidden.push_back(item.name);
        }
    }
    if (!ImGui::IsItemHovered() || !ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) return;
    state_.hidden.clear();
    for (const Item* other : entries) {
        if (other != &item) state_.hidden.push_back(other->name);
    }
}

void Plot::draw_legend() {
    const auto entries = legend_entries();
    if (entries.empty()) return;
    const Theme& theme = ui().theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool beside = head_ != Head::kInside;
    const float below = head_ == Head::kTwoLines ? em() * 1.3F : 0;
    const float y = beside ? outer_from_.y + below : inner_from_.y + em() * 0.2F;
    const float unit = below > 0 && unit_below_ ? text_width(spec_.unit) + em() : 0;
    const float least = beside ? outer_from_.x + unit : inner_from_.x + em() * 1.5F;
    float right = beside ? outer_to_.x : inner_to_.x - em() * 0.3F;
    // What is laid over the plot must not count as further content of the window.
    ImGuiWindow& window = *ImGui::GetCurrentWindow();
    const ImVec2 after = window.DC.CursorPos;
    const ImVec2 reached = window.DC.CursorMaxPos;
    for (std::size_t left_over = entries.size(); left_over > 0; --left_over) {
        const Item& item = *entries[left_over - 1];
        const float width = text_width(item.name) + em() * 1.5F;
        if (right - width < least) {
            const std::string more = fmt::format("+{} ", left_over);
            draw_text({right - text_width(more), y}, theme.dim, more);
            break;
        }
        right -= width;
        ImGui::SetCursorScreenPos({right, y});
        ImGui::PushID(static_cast<int>(left_over));
        ImGui::InvisibleButton("entry", {width - em() * 0.3F, em() * 1.3F});
        ImGui::PopID();
        mark(spec_.title + "/" + item.name);
        read_legend(item, entries);
        if (!beside) {
            list.AddRectFilled(
                {right - 2, y}, {right + width, y + em() * 1.3F}, faded(theme.field, 0.85));
        }
        const ImVec2 box{right, y + em() * 0.2F};
        const ImVec2 corner{right + em() * 0.75F, y + em() * 0.95F};
        if (item.hidden) {
            list.AddRect(box, corner, item.colour);
        } else {
            list.AddRectFilled(box, corner, item.colour);
        }
        draw_text({right + em(), y}, item.hidden ? theme.dim : theme.text, item.name);
    }
    window.DC.CursorPos = after;
    window.DC.CursorMaxPos = reached;
}

std::string Plot::value_text(double value) const {
    return formatted(value / spec_.unit_size, spec_.format);
}

std::string Plot::x_text(double x) const {
    return axis_.kind == Axis::Kind::kTime ? clock(x) : si(x);
}

void Plot::draw_hover_table(double x) {
    const auto column = static_cast<std::size_t>(std::clamp(axis_.shown.share(x), 0.0, 1.0) *
                                                 static_cast<double>(columns() - 1));
    ImGui::BeginTooltip();
    dim(x_text(x));
    const auto row = [&](Rgba colour, const std::string& name, const std::string& value) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::GetWindowDrawList()->AddRectFilled(
            {at.x, at.y + em() * 0.2F}, {at.x + em() * 0.7F, at.y + em() * 0.9F}, colour);
        ImGui::Dummy({em() * 0.7F, em()});
        ImGui::SameLine();
        text(name + "  " + value);
    };
    for (const auto* items : {&items_, &layers_}) {
        for (const Item& item : *items) {
            if (item.hidden || column >= item.columns.size()) continue;
            const Extent& extent = item.columns[column];
            if (extent.count == 0) continue;
            std::string value = value_text(extent.mean());
            if (extent.least != extent.most) {
                value +=
                    fmt::format("  ({} to {})", value_text(extent.least), value_text(extent.most));
            }
            row(item.colour, item.name, value);
        }
    }
    for (const BarItem& bar : bars_) {
        if (bar.x.from <= x && x < bar.x.to) row(bar.colour, bar.name, si(bar.value));
    }
    for (const Candle& candle : candles_) {
        const Range at = seconds(candle.range);
        if (x < at.from || x >= at.to) continue;
        text(fmt::format("open {}  high {}", si(candle.open), si(candle.high)));
        text(fmt::format("close {}  low {}", si(candle.close), si(candle.low)));
        dim(fmt::format("{} values", candle.leases));
    }
    for (const Stretch& stretch : spans_) {
        if (stretch.x.holds(x)) dim(stretch.name);
    }
    ImGui::EndTooltip();
}

void Plot::draw_menu() {
    if (!ImGui::BeginPopup("menu")) return;
    if (ImGui::MenuItem("Show all")) axis_.show_all();
    mark("Show all");
    if (axis_.kind == Axis::Kind::kTime)
        ImGui::MenuItem("Follow the clock", nullptr, &axis_.follow);
    if (heat_ == nullptr) ImGui::MenuItem("Logarithmic", nullptr, &state_.logarithmic);
    if (ImGui::MenuItem("Show all series")) state_.hidden.clear();
    if (ImGui::MenuItem("Copy as CSV")) {
        ImGui::SetClipboardText(as_csv().c_str());
        ui().notice = "copied the visible values of \"" + spec_.title + "\"";
    }
    mark("Copy as CSV");
    ImGui::EndPopup();
}

std::string Plot::as_csv() const {
    std::string out = axis_.kind == Axis::Kind::kTime ? "seconds" : "x";
    std::vector<const Item*> shown;
    for (const auto* items : {&items_, &layers_}) {
        for (const Item& item : *items) {
            if (!item.hidden) shown.push_back(&item);
        }
    }
    for (const Item* item : shown)
        out += "," + item->name;
    out += '\n';
    for (std::size_t i = 0; !shown.empty() && i < columns(); ++i) {
        out += fmt::format("{:.3f}",
                           axis_.shown.at(static_cast<double>(i) / static_cast<double>(columns())));
        for (const Item* item : shown) {
            const bool known = i < item->columns.size() && item->columns[i].count > 0;
            out += known ? fmt::format(",{}", item->columns[i].mean() / spec_.unit_size) : ",";
        }
        out += '\n';
    }
    for (const BarItem& bar : bars_)
        out += fmt::format("{},{},{}\n", bar.x.from, bar.name, bar.value);
    for (const Candle& c : candles_) {
        out +=
            fmt::format("{},{},{},{},{}\n", seconds(c.range.from), c.open, c.high, c.low, c.close);
    }
    return out;
}

}  // namespace gui
