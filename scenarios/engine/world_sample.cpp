// One sample of every series, in the order of metrics(), then the per-model ones.
#include "scenarios/engine/world.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

namespace {

/// What the providers online have, in all and of each model.
struct Supply {
    std::int64_t online = 0;
    std::int64_t cpu_milli = 0;
    std::int64_t memory = 0;
    std::int64_t gpus = 0;
    std::int64_t fakes = 0;
    std::vector<std::pair<std::string, std::int64_t>> models;
    std::vector<std::int64_t> online_by_group;
};

void add_cards(Supply& supply, const providers::NodeCards& cards, std::int64_t nodes) {
    const std::int64_t count = cards.count * nodes;
    supply.gpus += count;
    if (!cards.actual.empty() && cards.actual != cards.model) supply.fakes += count;
    for (auto& [model, total] : supply.models) {
        if (model == cards.model) {
            total += count;
            return;
        }
    }
    supply.models.emplace_back(cards.model, count);
}

Supply supply_of(const std::vector<providers::Provider>& all, const std::vector<AgentSeat>& seats) {
    Supply supply;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].online()) continue;
        ++supply.online;
        const std::uint32_t group = seats[i].group;
        if (group >= supply.online_by_group.size()) supply.online_by_group.resize(group + 1U);
        ++supply.online_by_group[group];
        for (const providers::NodeKind& node : all[i].config().nodes) {
            supply.cpu_milli += node.cpu * node.count;
            supply.memory += node.memory * node.count;
            for (const providers::NodeCards& cards : node.gpus)
                add_cards(supply, cards, node.count);
        }
    }
    return supply;
}

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Value of a column a day before the moment; 0 when the run is younger.
double day_before(const Series& series, std::string_view name, sim::SimTime now) {
    const auto column = series.find(name);
    const sim::SimTime then = now - sim::SimDuration::seconds(86'400);
    for (std::size_t i = series.samples(); i-- > 0;) {
        if (series.time(i) <= then) return series.value(i, *column);
    }
    return 0;
}

/// Values by metric name, then put into the columns' order.
class SampleRow {
  public:
    explicit SampleRow(const Series& series) : series_(series), values_(series.names().size()) {}

    void set(std::string_view name, double value) {
        const auto column = series_.find(name);
        SIM_ASSERT(column.has_value(), "a column '{}'", name);
        values_[*column] = value;
    }

    void set(std::string_view name, std::int64_t value) { set(name, static_cast<double>(value)); }

    void set_column(std::size_t column, std::int64_t value) {
        values_[column] = static_cast<double>(value);
    }

    [[nodiscard]] const std::vector<double>& values() const { return values_; }

  private:
    const Series& series_;
    std::vector<double> values_;
};

void set_market(SampleRow& row, const Tally& tally) {
    row.set("orders_open", tally.orders_open);
    row.set("leases_active", tally.leases - tally.leases_closed);
    row.set("deployments_active", tally.deployments - tally.deployments_closed);
    row.set("orders_created", tally.orders);
    row.set("bids_created", tally.bids);
    row.set("leases_created", tally.leases);
    row.set("leases_closed", tally.leases_closed);
    row.set("orders_unfilled", tally.orders_unfilled);
    row.set("overdrawn", tally.overdrawn);
    row.set("transactions", tally.transactions);
    row.set("transactions_failed", tally.transactions_failed);
    row.set("spent_uakt", tally.spent.uakt);
    row.set("spent_uusdc", tally.spent.uusdc);
    row.set("spent_usd", static_cast<double>(tally.spent_micro_usd) / 1e6);
    row.set("fees_uakt", tally.fees.uakt);
    row.set("fees_uusdc", tally.fees.uusdc);
}

void set_models(SampleRow& row, const Supply& supply, const Tally& tally, const Series& series) {
    for (const std::string& name : series.names()) {
        if (!name.starts_with("gpus_total/")) continue;
        const std::string model = name.substr(name.find('/') + 1);
        std::int64_t total = 0;
        for (const auto& [key, count] : supply.models)
            total += key == model ? count : 0;
        std::int64_t leased = 0;
        std::int64_t price = 0;
        for (const ModelTally& one : tally.models) {
            if (one.model != model) continue;
            leased = one.leased;
            price = one.median_price();
        }
        row.set(name, total);
        row.set("gpus_leased/" + model, leased);
        row.set("gpu_utilization/" + model, share(leased, total));
        row.set("gpu_price/" + model, static_cast<double>(price) / 1e6);
    }
}

/// Groups can be thousands, so that their columns are found by one walk over all and not by name.
void set_groups(SampleRow& row,
                const Supply& supply,
                const std::vector<std::string>& groups,
                const Series& series) {
    constexpr std::string_view kPrefix = "providers_online/";
    boost::unordered_flat_map<std::string_view, std::size_t> place;
    for (std::size_t i = 0; i < groups.size(); ++i)
        place.emplace(groups[i], i);
    for (std::size_t column = 0; column < series.names().size(); ++column) {
        const std::string_view name = series.names()[column];
        if (!name.starts_with(kPrefix)) continue;
        const auto found = place.find(name.substr(kPrefix.size()));
        const bool counted = found != place.end() && found->second < supply.online_by_group.size();
        row.set_column(column, counted ? supply.online_by_group[found->second] : 0);
    }
}

sim::Dec18 community_pool(const nodes::ChainState& state, nodes::Denom denom) {
    for (const nodes::PoolCoin& coin : state.community_pool) {
        if (coin.denom == denom) return coin.amount;
    }
    return {};
}

/// Median over the models' medians, weighted by nothing: one figure for "the price of a card".
double median_price(const Tally& tally) {
    std::vector<std::int64_t> prices;
    for (const ModelTally& model : tally.models) {
        if (model.priced > 0) prices.push_back(model.median_price());
    }
    if (prices.empty()) return 0;
    const auto middle = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2);
    std::nth_element(prices.begin(), middle, prices.end());
    return static_cast<double>(*middle) / 1e6;
}

