#include "nodes/chain/view.h"

#include "nodes/chain/state.h"
#include "nodes/protocol/certificate.h"

namespace nodes {

namespace {

/// Without a rate, which only the payments know.
EscrowView view_of(const EscrowRow& row) {
    return {row.state,
            row.denom,
            row.balance,
            row.funds,
            row.transferred,
            row.settled_at,
            {},
            row.owner,
            row.depositor};
}

}  // namespace

sim::Height ChainView::height() const {
    return state_->height;
}

Timestamp ChainView::block_time() const {
    return state_->time;
}

std::optional<DeploymentView> ChainView::deployment(const DeploymentId& id) const {
    const DeploymentRow* row = state_->find_deployment(id);
    if (row == nullptr) return std::nullopt;
    return DeploymentView{row->id,
                          row->state,
                          std::string(row->version.begin(), row->version.end()),
                          row->created_at,
                          row->groups};
}

std::optional<GroupView> ChainView::group(const GroupId& id) const {
    const std::uint32_t index = state_->find_group(id);
    if (index == kNoRow) return std::nullopt;
    const GroupRow& row = state_->groups[index];
    return GroupView{row.id, row.state, state_->specs[row.spec], row.created_at};
}

std::optional<OrderView> ChainView::order(const OrderId& id) const {
    const std::uint32_t index = state_->find_order(id);
    if (index == kNoRow) return std::nullopt;
    const OrderRow& row = state_->orders[index];
    const GroupRow& group = state_->groups[row.group];
    return OrderView{row.id,
                     row.state,
                     state_->specs[group.spec],
                     row.created_at,
                     group.denom,
                     group.max_price,
                     row.bids};
}

std::optional<BidView> ChainView::bid(const BidId& id) const {
    const std::uint32_t index = state_->find_bid(id);
    if (index == kNoRow) return std::nullopt;
    const BidRow& row = state_->bids[index];
    return BidView{row.id, row.state, row.denom, row.price, row.created_at};
}

std::optional<LeaseView> ChainView::lease(const LeaseId& id) const {
    const std::uint32_t index = state_->find_bid(id);
    if (index == kNoRow) return std::nullopt;
    const BidRow& row = state_->bids[index];
    if (row.lease_state == LeaseState::kInvalid) return std::nullopt;
    return LeaseView{
        row.id, row.lease_state, row.denom, row.price, row.lease_created_at, row.lease_closed_on};
}

std::optional<EscrowView> ChainView::escrow(const DeploymentId& id) const {
    const auto it = state_->escrow_slots.find({id.owner.index, id.dseq});
    if (it == state_->escrow_slots.end()) return std::nullopt;
    const EscrowRow& row = state_->escrows[it->second];
    EscrowView view = view_of(row);
    for (std::uint32_t p = row.first_payment; p != kNoRow; p = state_->payments[p].next) {
        const PaymentRow& payment = state_->payments[p];
        if (payment.state == EscrowState::kOpen) view.rate += payment.rate;
    }
    return view;
}

std::optional<EscrowView> ChainView::bid_escrow(const BidId& id) const {
    const std::uint32_t bid = state_->find_bid(id);
    if (bid == kNoRow || state_->bids[bid].escrow == kNoRow) return std::nullopt;
    return view_of(state_->escrows[state_->bids[bid].escrow]);
}

std::vector<BidView> ChainView::bids(const OrderId& id) const {
    std::vector<BidView> views;
    const std::uint32_t order = state_->find_order(id);
    if (order == kNoRow) return views;
    for (std::uint32_t b = state_->orders[order].first_bid; b != kNoRow; b = state_->bids[b].next) {
        const BidRow& row = state_->bids[b];
        views.push_back({row.id, row.state, row.denom, row.price, row.created_at});
    }
    return views;
}

std::int64_t ChainView::balance(Address account, Denom denom) const {
    return state_->balance(state_->names.addresses.account(account), denom);
}

bool ChainView::provider_registered(Address owner) const {
    return provider_attributes(owner) != nullptr;
}

const Attributes* ChainView::provider_attributes(Address owner) const {
    const auto* record = state_->providers.find(state_->names.addresses.account(owner).index);
    return record == nullptr ? nullptr : &(*record)->attributes;
}

const Attributes* ChainView::audited_attributes(Address provider, Address auditor) const {
    for (const auto& [address, attributes] : audits(provider)) {
        if (state_->names.addresses.same_account(address, auditor)) return attributes;
    }
    return nullptr;
}

std::vector<std::pair<Address, const Attributes*>> ChainView::audits(Address provider) const {
    std::vector<std::pair<Address, const Attributes*>> found;
    const auto* records = state_->audits.find(state_->names.addresses.account(provider).index);
    if (records == nullptr) return found;
    for (const auto& record : *records)
        found.emplace_back(record->auditor, &record->attributes);
    return found;
}

std::pair<Denom, std::int64_t> ChainView::bid_min_deposit() const {
    return {state_->derived.bid_min_deposit.denom, state_->derived.bid_min_deposit.amount};
}

std::optional<std::int64_t> ChainView::deployment_min_deposit(Denom denom) const {
    for (const auto& minimum : state_->derived.min_deposits) {
        if (minimum.denom == denom) return minimum.amount;
    }
    return std::nullopt;
}

std::uint32_t ChainView::order_max_bids() const {
    return state_->params.order_max_bids;
}

const ChainParams& ChainView::params() const {
    return state_->params;
}

std::optional<AccountView> ChainView::account(Address address) const {
    const AccountRow row = state_->accounts.get(state_->names.addresses.account(address).index);
    if (row.exists == 0) return std::nullopt;
    return AccountView{row.number, row.sequence};
}

std::optional<ProviderView> ChainView::provider(Address owner) const {
    const auto* record = state_->providers.find(state_->names.addresses.account(owner).index);
    if (record == nullptr) return std::nullopt;
    return ProviderView{
        (*record)->owner, (*record)->host_uri, (*record)->attributes, (*record)->info};
}

std::vector<PaymentView> ChainView::payments(const DeploymentId& id) const {
    std::vector<PaymentView> views;
    const auto it = state_->escrow_slots.find({id.owner.index, id.dseq});
    if (it == state_->escrow_slots.end()) return views;
    for (std::uint32_t p = state_->escrows[it->second].first_payment; p != kNoRow;
         p = state_->payments[p].next) {
        const PaymentRow& row = state_->payments[p];
        views.push_back({{id.owner, id.dseq, row.gseq, row.oseq, row.provider},
                         row.state,
                         row.rate,
                         row.balance,
                         row.withdrawn});
    }
    return views;
}

std::vector<CertificateView> ChainView::certificates(Address owner) const {
    std::vector<CertificateView> views;
    const std::uint32_t index = state_->names.addresses.account(owner).index;
    const auto& all = state_->certificates.map();
    for (auto it = all.lower_bound({index, ""}); it != all.end() && it->first.first == index; ++it)
        views.push_back({serial_text(it->first.second),
                         it->second->state,
                         it->second->cert,
                         it->second->pubkey});
    return views;
}

std::vector<GrantView> ChainView::grants(Address granter, Address grantee) const {
    std::vector<GrantView> views;
    const GrantKey first{
        state_->names.addresses.account(granter), state_->names.addresses.account(grantee), ""};
    const auto& all = state_->grants.map();
    for (auto it = all.lower_bound(first); it != all.end() && it->first.granter == first.granter &&
                                           it->first.grantee == first.grantee;
         ++it)
        views.push_back({it->first.granter,
                         it->first.grantee,
                         it->first.type_url,
                         it->second.authorization,
                         it->second.expiration});
    return views;
}

std::vector<PoolCoinView> ChainView::community_pool() const {
    std::vector<PoolCoinView> views;
    for (const PoolCoin& coin : state_->community_pool)
        views.push_back({coin.denom, coin.amount});
    return views;
}

}  // namespace nodes
