// Lengths of escrow records and of their keys (reference akash-chain 20.2).
#pragma once

#include "nodes/chain/sizes.h"
#include "nodes/chain/state.h"

namespace nodes::escrow {

struct Lengths {
    std::size_t key = 0;
    std::size_t value = 0;
};

Lengths lengths(const ChainState& state, const EscrowRow& account);
Lengths lengths(const ChainState& state, const PaymentRow& payment);

/// Length of owner/dseq, or of owner/dseq/gseq/oseq/provider in the bid scope.
std::size_t xid_length(const Names& names, EscrowScope scope, const BidId& id);
/// Length of gseq/oseq/provider.
std::size_t pid_length(const Names& names, const LeaseId& id);

}  // namespace nodes::escrow
