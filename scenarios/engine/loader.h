// Makes a Scenario from YAML, strictly: an unknown key, a wrong type, a number out of range or a
// name that leads nowhere is refused with its place and what to write instead.
#pragma once

#include "scenarios/engine/scenario.h"
#include "sim/result.h"

#include <map>
#include <string>
#include <vector>

namespace scenarios {

/// Reads a scenario from disk, with the files it names (their paths are relative to the
/// scenario's).
sim::Result<Scenario> load_scenario_file(const std::string& path,
                                         const std::vector<std::string>& settings = {});

/// Reads a scenario from texts alone, as from a recorded run: `source.files` must hold what it
/// names.
sim::Result<Scenario> load_scenario(const ScenarioSource& source);

}  // namespace scenarios