double busy_gpus(const std::vector<tenants::Tenant>& tenants) {
    std::int64_t ppm = 0;
    for (const tenants::Tenant& tenant : tenants)
        ppm += tenant.busy_gpus_ppm();
    return static_cast<double>(ppm) / 1e6;
}

}  // namespace

void World::sample(Observer& observer) {
    const Supply supply = supply_of(providers_, provider_seats_);
    const Tally& tally = market_.tally();
    SampleRow row(series_);
    row.set("providers_online", supply.online);
    row.set("gpus_total", supply.gpus);
    row.set("gpus_leased", tally.gpus_leased);
    row.set("gpu_utilization", share(tally.gpus_leased, supply.gpus));
    row.set("gpus_busy", busy_gpus(tenants_));
    row.set("gpus_fake", supply.fakes);
    row.set("gpu_price", median_price(tally));
    row.set("cpus_total", static_cast<double>(supply.cpu_milli) / 1e3);
    row.set("cpus_leased", static_cast<double>(tally.cpu_milli_leased) / 1e3);
    row.set("cpu_utilization", share(tally.cpu_milli_leased, supply.cpu_milli));
    row.set("memory_utilization", share(tally.memory_leased, supply.memory));
    set_market(row, tally);
    const double leases = day_before(series_, "leases_created", now_);
    const double orders = day_before(series_, "orders_created", now_);
    const double bids = day_before(series_, "bids_created", now_);
    const double new_orders = static_cast<double>(tally.orders) - orders;
    const double new_bids = static_cast<double>(tally.bids) - bids;
    row.set("leases_per_day", static_cast<double>(tally.leases) - leases);
    row.set("bids_per_order", new_orders > 0 ? new_bids / new_orders : 0.0);
    row.set("akt_usd", static_cast<double>(ask_price()) / 1e6);
    const nodes::ChainState& state = chain_.state();
    row.set("escrow_uakt", state.balance(state.modules.escrow, uakt_));
    row.set("community_pool_uakt", community_pool(state, uakt_).truncate());
    row.set("supply_uakt", uakt_.index < state.supply.size() ? state.supply[uakt_.index] : 0);
    row.set("programme_paid_usd", programme_paid_usd());
    row.set("programme_members", programmes_.members());
    std::int64_t programme_units = 0;
    for (const ProgrammeDesk::Row& programme : programmes_.rows()) {
        const nodes::Programme::Units units = programme.programme.units();
        row.set("programme_units/" + programme.name, units.real + units.unreal);
        programme_units += units.real + units.unreal;
    }
    row.set("programme_units", programme_units);
    set_models(row, supply, tally, series_);
    set_groups(row, supply, group_names_, series_);
    series_.add(now_, row.values());
    observer.sampled(*this);
    queue_.push(now_ + scenario_->series_every, {.kind = EventKind::kSample});
}

}  // namespace scenarios
