#include "sim/event_queue.h"

#include "sim/digest.h"
#include "sim/rng.h"

#include <gtest/gtest.h>

#include <queue>
#include <tuple>

namespace sim {
namespace {

struct Note {
    std::uint64_t number = 0;
    std::uint64_t other = 7;

    static void fields(auto& self, auto&& visit) {
        visit("number", self.number);
        visit("other", self.other);
    }
};

using Queue = EventQueue<Note>;

/// The order that the queue must give, by the book.
class Model {
  public:
    void push(SimTime time) { pending_.emplace(time.ns, next_++); }

    std::pair<std::int64_t, std::uint64_t> pop() {
        const auto first = pending_.top();
        pending_.pop();
        return first;
    }

    [[nodiscard]] bool empty() const { return pending_.empty(); }

    [[nodiscard]] std::size_t size() const { return pending_.size(); }

    [[nodiscard]] std::uint64_t next() const { return next_; }

  private:
    using Key = std::pair<std::int64_t, std::uint64_t>;
    std::priority_queue<Key, std::vector<Key>, std::greater<>> pending_;
    std::uint64_t next_ = 0;
};

/// The queue beside its model.
struct Both {
    Queue queue;
    Model model;

    void push(SimTime time) {
        queue.push(time, Note{model.next()});
        model.push(time);
    }

