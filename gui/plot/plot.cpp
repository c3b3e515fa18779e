#include "gui/plot/plot.h"

#include "gui/draw/widgets.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

/// Nothing is zoomed closer than this: a block takes about six seconds.
constexpr double kLeastSeconds = 10;

/// The wheel zooms the plot and does not scroll what it stands in.
void take_wheel() {
#if IMGUI_VERSION_NUM < 18920
    if (ImGui::IsItemHovered()) ImGui::SetItemUsingMouseWheel();
#else
    ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
#endif
}

}  // namespace

void Axis::settle() {
    if (limits.size() <= 0) limits.to = limits.from + 1;
    if (!follow) {
        shown = clamped(shown, limits);
        return;
    }
    const double end = std::isnan(now) ? limits.to : std::clamp(now, limits.from, limits.to);
    const double begin = window > 0 ? std::max(limits.from, end - window) : limits.from;
    shown = {begin, std::max(end, begin + (kind == Kind::kTime ? kLeastSeconds : 1e-9))};
}

void Axis::zoom(double centre, double factor) {
    const double least = kind == Kind::kTime ? kLeastSeconds : limits.size() * 1e-4;
    shown = clamped(zoomed(shown, centre, factor, least), limits);
    follow = false;
}

void Axis::pan(double offset) {
    shown = panned(shown, offset, limits);
    follow = false;
}

void Axis::show_all() {
    follow = true;
    window = 0;
    settle();
}

std::string formatted(double value, Format format) {
    switch (format) {
        case Format::kPlain:
            return si(value);
        case Format::kPercent:
            return percent(value);
        case Format::kUsd:
            return "$" + si(value);
    }
    return {};
}

Plot::Plot(PlotSpec spec, Axis& axis, PlotState& state)
    : spec_(std::move(spec)), axis_(axis), state_(state) {
    const ImVec2 space = ImGui::GetContentRegionAvail();
    if (spec_.size.x <= 0) spec_.size.x = std::max(space.x + spec_.size.x, em() * 8);
    if (spec_.size.y <= 0) spec_.size.y = std::max(space.y + spec_.size.y, em() * 5);
    outer_from_ = ImGui::GetCursorScreenPos();
    outer_to_ = {outer_from_.x + spec_.size.x, outer_from_.y + spec_.size.y};
    const float below = em() * (axis_.title.empty() ? 1.5F : 2.6F);
    inner_from_ = {std::floor(outer_from_.x + em() * spec_.left),
                   std::floor(outer_from_.y + em() * 1.7F)};
    inner_to_ = {std::floor(outer_to_.x - em() * 0.6F), std::floor(outer_to_.y - below)};
    inner_to_.x = std::max(inner_to_.x, inner_from_.x + 2);
    inner_to_.y = std::max(inner_to_.y, inner_from_.y + 2);
}

std::size_t Plot::columns() const {
    return static_cast<std::size_t>(inner_to_.x - inner_from_.x);
}

bool Plot::is_hidden(const std::string& name) const {
    return std::find(state_.hidden.begin(), state_.hidden.end(), name) != state_.hidden.end();
}

void Plot::series(const SeriesBook& book,
                  const std::string& name,
                  const std::string& shown_as,
                  Rgba colour,
                  Look look) {
    const auto found = book.find(name);
    if (!found || book.samples(*found) == 0) return;
    std::vector<Extent> extents(columns());
    if (!is_hidden(shown_as)) book.columns(*found, time_range(axis_.shown), extents);
    add(shown_as, colour, look, std::move(extents));
}

void Plot::add(const std::string& name, Rgba colour, Look look, std::vector<Extent> extents) {
    items_.push_back({name, colour, look, std::move(extents), is_hidden(name)});
}

void Plot::stack(const SeriesBook& book,
                 std::span<const std::string> names,
                 std::span<const std::string> shown_as,
                 Stacking stacking) {
    stacking_ = stacking;
    std::vector<std::vector<Extent>> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = book.find(names[i]);
        if (!found || book.samples(*found) == 0) continue;
        const Rgba colour = ui().theme.category(i);
        Item layer{shown_as[i], colour, Look::kArea, {}, is_hidden(shown_as[i])};
        if (!layer.hidden) {
            layer.columns.resize(columns());
            book.columns(*found, time_range(axis_.shown), layer.columns);
            seen.push_back(layer.columns);
        }
        layers_.push_back(std::move(layer));
    }
    edges_ = stacked(seen, stacking);
}

void Plot::candles(std::vector<Candle> candles) {
    candles_ = std::move(candles);
}

void Plot::bars(std::vector<BarItem> bars) {
    bars_ = std::move(bars);
}

void Plot::heat(void* texture, const Range& x, std::size_t rows) {
    heat_ = texture;
    heat_x_ = x;
    heat_rows_ = rows;
}

void Plot::threshold(double value, const std::string& name, Rgba colour) {
    thresholds_.push_back({value, name, colour});
}

void Plot::span(const Range& x, const std::string& name, Rgba colour) {
    spans_.push_back({x, name, colour});
}

void Plot::marker(double x, const std::string& name, Rgba colour) {
    markers_.push_back({x, name, colour});
}

float Plot::x_of(double x) const {
    const double share = std::clamp(axis_.shown.share(x), -10.0, 11.0);
    return inner_from_.x + static_cast<float>(share) * (inner_to_.x - inner_from_.x);
}

float Plot::y_of(double y) const {
    double share = 0;
    if (state_.logarithmic) {
        const double least = std::max(y_.from, 1e-9);
        share = std::log(std::max(y, least) / least) / std::log(std::max(y_.to / least, 1.0001));
    } else {
        share = y_.share(y);
    }
    const auto held = static_cast<float>(std::clamp(share, -1.0, 2.0));
    return inner_to_.y - held * (inner_to_.y - inner_from_.y);
}

