// Actions are written into a scenario's text as a person would write them.
#include "scenarios/engine/plan_editor.h"

#include "tests/support/scenario_texts.h"

#include <gtest/gtest.h>

namespace scenarios {
namespace {

constexpr const char* kHead = "name: x\nrun_for: 2d\n";
constexpr sim::SimTime kTenHours{10 * 3'600'000'000'000};

std::string edited(const std::string& text, const std::string& action = "price: { factor: 2 }") {
    const auto scenario = tests::scenario_of(text);
    const auto out = with_action(*scenario, kTenHours, action);
    EXPECT_TRUE(out) << (out ? "" : out.error().text);
    if (!out) return {};
    EXPECT_EQ(out->actions.size(), scenario->actions.size() + 1);
    return out->source.text;
}

std::string refusal(const std::string& action) {
    const auto out = with_action(*tests::scenario_of(kHead), kTenHours, action);
    EXPECT_FALSE(out);
    return out ? "" : out.error().text;
}

TEST(PlanEditor, AddsTheListWhereThereIsNone) {
    EXPECT_EQ(edited("name: x\nrun_for: 2d"),
              "name: x\nrun_for: 2d\nactions:\n  - { at: 10h, price: { factor: 2 } }\n");
}

TEST(PlanEditor, PutsALineInOrderOfTimeAndKeepsComments) {
    const std::string text = std::string{kHead} +
                             "actions:   # what happens\n"
                             "  - { at: 1h, price: { factor: 0.5 } }  # early\n"
                             "  - at: 20h\n"
                             "    price: { factor: 3 }\n"
                             "# the rest\n"
                             "seed: 3\n";
    EXPECT_EQ(edited(text),
              std::string{kHead} +
                  "actions:   # what happens\n"
                  "  - { at: 1h, price: { factor: 0.5 } }  # early\n"
                  "  - { at: 10h, price: { factor: 2 } }\n"
                  "  - at: 20h\n"
                  "    price: { factor: 3 }\n"
                  "# the rest\n"
                  "seed: 3\n");
}

TEST(PlanEditor, AppendsAfterTheLastItemOfABlock) {
    const std::string text = std::string{kHead} +
                             "actions:\n"
                             "- at: 1h\n"
                             "  price:\n"
                             "    factor: 0.5\n"
                             "\n"
                             "seed: 3";
    EXPECT_EQ(edited(text),
              std::string{kHead} +
                  "actions:\n"
                  "- at: 1h\n"
                  "  price:\n"
                  "    factor: 0.5\n"
                  "- { at: 10h, price: { factor: 2 } }\n"
                  "\n"
                  "seed: 3");
}

TEST(PlanEditor, WritesIntoAListInBrackets) {
    EXPECT_EQ(edited(std::string{kHead} + "actions: []\n"),
              std::string{kHead} + "actions: [ { at: 10h, price: { factor: 2 } } ]\n");
    EXPECT_EQ(edited(std::string{kHead} + "actions: [{ at: 1h, price: { factor: 3 } }]\n"),
              std::string{kHead} +
                  "actions: [{ at: 1h, price: { factor: 3 } }, { at: 10h, price: { factor: 2 } } "
                  "]\n");
    EXPECT_EQ(edited(std::string{kHead} + "actions: [{ at: 11h, price: { factor: 3 } }]\n"),
              std::string{kHead} +
                  "actions: [{ at: 10h, price: { factor: 2 } }, { at: 11h, price: { factor: 3 } "
                  "}]\n");
}

TEST(PlanEditor, WritesALayoutItDoesNotUnderstandAnew) {
    const std::string text = edited("{ name: x, run_for: 2d }");
    EXPECT_NE(text.find("# Written anew"), std::string::npos);
}

TEST(PlanEditor, WritesTimesExactly) {
    EXPECT_EQ(action_item(sim::SimTime{(26 * 3'600 + 61) * 1'000'000'000LL + 500'000'001}, "a: b"),
              "{ at: 1d2h1min1s500ms1ns, a: b }");
    EXPECT_EQ(action_item(sim::SimTime{}, "a: b"), "{ at: 0, a: b }");
}

TEST(PlanEditor, RefusesWhatIsNoAction) {
    EXPECT_NE(refusal("price: { factor: 2 }\nseed: 3").find("one line"), std::string::npos);
    EXPECT_NE(refusal("price: { factor: 2 } }, { at: 1h").find("action"), std::string::npos);
    EXPECT_NE(refusal("at: 3h, price: { factor: 2 }").find("leave out 'at'"), std::string::npos);
    EXPECT_NE(refusal("prise: { factor: 2 }").find("did you mean 'price'"), std::string::npos);
    EXPECT_NE(refusal("fail_providers: { group: nobody }").find("nobody"), std::string::npos);
    EXPECT_FALSE(refusal("").empty());
    EXPECT_FALSE(refusal("price: {").empty());
    EXPECT_FALSE(refusal("price: { factor: 2 }, price: { factor: 3 }").empty());
    EXPECT_FALSE(refusal("price: { factor: 2 } # } ").empty());
}

TEST(PlanEditor, WritesSettingsIntoTheText) {
    const auto scenario =
        tests::scenario_of("name: x  # the name\nrun_for: 2d\nblock: { interval: 6s }\n",
                           {"seed=9", "run_for=3d", "block.interval=5s"});
    const auto out = with_settings_written(*scenario, "");
    ASSERT_TRUE(out) << out.error().text;
    EXPECT_TRUE(out->source.settings.empty());
    EXPECT_EQ(out->source.text,
              "name: x  # the name\nrun_for: 3d\nblock: { interval: 5s }\nseed: 9\n");
    const auto seed = with_settings_written(*out, "seed=10");
    ASSERT_TRUE(seed) << seed.error().text;
    EXPECT_EQ(seed->seed, 10U);
}

TEST(PlanEditor, WritesSettingsInsideListsToo) {
    const auto scenario = tests::scenario_of(tests::busy_market(), {"actions.3.price.factor=0.9"});
    const auto out = with_settings_written(*scenario, "");
    ASSERT_TRUE(out) << out.error().text;
    EXPECT_TRUE(out->source.settings.empty());
    EXPECT_EQ(out->actions.size(), scenario->actions.size());
}

}  // namespace
}  // namespace scenarios
