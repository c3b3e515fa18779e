// The steps of one deployment's life, in the order in which they are usually taken.
#include "nodes/protocol/attributes.h"
#include "sim/assert.h"
#include "tenants/tenant.h"
#include "tenants/timers.h"

#include <algorithm>
#include <utility>

namespace tenants {

namespace {

/// How often a message is sent before the tenant gives the deployment up.
constexpr std::uint8_t kMessageTries = 3;
/// A provider that goes away takes its lease down in one block; the deployment may follow in the
/// same block when the escrow is used up. Reopening waits for that to show.
constexpr sim::SimDuration kReopenDelay = sim::SimDuration::seconds(10);

/// First eight bytes, big-endian: how a submitted manifest names its version (offchain.h).
std::uint64_t version_number(const std::string& version) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8 && i < version.size(); ++i) {
        number = number << 8U | static_cast<unsigned char>(version[i]);
    }
    return number;
}

bool attribute_is(const nodes::Attributes* attributes,
                  std::string_view key,
                  std::string_view value) {
    if (attributes == nullptr) return false;
    return std::any_of(attributes->begin(), attributes->end(), [&](const nodes::Attribute& a) {
        return a.key == key && a.value == value;
    });
}

/// The budget of this try in millionths of the reference price.
std::int64_t budget_ppm(const TenantConfig& config, const Deployment& row) {
    sim::Int128 budget = row.request.budget_ppm;
    for (std::uint8_t i = 0; i < row.attempt; ++i) {
        budget = budget * (100 + config.retry_raise_percent) / 100;
        budget = std::min<sim::Int128>(budget, 1'000'000'000'000);
    }
    return static_cast<std::int64_t>(budget);
}

std::uint32_t cards_of(const nodes::GroupSpec& group) {
    double cards = 0;
    for (const nodes::ResourceUnit& unit : group.resources) {
        if (unit.resources.gpu)
            cards += static_cast<double>(unit.resources.gpu->value) * unit.count;
    }
    return static_cast<std::uint32_t>(std::clamp<double>(cards, 0, UINT32_MAX));
}

}  // namespace

/// Also called again, with the same dseq, when no news have come: the chain then refuses the
/// second.
void Tenant::create(Deployment& row, nodes::AgentPort& port) {
    const RequestClass& request_class = config_->demand.classes[row.request.class_row].value;
    const bool in_akt = row.request.coin == PaymentCoin::kUakt;
    const nodes::Denom denom = in_akt ? port.uakt() : port.axl_usdc();
    const std::int64_t coin_micro_usd = in_akt ? port.akt_micro_usd() : kMillion;
    const auto minimum = port.chain().deployment_min_deposit(denom);
    if (!minimum || coin_micro_usd <= 0) return release(row, Outcome::kNotCreated, port);

    const WorkloadShelf::Sized& sized = shelf_.size(
        workloads_[row.request.class_row], size_of(row.request, request_class), config_->prices);
    const sim::Int128 month =
        static_cast<sim::Int128>(sized.micro_usd_month) * budget_ppm(*config_, row) / kMillion;
    constexpr sim::Int128 kMonthMax = 1'000'000'000'000'000;
    const sim::Dec18 max_price =
        price_per_block(static_cast<std::int64_t>(std::min(month, kMonthMax)), coin_micro_usd);
    const std::int64_t deposit =
        first_deposit(config_->money, *minimum, max_price, row.request.duration);
    if (port.chain().balance(config_->account, denom) < deposit) {
        return release(row, Outcome::kNotCreated, port);
    }

    const std::uint8_t tries = row.phase == Phase::kCreating ? row.tries : std::uint8_t{0};
    if (row.phase != Phase::kCreating) {
        // The usual client takes the height as dseq; an account's must not repeat.
        const auto height = static_cast<std::uint64_t>(port.chain().height().value);
        row.dseq = last_dseq_ = std::max(last_dseq_ + 1, height);
        row_of_dseq_[row.dseq] = static_cast<std::uint32_t>(&row - rows_.data());
        enter(row, Phase::kCreating, port);
    }
    row.tries = static_cast<std::uint8_t>(tries + 1);
    row.oseq = 0;
    row.denom = denom;
    row.version = version_number(sized.made->version);
    row.gpus = cards_of(*sized.made->group);
    nodes::MsgCreateDeployment message;
    message.id = deployment_id(row);
    message.version = sized.made->version;
    message.deposit = {denom, deposit};
    message.depositor = config_->account;
    message.groups = {shelf_.price(sized.made, config_->prices, denom, max_price)};
    port.submit({std::move(message)});
    port.wake(config_->answer_timeout, timer(row, kAnswerTimer));
}

