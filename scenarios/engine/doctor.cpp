#include "scenarios/engine/doctor.h"

#include "scenarios/engine/scenario_files.h"
#include "sim/dec18.h"
#include "sim/recorder.h"
#include "sim/rng.h"

#include <fmt/format.h>

#include <filesystem>
#include <thread>
#include <yaml-cpp/yaml.h>

namespace scenarios {

namespace {

/// Numbers that must be the same on every machine; otherwise digests would differ.
bool arithmetic_is_ours() {
    sim::Rng rng = sim::Rng::stream(1, "doctor", "check");
    const sim::Rng again = sim::Rng::stream(1, "doctor", "check");
    sim::Rng copy = again;
    const bool same = rng.normal() == copy.normal();
    const sim::Dec18 third = sim::quo_bankers(sim::Dec18::from_int(1), sim::Dec18::from_int(3));
    return same && third.text() == "0.333333333333333333";
}

bool can_record() {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path path = fs::temp_directory_path(error) / "orrery-doctor.db";
    sim::RecorderOptions options;
    options.path = path;
    options.existing = sim::RecorderOptions::Existing::kOverwrite;
    options.tables = {{"t", {{"n", sim::ColumnType::kInteger}}, ""}};
    bool fine = false;
    if (auto recorder = sim::Recorder::create(options)) {
        recorder.value()->row(recorder.value()->table("t")) << 1;
        fine = recorder.value()->finish().has_value();
    }
    fs::remove(path, error);
    return fine;
}

}  // namespace

std::string doctor_text() {
    const auto line = [](const char* what, const std::string& found) {
        return fmt::format("  {:<22}{}\n", what, found);
    };
    const auto verdict = [](bool fine) { return std::string{fine ? "fine" : "BROKEN"}; };
    std::string out = fmt::format("orrery {}\n", ORRERY_VERSION);
#if defined(__clang__)
    out += line("compiler", fmt::format("clang {}", __clang_version__));
#else
    out += line("compiler", fmt::format("gcc {}", __VERSION__));
#endif
    out += line("processor cores", fmt::format("{}", std::thread::hardware_concurrency()));
    out += line("exact arithmetic", verdict(arithmetic_is_ours()));
    out += line("recording", verdict(can_record()));
    const auto scenarios = list_scenarios();
    out += line("scenarios", fmt::format("{} found", scenarios.size()));
    for (const auto& folder : scenario_folders())
        out += line("", folder.string());
    return out;
}

}  // namespace scenarios
