// The chain's cases that tell a story step by step: escrow accounts and payments over heights,
// deposits of several people, grants. The verbs are those of the real keepers and messages
// (AccountCreate, PaymentWithdraw, MsgDepositDeployment, ...); what follows them gives amounts and
// people.
#pragma once

#include "tests/vectors/form.h"

namespace vectors {

/// Steps over one escrow account and one payment.
Outcome run_escrow_steps(const nlohmann::json& test);
/// Steps that use up a deposit grant.
Outcome run_grant_steps(const nlohmann::json& test);

}  // namespace vectors
