#include "scenarios/engine/world_builder.h"

#include "nodes/protocol/signing.h"
#include "scenarios/engine/agent_maker.h"
#include "scenarios/engine/denoms.h"
#include "scenarios/engine/world_plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

namespace {

/// The auditor that nearly all SDL files of 2024 ask for, so that they run as they are (reference
/// akash-provider-and-sdl 1.6).
constexpr const char* kAuditor = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";

std::string address_text(const std::string& name) {
    nodes::AddressBook book;
    return book.text(book.from_bytes(account_bytes_of(name)));
}

bool wants_auditor(const Scenario& scenario) {
    return std::any_of(scenario.providers.begin(),
                       scenario.providers.end(),
                       [](const ProviderGroup& group) { return group.audited > 0; });
}

std::string script_address(const AccountSpec& account) {
    if (!account.address.empty()) return account.address;
    nodes::AddressBook book;
    // A key from the name, so that a client who knows the name can sign for the account.
    const auto key = nodes::key_from_secret("orrery/" + account.name);
    return book.text(book.from_bytes(nodes::account_bytes(nodes::public_key(key))));
}

}  // namespace

std::string account_bytes_of(const std::string& name) {
    return nodes::module_account_bytes("orrery/" + name);
}

sim::LinkQuality changed_quality(sim::LinkQuality quality, const LinkQualitySpec& change) {
    if (change.latency) quality.latency = *change.latency;
    if (change.jitter) quality.jitter = *change.jitter;
    if (change.loss) quality.loss = *change.loss;
    if (change.duplication) quality.duplication = *change.duplication;
    return quality;
}

WorldBuilder::WorldBuilder(std::shared_ptr<const Scenario> scenario)
    : scenario_(std::move(scenario)) {}

sim::Result<World> World::create(std::shared_ptr<const Scenario> scenario) {
    return WorldBuilder(std::move(scenario)).build();
}

sim::Result<World> WorldBuilder::build() {
    world_.scenario_ = scenario_;
    SIM_CHECK(found_chain());
    SIM_CHECK(found_consensus());
    SIM_CHECK(lay_links());
    world_.price_ = PriceProcess(scenario_->price, scenario_->seed);
    SIM_CHECK(seat_providers());
    SIM_CHECK(seat_tenants());
    SIM_CHECK(open_programmes());
    SIM_CHECK(write_script());
    world_.series_ = Series(series_names(*scenario_));
    plan_events();
    return std::move(world_);
}

sim::Status WorldBuilder::found_chain() {
    std::vector<Founder> founders;
    for (const AccountSpec& account : scenario_->accounts) {
        founders.push_back({script_address(account), account.balances});
    }
    if (wants_auditor(*scenario_)) {
        founders.push_back({kAuditor, {{.denom = "uakt", .amount = kAuditorCoins}}});
    }
    for (const ProgrammeGroup& programme : scenario_->programmes) {
        // The treasury holds what it can pay out over the whole run.
        const sim::SimTime end =
            programme.end.ns == 0 ? sim::SimTime{scenario_->run_for.ns} : programme.end;
        const std::int64_t days = (end - programme.start).ns / 86'400'000'000'000 + 2;
        nodes::DenomAmount pool = programme.pool_per_day;
        if (__builtin_mul_overflow(pool.amount, days, &pool.amount)) {
            return sim::Error{
                {"scenario", 3},
                fmt::format("programme '{}' pays out more than there can be", programme.name)};
        }
        founders.push_back({address_text("programme/" + programme.name), {pool}});
    }
    for (const ProviderGroup& group : scenario_->providers) {
        for (std::int64_t i = 0; i < group.count; ++i) {
            founders.push_back({address_text(member_name(group.name, i)), provider_coins(group)});
        }
    }
    for (const TenantGroup& group : scenario_->tenants) {
        for (std::int64_t i = 0; i < group.count; ++i) {
            founders.push_back({address_text(member_name(group.name, i)), tenant_coins(group)});
        }
    }
    nodes::Genesis genesis;
    genesis.params = scenario_->params;
    genesis.rules = scenario_->rules;
    genesis.prune_closed_after = scenario_->prune_closed_after;
    for (Founder& founder : founders) {
        genesis.accounts.push_back(
            {.address = std::move(founder.address), .balances = std::move(founder.balances)});
    }
    SIM_TRY(chain, nodes::Chain::create(genesis));
    world_.chain_ = std::move(chain);
    nodes::Names& names = world_.chain_.names();
    world_.uakt_ = names.denoms.intern("uakt");
    world_.axl_usdc_ = names.denoms.intern(kAxlUsdc);
    world_.auditor_ = names.addresses.intern(kAuditor);
    return sim::ok();
}

