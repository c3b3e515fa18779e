// Questions whose answer is a list, or that nobody asks while the market runs.
#include "nodes/chain/state.h"
#include "nodes/chain/view.h"

#include <algorithm>

namespace nodes {

namespace {

void sort_by_text(std::vector<CoinView>& coins, const Names& names) {
    std::sort(coins.begin(), coins.end(), [&](const CoinView& a, const CoinView& b) {
        return names.denoms.text(a.denom) < names.denoms.text(b.denom);
    });
}

}  // namespace

const std::string& ChainView::chain_id() const {
    return state_->chain_id;
}

std::vector<CoinView> ChainView::balances(Address account) const {
    std::vector<CoinView> coins;
    const std::uint32_t index = state_->names.addresses.account(account).index;
    if (index >= state_->wallets.size()) return coins;
    for (const Balance& balance : state_->wallets[index])
        coins.push_back({balance.denom, balance.amount});
    sort_by_text(coins, state_->names);
    return coins;
}

std::vector<CoinView> ChainView::supply() const {
    std::vector<CoinView> coins;
    for (std::uint32_t i = 0; i < state_->supply.size(); ++i) {
        if (state_->supply[i] != 0) coins.push_back({Denom{i}, state_->supply[i]});
    }
    sort_by_text(coins, state_->names);
    return coins;
}

std::vector<Address> ChainView::providers() const {
    std::vector<Address> owners;
    for (const auto& [index, record] : state_->providers.map())
        owners.push_back(record->owner);
    std::sort(owners.begin(), owners.end(), [this](Address a, Address b) {
        const AddressBook& book = state_->names.addresses;
        return book[a].bytes < book[b].bytes;
    });
    return owners;
}

std::vector<DeploymentView> ChainView::deployments(Address owner) const {
    std::vector<DeploymentView> views;
    for (const DeploymentRow& row : state_->deployments.rows()) {
        const bool there = row.state != DeploymentState::kInvalid;
        if (there && state_->names.addresses.same_account(row.id.owner, owner)) {
            views.push_back(*deployment(row.id));
        }
    }
    std::sort(views.begin(), views.end(), [](const DeploymentView& a, const DeploymentView& b) {
        return a.id.dseq < b.id.dseq;
    });
    return views;
}

std::vector<GroupView> ChainView::groups(const DeploymentId& id) const {
    std::vector<GroupView> views;
    const DeploymentRow* row = state_->find_deployment(id);
    if (row == nullptr) return views;
    for (std::uint32_t g = row->first_group; g != kNoRow; g = state_->groups[g].next)
        views.push_back(*group(state_->groups[g].id));
    return views;
}

std::vector<OrderView> ChainView::orders(const GroupId& id) const {
    std::vector<OrderView> views;
    const std::uint32_t row = state_->find_group(id);
    if (row == kNoRow) return views;
    for (std::uint32_t o = state_->groups[row].first_order; o != kNoRow; o = state_->orders[o].next)
        views.push_back(*order(state_->orders[o].id));
    return views;
}

std::vector<LeaseView> ChainView::leases(const DeploymentId& id) const {
    std::vector<LeaseView> views;
    for (const GroupView& group : groups(id)) {
        for (const OrderView& order : orders(group.id)) {
            for (const BidView& bid : bids(order.id)) {
                if (auto found = lease(bid.id)) views.push_back(*found);
            }
        }
    }
    return views;
}

std::vector<GrantView> ChainView::grants(Address granter) const {
    std::vector<GrantView> views;
    const Address from = state_->names.addresses.account(granter);
    for (const auto& [key, record] : state_->grants.map()) {
        if (key.granter != from) continue;
        views.push_back(
            {key.granter, key.grantee, key.type_url, record.authorization, record.expiration});
    }
    return views;
}

}  // namespace nodes
