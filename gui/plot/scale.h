// Where ticks stand on an axis and what is written beside them: round numbers in steps of 1, 2 and
// 5, round times, powers of ten; numbers with SI letters, durations and clock times in words. Also
// the range of an axis and what zooming and panning does to it. Knows no window library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gui {

/// A stretch of an axis. Times are seconds since the scenario's beginning.
struct Range {
    double from = 0;
    double to = 1;

    [[nodiscard]] double size() const { return to - from; }

    [[nodiscard]] bool holds(double value) const { return value >= from && value <= to; }

    /// 0 at `from`, 1 at `to`.
    [[nodiscard]] double share(double value) const { return (value - from) / size(); }

    [[nodiscard]] double at(double share) const { return from + share * size(); }

    bool operator==(const Range&) const = default;
};

/// Stretched so that no value touches the edge; zero stays the lower edge of what is not negative.
/// A flat or empty range becomes one of size.
Range padded(Range values);
/// Grows to hold `value`; NaN is ignored.
void include(Range& range, double value);
/// A range that holds nothing yet: the first include() sets both ends.
Range nothing();
bool is_nothing(const Range& range);

/// Zooms by `factor` (below 1 = closer) around `centre`; never narrower than `least`.
Range zoomed(Range range, double centre, double factor, double least);
/// Moved by `offset`, held within `limits` with its size kept (shrunk when larger than them).
Range panned(Range range, double offset, Range limits);
Range clamped(Range range, Range limits);

struct Tick {
    double at = 0;
    std::string label;
};

/// About `wanted` ticks at multiples of 1, 2 or 5 times a power of ten.
std::vector<Tick> number_ticks(Range range, int wanted);
/// Powers of ten; with few decades also 2 and 5 times them.
std::vector<Tick> log_ticks(Range range, int wanted);
/// Round seconds, minutes, hours, days: "day 3", "06:00".
std::vector<Tick> time_ticks(Range seconds, int wanted);

/// "0", "4.2", "980", "12.3k", "4.5M", "1.2G"; four figures at most.
std::string si(double value);
/// A whole number with separators: "170,412".
std::string with_commas(std::int64_t value);
/// "12.5 %" of 0.125.
std::string percent(double share);
/// "3 d 4 h", "2 h 05 min", "40 s".
std::string duration(double seconds);
/// "day 12  06:41:18" of seconds since the beginning: 12 whole days have passed, as in `at: 12d`.
std::string clock(double seconds);
/// Signed, "+12.0", "-3"; for differences.
std::string signed_si(double value);

}  // namespace gui
