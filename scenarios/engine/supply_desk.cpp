#include "scenarios/engine/supply_desk.h"

#include "providers/costs.h"

#include <algorithm>

namespace scenarios {

void SupplyDesk::add(std::uint32_t group, const ProviderGroup& spec, std::uint64_t seed) {
    rows_.push_back(
        {.group = group, .draws = sim::Rng::stream(seed, "supply/" + spec.name, "decisions")});
}

providers::SupplyChange SupplyDesk::decide(Row& row,
                                           const SupplySpec& spec,
                                           providers::SupplyView view) {
    view.reserve = std::max<std::int64_t>(0, spec.reserve - row.joined);
    const auto& rule = providers::supply_rules()[spec.rule];
    const providers::SupplyChange change = rule.decide(view, spec.params, row.state, row.draws);
    row.joined += change.join;
    return change;
}

std::int64_t cost_per_unit_day(const providers::ProviderConfig& config) {
    std::int64_t cards = 0;
    std::int64_t cost = 0;
    for (const providers::NodeKind& node : config.nodes) {
        for (const providers::NodeCards& gpu : node.gpus) {
            // What a card costs is what it is, whatever it claims to be.
            const std::string& model = gpu.actual.empty() ? gpu.model : gpu.actual;
            const std::int64_t count = gpu.count * node.count;
            cost += count * providers::gpu_cost_per_day(model, config.costs);
            cards += count;
        }
    }
    return cards == 0 ? 0 : cost / cards;
}

ProviderUnits units_of(const providers::ProviderConfig& config) {
    ProviderUnits out;
    for (const providers::NodeKind& node : config.nodes) {
        for (const providers::NodeCards& gpu : node.gpus) {
            const bool fake = !gpu.actual.empty() && gpu.actual != gpu.model;
            (fake ? out.unreal : out.real) += gpu.count * node.count;
        }
    }
    if (out.real + out.unreal == 0) out.real = 1;
    return out;
}

}  // namespace scenarios
