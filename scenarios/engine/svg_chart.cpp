#include "scenarios/engine/svg_chart.h"

#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace scenarios {

namespace {

constexpr double kWidth = 560;
constexpr double kHeight = 260;
constexpr double kLeft = 58;
constexpr double kRight = 12;
constexpr double kTop = 30;
constexpr double kBottom = 34;
constexpr std::size_t kColumns = 480;

struct Range {
    double low = 0;
    double high = 1;

    [[nodiscard]] double place(double value) const { return (value - low) / (high - low); }
};

/// 1, 2 or 5 times a power of ten: about `wanted` steps over the range.
double round_step(double range, double wanted) {
    const double rough = range / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= rough) return power * factor;
    }
    return power * 10;
}

std::string value_text(double value, const std::string& unit) {
    if (unit == "share") return fmt::format("{:g}%", std::round(value * 1e6) / 1e4);
    if (std::abs(value) >= 1e6) return fmt::format("{:g}M", value / 1e6);
    if (std::abs(value) >= 1e4) return fmt::format("{:g}k", value / 1e3);
    return fmt::format("{:g}", std::round(value * 1e9) / 1e9);
}

double x_of(const Range& days, double day) {
    return kLeft + days.place(day) * (kWidth - kLeft - kRight);
}

double y_of(const Range& values, double value) {
    return kHeight - kBottom - values.place(value) * (kHeight - kTop - kBottom);
}

/// The least and the greatest of each pixel column, so that a spike is never lost.
std::vector<std::pair<double, double>> thinned(const std::vector<std::pair<double, double>>& all) {
    if (all.size() <= 2 * kColumns) return all;
    std::vector<std::pair<double, double>> out;
    const std::size_t step = (all.size() + kColumns - 1) / kColumns;
    for (std::size_t from = 0; from < all.size(); from += step) {
        const auto end =
            all.begin() + static_cast<std::ptrdiff_t>(std::min(from + step, all.size()));
        const auto [low, high] = std::minmax_element(
            all.begin() + static_cast<std::ptrdiff_t>(from), end, [](const auto& a, const auto& b) {
                return a.second < b.second;
            });
        out.push_back(std::min(*low, *high));
        if (low != high) out.push_back(std::max(*low, *high));
    }
    return out;
}

/// Each line raised by those before it.
std::vector<ChartLine> piled(const Chart& chart) {
    std::vector<ChartLine> out = chart.lines;
    for (std::size_t i = 1; i < out.size(); ++i) {
        const std::size_t both = std::min(out[i].points.size(), out[i - 1].points.size());
        for (std::size_t k = 0; k < both; ++k)
            out[i].points[k].second += out[i - 1].points[k].second;
    }
    return out;
}

/// Values that do not come near zero by themselves are shown from zero all the same: an axis that
/// begins at 4.9 makes noise look like a crash.
void find_ranges(const std::vector<ChartLine>& lines, Range& days, Range& values) {
    days = {1e300, -1e300};
    values = {0, 0};
    for (const ChartLine& line : lines) {
        for (const auto& [day, value] : line.points) {
            days.low = std::min(days.low, day);
            days.high = std::max(days.high, day);
            values.low = std::min(values.low, value);
            values.high = std::max(values.high, value);
        }
    }
    if (values.low == values.high) values.high = values.low + 1;
    const double step = round_step(values.high - values.low, 4);
    values.high = std::ceil(values.high / step - 1e-9) * step;
    values.low = std::floor(values.low / step + 1e-9) * step;
}

std::string axes(const Chart& chart, const Range& days, const Range& values) {
    std::string out;
    const double step = round_step(values.high - values.low, 4);
    for (int i = 0; values.low + i * step <= values.high + step / 2; ++i) {
        const double value = values.low + i * step;
        const double y = y_of(values, value);
        out += fmt::format(R"(<line class="grid" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)"
                           R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text>)",
                           kLeft,
                           y,
                           kWidth - kRight,
                           y,
                           kLeft - 6,
                           y + 4,
                           value_text(value, chart.unit));
    }
    const double day_step = round_step(days.high - days.low, 8);
    for (double day = std::ceil(days.low / day_step) * day_step; day <= days.high + day_step / 100;
         day += day_step) {
        out += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{:g}</text>)",
                           x_of(days, day),
                           kHeight - kBottom + 15,
                           std::round(day * 1e6) / 1e6);
    }
    return out + fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end">day</text>)",
                             kWidth - kRight,
                             kHeight - 4);
}

std::string path_of(const std::vector<std::pair<double, double>>& points,
                    const Range& days,
                    const Range& values) {
    std::string out;
    for (const auto& [day, value] : points) {
        out += fmt::format(
            "{}{:.1f} {:.1f}", out.empty() ? "M" : "L", x_of(days, day), y_of(values, value));
    }
    return out;
}

/// The area between a line and the one below it, or the axis.
std::string area_of(const ChartLine& upper,
                    const ChartLine* lower,
                    const Range& days,
                    const Range& values) {
    std::string out = path_of(upper.points, days, values);
    auto back = lower != nullptr ? lower->points : upper.points;
    std::reverse(back.begin(), back.end());
    for (const auto& [day, value] : back) {
        out += fmt::format(
            "L{:.1f} {:.1f}", x_of(days, day), y_of(values, lower != nullptr ? value : 0));
    }
    return out + "Z";
}

std::string legend(const Chart& chart) {
    if (chart.lines.size() < 2) return {};
    std::string out = "<p class=\"legend\">";
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        out += fmt::format(R"(<span><i class="c{}"></i>{}</span> )",
                           i % kChartColours,
                           xml_text(chart.lines[i].name));
    }
    return out + "</p>";
}

}  // namespace

std::string svg_of(const Chart& chart) {
    std::vector<ChartLine> lines = chart.stacked ? piled(chart) : chart.lines;
    const bool drawable = std::any_of(
        lines.begin(), lines.end(), [](const ChartLine& l) { return l.points.size() > 1; });
    if (!drawable) return {};
    Range days;
    Range values;
    find_ranges(lines, days, values);
    if (days.low >= days.high) return {};
    std::string out =
        fmt::format(R"(<figure><svg viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">)"
                    R"(<text class="title" x="{:g}" y="18">{}{}</text>)",
                    kWidth,
                    kHeight,
                    xml_text(chart.title),
                    kLeft,
                    xml_text(chart.title),
                    chart.unit.empty() || chart.unit == "share" ? "" : ", " + xml_text(chart.unit));
    out += axes(chart, days, values);
    for (ChartLine& line : lines)
        line.points = thinned(line.points);
    for (std::size_t i = lines.size(); i-- > 0;) {
        const ChartLine* below = i > 0 ? &lines[i - 1] : nullptr;
        out += chart.stacked ? fmt::format(R"(<path class="area c{}" d="{}"/>)",
                                           i % kChartColours,
                                           area_of(lines[i], below, days, values))
                             : fmt::format(R"(<path class="line c{}" d="{}"/>)",
                                           i % kChartColours,
                                           path_of(lines[i].points, days, values));
    }
    return out + "</svg>" + legend(chart) + "</figure>\n";
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : nodes::valid_utf8(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(c) >= ' ' || c == '\n') out += c;
        }
    }
    return out;
}

}  // namespace scenarios
