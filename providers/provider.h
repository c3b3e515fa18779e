// A provider: one account that hears of orders, bids on those it can serve, serves the leases it
// wins and withdraws what they earn. A plain value: each order is a row that goes through named
// states, driven by chain news, timers and manifests; the world is reached through the AgentPort
// only. The life follows provider v0.5.4 (reference akash-provider-and-sdl, part 1).
#pragma once

#include "nodes/chain/agent.h"
#include "providers/bid_engine.h"
#include "providers/inventory.h"
#include "providers/lease_monitor.h"
#include "providers/provider_config.h"
#include "sim/rng.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace providers {

/// Life of one order. kPricing holds a reservation while the price is worked out; kRepairing serves
/// an unhealthy workload; kClosing has sent its close and waits for the chain.
enum class SlotState : std::uint8_t {
    kFree,
    kPricing,
    kBidding,
    kBidPlaced,
    kAwaitingManifest,
    kDeploying,
    kServing,
    kRepairing,
    kClosing,
};
inline constexpr std::size_t kSlotStates = 9;
std::string_view text(SlotState state);

/// One row of the table of orders. `generation` counts the row's uses and `step` its states, so
/// that a timer set for an earlier one is recognised.
struct OrderSlot {
    SlotState state = SlotState::kFree;
    std::uint32_t generation = 0;
    std::uint32_t step = 0;
    nodes::OrderId order;
    nodes::GroupSpecRef spec;
    nodes::Denom denom;
    sim::Dec18 price;  ///< per block, once bid
    std::int64_t deposit = 0;
    sim::SimTime entered;  ///< the present state
    sim::SimTime next_withdrawal;
    std::uint32_t funds_checks = 0;  ///< counts the rounds of checks: one per start of the process
    std::int64_t cards = 0;          ///< GPUs of the whole group
    std::uint8_t hopeless = 0;       ///< a card it got is not what it claims, and that shows
    /// Between reservation and bid only.
    sim::Dec18 cost_usd;
    std::shared_ptr<const nodes::ResourcesOffer> offer;

    static void fields(auto& self, auto&& visit) {
        visit("state", self.state);
        visit("generation", self.generation);
        visit("step", self.step);
        visit("order", self.order);
        visit("spec", self.spec);
        visit("denom", self.denom);
        visit("price", self.price);
        visit("deposit", self.deposit);
        visit("entered", self.entered);
        visit("next_withdrawal", self.next_withdrawal);
        visit("funds_checks", self.funds_checks);
        visit("cards", self.cards);
        visit("hopeless", self.hopeless);
        visit("cost_usd", self.cost_usd);
        visit("offer", self.offer);
    }
};

/// Where an order's row is; the list of these is sorted.
struct SlotKey {
    nodes::OrderId order;
    std::uint32_t slot = 0;

    static void fields(auto& self, auto&& visit) {
        visit("order", self.order);
        visit("slot", self.slot);
    }
};

struct ProviderCounts {
    std::int64_t orders_heard = 0;
    std::int64_t orders_missed = 0;  ///< while offline
    std::int64_t bids = 0;
    std::int64_t won = 0;
    std::int64_t lost = 0;
    std::int64_t timed_out = 0;  ///< bids that nobody answered
    std::int64_t leases_ended = 0;
    std::int64_t failures = 0;  ///< of workloads
    std::int64_t given_up = 0;  ///< leases closed by this provider
    std::int64_t refused_messages = 0;
    std::array<std::int64_t, nodes::kReasonTexts.size()> reasons{};  ///< notes left, by reason

    static void fields(auto& self, auto&& visit) {
        visit("orders_heard", self.orders_heard);
        visit("orders_missed", self.orders_missed);
        visit("bids", self.bids);
        visit("won", self.won);
        visit("lost", self.lost);
        visit("timed_out", self.timed_out);
        visit("leases_ended", self.leases_ended);
        visit("failures", self.failures);
        visit("given_up", self.given_up);
        visit("refused_messages", self.refused_messages);
        visit("reasons", self.reasons);
    }
};

class Provider {
  public:
    Provider() = default;
    /// The configuration must have passed check_config.
    Provider(ProviderConfig config, std::uint64_t seed);

    static sim::Result<Provider> create(ProviderConfig config, std::uint64_t seed);

    /// Registers on chain when it is not there yet.
    void on_start(nodes::AgentPort& port);
    /// News of this provider's orders, bids, leases and attributes, and of new orders; others do no
    /// harm. Of kTxRefused `id` holds what the refused message names.
    void on_news(const nodes::News& news, nodes::AgentPort& port);
    void on_timer(const nodes::AgentTimer& timer, nodes::AgentPort& port);
    void on_manifest(const nodes::ManifestSubmitted& manifest, nodes::AgentPort& port);

    /// The process is gone: workloads run on, news and manifests are missed.
    void go_offline(nodes::AgentPort& port);
    /// A new process: catches up with the chain for what it had, and looks at the open orders that
    /// the caller names.
    void come_back(nodes::AgentPort& port, std::span<const nodes::OrderId> open_orders = {});
    /// Closes its bids and leases and is gone for good.
    void leave(nodes::AgentPort& port);
    /// Closes its bids, takes no new orders and is gone when its last lease has ended.
    void drain(nodes::AgentPort& port);

    /// Why this provider would not bid on an order at this moment; nothing when it would. Changes
    /// nothing: the reservation is tried on a copy.
    [[nodiscard]] std::optional<nodes::BidNote> explain(const nodes::OrderId& order,
                                                        nodes::AgentPort& port) const;

    [[nodiscard]] const ProviderConfig& config() const { return config_; }

    /// Runs and is reachable.
    [[nodiscard]] bool online() const { return online_; }

    [[nodiscard]] bool draining() const { return draining_; }

