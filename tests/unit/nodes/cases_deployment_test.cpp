// Cases of the real deployment and provider modules that their tests and sources tell in words
// (vectors akash_chain_cases.yaml); run_vectors names these tests by the cases' ids.
#include "nodes/modules/inflation.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/message_json.h"
#include "nodes/protocol/validate_basic.h"
#include "tests/support/market_bench.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

namespace {

using nodes::DeploymentState;
using nodes::GroupState;
using test_support::bench_params;
using test_support::code_of;
using test_support::MarketBench;
using testing::HasSubstr;

constexpr std::int64_t kTebibyte = 1'099'511'627'776;

/// The group of the bench with one thing changed.
template <class Change>
nodes::GroupSpecRef changed_group(MarketBench& bench, Change&& change) {
    auto spec = std::make_shared<nodes::GroupSpec>(*bench.group());
    change(spec->resources[0].resources);
    return spec;
}

template <class Change>
bool group_is_valid(Change&& change) {
    MarketBench bench;
    return bench.send({bench.create_deployment(1, {changed_group(bench, change)})}).has_value();
}

TEST(Cases, DeploymentHandler01_AnUnknownMessageTypeIsRefused) {
    nodes::Names names;
    const nlohmann::json unknown{{"@type", "/akash.deployment.v1beta3.MsgUnknown"}};
    EXPECT_FALSE(nodes::message_from_json(unknown, names));
}

TEST(Cases, DeploymentHandler02_ADeploymentIsStoredOnce) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    EXPECT_EQ(bench.view().deployment(bench.deployment_id())->state, DeploymentState::kActive);
    EXPECT_EQ(bench.view().group({bench.account("owner"), 1, 1})->state, GroupState::kOpen);
    EXPECT_EQ(code_of(bench.send({bench.create_deployment()})), "deployment/3");
}

TEST(Cases, DeploymentHandler03_ADeploymentWithoutGroupsIsRefused) {
    MarketBench bench;
    auto message = bench.create_deployment();
    message.groups.clear();
    EXPECT_EQ(code_of(bench.send({message})), "deployment/7");
}

TEST(Cases, DeploymentHandler04_AnUnknownDeploymentCannotBeUpdated) {
    MarketBench bench;
    const nodes::MsgUpdateDeployment update{bench.deployment_id(), std::string(32, 'w')};
    EXPECT_EQ(code_of(bench.send({update})), "deployment/4");
}

TEST(Cases, DeploymentHandler05_AnUpdateMustChangeTheVersion) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    const nodes::MsgUpdateDeployment update{bench.deployment_id(), std::string(32, 'w')};
    ASSERT_EQ(code_of(bench.send({update})), "ok");
    EXPECT_EQ(bench.view().deployment(bench.deployment_id())->version, std::string(32, 'w'));
    EXPECT_EQ(code_of(bench.send({update})), "deployment/10");
}

TEST(Cases, DeploymentHandler06_AnUnknownDeploymentCannotBeClosed) {
    MarketBench bench;
    EXPECT_EQ(code_of(bench.send({nodes::MsgCloseDeployment{bench.deployment_id()}})),
              "deployment/4");
}

TEST(Cases, DeploymentHandler07_ADeploymentIsClosedOnce) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    const nodes::MsgCloseDeployment close{bench.deployment_id()};
    ASSERT_EQ(code_of(bench.send({close})), "ok");
    EXPECT_EQ(code_of(bench.send({close})), "deployment/5");
}

TEST(Cases, DeploymentKeeper01_ADeploymentKeepsItsGroups) {
    MarketBench bench;
    const auto two = bench.create_deployment(1, {bench.group(), bench.group({.name = "east"})});
    ASSERT_EQ(code_of(bench.send({two})), "ok");
    EXPECT_EQ(bench.view().deployment(bench.deployment_id())->groups, 2U);
    EXPECT_EQ(bench.view().group({bench.account("owner"), 1, 2})->spec->name, "east");
}

TEST(Cases, DeploymentKeeper02_ASecondCreateIsRefused) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    EXPECT_FALSE(bench.send({bench.create_deployment()}));
}

/// The real keeper is handed groups with ids and may be handed wrong ones; here a group's id is
/// made from its deployment and place, so deployment/13 has nothing to refuse.
TEST(Cases, DeploymentKeeper03_GroupsBelongToTheirDeployment) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment(1)})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_deployment(2)})), "ok");
    for (const auto& group : bench.state().groups.rows()) {
        const auto* deployment = bench.state().find_deployment(group.id.deployment());
        ASSERT_NE(deployment, nullptr);
        EXPECT_EQ(bench.state().groups[deployment->first_group].id, group.id);
    }
}

TEST(Cases, DeploymentKeeper04_OnlyAStoredDeploymentIsUpdated) {
    MarketBench bench;
    std::string version(32, '\0');
    version.replace(0, 4, "\x05\x06\x07\x08");
    const nodes::MsgUpdateDeployment update{bench.deployment_id(), version};
    EXPECT_FALSE(bench.send({update}));
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    ASSERT_EQ(code_of(bench.send({update})), "ok");
    EXPECT_EQ(bench.view().deployment(bench.deployment_id())->version, version);
}

