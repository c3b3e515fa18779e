#include "providers/costs.h"
#include "providers/gpu_catalog.h"
#include "providers/mock_gpu.h"

#include <gtest/gtest.h>

namespace {

using providers::MockCard;
using providers::MockHardware;

TEST(GpuCatalog, FindsModelsByTheirMarketName) {
    for (const auto* key : {"a100", "h100", "rtx4090", "t4", "v100", "a6000"}) {
        const auto* model = providers::find_gpu_model(key);
        ASSERT_NE(model, nullptr) << key;
        EXPECT_GT(model->fp16_gflops, 0);
        EXPECT_GT(model->micro_usd_per_hour, 0);
    }
    EXPECT_EQ(providers::find_gpu_model("zx81"), nullptr);
}

TEST(MockHardware, TellsItsClaimAndWorksAsItIs) {
    MockHardware hardware({{"h100", "", false}, {"h100", "rtx3060", false}, {"h100", "", true}});
    constexpr std::int64_t kWork = 989'000;  // one second of an h100
    EXPECT_EQ(hardware.facts(0).memory, "80Gi");
    EXPECT_EQ(hardware.facts(1).model, "h100");
    EXPECT_EQ(hardware.run(0, kWork).elapsed_ns, 1'000'000'000);
    EXPECT_TRUE(providers::as_fast_as_claimed(hardware.facts(0), hardware.run(0, kWork), kWork));
    EXPECT_FALSE(providers::as_fast_as_claimed(hardware.facts(1), hardware.run(1, kWork), kWork));
    EXPECT_FALSE(hardware.run(2, kWork).finished);
}

TEST(MockHardware, KnowsAFakeByItsName) {
    EXPECT_TRUE((MockCard{"h100", "t4", false}).fake());
    EXPECT_FALSE((MockCard{"h100", "h100", false}).fake());
    EXPECT_FALSE((MockCard{"h100", "", false}).fake());
}

TEST(MockHardware, FailsSoonerTheMorePartsItHas) {
    auto rng = sim::Rng::stream(3, "cards", "failures");
    double one = 0;
    double eight = 0;
    for (int i = 0; i < 2'000; ++i) {
        one +=
            providers::time_to_first_failure(sim::SimDuration::seconds(800), 1, rng).to_seconds();
        eight +=
            providers::time_to_first_failure(sim::SimDuration::seconds(800), 8, rng).to_seconds();
    }
    EXPECT_NEAR(one / 2'000, 800, 60);
    EXPECT_NEAR(eight / 2'000, 100, 8);
    EXPECT_EQ(providers::time_to_first_failure({}, 8, rng), sim::SimDuration{});
}

TEST(Costs, AddPowerAndWriteOff) {
    providers::CostModel costs;
    // t4: 70 W * 730 h * 0.10 USD = 5.11 USD, and 1,000 USD over 36 months = 27.777777 USD.
    EXPECT_EQ(providers::gpu_cost_per_month("t4", costs), 5'110'000 + 27'777'777);
    EXPECT_EQ(providers::gpu_cost_per_month("unheard-of", costs), costs.unknown_gpu);
    EXPECT_EQ(providers::gpu_cost_per_day("t4", costs), 32'887'777LL * 24 / 730);
}

TEST(Costs, SumUpAnOrderPerBlock) {
    providers::CostModel costs;
    costs.cpu_thread = 429'909;
    costs.memory_gib = 0;
    costs.storage_gib = 0;
    costs.unknown_gpu = 2 * 429'909;
    providers::GroupDemand demand;
    demand.units.push_back(
        {.id = 1, .count = 2, .cpu = 3'000, .gpu = 4, .wishes = {}, .volumes = {}});
    providers::GpuPick pick{true, "nvidia", "secret", {}};
    // 2 replicas of 3 threads at 1 and 4 cards at 2 micro-USD per block.
    EXPECT_EQ(providers::cost_per_block(demand, {pick}, costs).text(), "22.000000000000000000");
}

}  // namespace
