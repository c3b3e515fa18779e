// Addresses in upper case: deployments, orders and bids go by the account's bytes, escrow accounts
// and payments by the text of an id. Which id that is differs from step to step (akash-network/node
// v0.30.0 x/deployment, x/market, x/provider and x/audit).
#include "tests/support/small_chain.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>

namespace {

using test_support::SmallChain;

nodes::Address upper(SmallChain& world, nodes::Address address) {
    std::string text = world.chain.names().addresses.text(address);
    for (char& c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return world.chain.names().addresses.intern(text);
}

std::string events_text(const SmallChain& world) {
    std::string text;
    for (const auto& event : nodes::render_events(world.last, world.chain.state().names)) {
        for (const auto& [key, value] : event.attributes)
            text += key + "=" + value + " ";
    }
    return text;
}

TEST(AddressCase, ClosingADeploymentFindsItsAccountInEitherCase) {
    SmallChain world;
    world.lease(2, 1, 5'000'000, 1000);
    world.go_to(10);
    const nodes::DeploymentId shouted{upper(world, world.tenant), 1};
    world.send(nodes::MsgDepositDeployment{shouted, {world.uakt, 5}, world.tenant});
    EXPECT_EQ(world.answer(), "escrow/3");
    world.send(nodes::MsgCloseDeployment{shouted});
    EXPECT_EQ(world.answer(), "ok");
    EXPECT_EQ(world.chain.view().deployment(world.deployment(1))->state,
              nodes::DeploymentState::kClosed);
    EXPECT_TRUE(world.chain.check_invariants());
}

TEST(AddressCase, AGroupsEndClosesPaymentsUnderTheDeploymentsOwnId) {
    SmallChain world;
    world.go_to(2);
    world.create_deployment(1, 5'000'000);
    nodes::BidId bid = world.bid(1, 0);
    bid.owner = upper(world, world.tenant);
    world.create_bid(bid, 1000);
    ASSERT_EQ(world.answer(), "ok");
    world.send(nodes::MsgCreateLease{world.bid(1, 0)});
    ASSERT_EQ(world.answer(), "ok");
    world.go_to(10);
    const std::int64_t before = world.balance(world.providers[0]);
    world.send(nodes::MsgPauseGroup{{world.tenant, 1, 1}});
    ASSERT_EQ(world.answer(), "ok");
    // Eight blocks at 1000, less 2 %, and the bid's deposit.
    EXPECT_EQ(world.balance(world.providers[0]), before + 7'840 + 500'000);
}

TEST(AddressCase, AProviderIsToldTheTextItSentAndShownInLowerCase) {
    SmallChain world;
    const auto loud = upper(world, world.tenant);
    nodes::MsgCreateProvider create{loud, "https://a.b:8443", {{"region", "us-west"}}, {}};
    world.send(nodes::MsgUpdateProvider{create.owner, create.host_uri, create.attributes, {}});
    EXPECT_EQ(world.last.log,
              "failed to execute message; message index: 0: invalid provider: address not found: "
              "id: " +
                  world.chain.names().addresses.text(loud));
    world.send(create);
    ASSERT_EQ(world.answer(), "ok");
    EXPECT_NE(events_text(world).find("owner=akash1"), std::string::npos);
    world.send(create);
    EXPECT_EQ(
        world.last.log,
        "failed to execute message; message index: 0: invalid provider: already exists: id: " +
            world.chain.names().addresses.text(loud));
}

TEST(AddressCase, AnAuditorIsKeptInLowerCaseWhereTenantsNameIt) {
    SmallChain world;
    const auto auditor = world.providers[1];
    world.send(nodes::MsgSignProviderAttributes{
        upper(world, world.providers[0]), upper(world, auditor), {{"region", "us-west"}}});
    ASSERT_EQ(world.answer(), "ok");
    EXPECT_NE(events_text(world).find("owner=akash1"), std::string::npos);
    EXPECT_NE(events_text(world).find("auditor=akash1"), std::string::npos);
    world.go_to(2);
    nodes::MsgCreateDeployment create;
    create.id = world.deployment(1);
    auto group = std::make_shared<nodes::GroupSpec>(*world.plain_groups(1)[0]);
    group->requirements.all_of = {world.chain.names().addresses.text(auditor)};
    group->requirements.attributes = {{"region", "us-west"}};
    create.groups = {group};
    create.version = std::string(32, 'v');
    create.deposit = {world.uakt, 5'000'000};
    create.depositor = world.tenant;
    world.send(create);
    ASSERT_EQ(world.answer(), "ok");
    world.create_bid(world.bid(1, 0), 10);
    EXPECT_EQ(world.answer(), "ok");
    world.send(
        nodes::MsgDeleteProviderAttributes{world.providers[0], upper(world, auditor), {"nokey"}});
    EXPECT_EQ(
        world.last.log,
        "failed to execute message; message index: 0: trying to delete non-existing attribute "
        "\"nokey\" for auditor/provider \"" +
            world.chain.names().addresses.text(auditor) + "/" +
            world.chain.names().addresses.text(world.providers[0]) + "\": attribute not found");
}

TEST(AddressCase, TheScanOfLeasesComparesTexts) {
    for (const bool loud : {false, true}) {
        SmallChain world;
        world.go_to(2);
        nodes::MsgCreateDeployment create;
        create.id = world.deployment(1);
        auto group = std::make_shared<nodes::GroupSpec>(*world.plain_groups(1)[0]);
        group->requirements.attributes = {{"region", "us-west"}};
        create.groups = {group};
        create.version = std::string(32, 'v');
        create.deposit = {world.uakt, 5'000'000};
        create.depositor = world.tenant;
        world.send(create);
        world.create_bid(world.bid(1, 0), 10);
        world.send(nodes::MsgCreateLease{world.bid(1, 0)});
        ASSERT_EQ(world.answer(), "ok");
        const auto written = loud ? upper(world, world.providers[0]) : world.providers[0];
        world.send(
            nodes::MsgUpdateProvider{written, "https://a.b:8443", {{"region", "us-west"}}, {}});
        ASSERT_EQ(world.answer(), "ok");
        world.send(nodes::MsgUpdateProvider{world.providers[0], "https://a.b:8443", {}, {}});
        EXPECT_EQ(world.answer(), loud ? "ok" : "provider/7");
    }
}

}  // namespace
