#include "tenants/workload.h"

#include "nodes/protocol/validate_basic.h"

#include <gtest/gtest.h>

namespace {

using tenants::ReferencePrices;
using tenants::WorkloadSize;
using tenants::WorkloadTemplateRef;

constexpr std::int64_t kGib = 1LL << 30;

WorkloadTemplateRef builtin(std::string_view name, nodes::Names& names) {
    return tenants::builtin_workload(name, names).value();
}

TEST(Workload, EveryBuiltinOneIsAcceptedByTheChain) {
    nodes::Names names;
    ASSERT_GE(tenants::builtin_workloads().size(), 5U);
    for (const auto& entry : tenants::builtin_workloads()) {
        const auto workload = tenants::builtin_workload(entry.name, names);
        ASSERT_TRUE(workload.has_value()) << entry.name << ": " << workload.error().text;
        const auto valid = nodes::validate_group(*workload.value()->group, names);
        EXPECT_TRUE(valid.has_value()) << entry.name << ": " << (valid ? "" : valid.error().text);
        EXPECT_EQ(workload.value()->version.size(), 32U) << entry.name;
        EXPECT_GT(tenants::micro_usd_per_month(*workload.value()->group, {}), 0) << entry.name;
    }
}

TEST(Workload, TakesTheSizeOfARequest) {
    nodes::Names names;
    const auto from = builtin("llm_inference", names);
    const auto made = tenants::tailored(*from, {.gpus = 4, .gpu_model = "h100"});
    const nodes::Resources& resources = made.group->resources.at(0).resources;
    EXPECT_EQ(resources.gpu->value, 4);
    ASSERT_EQ(resources.gpu->attributes.size(), 1U);
    EXPECT_EQ(resources.gpu->attributes[0].key, "vendor/nvidia/model/h100");
    EXPECT_EQ(resources.cpu->value, 8'000);
    EXPECT_NE(made.version, from->version);
    EXPECT_EQ(made.version.size(), 32U);
    EXPECT_EQ(tenants::tailored(*from, {}).version, from->version);
}

TEST(Workload, LosesItsCardsAndTheirAttributesTogether) {
    nodes::Names names;
    const auto made = tenants::tailored(*builtin("llm_inference", names), {.gpus = 0});
    EXPECT_EQ(made.group->resources.at(0).resources.gpu->value, 0);
    EXPECT_TRUE(made.group->resources.at(0).resources.gpu->attributes.empty());
}

TEST(Workload, GetsAnyModelWhenCardsComeWithoutOne) {
    nodes::Names names;
    const auto made = tenants::tailored(*builtin("web_service", names), {.gpus = 1});
    EXPECT_EQ(made.group->resources.at(0).resources.gpu->attributes.at(0).key,
              "vendor/nvidia/model/*");
}

TEST(Workload, CanBeMadeFromNumbersAlone) {
    const auto made = tenants::workload_from_numbers("numbers",
                                                     {.cpu_milli = 1'000,
                                                      .memory_bytes = 2 * kGib,
                                                      .storage_bytes = 3 * kGib,
                                                      .gpus = 1,
                                                      .gpu_model = "a100",
                                                      .replicas = 2});
    nodes::Names names;
    const auto group = tenants::priced(
        *made->group, ReferencePrices::defaults(), names.denoms.intern("uakt"), {sim::kDecOne});
    const auto valid = nodes::validate_group(group, names);
    EXPECT_TRUE(valid.has_value()) << (valid ? "" : valid.error().text);
    EXPECT_EQ(made->version.size(), 32U);
    // Twice 1.60 + 2 x .80 + 3 x .02 + 1,233.70 + .05 dollars.
    EXPECT_EQ(tenants::micro_usd_per_month(*made->group, ReferencePrices::defaults()),
              2'474'020'000);
}

TEST(Workload, SharesItsHighestPriceAmongItsUnits) {
    nodes::Names names;
    nodes::GroupSpec group = *builtin("web_service", names)->group;
    // A second unit with twice the CPU and nothing else that costs: 1.27 and 2.07 dollars.
    nodes::ResourceUnit second = group.resources.at(0);
    second.resources.cpu->value = 1'000;
    second.count = 3;
    group.resources.push_back(second);
    const sim::Dec18 highest = sim::Dec18::from_int(748);  // 1.27 + 3 x 2.07 = 7.48
    const auto made = tenants::priced(group, {}, names.denoms.intern("uakt"), highest);
    EXPECT_EQ(made.resources[0].price.scaled, sim::Wide{127} * sim::kDecOne);
    EXPECT_EQ(made.resources[1].price.scaled, sim::Wide{207} * sim::kDecOne);
    EXPECT_EQ(nodes::total_price(made).scaled, sim::to_wide(highest.scaled));
}

TEST(Workload, PricesTheDearestModelThatWouldDo) {
    nodes::Names names;
    const auto prices = ReferencePrices::defaults();
    const auto any =
        tenants::micro_usd_per_month(*builtin("stable_diffusion", names)->group, prices);
    const auto one = tenants::micro_usd_per_month(
        *tenants::tailored(*builtin("stable_diffusion", names), {.gpu_model = "rtx4090"}).group,
        prices);
    EXPECT_EQ(any, one);
}

TEST(WorkloadShelf, SharesEqualSpecifications) {
    nodes::Names names;
    tenants::WorkloadShelf shelf;
    const auto from = builtin("llm_inference", names);
    const auto prices = ReferencePrices::defaults();
    const nodes::Denom uakt = names.denoms.intern("uakt");
    const auto ask = [&](std::int64_t gpus, std::int64_t price) {
        const auto& sized = shelf.size(from, {.gpus = gpus}, prices);
        return shelf.price(sized.made, prices, uakt, sim::Dec18::from_int(price));
    };
    const auto first = ask(1, 100);
    EXPECT_EQ(first, ask(1, 100));
    EXPECT_NE(first, ask(2, 100));
    EXPECT_NE(first, ask(1, 200));
    for (std::int64_t price = 1'000; price < 1'100; ++price)
        ask(1, price);
    EXPECT_EQ(nodes::total_price(*ask(1, 100)).scaled, nodes::total_price(*first).scaled);
}

TEST(ReferencePrice, IsRoundedUpToThreeDigits) {
    using tenants::price_per_block;
    // $730 a month at $5: 339.607 uakt per block (reference: 339.6).
    EXPECT_EQ(price_per_block(730'000'000, 5'000'000).text(), "340.000000000000000000");
    // $1.27 in dollars: 2.954113 micro-dollars.
    EXPECT_EQ(price_per_block(1'270'000, 1'000'000).text(), "2.960000000000000000");
    EXPECT_EQ(price_per_block(429'909, 1'000'000).text(), "1.000000000000000000");
    EXPECT_EQ(price_per_block(0, 1'000'000).text(), "0.000001000000000000");
}

}  // namespace
