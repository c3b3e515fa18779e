// The pieces of validate_basic: one check per message type, spread over validate_*.cpp by module.
#pragma once

#include "nodes/protocol/errors.h"
#include "nodes/protocol/messages.h"
#include "sim/result.h"

#include <string_view>
#include <utility>

namespace nodes::checks {

/// A refusal told by whoever asked for the check: "GroupID: Invalid DeploymentID: <text>".
inline sim::Error wrap(std::string_view prefix, sim::Error error) {
    error.text.insert(0, prefix);
    return error;
}

sim::Status id(const DeploymentId& id, const Names& names);
sim::Status id(const GroupId& id, const Names& names);
sim::Status id(const OrderId& id, const Names& names);
sim::Status id(const BidId& id, const Names& names);
sim::Status lease_id(const LeaseId& id, const Names& names);

/// sdk/7 with this detail when the address is none.
inline sim::Status address(Address address, const Names& names, std::string_view detail) {
    if (names.addresses.valid(address)) return sim::ok();
    return refusal(errors::kSdkInvalidAddress, detail);
}

// validate_deployment.cpp
sim::Status message(const MsgCreateDeployment& msg, const Names& names);
sim::Status message(const MsgDepositDeployment& msg, const Names& names);
sim::Status message(const MsgUpdateDeployment& msg, const Names& names);
sim::Status message(const MsgCloseDeployment& msg, const Names& names);
sim::Status message(const MsgCloseGroup& msg, const Names& names);
sim::Status message(const MsgPauseGroup& msg, const Names& names);
sim::Status message(const MsgStartGroup& msg, const Names& names);
// validate_basic.cpp
sim::Status message(const MsgCreateBid& msg, const Names& names);
sim::Status message(const MsgCreateLease& msg, const Names& names);
sim::Status message(const MsgWithdrawLease& msg, const Names& names);
sim::Status message(const MsgCloseLease& msg, const Names& names);
sim::Status message(const MsgCloseBid& msg, const Names& names);
sim::Status message(const MsgSignProviderAttributes& msg, const Names& names);
sim::Status message(const MsgDeleteProviderAttributes& msg, const Names& names);
sim::Status message(const MsgSend& msg, const Names& names);
sim::Status message(const MsgGrant& msg, const Names& names);
sim::Status message(const MsgRevoke& msg, const Names& names);
sim::Status message(const MsgExec& msg, const Names& names);
// validate_provider.cpp
sim::Status message(const MsgCreateProvider& msg, const Names& names);
sim::Status message(const MsgUpdateProvider& msg, const Names& names);
sim::Status message(const MsgDeleteProvider& msg, const Names& names);
// certificate.cpp
sim::Status message(const MsgCreateCertificate& msg, const Names& names);
sim::Status message(const MsgRevokeCertificate& msg, const Names& names);

}  // namespace nodes::checks
