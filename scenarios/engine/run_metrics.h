// The figures that tell two recorded runs apart, each a query over the run's database.
#pragma once

#include "scenarios/engine/recorded_run.h"
#include "sim/result.h"

#include <span>
#include <string>

namespace scenarios {

struct RunMetric {
    const char* title;
    const char* unit;  ///< empty for counts
    const char* sql;   ///< one number
};

std::span<const RunMetric> run_metrics();

sim::Result<double> metric_value(const RecordedRun& run, const RunMetric& metric);

/// "55.4 %", "24507", "14822.212830 AKT".
std::string metric_text(const RunMetric& metric, double value);

}  // namespace scenarios
