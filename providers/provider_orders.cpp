// From hearing of an order to winning or losing it.
#include "nodes/protocol/errors.h"
#include "providers/provider.h"
#include "providers/timers.h"
#include "sim/assert.h"

#include <algorithm>
#include <utility>

namespace providers {
namespace {

using nodes::Reason;
using nodes::Subject;

/// What of Msg::Body a refused bid is.
const std::uint8_t kCreateBidIndex =
    static_cast<std::uint8_t>(nodes::Msg{nodes::MsgCreateBid{}}.body.index());

std::int64_t whole_units(sim::Dec18 price) {
    return static_cast<std::int64_t>(price.scaled / sim::kDecOne);
}

std::int64_t cards_of(const GroupDemand& demand) {
    std::int64_t cards = 0;
    for (const auto& unit : demand.units)
        cards += unit.gpu * unit.count;
    return cards;
}

/// Why the chain refused a bid, in the market's words.
Reason reason_of(sim::ErrorCode code) {
    namespace errors = nodes::errors;
    if (code == errors::kMarketBidOverOrder) return Reason::kAboveTenantMaximum;
    if (code == errors::kMarketAttributeMismatch) return Reason::kAttributeMismatch;
    if (code == errors::kMarketCapabilitiesMismatch) return Reason::kModelMismatch;
    if (code == errors::kMarketUnknownProvider) return Reason::kProviderOffline;
    if (code == errors::kMarketInvalidDeposit) return Reason::kBidDepositLacking;
    if (code == errors::kSdkInsufficientFunds) return Reason::kBidDepositLacking;
    // Closed, leased, gone or full: the bid came too late.
    return Reason::kBidAfterClose;
}

}  // namespace

void Provider::hear_order(const nodes::OrderId& id, nodes::AgentPort& port) {
    if (draining_ || find(id) != nullptr) return;
    ++counts_.orders_heard;
    const auto order = port.chain().order(id);
    if (!order || order->state != nodes::OrderState::kOpen) {
        note(id, {.at = DeclinedAt::kQuery, .reason = Reason::kBidAfterClose, .text = {}}, port);
        return;
    }
    if (const auto decline = look_at(*order, port)) {
        note(id, *decline, port);
        return;
    }
    const auto reserved = inventory_.reserve(id, order->spec);
    if (reserved.result != ReserveResult::kOk) {
        note(id, decline_of(reserved), port);
        return;
    }
    auto& slot = take_slot(id);
    slot.spec = order->spec;
    slot.denom = order->denom;
    keep_reservation(slot, reserved);
    enter(slot, SlotState::kPricing, port);
    wake(slot, timers::kPriced, config_.pricing_time, port);
}

/// Everything before the reservation: the real checks, then what the account can afford.
std::optional<Decline> Provider::look_at(const nodes::OrderView& order,
                                         const nodes::AgentPort& port) const {
    static const nodes::Attributes kNothing;
    const auto& chain = port.chain();
    OwnFacts own;
    own.attributes_at_start = attributes_at_start_ ? &*attributes_at_start_ : &kNothing;
    own.attributes_now = chain.provider_attributes(config_.owner);
    own.order_filter = &config_.order_filter;
    own.group_volumes_max = config_.group_volumes_max;
    const auto& wanted = order.spec->requirements;
    if (!wanted.all_of.empty() || !wanted.any_of.empty()) {
        for (const auto& [auditor, attributes] : chain.audits(config_.owner)) {
            own.audited.push_back({port.names().addresses.text(auditor), attributes});
        }
    }
    if (auto decline = should_bid(*order.spec, own, port.names())) return decline;
    return check_limits(purse_for(order, port));
}

Purse Provider::purse_for(const nodes::OrderView& order, const nodes::AgentPort& port) const {
    const auto [denom, minimum] = port.chain().bid_min_deposit();
    Purse purse;
    purse.takes_denom = order.denom == port.uakt() ? config_.takes_uakt : config_.takes_usd;
    purse.open_bids = static_cast<std::uint32_t>(open_bids() + count(SlotState::kPricing));
    purse.open_bids_max = config_.open_bids_max;
    purse.deposit = config_.bid_deposit > 0 ? config_.bid_deposit : minimum;
    // What bids on their way will take is not the account's any more.
    const auto promised = count(SlotState::kPricing) + count(SlotState::kBidding);
    purse.balance = port.chain().balance(config_.owner, denom) - promised * purse.deposit;
    return purse;
}

void Provider::keep_reservation(OrderSlot& slot, const Reserved& reserved) {
    slot.offer = std::make_shared<const nodes::ResourcesOffer>(make_offer(*slot.spec, reserved));
    slot.cost_usd = config_.own_cost
                        ? *config_.own_cost
                        : cost_per_block(*reserved.demand, reserved.picks, config_.costs);
    slot.cards = cards_of(*reserved.demand);
    bool on_fakes = false;
    for (std::size_t i = 0; i < reserved.picks.size(); ++i) {
        if (!reserved.picks[i].picked) continue;
        const auto fakes = fakes_per_million(config_, reserved.picks[i].model);
        const auto& unit = reserved.demand->units[i];
        for (std::int64_t card = 0; fakes > 0 && card < unit.gpu * unit.count; ++card) {
            on_fakes |= failure_draws_.happens({fakes, 1'000'000});
        }
    }
    slot.hopeless = on_fakes && failure_draws_.happens(config_.fake_exposed) ? 1 : 0;
}

PriceView Provider::price_view(const OrderSlot& slot,
                               const nodes::OrderView& order,
                               const nodes::AgentPort& port) {
    PriceView view;
    view.spec = slot.spec.get();
    view.denom = port.names().denoms.text(slot.denom);
    view.pay_in = slot.denom == port.uakt()       ? PayIn::kUakt
                  : slot.denom == port.axl_usdc() ? PayIn::kMicroUsd
                                                  : PayIn::kOther;
    view.max_price = order.max_price;
    view.akt_micro_usd = port.akt_micro_usd();
    view.cost_usd = slot.cost_usd;
    const auto needs = strategies()[config_.strategy].needs;
    if (needs == StrategyNeeds::kDraw) view.draw = price_draws_.next_u64();
    if (needs == StrategyNeeds::kRivals) {
        for (const auto& bid : port.chain().bids(slot.order)) {
            const bool rival =
                bid.state == nodes::BidState::kOpen && bid.id.provider != config_.owner;
            if (rival && (!view.lowest_rival || bid.price < *view.lowest_rival)) {
                view.lowest_rival = bid.price;
            }
        }
    }
    return view;
}

void Provider::price_and_bid(OrderSlot& slot, nodes::AgentPort& port) {
    const auto order = port.chain().order(slot.order);
    if (!order || order->state != nodes::OrderState::kOpen) {
        note(slot.order,
             {.at = DeclinedAt::kQuery, .reason = Reason::kBidAfterClose, .text = {}},
             port);
        drop_bid(slot, port);
        return;
    }
    const auto priced =
        price_order(config_.strategy, price_view(slot, *order, port), config_.prices);
    if (priced.declined) {
        note(slot.order, *priced.declined, port);
        drop_bid(slot, port);
        return;
    }
    slot.price = priced.price;
    const auto [denom, minimum] = port.chain().bid_min_deposit();
    slot.deposit = config_.bid_deposit > 0 ? config_.bid_deposit : minimum;
    nodes::MsgCreateBid message;
    message.order = slot.order;
    message.provider = config_.owner;
    message.price = {slot.denom, sim::to_wide(slot.price.scaled)};
    message.deposit = {denom, slot.deposit};
    message.resources_offer = std::exchange(slot.offer, nullptr);
    ++counts_.bids;
    enter(slot, SlotState::kBidding, port);
    // The answer to the transaction is waited for as long as to the bid itself.
    if (config_.bid_timeout.ns > 0) wake(slot, timers::kBidTimeout, config_.bid_timeout, port);
    port.submit({std::move(message)});
}

void Provider::bid_confirmed(OrderSlot& slot, nodes::AgentPort& port) {
    enter(slot, SlotState::kBidPlaced, port);
    if (config_.bid_timeout.ns > 0) wake(slot, timers::kBidTimeout, config_.bid_timeout, port);
}

void Provider::bid_refused(OrderSlot& slot, const nodes::News& news, nodes::AgentPort& port) {
    ++counts_.refused_messages;
    if (news.message != kCreateBidIndex || slot.state != SlotState::kBidding) return;
    Decline decline;
    decline.reason = reason_of(news.code);
    note(slot.order, decline, port);
    inventory_.unreserve(slot.order);
    snapshot_after(config_.credit_delay, port);
    free_slot(slot);
}

void Provider::close_bid(const OrderSlot& slot, nodes::AgentPort& port) const {
    port.submit({nodes::MsgCloseBid{nodes::bid_id(slot.order, config_.owner)}});
}

/// Ends an order that was not won: the reservation is given back, and a bid that may be on chain is
/// closed there, which fails harmlessly when the chain has closed it.
void Provider::drop_bid(OrderSlot& slot, nodes::AgentPort& port) {
    SIM_ASSERT(slot.state == SlotState::kPricing || slot.state == SlotState::kBidding ||
                   slot.state == SlotState::kBidPlaced,
               "an order without lease, got state {}",
               text(slot.state));
    if (slot.state != SlotState::kPricing) close_bid(slot, port);
    inventory_.unreserve(slot.order);
    snapshot_after(config_.credit_delay, port);
    free_slot(slot);
}

void Provider::close_open_bids(nodes::AgentPort& port) {
    for (auto& slot : slots_) {
        if (slot.state == SlotState::kPricing || slot.state == SlotState::kBidding ||
            slot.state == SlotState::kBidPlaced) {
            drop_bid(slot, port);
        }
    }
}

/// A lease for the same group decides all its orders; the real provider looks at the group only.
void Provider::lease_created(const nodes::News& news, nodes::AgentPort& port) {
    if (news.id.provider == config_.owner) {
        auto* slot = find(news.id.order());
        if (slot != nullptr && slot->state <= SlotState::kBidPlaced) lease_won(*slot, port);
        return;
    }
    while (auto* slot = find_undecided(news.id.group()))
        lost_to(*slot, news, port);
}

void Provider::lost_to(OrderSlot& slot, const nodes::News& news, nodes::AgentPort& port) {
    ++counts_.lost;
    Decline decline;
    decline.subject = Subject::kPrice;
    decline.wanted = whole_units(news.price);
    decline.had = whole_units(slot.price);
    const bool had_bid = slot.state == SlotState::kBidPlaced || slot.state == SlotState::kBidding;
    if (!had_bid) {
        decline.reason = Reason::kBidAfterClose;
    } else if (slot.price > news.price) {
        decline.reason = Reason::kPriceAboveWinner;
    } else {
        decline.reason = Reason::kTenantPreferredOther;
        decline.subject = Subject::kNone;
    }
    note(slot.order, decline, port);
    // In 2024 the chain closes losing bids; the provider sends nothing.
    inventory_.unreserve(slot.order);
    snapshot_after(config_.credit_delay, port);
    free_slot(slot);
}

/// After a restart: what the chain says about an order decides. A bid that is open gets its timer
/// anew; an order that was not bid on is forgotten and looked at again when it is still open.
Provider::Reconciled Provider::reconcile(OrderSlot& slot, nodes::AgentPort& port) {
    const auto id = nodes::bid_id(slot.order, config_.owner);
    const auto lease = port.chain().lease(id);
    const bool undecided = slot.state <= SlotState::kBidPlaced;
    if (lease && lease->state == nodes::LeaseState::kActive) {
        undecided ? lease_won(slot, port) : resume_lease(slot, port);
        return Reconciled::kKept;
    }
    if (!undecided) {
        lease_ended(slot, port);
        return Reconciled::kKept;
    }
    const auto bid = port.chain().bid(id);
    if (bid && bid->state == nodes::BidState::kOpen) {
        bid_confirmed(slot, port);
        return Reconciled::kKept;
    }
    if (bid) ++counts_.lost;
    inventory_.unreserve(slot.order);
    free_slot(slot);
    snapshot_after(config_.credit_delay, port);
    return bid ? Reconciled::kKept : Reconciled::kForgotten;
}

std::optional<nodes::BidNote> Provider::explain(const nodes::OrderId& id,
                                                nodes::AgentPort& port) const {
    const auto as_note = [&](const Decline& decline) {
        return nodes::BidNote{
            id, config_.owner, decline.reason, decline.subject, decline.wanted, decline.had};
    };
    Decline decline;
    if (!online_) {
        decline.reason = Reason::kProviderOffline;
        return as_note(decline);
    }
    const auto order = port.chain().order(id);
    if (!order || order->state != nodes::OrderState::kOpen) {
        decline.reason = Reason::kBidAfterClose;
        return as_note(decline);
    }
    if (const auto found = look_at(*order, port)) return as_note(*found);
    Provider copy = *this;
    const auto reserved = copy.inventory_.reserve(id, order->spec);
    if (reserved.result != ReserveResult::kOk) return as_note(decline_of(reserved));
    OrderSlot slot;
    slot.order = id;
    slot.spec = order->spec;
    slot.denom = order->denom;
    copy.keep_reservation(slot, reserved);
    const auto priced =
        price_order(config_.strategy, copy.price_view(slot, *order, port), config_.prices);
    return priced.declined ? std::optional(as_note(*priced.declined)) : std::nullopt;
}

}  // namespace providers
