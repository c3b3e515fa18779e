// Line charts as SVG text, for pages that stand alone: axes with round numbers, one colour and one
// word per line, nothing that needs a script.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scenarios {

/// Lines take the page's classes c0, c1, ... in turn.
inline constexpr std::size_t kChartColours = 12;

struct ChartLine {
    std::string name;
    std::vector<std::pair<double, double>> points;  ///< days, value; days rise
};

struct Chart {
    std::string title;
    std::string unit;  ///< of the values; "share" is shown as per cent
    std::vector<ChartLine> lines;
    bool stacked = false;  ///< lines lie on each other; they share their days
};

/// Empty text when no line has two points.
std::string svg_of(const Chart& chart);

/// The text with what XML reserves replaced and control characters left out; bytes that
/// are no UTF-8 (a query may give any) become U+FFFD.
std::string xml_text(std::string_view text);

}  // namespace scenarios
