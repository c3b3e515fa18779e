#include "scenarios/engine/scenario_files.h"

#include "scenarios/engine/loader.h"
#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".yaml") out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

std::vector<fs::path> scenario_folders() {
    std::error_code error;
    std::vector<fs::path> out;
    const auto add = [&](const fs::path& folder) {
        if (!fs::is_directory(folder, error)) return;
        for (const fs::path& known : out) {
            if (fs::equivalent(known, folder, error)) return;
        }
        out.push_back(folder);
    };
    add("scenarios");
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) add(program.parent_path().parent_path() / "scenarios");
    return out;
}

sim::Result<std::string> find_scenario(const std::string& name) {
    std::error_code error;
    if (fs::is_regular_file(name, error)) return name;
    if (fs::is_directory(name, error)) {
        return sim::Error{{"scenario", 1},
                          fmt::format("{} is a folder; name a scenario file in it", name)};
    }
    std::vector<std::string> known;
    for (const fs::path& folder : scenario_folders()) {
        for (const fs::path& file : files_in(folder)) {
            if (file.stem() == name) return file.string();
            known.push_back(file.stem().string());
        }
    }
    const std::string asked = fs::path(name).stem().string();
    return sim::Error{
        {"scenario", 1},
        fmt::format(
            "no scenario '{}'{}; 'orrery list' shows all", name, did_you_mean(asked, known))};
}

std::vector<ScenarioEntry> list_scenarios() {
    std::vector<ScenarioEntry> out;
    for (const fs::path& folder : scenario_folders()) {
        for (const fs::path& file : files_in(folder)) {
            const std::string name = file.stem().string();
            const bool known = std::any_of(
                out.begin(), out.end(), [&](const ScenarioEntry& e) { return e.name == name; });
            if (known) continue;
            const auto scenario = load_scenario_file(file.string());
            out.push_back({.name = name,
                           .title = scenario ? scenario->title : scenario.error().text,
                           .path = file});
        }
    }
    return out;
}

}  // namespace scenarios
