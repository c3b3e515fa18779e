// One provider's life: it hears of orders, bids, waits for the manifest, serves, withdraws and
// closes. A plain value with a named state per order; what it knows comes through the AgentPort,
// what it does are transactions and timers. Behaviour follows provider v0.5.4 (reference
// akash-provider-and-sdl part 1); README.md of this folder says where it is simpler.
#pragma once

#include "nodes/chain/agent.h"
#include "nodes/chain/journal.h"
#include "providers/bid_engine.h"
#include "providers/provider_config.h"
#include "sim/rng.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace providers {

/// What a provider is doing about one order.
enum class OrderLife : std::uint8_t {
    kFree,              ///< the row is not in use
    kPricing,           ///< reserved; the price is being worked out
    kBidPlaced,         ///< waiting for the tenant's choice
    kAwaitingManifest,  ///< won; the manifest has not come yet
    kDeploying,         ///< the workload is being started
    kServing,           ///< healthy
    kFailing,           ///< leased, but the workload is down
};

/// One row of the provider's table. `generation` grows when the row is freed, so that a timer set
/// for an earlier order is recognised.
struct Engagement {
    OrderLife life = OrderLife::kFree;
    std::uint64_t generation = 0;
    nodes::OrderId order;
    nodes::GroupSpecRef spec;
    std::shared_ptr<const nodes::ResourcesOffer> offer;
    nodes::Denom denom;
    sim::Dec18 price;                    ///< per block
    sim::Dec18 cost_usd;                 ///< own cost in micro-USD per block
    std::int64_t gpus = 0;               ///< cards reserved
    std::int64_t fakes_per_million = 0;  ///< chance that a reserved card is not what it claims
    sim::SimTime leased_at;
    sim::SimTime last_withdrawal;

    static void fields(auto& self, auto&& visit) {
        visit("life", self.life);
        visit("generation", self.generation);
        visit("order", self.order);
        visit("spec", self.spec);
        visit("offer", self.offer);
        visit("denom", self.denom);
        visit("price", self.price);
        visit("cost_usd", self.cost_usd);
        visit("gpus", self.gpus);
        visit("fakes_per_million", self.fakes_per_million);
        visit("leased_at", self.leased_at);
        visit("last_withdrawal", self.last_withdrawal);
    }
};

/// What became of this provider's orders so far, by reason; kWon counts leases.
struct Outcomes {
    std::int64_t bids = 0;
    std::array<std::int64_t, nodes::kReasonTexts.size()> by_reason{};

    static void fields(auto& self, auto&& visit) {
        visit("bids", self.bids);
        visit("by_reason", self.by_reason);
    }
};

class Provider {
  public:
    Provider() = default;
    /// Refuses a configuration that check_config refuses.
    static sim::Result<Provider> create(ProviderConfig config, std::uint64_t seed);

    // One handler per kind of event.
    void on_start(nodes::AgentPort& port);
    void on_news(const nodes::News& news, nodes::AgentPort& port);
    void on_timer(const nodes::AgentTimer& timer, nodes::AgentPort& port);
    void on_manifest(const nodes::ManifestSubmitted& manifest, nodes::AgentPort& port);

    /// Power or network is gone: workloads stop answering, news and manifests are missed.
    void go_offline(nodes::AgentPort& port);
    /// Back: what the chain ended meanwhile is dropped, the rest runs again.
    void come_back(nodes::AgentPort& port);
    /// Leaves for good: closes its bids and leases and takes no more orders.
    void leave(nodes::AgentPort& port);

    [[nodiscard]] const ProviderConfig& config() const { return config_; }

    [[nodiscard]] bool online() const { return online_ && !left_; }

    [[nodiscard]] bool has_left() const { return left_; }

    [[nodiscard]] const Inventory& inventory() const { return inventory_; }

    [[nodiscard]] const std::vector<Engagement>& engagements() const { return rows_; }

    [[nodiscard]] const Outcomes& outcomes() const { return outcomes_; }

