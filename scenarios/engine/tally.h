// Running totals of the market, kept by the world from the chain's events: what series and the
// report are made from. Cumulative ones only grow.
#pragma once

#include "sim/units.h"

#include <cstdint>
#include <string>
#include <vector>

namespace scenarios {

/// Money in the two denominations that are paid with.
struct Money {
    std::int64_t uakt = 0;
    std::int64_t uusdc = 0;

    static void fields(auto& self, auto&& visit) {
        visit("uakt", self.uakt);
        visit("uusdc", self.uusdc);
    }
};

/// The last prices at which one card of a model was leased, in millionths of a dollar per hour.
struct ModelTally {
    std::string model;
    std::int64_t leased = 0;  ///< cards in active leases
    std::vector<std::int64_t> last_prices;
    std::uint64_t priced = 0;

    static constexpr std::size_t kPrices = 31;
    void add_price(std::int64_t micro_usd_hour);
    /// 0 when there was none yet.
    [[nodiscard]] std::int64_t median_price() const;

    static void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("leased", self.leased);
        visit("last_prices", self.last_prices);
        visit("priced", self.priced);
    }
};

struct Tally {
    std::int64_t deployments = 0;
    std::int64_t deployments_closed = 0;
    std::int64_t orders = 0;
    std::int64_t orders_open = 0;
    std::int64_t orders_unfilled = 0;
    std::int64_t bids = 0;
    std::int64_t leases = 0;
    std::int64_t leases_closed = 0;
    std::int64_t overdrawn = 0;
    std::int64_t transactions = 0;
    std::int64_t transactions_failed = 0;
    std::uint64_t gas_used = 0;
    std::int64_t cpu_milli_leased = 0;
    std::int64_t memory_leased = 0;
    std::int64_t gpus_leased = 0;
    Money spent;
    Money fees;
    sim::Int128 spent_micro_usd = 0;
    std::vector<ModelTally> models;

    /// The row of a model, made when it is new.
    ModelTally& model(const std::string& name);

    static void fields(auto& self, auto&& visit) {
        visit("deployments", self.deployments);
        visit("deployments_closed", self.deployments_closed);
        visit("orders", self.orders);
        visit("orders_open", self.orders_open);
        visit("orders_unfilled", self.orders_unfilled);
        visit("bids", self.bids);
        visit("leases", self.leases);
        visit("leases_closed", self.leases_closed);
        visit("overdrawn", self.overdrawn);
        visit("transactions", self.transactions);
        visit("transactions_failed", self.transactions_failed);
        visit("gas_used", self.gas_used);
        visit("cpu_milli_leased", self.cpu_milli_leased);
        visit("memory_leased", self.memory_leased);
        visit("gpus_leased", self.gpus_leased);
        visit("spent", self.spent);
        visit("fees", self.fees);
        visit("spent_micro_usd", self.spent_micro_usd);
        visit("models", self.models);
    }
};

}  // namespace scenarios
