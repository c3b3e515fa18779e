#include "scenarios/engine/replay.h"

#include "scenarios/engine/loader.h"
#include "scenarios/engine/progress.h"
#include "scenarios/engine/quiet_observer.h"
#include "scenarios/engine/recorded_run.h"

#include <fmt/format.h>

namespace scenarios {

namespace {

/// Stops the run at the first block whose digests are not the recorded ones.
class DigestComparer final : public Observer {
  public:
    explicit DigestComparer(const std::vector<DigestRow>& rows) : rows_(rows) {}

    void agent_joined(const World& /*world*/, AgentRef /*agent*/) override {}

    void transaction(const World& /*world*/, const TransactionSeen& /*seen*/) override {}

    void settlement(const World& /*world*/, const SettlementSeen& /*seen*/) override {}

    void note(const World& /*world*/,
              AgentRef /*author*/,
              const nodes::BidNote& /*note*/) override {}

    void action(const World& /*world*/, std::string_view /*text*/) override {}

    void sampled(const World& /*world*/) override {}

    bool block(const World& world, const BlockSeen& seen) override {
        if (next_ >= rows_.size()) return true;
        const DigestRow& row = rows_[next_];
        if (row.height > seen.height) return true;
        const DigestRow here = digest_row(seen.height, world.digests());
        if (row.height < seen.height) {
            difference_ = fmt::format("block {} was recorded and did not come", row.height.value);
            return false;
        }
        if (const std::string part = differing_part(row, here); !part.empty()) {
            difference_ = fmt::format("first difference at block {}, part {}; equal up to block {}",
                                      row.height.value,
                                      part,
                                      next_ == 0 ? 0 : rows_[next_ - 1].height.value);
            return false;
        }
        ++next_;
        return true;
    }

    [[nodiscard]] const std::string& difference() const { return difference_; }

    [[nodiscard]] std::size_t compared() const { return next_; }

  private:
    const std::vector<DigestRow>& rows_;
    std::size_t next_ = 0;
    std::string difference_;
};

}  // namespace

sim::Result<ReplayOutcome> replay(const std::filesystem::path& path,
                                  RunOptions::Progress progress) {
    SIM_TRY(run, read_recorded_run(path));
    auto scenario = load_scenario(run.source);
    if (!scenario) {
        return sim::Error{scenario.error().code,
                          fmt::format("{}: the scenario it was recorded from is refused: {}",
                                      path.string(),
                                      scenario.error().text)};
    }
    SIM_TRY(world, World::create(std::make_shared<const Scenario>(std::move(scenario).value())));
    DigestComparer comparer(run.digests);
    ProgressLine line(progress == RunOptions::Progress::kTerminal);
    // A run that was cut off is compared as far as it goes.
    const bool whole = !run.final_digest.empty();
    const sim::SimTime end{world.scenario().run_for.ns};
    while (world.now() < end && !world.stopped() && !world.breach()) {
        if (!whole && comparer.compared() == run.digests.size()) break;
        world.run_until(std::min(end, world.now() + sim::SimDuration::seconds(3'600)), comparer);
        line.update(world.now(), end, world.height(), world.events());
    }
    line.clear();
    ReplayOutcome out{.code = ExitCode::kFine, .compared = comparer.compared(), .text = {}};
    const std::string digest = world.final_digest().hex();
    if (!comparer.difference().empty()) {
        out.code = ExitCode::kNotDeterministic;
        out.text = comparer.difference();
    } else if (comparer.compared() < run.digests.size()) {
        out.code = ExitCode::kNotDeterministic;
        out.text = fmt::format("the replay ended at block {}, the recording goes on",
                               world.height().value);
    } else if (whole && digest != run.final_digest) {
        out.code = ExitCode::kNotDeterministic;
        out.text = fmt::format("all blocks are equal, the final state is not: {} instead of {}",
                               digest,
                               run.final_digest);
    } else {
        out.text = whole ? fmt::format("equal: {} blocks compared, digest {}", out.compared, digest)
                         : fmt::format("equal as far as it was recorded: {} blocks compared",
                                       out.compared);
    }
    return out;
}

}  // namespace scenarios
