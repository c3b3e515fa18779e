#include "gui/session/collector.h"

#include "gui/session/checks.h"
#include "gui/session/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace {

using scenarios::AgentRef;
using scenarios::World;

Moment moment_of(const World& world) {
    return {.at = world.now(), .height = world.height()};
}

bool is_outcome(nodes::Reason reason) {
    return reason == nodes::Reason::kWon || reason == nodes::Reason::kPriceAboveWinner ||
           reason == nodes::Reason::kTenantPreferredOther;
}

/// Null when the chain has none, or none any more.
const nodes::EscrowRow* escrow_of(const World& world, const nodes::DeploymentId& id) {
    const nodes::ChainState& state = world.chain().state();
    const auto slot = state.escrow_slots.find(nodes::OwnerDseq{id.owner.index, id.dseq});
    if (slot == state.escrow_slots.end() || slot->second == nodes::kNoRow) return nullptr;
    return &state.escrows[slot->second];
}

std::int64_t millionths(sim::Dec18 price) {
    return static_cast<std::int64_t>(price.scaled / (sim::kDecOne / 1'000'000));
}

/// When the block with the first bid came; 0 without bids.
sim::SimTime first_bid(const World& world, const AuctionEnd& auction) {
    if (auction.bids == 0) return {};
    return std::clamp(world.consensus().block_at(sim::Height{auction.first_bid}, 0),
                      auction.created,
                      world.now());
}

EscrowEntry entry_of(const World& world,
                     const nodes::DeploymentId& id,
                     const nodes::EscrowRow& escrow,
                     EscrowEntry::Kind kind,
                     std::int64_t amount) {
    return {.at = world.now(),
            .balance = escrow.balance.truncate() + escrow.funds.truncate(),
            .amount = amount,
            .dseq = id.dseq,
            .owner = id.owner,
            .height = static_cast<std::uint32_t>(world.height().value),
            .kind = kind};
}

std::int64_t online_providers(const World& world) {
    return std::count_if(world.providers().begin(), world.providers().end(), [](const auto& p) {
        return p.online();
    });
}

}  // namespace

bool Collector::fresh(const World& world) const {
    return world.events() > history_.events();
}

void Collector::log(const World& world, const LogEntry& entry) {
    if (fresh(world)) history_.log(world, entry);
}

void Collector::stop(RunUntil::What what, std::string reason) {
    if (!waits_for(what)) return;
    stop_ = std::move(reason);
    news_ = true;
}

bool Collector::waits_for(RunUntil::What what) const {
    return until_ && until_->what == what && stop_.empty();
}

void Collector::agent_joined(const World& world, AgentRef agent) {
    log(world,
        {.kind = LogKind::kProvider,
         .what = LogRecord::What::kJoined,
         .id = {{}, 0, 0, 0, world.seat(agent).account}});
}

void Collector::transaction(const World& world, const scenarios::TransactionSeen& seen) {
    if (!seen.result->ok()) {
        log(world,
            {.kind = LogKind::kFailure,
             .severity = Severity::kWarning,
             .what = LogRecord::What::kRefused,
             .id = {seen.tx->signer, 0, 0, 0, {}},
             .amount = seen.result->code,
             .text = seen.result->log});
        return;
    }
    for (const nodes::ChainEvent& event : seen.result->events)
        market_event(world, event);
    for (const nodes::Msg& msg : seen.tx->messages)
        deposits(world, msg);
}

/// Only a switch, because most events move coins and say nothing about the market.
void Collector::market_event(const World& world, const nodes::ChainEvent& event) {
    using nodes::EventKind;
    switch (event.kind) {
        case EventKind::kDeploymentCreated:
            return deployment_made(world, event);
        case EventKind::kDeploymentClosed:
            return deployment_closed(world, event);
        case EventKind::kOrderCreated:
            return order_made(world, event.id.order());
        case EventKind::kOrderClosed:
            return order_closed(world, event.id.order());
        case EventKind::kBidCreated:
            return bid_made(world, event);
        case EventKind::kLeaseCreated:
            return lease_made(world, event);
        case EventKind::kLeaseClosed:
            return lease_closed(world, event);
        default:
            return;
    }
}

void Collector::deployment_made(const World& world, const nodes::ChainEvent& event) {
    memory_.deployments.created(event.id.deployment(), moment_of(world));
    log(world,
        {.kind = LogKind::kDeployment,
         .severity = Severity::kDetail,
         .what = LogRecord::What::kDeployment,
         .id = event.id});
}

void Collector::deployment_closed(const World& world, const nodes::ChainEvent& event) {
    escrow_entry(world, event.id.deployment(), EscrowEntry::Kind::kClosed, 0);
    memory_.deployments.closed(event.id.deployment(), moment_of(world));
    log(world,
        {.kind = LogKind::kDeployment,
         .severity = Severity::kDetail,
         .what = LogRecord::What::kDeploymentEnded,
         .id = event.id});
}

