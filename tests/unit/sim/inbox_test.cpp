#include "sim/inbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace sim {
namespace {

using testing::HasSubstr;

TEST(Inbox, GivesCommandsInOrderOfArrivalWithTheirPlace) {
    Inbox inbox;
    EXPECT_FALSE(inbox.ready(10));
    ASSERT_TRUE(inbox.push("open"));
    ASSERT_TRUE(inbox.push("close"));
    EXPECT_TRUE(inbox.ready(10));
    const auto commands = inbox.drain(SimTime{77}, 10);
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_EQ(commands[0].bytes, "open");
    EXPECT_EQ(commands[1].bytes, "close");
    EXPECT_EQ(commands[1].time, SimTime{77});
    EXPECT_EQ(commands[1].sequence, 10U);
    EXPECT_FALSE(inbox.ready(11));
    EXPECT_TRUE(inbox.drain(SimTime{78}, 11).empty());
    EXPECT_EQ(inbox.record().size(), 2U);
}

TEST(Inbox, ReplaysARecordAtTheSamePlaces) {
    Inbox live;
    ASSERT_TRUE(live.push("a"));
    live.drain(SimTime{5}, 1);
    ASSERT_TRUE(live.push("b"));
    ASSERT_TRUE(live.push("c"));
    live.drain(SimTime{9}, 4);

    Inbox replay(live.record());
    EXPECT_TRUE(replay.replaying());
    EXPECT_FALSE(replay.ready(0));
    EXPECT_TRUE(replay.drain(SimTime{0}, 0).empty());
    EXPECT_TRUE(replay.ready(1));
    EXPECT_EQ(replay.drain(SimTime{5}, 1)[0].bytes, "a");
    EXPECT_FALSE(replay.ready(3));
    EXPECT_EQ(replay.drain(SimTime{9}, 4).size(), 2U);
    EXPECT_FALSE(replay.ready(100));
    EXPECT_EQ(replay.record().size(), 3U);
}

TEST(Inbox, TakesNothingFromOutsideWhileReplaying) {
    Inbox replay(std::vector<InboxCommand>{});
    EXPECT_THAT(replay.push("x").error().text, HasSubstr("replayed"));
}

TEST(Inbox, RefusesMoreThanItCanHold) {
    Inbox inbox;
    for (std::size_t i = 0; i < Inbox::kWaitingMax; ++i)
        ASSERT_TRUE(inbox.push("x"));
    EXPECT_THAT(inbox.push("x").error().text, HasSubstr("too many commands"));
    inbox.drain(SimTime{}, 0);
    EXPECT_TRUE(inbox.push("x"));
}

TEST(Inbox, LosesNothingWhenManyThreadsPush) {
    Inbox inbox;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&inbox, t] {
            for (int i = 0; i < 500; ++i) {
                const Status pushed = inbox.push(std::to_string(t) + ":" + std::to_string(i));
                SIM_ASSERT(pushed.has_value(), "room for the command");
            }
        });
    }
    std::vector<int> next(4, 0);
    std::size_t seen = 0;
    for (std::uint64_t event = 0; seen < 2000; ++event) {
        for (const auto& command : inbox.drain(SimTime{}, event)) {
            const auto thread = static_cast<std::size_t>(command.bytes[0] - '0');
            EXPECT_EQ(std::stoi(command.bytes.substr(2)), next[thread]++);
            ++seen;
        }
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(inbox.record().size(), 2000U);
}

TEST(InboxDeathTest, AReplayThatWentAnotherWayStops) {
    Inbox replay({InboxCommand{SimTime{5}, 3, "a"}});
    EXPECT_DEATH(replay.drain(SimTime{5}, 4), "command 0 after event 3, the run is at 4");
    EXPECT_DEATH(replay.drain(SimTime{6}, 3), "command 0 at 5 ns, the run is at 6 ns");
}

}  // namespace
}  // namespace sim
