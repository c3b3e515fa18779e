// Checks what a scenario says must hold against what happened.
#pragma once

#include "scenarios/engine/expectation.h"
#include "scenarios/engine/series.h"
#include "sim/recorder.h"

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

/// An expectation over a series of a run that ended at this moment.
CheckResult check_series(const Expectation& expectation, const Series& series, sim::SimTime ended);

/// An expectation over the run's database; the first cell of the first row is compared.
CheckResult check_query(const Expectation& expectation, const sim::Database& database);

}  // namespace scenarios