void Collector::bid_made(const World& world, const nodes::ChainEvent& event) {
    log(world,
        {.kind = LogKind::kBid,
         .severity = Severity::kDetail,
         .what = LogRecord::What::kBid,
         .id = event.id,
         .amount = millionths(event.price),
         .denom = event.denom});
}

void Collector::lease_closed(const World& world, const nodes::ChainEvent& event) {
    memory_.deployments.lease_closed(event.id, moment_of(world));
    log(world, {.kind = LogKind::kLease, .what = LogRecord::What::kLeaseEnded, .id = event.id});
}

void Collector::order_made(const World& world, const nodes::OrderId& id) {
    const auto order = world.chain().view().order(id);
    if (!order) return;
    memory_.auctions.created(*order, moment_of(world));
    memory_.deployments.ordered(*order, moment_of(world));
    log(world,
        {.kind = LogKind::kOrder,
         .what = LogRecord::What::kOrderOpen,
         .id = nodes::bid_id(id, {})});
}

void Collector::order_closed(const World& world, const nodes::OrderId& id) {
    const auto auction = memory_.auctions.closed(id, moment_of(world), world.chain().state());
    if (!auction) return;
    memory_.deployments.order_closed(id, first_bid(world, *auction), moment_of(world));
    log(world,
        {.kind = LogKind::kOrder,
         .severity = Severity::kWarning,
         .what = LogRecord::What::kOrderClosed,
         .id = nodes::bid_id(id, {}),
         .amount = static_cast<std::int64_t>(auction->bids)});
    if (auction->bids == 0 && waits_for(RunUntil::What::kOrderWithoutBids)) {
        stop(RunUntil::What::kOrderWithoutBids,
             fmt::format("order {} closed without a bid", order_text(world, id)));
    }
}

void Collector::lease_made(const World& world, const nodes::ChainEvent& event) {
    const Moment moment = moment_of(world);
    const auto auction = memory_.auctions.leased(event.id, moment, world.chain().state());
    if (auction) {
        memory_.deployments.order_closed(event.id.order(), first_bid(world, *auction), moment);
    }
    const std::uint32_t row = world.chain().state().find_bid(event.id);
    const std::size_t model = row == nodes::kNoRow ? 0 : world.market().model_row(row);
    memory_.deployments.leased(event.id, event.price, moment);
    log(world,
        {.kind = LogKind::kLease,
         .what = LogRecord::What::kLease,
         .id = event.id,
         .amount = millionths(event.price),
         .denom = event.denom});
    if (waits_for(RunUntil::What::kLease)) {
        stop(RunUntil::What::kLease,
             fmt::format("a lease of {}", order_text(world, event.id.order())));
    }
    if (const nodes::EscrowRow* escrow = escrow_of(world, event.id.deployment())) {
        const std::int64_t rate =
            world.chain().view().escrow(event.id.deployment())->rate.truncate();
        const nodes::DeploymentId id = event.id.deployment();
        memory_.deployments.entry(entry_of(world, id, *escrow, EscrowEntry::Kind::kRate, rate));
    }
    if (model != 0 && fresh(world)) lease_price(world, model - 1);
}

/// The watch has just tallied it.
void Collector::lease_price(const World& world, std::size_t model) {
    using scenarios::ModelTally;
    const ModelTally& tally = world.market().tally().models[model];
    const std::size_t last = (tally.priced + ModelTally::kPrices - 1) % ModelTally::kPrices;
    if (last >= tally.last_prices.size()) return;
    history_.price({.event = world.events(),
                    .at = world.now(),
                    .model = static_cast<std::uint32_t>(model),
                    .usd_card_hour = static_cast<double>(tally.last_prices[last]) / 1e6});
}

void Collector::deposits(const World& world, const nodes::Msg& msg) {
    const auto amount = [](const auto& coin) { return sim::narrow64(coin.amount).value_or(0); };
    if (const auto* made = std::get_if<nodes::MsgCreateDeployment>(&msg.body)) {
        escrow_entry(world, made->id, EscrowEntry::Kind::kDeposit, amount(made->deposit));
    } else if (const auto* more = std::get_if<nodes::MsgDepositDeployment>(&msg.body)) {
        escrow_entry(world, more->id, EscrowEntry::Kind::kTopUp, amount(more->amount));
        log(world,
            {.kind = LogKind::kMoney,
             .severity = Severity::kDetail,
             .what = LogRecord::What::kTopUp,
             .id = {more->id.owner, more->id.dseq, 0, 0, {}},
             .amount = amount(more->amount),
             .denom = more->amount.denom});
    }
}

void Collector::escrow_entry(const World& world,
                             const nodes::DeploymentId& id,
                             EscrowEntry::Kind kind,
                             std::int64_t amount) {
    const nodes::EscrowRow* escrow = escrow_of(world, id);
    if (escrow != nullptr) memory_.deployments.entry(entry_of(world, id, *escrow, kind, amount));
}

