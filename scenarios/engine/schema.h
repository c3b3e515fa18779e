// The tables and views of a recorded run. Views are stable: their names and columns stay when
// tables change. Described for users in sim/README.md.
#pragma once

#include "sim/recorder.h"

#include <string>
#include <vector>

namespace scenarios {

std::vector<sim::TableDef> recording_tables();
std::vector<std::string> recording_views();
std::vector<std::string> recording_indexes();

}  // namespace scenarios
