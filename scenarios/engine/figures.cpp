#include "scenarios/engine/figures.h"

#include <fmt/format.h>

#include <map>
#include <string_view>

namespace scenarios {

namespace {

double ratio(std::int64_t above, std::int64_t below) {
    return below == 0 ? 0.0 : static_cast<double>(above) / static_cast<double>(below);
}

/// Mean of a series over the second half of the run, when the start has settled.
double late_mean(const Series& series, std::string_view name) {
    const auto column = series.find(name);
    const std::size_t n = series.samples();
    if (!column || n == 0) return 0;
    double sum = 0;
    for (std::size_t i = n / 2; i < n; ++i)
        sum += series.value(i, *column);
    return sum / static_cast<double>(n - n / 2);
}

double millions(std::int64_t micro) {
    return static_cast<double>(micro) / 1e6;
}

/// By model, in alphabetical order like the utilizations.
void add_prices(std::vector<Figure>& out, const Tally& tally) {
    std::map<std::string_view, std::int64_t> prices;
    for (const ModelTally& model : tally.models) {
        if (model.priced > 0 && model.model != "*") prices[model.model] = model.median_price();
    }
    for (const auto& [model, micro_usd] : prices) {
        out.push_back({fmt::format("gpu_price/{}", model),
                       fmt::format("median price of {}", model),
                       millions(micro_usd),
                       "USD/h"});
    }
}

void add_money(std::vector<Figure>& out, const Tally& tally) {
    out.push_back({"spent_akt", "spent in AKT", millions(tally.spent.uakt), "AKT"});
    out.push_back({"spent_usdc", "spent in axlUSDC", millions(tally.spent.uusdc), "USDC"});
    out.push_back(
        {"spent_usd", "spent in all", static_cast<double>(tally.spent_micro_usd) / 1e6, "USD"});
    out.push_back({"fees_akt", "fees in AKT", millions(tally.fees.uakt), "AKT"});
    out.push_back({"fees_usdc", "fees in axlUSDC", millions(tally.fees.uusdc), "USDC"});
    out.push_back({"provider_revenue_akt",
                   "provider revenue in AKT",
                   millions(tally.spent.uakt - tally.fees.uakt),
                   "AKT"});
    out.push_back({"provider_revenue_usdc",
                   "provider revenue in axlUSDC",
                   millions(tally.spent.uusdc - tally.fees.uusdc),
                   "USDC"});
}

}  // namespace

std::vector<Figure> figures_of(const World& world) {
    const Tally& tally = world.market().tally();
    const Series& series = world.series();
    const double days = world.now().to_seconds() / 86'400;
    std::vector<Figure> out;
    const auto count = [&](const char* key, const char* title, std::int64_t n) {
        out.push_back({key, title, static_cast<double>(n), ""});
    };
    count("blocks", "blocks", world.height().value);
    count("transactions", "transactions", tally.transactions);
    count("transactions_failed", "refused among them", tally.transactions_failed);
    count("deployments", "deployments", tally.deployments);
    count("orders", "orders", tally.orders);
    count("orders_unfilled", "closed without a lease", tally.orders_unfilled);
    count("bids", "bids", tally.bids);
    out.push_back({"bids_per_order", "bids per order", ratio(tally.bids, tally.orders), ""});
    count("leases", "leases", tally.leases);
    out.push_back({"leases_per_day",
                   "leases per day",
                   days > 0 ? static_cast<double>(tally.leases) / days : 0,
                   "1/day"});
    count("leases_active", "leases active at the end", tally.leases - tally.leases_closed);
    count("overdrawn", "escrow accounts run dry", tally.overdrawn);
    out.push_back({"cpu_utilization",
                   "CPU utilization, later half",
                   late_mean(series, "cpu_utilization"),
                   "share"});
    out.push_back({"gpu_utilization",
                   "GPU utilization, later half",
                   late_mean(series, "gpu_utilization"),
                   "share"});
    for (const std::string& name : series.names()) {
        if (!name.starts_with("gpu_utilization/")) continue;
        const std::string model = name.substr(name.find('/') + 1);
        out.push_back({name, fmt::format("  {}", model), late_mean(series, name), "share"});
    }
    add_prices(out, tally);
    add_money(out, tally);
    return out;
}

}  // namespace scenarios
