// Finds scenarios by name: a path as it stands, or a name without path among the shipped ones.
#pragma once

#include "sim/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace scenarios {

/// Where scenarios are looked for: ./scenarios, then the folder beside the program's build folder.
std::vector<std::filesystem::path> scenario_folders();

/// The file a user means; the error names the nearest scenario there is.
sim::Result<std::string> find_scenario(const std::string& name);

struct ScenarioEntry {
    std::string name;
    std::string title;  ///< or what is wrong with the file
    std::filesystem::path path;
};

/// All scenarios of the folders, by name.
std::vector<ScenarioEntry> list_scenarios();

}  // namespace scenarios
