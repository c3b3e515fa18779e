// The plan of a scenario: what its actions say, when programmes run under it, and which differences
// between two plans a world can take over while it runs.
#pragma once

#include "scenarios/engine/scenario.h"

#include <string>

namespace scenarios {

/// What an action does, for people.
std::string action_text(const Action& action);

/// When a programme runs under the scenario's plan.
struct ProgrammeTimes {
    sim::SimTime start;
    sim::SimTime end;

    friend bool operator==(const ProgrammeTimes&, const ProgrammeTimes&) = default;
};

ProgrammeTimes programme_times(const Scenario& scenario, const ProgrammeGroup& programme);

/// Equal in everything but the source and the places in it.
bool same_scenario(const Scenario& a, const Scenario& b);

/// The same with actions left out of account.
bool same_but_for_actions(const Scenario& a, const Scenario& b);

/// Places do not count.
bool same_action(const Action& a, const Action& b);

}  // namespace scenarios
