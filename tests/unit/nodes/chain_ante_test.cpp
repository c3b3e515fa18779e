// What the ante chain says of odd transactions (cosmos-sdk v0.45.16 types/tx/types.go
// ValidateBasic, x/auth/ante/fee.go, basic.go).
#include "tests/support/small_chain.h"

#include <gtest/gtest.h>

namespace {

using test_support::SmallChain;

nodes::Tx plain_tx(const SmallChain& world) {
    nodes::Tx tx;
    tx.signer = world.tenant;
    tx.gas_limit = 1'000'000;
    tx.messages.push_back({nodes::MsgSend{world.tenant, world.providers[0], {{world.uakt, 1}}}});
    return tx;
}

TEST(ChainAnte, AFeeBelowZeroIsRefusedBeforeAnythingIsRead) {
    SmallChain world;
    auto tx = plain_tx(world);
    tx.fee = {{world.uakt, -5}};
    world.chain.deliver(tx, world.last);
    EXPECT_EQ(world.answer(), "sdk/13");
    EXPECT_EQ(world.last.log, "invalid fee provided: -5uakt: insufficient fee");
    EXPECT_EQ(world.last.gas_used, 0U);
}

TEST(ChainAnte, AFeeThatIsNoSetOfCoinsIsRefused) {
    SmallChain world;
    auto tx = plain_tx(world);
    tx.fee = {{world.uakt, 5}, {world.uakt, 5}};
    world.chain.deliver(tx, world.last);
    EXPECT_EQ(world.answer(), "sdk/13");
    EXPECT_EQ(world.last.log, "invalid fee amount: 5uakt,5uakt: insufficient fee");
    tx.fee = {{world.chain.names().denoms.intern("x"), 5}};
    world.chain.deliver(tx, world.last);
    EXPECT_EQ(world.last.log, "invalid fee amount: 5x: insufficient fee");
}

TEST(ChainAnte, AFeeOfZeroIsNotTakenButShown) {
    SmallChain world;
    auto tx = plain_tx(world);
    tx.fee = {{world.uakt, 0}};
    world.chain.deliver(tx, world.last);
    ASSERT_EQ(world.answer(), "ok");
    const auto events = nodes::render_events(world.last, world.chain.state().names);
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events[0].type, "tx");
    EXPECT_EQ(events[0].attributes[0].second, "0uakt");
}

TEST(ChainAnte, GasBeyondAnInt64AndAPassedTimeoutAreRefused) {
    SmallChain world;
    auto tx = plain_tx(world);
    tx.gas_limit = 1ULL << 63U;
    world.chain.deliver(tx, world.last);
    EXPECT_EQ(world.answer(), "sdk/18");
    EXPECT_EQ(world.last.log,
              "invalid gas supplied; 9223372036854775808 > 9223372036854775807: invalid request");
    world.go_to(9);
    tx = plain_tx(world);
    tx.timeout_height = 8;
    world.chain.deliver(tx, world.last);
    EXPECT_EQ(world.answer(), "sdk/30");
    EXPECT_EQ(world.last.log, "block height: 9, timeout height: 8: tx timeout height");
}

TEST(ChainAnte, CoinsOfNobodyAndForModulesGoNowhere) {
    SmallChain world;
    const auto escrow = world.chain.state().modules.escrow;
    world.send(nodes::MsgSend{world.tenant, escrow, {{world.uakt, 1}}});
    EXPECT_EQ(world.answer(), "sdk/4");
    EXPECT_EQ(world.last.log,
              "failed to execute message; message index: 0: "
              "akash14pphss726thpwws3yc458hggufynm9x77l4l2u is not allowed to receive funds: "
              "unauthorized");
    world.send(nodes::MsgSend{world.tenant, world.providers[0], {}});
    EXPECT_EQ(world.answer(), "sdk/10");
    EXPECT_EQ(world.last.log, ": invalid coins");
    const auto nobody = world.chain.names().addresses.intern("nobody");
    world.send(nodes::MsgSend{world.tenant, nobody, {{world.uakt, 1}}});
    EXPECT_EQ(world.last.log,
              "Invalid recipient address (decoding bech32 failed: invalid bech32 string length 6): "
              "invalid address");
}

}  // namespace
