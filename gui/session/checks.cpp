#include "gui/session/checks.h"

#include "gui/session/words.h"
#include "scenarios/engine/expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gui {

namespace {

using scenarios::Expectation;
using scenarios::Finding;
using scenarios::Holds;
using scenarios::World;

/// Whether the finding can still change.
CheckState state_of(const Expectation& e, const Finding& finding, sim::SimTime now) {
    const bool over = now >= e.window.to;
    const bool final = over || (e.holds == Holds::kAlways && !finding.held) ||
                       (e.holds == Holds::kEventually && finding.held);
    if (!final) return CheckState::kPending;
    return finding.held ? CheckState::kHeld : CheckState::kFailed;
}

/// Distance to the nearer bound as a share of it.
double margin_of(const Expectation& e, double value) {
    const auto share = [](double distance, double bound) {
        return bound == 0 ? distance : distance / std::abs(bound);
    };
    double out = HUGE_VAL;
    if (e.above) out = std::min(out, share(value - *e.above, *e.above));
    if (e.below) out = std::min(out, share(*e.below - value, *e.below));
    return out;
}

CheckRow series_row(const Expectation& e, const World& world) {
    CheckRow row{.title = e.title, .place = e.place};
    row.series = e.what;
    row.window = {.from = e.window.from, .to = e.window.to};
    row.bound = scenarios::wanted_text(e);
    row.bound_value = e.above ? *e.above : e.below.value_or(0);
    if (e.window.from > world.now()) {
        row.state = CheckState::kNotReached;
        row.text = fmt::format("from {} on", clock_text(e.window.from));
        return row;
    }
    const auto finding = scenarios::find_in_series(e, world.series());
    if (!finding) {
        const bool known = world.series().find(e.what).has_value();
        const bool over = world.now() >= e.window.to;
        row.state = over || !known ? CheckState::kFailed : CheckState::kPending;
        row.text = known ? "no sample in this window" : "the run has no such series";
        return row;
    }
    row.state = state_of(e, *finding, world.now());
    const auto metric = scenarios::metric_named(e.what);
    const std::string_view unit = metric ? scenarios::metrics()[*metric].unit : "";
    row.value = e.relative_to ? fmt::format("{:.4g} times", finding->value)
                              : fmt::format("{:.5g} {}", finding->value, unit);
    row.has_margin = std::isfinite(finding->value) && (e.above || e.below);
    if (row.has_margin) row.margin = margin_of(e, finding->value);
    row.text = fmt::format("{} at {}; wanted {}", row.value, clock_text(finding->at), row.bound);
    if (row.state == CheckState::kPending) row.text += finding->held ? ", so far" : ", not yet";
    row.has_violation = row.state == CheckState::kFailed;
    row.violated_at = finding->at;
    return row;
}

CheckRow invariant_row(std::string title, std::string place, const World& world) {
    CheckRow row{.title = std::move(title), .place = std::move(place)};
    const auto& breach = world.breach();
    const bool over = world.now().ns >= world.scenario().run_for.ns;
    row.state = over ? CheckState::kHeld : CheckState::kPending;
    row.text = over ? "held at every block looked at" : "held so far";
    row.window = {.from = sim::SimTime{}, .to = sim::SimTime{world.scenario().run_for.ns}};
    if (!breach) return row;
    row.state = CheckState::kFailed;
    row.text = breach->text;
    row.has_violation = true;
    row.violated_at = breach->at;
    return row;
}

CheckRow script_row(const scenarios::CheckResult& result) {
    CheckRow row{.title = result.title, .place = result.place};
    row.state = result.held ? CheckState::kHeld : CheckState::kFailed;
    row.text = result.text;
    return row;
}

CheckRow query_row(const Expectation& e) {
    CheckRow row{.title = e.title, .place = e.place};
    row.state = CheckState::kNotReached;
    row.text = "a question to the run's database: orrery run asks it at the end";
    row.bound = scenarios::wanted_text(e);
    return row;
}

}  // namespace

ChecksView checks_of(const World& world) {
    ChecksView out;
    bool invariants = false;
    for (const Expectation& e : world.scenario().expectations) {
        if (!e.sql.empty()) {
            out.rows.push_back(query_row(e));
        } else if (scenarios::is_invariant_name(e.what)) {
            out.rows.push_back(invariant_row(e.title, e.place, world));
            invariants = true;
        } else {
            out.rows.push_back(series_row(e, world));
        }
    }
    for (const scenarios::CheckResult& result : world.script().results())
        out.rows.push_back(script_row(result));
    if (!invariants) {
        out.rows.push_back(invariant_row("coins conserved, and every other invariant", "", world));
    }
    for (const CheckRow& row : out.rows) {
        out.held += row.state == CheckState::kHeld ? 1 : 0;
        out.failed += row.state == CheckState::kFailed ? 1 : 0;
        out.pending += row.state == CheckState::kPending ? 1 : 0;
    }
    return out;
}

std::vector<std::string> failed_checks(const World& world) {
    std::vector<std::string> out;
    for (const Expectation& e : world.scenario().expectations) {
        if (!e.sql.empty() || scenarios::is_invariant_name(e.what)) continue;
        if (e.window.from > world.now()) continue;
        const auto finding = scenarios::find_in_series(e, world.series());
        if (finding && state_of(e, *finding, world.now()) == CheckState::kFailed) {
            out.push_back(e.title);
        }
    }
    return out;
}

}  // namespace gui
