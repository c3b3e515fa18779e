#include "nodes/consensus/steady.h"

namespace nodes {

namespace {
constexpr std::int64_t kSecond = 1'000'000'000;
}

sim::Result<Steady> Steady::create(const SteadyOptions& options,
                                   const std::vector<ValidatorChange>& validators) {
    if (options.interval.ns <= 0) {
        return sim::Error{{"steady", 1}, "the block interval must be above zero"};
    }
    if (options.jitter.ns < 0 || options.jitter.ns * 2 >= options.interval.ns) {
        return sim::Error{{"steady", 2}, "the jitter must be below half of the block interval"};
    }
    Steady out;
    out.options_ = options;
    SIM_TRY(set, ValidatorSet::create(validators));
    out.validators_ = std::move(set);
    return out;
}

// The grid of intervals stays where it is, so that jitter never adds up over a long run.
sim::SimTime Steady::block_at(sim::Height height, std::int64_t shift_millionths) const {
    const sim::Int128 grid = sim::Int128{options_.interval.ns} * height.value;
    const sim::Int128 shift = sim::Int128{options_.jitter.ns} * shift_millionths / 1'000'000;
    return sim::SimTime{static_cast<std::int64_t>(grid + shift)};
}

Timestamp Steady::stamp(sim::SimTime at) const {
    const std::int64_t nanos = options_.start.nanos + at.ns % kSecond;
    return {.seconds = options_.start.seconds + at.ns / kSecond + nanos / kSecond,
            .nanos = static_cast<std::int32_t>(nanos % kSecond)};
}

std::size_t Steady::take_turn() {
    const std::size_t proposer = validators_.proposer();
    validators_.increment(1);
    return proposer;
}

}  // namespace nodes