    [[nodiscard]] bool has_left() const { return left_; }

    [[nodiscard]] const Inventory& inventory() const { return inventory_; }

    /// Rows of the table; free ones among them.
    [[nodiscard]] const std::vector<OrderSlot>& slots() const { return slots_; }

    /// Rows in a state.
    [[nodiscard]] std::int64_t count(SlotState state) const {
        return in_state_[static_cast<std::size_t>(state)];
    }

    /// Orders bid on and not decided.
    [[nodiscard]] std::int64_t open_bids() const {
        return count(SlotState::kBidding) + count(SlotState::kBidPlaced);
    }

    /// Leases won and not ended.
    [[nodiscard]] std::int64_t leases() const;

    [[nodiscard]] const ProviderCounts& counts() const { return counts_; }

    static void fields(auto& self, auto&& visit) {
        visit("config", self.config_);
        visit("inventory", self.inventory_);
        visit("started", self.started_);
        visit("online", self.online_);
        visit("draining", self.draining_);
        visit("left", self.left_);
        visit("attributes_at_start", self.attributes_at_start_);
        visit("slots", self.slots_);
        visit("free_slots", self.free_slots_);
        visit("by_order", self.by_order_);
        visit("in_state", self.in_state_);
        visit("snapshot_tag", self.snapshot_tag_);
        visit("snapshot_at", self.snapshot_at_);
        visit("counts", self.counts_);
        visit("price_draws", self.price_draws_);
        visit("failure_draws", self.failure_draws_);
    }

  private:
    // Rows (provider.cpp).
    OrderSlot* find(const nodes::OrderId& order);
    /// A row of the group that has no lease yet.
    OrderSlot* find_undecided(const nodes::GroupId& group);
    OrderSlot& take_slot(const nodes::OrderId& order);
    void free_slot(OrderSlot& slot);
    void enter(OrderSlot& slot, SlotState state, nodes::AgentPort& port);
    [[nodiscard]] std::uint32_t index_of(const OrderSlot& slot) const;
    void wake(const OrderSlot& slot,
              std::uint8_t kind,
              sim::SimDuration after,
              nodes::AgentPort& port) const;
    void note(const nodes::OrderId& order, const Decline& decline, nodes::AgentPort& port);
    void note(const nodes::BidNote& note, nodes::AgentPort& port);
    void register_on_chain(nodes::AgentPort& port) const;
    void slot_timer(OrderSlot& slot, std::uint8_t kind, nodes::AgentPort& port);
    void snapshot_after(sim::SimDuration delay, nodes::AgentPort& port);
    void maybe_gone();

    // Orders and bids (provider_orders.cpp).
    void hear_order(const nodes::OrderId& order, nodes::AgentPort& port);
    [[nodiscard]] std::optional<Decline> look_at(const nodes::OrderView& order,
                                                 const nodes::AgentPort& port) const;
    [[nodiscard]] Purse purse_for(const nodes::OrderView& order,
                                  const nodes::AgentPort& port) const;
    void keep_reservation(OrderSlot& slot, const Reserved& reserved);
    void price_and_bid(OrderSlot& slot, nodes::AgentPort& port);
    [[nodiscard]] PriceView price_view(const OrderSlot& slot,
                                       const nodes::OrderView& order,
                                       const nodes::AgentPort& port);
    void bid_confirmed(OrderSlot& slot, nodes::AgentPort& port);
    void bid_refused(OrderSlot& slot, const nodes::News& news, nodes::AgentPort& port);
    void close_bid(const OrderSlot& slot, nodes::AgentPort& port) const;
    void drop_bid(OrderSlot& slot, nodes::AgentPort& port);
    void lease_created(const nodes::News& news, nodes::AgentPort& port);
    void lost_to(OrderSlot& slot, const nodes::News& news, nodes::AgentPort& port);
    void close_open_bids(nodes::AgentPort& port);
    enum class Reconciled : std::uint8_t { kKept, kForgotten };
    Reconciled reconcile(OrderSlot& slot, nodes::AgentPort& port);

    // Leases (provider_leases.cpp).
    void lease_won(OrderSlot& slot, nodes::AgentPort& port);
    void deploy(OrderSlot& slot, sim::SimDuration first_funds_check, nodes::AgentPort& port);
    void healthy(OrderSlot& slot, nodes::WorkloadState told, nodes::AgentPort& port);
    void workload_failed(OrderSlot& slot, nodes::AgentPort& port);
    void give_up(OrderSlot& slot, nodes::AgentPort& port);
    void look_at_funds(OrderSlot& slot, nodes::AgentPort& port);
    void lease_ended(OrderSlot& slot, nodes::AgentPort& port);
    void resume_lease(OrderSlot& slot, nodes::AgentPort& port);
    void report(const OrderSlot& slot, nodes::WorkloadState state, nodes::AgentPort& port) const;
    [[nodiscard]] bool manifest_fits(const nodes::ManifestSubmitted& manifest,
                                     const nodes::AgentPort& port) const;

    ProviderConfig config_;
    Inventory inventory_;
    bool started_ = false;
    bool online_ = false;
    bool draining_ = false;
    bool left_ = false;
    /// As registered when the process started: placement is matched against these until a restart.
    std::optional<nodes::Attributes> attributes_at_start_;
    std::vector<OrderSlot> slots_;
    std::vector<std::uint32_t> free_slots_;
    std::vector<SlotKey> by_order_;
    std::array<std::int64_t, kSlotStates> in_state_{};
    std::uint64_t snapshot_tag_ = 0;
    std::optional<sim::SimTime> snapshot_at_;  ///< when the next one is due
    ProviderCounts counts_;
    sim::Rng price_draws_;
    sim::Rng failure_draws_;
};

}  // namespace providers
