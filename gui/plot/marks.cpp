// The marks of a plot: series as steps, bands, areas and dots, stacks, bars and candles. No series
// emits more than one rectangle per pixel column, and equal neighbours share one.
#include "gui/draw/widgets.h"
#include "gui/plot/plot.h"

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

constexpr double kLineWidth = 1.6;

}  // namespace

void Plot::draw_item(const Item& item) {
    switch (item.look) {
        case Look::kLine:
            draw_steps(item);
            break;
        case Look::kBetween:
            draw_fill(item);
            break;
        case Look::kBand:
        case Look::kArea:
            draw_fill(item);
            draw_steps(item);
            break;
        case Look::kDots:
            draw_dots(item);
            break;
    }
}

void Plot::draw_dots(const Item& item) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < item.columns.size(); ++i) {
        const Extent& column = item.columns[i];
        if (column.count == 0) continue;
        const float x = inner_from_.x + static_cast<float>(i);
        list.AddCircleFilled({x, y_of(column.mean())}, em() * 0.18F, item.colour, 8);
    }
}

/// Between the lowest and highest value (band) or down to zero (area).
void Plot::draw_fill(const Item& item) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool band = item.look == Look::kBand || item.look == Look::kBetween;
    const Rgba colour = faded(item.colour, band ? 0.35 : 0.28);
    const float zero = y_of(0);
    float begin = 0;
    float top = 0;
    float bottom = 0;
    bool open = false;
    auto close = [&](float x) {
        if (open && bottom > top) list.AddRectFilled({begin, top}, {x, bottom}, colour);
        open = false;
    };
    for (std::size_t i = 0; i < item.columns.size(); ++i) {
        const Extent& column = item.columns[i];
        const float x = inner_from_.x + static_cast<float>(i);
        if (column.count == 0) {
            close(x);
            continue;
        }
        const float up = y_of(band ? column.most : std::max(column.mean(), 0.0));
        const float down = band ? y_of(column.least) : std::max(zero, y_of(column.mean()));
        if (open && up == top && down == bottom) continue;
        close(x);
        begin = x;
        top = up;
        bottom = down;
        open = true;
    }
    close(inner_to_.x);
}

/// A step line; where a column holds many values, the stroke covers all of them.
void Plot::draw_steps(const Item& item) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool mean_only = item.look != Look::kLine;
    const auto width = static_cast<float>(std::max(1L, std::lround(kLineWidth * ui().scale)));
    float begin = 0;
    float top = 0;
    float bottom = 0;
    float level = 0;  ///< where the last column ended
    bool open = false;
    auto close = [&](float x) {
        if (open) list.AddRectFilled({begin, top}, {x, std::max(bottom, top + width)}, item.colour);
        open = false;
    };
    for (std::size_t i = 0; i < item.columns.size(); ++i) {
        const Extent& column = item.columns[i];
        const float x = inner_from_.x + static_cast<float>(i);
        if (column.count == 0) {
            close(x);
            continue;
        }
        const float mean = std::floor(y_of(column.mean()) - width / 2);
        float up = mean_only ? mean : std::floor(y_of(column.most) - width / 2);
        float down = mean_only ? mean + width : std::floor(y_of(column.least) + width / 2);
        if (open && std::abs(mean - level) < 0.01F && up == top && down == bottom) continue;
        if (open) {
            close(x);
            up = std::min(up, level);
            down = std::max(down, level + width);
        }
        begin = x;
        top = up;
        bottom = down;
        level = mean;
        open = true;
        // A column that joins two levels stands alone; the next one begins flat again.
        if (down - up > width * 1.5F) {
            list.AddRectFilled({x, up}, {x + width, down}, item.colour);
            top = mean;
            bottom = mean + width;
        }
    }
    close(inner_to_.x);
}

