// Prints what came out of a run: a short table for people, or one JSON object for programs.
#pragma once

#include "scenarios/engine/runner.h"

#include <string>

namespace scenarios {

struct ReportOptions {
    bool figures = true;      ///< the table of figures
    bool held_checks = true;  ///< also those that held
};

/// Ends with the line "digest HEX".
std::string report_text(const RunOutcome& outcome, const ReportOptions& options);

std::string report_json(const RunOutcome& outcome);

/// The checks of many scenarios in JUnit's XML, one suite each.
std::string report_junit(const std::vector<RunOutcome>& outcomes);

}  // namespace scenarios
