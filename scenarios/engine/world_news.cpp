// Who hears of what. News travel from the node to the parties concerned over their links; an
// order's creation goes to the providers that could match it, found by index.
#include "scenarios/engine/world.h"

namespace scenarios {

namespace {

/// What a refused message was about, as far as it names something.
struct Named {
    nodes::BidId operator()(const nodes::MsgCreateDeployment& m) const { return of(m.id); }

    nodes::BidId operator()(const nodes::MsgDepositDeployment& m) const { return of(m.id); }

    nodes::BidId operator()(const nodes::MsgUpdateDeployment& m) const { return of(m.id); }

    nodes::BidId operator()(const nodes::MsgCloseDeployment& m) const { return of(m.id); }

    nodes::BidId operator()(const nodes::MsgCloseGroup& m) const { return of(m.id); }

    nodes::BidId operator()(const nodes::MsgPauseGroup& m) const { return of(m.id); }

    nodes::BidId operator()(const nodes::MsgStartGroup& m) const { return of(m.id); }

    nodes::BidId operator()(const nodes::MsgCreateBid& m) const {
        return nodes::bid_id(m.order, m.provider);
    }

    nodes::BidId operator()(const nodes::MsgCreateLease& m) const { return m.bid_id; }

    nodes::BidId operator()(const nodes::MsgWithdrawLease& m) const { return m.bid_id; }

    nodes::BidId operator()(const nodes::MsgCloseLease& m) const { return m.lease_id; }

    nodes::BidId operator()(const nodes::MsgCloseBid& m) const { return m.bid_id; }

    template <class Other>
    nodes::BidId operator()(const Other& /*names nothing of the market*/) const {
        return {};
    }

  private:
    static nodes::BidId of(const nodes::DeploymentId& id) { return {id.owner, id.dseq, 0, 0, {}}; }

