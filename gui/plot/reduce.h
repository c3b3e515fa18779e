// Makes few shapes out of many values: the extents of pixel columns to ranges and stacked layers,
// values to histograms, samples to candles. A spike never disappears, since columns keep their
// lowest and highest value. Knows no window library.
#pragma once

#include "gui/plot/scale.h"
#include "gui/session/model_market.h"
#include "gui/session/series_book.h"

#include <span>
#include <vector>

namespace gui {

/// Seconds since the scenario's beginning, as axes count them.
constexpr double seconds(sim::SimTime at) {
    return static_cast<double>(at.ns) * 1e-9;
}

sim::SimTime time_at(double seconds);
Range seconds(const TimeRange& range);
TimeRange time_range(const Range& seconds);

/// From the lowest to the highest value; nothing() without any.
Range value_range(std::span<const Extent> columns);

enum class Stacking : unsigned char { kAbsolute, kShares };

/// Upper edges of layers laid on top of each other, from the columns' means: [layer * columns +
/// column]. Layers are as long as the shortest. With kShares every column sums to 1 (or stays 0).
std::vector<double> stacked(std::span<const std::vector<Extent>> layers, Stacking stacking);

struct Histogram {
    Range range;
    std::vector<double> counts;
};

/// Even bins between the lowest and highest value; the highest belongs to the last bin.
Histogram histogram(std::span<const double> values, int bins);
/// Freedman and Diaconis: bins of 2 IQR / n^(1/3), between 1 and 60 of them.
int bins_for(std::span<const double> values);

/// One candle per `width` seconds in which there are samples. Each opens where the one before
/// closed, so that no step falls between two; `leases` counts the samples.
std::vector<Candle> candles_of(std::span<const Sample> samples, double width);

/// A round time with which at most about `wanted` candles fit into `size` seconds.
double candle_width(double size, int wanted);

/// NaN without values.
double median(std::span<const double> values);

}  // namespace gui
