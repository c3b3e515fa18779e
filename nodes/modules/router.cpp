// The one place that knows which module handles which message.
#include "nodes/chain/context.h"
#include "nodes/modules/authz.h"
#include "nodes/modules/bank.h"
#include "nodes/modules/cert.h"
#include "nodes/modules/deployment/keeper.h"
#include "nodes/modules/market/keeper.h"
#include "nodes/modules/provider.h"

#include <variant>

namespace nodes {
namespace {

struct Handler {
    Context& ctx;

    sim::Status operator()(const MsgCreateDeployment& m) { return deployment::create(ctx, m); }

    sim::Status operator()(const MsgDepositDeployment& m) { return deployment::deposit(ctx, m); }

    sim::Status operator()(const MsgUpdateDeployment& m) { return deployment::update(ctx, m); }

    sim::Status operator()(const MsgCloseDeployment& m) { return deployment::close(ctx, m); }

    sim::Status operator()(const MsgCloseGroup& m) { return deployment::close_group(ctx, m); }

    sim::Status operator()(const MsgPauseGroup& m) { return deployment::pause_group(ctx, m); }

    sim::Status operator()(const MsgStartGroup& m) { return deployment::start_group(ctx, m); }

    sim::Status operator()(const MsgCreateBid& m) { return market::create_bid(ctx, m); }

    sim::Status operator()(const MsgCreateLease& m) { return market::create_lease(ctx, m); }

    sim::Status operator()(const MsgWithdrawLease& m) { return market::withdraw_lease(ctx, m); }

    sim::Status operator()(const MsgCloseLease& m) { return market::close_lease(ctx, m); }

    sim::Status operator()(const MsgCloseBid& m) { return market::close_bid(ctx, m); }

    sim::Status operator()(const MsgCreateProvider& m) { return provider::create(ctx, m); }

    sim::Status operator()(const MsgUpdateProvider& m) { return provider::update(ctx, m); }

    sim::Status operator()(const MsgDeleteProvider& m) { return provider::remove(ctx, m); }

    sim::Status operator()(const MsgSignProviderAttributes& m) {
        return provider::sign_attributes(ctx, m);
    }

    sim::Status operator()(const MsgDeleteProviderAttributes& m) {
        return provider::delete_attributes(ctx, m);
    }

    sim::Status operator()(const MsgCreateCertificate& m) { return cert::create(ctx, m); }

    sim::Status operator()(const MsgRevokeCertificate& m) { return cert::revoke(ctx, m); }

    sim::Status operator()(const MsgSend& m) { return bank::send(ctx, m); }

    sim::Status operator()(const MsgGrant& m) { return authz::grant(ctx, m); }

    sim::Status operator()(const MsgRevoke& m) { return authz::revoke(ctx, m); }

    sim::Status operator()(const MsgExec& m) { return authz::exec(ctx, m); }
};

}  // namespace

sim::Status handle_message(Context& ctx, const Msg& msg) {
    return std::visit(Handler{ctx}, msg.body);
}

}  // namespace nodes
