// The plan: what happens at given times whatever the agents do.
#include "scenarios/engine/agent_maker.h"
#include "scenarios/engine/quantities.h"
#include "scenarios/engine/world.h"
#include "scenarios/engine/world_builder.h"
#include "scenarios/engine/world_plan.h"
#include "scenarios/engine/world_port.h"

#include <fmt/format.h>

#include <array>

namespace scenarios {

namespace {

std::string text_of(const AddProviders& body) {
    return fmt::format("{} providers '{}' join over {}",
                       body.group.count,
                       body.group.name,
                       duration_text(body.over));
}

std::string text_of(const ChangeProviders& body) {
    constexpr std::array<const char*, 3> kWhat{"leave", "fail", "recover"};
    return fmt::format("{} providers of '{}' {}",
                       body.count == 0 ? std::string{"all"} : fmt::format("{}", body.count),
                       body.group,
                       kWhat.at(static_cast<std::size_t>(body.change)));
}

std::string text_of(const DemandSurge& body) {
    return fmt::format(
        "demand of {} times {:g}", body.group.empty() ? "all tenants" : body.group, body.factor);
}

std::string text_of(const PriceShock& body) {
    return fmt::format("price of AKT times {:g}", body.factor);
}

std::string text_of(const ParamsChange& /*body*/) {
    return "parameters of the chain change";
}

std::string text_of(const ProgrammeSwitch& body) {
    return fmt::format("programme '{}' {}", body.programme, body.start ? "starts" : "ends");
}

std::string text_of(const LinkChange& body) {
    if (body.from.empty()) return "all links change";
    return fmt::format("the link between {} and {} changes", body.from, body.to);
}

std::string text_of(const Partition& body) {
    return body.groups.empty() ? "all links are healed" : "the network is parted";
}

}  // namespace

std::string action_text(const Action& action) {
    return std::visit([](const auto& body) { return text_of(body); }, action.body);
}

void World::act(std::uint32_t index, Observer& observer) {
    const Action& action = scenario_->actions[index];
    observer.action(*this, action_text(action));
    if (const auto* add = std::get_if<AddProviders>(&action.body)) {
        join(add->group, add->over, observer);
    } else if (const auto* providers = std::get_if<ChangeProviders>(&action.body)) {
        change(*providers, observer);
    } else if (const auto* demand = std::get_if<DemandSurge>(&action.body)) {
        surge(*demand, observer);
    } else if (const auto* shock = std::get_if<PriceShock>(&action.body)) {
        price_.shock(now_, static_cast<std::int64_t>(shock->factor * 1e6 + 0.5));
    } else if (const auto* params = std::get_if<ParamsChange>(&action.body)) {
        const auto set = chain_.set_params(params->params);
        SIM_ASSERT(set.has_value(), "parameters the loader let through: {}", set.error().text);
    } else if (const auto* link = std::get_if<LinkChange>(&action.body)) {
        set_links(*link);
    } else if (const auto* partition = std::get_if<Partition>(&action.body)) {
        set_partition(*partition);
    }
    // Programmes know their times beforehand (world_plan.cpp).
}

void World::join(const ProviderGroup& group, sim::SimDuration over, Observer& observer) {
    const auto first = static_cast<std::uint32_t>(providers_.size());
    if (group.audited > 0) found_auditor();
    const auto added = AgentMaker(*this).add_providers(group, over);
    SIM_ASSERT(added.has_value(), "a group the loader let through: {}", added.error().text);
    for (auto i = first; i < providers_.size(); ++i) {
        for (const nodes::DenomAmount& coin : provider_coins(group)) {
            const auto minted = chain_.mint_to(
                provider_seats_[i].account, chain_.names().denoms.intern(coin.denom), coin.amount);
            SIM_ASSERT(minted.has_value(), "coins for a newcomer: {}", minted.error().text);
        }
        observer.agent_joined(*this, AgentRef::provider(i));
    }
}

/// The auditor of newcomers, where none was needed at the start.
void World::found_auditor() {
    if (chain_.view().balance(auditor_, uakt_) > 0) return;
    const auto minted = chain_.mint_to(auditor_, uakt_, kAuditorCoins);
    SIM_ASSERT(minted.has_value(), "coins for the auditor: {}", minted.error().text);
}

void World::surge(const DemandSurge& surge, Observer& observer) {
    const sim::SimTime until = surge.lasting.ns == 0 ? sim::kForever : now_ + surge.lasting;
    for (std::uint32_t i = 0; i < tenants_.size(); ++i) {
        const std::string& group = group_names_[tenant_seats_[i].group];
        if (!surge.group.empty() && group != surge.group) continue;
        Port port(*this, AgentRef::tenant(i), observer);
        tenants_[i].add_surge({.from = now_, .until = until, .factor = surge.factor}, port);
    }
}

void World::change(const ChangeProviders& change, Observer& observer) {
    std::int64_t left = change.count == 0 ? INT64_MAX : change.count;
    for (std::uint32_t i = 0; i < providers_.size() && left > 0; ++i) {
        if (group_names_[provider_seats_[i].group] != change.group) continue;
        const AgentRef agent = AgentRef::provider(i);
        Port port(*this, agent, observer);
        if (change.change == ProviderChange::kLeave) {
            if (providers_[i].has_left()) continue;
            providers_[i].leave(port);
            enter_programme(agent, Membership::kLeaves);
        } else if (change.change == ProviderChange::kFail) {
            if (!providers_[i].online()) continue;
            providers_[i].go_offline(port);
            if (change.lasting.ns > 0) {
                queue_.push(now_ + change.lasting, {.kind = EventKind::kRecovery, .agent = agent});
            }
        } else {
            if (providers_[i].online()) continue;
            recover(agent, observer);
        }
        --left;
        refresh_index(agent);
    }
}

void World::recover(AgentRef provider, Observer& observer) {
    if (providers_[provider.index()].online()) return;
    // A new process looks at what is open on the chain.
    std::vector<nodes::OrderId> open;
    for (const nodes::OrderRow& order : chain_.state().orders.rows()) {
        if (order.state == nodes::OrderState::kOpen) open.push_back(order.id);
    }
    Port port(*this, provider, observer);
    providers_[provider.index()].come_back(port, open);
}

void World::set_links(const LinkChange& change) {
    const auto set = [&](sim::RegionId from, sim::RegionId to) {
        links_.set_link(from, to, changed_quality(links_.link(from, to), change.quality));
    };
    if (!change.from.empty()) {
        const sim::RegionId from = *links_.find_region(change.from);
        const sim::RegionId to = *links_.find_region(change.to);
        set(from, to);
        if (from != to) set(to, from);
        return;
    }
    const auto count = static_cast<std::uint32_t>(links_.region_count());
    for (std::uint32_t from = 0; from < count; ++from) {
        for (std::uint32_t to = 0; to < count; ++to)
            set({from}, {to});
    }
}

void World::set_partition(const Partition& partition) {
    if (partition.groups.empty()) {
        links_.heal();
        return;
    }
    std::vector<std::vector<sim::RegionId>> groups;
    for (const auto& names : partition.groups) {
        groups.emplace_back();
        for (const std::string& name : names)
            groups.back().push_back(*links_.find_region(name));
    }
    const sim::SimTime until = partition.lasting.ns == 0 ? sim::kForever : now_ + partition.lasting;
    links_.partition(groups, until);
}

}  // namespace scenarios
