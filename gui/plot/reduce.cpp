#include "gui/plot/reduce.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gui {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double quantile(const std::vector<double>& sorted, double share) {
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - static_cast<double>(below));
}

}  // namespace

Slice visible(std::span<const double> x, Range view) {
    const auto first = std::lower_bound(x.begin(), x.end(), view.from);
    const auto last = std::upper_bound(first, x.end(), view.to);
    auto begin = static_cast<std::size_t>(first - x.begin());
    auto end = static_cast<std::size_t>(last - x.begin());
    if (begin > 0) --begin;
    if (end < x.size()) ++end;
    return {begin, end};
}

void columns_of(const Samples& samples, Range view, int columns, std::vector<Column>& out) {
    out.clear();
    if (columns < 1 || !(view.size() > 0)) return;
    const Slice slice = visible(samples.x.first(samples.size()), view);
    const double width = view.size() / columns;
    double limit = -std::numeric_limits<double>::infinity();
    for (std::size_t i = slice.begin; i < slice.end; ++i) {
        const double y = samples.y[i];
        if (std::isnan(y)) continue;
        const double x = samples.x[i];
        if (x < limit && !out.empty()) {
            Column& column = out.back();
            column.low = std::min(column.low, y);
            column.high = std::max(column.high, y);
            column.last = y;
            continue;
        }
        limit = view.from + (std::floor((x - view.from) / width) + 1) * width;
        out.push_back({x, y, y, y, y});
    }
}

double value_at(const Samples& samples, double x) {
    const auto xs = samples.x.first(samples.size());
    const auto after = std::upper_bound(xs.begin(), xs.end(), x);
    if (after == xs.begin()) return kUnknown;
    return samples.y[static_cast<std::size_t>(after - xs.begin()) - 1];
}

Range value_range(const Samples& samples, Range view) {
    Range range = nothing();
    const Slice slice = visible(samples.x.first(samples.size()), view);
    for (std::size_t i = slice.begin; i < slice.end; ++i)
        include(range, samples.y[i]);
    return range;
}

std::vector<double> stacked(std::span<const Samples> layers,
                            Range view,
                            int columns,
                            Stacking stacking) {
    const auto places = static_cast<std::size_t>(std::max(1, columns)) + 1;
    std::vector<double> edges(layers.size() * places);
    std::vector<double> sums(places);
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const Samples& samples = layers[layer];
        std::size_t next = 0;
        for (std::size_t place = 0; place < places; ++place) {
            const double x = view.at(static_cast<double>(place) / static_cast<double>(places - 1));
            while (next < samples.size() && samples.x[next] <= x)
                ++next;
            const double y = next == 0 ? 0.0 : samples.y[next - 1];
            if (!std::isnan(y)) sums[place] += y;
            edges[layer * places + place] = sums[place];
        }
    }
    if (stacking == Stacking::kShares) {
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const double sum = sums[i % places];
            edges[i] = sum > 0 ? edges[i] / sum : 0;
        }
    }
    return edges;
}

Histogram histogram(std::span<const double> values, int bins) {
    Histogram out;
    out.range = nothing();
    for (const double value : values)
        include(out.range, value);
    if (is_nothing(out.range) || bins < 1) return {{0, 1}, {}};
    if (out.range.size() == 0) out.range = {out.range.from - 0.5, out.range.to + 0.5};
    out.counts.assign(static_cast<std::size_t>(bins), 0);
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        const auto bin = static_cast<std::size_t>(out.range.share(value) * bins);
        out.counts[std::min(bin, out.counts.size() - 1)] += 1;
    }
    return out;
}

int bins_for(std::span<const double> values) {
    std::vector<double> sorted;
    std::copy_if(values.begin(), values.end(), std::back_inserter(sorted), [](double value) {
        return std::isfinite(value);
    });
    if (sorted.size() < 2) return 1;
    std::sort(sorted.begin(), sorted.end());
    const double spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    const double size = sorted.back() - sorted.front();
    if (!(spread > 0) || !(size > 0)) return size > 0 ? 10 : 1;
    const double width = 2 * spread / std::cbrt(static_cast<double>(sorted.size()));
    return static_cast<int>(std::clamp(std::ceil(size / width), 1.0, 60.0));
}

std::vector<Candle> candles_of(const Samples& samples, double width) {
    std::vector<Candle> out;
    if (!(width > 0)) return out;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double y = samples.y[i];
        if (std::isnan(y)) continue;
        const double x = std::floor(samples.x[i] / width) * width;
        if (out.empty() || out.back().x != x) {
            // Opens where the one before closed, so that no step falls between two candles.
            const double open = out.empty() ? y : out.back().close;
            out.push_back({x, open, std::max(open, y), std::min(open, y), y, 1});
            continue;
        }
        Candle& candle = out.back();
        candle.high = std::max(candle.high, y);
        candle.low = std::min(candle.low, y);
        candle.close = y;
        candle.volume += 1;
    }
    return out;
}

double candle_width(double size, int wanted) {
    static constexpr std::array<double, 14> kWidths{
        60, 300, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000};
    const double raw = size / std::max(1, wanted);
    for (const double width : kWidths) {
        if (width >= raw) return width;
    }
    return kWidths.back();
}

double median(std::vector<double> values) {
    values.erase(std::remove_if(values.begin(),
                                values.end(),
                                [](double value) { return !std::isfinite(value); }),
                 values.end());
    if (values.empty()) return kUnknown;
    std::sort(values.begin(), values.end());
    return quantile(values, 0.5);
}

}  // namespace gui
