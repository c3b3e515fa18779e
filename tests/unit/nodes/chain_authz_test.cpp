// Grants and MsgExec where the recorded sequences are thin. Gas: reference akash-chain 20.7; texts:
// gogo/protobuf v1.3.3 proto/text.go, cosmos-sdk v0.45.16 x/authz/keeper/keeper.go.
#include "nodes/modules/message_text.h"
#include "tests/support/small_chain.h"

#include <gtest/gtest.h>

#include <utility>

namespace {

using test_support::SmallChain;

/// A chain where provider 0 has granted deposits of up to 1000 uakt to the tenant.
struct GrantChain : SmallChain {
    GrantChain() {
        go_to(2);
        create_deployment(7, 5'000'000);
        granter = providers[0];
        nodes::MsgCreateDeployment own;
        own.id = {granter, 1};
        own.groups = plain_groups(1);
        own.version = std::string(32, 'v');
        own.deposit = {uakt, 5'000'000};
        own.depositor = granter;
        send(own);
        grant(1000);
    }

    void grant(std::int64_t limit) {
        send(nodes::MsgGrant{
            granter, tenant, nodes::DepositAuthorization{{uakt, limit}}, {2'000'000'000, 0}});
        ASSERT_EQ(answer(), "ok");
    }

    /// The tenant tops up the granter's own deployment out of the grant.
    const nodes::TxResult& exec_deposit(std::int64_t amount) {
        return exec(nodes::MsgDepositDeployment{{granter, 1}, {uakt, amount}, granter});
    }

    const nodes::TxResult& exec(nodes::Msg::Body body) {
        nodes::MsgExec exec;
        exec.grantee = tenant;
        exec.msgs.push_back({std::move(body)});
        return send(std::move(exec));
    }

    std::size_t count(nodes::EventKind kind) const {
        std::size_t found = 0;
        for (const auto& event : last.events)
            found += event.kind == kind ? 1 : 0;
        return found;
    }

    nodes::Address granter;
};

TEST(ChainAuthz, AGrantSpentThroughExecIsReadAgainBeforeItIsReduced) {
    GrantChain world;
    const auto* before = world.chain.state().grants.find(
        {world.granter, world.tenant, std::string(nodes::MsgDepositDeployment::kTypeUrl)});
    ASSERT_NE(before, nullptr);
    nodes::Chain own = world.chain;
    world.exec_deposit(10);
    ASSERT_EQ(world.answer(), "ok") << world.last.log;
    const std::uint64_t spent = world.last.gas_used;
    EXPECT_EQ(world.count(nodes::EventKind::kGrant), 0U);
    // The same with a generic grant: one read of a grant, nothing else. Grant key: 43 + 46 bytes
    // of type URL; the values' lengths follow from reference 20.2.
    nodes::Tx tx;
    tx.signer = world.granter;
    tx.gas_limit = 100'000'000;
    tx.messages.push_back({nodes::MsgGrant{
        world.granter,
        world.tenant,
        nodes::GenericAuthorization{std::string(nodes::MsgDepositDeployment::kTypeUrl)},
        {2'000'000'000, 0}}});
    own.deliver(tx, world.last);
    std::swap(own, world.chain);
    world.exec_deposit(10);
    ASSERT_EQ(world.answer(), "ok") << world.last.log;
    const std::uint64_t plain = world.last.gas_used;
    const std::uint64_t key = 43 + nodes::MsgDepositDeployment::kTypeUrl.size();
    const std::uint64_t time = 2 + 6;
    const auto any = [](std::uint64_t url, std::uint64_t value) {
        return 2 + (2 + url) + (2 + value);
    };
    const std::uint64_t generic = any(nodes::GenericAuthorization::kTypeUrl.size(),
                                      2 + nodes::MsgDepositDeployment::kTypeUrl.size()) +
                                  time;
    const auto deposit = [&](std::uint64_t digits) {
        return any(nodes::DepositAuthorization::kTypeUrl.size(), 2 + 6 + 2 + digits) + time;
    };
    const auto read = [&](std::uint64_t value) { return 1000 + 3 * (key + value); };
    const auto write = [&](std::uint64_t value) { return 2000 + 30 * (key + value); };
    EXPECT_EQ(spent - plain, read(deposit(4)) * 2 + write(deposit(3)) - read(generic));
}

TEST(ChainAuthz, AGrantUsedUpThroughExecShowsItsRevocationOnly) {
    GrantChain world;
    world.exec_deposit(1000);
    ASSERT_EQ(world.answer(), "ok") << world.last.log;
    EXPECT_EQ(world.count(nodes::EventKind::kRevoke), 1U);
    EXPECT_EQ(world.chain.state().grants.map().size(), 0U);
    world.exec_deposit(1);
    EXPECT_EQ(world.answer(), "sdk/4");
}

TEST(ChainAuthz, ADepositOfNothingPassesInsideExecAlone) {
    GrantChain world;
    world.exec_deposit(0);
    EXPECT_EQ(world.answer(), "ok") << world.last.log;
    world.send(nodes::MsgDepositDeployment{{world.tenant, 7}, {world.uakt, 0}, world.tenant});
    EXPECT_EQ(world.answer(), "deployment/20");
    // Its other faults are dropped with the error, so that the handler meets them.
    const auto nobody = world.chain.names().addresses.intern("nobody");
    world.exec(nodes::MsgDepositDeployment{{world.tenant, 7}, {world.uakt, 0}, nobody});
    EXPECT_EQ(world.answer(), "undefined/1");
    EXPECT_NE(world.last.log.find("decoding bech32 failed: invalid bech32 string length 6"),
              std::string::npos)
        << world.last.log;
    const auto bad = world.chain.names().denoms.intern("x");
    world.exec(nodes::MsgDepositDeployment{{world.tenant, 7}, {bad, 0}, world.tenant});
    EXPECT_EQ(world.answer(), "undefined/111222");
    EXPECT_EQ(world.last.log, "recovered: invalid denom: x");
}

TEST(ChainAuthz, AFailureInsideExecNamesEveryFieldOfTheMessage) {
    GrantChain world;
    nodes::MsgCreateDeployment again;
    again.id = world.deployment(7);
    again.groups = world.plain_groups(1);
    again.version = std::string(31, 'v') + '\n';
    again.deposit = {world.uakt, 5'000'000};
    again.depositor = world.tenant;
    world.exec(again);
    EXPECT_EQ(world.answer(), "deployment/3");
    const std::string tenant = world.chain.names().addresses.text(world.tenant);
    EXPECT_EQ(world.last.log,
              "failed to execute message; message index: 0: failed to execute message; message "
              "id:<owner:\"" +
                  tenant +
                  "\" dseq:7 > groups:<name:\"group-0\" requirements:<signed_by:<> > "
                  "resources:<resource:<id:1 cpu:<units:<val:\"1000\" > > "
                  "memory:<quantity:<val:\"1073741824\" > > storage:<name:\"default\" "
                  "quantity:<val:\"1073741824\" > > gpu:<units:<val:\"0\" > > > count:1 "
                  "price:<denom:\"uakt\" amount:\"10000000000000000000000000\" > > > version:\"" +
                  std::string(31, 'v') +
                  "\\n\" deposit:<denom:\"uakt\" amount:\"5000000\" > depositor:\"" + tenant +
                  "\" : Deployment exists");
}

TEST(MessageText, EscapesAsTheRealPrinterDoes) {
    nodes::Names names;
    nodes::MsgCreateProvider msg;
    msg.owner = names.addresses.intern("o");
    msg.host_uri = "a\tb\r\"\\\x01\xc3\xa9";
    EXPECT_EQ(nodes::message_text({msg}, names),
              "owner:\"o\" host_uri:\"a\\tb\\r\\\"\\\\\\001\\303\\251\" info:<> ");
}

TEST(MessageText, ABidShowsItsOffer) {
    nodes::Names names;
    nodes::MsgCreateBid msg;
    msg.price = {names.denoms.intern("uakt"), 5};
    nodes::ResourceOffer offer;
    offer.resources.id = 3;
    offer.resources.endpoints = {{nodes::EndpointKind::kRandomPort, 2},
                                 {nodes::EndpointKind::kSharedHttp, 0},
                                 {static_cast<nodes::EndpointKind>(9), 0}};
    offer.count = 2;
    msg.resources_offer =
        std::make_shared<const nodes::ResourcesOffer>(nodes::ResourcesOffer{offer});
    EXPECT_EQ(nodes::message_text({msg}, names),
              "order:<> price:<denom:\"uakt\" amount:\"5\" > deposit:<amount:\"0\" > "
              "resources_offer:<resources:<id:3 endpoints:<kind:RANDOM_PORT sequence_number:2 > "
              "endpoints:<> endpoints:<kind:9 > > count:2 > ");
}

TEST(MessageText, WhatHoldsAnotherMessageMakesThePrinterStumble) {
    nodes::Names names;
    nodes::MsgGrant grant;
    grant.authorization = nodes::GenericAuthorization{"/x"};
    EXPECT_TRUE(nodes::message_text({grant}, names).starts_with("%!v(PANIC=String method: "));
    nodes::MsgRevoke revoke;
    revoke.msg_type_url = "/x";
    EXPECT_EQ(nodes::message_text({revoke}, names), "msg_type_url:\"/x\" ");
}

}  // namespace