void Plot::draw_stack() {
    if (edges_.empty()) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto shown = static_cast<std::size_t>(
        std::count_if(layers_.begin(), layers_.end(), [](const Item& i) { return !i.hidden; }));
    const std::size_t columns = edges_.size() / std::max<std::size_t>(1, shown);
    std::size_t row = 0;
    for (const Item& layer : layers_) {
        if (layer.hidden) continue;
        const double* edge = edges_.data() + row * columns;
        const double* base = row == 0 ? nullptr : edge - columns;
        std::size_t begin = 0;
        for (std::size_t i = 1; i <= columns; ++i) {
            const bool same = i < columns && edge[i] == edge[begin] &&
                              (base == nullptr || base[i] == base[begin]);
            if (same) continue;
            const float top = y_of(edge[begin]);
            const float bottom = y_of(base == nullptr ? 0.0 : base[begin]);
            if (bottom > top) {
                list.AddRectFilled({inner_from_.x + static_cast<float>(begin), top},
                                   {inner_from_.x + static_cast<float>(i), bottom},
                                   layer.colour);
            }
            begin = i;
        }
        ++row;
    }
}

void Plot::draw_bars() {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const BarItem& bar : bars_) {
        const float left = x_of(bar.x.from) + 1;
        const float right = std::max(left + 1, x_of(bar.x.to) - 1);
        const auto [top, bottom] = std::minmax({y_of(bar.value), y_of(0)});
        list.AddRectFilled({left, top}, {right, std::max(bottom, top + 1)}, bar.colour);
    }
}

/// Hollow when the price rose, filled when it fell, as on paper charts.
void Plot::draw_candles() {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = ui().theme;
    for (const Candle& candle : candles_) {
        const Range x = seconds(candle.range);
        if (x.to < axis_.shown.from || x.from > axis_.shown.to) continue;
        const bool rose = candle.close >= candle.open;
        const Rgba colour = rose ? theme.better : theme.worse;
        const float left = std::floor(x_of(x.at(0.15)));
        const float right = std::max(left + 2, std::floor(x_of(x.at(0.85))));
        const float middle = std::floor((left + right) / 2);
        const float top = std::floor(y_of(std::max(candle.open, candle.close)));
        const float bottom =
            std::max(top + 1, std::floor(y_of(std::min(candle.open, candle.close))));
        list.AddRectFilled({middle, y_of(candle.high)}, {middle + 1, top}, colour);
        list.AddRectFilled({middle, bottom}, {middle + 1, y_of(candle.low)}, colour);
        if (rose) {
            list.AddRect({left, top}, {right, bottom}, colour);
        } else {
            list.AddRectFilled({left, top}, {right, bottom}, colour);
        }
    }
}

void Plot::draw_overlays() {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = ui().theme;
    for (const Line& line : thresholds_) {
        const float y = std::floor(y_of(line.value));
        for (float x = inner_from_.x; x < inner_to_.x; x += em() * 0.7F)
            list.AddRectFilled({x, y}, {x + em() * 0.4F, y + 1.5F}, line.colour);
        const float above = y - em() * 1.1F;
        draw_text({inner_to_.x - text_width(line.name) - em() * 0.3F,
                   above < inner_from_.y ? y + 2 : above},
                  line.colour,
                  line.name);
    }
    float free_from = inner_from_.x;
    for (const Line& line : markers_) {
        const float x = std::floor(x_of(line.value));
        if (x < inner_from_.x || x > inner_to_.x) continue;
        list.AddRectFilled({x, inner_from_.y}, {x + 1, inner_to_.y}, faded(line.colour, 0.8));
        // Labels that would stand on the one before are left out; the time strip has them all.
        if (x < free_from || x + text_width(line.name) + em() > inner_to_.x) continue;
        draw_text({x + em() * 0.25F, inner_from_.y + 1}, line.colour, line.name);
        free_from = x + text_width(line.name) + em();
    }
    if (axis_.kind == Axis::Kind::kTime && axis_.now < axis_.limits.to * 0.9999) {
        const float x = x_of(axis_.now);
        list.AddRectFilled({x, inner_from_.y}, {x + 1.5F, inner_to_.y}, theme.text);
    }
    if (!std::isnan(axis_.hover)) {
        const float x = std::floor(x_of(axis_.hover));
        list.AddRectFilled({x, inner_from_.y}, {x + 1, inner_to_.y}, faded(theme.text, 0.45));
    }
}

}  // namespace gui
