#include "nodes/modules/escrow/keeper.h"

#include "nodes/chain/ledger.h"
#include "nodes/modules/escrow/rules.h"
#include "nodes/modules/escrow/sizes.h"
#include "nodes/modules/take.h"
#include "nodes/protocol/errors.h"
#include "sim/assert.h"

#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace nodes::escrow {
namespace {

using PaymentList = boost::container::small_vector<std::uint32_t, 4>;

/// What a settle leaves to its caller: the payments that were open, and whether the money ran out.
struct Settled {
    bool overdrawn = false;
    PaymentList payments;
};

void get_account(Context& ctx, std::uint32_t account) {
    if (account == kNoRow) {
        ctx.gas.has();
        return;
    }
    const Lengths l = lengths(ctx.state, ctx.state.escrows[account]);
    ctx.gas.get(l.key, l.value);
}

void write_account(Context& ctx, std::uint32_t account) {
    const Lengths l = lengths(ctx.state, ctx.state.escrows[account]);
    ctx.gas.write(l.key, l.value);
}

void write_payment(Context& ctx, std::uint32_t payment) {
    const Lengths l = lengths(ctx.state, ctx.state.payments[payment]);
    ctx.gas.write(l.key, l.value);
}

LeaseId lease_of(const ChainState& state, const PaymentRow& payment) {
    const BidId& account = state.escrows[payment.account].id;
    return {account.owner, account.dseq, payment.gseq, payment.oseq, payment.provider};
}

/// Payments are kept in byte order of gseq/oseq/provider as text: "10/1/.." comes before "2/1/..".
bool text_less(const Names& names, const PaymentRow& a, const LeaseId& b) {
    const auto number_text = [](std::uint32_t n, std::array<char, 12>& buffer) {
        char* end = std::to_chars(buffer.data(), buffer.data() + 10, n).ptr;
        *end++ = '/';
        return std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    };
    std::array<char, 12> left{};
    std::array<char, 12> right{};
    if (const int c = number_text(a.gseq, left).compare(number_text(b.gseq, right)); c != 0)
        return c < 0;
    if (const int c = number_text(a.oseq, left).compare(number_text(b.oseq, right)); c != 0)
        return c < 0;
    return names.addresses.text(a.provider) < names.addresses.text(b.provider);
}

void link_payment(ChainState& state, std::uint32_t account, std::uint32_t payment) {
    const LeaseId id = lease_of(state, state.payments[payment]);
    std::uint32_t before = kNoRow;
    std::uint32_t after = state.escrows[account].first_payment;
    while (after != kNoRow && text_less(state.names, state.payments[after], id)) {
        before = after;
        after = state.payments[after].next;
    }
    state.payments.edit(payment).next = after;
    if (before == kNoRow) {
        state.escrows.edit(account).first_payment = payment;
    } else {
        state.payments.edit(before).next = payment;
    }
}

/// Walk over all payments of an account, closed ones too; the open ones are returned.
PaymentList walk_payments(Context& ctx, std::uint32_t account) {
    PaymentList open;
    const ChainState& state = ctx.state;
    std::uint32_t row = state.escrows[account].first_payment;
    if (row == kNoRow) ctx.gas.step_empty();
    for (bool first = true; row != kNoRow; first = false) {
        const PaymentRow& payment = state.payments[row];
        const Lengths l = lengths(state, payment);
        if (first) ctx.gas.step(l.key, l.value);
        ctx.gas.step(l.key, l.value);
        if (payment.state == EscrowState::kOpen) open.push_back(row);
        row = payment.next;
    }
    return open;
}

/// Below one unit nothing is paid and nothing is written (quirk 6a). `state_after` is the state the
/// payment gets if it is written.
sim::Status pay_out(Context& ctx, std::uint32_t index, EscrowState state_after) {
    const PaymentRow payment = ctx.state.payments[index];
    const std::int64_t gross = payment.balance.truncate();
    if (gross == 0) {
        if (ctx.rules().persist_zero_earning_close && payment.state != state_after) {
            ctx.state.payments.edit(index).state = state_after;
            write_payment(ctx, index);
        }
        return sim::ok();
    }
    const Denom denom = ctx.state.escrows[payment.account].denom;
    const Address escrow = ctx.state.modules.escrow;
    const std::int64_t fee = take::fee_to_pool(ctx, denom, gross);
    if (fee > 0) SIM_CHECK(take::pay_fee(ctx, denom, fee));
    const std::int64_t rest = gross - fee;
    if (rest > 0) SIM_CHECK(ledger::send(ctx, escrow, payment.owner, {denom, rest}));
    if (rest > 0 && ctx.rules().broken_escrow_pays_twice)
        SIM_CHECK(ledger::send(ctx, escrow, payment.owner, {denom, rest}));

    PaymentRow& row = ctx.state.payments.edit(index);
    row.state = state_after;
    row.withdrawn += gross;
    row.balance -= sim::Dec18::from_int(gross);
    write_payment(ctx, index);
    return sim::ok();
}

sim::Status refund(Context& ctx, std::uint32_t index) {
    const EscrowRow account = ctx.state.escrows[index];
    const std::int64_t balance = account.balance.truncate();
    const std::int64_t funds = account.funds.truncate();
    if (balance < 1 && funds < 1 && !ctx.rules().persist_empty_account_close) return sim::ok();
    const Address escrow = ctx.state.modules.escrow;
    if (balance >= 1) SIM_CHECK(ledger::send(ctx, escrow, account.owner, {account.denom, balance}));
    if (funds >= 1) SIM_CHECK(ledger::send(ctx, escrow, account.depositor, {account.denom, funds}));
    EscrowRow& row = ctx.state.escrows.edit(index);
    row.state = EscrowState::kClosed;
    if (balance >= 1) row.balance -= sim::Dec18::from_int(balance);
    if (funds >= 1) row.funds -= sim::Dec18::from_int(funds);
    write_account(ctx, index);
    return sim::ok();
}

sim::Status account_hook(Context& ctx, std::uint32_t index, EscrowState state) {
    const EscrowRow& account = ctx.state.escrows[index];
    if (account.scope != EscrowScope::kDeployment) return sim::ok();
    return on_account_closed(ctx, account.id.deployment(), state);
}

sim::Status payment_hook(Context& ctx, std::uint32_t index, EscrowState state) {
    const LeaseId id = lease_of(ctx.state, ctx.state.payments[index]);
    return on_payment_closed(ctx, id, state);
}

sim::Status finish_overdrawn(Context& ctx, std::uint32_t index, const PaymentList& open) {
    write_account(ctx, index);
    for (const std::uint32_t payment : open) {
        ctx.state.payments.edit(payment).state = EscrowState::kOverdrawn;
        write_payment(ctx, payment);
        SIM_CHECK(pay_out(ctx, payment, EscrowState::kOverdrawn));
    }
    SIM_CHECK(account_hook(ctx, index, EscrowState::kOverdrawn));
    for (const std::uint32_t payment : open)
        SIM_CHECK(payment_hook(ctx, payment, EscrowState::kOverdrawn));
    return sim::ok();
}

/// Moves what the open payments earned in `blocks` blocks; true when the money ran out.
sim::Result<bool> settle_payments(Context& ctx,
                                  std::uint32_t index,
                                  const PaymentList& open,
                                  std::int64_t blocks) {
    ChainState& state = ctx.state;
    const EscrowRow& before = state.escrows[index];
    Funds funds{before.balance, before.funds, before.transferred};
    boost::container::small_vector<Payment, 4> payments;
    for (const std::uint32_t p : open)
        payments.push_back({state.payments[p].rate, state.payments[p].balance});
    const std::span<Payment> all(payments.data(), payments.size());
    SIM_TRY(rate, total_rate(all));
    SIM_TRY(overdrawn, settle_full_blocks(funds, all, blocks, rate));
    if (overdrawn) SIM_CHECK(distribute_remainder(funds, all, rate, ctx.rules()));

    EscrowRow& account = state.escrows.edit(index);
    account.balance = funds.balance;
    account.funds = funds.funds;
    account.transferred = funds.transferred;
    if (overdrawn) account.state = EscrowState::kOverdrawn;
    for (std::size_t i = 0; i < open.size(); ++i)
        state.payments.edit(open[i]).balance = payments[i].balance;
    return overdrawn;
}

/// AccountSettle (reference section 6, steps 1 to 9).
sim::Result<Settled> settle(Context& ctx, std::uint32_t index) {
    get_account(ctx, index);
    if (index == kNoRow) return refusal(errors::kEscrowAccountNotFound);
    const EscrowRow& account = ctx.state.escrows[index];
    if (account.state != EscrowState::kOpen) return refusal(errors::kEscrowAccountClosed);
    Settled settled;
    const sim::BlockCount blocks = ctx.height() - account.settled_at;
    if (blocks.value == 0) {
        if (ctx.rules().close_payments_in_settle_block)
            settled.payments = walk_payments(ctx, index);
        return settled;
    }
    settled.payments = walk_payments(ctx, index);
    ctx.state.escrows.edit(index).settled_at = ctx.height();
    if (settled.payments.empty()) {
        write_account(ctx, index);
        return settled;
    }
    SIM_TRY(overdrawn, settle_payments(ctx, index, settled.payments, blocks.value));
    settled.overdrawn = overdrawn;
    if (overdrawn) {
        SIM_CHECK(finish_overdrawn(ctx, index, settled.payments));
        return settled;
    }
    write_account(ctx, index);
    for (const std::uint32_t payment : settled.payments)
        write_payment(ctx, payment);
    return settled;
}

/// GET payment with its refusals; the row when it is open.
sim::Result<std::uint32_t> open_payment(Context& ctx, std::uint32_t account, const LeaseId& id) {
    const std::uint32_t index = account == kNoRow ? kNoRow : find_payment(ctx.state, account, id);
    if (index == kNoRow) {
        ctx.gas.has();
        return refusal(errors::kEscrowPaymentNotFound);
    }
    const PaymentRow& payment = ctx.state.payments[index];
    const Lengths l = lengths(ctx.state, payment);
    ctx.gas.get(l.key, l.value);
    if (payment.state != EscrowState::kOpen) return refusal(errors::kEscrowPaymentClosed);
    return index;
}

void get_payment_again(Context& ctx, std::uint32_t index) {
    const Lengths l = lengths(ctx.state, ctx.state.payments[index]);
    ctx.gas.get(l.key, l.value);
}

}  // namespace

