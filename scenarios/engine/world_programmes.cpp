// Incentive programmes and supply that follows them: when a period ends the pool is paid out by
// ordinary transactions of the programme's treasury, and groups with a supply rule come or go.
#include "scenarios/engine/agent_maker.h"
#include "scenarios/engine/world.h"
#include "scenarios/engine/world_port.h"

#include <algorithm>

namespace scenarios {

namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kDayNs = 86'400'000'000'000;

}  // namespace

/// Who comes and goes by a supply rule has no reason to stay once all its cards are found out.
void World::pay_programme(std::uint32_t index, Observer& observer) {
    std::vector<nodes::Msg> messages;
    const std::vector<nodes::Address> found_out = programmes_.pay(index, messages);
    send_own(messages);
    for (const nodes::Address owner : found_out) {
        const AgentRef agent = agent_with(owner);
        const ProviderGroup* spec = group_of(agent);
        if (spec == nullptr || !spec->supply.given) continue;
        Port port(*this, agent, observer);
        providers_[agent.index()].drain(port);
    }
}

/// The scenario's group of a provider; nullptr of one that an action added.
const ProviderGroup* World::group_of(AgentRef provider) const {
    const std::string& name = group_names_[seat(provider).group];
    const auto spec = std::find_if(scenario_->providers.begin(),
                                   scenario_->providers.end(),
                                   [&](const ProviderGroup& g) { return g.name == name; });
    return spec == scenario_->providers.end() ? nullptr : &*spec;
}

/// What the world itself sends comes from a node at hand: it is in the next block.
void World::send_own(std::vector<nodes::Msg>& messages) {
    for (nodes::Msg& msg : messages)
        mempool_.push_back(pool_.add(AgentRef{}, std::move(msg)));
}

/// Registers a provider's cards with its group's programme, or takes them out again.
void World::enter_programme(AgentRef provider, Membership change) {
    const AgentSeat& seat = seat_of(provider);
    const ProviderGroup* spec = group_of(provider);
    if (spec == nullptr || spec->programme.empty()) return;
    ProgrammeDesk::Row* row = programmes_.find(spec->programme);
    SIM_ASSERT(row != nullptr, "programme '{}' of a scenario that was checked", spec->programme);
    const ProviderUnits units = units_of(providers_[provider.index()].config());
    const std::int64_t sign = change == Membership::kJoins ? 1 : -1;
    std::vector<nodes::Msg> messages;
    programmes_.change_units(
        *row, seat.account, {.real = sign * units.real, .unreal = sign * units.unreal}, messages);
    send_own(messages);
}

/// An amount of the programme's coin in micro-USD.
std::int64_t World::in_micro_usd(const nodes::ProgrammeParams& params, sim::Int128 amount) {
    const bool dollars = params.denom == axl_usdc_;
    return static_cast<std::int64_t>(dollars ? amount : amount * ask_price() / kMillion);
}

/// What an unreal card costs its owner a day besides being there: the stake that checks take, each
/// as likely as the last. Owners are taken to know the odds.
std::int64_t World::expected_slash_per_day(const ProviderGroup& group) {
    const ProgrammeDesk::Row* row = programmes_.find(group.programme);
    if (row == nullptr || units_of(group.config).unreal == 0) return 0;
    const nodes::ProgrammeParams& params = row->programme.params();
    const bool runs = now_ >= params.start && now_ < params.end;
    if (!runs || params.verification == nodes::Verification::kNone) return 0;
    const sim::Int128 per_check =
        sim::Int128{params.stake_per_unit} * params.slash_ppm / kMillion * params.detection_ppm;
    return in_micro_usd(params, per_check * kDayNs / params.period.ns / kMillion);
}

/// What one more card can expect a day, in micro-USD: its share of the programme, less that of
/// periods in which it is found out, and of what leases pay at the present utilization.
std::int64_t World::reward_per_card_day(const ProviderGroup& group) {
    std::int64_t reward = 0;
    if (ProgrammeDesk::Row* row = programmes_.find(group.programme)) {
        const nodes::ProgrammeParams& params = row->programme.params();
        const bool runs = now_ >= params.start && now_ < params.end;
        const nodes::Programme::Units units = row->programme.units();
        const bool checked = params.verification == nodes::Verification::kChecked &&
                             units_of(group.config).unreal > 0;
        const sim::Int128 kept_ppm = kMillion - (checked ? params.detection_ppm : 0);
        const std::int64_t share = params.pool_per_day / (units.real + units.unreal + 1);
        if (runs) reward += in_micro_usd(params, kept_ppm * share / kMillion);
    }
    // Cards that are not there earn nothing from leases: no workload comes up on them.
    if (units_of(group.config).real == 0) return reward;
    const double utilization = series_.last("gpu_utilization");
    const double price = series_.last("gpu_price");
    return reward + static_cast<std::int64_t>(utilization * price * 24 * 1e6);
}

void World::weigh_supply(std::uint32_t index, Observer& observer) {
    SupplyDesk::Row& row = supply_.row(index);
    const ProviderGroup& group = scenario_->providers[row.group];
    std::vector<std::uint32_t> members;
    for (std::uint32_t i = 0; i < providers_.size(); ++i) {
        const bool there = !providers_[i].has_left() && !providers_[i].draining();
        if (there && group_names_[provider_seats_[i].group] == group.name) members.push_back(i);
    }
    providers::SupplyView view;
    view.reward_per_day = reward_per_card_day(group);
    view.cost_per_day =
        group.supply.cost_per_day > 0 ? group.supply.cost_per_day : cost_per_unit_day(group.config);
    view.cost_per_day += expected_slash_per_day(group);
    view.population = static_cast<std::int64_t>(members.size());
    view.step = group.supply.every;
    if (const ProgrammeDesk::Row* programme = programmes_.find(group.programme)) {
        const sim::SimTime end = programme->programme.params().end;
        if (now_ > end) view.since_programme_end = now_ - end;
    }
    const providers::SupplyChange change = supply_.decide(row, group.supply, view);
    if (change.join > 0) {
        ProviderGroup joining = group;
        joining.count = change.join;
        join(joining, group.supply.every, observer);
    }
    // Those who came last go first.
    for (std::int64_t i = 0; i < change.leave && !members.empty(); ++i) {
        const AgentRef agent = AgentRef::provider(members.back());
        members.pop_back();
        Port port(*this, agent, observer);
        providers_[agent.index()].drain(port);
        enter_programme(agent, Membership::kLeaves);
    }
    queue_.push(now_ + group.supply.every, {.kind = EventKind::kSupply, .slot = index});
}

double World::programme_paid_usd() {
    const double akt = static_cast<double>(ask_price()) / 1e6;
    return static_cast<double>(programmes_.paid(uakt_)) / 1e6 * akt +
           static_cast<double>(programmes_.paid(axl_usdc_)) / 1e6;
}

}  // namespace scenarios