void Tenant::order_open(Deployment& row, std::uint32_t oseq, nodes::AgentPort& port) {
    row.oseq = oseq;
    row.bids = 0;
    row.patient_until = port.now() + config_->patience;
    enter(row, Phase::kAwaitingBids, port);
    port.wake(config_->patience, timer(row, kPatienceTimer));
}

void Tenant::bid_heard(Deployment& row, nodes::AgentPort& port) {
    ++row.bids;
    if (row.phase == Phase::kAwaitingBids) {
        enter(row, Phase::kChoosing, port);
        port.wake(config_->bid_window, timer(row, kBidTimer));
    }
    const bool enough = config_->enough_bids > 0 && row.bids >= config_->enough_bids;
    if (enough && row.phase == Phase::kChoosing) choose_bid(row, port);
}

/// Asks for a lease, or waits on while patience lasts. The chain's own list of bids counts, not
/// what has been heard: a bid's news may have been lost, and a bid heard of may be closed again.
void Tenant::choose_bid(Deployment& row, nodes::AgentPort& port) {
    const std::vector<BidInSight> bids = bids_in_sight(row, port);
    std::optional<BidChoice> choice;
    if (!bids.empty()) choice = choose(config_->behaviour, {bids, choices_.next_u64()});
    if (!choice) {
        if (port.now() >= row.patient_until) return give_up(row, port);
        enter(row, Phase::kAwaitingBids, port);
        port.wake(row.patient_until - port.now(), timer(row, kPatienceTimer));
        return;
    }
    row.provider = bids[choice->index].provider;
    row.criterion = choice->criterion;
    enter(row, Phase::kLeaseRequested, port);
    port.submit({nodes::MsgCreateLease{nodes::bid_id(order_id(row), row.provider)}});
    port.wake(config_->answer_timeout, timer(row, kAnswerTimer));
}

/// After a lease that did not come about.
void Tenant::choose_again(Deployment& row, nodes::AgentPort& port) {
    if (port.now() >= row.patient_until) return give_up(row, port);
    enter(row, Phase::kChoosing, port);
    port.wake(std::min(config_->bid_window, row.patient_until - port.now()), timer(row, kBidTimer));
}

void Tenant::give_up(Deployment& row, nodes::AgentPort& port) {
    for (const nodes::BidView& bid : port.chain().bids(order_id(row))) {
        if (bid.state != nodes::BidState::kOpen) continue;
        port.note({order_id(row), bid.id.provider, nodes::Reason::kOrderClosedByTenant});
    }
    const bool ran = row.ends_at.ns != 0;
    Outcome outcome = ran ? Outcome::kBrokenOff : Outcome::kUnserved;
    if (!ran && row.attempt < config_->retries) outcome = Outcome::kRetry;
    close(row, outcome, port);
}

void Tenant::lease_made(Deployment& row, sim::Dec18 price, nodes::AgentPort& port) {
    ++counts_.leases;
    row.price = price;
    note_outcomes(row, port);
    enter(row, Phase::kSendingManifest, port);
    send_manifest(row, port);
    look_at_escrow(row, port);
}

