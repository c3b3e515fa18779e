// Makes few shapes out of many values: lowest and highest per pixel column (a spike never
// disappears), stacked layers, histograms, candles. Every plot goes through here, so a year of
// samples costs as much to draw as a day. Knows no window library.
#pragma once

#include "gui/plot/scale.h"

#include <cstddef>
#include <span>
#include <vector>

namespace gui {

/// Values over rising places; a value holds until the next one. NaN is "not known".
struct Samples {
    std::span<const double> x;
    std::span<const double> y;

    [[nodiscard]] std::size_t size() const { return x.size() < y.size() ? x.size() : y.size(); }
};

/// What happened within one pixel column.
struct Column {
    double x = 0;  ///< where it begins
    double low = 0;
    double high = 0;
    double first = 0;
    double last = 0;
};

/// The first sample that can be seen and one past the last; one neighbour on each side is kept.
struct Slice {
    std::size_t begin = 0;
    std::size_t end = 0;
};

Slice visible(std::span<const double> x, Range view);

/// At most `columns` columns, left to right; columns without a sample are left out. Appends nothing
/// for an empty view. `out` is emptied first and can be kept between frames.
void columns_of(const Samples& samples, Range view, int columns, std::vector<Column>& out);

/// The value that holds at `x`: that of the last sample at or before it; NaN before the first.
double value_at(const Samples& samples, double x);

/// Lowest and highest value within the view.
Range value_range(const Samples& samples, Range view);

enum class Stacking : unsigned char { kAbsolute, kShares };

/// Upper edges of layers laid on top of each other at `columns` + 1 even places of the view: row by
/// row, [layer * (columns + 1) + place]. With kShares every place sums to 1 (or stays 0).
std::vector<double> stacked(std::span<const Samples> layers,
                            Range view,
                            int columns,
                            Stacking stacking);

struct Histogram {
    Range range;
    std::vector<double> counts;
};

/// Even bins between the lowest and highest value; the highest belongs to the last bin.
Histogram histogram(std::span<const double> values, int bins);
/// Freedman and Diaconis: bins of 2 IQR / n^(1/3), between 1 and 60 of them.
int bins_for(std::span<const double> values);

struct Candle {
    double x = 0;  ///< where the candle's time begins
    double open = 0;
    double high = 0;
    double low = 0;
    double close = 0;
    double volume = 0;
};

/// One candle per `width` of x in which there are samples; volume is their number.
std::vector<Candle> candles_of(const Samples& samples, double width);

/// A candle width from the round times with which about `wanted` of them fit into `size` seconds.
double candle_width(double size, int wanted);

double median(std::vector<double> values);

}  // namespace gui
