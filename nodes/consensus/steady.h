// The `steady` consensus: one block per interval, its proposer by priority as in CometBFT, no votes
// and no messages. For long economic runs, in which the chain is meant to work.
#pragma once

#include "nodes/consensus/validator_set.h"
#include "nodes/protocol/messages.h"
#include "sim/units.h"

#include <cstdint>
#include <vector>

namespace nodes {

struct SteadyOptions {
    sim::SimDuration interval{6'098'000'000};  ///< between two blocks; above zero
    /// Each block comes this much earlier or later at most; below half of the interval.
    sim::SimDuration jitter;
    Timestamp start;  ///< what the chain's clock shows at simulated time 0

    static void fields(auto& self, auto&& visit) {
        visit("interval", self.interval);
        visit("jitter", self.jitter);
        visit("start", self.start);
    }
};

class Steady {
  public:
    static sim::Result<Steady> create(const SteadyOptions& options,
                                      const std::vector<ValidatorChange>& validators);

    /// When block `height` comes. Block 1 comes one interval after the start. `shift` is a draw in
    /// -1'000'000..1'000'000 that places it within the jitter.
    [[nodiscard]] sim::SimTime block_at(sim::Height height, std::int64_t shift_millionths) const;
    /// The time stamp of a block made at this moment.
    [[nodiscard]] Timestamp stamp(sim::SimTime at) const;

    /// The proposer of the next block; then moves the priorities on by one turn.
    std::size_t take_turn();

    [[nodiscard]] const ValidatorSet& validators() const { return validators_; }

    [[nodiscard]] const SteadyOptions& options() const { return options_; }

    static void fields(auto& self, auto&& visit) {
        visit("options", self.options_);
        visit("validators", self.validators_);
    }

  private:
    SteadyOptions options_;
    ValidatorSet validators_;
};

}  // namespace nodes