std::uint32_t find_account(const ChainState& state, const DeploymentId& id) {
    const auto it = state.escrow_slots.find({id.owner.index, id.dseq});
    return it == state.escrow_slots.end() ? kNoRow : it->second;
}

std::uint32_t find_payment(const ChainState& state, std::uint32_t account, const LeaseId& id) {
    std::uint32_t row = state.escrows[account].first_payment;
    while (row != kNoRow) {
        const PaymentRow& payment = state.payments[row];
        if (payment.gseq == id.gseq && payment.oseq == id.oseq && payment.provider == id.provider)
            return row;
        row = payment.next;
    }
    return kNoRow;
}

sim::Result<std::vector<Coin>> coin_set(const Coin& coin, const Names& names) {
    if (coin.amount == 0) return std::vector<Coin>{};
    const std::string text = "invalid coin set " + ledger::coin_text(coin, names) + ": ";
    if (!names.denoms.valid(coin.denom))
        return panic(text + "invalid denom: " + names.denoms.text(coin.denom));
    if (coin.amount < 0)
        return panic(text + "coin " + ledger::coin_text(coin, names) + " amount is not positive");
    return std::vector<Coin>{coin};
}

sim::Result<std::uint32_t> create_account(Context& ctx, const NewAccount& account) {
    EscrowRow row;
    row.id = account.id;
    row.scope = account.scope;
    row.state = EscrowState::kOpen;
    row.denom = account.deposit.denom;
    row.owner = account.owner;
    row.depositor = account.depositor;
    row.settled_at = ctx.height();
    row.xid_length = static_cast<std::uint32_t>(xid_length(ctx.names(), account.scope, account.id));
    ctx.gas.has();
    SIM_TRY(coins, coin_set(account.deposit, ctx.names()));
    SIM_CHECK(ledger::send_to_module(ctx, account.depositor, ctx.state.modules.escrow, coins));
    // What the ledger let through fits an int64.
    const auto amount = sim::Dec18::from_int(static_cast<std::int64_t>(account.deposit.amount));
    (account.owner == account.depositor ? row.balance : row.funds) = amount;
    const std::uint32_t index = ctx.state.escrows.add(row);
    if (account.scope == EscrowScope::kDeployment)
        ctx.state.escrow_slots[{account.id.owner.index, account.id.dseq}] = index;
    write_account(ctx, index);
    return index;
}

