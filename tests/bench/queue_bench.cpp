// Compares EventQueue with std::priority_queue under the hold model: pop one event, push one, with
// the number of pending events held constant. Both carry the same 24-byte payload and meet the same
// delays; their turns alternate within one run, so that the machine's other work touches both.
// Counters: ratio_vs_priority_queue (median over turns), ns per event of each, bytes_per_pending.
#include "sim/event_queue.h"
#include "sim/rng.h"

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <ctime>
#include <queue>
#include <vector>

namespace {

struct Payload {
    std::uint64_t target = 0;
    std::uint64_t kind = 0;
    std::uint64_t value = 0;
};

/// The usual way: plain records in the standard heap.
class StandardQueue {
  public:
    void push(sim::SimTime time, const Payload& payload) {
        heap_.push(Record{time.ns, next_++, payload});
    }

    auto pop() {
        const Record first = heap_.top();
        heap_.pop();
        return sim::EventQueue<Payload>::Entry{sim::SimTime{first.time}, first.payload};
    }

  private:
    struct Record {
        std::int64_t time;
        std::uint64_t sequence;
        Payload payload;
    };

    struct Later {
        bool operator()(const Record& a, const Record& b) const {
            return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
        }
    };

    std::priority_queue<Record, std::vector<Record>, Later> heap_;
    std::uint64_t next_ = 0;
};

enum class Delays : std::uint8_t { kExponential, kBlockTied };

/// A table of delays drawn beforehand, read at random places: the time of drawing is hardly
/// measured, and the pattern does not repeat, which a branch predictor would learn.
class DelayTable {
  public:
    explicit DelayTable(Delays kind) : kind_(kind) {
        auto rng = sim::Rng::stream(1, "bench", "delays");
        for (auto& delay : delays_)
            delay = rng.exponential(sim::SimDuration::seconds(1)).ns;
    }

    sim::SimTime next(sim::SimTime now) {
        place_ = place_ * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::uint64_t i = place_ >> 51U;
        const std::int64_t time = now.ns + delays_[i];
        if (kind_ == Delays::kExponential || i % 2 == 0) return sim::SimTime{time};
        constexpr std::int64_t kBlock = 6'000'000'000;
        return sim::SimTime{(time + kBlock - 1) / kBlock * kBlock};
    }

  private:
    Delays kind_;
    std::array<std::int64_t, 8192> delays_{};
    std::uint64_t place_ = 1;
};

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Queue>
struct Hold {
    Queue queue;
    DelayTable delays;
    std::uint64_t check = 0;

    Hold(Delays kind, std::size_t pending) : delays(kind) {
        for (std::size_t i = 0; i < pending; ++i) {
            queue.push(delays.next(sim::SimTime{}), Payload{i, i, i});
        }
        steps(pending * 3);
    }

    void steps(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto entry = queue.pop();
            check = check * 31 + entry.payload.target;
            queue.push(delays.next(entry.time), entry.payload);
        }
    }

    double ns_per_event(std::size_t count) {
        const double start = cpu_seconds();
        steps(count);
        return (cpu_seconds() - start) * 1e9 / static_cast<double>(count);
    }
};

double median(std::vector<double> values) {
    std::nth_element(values.begin(),
                     values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                     values.end());
    return values[values.size() / 2];
}

void hold(benchmark::State& state, Delays kind) {
    const auto pending = static_cast<std::size_t>(state.range(0));
    Hold<sim::EventQueue<Payload>> ladder(kind, pending);
    Hold<StandardQueue> standard(kind, pending);
    const std::size_t events = std::max<std::size_t>(200'000, pending / 2);
    std::vector<double> ladder_ns;
    std::vector<double> standard_ns;
    std::vector<double> ratios;
    for ([[maybe_unused]] auto turn : state) {
        ladder_ns.push_back(ladder.ns_per_event(events));
        standard_ns.push_back(standard.ns_per_event(events));
        ratios.push_back(standard_ns.back() / ladder_ns.back());
        state.SetIterationTime(ladder_ns.back() * 1e-9 * static_cast<double>(events));
    }
    if (ladder.check != standard.check) state.SkipWithError("the two queues disagree on the order");
    state.counters["ratio_vs_priority_queue"] = median(ratios);
    state.counters["ladder_ns"] = median(ladder_ns);
    state.counters["priority_queue_ns"] = median(standard_ns);
    state.counters["bytes_per_pending"] =
        static_cast<double>(ladder.queue.bytes()) / static_cast<double>(pending);
}

BENCHMARK_CAPTURE(hold, exponential, Delays::kExponential)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Iterations(15)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(hold, block_tied, Delays::kBlockTied)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Iterations(15)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
