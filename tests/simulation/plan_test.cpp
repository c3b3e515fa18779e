// The plan of a running world can be changed, and then the world is the one that the changed
// scenario would have made from its start: event by event, whatever the action.
#include "scenarios/engine/plan_editor.h"
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/world.h"
#include "tests/support/scenario_texts.h"

#include <gtest/gtest.h>

namespace scenarios {
namespace {

using tests::busy_market;
using tests::scenario_of;
using tests::world_of;

constexpr sim::SimTime kEnd{30 * 3'600'000'000'000};

std::string run_to(World& world, sim::SimTime until) {
    QuietObserver nobody;
    world.run_until(until, nobody);
    EXPECT_FALSE(world.breach()) << world.breach()->text;
    return world.final_digest().hex();
}

/// Injects at some moment of the run and compares with a run of what was made of the scenario.
void expect_the_same_run(const std::string& action, const std::string& setting) {
    World live = world_of(busy_market(), {setting});
    QuietObserver nobody;
    // In the middle of things: some thousand events after ten hours.
    run_to(live, sim::SimTime{10 * 3'600'000'000'000});
    for (int i = 0; i < 3'001; ++i)
        live.step(kEnd, nobody);
    const sim::SimTime at = live.earliest_action();
    const auto changed = with_action(live.scenario(), at, action);
    ASSERT_TRUE(changed) << changed.error().text;
    const sim::Status followed = live.follow(std::make_shared<const Scenario>(*changed));
    ASSERT_TRUE(followed) << followed.error().text;
    const std::string digest = run_to(live, kEnd);

    World straight = world_of(changed->source.text);
    EXPECT_EQ(run_to(straight, kEnd), digest) << action << "\n" << changed->source.text;
    World without = world_of(busy_market(), {setting});
    EXPECT_NE(run_to(without, kEnd), digest) << action << " changes something";
}

TEST(Plan, AnActionAddedByHandGivesTheRunInWhichItWasPlanned) {
    for (const char* setting : {"seed=7", "seed=8"}) {
        for (const char* action :
             {"price: { factor: 0.5 }",
              "demand: { factor: 5, for: 1h }",
              "fail_providers: { group: cpu, count: 2, for: 40min }",
              "remove_providers: { group: gpu }",
              "add_providers: { name: new, count: 3, audited: true, over: 10min, attributes: { "
              "host: akash }, nodes: { cpu: 64, memory: 256Gi, storage: 1Ti, gpus: { h100: 2 } } }",
              "partition: { groups: [us, eu], for: 20min }",
              "link: { loss: 20% }",
              "take: code",
              "programme_end: pool"}) {
            expect_the_same_run(action, setting);
        }
    }
}

TEST(Plan, TwoActionsOfOneMomentComeInTheOrderInWhichTheyWereAdded) {
    World live = world_of(busy_market());
    const sim::SimTime at{9 * 3'600'000'000'000};
    run_to(live, sim::SimTime{8 * 3'600'000'000'000});
    const auto first = with_action(live.scenario(), at, "fail_providers: { group: cpu, count: 1 }");
    ASSERT_TRUE(first) << first.error().text;
    const auto second = with_action(*first, at, "recover_providers: { group: cpu, count: 1 }");
    ASSERT_TRUE(second) << second.error().text;
    ASSERT_TRUE(live.follow(std::make_shared<const Scenario>(*second)));
    run_to(live, at);
    for (const auto& provider : live.providers()) {
        if (provider.config().name.starts_with("cpu/")) {
            EXPECT_TRUE(provider.online());
        }
    }
}

TEST(Plan, WhatIsOverCannotBeChanged) {
    World live = world_of(busy_market());
    run_to(live, sim::SimTime{9 * 3'600'000'000'000});
    const auto late = with_action(live.scenario(), live.now(), "price: { factor: 2 }");
    ASSERT_TRUE(late) << late.error().text;
    EXPECT_FALSE(live.follow(std::make_shared<const Scenario>(*late)));
    const auto other = scenario_of(busy_market(), {"seed=8"});
    EXPECT_FALSE(live.follow(other));
    const auto start =
        with_action(live.scenario(), live.earliest_action(), "programme_start: pool");
    ASSERT_TRUE(start) << start.error().text;
    const sim::Status refused = live.follow(std::make_shared<const Scenario>(*start));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text.find("has started already"), std::string::npos);
    EXPECT_EQ(run_to(live, kEnd), [] {
        World straight = world_of(busy_market());
        return run_to(straight, kEnd);
    }()) << "a refusal leaves the world as it was";
}

}  // namespace
}  // namespace scenarios