/// Touches what the chain has just touched, and little else: payments come from everywhere.
void Collector::settlement(const World& world, const scenarios::SettlementSeen& seen) {
    const double usd = static_cast<double>(seen.micro_usd) / 1e6;
    const AgentRef provider = world.agent_with(seen.lease.provider);
    if (!provider.nobody() && !provider.is_tenant()) {
        const std::uint32_t row = world.chain().state().find_bid(seen.lease);
        const std::size_t model = row == nodes::kNoRow ? 0 : world.market().model_row(row);
        memory_.providers.add(provider.index(), model, seen.at, usd);
    }
    const AgentRef tenant = world.agent_with(seen.lease.owner);
    if (!tenant.nobody() && tenant.is_tenant()) memory_.tenants.add(tenant.index(), usd);
    const nodes::DeploymentId id = seen.lease.deployment();
    const nodes::EscrowRow* escrow = escrow_of(world, id);
    if (escrow == nullptr) return;
    memory_.deployments.entry(
        entry_of(world, id, *escrow, EscrowEntry::Kind::kSettled, seen.gross));
    if (escrow->state != nodes::EscrowState::kOverdrawn) return;
    if (!memory_.deployments.overdrawn(id)) return;
    memory_.deployments.entry(entry_of(world, id, *escrow, EscrowEntry::Kind::kOverdrawn, 0));
    log(world,
        {.kind = LogKind::kMoney,
         .severity = Severity::kWarning,
         .what = LogRecord::What::kOverdrawn,
         .id = {id.owner, id.dseq, 0, 0, {}}});
    stop(RunUntil::What::kEscrowRunsDry, "an escrow account ran dry");
}

/// What became of a bid is told by both sides; the tenant knows best why it chose.
void Collector::note(const World& world, AgentRef author, const nodes::BidNote& note) {
    const bool tenants = author.is_tenant();
    if (!tenants && is_outcome(note.reason) && !world.agent_with(note.order.owner).nobody()) return;
    memory_.auctions.note(
        note, tenants ? AuctionBook::Author::kTenant : AuctionBook::Author::kProvider, world.now());
}

void Collector::action(const World& world, std::string_view text) {
    log(world, {.kind = LogKind::kAction, .text = text});
    stop(RunUntil::What::kAction, std::string{text});
}

void Collector::sampled(const World& world) {
    if (fresh(world)) {
        history_.sampled(world);
        look_for_failures(world);
    }
    if (!until_ || until_->series.empty()) return;
    const double value = world.series().last(until_->series);
    if (value > until_->bound) {
        stop(RunUntil::What::kSeriesAbove, fmt::format("{} is {:.4g}", until_->series, value));
    }
    if (value < until_->bound) {
        stop(RunUntil::What::kSeriesBelow, fmt::format("{} is {:.4g}", until_->series, value));
    }
}

void Collector::look_for_failures(const World& world) {
    for (const std::string& title : failed_checks(world)) {
        const auto& known = history_.failures();
        const bool old = std::any_of(known.begin(), known.end(), [&](const CheckFailure& failure) {
            return failure.title == title;
        });
        if (old) continue;
        history_.failed({.at = world.now(), .title = title});
        log(world,
            {.kind = LogKind::kCheck, .severity = Severity::kError, .text = "failed: " + title});
        stop(RunUntil::What::kCheckFails, "check failed: " + title);
    }
}

bool Collector::block(const World& world, const scenarios::BlockSeen& seen) {
    news_ = true;
    memory_.blocks.add(world.consensus().validators().proposer(), seen.at);
    if (fresh(world)) history_.block(world, seen);
    if (recorded_ != nullptr) compare(world, seen);
    if (until_ && until_->what == RunUntil::What::kProviderFails) {
        const std::int64_t online = online_providers(world);
        if (online < online_) stop(RunUntil::What::kProviderFails, "a provider went offline");
        online_ = online;
    }
    return true;
}

void Collector::compare(const World& world, const scenarios::BlockSeen& seen) {
    if (recorded_->compared >= recorded_->rows.size() || !recorded_->difference.empty()) return;
    const scenarios::DigestRow& row = recorded_->rows[recorded_->compared];
    if (row.height > seen.height) return;
    if (row.height < seen.height) {
        recorded_->difference =
            fmt::format("block {} was recorded and did not come", grouped(row.height.value));
        return;
    }
    const std::string part =
        scenarios::differing_part(row, scenarios::digest_row(seen.height, world.digests()));
    if (part.empty()) {
        ++recorded_->compared;
        return;
    }
    recorded_->difference = fmt::format(
        "block {} is not the recorded one: part {} differs", grouped(row.height.value), part);
}

}  // namespace gui