ImVec2 Plot::point(double x, double y) const {
    return {x_of(x), y_of(y)};
}

bool Plot::is_empty() const {
    const auto has_values = [](const Item& item) {
        return item.hidden || std::any_of(item.columns.begin(),
                                          item.columns.end(),
                                          [](const Extent& column) { return column.count > 0; });
    };
    return std::none_of(items_.begin(), items_.end(), has_values) &&
           std::none_of(layers_.begin(), layers_.end(), has_values) && candles_.empty() &&
           bars_.empty() && heat_ == nullptr;
}

void Plot::fit() {
    if (heat_ != nullptr) {
        y_ = {static_cast<double>(heat_rows_), 0};
        return;
    }
    if (spec_.fixed_y) {
        y_ = *spec_.fixed_y;
        return;
    }
    Range range = nothing();
    for (const Item& item : items_) {
        if (item.hidden) continue;
        const Range own = value_range(item.columns);
        include(range, own.from);
        include(range, own.to);
    }
    for (const double edge : edges_)
        include(range, edge);
    for (const Candle& candle : candles_) {
        const Range x = seconds(candle.range);
        if (x.to < axis_.shown.from || x.from > axis_.shown.to) continue;
        include(range, candle.low);
        include(range, candle.high);
    }
    for (const BarItem& bar : bars_)
        include(range, bar.value);
    for (const Line& line : thresholds_)
        include(range, line.value);
    if (state_.logarithmic) {
        range.from = range.from > 0 ? range.from : std::max(range.to * 1e-4, 1e-6);
        y_ = {range.from * 0.8, std::max(range.to * 1.25, range.from * 2)};
        return;
    }
    if (spec_.from_zero || !edges_.empty() || !bars_.empty()) include(range, 0);
    y_ = padded(range);
    if (stacking_ == Stacking::kShares && !edges_.empty()) y_ = {0, 1};
}

void Plot::read_mouse(PlotResult& result) {
    const ImGuiIO& io = ImGui::GetIO();
    ImGui::InvisibleButton("area", spec_.size);
    ImGui::SetItemAllowOverlap();
    take_wheel();
    mark(spec_.title);
    const ImVec2 mouse = io.MousePos;
    const bool inside = mouse.x >= inner_from_.x && mouse.x < inner_to_.x &&
                        mouse.y >= inner_from_.y && mouse.y < inner_to_.y;
    const double width = static_cast<double>(inner_to_.x - inner_from_.x);
    const auto x_at = [&](float x) {
        return axis_.shown.at(static_cast<double>(x - inner_from_.x) / width);
    };
    result.hovered = ImGui::IsItemHovered() && inside;
    if (result.hovered) {
        result.x = x_at(mouse.x);
        result.y = y_.at(static_cast<double>(inner_to_.y - mouse.y) /
                         static_cast<double>(inner_to_.y - inner_from_.y));
        axis_.hover = result.x;
        if (io.MouseWheel != 0) axis_.zoom(result.x, std::pow(0.85, io.MouseWheel));
        if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) axis_.show_all();
        result.clicked = ImGui::IsMouseReleased(ImGuiMouseButton_Left) &&
                         ImGui::GetMouseDragDelta(ImGuiMouseButton_Left).x == 0;
    }
    const ImVec2 start = io.MouseClickedPos[0];
    const bool chosen = io.KeyCtrl || io.KeyShift;
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) {
        if (!chosen) {
            axis_.pan(-static_cast<double>(io.MouseDelta.x) / width * axis_.shown.size());
        } else {
            ImGui::GetWindowDrawList()->AddRectFilled(
                {start.x, inner_from_.y}, {mouse.x, inner_to_.y}, faded(ui().theme.accent, 0.25));
        }
    }
    if (ImGui::IsItemDeactivated() && chosen && std::abs(mouse.x - start.x) > 3) {
        const auto [left, right] = std::minmax({x_at(start.x), x_at(mouse.x)});
        if (io.KeyShift) {
            axis_.shown = clamped({left, right}, axis_.limits);
            axis_.follow = false;
        } else {
            result.selected = Range{left, right};
        }
    }
}

PlotResult Plot::show() {
    PlotResult result;
    ImGui::PushID(spec_.title.c_str());
    fit();
    place_head();
    draw_axes();
    read_mouse(result);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (is_empty()) {
        const float y = (inner_from_.y + inner_to_.y) / 2 - em() / 2;
        const std::string shown = cut(spec_.empty, inner_to_.x - inner_from_.x - em());
        draw_centred((inner_from_.x + inner_to_.x) / 2,
                     y,
                     {inner_from_.x, inner_to_.x},
                     ui().theme.dim,
                     shown);
        ImGui::PopID();
        return result;
    }
    list.PushClipRect(inner_from_, inner_to_, true);
    for (const Stretch& stretch : spans_) {
        list.AddRectFilled({x_of(stretch.x.from), inner_from_.y},
                           {x_of(stretch.x.to), inner_to_.y},
                           faded(stretch.colour, 0.16));
    }
    if (heat_ != nullptr) {
        list.AddImage(heat_, {x_of(heat_x_.from), inner_from_.y}, {x_of(heat_x_.to), inner_to_.y});
    }
    draw_stack();
    draw_bars();
    draw_candles();
    for (const Item& item : items_) {
        if (!item.hidden) draw_item(item);
    }
    draw_overlays();
    list.PopClipRect();
    if (spec_.legend) draw_legend();
    if (result.hovered && heat_ == nullptr) draw_hover_table(result.x);
    if (result.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) ImGui::OpenPopup("menu");
    draw_menu();
    ImGui::PopID();
    return result;
}

}  // namespace gui
