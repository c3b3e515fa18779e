// What clients declare as gas limit and pay as fee. Real clients simulate a transaction and declare
// half as much again; agents here declare a fixed limit by kind of message, which their
// transactions fit in.
#pragma once

#include "nodes/protocol/messages.h"
#include "sim/units.h"
#include "sim/wide.h"

#include <cstdint>

namespace scenarios {

/// Above what the message uses with the sizes that agents produce.
inline std::uint64_t usual_gas_limit(const nodes::Msg& msg) {
    constexpr std::uint64_t kSmall = 500'000;
    constexpr std::uint64_t kLarge = 5'000'000;
    // Closing and updating touch every group, bid or lease there is.
    const bool large = std::holds_alternative<nodes::MsgCreateDeployment>(msg.body) ||
                       std::holds_alternative<nodes::MsgCloseDeployment>(msg.body) ||
                       std::holds_alternative<nodes::MsgCreateLease>(msg.body) ||
                       std::holds_alternative<nodes::MsgUpdateProvider>(msg.body) ||
                       std::holds_alternative<nodes::MsgCreateProvider>(msg.body) ||
                       std::holds_alternative<nodes::MsgSignProviderAttributes>(msg.body);
    return large ? kLarge : kSmall;
}

/// Gas that a fee is paid for: the usual use of a message with half as much again (provider and
/// Console use an adjustment of 1.5; a bid costs about 0.004 AKT at 0.025uakt, reference
/// akash-chain 3).
inline constexpr std::uint64_t kGasPaidFor = 160'000;

/// Sets the fee at this gas price (uakt per gas times 10^18), rounded up as clients do.
inline void set_fee(nodes::Tx& tx, std::int64_t gas_price_scaled, nodes::Denom uakt) {
    tx.fee.clear();
    if (gas_price_scaled <= 0) return;
    const sim::Int128 scaled = sim::Int128{gas_price_scaled} * kGasPaidFor;
    const auto units = static_cast<std::int64_t>((scaled + sim::kDecOne - 1) / sim::kDecOne);
    tx.fee.push_back({.denom = uakt, .amount = units});
}

}  // namespace scenarios