    void pop_and_compare() {
        ASSERT_EQ(queue.size(), model.size());
        const auto [time, number] = model.pop();
        ASSERT_EQ(queue.next_time().ns, time);
        const auto entry = queue.pop();
        ASSERT_EQ(entry.time.ns, time);
        ASSERT_EQ(entry.payload.number, number) << "at time " << time;
    }
};

std::int64_t draw_delay(Rng& rng, std::int64_t kind, SimTime now) {
    constexpr std::int64_t kBlock = 6'000'000'000;
    switch (kind) {
        case 0:
            return 0;
        case 1:
            return rng.uniform_int(0, 3);
        case 2:
            return rng.uniform_int(0, 1'000'000'000);
        case 3:
            return rng.exponential(SimDuration{1'000'000'000}).ns;
        case 4:
            return (now.ns / kBlock + rng.uniform_int(1, 2)) * kBlock - now.ns;
        case 5:
            return std::int64_t{1} << rng.uniform_int(0, 57);
        default:
            return rng.uniform_int(0, 40) * 1'000'000;
    }
}

/// Phases of growing, holding and shrinking with a mixture of delays.
void run_against_the_model(std::uint64_t seed, std::size_t size, int steps) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Rng rng = Rng::stream(seed, "queue test", "steps");
    Both both;
    const std::int64_t favourite = rng.uniform_int(0, 6);
    const std::int64_t other = rng.uniform_int(0, 6);
    for (int step = 0; step < steps; ++step) {
        const bool shrinking = (step / 2000) % 3 == 2;
        const bool push = both.model.empty() ||
                          (both.model.size() < size && rng.uniform_int(0, 3) < (shrinking ? 1 : 3));
        if (push) {
            const auto kind = rng.uniform_int(0, 9) < 6 ? favourite : other;
            const SimTime now = both.queue.now();
            both.push(now + SimDuration{draw_delay(rng, kind, now)});
        } else {
            both.pop_and_compare();
            if (testing::Test::HasFatalFailure()) return;
        }
    }
    while (!both.model.empty()) {
        both.pop_and_compare();
        if (testing::Test::HasFatalFailure()) return;
    }
    EXPECT_TRUE(both.queue.empty());
}

TEST(EventQueue, GivesEventsInOrderOfTimeThenOfArrival) {
    Queue queue;
    queue.push(SimTime{30}, Note{1});
    queue.push(SimTime{10}, Note{2});
    queue.push(SimTime{30}, Note{3});
    queue.push(SimTime{20}, Note{4});
    EXPECT_EQ(queue.next_time().ns, 10);
    std::vector<std::uint64_t> numbers;
    while (!queue.empty())
        numbers.push_back(queue.pop().payload.number);
    EXPECT_EQ(numbers, (std::vector<std::uint64_t>{2, 4, 1, 3}));
    EXPECT_EQ(queue.now().ns, 30);
    EXPECT_EQ(queue.pushed(), 4U);
}

TEST(EventQueue, EventsForThePresentInstantComeAfterThoseThatWaitedForIt) {
    Queue queue;
    queue.push(SimTime{5}, Note{1});
    queue.push(SimTime{5}, Note{2});
    queue.push(SimTime{6}, Note{3});
    EXPECT_EQ(queue.pop().payload.number, 1U);
    queue.push(SimTime{5}, Note{4});
    queue.push(SimTime{5}, Note{5});
    std::vector<std::uint64_t> numbers;
    while (!queue.empty())
        numbers.push_back(queue.pop().payload.number);
    EXPECT_EQ(numbers, (std::vector<std::uint64_t>{2, 4, 5, 3}));
}

TEST(EventQueue, AgreesWithAPriorityQueueOnManyMixturesOfDelays) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        run_against_the_model(seed, seed % 4 == 0 ? 20'000 : 50 * seed, 12'000);
        if (HasFatalFailure()) return;
    }
}

TEST(EventQueue, AgreesWithAPriorityQueueWhenManyWait) {
    Rng rng = Rng::stream(9, "queue test", "many");
    Both both;
    for (int i = 0; i < 100'000; ++i)
        both.push(SimTime{draw_delay(rng, i % 7, SimTime{})});
    for (int i = 0; i < 300'000; ++i) {
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
        const SimTime now = both.queue.now();
        both.push(now + SimDuration{draw_delay(rng, rng.uniform_int(1, 4), now)});
    }
}

TEST(EventQueue, ThousandsOfTiesStayInOrder) {
    Both both;
    for (int i = 0; i < 50'000; ++i)
        both.push(SimTime{i % 10 == 0 ? 5'999'999'990 + i % 9 : 6'000'000'000});
    while (!both.model.empty()) {
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
    }
}

TEST(EventQueue, AStormOfZeroDelaysKeepsItsOrderAndItsMemory) {
    Both both;
    both.push(SimTime{7});
    both.push(SimTime{9});
    both.pop_and_compare();
    for (int i = 0; i < 20'000; ++i) {
        both.push(SimTime{7});
        both.push(SimTime{7});
        both.pop_and_compare();
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
    }
    EXPECT_EQ(both.queue.size(), 1U);
    EXPECT_LT(both.queue.bytes(), 40'000U);
}

// Each push comes before all others, again and again: the sorted end must not grow or spread for
// ever.
TEST(EventQueue, ManyEventsBeforeAllOthersAreSpreadOnce) {
    Both both;
    constexpr std::int64_t kFar = 10'000'000'000'000'000;  // 116 days
    both.push(SimTime{1});
    both.push(SimTime{kFar});
    both.pop_and_compare();
    for (std::int64_t i = 0; i < 20'000; ++i) {
        both.push(SimTime{kFar - 1 - i * 1'000'003});
        if (i % 1000 != 999) continue;
        both.push(both.queue.now() + SimDuration{i % 7});
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
    }
    for (std::int64_t gap = kFar / 2; gap > 0; gap /= 2) {
        for (int i = 0; i < 300; ++i)
            both.push(both.queue.now() + SimDuration{gap + i % 5});
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
    }
    while (!both.model.empty()) {
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
    }
}

TEST(EventQueue, TakesTimesUpToTheEndOfTime) {
    constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();
    Both both;
    for (int i = 0; i < 200; ++i) {
        both.push(SimTime{kEnd});
        both.push(SimTime{kEnd - i});
        both.push(SimTime{i});
    }
    for (int i = 0; i < 500; ++i) {
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
    }
    both.push(SimTime{kEnd});
    while (!both.model.empty()) {
        both.pop_and_compare();
        ASSERT_FALSE(HasFatalFailure());
    }
}

/// Pops everything and digests it.
std::string drained(Queue queue) {
    Digest digest;
    while (!queue.empty()) {
        const auto entry = queue.pop();
        digest.mix_value(entry.time.ns);
        digest.mix_value(entry.payload.number);
    }
    return digest.hex();
}

Queue busy_queue(std::uint64_t seed) {
    Rng rng = Rng::stream(seed, "queue test", "busy");
    Queue queue;
    for (std::uint64_t i = 0; i < 5000; ++i) {
        if (i % 5 == 4) queue.pop();
        queue.push(queue.now() + SimDuration{draw_delay(rng, rng.uniform_int(0, 6), queue.now())},
                   Note{i});
    }
    return queue;
}

TEST(EventQueue, ACopyContinuesIdenticallyAndLeavesTheOriginalAlone) {
    const Queue queue = busy_queue(1);
    Queue copy = queue;
    const std::string before = digest_of(queue).hex();
    EXPECT_EQ(drained(copy), drained(queue));
    copy.pop();
    EXPECT_EQ(digest_of(queue).hex(), before);
    EXPECT_NE(digest_of(copy).hex(), before);
}

TEST(EventQueue, TheSavedFormDoesNotDependOnTheLayout) {
    const Queue queue = busy_queue(2);
    std::string bytes;
    auto sink = [&bytes](const void* from, std::size_t n) {
        bytes.append(static_cast<const char*>(from), n);
    };
    FieldWriter writer(sink);
    writer.write(queue);

    Queue loaded;
    std::size_t at = 0;
    auto source = [&](void* to, std::size_t n) {
        if (bytes.size() - at < n) return false;
        std::memcpy(to, bytes.data() + at, n);
        at += n;
        return true;
    };
    FieldReader reader(source);
    reader.read(loaded);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(loaded.now(), queue.now());
    EXPECT_EQ(loaded.pushed(), queue.pushed());
    EXPECT_EQ(digest_of(loaded), digest_of(queue));
    EXPECT_EQ(drained(loaded), drained(queue));
}

TEST(EventQueue, AllocatesNothingMoreOnceWarmedUp) {
    Rng rng = Rng::stream(3, "queue test", "warm");
    Queue queue;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        queue.push(SimTime{} + rng.exponential(1_s), Note{i});
    }
    const auto hold = [&](int steps) {
        for (int i = 0; i < steps; ++i) {
            const auto entry = queue.pop();
            queue.push(entry.time + rng.exponential(1_s), entry.payload);
        }
    };
    hold(200'000);
    const std::size_t warm = queue.bytes();
    hold(200'000);
    EXPECT_LE(queue.bytes(), warm + warm / 5);
}

TEST(EventQueueDeathTest, RefusesAnEventInThePast) {
    Queue queue;
    queue.push(SimTime{10}, Note{1});
    queue.pop();
    EXPECT_DEATH(queue.push(SimTime{9}, Note{2}), "no event before 10 ns, got 9 ns");
}

TEST(EventQueueDeathTest, HasNothingToPopWhenEmpty) {
    Queue queue;
    EXPECT_DEATH(queue.pop(), "an event to pop");
}

}  // namespace
}  // namespace sim
