// The figures that a run ends with: what the report prints and compare() sets side by side.
#pragma once

#include "scenarios/engine/runner.h"

#include <vector>

namespace scenarios {

std::vector<Figure> figures_of(const World& world);

}  // namespace scenarios
