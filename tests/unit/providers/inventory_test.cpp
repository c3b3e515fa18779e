#include "providers/inventory.h"

#include "sim/digest.h"

#include <gtest/gtest.h>

#include "groups.h"

namespace {

using providers::Cluster;
using providers::Inventory;
using providers::InventoryRules;
using providers::InventoryVersion;
using providers::Node;
using providers::ReserveResult;
using providers_test::group;
using providers_test::kGi;
using providers_test::order_id;
using providers_test::Wish;

Node node(std::string name, std::int64_t cpu, std::vector<providers::CardRun> cards = {}) {
    Node made;
    made.name = std::move(name);
    made.cpu = cpu;
    made.memory = 64 * kGi;
    made.disk = 1'000 * kGi;
    for (const auto& card : cards)
        made.gpu += card.count;
    made.cards = std::move(cards);
    made.storage_classes = {"beta2"};
    return made;
}

providers::CardRun a100(std::int64_t count) {
    return {"nvidia", "a100", "80Gi", "SXM4", count};
}

providers::CardRun t4(std::int64_t count) {
    return {"nvidia", "t4", "16Gi", "PCIe", count};
}

ReserveResult reserve(Inventory& inventory, std::uint64_t order, const nodes::GroupSpecRef& spec) {
    return inventory.reserve(order_id(order), spec).result;
}

TEST(Inventory, FillsTheFirstNodeFirst) {
    Inventory inventory({{node("a", 4'000), node("b", 8'000)}, {}}, {});
    EXPECT_EQ(reserve(inventory, 1, group(Wish{.cpu = 2'000, .count = 3})), ReserveResult::kOk);
    EXPECT_EQ(inventory.seen().nodes[0].cpu, 4'000);
    EXPECT_EQ(inventory.seen().nodes[1].cpu, 2'000);
}

TEST(Inventory, TakesAllOrNothingAndSaysWhatLacked) {
    Inventory inventory({{node("a", 4'000), node("b", 3'000)}, {}}, {});
    const auto answer =
        inventory.reserve(order_id(1), group({Wish{.cpu = 1'000}, Wish{.cpu = 5'000}}));
    EXPECT_EQ(answer.result, ReserveResult::kInsufficientCapacity);
    EXPECT_EQ(answer.subject, nodes::Subject::kCpu);
    EXPECT_EQ(answer.wanted, 5'000);
    EXPECT_EQ(answer.had, 4'000);
    EXPECT_EQ(inventory.seen(), providers::idle_use(inventory.cluster()));
    EXPECT_TRUE(inventory.reservations().empty());
}

TEST(Inventory, CreditsAReleaseWithTheNextSnapshotOnly) {
    Inventory inventory({{node("a", 4'000)}, {}}, {});
    const auto all = group(Wish{.cpu = 4'000});
    EXPECT_EQ(reserve(inventory, 1, all), ReserveResult::kOk);
    EXPECT_TRUE(inventory.unreserve(order_id(1)));
    EXPECT_FALSE(inventory.unreserve(order_id(1)));
    EXPECT_EQ(reserve(inventory, 2, all), ReserveResult::kInsufficientCapacity);
    EXPECT_EQ(inventory.take_snapshot(), 0U);
    EXPECT_EQ(reserve(inventory, 2, all), ReserveResult::kOk);
}

TEST(Inventory, CountsARunningWorkloadTwiceUntilItIsReportedHealthy) {
    Inventory inventory({{node("a", 4'000)}, {}}, {});
    ASSERT_EQ(reserve(inventory, 1, group(Wish{.cpu = 1'500})), ReserveResult::kOk);
    ASSERT_TRUE(inventory.start_workload(order_id(1)));
    inventory.take_snapshot();
    EXPECT_EQ(inventory.seen().nodes[0].cpu, 3'000);
    inventory.set_deployed(order_id(1), true);
    EXPECT_EQ(inventory.seen().nodes[0].cpu, 3'000);
    inventory.take_snapshot();
    EXPECT_EQ(inventory.seen().nodes[0].cpu, 1'500);
    inventory.stop_workload(order_id(1));
    EXPECT_TRUE(inventory.unreserve(order_id(1)));
    inventory.take_snapshot();
    EXPECT_EQ(inventory.seen(), providers::idle_use(inventory.cluster()));
}

TEST(Inventory, PinsTheFirstSuitableGpuModel) {
    Inventory inventory({{node("a", 64'000, {a100(2), t4(2)})}, {}}, {});
    const auto answer =
        inventory.reserve(order_id(1), group(Wish{.gpu = 3, .gpu_key = "vendor/nvidia/model/*"}));
    ASSERT_EQ(answer.result, ReserveResult::kOk);
    // The third matching card decides.
    EXPECT_EQ(answer.picks[0].model, "t4");
    EXPECT_EQ(answer.picks[0].key, "vendor/nvidia/model/t4");
}

TEST(Inventory, KeepsThePinWhenTheNodeThenLacksMemory) {
    // The t4 of the first node suits, but the node is too small; an a100 elsewhere is not tried.
    auto small = node("a", 64'000, {t4(1)});
    small.memory = kGi;
    Inventory inventory({{small, node("b", 64'000, {a100(1)})}, {}}, {});
    const Wish wish{.memory = 2 * kGi, .gpu = 1, .gpu_key = "vendor/nvidia/model/*"};
    EXPECT_EQ(reserve(inventory, 1, group(wish)), ReserveResult::kInsufficientCapacity);
    Inventory other({{node("a", 64'000, {a100(1)}), node("b", 64'000, {t4(1)})}, {}}, {});
    EXPECT_EQ(reserve(other, 1, group(wish)), ReserveResult::kOk);
}

TEST(Inventory, ComparesTheGpuInterfaceWronglyInV054Only) {
    const Wish wish{.gpu = 1, .gpu_key = "vendor/nvidia/model/a100/interface/sxm"};
    const Cluster cluster{{node("a", 64'000, {a100(1)})}, {}};
    Inventory older(cluster, {});
    EXPECT_EQ(reserve(older, 1, group(wish)), ReserveResult::kInsufficientCapacity);
    Inventory newer(cluster, {.version = InventoryVersion::kV0511, .overcommit = {}});
    EXPECT_EQ(reserve(newer, 1, group(wish)), ReserveResult::kOk);
}

TEST(Inventory, GivesUpAtOnceWhenAPoolIsTooSmall) {
    Inventory inventory({{node("a", 4'000)}, {{"beta2", 10 * kGi}}}, {});
    const auto spec = group(Wish{});
    spec->resources[0].resources.storage[0] = {
        "data", 11 * kGi, {{"class", "beta2"}, {"persistent", "true"}}};
    const auto answer = inventory.reserve(order_id(1), spec);
    EXPECT_EQ(answer.subject, nodes::Subject::kPersistentStorage);
    EXPECT_EQ(answer.had, 10 * kGi);
    spec->resources[0].resources.storage[0].bytes = 10 * kGi;
    EXPECT_EQ(reserve(inventory, 1, spec), ReserveResult::kOk);
    EXPECT_EQ(inventory.seen().pools[0], 10 * kGi);
}

TEST(Inventory, ScalesByOvercommitButNeverToNothing) {
    InventoryRules rules;
    rules.overcommit.cpu = 3;
    Inventory inventory({{node("a", 1'000)}, {}}, rules);
    EXPECT_EQ(reserve(inventory, 1, group(Wish{.cpu = 3'000})), ReserveResult::kOk);
    EXPECT_EQ(inventory.seen().nodes[0].cpu, 1'000);
    EXPECT_EQ(providers::committed(3, 1), 1);
    EXPECT_EQ(providers::committed(1, 7), 7);
    EXPECT_EQ(providers::commit_factor(99), 1.0);
    EXPECT_EQ(providers::commit_factor(250), 3.0);
}

TEST(Inventory, LetsEverythingPassWhenTheIpCountWraps) {
    InventoryRules rules;
    rules.ip_operator = true;
    Inventory inventory({{node("a", 4'000)}, {}}, rules);
    const auto spec = group(Wish{.cpu = 100});
    spec->resources[0].resources.endpoints.push_back({nodes::EndpointKind::kLeasedIp, 1});
    inventory.update_ips({1, 1}, {});
    EXPECT_EQ(reserve(inventory, 1, spec), ReserveResult::kTooFewIps);
    inventory.update_ips({1, 2}, {});
    EXPECT_EQ(reserve(inventory, 1, spec), ReserveResult::kOk);
}

TEST(Inventory, OffersWhatItKeeps) {
    InventoryRules rules;
    rules.overcommit.memory = 2;
    Inventory inventory({{node("a", 64'000, {a100(1)})}, {}}, rules);
    const auto spec = group(Wish{.memory = 4 * kGi, .gpu = 1, .gpu_key = "vendor/nvidia/model/*"});
    const auto offer = providers::make_offer(*spec, inventory.reserve(order_id(1), spec));
    ASSERT_EQ(offer.size(), 1U);
    EXPECT_EQ(offer[0].resources.memory->value, 2 * kGi);
    EXPECT_EQ(offer[0].resources.gpu->attributes[0].key, "vendor/nvidia/model/a100");
}

TEST(Inventory, NormalisesGpuMemory) {
    EXPECT_EQ(providers::normal_gpu_ram("81920Mi"), "80Gi");
    EXPECT_EQ(providers::normal_gpu_ram("80Gi"), "80Gi");
    EXPECT_FALSE(providers::normal_gpu_ram("80G"));
    EXPECT_FALSE(providers::normal_gpu_ram("Gi"));
    EXPECT_FALSE(providers::normal_gpu_ram("0Gi"));
}

TEST(Inventory, HasTheSameDigestAfterACopyGoesOn) {
    Inventory inventory({{node("a", 4'000), node("b", 4'000)}, {}}, {});
    Inventory copy = inventory;
    for (auto* one : {&inventory, &copy}) {
        reserve(*one, 1, group(Wish{.cpu = 3'000}));
        reserve(*one, 2, group(Wish{.cpu = 3'000}));
        one->unreserve(order_id(1));
        one->take_snapshot();
    }
    EXPECT_EQ(sim::digest_of(inventory), sim::digest_of(copy));
    reserve(copy, 3, group(Wish{}));
    EXPECT_NE(sim::digest_of(inventory), sim::digest_of(copy));
}

}  // namespace
