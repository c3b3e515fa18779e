#include "providers/provider.h"

#include "providers/timers.h"
#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace providers {
namespace {

constexpr std::array<std::string_view, kSlotStates> kStateTexts{"free",
                                                                "pricing",
                                                                "bidding",
                                                                "bid placed",
                                                                "awaiting manifest",
                                                                "deploying",
                                                                "serving",
                                                                "repairing",
                                                                "closing"};

InventoryRules inventory_rules(const ProviderConfig& config) {
    auto rules = config.inventory;
    rules.ip_operator = config.leased_ips > 0;
    return rules;
}

bool is_lease(SlotState state) {
    return state >= SlotState::kAwaitingManifest;
}

constexpr std::uint64_t tag_of(std::uint32_t generation, std::uint32_t step) {
    return (static_cast<std::uint64_t>(generation) << 32) | step;
}

}  // namespace

std::string_view text(SlotState state) {
    return kStateTexts[static_cast<std::size_t>(state)];
}

Provider::Provider(ProviderConfig config, std::uint64_t seed)
    : config_(std::move(config)),
      inventory_(make_cluster(config_), inventory_rules(config_)),
      price_draws_(sim::Rng::stream(seed, config_.name, "prices")),
      failure_draws_(sim::Rng::stream(seed, config_.name, "failures")) {
    inventory_.update_ips({config_.leased_ips, 0}, {});
}

sim::Result<Provider> Provider::create(ProviderConfig config, std::uint64_t seed) {
    SIM_CHECK(check_config(config));
    return Provider(std::move(config), seed);
}

std::int64_t Provider::leases() const {
    return count(SlotState::kAwaitingManifest) + count(SlotState::kDeploying) +
           count(SlotState::kServing) + count(SlotState::kRepairing) + count(SlotState::kClosing);
}

// Rows.

OrderSlot* Provider::find(const nodes::OrderId& order) {
    const auto found = std::lower_bound(
        by_order_.begin(), by_order_.end(), order, [](const SlotKey& key, const nodes::OrderId& o) {
            return key.order < o;
        });
    if (found == by_order_.end() || found->order != order) return nullptr;
    return &slots_[found->slot];
}

OrderSlot* Provider::find_undecided(const nodes::GroupId& group) {
    const nodes::OrderId first{group.owner, group.dseq, group.gseq, 0};
    auto found = std::lower_bound(
        by_order_.begin(), by_order_.end(), first, [](const SlotKey& key, const nodes::OrderId& o) {
            return key.order < o;
        });
    for (; found != by_order_.end() && found->order.group() == group; ++found) {
        if (slots_[found->slot].state <= SlotState::kBidPlaced) return &slots_[found->slot];
    }
    return nullptr;
}

OrderSlot& Provider::take_slot(const nodes::OrderId& order) {
    if (free_slots_.empty()) {
        free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
        ++in_state_[static_cast<std::size_t>(SlotState::kFree)];
    }
    const auto index = free_slots_.back();
    free_slots_.pop_back();
    const auto place = std::lower_bound(
        by_order_.begin(), by_order_.end(), order, [](const SlotKey& key, const nodes::OrderId& o) {
            return key.order < o;
        });
    SIM_ASSERT(place == by_order_.end() || place->order != order, "an order not tracked yet");
    by_order_.insert(place, {order, index});
    slots_[index].order = order;
    return slots_[index];
}

void Provider::free_slot(OrderSlot& slot) {
    const auto place = std::lower_bound(
        by_order_.begin(), by_order_.end(), slot.order, [](const SlotKey& key, const auto& o) {
            return key.order < o;
        });
    SIM_ASSERT(place != by_order_.end() && place->order == slot.order, "a tracked order");
    const auto index = place->slot;
    by_order_.erase(place);
    --in_state_[static_cast<std::size_t>(slot.state)];
    ++in_state_[static_cast<std::size_t>(SlotState::kFree)];
    const auto generation = slot.generation + 1;
    slot = {};
    slot.generation = generation;
    free_slots_.push_back(index);
}

void Provider::enter(OrderSlot& slot, SlotState state, nodes::AgentPort& port) {
    --in_state_[static_cast<std::size_t>(slot.state)];
    ++in_state_[static_cast<std::size_t>(state)];
    slot.state = state;
    slot.entered = port.now();
    ++slot.step;
}

std::uint32_t Provider::index_of(const OrderSlot& slot) const {
    return static_cast<std::uint32_t>(&slot - slots_.data());
}

void Provider::wake(const OrderSlot& slot,
                    std::uint8_t kind,
                    sim::SimDuration after,
                    nodes::AgentPort& port) const {
    const auto step = kind == timers::kFunds ? slot.funds_checks : slot.step;
    port.wake(after, {kind, index_of(slot), tag_of(slot.generation, step)});
}

void Provider::note(const nodes::BidNote& note, nodes::AgentPort& port) {
    ++counts_.reasons[static_cast<std::size_t>(note.reason)];
    port.note(note);
}

void Provider::note(const nodes::OrderId& order, const Decline& decline, nodes::AgentPort& port) {
    note({order, config_.owner, decline.reason, decline.subject, decline.wanted, decline.had},
         port);
}

// Life of the process.

void Provider::register_on_chain(nodes::AgentPort& port) const {
    nodes::MsgCreateProvider message;
    message.owner = config_.owner;
    message.host_uri =
        config_.host_uri.empty()
            ? fmt::format("https://provider-{}.example.org:8443", config_.owner.index)
            : config_.host_uri;
    message.attributes = registered_attributes(config_);
    port.submit({std::move(message)});
}