TEST(Cases, DeploymentKeeper05_ClosingABidPausesItsGroupOnly) {
    MarketBench bench;
    const auto two = bench.create_deployment(1, {bench.group(), bench.group({.name = "east"})});
    ASSERT_EQ(code_of(bench.send({two})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_bid()})), "ok");
    ASSERT_EQ(code_of(bench.send({nodes::MsgCreateLease{bench.bid_id()}})), "ok");
    ASSERT_EQ(code_of(bench.send({nodes::MsgCloseBid{bench.bid_id()}})), "ok");
    EXPECT_EQ(bench.view().group({bench.account("owner"), 1, 1})->state, GroupState::kPaused);
    EXPECT_EQ(bench.view().group({bench.account("owner"), 1, 2})->state, GroupState::kOpen);
}

TEST(Cases, DeploymentKeeper06_ClosingAGroupLeavesTheOther) {
    MarketBench bench;
    const auto two = bench.create_deployment(1, {bench.group(), bench.group({.name = "east"})});
    ASSERT_EQ(code_of(bench.send({two})), "ok");
    ASSERT_EQ(code_of(bench.send({nodes::MsgCloseGroup{{bench.account("owner"), 1, 1}}})), "ok");
    EXPECT_EQ(bench.view().group({bench.account("owner"), 1, 1})->state, GroupState::kClosed);
    EXPECT_EQ(bench.view().group({bench.account("owner"), 1, 2})->state, GroupState::kOpen);
}

TEST(Cases, DeploymentKeeper07_AnUnknownGroupCannotBeClosed) {
    MarketBench bench;
    EXPECT_EQ(code_of(bench.send({nodes::MsgCloseGroup{{bench.account("owner"), 1, 1}}})),
              "deployment/14");
}

TEST(Cases, DeploymentDerived01_ADepositOneShortIsRefused) {
    MarketBench bench;
    auto message = bench.create_deployment();
    message.deposit = bench.coin(4'999'999);
    const auto status = bench.send({message});
    EXPECT_EQ(code_of(status), "deployment/20");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().text, "Deposit too low - 4999999 < 5000000uakt: Deposit invalid");
}

TEST(Cases, DeploymentDerived02_ADepositInACoinNotListedIsRefused) {
    auto params = bench_params();
    params.deployment_min_deposits = {{"uakt", 5'000'000}};
    MarketBench bench(params);
    auto message = bench.create_deployment(1, {bench.group({.denom = "uusdc"})});
    message.deposit = bench.coin(5'000'000, "uusdc");
    const auto status = bench.send({message});
    EXPECT_EQ(code_of(status), "deployment/20");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().text, "Invalid deposit denomination uusdc: Deposit invalid");
}

TEST(Cases, DeploymentDerived03_DepositAndPricesShareOneCoin) {
    MarketBench bench;
    auto message = bench.create_deployment();
    message.deposit = bench.coin(5'000'000, "uusdc");
    EXPECT_EQ(code_of(nodes::validate_basic({message}, bench.names())), "deployment/20");
}

TEST(Cases, DeploymentDerived05_AUnitHasAtMost24Cards) {
    const auto with_cards = [](std::int64_t cards) {
        return group_is_valid([=](nodes::Resources& r) { r.gpu = nodes::Quantity{cards, {}}; });
    };
    EXPECT_TRUE(with_cards(24));
    EXPECT_FALSE(with_cards(25));
}

TEST(Cases, DeploymentDerived06_AUnitHasAtMostTwoTebibytesOfMemory) {
    const auto with_memory = [](std::int64_t bytes) {
        return group_is_valid([=](nodes::Resources& r) { r.memory = nodes::Quantity{bytes, {}}; });
    };
    EXPECT_TRUE(with_memory(2 * kTebibyte));
    EXPECT_FALSE(with_memory(2 * kTebibyte + 1));
}

TEST(Cases, DeploymentDerived07_AVolumeHasAtMost32Tebibytes) {
    const auto with_volume = [](std::int64_t bytes) {
        return group_is_valid([=](nodes::Resources& r) { r.storage[0].bytes = bytes; });
    };
    EXPECT_TRUE(with_volume(32 * kTebibyte));
    EXPECT_FALSE(with_volume(32 * kTebibyte + 1));
}

TEST(Cases, DeploymentDerived11_NoCardsMeansNoCardAttributes) {
    EXPECT_FALSE(group_is_valid([](nodes::Resources& r) {
        r.gpu = nodes::Quantity{0, {{"vendor/nvidia/model/a100", "true"}}};
    }));
}

TEST(Cases, DeploymentDerived12_ClosingTheOnlyGroupKeepsTheDeployment) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_deployment()})), "ok");
    ASSERT_EQ(code_of(bench.send({nodes::MsgCloseGroup{{bench.account("owner"), 1, 1}}})), "ok");
    EXPECT_EQ(bench.view().group({bench.account("owner"), 1, 1})->state, GroupState::kClosed);
    EXPECT_EQ(bench.view().deployment(bench.deployment_id())->state, DeploymentState::kActive);
    EXPECT_EQ(bench.view().escrow(bench.deployment_id())->state, nodes::EscrowState::kOpen);
}

