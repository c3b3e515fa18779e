#include "nodes/modules/escrow/sizes.h"

namespace nodes::escrow {
namespace {

constexpr std::size_t scope_length(EscrowScope scope) {
    return scope == EscrowScope::kDeployment ? 10 : 3;  // "deployment", "bid"
}

}  // namespace

std::size_t pid_length(const Names& names, const LeaseId& id) {
    return sizes::unsigned_digits(id.gseq) + 1 + sizes::unsigned_digits(id.oseq) + 1 +
           names.addresses.text(id.provider).size();
}

std::size_t xid_length(const Names& names, EscrowScope scope, const BidId& id) {
    const std::size_t deployment =
        names.addresses.text(id.owner).size() + 1 + sizes::unsigned_digits(id.dseq);
    return scope == EscrowScope::kDeployment ? deployment : deployment + 1 + pid_length(names, id);
}

Lengths lengths(const ChainState& state, const EscrowRow& account) {
    const std::size_t scope = scope_length(account.scope);
    const std::size_t xid = account.xid_length;
    const std::size_t denom = state.names.denoms.text(account.denom).size();
    const auto dec_coin = [denom](sim::Dec18 amount) {
        return sizes::msg(sizes::coin(denom, sizes::digits(amount.scaled)));
    };
    const std::size_t value =
        sizes::msg(sizes::txt(scope) + sizes::txt(xid)) +
        sizes::txt(state.names.addresses.text(account.owner).size()) + sizes::kState +
        dec_coin(account.balance) + dec_coin(account.transferred) +
        sizes::num(static_cast<std::uint64_t>(account.settled_at.value)) +
        sizes::txt(state.names.addresses.text(account.depositor).size()) + dec_coin(account.funds);
    return {3 + scope + xid, value};
}

Lengths lengths(const ChainState& state, const PaymentRow& payment) {
    const EscrowRow& account = state.escrows[payment.account];
    const std::size_t scope = scope_length(account.scope);
    const std::size_t xid = account.xid_length;
    const std::size_t pid = payment.pid_length;
    const std::size_t denom = state.names.denoms.text(account.denom).size();
    const auto coin = [denom](sim::Int128 amount) {
        return sizes::msg(sizes::coin(denom, sizes::digits(amount)));
    };
    const std::size_t value = sizes::msg(sizes::txt(scope) + sizes::txt(xid)) + sizes::txt(pid) +
                              sizes::txt(state.names.addresses.text(payment.owner).size()) +
                              sizes::kState + coin(payment.rate.scaled) +
                              coin(payment.balance.scaled) + coin(payment.withdrawn);
    return {4 + scope + xid + pid, value};
}

}  // namespace nodes::escrow
