#include "scenarios/engine/vocabulary.h"

#include "nodes/chain/ruleset.h"
#include "providers/gpu_catalog.h"
#include "providers/strategies/strategy.h"
#include "providers/supply/supply.h"
#include "scenarios/engine/series.h"
#include "scenarios/engine/tour.h"
#include "tenants/behaviour.h"
#include "tenants/workload.h"

#include <fmt/format.h>

#include <array>

namespace scenarios {

namespace {

std::vector<Word> series_words() {
    constexpr std::array<std::string_view, 4> kScopes{
        "", "; /MODEL for one GPU model", "; /GROUP for one provider group", "; /NAME for one"};
    std::vector<Word> out;
    for (const Metric& metric : metrics()) {
        out.push_back({std::string{metric.name},
                       fmt::format("{} [{}]{}",
                                   metric.about,
                                   metric.unit,
                                   kScopes.at(static_cast<std::size_t>(metric.scope)))});
    }
    return out;
}

template <class Entries>
std::vector<Word> helped(const Entries& entries) {
    std::vector<Word> out;
    for (const auto& entry : entries)
        out.push_back({std::string{entry.name}, std::string{entry.help}});
    return out;
}

std::vector<Word> behaviour_words() {
    std::vector<Word> out;
    for (const auto& entry : tenants::behaviours())
        out.push_back({std::string{entry.name}, std::string{entry.description}});
    return out;
}

/// The first comment of a template says what it is.
std::vector<Word> workload_words() {
    std::vector<Word> out;
    for (const auto& entry : tenants::builtin_workloads()) {
        std::string_view about = entry.sdl;
        about.remove_prefix(std::min(about.find("# ") + 2, about.size()));
        about = about.substr(0, about.find('\n'));
        out.push_back({std::string{entry.name}, std::string{about}});
    }
    return out;
}

std::vector<Word> gpu_words() {
    std::vector<Word> out;
    for (const providers::GpuModel& gpu : providers::gpu_models()) {
        out.push_back({std::string{gpu.key},
                       fmt::format("{} {}, {:.2f} USD/h",
                                   gpu.vendor,
                                   gpu.memory,
                                   static_cast<double>(gpu.micro_usd_per_hour) / 1e6)});
    }
    return out;
}

std::vector<Word> rule_words() {
    std::vector<Word> out;
    nodes::RuleSet rules;
    nodes::RuleSet::fields(rules, [&](const char* name, bool&) {
        out.push_back(
            {name, "a switch of `rules`; nodes/chain/ruleset.h says what the real node does"});
    });
    return out;
}

std::vector<Word> screen_words() {
    std::vector<Word> out;
    for (const std::string_view name : kScreenNames)
        out.push_back({std::string{name}, "a screen of the window; its help says what it shows"});
    return out;
}

struct Kind {
    std::string_view name;
    std::vector<Word> (*words)();
};

constexpr std::array kKinds{
    Kind{"series", series_words},
    Kind{"strategies", [] { return helped(providers::strategies()); }},
    Kind{"supply", [] { return helped(providers::supply_rules()); }},
    Kind{"behaviours", behaviour_words},
    Kind{"workloads", workload_words},
    Kind{"gpus", gpu_words},
    Kind{"rules", rule_words},
    Kind{"screens", screen_words},
};

}  // namespace

std::vector<std::string> vocabulary_kinds() {
    std::vector<std::string> out;
    for (const Kind& kind : kKinds)
        out.emplace_back(kind.name);
    return out;
}

sim::Result<std::vector<Word>> vocabulary(std::string_view kind) {
    for (const Kind& known : kKinds) {
        if (known.name == kind) return known.words();
    }
    return sim::Error{{"scenario", 1},
                      fmt::format("nothing called '{}' to list; there are {}",
                                  kind,
                                  fmt::join(vocabulary_kinds(), ", "))};
}

}  // namespace scenarios
