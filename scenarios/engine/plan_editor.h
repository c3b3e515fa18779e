// Writes actions into the text of a scenario, as a person would: a line under `actions`, in order
// of time, with comments and layout of the rest left as they are. What comes out is read again by
// the loader, so that a wrong action is refused as it would be in a file.
#pragma once

#include "scenarios/engine/scenario.h"
#include "sim/result.h"
#include "sim/units.h"

#include <string>
#include <string_view>

namespace scenarios {

/// "{ at: 9d1h, price: { factor: 0.5 } }" for an action "price: { factor: 0.5 }".
std::string action_item(sim::SimTime at, std::string_view action);

/// The scenario with one more action at this time, after those of the same time. Its source holds
/// the whole text and no settings.
sim::Result<Scenario> with_action(const Scenario& scenario,
                                  sim::SimTime at,
                                  std::string_view action);

/// The scenario with its settings written into the text, and with this one besides, as "seed=8"
/// (none when empty).
sim::Result<Scenario> with_settings_written(const Scenario& scenario, const std::string& setting);

}  // namespace scenarios
