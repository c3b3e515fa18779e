#include "nodes/protocol/messages.h"

#include <type_traits>

namespace nodes {
namespace {

// Who must sign, type by type (GetSigners of each message).
Address signer(const MsgCreateDeployment& msg) {
    return msg.id.owner;
}

Address signer(const MsgDepositDeployment& msg) {
    return msg.id.owner;
}

Address signer(const MsgUpdateDeployment& msg) {
    return msg.id.owner;
}

Address signer(const MsgCloseDeployment& msg) {
    return msg.id.owner;
}

Address signer(const MsgCloseGroup& msg) {
    return msg.id.owner;
}

Address signer(const MsgPauseGroup& msg) {
    return msg.id.owner;
}

Address signer(const MsgStartGroup& msg) {
    return msg.id.owner;
}

Address signer(const MsgCreateBid& msg) {
    return msg.provider;
}

Address signer(const MsgCreateLease& msg) {
    return msg.bid_id.owner;
}

Address signer(const MsgWithdrawLease& msg) {
    return msg.bid_id.provider;
}

Address signer(const MsgCloseLease& msg) {
    return msg.lease_id.owner;
}

Address signer(const MsgCloseBid& msg) {
    return msg.bid_id.provider;
}

Address signer(const MsgCreateProvider& msg) {
    return msg.owner;
}

Address signer(const MsgUpdateProvider& msg) {
    return msg.owner;
}

Address signer(const MsgDeleteProvider& msg) {
    return msg.owner;
}

Address signer(const MsgSignProviderAttributes& msg) {
    return msg.auditor;
}

Address signer(const MsgDeleteProviderAttributes& msg) {
    return msg.auditor;
}

Address signer(const MsgCreateCertificate& msg) {
    return msg.owner;
}

Address signer(const MsgRevokeCertificate& msg) {
    return msg.owner;
}

Address signer(const MsgSend& msg) {
    return msg.from;
}

Address signer(const MsgGrant& msg) {
    return msg.granter;
}

Address signer(const MsgRevoke& msg) {
    return msg.granter;
}

Address signer(const MsgExec& msg) {
    return msg.grantee;
}

}  // namespace

std::string_view type_url(const Msg& msg) {
    return std::visit(
        [](const auto& body) { return std::remove_cvref_t<decltype(body)>::kTypeUrl; }, msg.body);
}

Address required_signer(const Msg& msg) {
    return std::visit([](const auto& body) { return signer(body); }, msg.body);
}

}  // namespace nodes
