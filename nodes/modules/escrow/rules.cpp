#include "nodes/modules/escrow/rules.h"

#include "nodes/protocol/errors.h"
#include "sim/assert.h"

#include <algorithm>

namespace nodes::escrow {
namespace {

sim::Error negative_amount(sim::Dec18 amount) {
    return panic("negative decimal coin amount: " + amount.text() + "\n");
}

/// trunc(total / rate), where the quotient is first rounded half to even at its 18th digit: the
/// rounding can lift it to the next whole number, but only when the rest is within 1e-18 of the
/// divisor.
std::int64_t full_blocks(sim::Dec18 total, sim::Dec18 rate) {
    if (total.scaled < 0) return sim::quo_bankers(total, rate).truncate();
    const sim::Int128 whole = total.scaled / rate.scaled;
    const sim::Int128 missing = rate.scaled - total.scaled % rate.scaled;
    if (missing > rate.scaled / sim::kDecOne) {
        return static_cast<std::int64_t>(
            std::min<sim::Int128>(whole, std::numeric_limits<std::int64_t>::max()));
    }
    return sim::quo_bankers(total, rate).truncate();
}

/// (remaining x part) / rate, where the product may outgrow what state holds; the share does not.
sim::Dec18 share_of(sim::Dec18 remaining, sim::Dec18 part, sim::Dec18 rate) {
    const sim::Wide product =
        sim::mul_bankers(sim::to_wide(remaining.scaled), sim::to_wide(part.scaled));
    const auto share = sim::narrow(sim::quo_bankers(product, sim::to_wide(rate.scaled)));
    SIM_ASSERT(share.has_value(), "a share of at most 127 bits of {}", remaining.text());
    return {*share};
}

}  // namespace

sim::Result<sim::Dec18> total_rate(std::span<const Payment> payments) {
    sim::Dec18 sum;
    for (const Payment& payment : payments) {
        const auto next = sim::checked_add(sum, payment.rate);
        if (!next) return panic("Int overflow");
        sum = *next;
    }
    return sum;
}

sim::Result<bool> settle_full_blocks(Funds& account,
                                     std::span<Payment> payments,
                                     std::int64_t blocks,
                                     sim::Dec18 rate) {
    SIM_ASSERT(rate.scaled > 0, "a rate above zero, got {}", rate.text());
    SIM_ASSERT(blocks > 0, "at least one block, got {}", blocks);
    const sim::Dec18 total = account.balance + account.funds;
    const std::int64_t paid = std::min(full_blocks(total, rate), blocks);
    // paid x rate is at most total plus one unit in the last place, so nothing overflows.
    for (Payment& payment : payments) {
        const sim::Dec18 earned{payment.rate.scaled * paid};
        if (earned.scaled < 0) return negative_amount(earned);
        payment.balance += earned;
    }
    const sim::Dec18 transferred{rate.scaled * paid};
    account.transferred += transferred;
    account.funds -= transferred;
    if (account.funds.scaled < 0) {
        account.balance += account.funds;
        account.funds = {};
    }
    if (paid == blocks) return false;
    // What is left to share is held as the owner's, whoever paid it in.
    account.balance += account.funds;
    account.funds = {};
    return true;
}

sim::Status distribute_remainder(Funds& account,
                                 std::span<Payment> payments,
                                 sim::Dec18 rate,
                                 const RuleSet& rules) {
    SIM_ASSERT(account.funds.scaled == 0, "all money in the balance, got {}", account.funds.text());
    const sim::Dec18 remaining = account.balance;
    sim::Dec18 shared;
    for (Payment& payment : payments) {
        sim::Dec18 share = share_of(remaining, payment.rate, rate);
        if (rules.cap_overdraft_shares) share = std::min(share, remaining - shared);
        if (share.scaled < 0) return negative_amount(share);
        payment.balance += share;
        shared += share;
    }
    if (shared > remaining) return panic("negative decimal coin amount");
    account.transferred += shared;
    account.balance -= shared;
    // The real keeper refuses when more than one unit stays. It never does: each share is off by
    // half of 1e-18 for the division and half of 1e-18 / rate for the product, and rate is at least
    // 1e-18 per payment.
    SIM_ASSERT(account.balance <= sim::Dec18::from_int(1),
               "at most one unit left over, got {}",
               account.balance.text());
    return sim::ok();
}

}  // namespace nodes::escrow