sim::Status WorldBuilder::found_consensus() {
    std::vector<nodes::ValidatorChange> validators;
    for (const ValidatorSpec& validator : scenario_->validators) {
        validators.push_back({.address = account_bytes_of("validator/" + validator.name),
                              .name = validator.name,
                              .power = validator.power});
    }
    SIM_TRY(steady,
            nodes::Steady::create({.interval = scenario_->block.interval,
                                   .jitter = scenario_->block.jitter,
                                   .start = scenario_->start},
                                  validators));
    world_.consensus_ = std::move(steady);
    world_.block_draws_ = sim::Rng::stream(scenario_->seed, "consensus", "block times");
    return sim::ok();
}

sim::Status WorldBuilder::lay_links() {
    const NetworkSpec& spec = scenario_->links;
    const sim::LinkQuality usual = changed_quality(sim::LinkQuality{}, spec.usual);
    world_.links_ = sim::Network(scenario_->seed, usual);
    for (const std::string& region : spec.regions)
        world_.links_.add_region(region);
    world_.chain_region_ = *world_.links_.find_region(spec.chain_region);
    for (const LinkChange& change : spec.links) {
        const sim::RegionId from = *world_.links_.find_region(change.from);
        const sim::RegionId to = *world_.links_.find_region(change.to);
        const sim::LinkQuality quality = changed_quality(usual, change.quality);
        world_.links_.set_link(from, to, quality);
        world_.links_.set_link(to, from, quality);
    }
    return sim::ok();
}

sim::Status WorldBuilder::seat_providers() {
    for (const ProviderGroup& group : scenario_->providers) {
        SIM_CHECK(AgentMaker(world_).add_providers(group, sim::SimDuration{}));
    }
    return sim::ok();
}

sim::Status WorldBuilder::seat_tenants() {
    for (const TenantGroup& group : scenario_->tenants) {
        SIM_CHECK(AgentMaker(world_).add_tenants(group));
    }
    return sim::ok();
}

sim::Status WorldBuilder::open_programmes() {
    for (const ProgrammeGroup& spec : scenario_->programmes) {
        ProgrammeGroup group = spec;
        const ProgrammeTimes times = programme_times(*scenario_, spec);
        group.start = times.start;
        group.end = times.end;
        nodes::Names& names = world_.chain_.names();
        world_.programmes_.add(
            group,
            names.denoms.intern(group.pool_per_day.denom),
            names.addresses.from_bytes(account_bytes_of("programme/" + group.name)),
            scenario_->seed);
    }
    for (std::uint32_t i = 0; i < scenario_->providers.size(); ++i) {
        const ProviderGroup& group = scenario_->providers[i];
        if (!group.supply.given) continue;
        const auto row = static_cast<std::uint32_t>(world_.supply_.rows().size());
        world_.supply_.add(i, group, scenario_->seed);
        world_.queue_.push(sim::SimTime{group.supply.every.ns},
                           {.kind = EventKind::kSupply, .slot = row});
    }
    return sim::ok();
}

sim::Status WorldBuilder::write_script() {
    nodes::Names& names = world_.chain_.names();
    std::map<std::string, nodes::Address> accounts;
    for (const AccountSpec& account : scenario_->accounts) {
        accounts[account.name] = names.addresses.intern(script_address(account));
    }
    for (const auto* seats : {&world_.provider_seats_, &world_.tenant_seats_}) {
        for (const AgentSeat& seat : *seats)
            accounts.emplace(seat.name, seat.account);
    }
    // The script refers to an agent by its name with '.' for '/', which separates the parts of ids.
    std::map<std::string, nodes::Address> named;
    for (auto& [name, address] : accounts) {
        std::string plain = name;
        std::replace(plain.begin(), plain.end(), '/', '.');
        named.emplace(std::move(plain), address);
    }
    SIM_TRY(book, ScriptBook::create(scenario_->script, std::move(named), names));
    world_.script_ = std::move(book);
    return sim::ok();
}

void WorldBuilder::plan_events() {
    world_.look_ahead();
    world_.queue_.push(sim::SimTime{scenario_->series_every.ns}, {.kind = EventKind::kSample});
    world_.schedule_block();
}

std::vector<std::string> series_names(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const Metric& metric : metrics())
        names.emplace_back(metric.name);
    const auto add = [&](Scope scope, const std::string& of) {
        for (const Metric& metric : metrics()) {
            if (metric.scope == scope) names.push_back(fmt::format("{}/{}", metric.name, of));
        }
    };
    for (const std::string& model : models_of(scenario))
        add(Scope::kModel, model);
    for (const ProviderGroup& group : scenario.providers)
        add(Scope::kGroup, group.name);
    for (const ProgrammeGroup& group : scenario.programmes)
        add(Scope::kProgramme, group.name);
    for (const Action& action : scenario.actions) {
        const auto* joining = std::get_if<AddProviders>(&action.body);
        if (joining == nullptr) continue;
        const std::string online = fmt::format("providers_online/{}", joining->group.name);
        // Several actions may add to one group.
        if (std::find(names.begin(), names.end(), online) == names.end()) {
            add(Scope::kGroup, joining->group.name);
        }
    }
    return names;
}

}  // namespace scenarios
