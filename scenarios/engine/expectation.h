// What a scenario says must hold: bounds on series over a window of time, queries over the run's
// database, and the invariants by name. Checked in expectations.h.
#pragma once

#include "sim/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scenarios {

/// How the samples of the window are taken together.
enum class Holds : std::uint8_t {
    kAlways,      ///< every sample is within the bounds
    kEventually,  ///< at least one is
    kMean,        ///< their mean is
    kLast,        ///< the last one is
};

struct TimeWindow {
    sim::SimTime from;
    sim::SimTime to;  ///< included

    static void fields(auto& self, auto&& visit) {
        visit("from", self.from);
        visit("to", self.to);
    }
};

/// `what` names a series ("gpu_utilization", "gpu_utilization/a100") or an invariant
/// ("coins_conserved"); empty when `sql` is asked instead.
struct Expectation {
    std::string what;
    std::string sql;
    std::string title;  ///< for people; made from the rest when the scenario gives none
    std::string place;  ///< "file:line:column"
    TimeWindow window;
    Holds holds = Holds::kAlways;
    /// Divides by the mean over this window, to say "half of what it was".
    std::optional<TimeWindow> relative_to;
    std::optional<double> above;  ///< not below this
    std::optional<double> below;  ///< not above this
    std::optional<std::string> equals;

    static void fields(auto& self, auto&& visit) {
        visit("what", self.what);
        visit("sql", self.sql);
        visit("title", self.title);
        visit("place", self.place);
        visit("window", self.window);
        visit("holds", self.holds);
        visit("relative_to", self.relative_to);
        visit("above", self.above);
        visit("below", self.below);
        visit("equals", self.equals);
    }
};

}  // namespace scenarios