TEST(Cases, DeploymentDerived14_ADepositInAnotherCoinPanics) {
    MarketBench bench;
    auto message = bench.create_deployment(1, {bench.group({.denom = "uusdc"})});
    message.deposit = bench.coin(5'000'000, "uusdc");
    ASSERT_EQ(code_of(bench.send({message})), "ok");
    const auto status = bench.send({nodes::MsgDepositDeployment{
        bench.deployment_id(), bench.coin(1), bench.account("owner")}});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, sim::ErrorKind::kPanic);
    EXPECT_THAT(status.error().text, HasSubstr("coin denom different: uusdc uakt"));
}

bool genesis_with_min_deposits(std::vector<nodes::DenomAmount> deposits) {
    nodes::Genesis genesis;
    genesis.params = bench_params();
    genesis.params.deployment_min_deposits = std::move(deposits);
    return nodes::Chain::create(genesis).has_value();
}

TEST(Cases, DeploymentDerived15_AMinimumDepositIsBelowInt32) {
    EXPECT_FALSE(genesis_with_min_deposits({{"uakt", 2'147'483'647}}));
    EXPECT_TRUE(genesis_with_min_deposits({{"uakt", 2'147'483'646}}));
}

TEST(Cases, DeploymentDerived16_MinimumDepositsListTheChainsOwnCoin) {
    EXPECT_FALSE(genesis_with_min_deposits({{"uusdc", 5'000'000}}));
}

// ---- providers ----

TEST(Cases, Provider01_AProviderIsRegistered) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_provider("provider", {{"region", "us-west"}})})),
              "ok");
    EXPECT_TRUE(bench.view().provider_registered(bench.account("provider")));
}

TEST(Cases, Provider02_AProviderIsRegisteredOnce) {
    MarketBench bench;
    auto message = bench.create_provider();
    message.info = {"ops@provider.example", "https://provider.example"};
    ASSERT_EQ(code_of(bench.send({message})), "ok");
    const auto again = bench.send({message});
    EXPECT_EQ(code_of(again), "undefined/1");
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().text,
                HasSubstr(std::string(nodes::registered_text(nodes::errors::kProviderExists))));
}

TEST(Cases, Provider03_AnAttributeKeyComesOnce) {
    MarketBench bench;
    const nodes::Attributes twice{{"region", "us-west"}, {"region", "us-east"}};
    EXPECT_EQ(code_of(bench.send({bench.create_provider("provider", twice)})), "akash/1");
}

nodes::MsgUpdateProvider update_of(const nodes::MsgCreateProvider& created) {
    return {created.owner, created.host_uri, created.attributes, created.info};
}

TEST(Cases, Provider05_AnUpdateChangesTheHost) {
    MarketBench bench;
    ASSERT_EQ(code_of(bench.send({bench.create_provider()})), "ok");
    auto update = update_of(bench.create_provider());
    update.host_uri = "https://moved.example";
    ASSERT_EQ(code_of(bench.send({update})), "ok");
    const auto& events = bench.result().events;
    EXPECT_TRUE(std::any_of(events.begin(), events.end(), [](const auto& event) {
        return event.kind == nodes::EventKind::kProviderUpdated;
    }));
}

TEST(Cases, Provider06_AnUnknownProviderCannotBeUpdated) {
    MarketBench bench;
    const auto status = bench.send({update_of(bench.create_provider("stranger"))});
    EXPECT_EQ(code_of(status), "undefined/1");
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().text,
                HasSubstr(std::string(nodes::registered_text(nodes::errors::kProviderNotFound))));
}

TEST(Cases, Provider07_AttributesThatALeaseNeedsCannotBeDropped) {
    MarketBench bench;
    const nodes::Attributes wanted{{"region", "us-west"}};
    const auto group = bench.group({.attributes = wanted});
    ASSERT_EQ(code_of(bench.send({bench.create_deployment(1, {group})})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_provider("provider", wanted)})), "ok");
    ASSERT_EQ(code_of(bench.send({bench.create_bid()})), "ok");
    ASSERT_EQ(code_of(bench.send({nodes::MsgCreateLease{bench.bid_id()}})), "ok");
    auto update = update_of(bench.create_provider("provider", wanted));
    EXPECT_EQ(code_of(bench.send({update})), "ok");
    update.attributes.clear();
    const auto dropped = bench.send({update});
    ASSERT_FALSE(dropped);
    EXPECT_THAT(dropped.error().text,
                HasSubstr(std::string(
                    nodes::registered_text(nodes::errors::kProviderIncompatibleAttributes))));
}

// ---- inflation ----

TEST(Cases, Inflation02_WithoutParametersThePlannedInflationPanics) {
    const auto result = nodes::inflation::planned({}, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, sim::ErrorKind::kPanic);
}

}  // namespace