/// Leaves with the record why each bid won or lost.
void Tenant::note_outcomes(const Deployment& row, nodes::AgentPort& port) const {
    const nodes::OrderId order = order_id(row);
    const std::int64_t wanted = row.price.truncate();
    for (const nodes::BidView& bid : port.chain().bids(order)) {
        if (bid.id.provider == row.provider) {
            port.note({order, row.provider, nodes::Reason::kWon, row.criterion, wanted, wanted});
        }
        if (bid.state != nodes::BidState::kLost) continue;
        const nodes::Reason reason = reason_of_loss(bid.price, row.price, row.criterion);
        const bool by_price = reason == nodes::Reason::kPriceAboveWinner;
        port.note({order,
                   bid.id.provider,
                   reason,
                   by_price ? nodes::Subject::kPrice : row.criterion,
                   wanted,
                   bid.price.truncate()});
    }
}

void Tenant::send_manifest(Deployment& row, nodes::AgentPort& port) {
    ++row.tries;
    port.send(nodes::ManifestSubmitted{nodes::bid_id(order_id(row), row.provider), row.version});
    port.wake(config_->manifest_timeout, timer(row, kManifestTimer));
}

void Tenant::manifest_unanswered(Deployment& row, nodes::AgentPort& port) {
    if (row.tries >= config_->manifest_tries) return leave_lease(row, port);
    send_manifest(row, port);
}

void Tenant::running(Deployment& row, nodes::AgentPort& port) {
    enter(row, Phase::kRunning, port);
    if (row.ends_at.ns != 0) return;
    row.ends_at = port.now() + row.request.duration;
    port.wake(row.request.duration, timer(row, kEndTimer));
}

/// Goes on for as long as the lease lasts, from the block in which it begins to cost money.
void Tenant::look_at_escrow(Deployment& row, nodes::AgentPort& port) {
    const bool leased = row.phase == Phase::kSendingManifest || row.phase == Phase::kRunning;
    const auto escrow = port.chain().escrow(deployment_id(row));
    if (!leased || !escrow) return;
    const sim::SimDuration remaining =
        row.ends_at.ns != 0 ? row.ends_at - port.now() : row.request.duration;
    const std::int64_t purse = port.chain().balance(config_->account, row.denom);
    const TopUp plan =
        plan_top_up(config_->money, {*escrow, port.chain().height(), remaining, purse});
    if (plan.amount > 0) {
        ++counts_.top_ups;
        port.submit({nodes::MsgDepositDeployment{
            deployment_id(row), {row.denom, plan.amount}, config_->account}});
    }
    if (plan.look_after) port.wake(*plan.look_after, timer(row, kEscrowTimer));
}

void Tenant::provider_failed(Deployment& row) {
    ++experience_[row.provider].failures;
    ++counts_.leases_lost;
    row.avoided = row.provider;
}

/// The provider has ended the lease, or the escrow has run dry.
void Tenant::lease_lost(Deployment& row, nodes::AgentPort& port) {
    enter(row, Phase::kReopening, port);
    port.wake(kReopenDelay, timer(row, kReopenTimer));
}

/// The tenant ends the lease and looks for another provider.
void Tenant::leave_lease(Deployment& row, nodes::AgentPort& port) {
    provider_failed(row);
    if (row.relocated >= config_->relocations) return close(row, Outcome::kBrokenOff, port);
    ++row.relocated;
    enter(row, Phase::kReopening, port);
    port.submit({nodes::MsgCloseLease{nodes::bid_id(order_id(row), row.provider)}});
    port.wake(config_->answer_timeout, timer(row, kAnswerTimer));
}

/// After a lost lease whose deployment is still there: the provider left, and its group is paused.
void Tenant::reopen(Deployment& row, nodes::AgentPort& port) {
    provider_failed(row);
    if (row.relocated >= config_->relocations) return close(row, Outcome::kBrokenOff, port);
    ++row.relocated;
    answer_missing(row, port);
}

void Tenant::close(Deployment& row, Outcome outcome, nodes::AgentPort& port) {
    enter(row, Phase::kClosing, port);
    row.outcome = outcome;
    row.tries = 1;
    port.submit({nodes::MsgCloseDeployment{deployment_id(row)}});
    port.wake(config_->answer_timeout, timer(row, kAnswerTimer));
}

