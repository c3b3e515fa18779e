// A provider from hearing of an order to winning or losing it (provider v0.5.4 bidengine/order.go).
#include "providers/provider.h"
#include "providers/provider_timers.h"
#include "sim/assert.h"

#include <variant>

namespace providers {
namespace {

using nodes::Reason;
using nodes::Subject;

constexpr sim::Int128 kMicroScale = 1'000'000'000'000;  // 18-digit scale to micro-units

PayIn pay_in(nodes::Denom denom, const nodes::AgentPort& port) {
    if (denom == port.uakt()) return PayIn::kUakt;
    return denom == port.axl_usdc() ? PayIn::kMicroUsd : PayIn::kOther;
}

/// Cards that the specification asks for, over all replicas.
std::int64_t cards_wanted(const nodes::GroupSpec& spec) {
    std::int64_t cards = 0;
    for (const nodes::ResourceUnit& unit : spec.resources) {
        if (!unit.resources.gpu) continue;
        cards += sim::narrow64(unit.resources.gpu->value).value_or(0) * unit.count;
    }
    return cards;
}

std::int64_t micro(sim::Dec18 price) {
    return static_cast<std::int64_t>(price.scaled / kMicroScale);
}

}  // namespace

std::optional<Decline> Provider::check_order(const nodes::OrderView& order,
                                             nodes::AgentPort& port) const {
    OwnFacts own;
    own.attributes_at_start = &attributes_at_start_;
    own.attributes_now = port.chain().provider_attributes(config_.owner);
    own.order_filter = &config_.order_filter;
    own.group_volumes_max = config_.group_volumes_max;
    const nodes::PlacementRequirements& placement = order.spec->requirements;
    if (!placement.all_of.empty() || !placement.any_of.empty()) {
        for (const auto& [auditor, attributes] : port.chain().audits(config_.owner))
            own.audited.push_back({port.names().addresses.text(auditor), attributes});
    }
    if (auto decline = should_bid(*order.spec, own, port.names())) return decline;

    const auto [deposit_denom, minimum] = port.chain().bid_min_deposit();
    const PayIn paid_in = pay_in(order.denom, port);
    Purse purse;
    purse.takes_denom = paid_in == PayIn::kUakt ? config_.takes_uakt
                                                : paid_in == PayIn::kMicroUsd && config_.takes_usd;
    purse.open_bids = open_bids_;
    purse.open_bids_max = config_.open_bids_max;
    purse.deposit = config_.bid_deposit > 0 ? config_.bid_deposit : minimum;
    purse.balance = port.chain().balance(config_.owner, deposit_denom) - deposits_on_their_way_;
    return check_limits(purse);
}

void Provider::consider(const nodes::OrderId& id, nodes::AgentPort& port) {
    const auto order = port.chain().order(id);
    if (!order || order->state != nodes::OrderState::kOpen) return;
    if (const auto decline = check_order(*order, port)) return note(id, *decline, port);
    const Reserved reserved = inventory_.reserve(id, order->spec);
    if (reserved.result != ReserveResult::kOk) return note(id, decline_of(reserved), port);
    engage(*order, reserved, port);
}

void Provider::engage(const nodes::OrderView& order,
                      const Reserved& reserved,
                      nodes::AgentPort& port) {
    std::uint32_t index = 0;
    if (free_.empty()) {
        index = static_cast<std::uint32_t>(rows_.size());
        rows_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    Engagement& row = rows_[index];
    row.life = OrderLife::kPricing;
    row.order = order.id;
    row.spec = order.spec;
    row.offer = std::make_shared<const nodes::ResourcesOffer>(make_offer(*order.spec, reserved));
    row.denom = order.denom;
    row.cost_usd = config_.own_cost
                       ? *config_.own_cost
                       : cost_per_block(reserved.demand, reserved.picks, config_.costs);
    row.gpus = cards_wanted(*order.spec);
    for (const GpuPick& pick : reserved.picks) {
        if (!pick.picked) continue;
        row.fakes_per_million =
            std::max(row.fakes_per_million, fakes_per_million(config_, pick.model));
    }
    by_order_[order.id] = index;
    wake(timers::kPriced, index, config_.pricing_time, port);
}

void Provider::price_and_bid(std::uint32_t index, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    SIM_ASSERT(row.life == OrderLife::kPricing, "an order that is being priced");
    const auto order = port.chain().order(row.order);
    if (left_ || !order || order->state != nodes::OrderState::kOpen)
        return forget_bid(index, {.reason = Reason::kBidAfterClose}, port);

    PriceView view;
    view.spec = row.spec.get();
    view.denom = port.names().denoms.text(row.denom);
    view.pay_in = pay_in(row.denom, port);
    view.max_price = order->max_price;
    view.akt_micro_usd = port.akt_micro_usd();
    view.cost_usd = row.cost_usd;
    view.draw = prices_.next_u64();
    for (const nodes::BidView& bid : port.chain().bids(row.order)) {
        if (bid.state != nodes::BidState::kOpen) continue;
        if (!view.lowest_rival || bid.price < *view.lowest_rival) view.lowest_rival = bid.price;
    }
    const Priced priced = price_order(config_.strategy, view, config_.prices);
    if (priced.declined) return forget_bid(index, *priced.declined, port);

    row.price = priced.price;
    row.life = OrderLife::kBidPlaced;
    ++open_bids_;
    ++outcomes_.bids;
    const auto [deposit_denom, minimum] = port.chain().bid_min_deposit();
    const std::int64_t deposit = config_.bid_deposit > 0 ? config_.bid_deposit : minimum;
    port.submit({nodes::MsgCreateBid{row.order,
                                     config_.owner,
                                     {row.denom, sim::to_wide(row.price.scaled)},
                                     {deposit_denom, deposit},
                                     row.offer}});
    if (config_.bid_timeout.ns > 0) wake(timers::kBidTimeout, index, config_.bid_timeout, port);
}

void Provider::lease_created(const nodes::News& news, nodes::AgentPort& port) {
    const std::uint32_t index = find(news.id.order());
    Engagement& row = rows_[index];
    if (news.id.provider == config_.owner) {
        if (row.life == OrderLife::kBidPlaced) start_serving(index, port);
        return;
    }
    if (leased(row.life)) return;
    if (row.life == OrderLife::kPricing)
        return forget_bid(index, {.reason = Reason::kBidAfterClose}, port);
    Decline why;
    why.reason = row.price > news.price ? Reason::kPriceAboveWinner : Reason::kTenantPreferredOther;
    why.subject = row.price > news.price ? Subject::kPrice : Subject::kNone;
    why.wanted = micro(news.price);
    why.had = micro(row.price);
    forget_bid(index, why, port);
}

void Provider::order_closed(std::uint32_t index, nodes::AgentPort& port) {
    const OrderLife life = rows_[index].life;
    if (life != OrderLife::kBidPlaced && life != OrderLife::kPricing) return;
    // The real provider also sends MsgCloseBid here, which the chain has made needless.
    const auto bid = port.chain().bid(bid_of(rows_[index]));
    if (bid && bid->state == nodes::BidState::kOpen)
        port.submit({nodes::MsgCloseBid{bid_of(rows_[index])}});
    forget_bid(index, {.reason = Reason::kOrderClosedByTenant}, port);
}

void Provider::bid_refused(const nodes::News& news, nodes::AgentPort& port) {
    static const std::size_t kCreateBid =
        nodes::Msg::Body(std::in_place_type<nodes::MsgCreateBid>).index();
    if (news.message != kCreateBid) return;
    const std::uint32_t index = find(news.id.order());
    if (index == nodes::kNoRow || rows_[index].life != OrderLife::kBidPlaced) return;
    const bool no_money = news.code == sim::ErrorCode{"sdk", 5};
    forget_bid(index,
               {.reason = no_money ? Reason::kBidDepositLacking : Reason::kBidAfterClose,
                .subject = no_money ? Subject::kDeposit : Subject::kNone},
               port);
}

void Provider::bid_timed_out(std::uint32_t index, nodes::AgentPort& port) {
    if (rows_[index].life != OrderLife::kBidPlaced) return;
    const nodes::BidId id = bid_of(rows_[index]);
    const auto bid = port.chain().bid(id);
    if (bid && bid->state == nodes::BidState::kActive) return;  // won; the news is on its way
    if (bid && bid->state == nodes::BidState::kOpen) port.submit({nodes::MsgCloseBid{id}});
    forget_bid(index, {.reason = Reason::kTenantPreferredOther}, port);
}

void Provider::forget_bid(std::uint32_t index, const Decline& why, nodes::AgentPort& port) {
    Engagement& row = rows_[index];
    if (row.life == OrderLife::kBidPlaced) {
        SIM_ASSERT(open_bids_ > 0, "a bid to count down");
        --open_bids_;
    }
    note(row.order, why, port);
    inventory_.unreserve(row.order);
    // What was reserved becomes free with the next snapshot, not at once (support#193).
    plan_snapshot(config_.credit_delay, port);
    free_row(index);
}

}  // namespace providers
