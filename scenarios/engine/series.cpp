#include "scenarios/engine/series.h"

#include "scenarios/engine/nearest.h"
#include "scenarios/engine/yaml_reader.h"
#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace scenarios {

namespace {

// The order is the one in which World::sample fills a row; per-model columns follow.
constexpr std::array kMetrics{
    Metric{"providers_online", "providers", Scope::kGroup, "providers that can be reached"},
    Metric{"gpus_total", "cards", Scope::kModel, "cards of providers online, as they claim to be"},
    Metric{"gpus_leased", "cards", Scope::kModel, "cards in active leases"},
    Metric{"gpu_utilization", "share", Scope::kModel, "gpus_leased / gpus_total"},
    Metric{"gpus_busy",
           "cards",
           Scope::kAll,
           "leased cards times the share of the time in which they compute (requests: busy)"},
    Metric{"gpus_fake", "cards", Scope::kAll, "cards that are not what their provider claims"},
    Metric{"gpu_price",
           "USD/card-hour",
           Scope::kModel,
           "median price of the last leases with one card"},
    Metric{"cpus_total", "CPUs", Scope::kAll, "CPUs of providers online"},
    Metric{"cpus_leased", "CPUs", Scope::kAll, "CPUs in active leases"},
    Metric{"cpu_utilization", "share", Scope::kAll, "cpus_leased / cpus_total"},
    Metric{"memory_utilization", "share", Scope::kAll, "leased share of the memory online"},
    Metric{"orders_open", "orders", Scope::kAll, "orders that wait for a lease"},
    Metric{"leases_active", "leases", Scope::kAll, "leases that run"},
    Metric{"deployments_active", "deployments", Scope::kAll, "deployments that are not closed"},
    Metric{"orders_created", "orders", Scope::kAll, "orders since the start"},
    Metric{"bids_created", "bids", Scope::kAll, "bids since the start"},
    Metric{"leases_created", "leases", Scope::kAll, "leases since the start"},
    Metric{"leases_closed", "leases", Scope::kAll, "leases ended since the start"},
    Metric{
        "orders_unfilled", "orders", Scope::kAll, "orders closed without a lease, since the start"},
    Metric{"leases_per_day", "leases/day", Scope::kAll, "leases made in the last 24 hours"},
    Metric{"bids_per_order", "bids", Scope::kAll, "bids on the orders made in the last 24 hours"},
    Metric{"overdrawn", "accounts", Scope::kAll, "escrow accounts that ran dry, since the start"},
    Metric{"transactions", "transactions", Scope::kAll, "transactions since the start"},
    Metric{"transactions_failed", "transactions", Scope::kAll, "refused ones among them"},
    Metric{
        "spent_uakt", "uakt", Scope::kAll, "paid for leases out of escrow in AKT, fees included"},
    Metric{"spent_uusdc", "uusdc", Scope::kAll, "the same in axlUSDC"},
    Metric{"spent_usd", "USD", Scope::kAll, "both, each at the price of its moment"},
    Metric{"fees_uakt", "uakt", Scope::kAll, "the take module's part of spent_uakt"},
    Metric{"fees_uusdc", "uusdc", Scope::kAll, "the take module's part of spent_uusdc"},
    Metric{"akt_usd", "USD", Scope::kAll, "price of one AKT"},
    Metric{"escrow_uakt", "uakt", Scope::kAll, "held by the escrow module"},
    Metric{"community_pool_uakt", "uakt", Scope::kAll, "held by the community pool"},
    Metric{"supply_uakt", "uakt", Scope::kAll, "all AKT there is"},
    Metric{"programme_paid_usd", "USD", Scope::kAll, "paid by programmes since the start"},
    Metric{"programme_units", "cards", Scope::kProgramme, "cards that programmes pay for"},
    Metric{"programme_members", "providers", Scope::kAll, "providers that programmes paid last"},
};

constexpr std::array<std::string_view, 2> kInvariants{"coins_conserved", "invariants"};

}  // namespace

std::span<const Metric> metrics() {
    return kMetrics;
}

std::optional<std::size_t> metric_named(std::string_view name) {
    const std::string_view plain = name.substr(0, name.find('/'));
    for (std::size_t i = 0; i < kMetrics.size(); ++i) {
        if (kMetrics.at(i).name == plain) return i;
    }
    return std::nullopt;
}

bool is_invariant_name(std::string_view name) {
    return std::find(kInvariants.begin(), kInvariants.end(), name) != kInvariants.end();
}

void check_series_name(const YamlValue& value, const std::string& name) {
    if (is_invariant_name(name)) return;
    const auto metric = metric_named(name);
    if (!metric) {
        std::vector<std::string> known;
        for (const Metric& m : kMetrics)
            known.emplace_back(m.name);
        for (const auto& invariant : kInvariants)
            known.emplace_back(invariant);
        value.fail(fmt::format("no series '{}'{}", name, did_you_mean(name, known)));
    }
    if (name.find('/') != std::string::npos && kMetrics.at(*metric).scope == Scope::kAll) {
        value.fail(fmt::format("'{}' is kept as a whole only", kMetrics.at(*metric).name));
    }
}

void Series::add(sim::SimTime at, std::span<const double> values) {
    SIM_ASSERT(values.size() == names_.size(), "a value per name, got {}", values.size());
    SIM_ASSERT(times_.empty() || times_.back() < at, "rising times");
    times_.push_back(at);
    values_.insert(values_.end(), values.begin(), values.end());
}

void Series::rename(std::vector<std::string> names) {
    Series out(std::move(names));
    std::vector<double> row(out.names_.size());
    for (std::size_t sample = 0; sample < times_.size(); ++sample) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto column = find(out.names_[i]);
            row[i] = column ? value(sample, *column) : 0.0;
        }
        out.add(times_[sample], row);
    }
    *this = std::move(out);
}

std::optional<std::size_t> Series::find(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names_.begin());
}

double Series::last(std::string_view name) const {
    const auto column = find(name);
    if (!column || times_.empty()) return 0;
    return value(times_.size() - 1, *column);
}

}  // namespace scenarios
