#include "scenarios/engine/compare.h"

#include "scenarios/engine/quantities.h"
#include "scenarios/engine/recorded_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace scenarios {

namespace {

/// Where the digests of two runs part: the first block that differs, and the last one before it
/// that both have and that is equal.
struct Fork {
    bool found = false;
    sim::Height equal_up_to;
    sim::Height at;
    std::string part;
};

Fork find_fork(const std::vector<DigestRow>& left, const std::vector<DigestRow>& right) {
    Fork fork;
    const std::size_t both = std::min(left.size(), right.size());
    for (std::size_t i = 0; i < both; ++i) {
        if (left[i] == right[i]) {
            fork.equal_up_to = left[i].height;
            continue;
        }
        fork.found = true;
        fork.at = std::min(left[i].height, right[i].height);
        // A block that only one of them wrote had transactions only there.
        fork.part = left[i].height == right[i].height ? differing_part(left[i], right[i]) : "chain";
        return fork;
    }
    return fork;
}

using Row = std::vector<std::optional<std::string>>;

std::string row_text(const Row& row) {
    std::string out;
    for (const auto& cell : row)
        out += (out.empty() ? "" : "  ") + cell.value_or("-");
    return out;
}

struct Difference {
    std::string left;
    std::string right;

    [[nodiscard]] bool found() const { return left != right; }
};

/// First row of a query's answers that is not the same in both.
sim::Result<Difference> first_difference(const RecordedRun& left,
                                         const RecordedRun& right,
                                         const std::string& sql) {
    SIM_TRY(a, left.database.query(sql));
    SIM_TRY(b, right.database.query(sql));
    const std::size_t n = std::max(a.rows.size(), b.rows.size());
    for (std::size_t i = 0; i < n; ++i) {
        const std::string l = i < a.rows.size() ? row_text(a.rows[i]) : "nothing";
        const std::string r = i < b.rows.size() ? row_text(b.rows[i]) : "nothing";
        if (l != r) return Difference{l, r};
    }
    return Difference{};
}

sim::Result<std::string> fork_text(const RecordedRun& left,
                                   const RecordedRun& right,
                                   const Fork& fork) {
    std::string out =
        fmt::format("states equal up to block {}; first difference at block {}, part {}\n",
                    fork.equal_up_to.value,
                    fork.at.value,
                    fork.part);
    const std::string within =
        fmt::format("height > {} AND height <= {}", fork.equal_up_to.value, fork.at.value);
    const std::array<std::pair<const char*, std::string>, 2> looks{{
        {"transaction",
         "SELECT height, agent, action, code, codespace, gas_used FROM v_transactions WHERE " +
             within + " ORDER BY height, position"},
        {"settlement",
         "SELECT height, tenant, provider, denom, gross, fee FROM v_settlements WHERE " + within},
    }};
    for (const auto& [what, sql] : looks) {
        SIM_TRY(difference, first_difference(left, right, sql));
        if (!difference.found()) continue;
        return out + fmt::format("first differing {}:\n  A  {}\n  B  {}\n",
                                 what,
                                 difference.left,
                                 difference.right);
    }
    return out + "no recorded transaction differs there; what differs is inside the agents\n";
}

struct MetricQuery {
    const char* title;
    const char* sql;
};

constexpr std::array kMetricQueries{
    MetricQuery{"blocks with transactions", "SELECT count(*) FROM blocks"},
    MetricQuery{"transactions", "SELECT count(*) FROM transactions"},
    MetricQuery{"refused transactions", "SELECT count(*) FROM transactions WHERE code != 0"},
    MetricQuery{"orders", "SELECT count(*) FROM orders"},
    MetricQuery{"bids", "SELECT count(*) FROM bids"},
    MetricQuery{"leases", "SELECT count(*) FROM leases"},
    MetricQuery{"leases ended", "SELECT count(*) FROM lease_ends"},
    MetricQuery{"paid, uakt",
                "SELECT coalesce(sum(gross), 0) FROM settlements WHERE denom = 'uakt'"},
    MetricQuery{"paid, uusdc",
                "SELECT coalesce(sum(gross), 0) FROM settlements WHERE denom = 'uusdc'"},
    MetricQuery{"mean GPU utilization",
                "SELECT coalesce(avg(value), 0) FROM series WHERE name = 'gpu_utilization'"},
    MetricQuery{"mean CPU utilization",
                "SELECT coalesce(avg(value), 0) FROM series WHERE name = 'cpu_utilization'"},
    MetricQuery{"mean price of AKT, USD",
                "SELECT coalesce(avg(value), 0) FROM series WHERE name = 'akt_usd'"},
};

sim::Result<double> number(const RecordedRun& run, const char* sql) {
    SIM_TRY(rows, run.database.query(sql));
    if (rows.rows.empty() || rows.rows.front().empty()) return 0.0;
    return parse_number(rows.rows.front().front().value_or("0")).value_or(0);
}

sim::Result<std::string> metric_table(const RecordedRun& left, const RecordedRun& right) {
    std::string out =
        fmt::format("{:<28}{:>18}{:>18}{:>18}{:>10}\n", "metric", "A", "B", "B - A", "%");
    for (const MetricQuery& metric : kMetricQueries) {
        SIM_TRY(a, number(left, metric.sql));
        SIM_TRY(b, number(right, metric.sql));
        const std::string share =
            a == 0 ? std::string{"-"} : fmt::format("{:+.1f}", (b - a) / a * 100);
        out += fmt::format(
            "{:<28}{:>18.10g}{:>18.10g}{:>+18.10g}{:>10}\n", metric.title, a, b, b - a, share);
    }
    return out;
}

}  // namespace

sim::Result<std::string> compare_runs(const std::filesystem::path& left_path,
                                      const std::filesystem::path& right_path) {
    SIM_TRY(left, read_recorded_run(left_path));
    SIM_TRY(right, read_recorded_run(right_path));
    std::string out = fmt::format("A  {}  seed {}  {}\nB  {}  seed {}  {}\n",
                                  left.name,
                                  left.seed,
                                  left_path.string(),
                                  right.name,
                                  right.seed,
                                  right_path.string());
    const Fork fork = find_fork(left.digests, right.digests);
    if (fork.found) {
        SIM_TRY(text, fork_text(left, right, fork));
        out += text;
    } else if (left.digests.size() != right.digests.size()) {
        out += fmt::format("states equal up to block {}, where the shorter run ends\n",
                           fork.equal_up_to.value);
    } else {
        out += fmt::format("the runs are equal in all {} compared blocks\n", left.digests.size());
    }
    SIM_TRY(table, metric_table(left, right));
    return out + table;
}

}  // namespace scenarios