    static void fields(auto& self, auto&& visit) {
        visit("config", self.config_);
        visit("online", self.online_);
        visit("left", self.left_);
        visit("attributes_at_start", self.attributes_at_start_);
        visit("inventory", self.inventory_);
        visit("rows", self.rows_);
        visit("free", self.free_);
        visit("by_order", self.by_order_);
        visit("open_bids", self.open_bids_);
        visit("deposits_on_their_way", self.deposits_on_their_way_);
        visit("snapshot_due", self.snapshot_due_);
        visit("snapshot_waits", self.snapshot_waits_);
        visit("prices", self.prices_);
        visit("failures", self.failures_);
        visit("outcomes", self.outcomes_);
    }

  private:
    struct OrderHash {
        std::size_t operator()(const nodes::OrderId& id) const {
            std::uint64_t h = id.dseq * 0x9E3779B97F4A7C15ULL;
            h ^= (static_cast<std::uint64_t>(id.owner.index) << 32U) ^
                 (static_cast<std::uint64_t>(id.gseq) << 16U) ^ id.oseq;
            h *= 0xD6E8FEB86659FD93ULL;
            return static_cast<std::size_t>(h ^ (h >> 32U));
        }
    };

    // Bidding: provider_bidding.cpp.
    void consider(const nodes::OrderId& order, nodes::AgentPort& port);
    std::optional<Decline> check_order(const nodes::OrderView& order, nodes::AgentPort& port) const;
    void engage(const nodes::OrderView& order, const Reserved& reserved, nodes::AgentPort& port);
    void price_and_bid(std::uint32_t row, nodes::AgentPort& port);
    void lease_created(const nodes::News& news, nodes::AgentPort& port);
    void order_closed(std::uint32_t row, nodes::AgentPort& port);
    void bid_refused(const nodes::News& news, nodes::AgentPort& port);
    void bid_timed_out(std::uint32_t row, nodes::AgentPort& port);
    void forget_bid(std::uint32_t row, const Decline& why, nodes::AgentPort& port);

    // Serving: provider_serving.cpp.
    void start_serving(std::uint32_t row, nodes::AgentPort& port);
    void deployed(std::uint32_t row, nodes::AgentPort& port);
    void fail(std::uint32_t row, nodes::AgentPort& port);
    void recover(std::uint32_t row, nodes::AgentPort& port);
    void check_lease_funds(std::uint32_t row, nodes::AgentPort& port);
    void end_lease(std::uint32_t row, nodes::AgentPort& port);
    void close_bid(std::uint32_t row, nodes::AgentPort& port);
    void plan_failure(std::uint32_t row, nodes::AgentPort& port);

    [[nodiscard]] std::uint32_t find(const nodes::OrderId& order) const;
    [[nodiscard]] nodes::BidId bid_of(const Engagement& row) const;
    [[nodiscard]] static bool leased(OrderLife life);
    void free_row(std::uint32_t row);
    void wake(std::uint8_t kind, std::uint32_t row, sim::SimDuration after, nodes::AgentPort& port);
    void plan_snapshot(sim::SimDuration after, nodes::AgentPort& port);
    void note(const nodes::OrderId& order, const Decline& why, nodes::AgentPort& port);
    void report(const Engagement& row, nodes::WorkloadState state, nodes::AgentPort& port) const;

    ProviderConfig config_;
    bool online_ = true;
    bool left_ = false;
    nodes::Attributes attributes_at_start_;
    Inventory inventory_;
    std::vector<Engagement> rows_;
    std::vector<std::uint32_t> free_;
    boost::unordered_flat_map<nodes::OrderId, std::uint32_t, OrderHash> by_order_;
    std::uint32_t open_bids_ = 0;
    std::int64_t deposits_on_their_way_ = 0;
    sim::SimTime snapshot_due_;
    bool snapshot_waits_ = false;
    sim::Rng prices_;
    sim::Rng failures_;
    Outcomes outcomes_;
};

}  // namespace providers
