#include "scenarios/engine/market_watch.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace scenarios {

namespace {

std::int64_t times(const sim::Wide& value, std::uint32_t count) {
    const auto narrow = sim::narrow64(value);
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (!narrow || *narrow < 0) return 0;
    if (count != 0 && *narrow > kMost / count) return kMost;
    return *narrow * static_cast<std::int64_t>(count);
}

template <class T>
T& grown(std::vector<T>& values, std::size_t index) {
    if (index >= values.size()) values.resize(index + 1 + index / 2);
    return values[index];
}

template <class Visitor>
void each_message(const nodes::Msg& msg, Visitor&& visitor) {
    if (const auto* exec = std::get_if<nodes::MsgExec>(&msg.body)) {
        for (const nodes::Msg& inner : exec->msgs)
            each_message(inner, visitor);
        return;
    }
    visitor(msg);
}

/// The take module's part, as the chain cuts it (reference akash-chain 6, Take).
std::int64_t take_fee(const nodes::Chain& chain, nodes::Denom denom, std::int64_t gross) {
    const nodes::ChainState& state = chain.state();
    std::uint32_t percent = state.params.default_take_rate;
    for (const auto& rate : state.derived.take_rates) {
        if (rate.denom == denom) percent = rate.percent;
    }
    return static_cast<std::int64_t>(sim::Int128{gross} * percent / 100);
}

}  // namespace

GroupTotals totals_of(const nodes::GroupSpec& spec) {
    GroupTotals out;
    for (const nodes::ResourceUnit& unit : spec.resources) {
        const nodes::Resources& r = unit.resources;
        if (r.cpu) out.cpu_milli += times(r.cpu->value, unit.count);
        if (r.memory) out.memory += times(r.memory->value, unit.count);
        if (r.gpu) out.gpus += times(r.gpu->value, unit.count);
        for (const nodes::Volume& volume : r.storage)
            out.storage += times(volume.bytes, unit.count);
    }
    return out;
}

std::string gpu_model_of(const nodes::Resources& resources) {
    if (!resources.gpu || resources.gpu->value <= 0) return {};
    for (const nodes::Attribute& attribute : resources.gpu->attributes) {
        constexpr std::string_view kModel = "/model/";
        const auto at = attribute.key.find(kModel);
        if (at == std::string::npos) continue;
        const std::string_view rest = std::string_view{attribute.key}.substr(at + kModel.size());
        return std::string{rest.substr(0, rest.find('/'))};
    }
    return "*";
}

const nodes::DeploymentId* settled_deployment(const nodes::Msg& msg, nodes::DeploymentId& scratch) {
    const auto hold = [&](const nodes::DeploymentId& id) {
        scratch = id;
        return &scratch;
    };
    if (const auto* m = std::get_if<nodes::MsgWithdrawLease>(&msg.body)) {
        return hold(m->bid_id.deployment());
    }
    if (const auto* m = std::get_if<nodes::MsgCloseLease>(&msg.body)) {
        return hold(m->lease_id.deployment());
    }
    if (const auto* m = std::get_if<nodes::MsgCloseBid>(&msg.body)) {
        return hold(m->bid_id.deployment());
    }
    if (const auto* m = std::get_if<nodes::MsgCreateLease>(&msg.body)) {
        return hold(m->bid_id.deployment());
    }
    if (const auto* m = std::get_if<nodes::MsgCloseDeployment>(&msg.body)) return hold(m->id);
    if (const auto* m = std::get_if<nodes::MsgCloseGroup>(&msg.body)) {
        return hold(m->id.deployment());
    }
    if (const auto* m = std::get_if<nodes::MsgPauseGroup>(&msg.body)) {
        return hold(m->id.deployment());
    }
    return nullptr;
}

const std::string& MarketWatch::model_of(std::uint32_t bid_row) const {
    static const std::string kNone;
    if (bid_row >= bid_models_.size() || bid_models_[bid_row] == 0) return kNone;
    return tally_.models[bid_models_[bid_row] - 1U].model;
}

