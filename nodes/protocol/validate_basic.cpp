#include "nodes/protocol/validate_basic.h"

#include "nodes/protocol/validate_checks.h"

#include <string>

namespace nodes {
namespace checks {

// Source of the identifiers: akash-api v0.0.35 deployment/v1beta3 id.go, market/v1beta4 id.go.
sim::Status id(const DeploymentId& id, const Names& names) {
    SIM_CHECK(address(id.owner, names, "DeploymentID: Invalid Owner Address"));
    if (id.dseq == 0) {
        return refusal(errors::kSdkInvalidSequence, "DeploymentID: Invalid Deployment Sequence");
    }
    return sim::ok();
}

sim::Status id(const GroupId& gid, const Names& names) {
    if (auto status = id(gid.deployment(), names); !status) {
        return wrap("GroupID: Invalid DeploymentID: ", std::move(status).error());
    }
    if (gid.gseq == 0) {
        return refusal(errors::kSdkInvalidSequence, "GroupID: Invalid Group Sequence");
    }
    return sim::ok();
}

sim::Status id(const OrderId& oid, const Names& names) {
    if (auto status = id(oid.group(), names); !status) {
        return wrap("OrderID: Invalid GroupID: ", std::move(status).error());
    }
    if (oid.oseq == 0) {
        return refusal(errors::kSdkInvalidSequence, "OrderID: Invalid Order Sequence");
    }
    return sim::ok();
}

sim::Status id(const BidId& bid, const Names& names) {
    if (auto status = id(bid.order(), names); !status) {
        return wrap("BidID: Invalid OrderID: ", std::move(status).error());
    }
    SIM_CHECK(address(bid.provider, names, "BidID: Invalid Provider Address"));
    // The texts are compared, not the accounts: in the other case a bid on one's own order passes.
    if (bid.owner == bid.provider) return refusal(errors::kSdkConflict, "BidID: self-bid");
    return sim::ok();
}

sim::Status lease_id(const LeaseId& lease, const Names& names) {
    if (auto status = id(lease, names); !status) {
        return wrap("LeaseID: Invalid BidID: ", std::move(status).error());
    }
    return sim::ok();
}

// Source of the market: akash-api v0.0.35 market/v1beta4 msgs.go.
sim::Status message(const MsgCreateBid& msg, const Names& names) {
    SIM_CHECK(id(msg.order, names));
    if (!names.addresses.valid(msg.provider)) return refusal(errors::kMarketEmptyProvider);
    if (names.addresses.same_account(msg.provider, msg.order.owner)) {
        return refusal(errors::kMarketSameAccount);
    }
    if (msg.price.scaled == 0) return refusal(errors::kMarketBidZeroPrice);
    return sim::ok();
}

sim::Status message(const MsgCreateLease& msg, const Names& names) {
    return id(msg.bid_id, names);
}

sim::Status message(const MsgWithdrawLease& msg, const Names& names) {
    return lease_id(msg.bid_id, names);
}

sim::Status message(const MsgCloseLease& msg, const Names& names) {
    return lease_id(msg.lease_id, names);
}

sim::Status message(const MsgCloseBid& msg, const Names& names) {
    return id(msg.bid_id, names);
}

// Source of audit: akash-api v0.0.35 audit/v1beta3 msgs.go; both messages say MsgCreate.
sim::Status message(const MsgSignProviderAttributes& msg, const Names& names) {
    SIM_CHECK(address(msg.owner, names, "MsgCreate: Invalid Owner Address"));
    return address(msg.auditor, names, "MsgCreate: Invalid Auditor Address");
}

sim::Status message(const MsgDeleteProviderAttributes& msg, const Names& names) {
    SIM_CHECK(address(msg.owner, names, "MsgCreate: Invalid Owner Address"));
    return address(msg.auditor, names, "MsgCreate: Invalid Auditor Address");
}

namespace {

std::string coins_text(const std::vector<Coin>& coins, const Names& names) {
    std::string text;
    for (const auto& coin : coins) {
        if (!text.empty()) text += ',';
        text += sim::to_text(coin.amount);
        text += names.denoms.text(coin.denom);
    }
    return text;
}

sim::Status party(Address party, const Names& names, std::string_view role) {
    if (names.addresses.valid(party)) return sim::ok();
    std::string detail = "Invalid ";
    detail.append(role).append(" address (").append(names.addresses[party].problem).append(")");
    return refusal(errors::kSdkInvalidAddress, detail);
}

}  // namespace

// Source: cosmos-sdk v0.45.16 x/bank/types/msgs.go.
sim::Status message(const MsgSend& msg, const Names& names) {
    SIM_CHECK(party(msg.from, names, "sender"));
    SIM_CHECK(party(msg.to, names, "recipient"));
    if (msg.amount.empty() || !valid_coins(msg.amount, names)) {
        return refusal(errors::kSdkInvalidCoins, coins_text(msg.amount, names));
    }
    return sim::ok();
}

// Source of the grants: cosmos-sdk v0.45.16 x/authz/msgs.go, authorization_grant.go; akash-api
// v0.0.35 deployment/v1beta3 deposit_deployment_authorization.go. MsgGrant calls both parties the
// granter.
sim::Status message(const MsgGrant& msg, const Names& names) {
    SIM_CHECK(address(msg.granter, names, "invalid granter address"));
    SIM_CHECK(address(msg.grantee, names, "invalid granter address"));
    if (names.addresses.same_account(msg.granter, msg.grantee)) {
        return refusal(errors::kSdkInvalidRequest, "granter and grantee cannot be same");
    }
    if (!msg.authorization) {
        return panic("runtime error: invalid memory address or nil pointer dereference");
    }
    const auto* deposit = std::get_if<DepositAuthorization>(&*msg.authorization);
    if (deposit != nullptr && deposit->spend_limit.amount <= 0) {
        return refusal(errors::kSdkInvalidCoins, "spend limit cannot be negative");
    }
    return sim::ok();
}

sim::Status message(const MsgRevoke& msg, const Names& names) {
    SIM_CHECK(address(msg.granter, names, "invalid granter address"));
    SIM_CHECK(address(msg.grantee, names, "invalid grantee address"));
    if (names.addresses.same_account(msg.granter, msg.grantee)) {
        return refusal(errors::kSdkInvalidRequest, "granter and grantee cannot be same");
    }
    if (msg.msg_type_url.empty()) {
        return refusal(errors::kSdkInvalidRequest, "missing method name");
    }
    return sim::ok();
}

/// The messages inside are checked when they run.
sim::Status message(const MsgExec& msg, const Names& names) {
    SIM_CHECK(address(msg.grantee, names, "invalid grantee address"));
    if (msg.msgs.empty()) {
        return refusal(errors::kSdkInvalidRequest, "messages cannot be empty");
    }
    return sim::ok();
}

}  // namespace checks

bool valid_coins(const std::vector<Coin>& coins, const Names& names) {
    for (std::size_t i = 0; i < coins.size(); ++i) {
        if (!names.denoms.valid(coins[i].denom) || coins[i].amount <= 0) return false;
        if (i > 0 && !names.denoms.less(coins[i - 1].denom, coins[i].denom)) return false;
    }
    return true;
}

sim::Status validate_basic(const Msg& msg, const Names& names) {
    return std::visit([&names](const auto& body) { return checks::message(body, names); },
                      msg.body);
}

}  // namespace nodes