void Tenant::closed(Deployment& row, nodes::AgentPort& port) {
    const Outcome outcome = row.phase == Phase::kClosing ? row.outcome : Outcome::kRanDry;
    if (outcome == Outcome::kCompleted) ++experience_[row.provider].successes;
    if (outcome != Outcome::kRetry) return release(row, outcome, port);
    row_of_dseq_.erase(row.dseq);
    ++counts_.retries;
    ++row.attempt;
    enter(row, Phase::kWaitingToRetry, port);
    port.wake(config_->retry_after, timer(row, kRetryTimer));
}

/// News of the present phase's message have not come in time, or it was refused: the chain's state
/// says what to do.
void Tenant::answer_missing(Deployment& row, nodes::AgentPort& port) {
    const nodes::ChainView& chain = port.chain();
    const auto deployment = chain.deployment(deployment_id(row));
    const bool gone = !deployment || deployment->state == nodes::DeploymentState::kClosed;
    const std::uint8_t tries = row.tries;
    switch (row.phase) {
        case Phase::kCreating:
            if (!gone) return order_open(row, 1, port);
            if (tries >= kMessageTries) return release(row, Outcome::kNotCreated, port);
            return create(row, port);
        case Phase::kLeaseRequested: {
            if (gone) return closed(row, port);
            const auto lease = chain.lease(nodes::bid_id(order_id(row), row.provider));
            const bool active = lease && lease->state == nodes::LeaseState::kActive;
            return active ? lease_made(row, lease->price, port) : choose_again(row, port);
        }
        case Phase::kReopening: {
            if (gone) return closed(row, port);
            nodes::OrderId next = order_id(row);
            ++next.oseq;
            if (chain.order(next)) return order_open(row, next.oseq, port);
            if (tries >= kMessageTries) return close(row, Outcome::kBrokenOff, port);
            const auto group = chain.group(next.group());
            if (group && group->state == nodes::GroupState::kPaused) {
                port.submit({nodes::MsgStartGroup{next.group()}});
            } else {
                port.submit({nodes::MsgCloseLease{nodes::bid_id(order_id(row), row.provider)}});
            }
            break;
        }
        case Phase::kClosing:
            if (gone) return closed(row, port);
            port.submit({nodes::MsgCloseDeployment{deployment_id(row)}});
            break;
        default:
            return;
    }
    // Ever later, so that a halted chain is not buried under messages.
    row.tries = static_cast<std::uint8_t>(std::min<int>(tries + 1, 60));
    port.wake(config_->answer_timeout * row.tries, timer(row, kAnswerTimer));
}

/// Open bids in provider byte order. The provider that lost the last lease is left out while others
/// bid.
std::vector<BidInSight> Tenant::bids_in_sight(const Deployment& row,
                                              const nodes::AgentPort& port) const {
    const nodes::ChainView& chain = port.chain();
    const auto order = chain.order(order_id(row));
    std::vector<BidInSight> bids;
    if (!order || order->state != nodes::OrderState::kOpen) return bids;
    for (const nodes::BidView& bid : chain.bids(order_id(row))) {
        if (bid.state != nodes::BidState::kOpen) continue;
        BidInSight seen{bid.id.provider, bid.price};
        const nodes::Attributes* attributes = chain.provider_attributes(bid.id.provider);
        seen.in_region = attribute_is(attributes, "region", config_->region) ||
                         attribute_is(attributes, "location-region", config_->region);
        for (const nodes::Address auditor : config_->auditors) {
            const auto* signed_by = chain.audited_attributes(bid.id.provider, auditor);
            seen.audited |= signed_by != nullptr &&
                            nodes::subset_of(order->spec->requirements.attributes, *signed_by);
        }
        if (const auto known = experience_.find(bid.id.provider); known != experience_.end()) {
            seen.successes = known->second.successes;
            seen.failures = known->second.failures;
        }
        bids.push_back(seen);
    }
    const auto avoided = std::find_if(bids.begin(), bids.end(), [&](const BidInSight& bid) {
        return bid.provider == row.avoided;
    });
    if (avoided != bids.end() && bids.size() > 1) bids.erase(avoided);
    return bids;
}

}  // namespace tenants
