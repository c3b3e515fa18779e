// Client certificates on chain (akash-network/node v0.30.0 x/cert; reference akash-chain section
// 11).
#pragma once

#include "nodes/chain/context.h"

namespace nodes::cert {

sim::Status create(Context& ctx, const MsgCreateCertificate& msg);
sim::Status revoke(Context& ctx, const MsgRevokeCertificate& msg);

}  // namespace nodes::cert