    static nodes::BidId of(const nodes::GroupId& id) { return {id.owner, id.dseq, id.gseq, 0, {}}; }
};

}  // namespace

void World::refuse(const nodes::Tx& tx, const nodes::TxResult& result, AgentRef sender) {
    if (sender.nobody() || tx.messages.empty()) return;
    nodes::News news;
    news.kind = nodes::NewsKind::kTxRefused;
    news.message = static_cast<std::uint8_t>(tx.messages.front().body.index());
    news.id = std::visit(Named{}, tx.messages.front().body);
    news.height = height_;
    news.code = {.space = result.codespace, .number = result.code};
    tell(sender, news);
}

void World::route(const nodes::News& news) {
    using nodes::NewsKind;
    const bool of_provider =
        news.kind == NewsKind::kProviderCreated || news.kind == NewsKind::kProviderUpdated ||
        news.kind == NewsKind::kAttributesSigned || news.kind == NewsKind::kAttributesDeleted;
    if (of_provider) provider_changed(news);
    readers_.clear();
    find_readers(news, readers_);
    tell_all(readers_, news);
}

void World::find_readers(const nodes::News& news, std::vector<AgentRef>& readers) {
    using nodes::NewsKind;
    const auto add = [&](nodes::Address account) {
        const AgentRef agent = agent_with(account);
        if (!agent.nobody()) readers.push_back(agent);
    };
    switch (news.kind) {
        case NewsKind::kDeploymentCreated:
        case NewsKind::kGroupClosed:
        case NewsKind::kGroupPaused:
        case NewsKind::kGroupStarted:
        case NewsKind::kDeploymentClosed:
            add(news.id.owner);
            break;
        case NewsKind::kDeploymentUpdated:
            add(news.id.owner);
            add_leaseholders(news.id.deployment(), readers);
            break;
        case NewsKind::kOrderCreated: {
            add(news.id.owner);
            const auto order = chain_.view().order(news.id.order());
            if (!order) break;
            candidates_.clear();
            match_index_.candidates(*order->spec, candidates_);
            for (const std::uint32_t index : candidates_) {
                readers.push_back(AgentRef::provider(index));
            }
            break;
        }
        case NewsKind::kOrderClosed:
            add(news.id.owner);
            add_bidders(news.id.order(), Bidders::kNotLost, readers);
            break;
        case NewsKind::kLeaseCreated:
            add(news.id.owner);
            add_bidders(news.id.order(), Bidders::kAll, readers);
            break;
        case NewsKind::kBidCreated:
        case NewsKind::kBidClosed:
        case NewsKind::kLeaseClosed:
            add(news.id.owner);
            add(news.id.provider);
            break;
        case NewsKind::kProviderCreated:
        case NewsKind::kProviderUpdated:
        case NewsKind::kAttributesSigned:
        case NewsKind::kAttributesDeleted:
            add(news.id.provider);
            break;
        case NewsKind::kTxRefused:
            SIM_UNREACHABLE("refusals go to their sender alone");
    }
}

void World::add_bidders(const nodes::OrderId& id, Bidders which, std::vector<AgentRef>& readers) {
    const nodes::ChainState& state = chain_.state();
    const std::uint32_t order = state.find_order(id);
    if (order == nodes::kNoRow) return;
    for (std::uint32_t bid = state.orders[order].first_bid; bid != nodes::kNoRow;
         bid = state.bids[bid].next) {
        const nodes::BidRow& row = state.bids[bid];
        if (which == Bidders::kNotLost && row.state == nodes::BidState::kLost) continue;
        const AgentRef agent = agent_with(row.id.provider);
        if (!agent.nobody()) readers.push_back(agent);
    }
}

void World::add_leaseholders(const nodes::DeploymentId& id, std::vector<AgentRef>& readers) {
    const nodes::ChainState& state = chain_.state();
    const nodes::DeploymentRow* deployment = state.find_deployment(id);
    if (deployment == nullptr) return;
    for (std::uint32_t group = deployment->first_group; group != nodes::kNoRow;
         group = state.groups[group].next) {
        const std::uint32_t order = state.groups[group].last_order;
        if (order == nodes::kNoRow) continue;
        for (std::uint32_t bid = state.orders[order].first_bid; bid != nodes::kNoRow;
             bid = state.bids[bid].next) {
            if (state.bids[bid].lease_state != nodes::LeaseState::kActive) continue;
            const AgentRef agent = agent_with(state.bids[bid].id.provider);
            if (!agent.nobody()) readers.push_back(agent);
        }
    }
}

/// The index follows the chain; a provider that shall be audited is signed for once it is
/// registered.
void World::provider_changed(const nodes::News& news) {
    const AgentRef agent = agent_with(news.id.provider);
    if (agent.nobody() || agent.is_tenant()) return;
    AgentSeat& seat = seat_of(agent);
    refresh_index(agent);
    const bool first = news.kind == nodes::NewsKind::kProviderCreated && seat.registered == 0;
    seat.registered = 1;
    if (!first || seat.audited == 0) return;
    const nodes::Attributes* attributes = chain_.view().provider_attributes(seat.account);
    if (attributes == nullptr) return;
    nodes::Msg msg{nodes::MsgSignProviderAttributes{
        .owner = seat.account, .auditor = auditor_, .attributes = *attributes}};
    for_next_block_.push_back(pool_.add(AgentRef{}, std::move(msg)));
}

/// What the chain says about a provider now is what the index says; one that has left matches
/// nothing.
void World::refresh_index(AgentRef agent) {
    const nodes::ChainView view = chain_.view();
    const nodes::Address account = seat_of(agent).account;
    const nodes::Attributes* registered = view.provider_attributes(account);
    if (registered == nullptr) {
        match_index_.remove(agent.index());
        return;
    }
    std::vector<providers::AuditorRecord> audits;
    for (const auto& [auditor, attributes] : view.audits(account)) {
        audits.push_back(
            {.auditor = chain_.names().addresses.text(auditor), .attributes = *attributes});
    }
    match_index_.set(agent.index(), *registered, std::move(audits));
}

void World::tell(AgentRef agent, const nodes::News& news) {
    readers_.assign(1, agent);
    tell_all(readers_, news);
}

/// One copy of the news for all readers. Each link is asked in the readers' order.
void World::tell_all(const std::vector<AgentRef>& readers, const nodes::News& news) {
    arrivals_.clear();
    for (const AgentRef agent : readers) {
        AgentSeat& seat = seat_of(agent);
        const sim::Deliveries copies =
            links_.deliver(chain_region_, seat.region, now_, seat.link_draws);
        if (copies.empty()) continue;
        arrivals_.push_back({agent, *std::min_element(copies.begin(), copies.end())});
    }
    if (arrivals_.empty()) return;
    const auto mail = news_.post({news}, static_cast<std::uint32_t>(arrivals_.size()));
    for (const Arrival& arrival : arrivals_) {
        queue_.push(now_ + arrival.after,
                    {.kind = EventKind::kNews, .agent = arrival.agent, .tag = mail});
    }
}

}  // namespace scenarios
