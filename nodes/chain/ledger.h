// Accounts and balances: x/auth and x/bank as far as the market uses them, with the gas of every
// step (reference akash-chain 19.2 and 20.4). Money moves nowhere else.
#pragma once

#include "nodes/chain/context.h"

#include <span>

namespace nodes::ledger {

/// An amount as state holds it.
struct Amount {
    Denom denom;
    std::int64_t units = 0;
};

/// Length of an account's encoding.
std::size_t account_size(const ChainState& state, Address account);
/// R(account).
void read_account(Context& ctx, Address account);

/// SEND: from's balances, to's balances, a new account for `to` when it has none; one transfer
/// event. Refused with sdk/5 when too little is there, or when an amount does not fit the ledger at
/// all. `coins` may be empty: then only the account reads are charged and an empty transfer is
/// shown.
sim::Status send(Context& ctx, Address from, Address to, std::span<const Coin> coins);
sim::Status send(Context& ctx, Address from, Address to, Amount amount);

/// Account -> module account: R(module account), then SEND. A module account that does not exist
/// yet is made first (escrow at its first payment).
sim::Status send_to_module(Context& ctx, Address from, Address module, std::span<const Coin> coins);
/// Module -> module: R(account of the receiver), then SEND.
sim::Status send_between_modules(Context& ctx, Address from, Address to, Amount amount);

/// "12uakt,5x" in the order given.
std::string coins_text(std::span<const Coin> coins, const Names& names);
/// "5000000uakt".
std::string coin_text(const Coin& coin, const Names& names);
std::string coin_text(Amount amount, const Names& names);

}  // namespace nodes::ledger
