#include "scenarios/engine/agent_maker.h"

#include "scenarios/engine/denoms.h"
#include "scenarios/engine/world_builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

namespace {

constexpr std::int64_t kWholeToken = 1'000'000;

/// Tenants begin when the providers are known on chain.
constexpr sim::SimDuration kTenantsBeginAfter = sim::SimDuration::seconds(60);

/// Puts the provider's own level, to a thousandth, on top of its group's.
void scale_prices(providers::ProviderConfig& config, double level) {
    const auto thousandths = std::max<std::int64_t>(1, static_cast<std::int64_t>(level * 1'000));
    config.prices.price_level.numerator *= thousandths;
    config.prices.price_level.denominator *= 1'000;
}

/// Tenants look for providers by the attribute "region".
void add_region(nodes::Attributes& attributes, const std::string& region) {
    const bool given = std::any_of(
        attributes.begin(), attributes.end(), [](const auto& one) { return one.key == "region"; });
    if (!given) attributes.push_back({.key = "region", .value = region});
}

std::int64_t second_of_day(const nodes::Timestamp& time) {
    return time.seconds % 86'400;
}

}  // namespace

const std::vector<nodes::DenomAmount>& provider_coins(const ProviderGroup& group) {
    static const std::vector<nodes::DenomAmount> usual{
        {.denom = "uakt", .amount = 2'000 * kWholeToken}};
    return group.balances.empty() ? usual : group.balances;
}

const std::vector<nodes::DenomAmount>& tenant_coins(const TenantGroup& group) {
    static const std::vector<nodes::DenomAmount> usual{
        {.denom = "uakt", .amount = 100'000 * kWholeToken},
        {.denom = std::string{kAxlUsdc}, .amount = 100'000 * kWholeToken}};
    return group.balances.empty() ? usual : group.balances;
}

std::string member_name(const std::string& group, std::int64_t number) {
    return fmt::format("{}/{}", group, number);
}

std::vector<std::string> models_of(const Scenario& scenario) {
    std::vector<std::string> out;
    const auto add = [&](const ProviderGroup& group) {
        for (const providers::NodeKind& node : group.config.nodes) {
            for (const providers::NodeCards& cards : node.gpus)
                out.push_back(cards.model);
        }
    };
    for (const ProviderGroup& group : scenario.providers)
        add(group);
    for (const Action& action : scenario.actions) {
        if (const auto* joining = std::get_if<AddProviders>(&action.body)) add(joining->group);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

AgentSeat AgentMaker::make_seat(const std::string& group,
                                std::int64_t number,
                                const std::vector<std::string>& regions) {
    AgentSeat seat;
    seat.name = member_name(group, number);
    auto& names = world_.group_names_;
    const auto known = std::find(names.begin(), names.end(), group);
    seat.group = static_cast<std::uint32_t>(known - names.begin());
    if (known == names.end()) names.push_back(group);
    seat.account = world_.chain_.names().addresses.from_bytes(account_bytes_of(seat.name));
    // A group of several regions is spread over them in turn.
    const std::string& region = regions.empty()
                                    ? world_.scenario_->links.chain_region
                                    : regions[static_cast<std::size_t>(number) % regions.size()];
    seat.region = *world_.links_.find_region(region);
    seat.link_draws = sim::Rng::stream(world_.scenario_->seed, seat.name, "link");
    return seat;
}

void AgentMaker::know_account(nodes::Address account, AgentRef agent) {
    const std::uint32_t index = world_.chain_.names().addresses.account(account).index;
    auto& agents = world_.agents_by_account_;
    if (index >= agents.size()) agents.resize(index + 1);
    agents[index] = agent;
}

sim::Status AgentMaker::add_providers(const ProviderGroup& group, sim::SimDuration over) {
    const Scenario& scenario = *world_.scenario_;
    const std::int64_t already = members_of(group.name);
    for (std::int64_t i = 0; i < group.count; ++i) {
        AgentSeat seat = make_seat(group.name, already + i, group.regions);
        sim::Rng chance = sim::Rng::stream(scenario.seed, seat.name, "setting up");
        const double level = chance.lognormal(0, group.price_spread);
        seat.audited = chance.uniform01() < group.audited ? 1 : 0;
        providers::ProviderConfig config = group.config;
        config.name = seat.name;
        config.owner = seat.account;
        add_region(config.attributes, world_.links_.region_name(seat.region));
        if (group.price_spread > 0) scale_prices(config, level);
        auto provider = providers::Provider::create(std::move(config), scenario.seed);
        if (!provider) {
            return sim::Error{{"scenario", 3},
                              fmt::format("providers '{}': {}", group.name, provider.error().text)};
        }
        const auto index = static_cast<std::uint32_t>(world_.providers_.size());
        const AgentRef agent = AgentRef::provider(index);
        know_account(seat.account, agent);
        world_.providers_.push_back(std::move(provider).value());
        world_.provider_seats_.push_back(std::move(seat));
        const sim::SimDuration after{group.count < 2 ? 0 : over.ns / (group.count - 1) * i};
        world_.queue_.push(world_.now_ + after, {.kind = EventKind::kStart, .agent = agent});
    }
    return sim::ok();
}

std::int64_t AgentMaker::members_of(const std::string& group) const {
    const auto& names = world_.group_names_;
    const auto known = std::find(names.begin(), names.end(), group);
    const auto row = static_cast<std::uint32_t>(known - names.begin());
    return std::count_if(world_.provider_seats_.begin(),
                         world_.provider_seats_.end(),
                         [&](const AgentSeat& seat) { return seat.group == row; });
}

sim::Status AgentMaker::add_tenants(const TenantGroup& group) {
    const Scenario& scenario = *world_.scenario_;
    nodes::Names& names = world_.chain_.names();
    std::vector<tenants::WorkloadTemplateRef> workloads;
    for (const WorkloadText& text : group.workloads) {
        auto workload = tenants::read_workload(text.name, text.sdl, names);
        if (!workload) {
            return sim::Error{{"scenario", 3},
                              fmt::format("tenants '{}', workload '{}': {}",
                                          group.name,
                                          text.name,
                                          workload.error().text)};
        }
        workloads.push_back(std::move(workload).value());
    }
    tenants::TenantConfig config = group.config;
    tenants::ArrivalConfig& arrivals = config.demand.arrivals;
    arrivals.mean_interval = arrivals.mean_interval * std::max<std::int64_t>(group.count, 1);
    arrivals.start_second_of_day = second_of_day(scenario.start);
    for (const std::string& auditor : group.auditors) {
        config.auditors.push_back(auditor == "auditor" ? world_.auditor_
                                                       : names.addresses.intern(auditor));
    }
    for (std::int64_t i = 0; i < group.count; ++i) {
        AgentSeat seat = make_seat(group.name, i, group.regions);
        config.name = seat.name;
        config.account = seat.account;
        auto tenant = tenants::Tenant::create(config, workloads, scenario.seed, names);
        if (!tenant) {
            return sim::Error{{"scenario", 3},
                              fmt::format("tenants '{}': {}", group.name, tenant.error().text)};
        }
        const auto index = static_cast<std::uint32_t>(world_.tenants_.size());
        know_account(seat.account, AgentRef::tenant(index));
        world_.tenants_.push_back(std::move(tenant).value());
        world_.tenant_seats_.push_back(std::move(seat));
        world_.queue_.push(world_.now_ + kTenantsBeginAfter,
                           {.kind = EventKind::kStart, .agent = AgentRef::tenant(index)});
    }
    return sim::ok();
}

}  // namespace scenarios
