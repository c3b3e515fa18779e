// Checks what a scenario says must hold against what happened.
#pragma once

#include "scenarios/engine/expectation.h"
#include "scenarios/engine/series.h"
#include "sim/recorder.h"

#include <optional>
#include <string>
#include <vector>

namespace scenarios {

/// One line of the checks: an expectation, a script's step or an invariant.
struct CheckResult {
    std::string title;
    bool held = false;
    bool reached = true;  ///< false: the run ended before the window began; counts neither way
    std::string text;     ///< what was found, and what was wanted when it did not hold
    std::string place;    ///< "file:line:column" of the scenario; empty for invariants

    static void fields(auto& self, auto&& visit) {
        visit("title", self.title);
        visit("held", self.held);
        visit("reached", self.reached);
        visit("text", self.text);
        visit("place", self.place);
    }
};

/// What the samples of an expectation's window say so far. `at` is where it was decided: the first
/// sample that breaks a bound that always holds, or that keeps one that holds eventually.
struct Finding {
    bool held = false;
    double value = 0;
    sim::SimTime at;
};

/// Nothing when the run has no such series or no sample in the window yet.
std::optional<Finding> find_in_series(const Expectation& expectation, const Series& series);

/// "at least 0.4".
std::string wanted_text(const Expectation& expectation);

/// An expectation over a series of a run that ended at this moment.
CheckResult check_series(const Expectation& expectation, const Series& series, sim::SimTime ended);

/// An expectation over the run's database; the first cell of the first row is compared.
CheckResult check_query(const Expectation& expectation, const sim::Database& database);

}  // namespace scenarios
