#include "gui/plot/scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gui {
namespace {

constexpr double kMinute = 60;
constexpr double kHour = 3600;
constexpr double kDay = 86400;

/// Steps at which times read well.
constexpr std::array<double, 26> kTimeSteps{
    1,          2,           5,           10,           15,           30,
    kMinute,    2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute,
    kHour,      2 * kHour,   3 * kHour,   6 * kHour,    12 * kHour,   kDay,
    2 * kDay,   5 * kDay,    10 * kDay,   20 * kDay,    50 * kDay,    100 * kDay,
    200 * kDay, 500 * kDay};

double round_step(double raw) {
    const double magnitude = std::pow(10.0, std::floor(std::log10(raw)));
    const double lead = raw / magnitude;
    if (lead <= 1.0 + 1e-9) return magnitude;
    if (lead <= 2.0 + 1e-9) return 2 * magnitude;
    if (lead <= 5.0 + 1e-9) return 5 * magnitude;
    return 10 * magnitude;
}

std::vector<double> multiples(Range range, double step) {
    std::vector<double> out;
    if (!(step > 0) || !(range.size() > 0) || range.size() / step > 1000) return out;
    for (double n = std::ceil(range.from / step - 1e-9); n * step <= range.to + step * 1e-9; ++n) {
        out.push_back(n == 0 ? 0.0 : n * step);
    }
    return out;
}

std::string trimmed(std::string text) {
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

/// Decimals that tell neighbours `step` apart, with an SI letter when all are large.
std::string tick_label(double value, double step, double largest) {
    if (value == 0) return "0";
    static constexpr std::array<std::pair<double, const char*>, 4> kLetters{
        {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
    double unit = 1;
    const char* letter = "";
    if (largest >= 1e4) {
        for (const auto& [size, text] : kLetters) {
            if (largest < size) continue;
            unit = size;
            letter = text;
            break;
        }
    }
    const double scaled = step / unit;
    const int decimals = scaled >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(scaled) - 1e-9));
    return trimmed(fmt::format("{:.{}f}", value / unit, std::min(decimals, 9))) + letter;
}

std::string time_label(double seconds, double step) {
    if (step >= kDay) return fmt::format("day {}", std::llround(seconds / kDay));
    const auto whole = std::llround(seconds);
    const auto of_day = ((whole % 86400) + 86400) % 86400;
    if (of_day == 0 && step >= kMinute) {
        return fmt::format("day {}", std::llround(seconds / kDay));
    }
    if (step < kMinute) {
        return fmt::format("{:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60);
    }
    return fmt::format("{:02}:{:02}", of_day / 3600, of_day / 60 % 60);
}

}  // namespace

Range nothing() {
    return {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
}

bool is_nothing(const Range& range) {
    return !(range.from <= range.to);
}

void include(Range& range, double value) {
    if (!std::isfinite(value)) return;
    range.from = std::min(range.from, value);
    range.to = std::max(range.to, value);
}

Range padded(Range values) {
    if (is_nothing(values)) return {0, 1};
    if (values.from == values.to) {
        if (values.from == 0) return {0, 1};
        const double around = std::abs(values.from) * 0.5;
        const double low = values.from - around;
        return {values.from > 0 ? std::max(0.0, low) : low, values.to + around};
    }
    const double rim = values.size() * 0.07;
    const bool from_zero = values.from >= 0 && values.from <= values.size() * 0.6;
    return {from_zero ? 0.0 : values.from - rim, values.to + rim};
}

Range zoomed(Range range, double centre, double factor, double least) {
    const double size = std::max(range.size() * factor, least);
    const double share = range.size() > 0 ? range.share(centre) : 0.5;
    const double from = centre - size * share;
    return {from, from + size};
}

Range clamped(Range range, Range limits) {
    return panned(range, 0, limits);
}

Range panned(Range range, double offset, Range limits) {
    const double size = std::min(range.size(), limits.size());
    const double from = std::clamp(range.from + offset, limits.from, limits.to - size);
    return {from, from + size};
}

std::vector<Tick> number_ticks(Range range, int wanted) {
    std::vector<Tick> out;
    if (!(range.size() > 0) || !std::isfinite(range.size()) || wanted < 1) return out;
    double step = round_step(range.size() / wanted);
    // A scale of less than three figures says little; a finer one may take twice the wanted room.
    if (wanted > 1 && multiples(range, step).size() < 3) {
        const double finer = round_step(range.size() / (wanted * 2));
        if (multiples(range, finer).size() <= static_cast<std::size_t>(wanted) * 2) step = finer;
    }
    const double largest = std::max(std::abs(range.from), std::abs(range.to));
    for (const double at : multiples(range, step)) {
        out.push_back({at, tick_label(at, step, largest)});
    }
    return out;
}

std::vector<Tick> log_ticks(Range range, int wanted) {
    std::vector<Tick> out;
    if (!(range.from > 0) || !(range.to > range.from)) return out;
    const double first = std::floor(std::log10(range.from));
    const double decades = std::log10(range.to) - first;
    const double stride = std::max(1.0, std::ceil(decades / std::max(1, wanted)));
    const bool between = decades * 3 <= wanted;
    for (double power = first; power <= first + decades + 1; power += stride) {
        for (const double lead : {1.0, 2.0, 5.0}) {
            const double at = lead * std::pow(10.0, power);
            if ((lead == 1.0 || between) && range.holds(at)) out.push_back({at, si(at)});
        }
    }
    return out;
}

std::vector<Tick> time_ticks(Range seconds, int wanted) {
    std::vector<Tick> out;
    if (!(seconds.size() > 0) || wanted < 1) return out;
    const double raw = seconds.size() / wanted;
    const auto* found = std::find_if(
        kTimeSteps.begin(), kTimeSteps.end(), [&](double step) { return step >= raw; });
    const double step = found == kTimeSteps.end() ? kDay * round_step(raw / kDay) : *found;
    for (const double at : multiples(seconds, step)) {
        out.push_back({at, time_label(at, step)});
    }
    return out;
}

std::string si(double value) {
    if (!std::isfinite(value)) return "-";
    const double size = std::abs(value);
    static constexpr std::array<std::pair<double, const char*>, 5> kLetters{
        {{1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
    if (size >= 9999.5) {
        for (const auto& [unit, letter] : kLetters) {
            if (size < unit) continue;
            const double scaled = value / unit;
            const int decimals = std::abs(scaled) >= 99.95 ? 0 : std::abs(scaled) >= 9.995 ? 1 : 2;
            return trimmed(fmt::format("{:.{}f}", scaled, decimals)) + letter;
        }
    }
    if (size >= 99.95) return fmt::format("{:.0f}", value);
    if (size >= 9.995) return trimmed(fmt::format("{:.1f}", value));
    if (size >= 0.9995) return trimmed(fmt::format("{:.2f}", value));
    if (size >= 0.001) return trimmed(fmt::format("{:.3f}", value));
    return size == 0 ? "0" : fmt::format("{:.2g}", value);
}

std::string signed_si(double value) {
    return (value > 0 ? "+" : "") + si(value);
}

std::string with_commas(std::int64_t value) {
    std::string digits = std::to_string(value);
    const std::size_t sign = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string percent(double share) {
    if (!std::isfinite(share)) return "-";
    return fmt::format("{:.1f} %", share * 100);
}

std::string duration(double seconds) {
    if (!std::isfinite(seconds)) return "-";
    const std::string sign = seconds < 0 ? "-" : "";
    const auto whole = std::llround(std::abs(seconds));
    if (whole >= 86400) return fmt::format("{}{} d {} h", sign, whole / 86400, whole / 3600 % 24);
    if (whole >= 3600) return fmt::format("{}{} h {:02} min", sign, whole / 3600, whole / 60 % 60);
    if (whole >= 60) return fmt::format("{}{} min {:02} s", sign, whole / 60, whole % 60);
    return fmt::format("{}{} s", sign, whole);
}

std::string clock(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::floor(std::max(0.0, seconds)));
    return fmt::format(
        "day {}  {:02}:{:02}:{:02}", whole / 86400, whole / 3600 % 24, whole / 60 % 60, whole % 60);
}

}  // namespace gui