void Provider::on_start(nodes::AgentPort& port) {
    SIM_ASSERT(!started_, "one start");
    started_ = true;
    online_ = true;
    if (const auto* registered = port.chain().provider_attributes(config_.owner)) {
        attributes_at_start_ = *registered;
    } else {
        register_on_chain(port);
    }
}

void Provider::go_offline(nodes::AgentPort& /*port*/) {
    online_ = false;
    // Every timer of the process dies with it.
    for (auto& slot : slots_)
        ++slot.generation;
    ++snapshot_tag_;
    snapshot_at_.reset();
}

void Provider::come_back(nodes::AgentPort& port, std::span<const nodes::OrderId> open_orders) {
    if (left_ || online_ || !started_) return;
    online_ = true;
    attributes_at_start_.reset();
    if (const auto* registered = port.chain().provider_attributes(config_.owner)) {
        attributes_at_start_ = *registered;
    } else {
        register_on_chain(port);
    }
    inventory_.take_snapshot();
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].state != SlotState::kFree) reconcile(slots_[i], port);
    }
    for (const auto& order : open_orders)
        hear_order(order, port);
    maybe_gone();
}

void Provider::drain(nodes::AgentPort& port) {
    if (left_) return;
    draining_ = true;
    close_open_bids(port);
    maybe_gone();
}

void Provider::leave(nodes::AgentPort& port) {
    if (left_) return;
    draining_ = true;
    close_open_bids(port);
    for (auto& slot : slots_) {
        if (slot.state == SlotState::kFree) continue;
        close_bid(slot, port);
        lease_ended(slot, port);
    }
    maybe_gone();
}

void Provider::maybe_gone() {
    if (!draining_ || count(SlotState::kFree) != static_cast<std::int64_t>(slots_.size())) return;
    left_ = true;
    online_ = false;
}

void Provider::on_news(const nodes::News& news, nodes::AgentPort& port) {
    using nodes::NewsKind;
    if (left_ || !started_) return;
    if (!online_) {
        if (news.kind != NewsKind::kOrderCreated) return;
        ++counts_.orders_missed;
        Decline missed;
        missed.reason = nodes::Reason::kProviderOffline;
        note(news.id.order(), missed, port);
        return;
    }
    const bool mine = news.id.provider == config_.owner;
    switch (news.kind) {
        case NewsKind::kOrderCreated:
            hear_order(news.id.order(), port);
            return;
        case NewsKind::kLeaseCreated:
            lease_created(news, port);
            return;
        case NewsKind::kProviderCreated:
            if (mine && !attributes_at_start_) {
                const auto* registered = port.chain().provider_attributes(config_.owner);
                if (registered != nullptr) attributes_at_start_ = *registered;
            }
            return;
        default:
            break;
    }
    auto* slot = find(news.id.order());
    if (slot == nullptr) return;
    if (news.kind == NewsKind::kBidCreated && mine) {
        if (slot->state == SlotState::kBidding) bid_confirmed(*slot, port);
    } else if (news.kind == NewsKind::kOrderClosed && !is_lease(slot->state)) {
        Decline closed;
        closed.reason = nodes::Reason::kOrderClosedByTenant;
        note(slot->order, closed, port);
        drop_bid(*slot, port);
    } else if (news.kind == NewsKind::kLeaseClosed && mine) {
        lease_ended(*slot, port);
    } else if (news.kind == NewsKind::kTxRefused) {
        bid_refused(*slot, news, port);
    }
    maybe_gone();
}

void Provider::on_timer(const nodes::AgentTimer& timer, nodes::AgentPort& port) {
    if (!online_) return;
    if (timer.kind == timers::kSnapshot) {
        if (timer.tag != snapshot_tag_) return;
        snapshot_at_.reset();
        inventory_.take_snapshot();
        return;
    }
    if (timer.slot >= slots_.size()) return;
    auto& slot = slots_[timer.slot];
    const auto step = timer.kind == timers::kFunds ? slot.funds_checks : slot.step;
    if (slot.state == SlotState::kFree || timer.tag != tag_of(slot.generation, step)) return;
    slot_timer(slot, timer.kind, port);
    maybe_gone();
}

void Provider::slot_timer(OrderSlot& slot, std::uint8_t kind, nodes::AgentPort& port) {
    switch (kind) {
        case timers::kPriced:
            price_and_bid(slot, port);
            return;
        case timers::kBidTimeout:
            ++counts_.timed_out;
            drop_bid(slot, port);
            return;
        case timers::kManifestTimeout:
        case timers::kGiveUp:
            give_up(slot, port);
            return;
        case timers::kDeployed:
            healthy(slot, nodes::WorkloadState::kRunning, port);
            return;
        case timers::kFailure:
            workload_failed(slot, port);
            return;
        case timers::kRepaired:
            healthy(slot, nodes::WorkloadState::kRecovered, port);
            return;
        case timers::kFunds:
            look_at_funds(slot, port);
            return;
        default:
            SIM_UNREACHABLE("timer kind {}", kind);
    }
}

/// One snapshot is on its way at most; a sooner one replaces a later one.
void Provider::snapshot_after(sim::SimDuration delay, nodes::AgentPort& port) {
    const auto at = port.now() + delay;
    if (snapshot_at_ && *snapshot_at_ <= at) return;
    snapshot_at_ = at;
    ++snapshot_tag_;
    port.wake(delay, {timers::kSnapshot, 0, snapshot_tag_});
}

}  // namespace providers