sim::Status deposit(Context& ctx, const DeploymentId& id, Address depositor, const Coin& amount) {
    const std::uint32_t index = find_account(ctx.state, id);
    get_account(ctx, index);
    if (index == kNoRow) return refusal(errors::kEscrowAccountNotFound);
    if (ctx.state.escrows[index].state != EscrowState::kOpen)
        return refusal(errors::kEscrowAccountClosed);
    SIM_TRY(coins, coin_set(amount, ctx.names()));
    SIM_CHECK(ledger::send_to_module(ctx, depositor, ctx.state.modules.escrow, coins));
    // Only an amount of zero comes this far with a bad denomination.
    if (!ctx.names().denoms.valid(amount.denom))
        return panic("invalid denom: " + ctx.names().denoms.text(amount.denom));
    EscrowRow& account = ctx.state.escrows.edit(index);
    if (account.denom != amount.denom) {
        return panic("coin denom different: " + ctx.names().denoms.text(account.denom) + " " +
                     ctx.names().denoms.text(amount.denom) + "\n");
    }
    const auto value = sim::Dec18::from_int(static_cast<std::int64_t>(amount.amount));
    (account.owner == depositor ? account.balance : account.funds) += value;
    write_account(ctx, index);
    return sim::ok();
}

sim::Status close_account(Context& ctx, std::uint32_t account) {
    get_account(ctx, account);
    if (account == kNoRow) return refusal(errors::kEscrowAccountNotFound);
    if (ctx.state.escrows[account].state != EscrowState::kOpen)
        return refusal(errors::kEscrowAccountClosed);
    SIM_TRY(settled, settle(ctx, account));
    if (settled.overdrawn) return sim::ok();
    SIM_CHECK(refund(ctx, account));
    for (const std::uint32_t payment : settled.payments)
        SIM_CHECK(pay_out(ctx, payment, EscrowState::kClosed));
    SIM_CHECK(account_hook(ctx, account, EscrowState::kClosed));
    for (const std::uint32_t payment : settled.payments)
        SIM_CHECK(payment_hook(ctx, payment, EscrowState::kClosed));
    return sim::ok();
}

