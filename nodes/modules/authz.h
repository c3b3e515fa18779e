// Grants as far as the market uses them: deposit grants as Console uses them, generic grants,
// MsgExec (cosmos-sdk v0.45.16 x/authz; reference akash-chain 19.5).
#pragma once

#include "nodes/chain/context.h"

namespace nodes::authz {

/// A grant used by a deposit shows both its events; used through MsgExec it shows only its removal.
enum class Events : std::uint8_t { kAll, kRevokeOnly };

/// Takes a deposit out of the grant for MsgDepositDeployment. A generic grant lets any amount
/// through. Addresses are canonical.
sim::Status use_deposit_grant(
    Context& ctx, Address granter, Address grantee, const Coin& deposit, Events events);

sim::Status grant(Context& ctx, const MsgGrant& msg);
sim::Status revoke(Context& ctx, const MsgRevoke& msg);
sim::Status exec(Context& ctx, const MsgExec& msg);

}  // namespace nodes::authz
