#include "scenarios/engine/compare.h"

#include "scenarios/engine/recorded_run.h"
#include "scenarios/engine/run_metrics.h"

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
    const std::array<std::pair<const char*, std::string>, 3> looks{{
        {"transaction",
         "SELECT height, agent, action, code, codespace, gas_used FROM v_transactions WHERE " +
             within + " ORDER BY height, position"},
        {"bid",
         "SELECT height, provider, denom, price FROM v_bids WHERE " + within +
             " ORDER BY height, provider"},
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

sim::Result<std::string> metric_table(const RecordedRun& left, const RecordedRun& right) {
    std::string out =
        fmt::format("{:<28}{:>22}{:>22}{:>22}{:>9}\n", "metric", "A", "B", "B - A", "%");
    for (const RunMetric& metric : run_metrics()) {
        SIM_TRY(a, metric_value(left, metric));
        SIM_TRY(b, metric_value(right, metric));
        const std::string share =
            a == 0 ? std::string{"-"} : fmt::format("{:+.1f}", (b - a) / a * 100);
        out += fmt::format("{:<28}{:>22}{:>22}{:>22}{:>9}\n",
                           metric.title,
                           metric_text(metric, a),
                           metric_text(metric, b),
                           (b > a ? "+" : "") + metric_text(metric, b - a),
                           share);
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
