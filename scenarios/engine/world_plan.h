// Which differences between two scenarios a world can take over while it runs.
#pragma once

#include "scenarios/engine/scenario.h"

namespace scenarios {

/// Equal in everything but the source and the places in it.
bool same_scenario(const Scenario& a, const Scenario& b);

/// The same with actions left out of account.
bool same_but_for_actions(const Scenario& a, const Scenario& b);

/// Places do not count.
bool same_action(const Action& a, const Action& b);

}  // namespace scenarios
