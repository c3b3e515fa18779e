#include "gui/session/show.h"
#include "scenarios/engine/denoms.h"

#include <algorithm>

namespace gui {

namespace {

constexpr std::size_t kEarnersMax = 200;

double pool_of(const nodes::ChainState& state, nodes::Denom denom) {
    for (const nodes::PoolCoin& coin : state.community_pool) {
        if (coin.denom == denom) return static_cast<double>(coin.amount.scaled) / 1e18;
    }
    return 0;
}

double take_rate(const nodes::ChainState& state, nodes::Denom denom) {
    std::uint32_t percent = state.params.default_take_rate;
    for (const auto& rate : state.derived.take_rates) {
        if (rate.denom == denom) percent = rate.percent;
    }
    return percent / 100.0;
}

DenomRow denom_row(const Shown& shown, nodes::Denom denom, std::int64_t spent, std::int64_t fees) {
    const nodes::ChainState& state = shown.world.chain().state();
    DenomRow row;
    row.denom = scenarios::short_denom(state.names.denoms.text(denom));
    row.spent = static_cast<double>(spent);
    row.fees = static_cast<double>(fees);
    row.take_rate = take_rate(state, denom);
    row.escrow = static_cast<double>(state.balance(state.modules.escrow, denom));
    row.community_pool = pool_of(state, denom);
    if (denom.index < state.supply.size()) {
        row.supply = static_cast<double>(state.supply[denom.index]);
    }
    return row;
}

ProgrammeRow programme_row(const Shown& shown, const scenarios::ProgrammeDesk::Row& desk) {
    const nodes::Programme& programme = desk.programme;
    const nodes::ProgrammeParams& params = programme.params();
    constexpr double kToken = 1e6;
    ProgrammeRow row{.name = desk.name};
    row.denom = scenarios::short_denom(shown.world.chain().names().denoms.text(params.denom));
    row.runs = {.from = params.start, .to = params.end};
    row.running = shown.world.now() >= params.start && shown.world.now() < params.end;
    row.pool_per_day = static_cast<double>(params.pool_per_day) / kToken;
    row.paid = static_cast<double>(programme.paid()) / kToken;
    row.members = desk.members;
    const nodes::Programme::Units units = programme.units();
    row.units = units.real + units.unreal;
    row.unreal = units.unreal;
    for (const nodes::ProgrammeEntry& entry : programme.entries())
        row.found_out += entry.found;
    row.per_unit = static_cast<double>(desk.last_per_unit) / kToken;
    return row;
}

void add_earners(const Shown& shown, EconomyView& view) {
    const auto& models = shown.world.market().tally().models;
    view.earners_models.emplace_back("without cards");
    for (const scenarios::ModelTally& model : models)
        view.earners_models.push_back(model.model);
    const Earnings& earned = shown.memory.providers;
    for (std::uint32_t i = 0; i < shown.world.providers().size(); ++i) {
        const double usd = earned.all(i);
        if (usd <= 0) continue;
        EconomyView::Earner row{.provider = i, .name = {}, .usd = usd};
        row.usd_24h = earned.day(i, shown.world.now());
        view.earners.push_back(std::move(row));
    }
    std::stable_sort(view.earners.begin(), view.earners.end(), [](const auto& a, const auto& b) {
        return a.usd > b.usd;
    });
    if (view.earners.size() > kEarnersMax) view.earners.resize(kEarnersMax);
    for (EconomyView::Earner& row : view.earners) {
        const auto index = static_cast<std::uint32_t>(row.provider);
        row.name = shown.world.seat(scenarios::AgentRef::provider(index)).name;
        for (std::size_t model = 0; model < view.earners_models.size(); ++model)
            row.by_model.push_back(earned.of_model(index, model));
    }
}

}  // namespace

void show_economy(const Shown& shown, EconomyView& view) {
    const scenarios::Tally& tally = shown.world.market().tally();
    view.akt_usd = shown.tag.akt_usd();
    view.denoms = {denom_row(shown, shown.world.uakt(), tally.spent.uakt, tally.fees.uakt),
                   denom_row(shown, shown.world.axl_usdc(), tally.spent.uusdc, tally.fees.uusdc)};
    view.spent_usd = static_cast<double>(tally.spent_micro_usd) / 1e6;
    view.spent_24h_usd = view.spent_usd;
    const auto series = shown.history.book().find("spent_usd");
    const sim::SimTime day_ago = shown.world.now() - sim::SimDuration::seconds(86'400);
    if (series && day_ago.ns > 0) {
        if (const auto then = shown.history.book().at(*series, day_ago)) {
            view.spent_24h_usd -= then->value;
        }
    }
    for (const scenarios::ProgrammeDesk::Row& row : shown.world.programmes().rows())
        view.programmes.push_back(programme_row(shown, row));
    add_earners(shown, view);
}

}  // namespace gui