void MarketWatch::transaction(const nodes::Chain& chain,
                              const nodes::Tx& tx,
                              const nodes::TxResult& result,
                              const MarketMoment& moment,
                              std::vector<SettlementSeen>& settlements) {
    ++tally_.transactions;
    tally_.gas_used += result.gas_used;
    if (!result.ok()) {
        ++tally_.transactions_failed;
        return;
    }
    for (const nodes::Msg& msg : tx.messages) {
        each_message(msg, [&](const nodes::Msg& inner) {
            if (const auto* bid = std::get_if<nodes::MsgCreateBid>(&inner.body)) {
                bid_made(chain, *bid);
            }
        });
    }
    for (const nodes::ChainEvent& one : result.events)
        event(chain, one, moment);
    for (const nodes::Msg& msg : tx.messages) {
        each_message(msg,
                     [&](const nodes::Msg& inner) { message(chain, inner, moment, settlements); });
    }
}

void MarketWatch::message(const nodes::Chain& chain,
                          const nodes::Msg& msg,
                          const MarketMoment& moment,
                          std::vector<SettlementSeen>& settlements) {
    nodes::DeploymentId scratch;
    if (const auto* id = settled_deployment(msg, scratch)) {
        settle(chain, *id, moment, settlements);
    }
}

void MarketWatch::bid_made(const nodes::Chain& chain, const nodes::MsgCreateBid& bid) {
    const std::uint32_t row = chain.state().find_bid(nodes::bid_id(bid.order, bid.provider));
    if (row == nodes::kNoRow) return;
    std::string model;
    if (bid.resources_offer) {
        for (const nodes::ResourceOffer& offer : *bid.resources_offer) {
            if (model.empty()) model = gpu_model_of(offer.resources);
        }
    }
    if (model.empty()) {
        const nodes::ChainState& state = chain.state();
        const std::uint32_t group = state.orders[state.bids[row].order].group;
        for (const nodes::ResourceUnit& unit : state.specs[state.groups[group].spec]->resources) {
            if (model.empty()) model = gpu_model_of(unit.resources);
        }
    }
    std::uint16_t& slot = grown(bid_models_, row);
    slot = 0;
    if (model.empty()) return;
    const ModelTally& tally = tally_.model(model);
    slot = static_cast<std::uint16_t>(&tally - tally_.models.data() + 1);
}

void MarketWatch::event(const nodes::Chain& chain,
                        const nodes::ChainEvent& event,
                        const MarketMoment& moment) {
    using nodes::EventKind;
    switch (event.kind) {
        case EventKind::kDeploymentCreated:
            ++tally_.deployments;
            break;
        case EventKind::kDeploymentClosed:
            ++tally_.deployments_closed;
            break;
        case EventKind::kOrderCreated:
            ++tally_.orders;
            ++tally_.orders_open;
            break;
        case EventKind::kOrderClosed: {
            // An order that was leased left the open ones when its lease was made.
            const nodes::ChainState& state = chain.state();
            const std::uint32_t order = state.find_order(event.id.order());
            bool leased = false;
            for (std::uint32_t bid = order == nodes::kNoRow ? order : state.orders[order].first_bid;
                 bid != nodes::kNoRow;
                 bid = state.bids[bid].next) {
                leased = leased || state.bids[bid].lease_state != nodes::LeaseState::kInvalid;
            }
            if (!leased) {
                --tally_.orders_open;
                ++tally_.orders_unfilled;
            }
            break;
        }
        case EventKind::kBidCreated:
            ++tally_.bids;
            break;
        case EventKind::kLeaseCreated:
            ++tally_.leases;
            --tally_.orders_open;
            lease_changed(chain, event, 1, moment);
            break;
        case EventKind::kLeaseClosed:
            ++tally_.leases_closed;
            lease_changed(chain, event, -1, moment);
            break;
        default:
            break;
    }
}

