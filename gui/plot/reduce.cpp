#include "gui/plot/reduce.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace gui {
namespace {

/// `sorted` is not empty.
double quantile(const std::vector<double>& sorted, double share) {
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - static_cast<double>(below));
}

std::vector<double> sorted_finite(std::span<const double> values) {
    std::vector<double> out;
    std::copy_if(values.begin(), values.end(), std::back_inserter(out), [](double value) {
        return std::isfinite(value);
    });
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

sim::SimTime time_at(double seconds) {
    return sim::SimTime{std::llround(std::clamp(seconds, -4e9, 4e9) * 1e9)};
}

Range seconds(const TimeRange& range) {
    return {seconds(range.from), seconds(range.to)};
}

TimeRange time_range(const Range& seconds) {
    return {time_at(seconds.from), time_at(seconds.to)};
}

Range value_range(std::span<const Extent> columns) {
    Range range = nothing();
    for (const Extent& column : columns) {
        if (column.count == 0) continue;
        include(range, column.least);
        include(range, column.most);
    }
    return range;
}

std::vector<double> stacked(std::span<const std::vector<Extent>> layers, Stacking stacking) {
    std::size_t columns = layers.empty() ? 0 : layers.front().size();
    for (const auto& layer : layers)
        columns = std::min(columns, layer.size());
    std::vector<double> edges(layers.size() * columns);
    std::vector<double> sums(columns);
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        for (std::size_t i = 0; i < columns; ++i) {
            const Extent& extent = layers[layer][i];
            if (extent.count > 0) sums[i] += extent.mean();
            edges[layer * columns + i] = sums[i];
        }
    }
    if (stacking == Stacking::kShares) {
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const double sum = sums[i % columns];
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
    const std::vector<double> sorted = sorted_finite(values);
    if (sorted.size() < 2) return 1;
    const double spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    const double size = sorted.back() - sorted.front();
    if (!(size > 0)) return 1;
    if (!(spread > 0)) return 10;
    const double width = 2 * spread / std::cbrt(static_cast<double>(sorted.size()));
    return static_cast<int>(std::clamp(std::ceil(size / width), 1.0, 60.0));
}

std::vector<Candle> candles_of(std::span<const Sample> samples, double width) {
    std::vector<Candle> out;
    if (!(width > 0)) return out;
    for (const Sample& sample : samples) {
        const double from = std::floor(seconds(sample.at) / width) * width;
        const TimeRange range{time_at(from), time_at(from + width)};
        if (out.empty() || out.back().range != range) {
            const double open = out.empty() ? sample.value : out.back().close;
            out.push_back({range, open, open, open, open, 0});
        }
        Candle& candle = out.back();
        candle.high = std::max(candle.high, sample.value);
        candle.low = std::min(candle.low, sample.value);
        candle.close = sample.value;
        ++candle.leases;
    }
    return out;
}

double candle_width(double size, int wanted) {
    static constexpr std::array<double, 14> kWidths{60,
                                                    300,
                                                    900,
                                                    1800,
                                                    3600,
                                                    7200,
                                                    14400,
                                                    21600,
                                                    43200,
                                                    86400,
                                                    172800,
                                                    604800,
                                                    1209600,
                                                    2592000};
    const double raw = size / std::max(1, wanted);
    for (const double width : kWidths) {
        if (width >= raw) return width;
    }
    return kWidths.back();
}

double median(std::span<const double> values) {
    const std::vector<double> sorted = sorted_finite(values);
    return sorted.empty() ? std::numeric_limits<double>::quiet_NaN() : quantile(sorted, 0.5);
}

}  // namespace gui
