// What must hold, looked at while the run goes on: held and failed are final, pending is not.
#pragma once

#include "gui/session/model_run.h"
#include "scenarios/engine/world.h"

#include <string>
#include <vector>

namespace gui {

/// Every expectation, script step and invariant as it stands now.
ChecksView checks_of(const scenarios::World& world);

/// Titles of the expectations that can no more hold.
std::vector<std::string> failed_checks(const scenarios::World& world);

}  // namespace gui
