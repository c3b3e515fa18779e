// How an escrow account pays its leases: pure arithmetic, no state. Amounts are 18-digit decimals
// of one denomination. Source: akash-network/node v0.30.0 x/escrow/keeper/keeper.go
// (accountSettleFullblocks, accountSettleDistributeWeighted); reference akash-chain section 6.
#pragma once

#include "nodes/chain/ruleset.h"
#include "sim/dec18.h"
#include "sim/result.h"

#include <cstdint>
#include <span>

namespace nodes::escrow {

/// The money of an account while it is settled.
struct Funds {
    sim::Dec18 balance;      ///< the owner's money
    sim::Dec18 funds;        ///< a third party's money, spent first
    sim::Dec18 transferred;  ///< total ever moved to payments
};

struct Payment {
    sim::Dec18 rate;     ///< per block
    sim::Dec18 balance;  ///< earned, not yet paid out
};

/// Sum of the rates. Panics ("Int overflow") beyond what state can hold.
sim::Result<sim::Dec18> total_rate(std::span<const Payment> payments);

/// Pays n = min(trunc((balance + funds) / rate), blocks) blocks in full. True when that was not all
/// of `blocks`: the account is overdrawn, what is left stands in its balance, and
/// `distribute_remainder` follows. `rate` is total_rate > 0. The division may round up and leave
/// the account a little below zero; panics when an account below zero has a negative block to pay.
sim::Result<bool> settle_full_blocks(Funds& account,
                                     std::span<Payment> payments,
                                     std::int64_t blocks,
                                     sim::Dec18 rate);

/// Shares what is left in proportion to the rates: share = (left x rate_i) / rate, each step half
/// to even. Panics on a share below zero (with its amount) and when the rounded shares exceed what
/// is left (unless the rule set caps them).
sim::Status distribute_remainder(Funds& account,
                                 std::span<Payment> payments,
                                 sim::Dec18 rate,
                                 const RuleSet& rules);

/// The fee on a payout: trunc(gross x percent / 100). Source: x/take/keeper/keeper.go.
constexpr std::int64_t take_fee(std::int64_t gross, std::uint32_t percent) {
    return static_cast<std::int64_t>(static_cast<sim::Int128>(gross) * percent / 100);
}

}  // namespace nodes::escrow
