#include "scenarios/engine/report_html.h"

#include "scenarios/engine/quantities.h"
#include "scenarios/engine/recorded_run.h"
#include "scenarios/engine/run_metrics.h"
#include "scenarios/engine/svg_chart.h"

#include <fmt/format.h>

#include <array>

namespace scenarios {

namespace {

/// Colours told apart by people who do not see all of them (Okabe and Ito), on light and on dark.
constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --text: #1c1e24; --quiet: #5b606b; --page: #fbfbfc; --card: #ffffff; --grid: #d9dce2; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8ee; --quiet: #a0a6b3; --page: #14161b; --card: #1b1e25; --grid: #343945; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 2rem auto; max-width: 74rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } p { margin: .3rem 0; }
.quiet, td.quiet { color: var(--quiet); } code { font-size: .9em; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1rem; }
figure { background: var(--card); border: 1px solid var(--grid); border-radius: 6px; margin: 0; padding: .6rem; }
svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--quiet); } svg .title { font-size: 13px; fill: var(--text); font-weight: 600; }
.grid { stroke: var(--grid); stroke-width: 1; } .line { fill: none; stroke-width: 1.6; } .area { stroke: none; }
.legend { font-size: .8rem; color: var(--quiet); } .legend span { margin-right: .8rem; white-space: nowrap; } .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .3em; border-radius: 2px; }
table { border-collapse: collapse; } td, th { padding: .15rem .8rem .15rem 0; text-align: left; vertical-align: top; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
.ok { color: #007a5a; font-weight: 600; } .fail { color: #c2410c; font-weight: 600; }
@media (prefers-color-scheme: dark) { .ok { color: #3ecf9b; } .fail { color: #ff9156; } }
.bar { background: #0072b2; height: .8em; display: inline-block; border-radius: 2px; }
pre { background: var(--card); border: 1px solid var(--grid); border-radius: 6px; padding: .8rem; overflow-x: auto; font-size: .85rem; }
)";
constexpr std::array<std::string_view, kChartColours> kColours{"#0072b2",
                                                               "#e69f00",
                                                               "#009e73",
                                                               "#cc79a7",
                                                               "#56b4e9",
                                                               "#d55e00",
                                                               "#b8a900",
                                                               "#8a8f99",
                                                               "#004f7c",
                                                               "#9c6c00",
                                                               "#006b4f",
                                                               "#8e4a70"};

std::string style() {
    std::string out{kStyle};
    for (std::size_t i = 0; i < kColours.size(); ++i) {
        out += fmt::format(
            ".line.c{0} {{ stroke: {1}; }} .area.c{0} {{ fill: {1}; }} i.c{0} {{ background: {1}; "
            "}}\n",
            i,
            kColours.at(i));
    }
    return out;
}

std::string cell(const sim::QueryRows& rows, std::size_t row, std::size_t column) {
    return rows.rows[row][column].value_or("");
}

/// One line per series that the pattern fits, named by what follows its last '/'.
sim::Result<std::vector<ChartLine>> lines_like(const RecordedRun& run, std::string_view pattern) {
    std::vector<ChartLine> out;
    std::string of;
    const std::string sql = fmt::format(
        "SELECT name, time_ns / 86400e9, value FROM series WHERE name GLOB '{}' "
        "ORDER BY name, time_ns",
        pattern);
    const auto add = [&](std::span<const std::optional<std::string_view>> cells) {
        const std::string_view name = cells[0].value_or("");
        if (out.empty() || of != name) {
            of = name;
            const auto slash = name.rfind('/');
            out.push_back(
                {std::string{slash == std::string_view::npos ? name : name.substr(slash + 1)}, {}});
        }
        const auto number = [&](std::size_t i) {
            return parse_number(cells[i].value_or("0")).value_or(0);
        };
        out.back().points.emplace_back(number(1), number(2));
        return true;
    };
    SIM_CHECK(run.database.for_each(sql, add));
    return out;
}

struct ChartPlan {
    const char* title;
    const char* unit;
    std::array<const char*, 2> series;  ///< names or patterns; the second may be empty
    bool stacked;
};

constexpr std::array kCharts{
    ChartPlan{"Utilization", "share", {"gpu_utilization", "cpu_utilization"}, false},
    ChartPlan{"GPUs", "cards", {"gpus_leased", "gpus_total"}, false},
    ChartPlan{"GPUs leased by model", "cards", {"gpus_leased/*", ""}, true},
    ChartPlan{"Lease price by model", "USD per card-hour", {"gpu_price/*", ""}, false},
    ChartPlan{"Leases and open orders", "", {"leases_active", "orders_open"}, false},
    ChartPlan{"New leases", "a day", {"leases_per_day", ""}, false},
    ChartPlan{"Bids per order", "", {"bids_per_order", ""}, false},
    ChartPlan{"Providers online", "", {"providers_online", ""}, false},
    ChartPlan{"Price of AKT", "USD", {"akt_usd", ""}, false},
    ChartPlan{"Spent on leases", "USD", {"spent_usd", ""}, false},
    ChartPlan{"Paid by programmes", "USD", {"programme_paid_usd", ""}, false},
};

bool moves(const std::vector<ChartLine>& lines) {
    for (const ChartLine& line : lines) {
        for (const auto& point : line.points) {
            if (point.second != 0) return true;
        }
    }
    return false;
}

sim::Result<std::string> charts(const RecordedRun& run) {
    std::string out = "<h2>Series</h2>\n<div class=\"charts\">\n";
    for (const ChartPlan& plan : kCharts) {
        Chart chart{plan.title, plan.unit, {}, plan.stacked};
        for (const char* name : plan.series) {
            if (*name == '\0') continue;
            SIM_TRY(lines, lines_like(run, name));
            for (ChartLine& line : lines)
                chart.lines.push_back(std::move(line));
        }
        if (moves(chart.lines)) out += svg_of(chart);
    }
    return out + "</div>\n";
}

sim::Result<std::string> checks(const RecordedRun& run) {
    SIM_TRY(rows, run.database.query("SELECT held, title, found, place FROM checks"));
    if (rows.rows.empty()) return std::string{};
    std::string out = "<h2>What must hold</h2>\n<table>\n";
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const bool held = cell(rows, i, 0) == "1";
        out += fmt::format(
            "<tr><td class=\"{}\">{}</td><td>{}</td><td>{}</td><td class=\"quiet\">{}</td></tr>\n",
            held ? "ok" : "fail",
            held ? "holds" : "fails",
            xml_text(cell(rows, i, 1)),
            xml_text(cell(rows, i, 2)),
            xml_text(cell(rows, i, 3)));
    }
    return out + "</table>\n";
}

sim::Result<std::string> figures(const RecordedRun& run) {
    std::string out = "<h2>Figures</h2>\n<table>\n";
    for (const RunMetric& metric : run_metrics()) {
        SIM_TRY(value, metric_value(run, metric));
        out += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td></tr>\n",
                           metric.title,
                           metric_text(metric, value));
    }
    return out + "</table>\n";
}

sim::Result<std::string> reasons(const RecordedRun& run) {
    SIM_TRY(rows,
            run.database.query("SELECT r.text, count(*) FROM answers a JOIN reasons r "
                               "ON r.id = a.reason GROUP BY 1 ORDER BY 2 DESC"));
    if (rows.rows.empty()) return std::string{};
    const auto count = [&](std::size_t i) { return parse_number(cell(rows, i, 1)).value_or(0); };
    std::string out = "<h2>What became of every provider's look at an order</h2>\n<table>\n";
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        out += fmt::format(
            "<tr><td>{}</td><td class=\"number\">{:.0f}</td>"
            "<td><span class=\"bar\" style=\"width: {:.1f}rem\"></span></td></tr>\n",
            xml_text(cell(rows, i, 0)),
            count(i),
            20 * count(i) / count(0));
    }
    return out + "</table>\n";
}

}  // namespace

sim::Result<std::string> html_of_run(const std::filesystem::path& database) {
    SIM_TRY(run, read_recorded_run(database));
    const std::string name = xml_text(run.name);
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{0}, seed {1}</title>\n<style>{2}</style></head>\n<body>\n<h1>{0}</h1>\n"
        "<p class=\"quiet\">seed {1}, Orrery {3}, {4}</p>\n",
        name,
        run.seed,
        style(),
        xml_text(run.version),
        run.final_digest.empty() ? "cut off before its end"
                                 : "digest <code>" + xml_text(run.final_digest) + "</code>");
    for (const auto part : {checks, charts, figures, reasons}) {
        SIM_TRY(text, part(run));
        out += text;
    }
    out += fmt::format("<h2>The scenario</h2>\n<pre>{}</pre>\n", xml_text(run.source.text));
    if (!run.source.settings.empty()) {
        out += fmt::format("<p>with {}</p>\n",
                           xml_text(fmt::format("{}", fmt::join(run.source.settings, ", "))));
    }
    return out + "</body></html>\n";
}

}  // namespace scenarios