void MarketWatch::lease_changed(const nodes::Chain& chain,
                                const nodes::ChainEvent& event,
                                int direction,
                                const MarketMoment& moment) {
    const nodes::ChainState& state = chain.state();
    const std::uint32_t row = state.find_bid(event.id);
    SIM_ASSERT(row != nodes::kNoRow, "the lease of an event");
    const nodes::BidRow& bid = state.bids[row];
    const nodes::GroupRow& group = state.groups[state.orders[bid.order].group];
    const GroupTotals totals = totals_of(*state.specs[group.spec]);
    tally_.cpu_milli_leased += direction * totals.cpu_milli;
    tally_.memory_leased += direction * totals.memory;
    tally_.gpus_leased += direction * totals.gpus;
    if (row >= bid_models_.size() || bid_models_[row] == 0) return;
    ModelTally& model = tally_.models[bid_models_[row] - 1U];
    model.leased += direction * totals.gpus;
    if (direction < 0 || totals.gpus == 0) return;
    const double per_block = static_cast<double>(bid.price.scaled) / 1e18;
    const double coin_usd =
        bid.denom == moment.uakt ? static_cast<double>(moment.akt_micro_usd) / 1e6 : 1.0;
    const double blocks = 3'600.0 / moment.block_interval.to_seconds();
    const double usd = per_block * blocks * coin_usd / static_cast<double>(totals.gpus);
    model.add_price(static_cast<std::int64_t>(usd + 0.5));
}

void MarketWatch::settle(const nodes::Chain& chain,
                         const nodes::DeploymentId& id,
                         const MarketMoment& moment,
                         std::vector<SettlementSeen>& settlements) {
    const nodes::ChainState& state = chain.state();
    const auto slot = state.escrow_slots.find(nodes::OwnerDseq{id.owner.index, id.dseq});
    if (slot == state.escrow_slots.end() || slot->second == nodes::kNoRow) return;
    const nodes::EscrowRow& account = state.escrows[slot->second];
    const bool overdrawn = account.state == nodes::EscrowState::kOverdrawn;
    std::uint8_t& seen = grown(overdrawn_seen_, slot->second);
    if (overdrawn && seen == 0) ++tally_.overdrawn;
    seen = overdrawn ? 1 : 0;
    for (std::uint32_t row = account.first_payment; row != nodes::kNoRow;
         row = state.payments[row].next) {
        const nodes::PaymentRow& payment = state.payments[row];
        std::int64_t& paid = grown(paid_seen_, row);
        // A row that was used before starts again at zero.
        if (payment.withdrawn < paid) paid = 0;
        const std::int64_t gross = payment.withdrawn - paid;
        if (gross == 0) continue;
        paid = payment.withdrawn;
        SettlementSeen settlement{
            .height = moment.height,
            .at = moment.at,
            .lease = {id.owner, id.dseq, payment.gseq, payment.oseq, payment.provider},
            .denom = account.denom,
            .gross = gross,
            .fee = take_fee(chain, account.denom, gross),
            .micro_usd = gross};
        if (account.denom == moment.uakt) {
            const sim::Int128 usd = sim::Int128{gross} * moment.akt_micro_usd / 1'000'000;
            settlement.micro_usd = static_cast<std::int64_t>(usd);
        }
        book(settlement, moment);
        settlements.push_back(settlement);
    }
}

void MarketWatch::book(const SettlementSeen& settlement, const MarketMoment& moment) {
    if (settlement.denom == moment.uakt) {
        tally_.spent.uakt += settlement.gross;
        tally_.fees.uakt += settlement.fee;
    } else {
        tally_.spent.uusdc += settlement.gross;
        tally_.fees.uusdc += settlement.fee;
    }
    tally_.spent_micro_usd += settlement.micro_usd;
}

}  // namespace scenarios
