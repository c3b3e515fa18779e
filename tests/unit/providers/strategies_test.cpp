#include "providers/strategies/strategy.h"
#include "sim/rng.h"

#include <gtest/gtest.h>

#include "groups.h"
#include <set>

namespace {

using providers::PayIn;
using providers::PriceView;
using providers::StrategyParams;
using providers_test::group;
using providers_test::kGi;
using providers_test::Wish;

constexpr std::string_view kAxlUsdc =
    "ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1";

sim::Result<sim::Dec18> price(std::string_view name,
                              const PriceView& view,
                              const StrategyParams& params) {
    const auto index = providers::strategy_named(name);
    EXPECT_TRUE(index.has_value()) << name;
    return providers::strategies()[*index].price(view, params);
}

std::string text(const sim::Result<sim::Dec18>& result) {
    return result ? result->text() : result.error().text;
}

PriceView view_of(const nodes::GroupSpec& spec) {
    PriceView view;
    view.spec = &spec;
    view.denom = "uakt";
    view.max_price = sim::Dec18::from_int(1'000'000);
    view.akt_micro_usd = 5'000'000;
    return view;
}

TEST(Strategies, HaveNamesAndHelps) {
    std::set<std::string_view> names;
    for (const auto& strategy : providers::strategies()) {
        EXPECT_TRUE(names.insert(strategy.name).second);
        EXPECT_FALSE(strategy.help.empty());
    }
    EXPECT_EQ(names.size(), 6U);
    EXPECT_FALSE(providers::strategy_named("none"));
}

TEST(Scale, PricesTheHelmChartsCheckValue) {
    // 1 CPU, 1 GiB, 1 GiB, 1 endpoint: 4 + 1.6384 + 0.16384 + 1.
    const auto spec = group(Wish{});
    EXPECT_EQ(text(price("scale", view_of(*spec), {})), "6.802240000000000000");
}

TEST(Scale, LetsGpusGoFree) {
    const auto spec = group(Wish{.gpu = 8, .gpu_key = "vendor/nvidia/model/h100"});
    EXPECT_EQ(text(price("scale", view_of(*spec), {})), "6.802240000000000000");
}

TEST(Scale, MultipliesByTheCountButNotThePorts) {
    const auto spec = group(Wish{.count = 3});
    EXPECT_EQ(text(price("scale", view_of(*spec), {})), "18.406720000000000000");
}

TEST(Scale, RefusesAClassWithoutPrice) {
    const auto spec = group(Wish{});
    spec->resources[0].resources.storage[0].attributes = {{"persistent", "true"},
                                                          {"class", "beta3"}};
    EXPECT_EQ(text(price("scale", view_of(*spec), {})),
              "beta3: no pricing configured for storage class");
}

TEST(Scale, RefusesOddByteCountsThatNeedTooManyDecimals) {
    const auto spec = group(Wish{.memory = kGi + 1});
    const auto result = price("scale", view_of(*spec), {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, providers::price_errors::kPrecision);
}

TEST(Scale, DoesNotStartWithoutAnyPrice) {
    EXPECT_EQ(providers::parse_scales({}).error().text,
              "at least one bid price must be a non-zero number");
    EXPECT_EQ(providers::parse_scales({.storage = "0,beta2=0.5"}).error().text,
              "at least one bid price must be a non-zero number");
    EXPECT_EQ(providers::parse_scales({.cpu = "-1"}).error().text,
              "Bid price cannot be a negative number");
    EXPECT_EQ(providers::parse_scales({.cpu = "1,5"}).error().text, "not a valid bid price: 1,5");
    EXPECT_TRUE(providers::parse_scales({.cpu = "0.004"}));
}

TEST(UsdTargets, PriceTheScriptsWorkedExamples) {
    const auto params = StrategyParams{};
    const auto small = group(Wish{.cpu = 500, .memory = kGi / 2, .disk = kGi / 2});
    EXPECT_EQ(text(price("usd_targets", view_of(*small), params)), "0.586171000000000000");
    auto large = group(Wish{.cpu = 16'000, .memory = 32 * kGi, .disk = 360 * kGi});
    large->resources[0].resources.endpoints.clear();
    EXPECT_EQ(text(price("usd_targets", view_of(*large), params)), "27.168540000000000000");
    const auto usdc = group(Wish{.cpu = 1'000, .memory = 2 * kGi, .disk = 10 * kGi});
    auto view = view_of(*usdc);
    view.denom = kAxlUsdc;
    view.pay_in = PayIn::kMicroUsd;
    EXPECT_EQ(text(price("usd_targets", view, params)), "8.024954000000000000");
}

TEST(UsdTargets, FindGpuPricesByModelAndFallBack) {
    StrategyParams params;
    params.usd_targets.gpu = providers::gpu_prices("a100=120,t4=80,*=130");
    const Wish wish{.cpu = 4'000, .memory = 16 * kGi, .disk = 100 * kGi, .gpu = 1};
    auto a100 = wish;
    a100.gpu_key = "vendor/nvidia/model/a100";
    EXPECT_EQ(text(price("usd_targets", view_of(*group(a100)), params)), "65.711581000000000000");
    auto with_ram = a100;
    with_ram.gpu_key += "/ram/80Gi";
    EXPECT_EQ(text(price("usd_targets", view_of(*group(with_ram)), params)),
              "65.711581000000000000");
    // An unknown model costs the highest price in the map, 130 USD: 10 USD/month more are
    // 4.652146 uakt per block at 5 USD.
    auto other = wish;
    other.gpu_key = "vendor/nvidia/model/v100";
    EXPECT_EQ(text(price("usd_targets", view_of(*group(other)), params)), "70.363728000000000000");
}

TEST(UsdTargets, BidNothingInAktWithoutItsPrice) {
    const auto spec = group(Wish{});
    auto view = view_of(*spec);
    view.akt_micro_usd = 0;
    EXPECT_EQ(text(price("usd_targets", view, {})), "A bid of zero was produced");
}

TEST(UsdTargets, RefuseOtherDenominations) {
    const auto spec = group(Wish{});
    auto view = view_of(*spec);
    view.denom = "ufoo";
    view.pay_in = PayIn::kOther;
    EXPECT_EQ(text(price("usd_targets", view, {})),
              "exit status 1: script failure denom in not supported: ufoo");
}

/// The everyday path in 127 bits must not differ from the script in any digit.
TEST(UsdTargets, QuickPathEqualsTheScript) {
    auto rng = sim::Rng::stream(7, "test", "orders");
    StrategyParams params;
    params.usd_targets.gpu = providers::gpu_prices("a100=120.5,t4=80,a100.80Gi=900,*=130");
    const char* models[] = {"a100", "t4", "h100", "*", "a100/ram/80Gi"};
    int compared = 0;
    for (int i = 0; i < 3'000; ++i) {
        auto spec = group(std::vector<Wish>(static_cast<std::size_t>(rng.uniform_int(1, 3))));
        for (auto& unit : spec->resources) {
            unit.resources.cpu->value = rng.uniform_int(10, 400'000);
            unit.resources.memory->value = rng.uniform_int(1'000'000, 2'000 * kGi);
            unit.resources.storage[0].bytes = rng.uniform_int(1'000'000, 30'000 * kGi);
            unit.count = static_cast<std::uint32_t>(rng.uniform_int(1, 20));
            unit.resources.gpu->value = rng.uniform_int(0, 8);
            unit.resources.gpu->attributes = {
                {std::string("vendor/nvidia/model/") + models[rng.uniform_int(0, 4)], "true"}};
        }
        auto view = view_of(*spec);
        view.max_price = sim::Dec18::from_int(100'000'000'000);
        view.akt_micro_usd = rng.uniform_int(100'000, 9'999'999);
        const bool dollars = rng.uniform_int(0, 1) == 1;
        view.pay_in = dollars ? PayIn::kMicroUsd : PayIn::kUakt;
        view.denom = dollars ? kAxlUsdc : "uakt";
        auto request = providers::script_request(*spec, view.denom);
        request.max_price = {view.max_price.scaled, 18};
        const auto answer = providers::run_price_script(
            request, params.usd_targets, providers::from_micro(view.akt_micro_usd));
        const auto exact = providers::read_script_answer(answer);
        ASSERT_TRUE(exact) << exact.error().text;
        const auto quick = price("usd_targets", view, params);
        ASSERT_TRUE(quick);
        EXPECT_EQ(sim::to_wide(quick->scaled), *exact) << i;
        ++compared;
    }
    EXPECT_EQ(compared, 3'000);
}

TEST(Scale, QuickPathEqualsTheFullSum) {
    // One byte more than whole mebibytes takes the full path; its price is higher by less than the
    // smallest unit shown here and its decimals are cut away by the comparison.
    auto rng = sim::Rng::stream(8, "test", "orders");
    for (int i = 0; i < 500; ++i) {
        const auto mebibytes = rng.uniform_int(1, 5'000'000);
        const auto spec = group(Wish{.cpu = rng.uniform_int(1, 400'000),
                                     .memory = mebibytes << 20,
                                     .disk = kGi,
                                     .count = 2});
        const auto quick = price("scale", view_of(*spec), {});
        ASSERT_TRUE(quick);
        const auto cpu = sim::narrow64(spec->resources[0].resources.cpu->value).value_or(0);
        // 0.004 per milli-CPU, 0.0016 per MiB, 0.00016 * 1024 disk, each twice; 1 per port.
        const auto expected = sim::Int128{cpu} * 2 * 400'000 +
                              sim::Int128{mebibytes} * 2 * 160'000 + 2 * 16'384'000 + 100'000'000;
        EXPECT_EQ(quick->scaled, expected * (sim::kDecOne / 100'000'000));
    }
}

TEST(RandomRange, StaysInTheLowestHundredthOfItsRange) {
    const auto spec = group(Wish{.memory = kGi});
    const auto range = providers::random_price_range(*spec);
    // 50 and 1048576 per GiB, the latter capped by the order's 10,000.
    EXPECT_EQ(range.low.text(), "50.000000000000000000");
    EXPECT_EQ(range.high.text(), "10000.000000000000000000");
    EXPECT_EQ(range.draws, 99'500'000);
    auto view = view_of(*spec);
    view.draw = 0;
    EXPECT_EQ(text(price("random_range", view, {})), "50.000000000000000000");
    view.draw = ~std::uint64_t{0};
    EXPECT_EQ(text(price("random_range", view, {})), "149.499999000000000000");
}

TEST(CostPlus, AddsItsMarginAndConverts) {
    const auto spec = group(Wish{});
    auto view = view_of(*spec);
    view.cost_usd = sim::Dec18::from_int(100);
    StrategyParams params;
    params.margin = {1, 4};
    EXPECT_EQ(text(price("cost_plus", view, params)), "25.000000000000000000");
    view.pay_in = PayIn::kMicroUsd;
    EXPECT_EQ(text(price("cost_plus", view, params)), "125.000000000000000000");
    view.pay_in = PayIn::kOther;
    EXPECT_FALSE(price("cost_plus", view, params));
}

TEST(Undercut, StaysAboveItsOwnCost) {
    const auto spec = group(Wish{});
    auto view = view_of(*spec);
    view.pay_in = PayIn::kMicroUsd;
    view.cost_usd = sim::Dec18::from_int(100);
    StrategyParams params;
    params.undercut_by = {1, 10};
    EXPECT_EQ(text(price("undercut", view, params)), "125.000000000000000000");
    view.lowest_rival = sim::Dec18::from_int(120);
    EXPECT_EQ(text(price("undercut", view, params)), "108.000000000000000000");
    view.lowest_rival = sim::Dec18::from_int(101);
    EXPECT_EQ(text(price("undercut", view, params)), "100.000000000000000000");
}

TEST(Equilibrium, ShadesByTheNumberOfBidders) {
    const auto spec = group(Wish{});
    auto view = view_of(*spec);
    view.pay_in = PayIn::kMicroUsd;
    view.cost_usd = sim::Dec18::from_int(40);
    StrategyParams params;
    params.cost_ceiling = sim::Dec18::from_int(100);
    params.bidders = 3;
    EXPECT_EQ(text(price("equilibrium", view, params)), "60.000000000000000000");
    params.bidders = 1;
    EXPECT_EQ(text(price("equilibrium", view, params)), "100.000000000000000000");
}

TEST(StrategyParameters, AreSetByName) {
    StrategyParams params;
    EXPECT_TRUE(providers::set_strategy_parameter(params, "margin", "0.5"));
    EXPECT_EQ(params.margin, (sim::Ratio{1, 2}));
    EXPECT_TRUE(providers::set_strategy_parameter(params, "undercut_by", "1/20"));
    EXPECT_EQ(params.undercut_by, (sim::Ratio{1, 20}));
    EXPECT_TRUE(providers::set_strategy_parameter(params, "cpu", "2.5"));
    EXPECT_EQ(providers::to_text(params.usd_targets.cpu.value), "2.5");
    EXPECT_TRUE(providers::set_strategy_parameter(params, "a100", "900"));
    EXPECT_TRUE(providers::set_strategy_parameter(params, "a100", "950"));
    ASSERT_EQ(params.usd_targets.gpu.size(), 1U);
    EXPECT_EQ(providers::to_text(params.usd_targets.gpu[0].usd.value), "950");
    EXPECT_TRUE(providers::set_strategy_parameter(params, "scale_cpu", "0.01"));
    EXPECT_EQ(providers::to_text(params.scale.cpu), "0.01");
    EXPECT_FALSE(providers::set_strategy_parameter(params, "cpu", "1,5"));
    EXPECT_FALSE(providers::set_strategy_parameter(params, "bidders", "0"));
    EXPECT_FALSE(providers::set_strategy_parameter(params, "nonsense", "1"));
    for (const auto name : providers::strategy_parameter_names()) {
        const auto* value = name == "gpu"              ? "a100=1"
                            : name == "script_version" ? "2024-02-27"
                                                       : "1";
        EXPECT_TRUE(providers::set_strategy_parameter(params, name, value)) << name;
    }
}

TEST(ScriptAnswer, IsReadAsTheProviderReadsIt) {
    EXPECT_EQ(*providers::read_script_answer({0, " 12.5\n", {}}),
              sim::to_wide(sim::Int128{125} * (sim::kDecOne / 10)));
    EXPECT_EQ(providers::read_script_answer({0, "0", {}}).error().text,
              "A bid of zero was produced");
    EXPECT_EQ(providers::read_script_answer({0, "-3", {}}).error().text,
              "A bid quantity is invalid");
    EXPECT_EQ(providers::read_script_answer({0, ".5", {}}).error().text,
              "invalid decimal lengthA bid quantity is invalid");
    EXPECT_EQ(providers::read_script_answer({0, "", {}}).error().text,
              "bid script must return amount:EOFA bid quantity is invalid");
    EXPECT_EQ(providers::read_script_answer({2, "1", "no"}).error().text,
              "exit status 2: script failure no");
}

}  // namespace
