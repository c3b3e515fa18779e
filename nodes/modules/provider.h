// Provider registrations and the attributes auditors sign for them (akash-network/node v0.30.0
// x/provider and x/audit; reference akash-chain section 11).
#pragma once

#include "nodes/chain/context.h"
#include "nodes/protocol/attributes.h"

#include <vector>

namespace nodes::provider {

/// GET provider by canonical address; null when not registered. The record lives until the next
/// change.
const ProviderRecord* get(Context& ctx, Address owner);
/// Walk over a provider's audit records in auditor byte order.
std::vector<AuditedAttributes> walk_audits(Context& ctx, Address owner);

sim::Status create(Context& ctx, const MsgCreateProvider& msg);
sim::Status update(Context& ctx, const MsgUpdateProvider& msg);
sim::Status remove(Context& ctx, const MsgDeleteProvider& msg);
sim::Status sign_attributes(Context& ctx, const MsgSignProviderAttributes& msg);
sim::Status delete_attributes(Context& ctx, const MsgDeleteProviderAttributes& msg);

}  // namespace nodes::provider