sim::Status create_payment(
    Context& ctx, const LeaseId& id, Address owner, Denom denom, sim::Dec18 rate) {
    const std::uint32_t account = find_account(ctx.state, id.deployment());
    SIM_TRY(settled, settle(ctx, account));
    if (settled.overdrawn) return refusal(errors::kEscrowAccountOverdrawn);
    if (denom != ctx.state.escrows[account].denom)
        return refusal(errors::kEscrowInvalidDenomination);
    if (rate.scaled == 0) return refusal(errors::kEscrowPaymentRateZero);
    ctx.gas.has();
    if (find_payment(ctx.state, account, id) != kNoRow)
        return refusal(errors::kEscrowPaymentExists);
    // From here on nothing can fail.
    PaymentRow row;
    row.account = account;
    row.gseq = id.gseq;
    row.oseq = id.oseq;
    row.provider = id.provider;
    row.owner = owner;
    row.state = EscrowState::kOpen;
    row.rate = rate;
    row.pid_length = static_cast<std::uint32_t>(pid_length(ctx.names(), id));
    const std::uint32_t index = ctx.state.payments.add(row);
    link_payment(ctx.state, account, index);
    write_payment(ctx, index);
    return sim::ok();
}

sim::Status withdraw_payment(Context& ctx, const LeaseId& id) {
    const std::uint32_t account = find_account(ctx.state, id.deployment());
    SIM_TRY(payment, open_payment(ctx, account, id));
    SIM_TRY(settled, settle(ctx, account));
    if (settled.overdrawn) return sim::ok();
    get_payment_again(ctx, payment);
    return pay_out(ctx, payment, EscrowState::kOpen);
}

sim::Status close_payment(Context& ctx, const LeaseId& id) {
    const std::uint32_t account = find_account(ctx.state, id.deployment());
    SIM_TRY(payment, open_payment(ctx, account, id));
    SIM_TRY(settled, settle(ctx, account));
    if (settled.overdrawn) return sim::ok();
    get_payment_again(ctx, payment);
    SIM_CHECK(pay_out(ctx, payment, EscrowState::kClosed));
    return payment_hook(ctx, payment, EscrowState::kClosed);
}

sim::Status ignore_refusal(sim::Status status) {
    if (!status && status.error().kind == sim::ErrorKind::kPanic) return status;
    return sim::ok();
}

}  // namespace nodes::escrow
