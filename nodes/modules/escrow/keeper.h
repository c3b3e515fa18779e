// Escrow accounts and payments: deposits, lazy settlement, payouts, refunds, closing (reference
// akash-chain section 6; gas 20.6). Nothing here runs per block.
#pragma once

#include "nodes/chain/context.h"

#include <cstdint>
#include <optional>

namespace nodes::escrow {

/// Rows by text id; kNoRow when there is none. The deployment scope is searched by owner text.
std::uint32_t find_account(const ChainState& state, const DeploymentId& id);
std::uint32_t find_payment(const ChainState& state, std::uint32_t account, const LeaseId& id);

/// sdk.NewCoins(coin): nothing for zero; panics on a bad denomination or a negative amount.
sim::Result<std::vector<Coin>> coin_set(const Coin& coin, const Names& names);

struct NewAccount {
    EscrowScope scope = EscrowScope::kDeployment;
    BidId id;           ///< gseq, oseq, provider only in the bid scope
    Address owner;      ///< canonical
    Address depositor;  ///< canonical
    Coin deposit;
};

/// AccountCreate. The id must be new (a deployment or bid of that id was just made).
sim::Result<std::uint32_t> create_account(Context& ctx, const NewAccount& account);
/// AccountDeposit into a deployment's account; it does not settle.
sim::Status deposit(Context& ctx, const DeploymentId& id, Address depositor, const Coin& amount);
/// AccountClose of a row; kNoRow is refused with escrow/3.
sim::Status close_account(Context& ctx, std::uint32_t account);

/// PaymentCreate: `id` gives both the account's and the payment's text.
sim::Status create_payment(
    Context& ctx, const LeaseId& id, Address owner, Denom denom, sim::Dec18 rate);
sim::Status withdraw_payment(Context& ctx, const LeaseId& id);
sim::Status close_payment(Context& ctx, const LeaseId& id);

/// Drops an ordinary refusal, as the real code does where it only logs; a panic passes through.
sim::Status ignore_refusal(sim::Status status);

// What happens when an account or payment of a deployment ends; the market provides it
// (nodes/modules/market/hooks.cpp). `state` is what the caller had in hand, which may never be
// stored.
sim::Status on_account_closed(Context& ctx, const DeploymentId& id, EscrowState state);
sim::Status on_payment_closed(Context& ctx, const LeaseId& id, EscrowState state);

}  // namespace nodes::escrow
