#include "scenarios/engine/report.h"

#include "scenarios/engine/quantities.h"
#include "scenarios/engine/svg_chart.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace scenarios {

namespace {

std::string number_text(const Figure& figure) {
    if (figure.unit == "share") return fmt::format("{:.1f} %", figure.value * 100);
    // To the last micro-unit, like the chain.
    if (figure.unit == "AKT" || figure.unit == "USDC") return fmt::format("{:.6f}", figure.value);
    if (figure.value == std::floor(figure.value) && std::abs(figure.value) < 1e15) {
        return fmt::format("{:.0f}", figure.value);
    }
    return fmt::format("{:.2f}", figure.value);
}

std::string check_line(const CheckResult& check) {
    const char* verdict = !check.reached ? "-   " : check.held ? "ok  " : "FAIL";
    std::string line = fmt::format("  {}  {}: {}", verdict, check.title, check.text);
    const bool failed = check.reached && !check.held;
    if (failed && !check.place.empty()) line += fmt::format("  ({})", check.place);
    return line + "\n";
}

}  // namespace

std::string report_text(const RunOutcome& outcome, const ReportOptions& options) {
    std::string out = fmt::format("{}  seed {}  {} simulated, {} blocks, {} events\n",
                                  outcome.name,
                                  outcome.seed,
                                  duration_text(outcome.ended - sim::SimTime{}),
                                  outcome.height.value,
                                  outcome.events);
    if (options.figures) {
        for (const Figure& figure : outcome.figures) {
            if (figure.value == 0 && figure.unit == "USDC") continue;
            const bool unit = figure.unit != "share" && !figure.unit.empty();
            out += fmt::format("  {:<32}{:>16}{}{}\n",
                               figure.title,
                               number_text(figure),
                               unit ? " " : "",
                               unit ? figure.unit : "");
        }
    }
    std::size_t held = 0;
    std::size_t reached = 0;
    for (const CheckResult& check : outcome.checks) {
        held += check.held ? 1U : 0U;
        reached += check.reached ? 1U : 0U;
        const bool failed = check.reached && !check.held;
        if (failed || options.held_checks) out += check_line(check);
    }
    const std::size_t waiting = outcome.checks.size() - reached;
    out += fmt::format("checks: {} of {} hold", held, reached);
    out += waiting == 0 ? "\n" : fmt::format(", {} not reached\n", waiting);
    if (outcome.breach) {
        out += fmt::format("INVARIANT BROKEN: {}\n  seed {}, time {} ({} ns), height {}\n",
                           outcome.breach->text,
                           outcome.seed,
                           duration_text(outcome.breach->at - sim::SimTime{}),
                           outcome.breach->at.ns,
                           outcome.breach->height.value);
    }
    return out + fmt::format("digest {}\n", outcome.digest);
}

std::string report_json(const RunOutcome& outcome) {
    nlohmann::ordered_json json;
    json["name"] = outcome.name;
    json["version"] = ORRERY_VERSION;
    json["seed"] = outcome.seed;
    json["simulated_ns"] = outcome.ended.ns;
    json["height"] = outcome.height.value;
    json["events"] = outcome.events;
    auto& metrics = json["metrics"] = nlohmann::ordered_json::object();
    for (const Figure& figure : outcome.figures) {
        metrics[figure.key] = {{"value", figure.value}, {"unit", figure.unit}};
    }
    auto& checks = json["checks"] = nlohmann::ordered_json::array();
    for (const CheckResult& check : outcome.checks) {
        checks.push_back({{"title", check.title},
                          {"held", check.held},
                          {"reached", check.reached},
                          {"found", check.text},
                          {"place", check.place}});
    }
    if (outcome.breach) {
        json["breach"] = {{"text", outcome.breach->text},
                          {"time_ns", outcome.breach->at.ns},
                          {"height", outcome.breach->height.value}};
    }
    json["exit_code"] = static_cast<int>(outcome.code);
    json["digest"] = outcome.digest;
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string report_junit(const std::vector<RunOutcome>& outcomes) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    for (const RunOutcome& outcome : outcomes) {
        std::size_t failures = outcome.breach ? 1U : 0U;
        for (const CheckResult& check : outcome.checks)
            failures += check.reached && !check.held ? 1U : 0U;
        out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                           xml_text(outcome.name),
                           outcome.checks.size() + 1,
                           failures);
        out += fmt::format("    <testcase classname=\"{}\" name=\"invariants\">",
                           xml_text(outcome.name));
        if (outcome.breach) {
            out += fmt::format("<failure message=\"{}\"/>", xml_text(outcome.breach->text));
        }
        out += "</testcase>\n";
        for (const CheckResult& check : outcome.checks) {
            out += fmt::format("    <testcase classname=\"{}\" name=\"{}\">",
                               xml_text(outcome.name),
                               xml_text(check.title));
            if (!check.reached) {
                out += "<skipped/>";
            } else if (!check.held) {
                out += fmt::format("<failure message=\"{}\">{}</failure>",
                                   xml_text(check.text),
                                   xml_text(check.place));
            }
            out += "</testcase>\n";
        }
        out += "  </testsuite>\n";
    }
    return out + "</testsuites>\n";
}

}  // namespace scenarios
