#include "scenarios/engine/run_metrics.h"

#include "scenarios/engine/quantities.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace scenarios {

namespace {

constexpr std::array kMetrics{
    RunMetric{"blocks with transactions", "", "SELECT count(*) FROM blocks"},
    RunMetric{"transactions", "", "SELECT count(*) FROM transactions"},
    RunMetric{"refused transactions", "", "SELECT count(*) FROM transactions WHERE code != 0"},
    RunMetric{"orders", "", "SELECT count(*) FROM orders"},
    RunMetric{"bids", "", "SELECT count(*) FROM bids"},
    RunMetric{"leases", "", "SELECT count(*) FROM leases"},
    RunMetric{"leases ended", "", "SELECT count(*) FROM lease_ends"},
    RunMetric{"paid in AKT",
              "uakt",
              "SELECT coalesce(sum(gross), 0) FROM settlements WHERE denom = 'uakt'"},
    RunMetric{"paid in axlUSDC",
              "uusdc",
              "SELECT coalesce(sum(gross), 0) FROM settlements WHERE denom = 'uusdc'"},
    RunMetric{"mean GPU utilization",
              "share",
              "SELECT coalesce(avg(value), 0) FROM series WHERE name = 'gpu_utilization'"},
    RunMetric{"mean CPU utilization",
              "share",
              "SELECT coalesce(avg(value), 0) FROM series WHERE name = 'cpu_utilization'"},
    RunMetric{"mean price of AKT",
              "USD",
              "SELECT coalesce(avg(value), 0) FROM series WHERE name = 'akt_usd'"},
};

}  // namespace

std::span<const RunMetric> run_metrics() {
    return kMetrics;
}

sim::Result<double> metric_value(const RecordedRun& run, const RunMetric& metric) {
    SIM_TRY(rows, run.database.query(metric.sql));
    if (rows.rows.empty() || rows.rows.front().empty()) return 0.0;
    return parse_number(rows.rows.front().front().value_or("0")).value_or(0);
}

std::string metric_text(const RunMetric& metric, double value) {
    const std::string_view unit = metric.unit;
    if (unit == "share") return fmt::format("{:.1f} %", value * 100);
    if (unit == "uakt") return fmt::format("{:.6f} AKT", value / 1e6);
    if (unit == "uusdc") return fmt::format("{:.6f} USDC", value / 1e6);
    return unit.empty() ? fmt::format("{:.0f}", value) : fmt::format("{:.4f} {}", value, unit);
}

}  // namespace scenarios
