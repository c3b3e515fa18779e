// One run of the session: the main one, a branch made by an injection, or the same scenario with
// another seed. Each keeps its own present, history and snapshots, so that they can be compared.
#pragma once

#include "gui/session/collector.h"
#include "gui/session/history.h"
#include "gui/session/snapshots.h"
#include "scenarios/engine/scenario.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gui {

/// An action added by hand, as its line in the scenario.
struct Injection {
    sim::SimTime at;
    std::string line;
};

struct Run {
    Key key = 0;
    Key parent = kNoKey;
    std::string name;
    sim::SimTime forked_at;
    std::vector<Injection> injections;
    Present present;
    History history;
    Snapshots snapshots;
    /// Shortly before the last moment sought in the past: steps back begin here.
    std::shared_ptr<const Present> near;
    std::optional<Recorded> recorded;
    std::string saved_as;  ///< where the present plan was written to; empty = nowhere

    [[nodiscard]] const scenarios::World& world() const { return present.world; }

    [[nodiscard]] const scenarios::Scenario& scenario() const { return present.world.scenario(); }

    [[nodiscard]] sim::SimTime end() const { return sim::SimTime{scenario().run_for.ns}; }

    /// Seen further than the clock stands now.
    [[nodiscard]] bool has_future() const { return history.events() > present.world.events(); }
};

/// How far a run is to go in one piece of work.
struct Leg {
    sim::SimTime until;
    std::optional<sim::Height> height;         ///< stop at the end of this block
    std::uint64_t events = 4'096;              ///< at most so many
    std::optional<RunUntil> rule;              ///< stop when this comes about
    const std::atomic<bool>* asked = nullptr;  ///< stop after a block when this is set
};

struct LegOutcome {
    std::uint64_t events = 0;
    bool arrived = false;  ///< at `until` or `height`
    std::string reason;    ///< why it stopped by the rule
};

/// Goes on with a run; takes snapshots where they are due.
LegOutcome go_on(Run& run, const Leg& leg);

/// Goes back to a snapshot, keeping the run's own plan and history.
void restore(Run& run, const Present& snapshot);

}  // namespace gui
