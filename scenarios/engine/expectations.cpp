#include "scenarios/engine/expectations.h"

#include "scenarios/engine/quantities.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace scenarios {

namespace {

/// The samples of a column within a window; a window of one moment takes the last sample up to it.
struct Window {
    std::size_t first = 0;
    std::size_t end = 0;
};

Window samples_within(const Series& series, const TimeWindow& window) {
    Window out;
    const std::size_t n = series.samples();
    while (out.first < n && series.time(out.first) < window.from)
        ++out.first;
    out.end = out.first;
    while (out.end < n && series.time(out.end) <= window.to)
        ++out.end;
    if (window.from == window.to && out.first == out.end && out.first > 0) --out.first;
    return out;
}

double mean(const Series& series, std::size_t column, Window window) {
    double sum = 0;
    for (std::size_t i = window.first; i < window.end; ++i)
        sum += series.value(i, column);
    return sum / static_cast<double>(window.end - window.first);
}

bool within(const Expectation& e, double value) {
    if (std::isnan(value)) return false;
    return (!e.above || value >= *e.above) && (!e.below || value <= *e.below);
}

Finding look(const Expectation& e, const Series& series, std::size_t column, Window window) {
    double unit = 1;
    if (e.relative_to) {
        const Window base = samples_within(series, *e.relative_to);
        unit = base.first < base.end ? mean(series, column, base)
                                     : std::numeric_limits<double>::quiet_NaN();
    }
    const auto value = [&](std::size_t i) { return series.value(i, column) / unit; };
    const sim::SimTime last_time = series.time(window.end - 1);
    if (e.holds == Holds::kMean) {
        const double m = mean(series, column, window) / unit;
        return {.held = within(e, m), .value = m, .at = last_time};
    }
    if (e.holds == Holds::kLast) {
        return {.held = within(e, value(window.end - 1)),
                .value = value(window.end - 1),
                .at = last_time};
    }
    const bool wants_one = e.holds == Holds::kEventually;
    for (std::size_t i = window.first; i < window.end; ++i) {
        if (within(e, value(i)) == wants_one) {
            return {.held = wants_one, .value = value(i), .at = series.time(i)};
        }
    }
    return {.held = !wants_one, .value = value(window.end - 1), .at = last_time};
}

CheckResult result_for(const Expectation& e) {
    return {.title = e.title, .held = false, .text = {}, .place = e.place};
}

}  // namespace

std::optional<Finding> find_in_series(const Expectation& expectation, const Series& series) {
    const auto column = series.find(expectation.what);
    if (!column) return std::nullopt;
    const Window window = samples_within(series, expectation.window);
    if (window.first >= window.end) return std::nullopt;
    return look(expectation, series, *column, window);
}

std::string wanted_text(const Expectation& e) {
    if (e.equals) return *e.equals;
    if (e.above && e.below) return fmt::format("{:g} to {:g}", *e.above, *e.below);
    return e.above ? fmt::format("at least {:g}", *e.above) : fmt::format("at most {:g}", *e.below);
}

CheckResult check_series(const Expectation& expectation, const Series& series, sim::SimTime ended) {
    CheckResult result = result_for(expectation);
    if (expectation.window.from > ended) {
        result.reached = false;
        result.text = "not reached";
        return result;
    }
    if (!series.find(expectation.what)) {
        result.text = fmt::format("the run has no series '{}'", expectation.what);
        return result;
    }
    const auto finding = find_in_series(expectation, series);
    if (!finding) {
        result.text = "no sample in this window";
        return result;
    }
    const Finding& found = *finding;
    result.held = found.held;
    result.text =
        fmt::format("{:.6g} at {}", found.value, duration_text(found.at - sim::SimTime{}));
    if (!found.held) result.text += fmt::format("; wanted {}", wanted_text(expectation));
    return result;
}

CheckResult check_query(const Expectation& expectation, const sim::Database& database) {
    CheckResult result = result_for(expectation);
    const auto rows = database.query(expectation.sql);
    if (!rows) {
        result.text = rows.error().text;
        return result;
    }
    if (rows->rows.empty() || rows->rows.front().empty() || !rows->rows.front().front()) {
        result.text = "the query gave no value";
        return result;
    }
    const std::string& cell = *rows->rows.front().front();
    if (expectation.equals) {
        const auto left = parse_number(cell);
        const auto right = parse_number(*expectation.equals);
        const bool numbers = left.has_value() && right.has_value();
        result.held = cell == *expectation.equals || (numbers && left.value() == right.value());
    } else if (const auto number = parse_number(cell)) {
        result.held = within(expectation, number.value());
    }
    result.text = cell;
    if (!result.held) result.text += fmt::format("; wanted {}", wanted_text(expectation));
    return result;
}

}  // namespace scenarios
