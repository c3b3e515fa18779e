#include "nodes/chain/state.h"

#include "sim/assert.h"

#include <algorithm>

namespace nodes {
namespace {

std::string in_quotes(std::string_view text) {
    return '"' + std::string(text) + '"';
}

/// {"denom":"uakt","amount":"5000000"}, as the parameter store writes coins.
std::string coin_json(const DenomAmount& coin) {
    return "{\"denom\":" + in_quotes(coin.denom) +
           ",\"amount\":" + in_quotes(std::to_string(coin.amount)) + "}";
}

}  // namespace

ChainState::Mark ChainState::mark() const {
    return {accounts.mark(),
            deployments.mark(),
            groups.mark(),
            orders.mark(),
            bids.mark(),
            escrows.mark(),
            payments.mark(),
            providers.mark(),
            audits.mark(),
            certificates.mark(),
            grants.mark(),
            balance_undo.size(),
            pool_undo.size(),
            next_account_number};
}

void ChainState::rollback(const Mark& mark) {
    accounts.rollback(mark.accounts);
    deployments.rollback(mark.deployments, [this](const DeploymentRow& row) {
        deployment_slots.erase(key_of(row.id));
    });
    groups.rollback(mark.groups, [this](const GroupRow& row) {
        specs[row.spec] = nullptr;
        free_specs.push_back(row.spec);
    });
    orders.rollback(mark.orders);
    bids.rollback(mark.bids);
    escrows.rollback(mark.escrows, [this](const EscrowRow& row) {
        if (row.scope == EscrowScope::kDeployment)
            escrow_slots.erase({row.id.owner.index, row.id.dseq});
    });
    payments.rollback(mark.payments);
    providers.rollback(mark.providers);
    audits.rollback(mark.audits);
    certificates.rollback(mark.certificates);
    grants.rollback(mark.grants);
    while (balance_undo.size() > mark.balances) {
        const BalanceUndo undo = balance_undo.back();
        set_balance(undo.account, undo.before.denom, undo.before.amount);
        balance_undo.pop_back();  // what set_balance itself remembered
        balance_undo.pop_back();
    }
    while (pool_undo.size() > mark.pool) {
        community_pool = std::move(pool_undo.back());
        pool_undo.pop_back();
    }
    next_account_number = mark.next_account_number;
}

void ChainState::commit() {
    accounts.commit();
    deployments.commit();
    groups.commit();
    orders.commit();
    bids.commit();
    escrows.commit();
    payments.commit();
    providers.commit();
    audits.commit();
    certificates.commit();
    grants.commit();
    balance_undo.clear();
    pool_undo.clear();
}

const DeploymentRow* ChainState::find_deployment(const DeploymentId& id) const {
    const auto it = deployment_slots.find(key_of(id));
    if (it == deployment_slots.end() || it->second.row == kNoRow) return nullptr;
    return &deployments[it->second.row];
}

std::uint32_t ChainState::find_group(const GroupId& id) const {
    const DeploymentRow* deployment = find_deployment(id.deployment());
    if (deployment == nullptr) return kNoRow;
    std::uint32_t row = deployment->first_group;
    while (row != kNoRow && groups[row].id.gseq != id.gseq)
        row = groups[row].next;
    return row;
}

std::uint32_t ChainState::find_order(const OrderId& id) const {
    const std::uint32_t group = find_group(id.group());
    if (group == kNoRow) return kNoRow;
    // The newest order is the one most asked for.
    const std::uint32_t last = groups[group].last_order;
    if (last != kNoRow && orders[last].id.oseq == id.oseq) return last;
    std::uint32_t row = groups[group].first_order;
    while (row != kNoRow && orders[row].id.oseq != id.oseq)
        row = orders[row].next;
    return row;
}

std::uint32_t ChainState::find_bid(const BidId& id) const {
    const std::uint32_t order = find_order(id.order());
    if (order == kNoRow) return kNoRow;
    std::uint32_t row = orders[order].first_bid;
    while (row != kNoRow && !names.addresses.same_account(bids[row].id.provider, id.provider))
        row = bids[row].next;
    return row;
}

std::int64_t ChainState::balance(Address canonical, Denom denom) const {
    if (canonical.index >= wallets.size()) return 0;
    for (const Balance& balance : wallets[canonical.index]) {
        if (balance.denom == denom) return balance.amount;
    }
    return 0;
}

void ChainState::set_balance(Address canonical, Denom denom, std::int64_t amount) {
    SIM_ASSERT(amount >= 0, "a balance of zero or more, got {}", amount);
    if (canonical.index >= wallets.size()) wallets.resize(canonical.index + 1U);
    Wallet& wallet = wallets[canonical.index];
    const auto it = std::find_if(
        wallet.begin(), wallet.end(), [denom](const Balance& b) { return b.denom == denom; });
    balance_undo.push_back({canonical, {denom, it == wallet.end() ? 0 : it->amount}});
    if (it == wallet.end()) {
        if (amount != 0) wallet.push_back({denom, amount});
    } else if (amount == 0) {
        wallet.erase(it);
    } else {
        it->amount = amount;
    }
}

void ChainState::add_to_pool(Denom denom, sim::Dec18 amount) {
    pool_undo.push_back(community_pool);
    const auto it = std::lower_bound(
        community_pool.begin(), community_pool.end(), denom, [this](const PoolCoin& coin, Denom d) {
            return names.denoms.less(coin.denom, d);
        });
    if (it != community_pool.end() && it->denom == denom) {
        it->amount += amount;
    } else {
        community_pool.insert(it, {denom, amount});
    }
}

std::uint32_t ChainState::add_spec(GroupSpecRef spec) {
    if (free_specs.empty()) {
        specs.push_back(std::move(spec));
        return static_cast<std::uint32_t>(specs.size() - 1);
    }
    const std::uint32_t index = free_specs.back();
    free_specs.pop_back();
    specs[index] = std::move(spec);
    return index;
}

void ChainState::derive() {
    derived = {};
    std::string json;
    for (const DenomAmount& coin : params.deployment_min_deposits) {
        derived.min_deposits.push_back({names.denoms.intern(coin.denom), coin.amount});
        json += (json.empty() ? "[" : ",") + coin_json(coin);
    }
    derived.min_deposits_size = json.size() + 1;
    derived.bid_min_deposit = {names.denoms.intern(params.bid_min_deposit.denom),
                               params.bid_min_deposit.amount};
    derived.bid_min_deposit_size = coin_json(params.bid_min_deposit).size();
    derived.order_max_bids_size = std::to_string(params.order_max_bids).size();
    derived.default_take_rate_size = std::to_string(params.default_take_rate).size();
    json.clear();
    for (const DenomRate& rate : params.denom_take_rates) {
        derived.take_rates.push_back({names.denoms.intern(rate.denom), rate.percent});
        json += (json.empty() ? "[" : ",") + std::string("{\"denom\":") + in_quotes(rate.denom) +
                ",\"rate\":" + std::to_string(rate.percent) + "}";
    }
    derived.take_rates_size = json.size() + 1;
}

void ChainState::rebuild_index() {
    names.rebuild_index();
    derive();
}

}  // namespace nodes
