// What must hold at every block, whatever the messages were.
#include "nodes/chain/app.h"

#include <algorithm>
#include <string>

namespace nodes {
namespace {

sim::Error broken(std::string text) {
    return {{"invariant", 1}, std::move(text), sim::ErrorKind::kRefusal};
}

std::string bid_text(const Names& names, const BidId& id) {
    return names.addresses.text(id.owner) + "/" + std::to_string(id.dseq) + "/" +
           std::to_string(id.gseq) + "/" + std::to_string(id.oseq) + "/" +
           names.addresses.text(id.provider);
}

/// The escrow module's balance is, to the last digit, what its accounts and payments hold.
sim::Status check_escrow(const ChainState& state) {
    std::vector<sim::Dec18> held = state.pruned_dust;
    held.resize(std::max(held.size(), state.names.denoms.size()));
    for (const EscrowRow& account : state.escrows.rows()) {
        if (account.state == EscrowState::kInvalid) continue;
        held[account.denom.index] += account.balance + account.funds;
    }
    for (const PaymentRow& payment : state.payments.rows()) {
        if (payment.state == EscrowState::kInvalid) continue;
        held[state.escrows[payment.account].denom.index] += payment.balance;
    }
    for (std::uint32_t d = 0; d < held.size(); ++d) {
        const auto balance = sim::Dec18::from_int(state.balance(state.modules.escrow, Denom{d}));
        if (balance != held[d]) {
            return broken("the escrow module holds " + balance.text() +
                          state.names.denoms.text(Denom{d}) + ", its accounts and payments " +
                          held[d].text());
        }
    }
    return sim::ok();
}

/// Each active lease has an active order and bid, and an open payment.
sim::Status check_leases(const ChainState& state) {
    for (const BidRow& bid : state.bids.rows()) {
        if (bid.lease_state != LeaseState::kActive) continue;
        if (bid.state != BidState::kActive)
            return broken("lease " + bid_text(state.names, bid.id) + " is active, its bid is " +
                          std::string(text(bid.state)));
        if (state.orders[bid.order].state != OrderState::kActive)
            return broken("lease " + bid_text(state.names, bid.id) + " is active, its order is " +
                          std::string(text(state.orders[bid.order].state)));
    }
    return sim::ok();
}

}  // namespace

std::vector<SupplyCheck> Chain::supply() const {
    std::vector<SupplyCheck> checks;
    std::vector<std::int64_t> balances(state_.names.denoms.size());
    for (const Wallet& wallet : state_.wallets) {
        for (const Balance& balance : wallet)
            balances[balance.denom.index] += balance.amount;
    }
    for (std::uint32_t d = 0; d < state_.supply.size(); ++d) {
        if (state_.supply[d] != 0 || balances[d] != 0)
            checks.push_back({Denom{d}, state_.supply[d], balances[d]});
    }
    return checks;
}

sim::Status Chain::check_invariants() const {
    for (const SupplyCheck& check : supply()) {
        if (check.supply != check.balances) {
            return broken("balances of " + state_.names.denoms.text(check.denom) + " add up to " +
                          std::to_string(check.balances) + ", the supply is " +
                          std::to_string(check.supply));
        }
    }
    SIM_CHECK(check_escrow(state_));
    return check_leases(state_);
}

}  // namespace nodes
