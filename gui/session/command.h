// What the window can ask the session to do. A command is a plain value; it takes effect at the
// next event boundary, in the order of sending.
#pragma once

#include "gui/session/model_frame.h"
#include "sim/units.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace gui {

struct Play {
    static void fields(auto& /*self*/, auto&& /*visit*/) {}
};

struct Pause {
    static void fields(auto& /*self*/, auto&& /*visit*/) {}
};

/// Plays when paused and pauses when playing.
struct TogglePlay {
    static void fields(auto& /*self*/, auto&& /*visit*/) {}
};

/// So many blocks forward (or events), then pause.
struct StepBlock {
    std::int64_t blocks = 1;

    static void fields(auto& self, auto&& visit) { visit("blocks", self.blocks); }
};

struct StepEvent {
    std::int64_t events = 1;

    static void fields(auto& self, auto&& visit) { visit("events", self.events); }
};

/// To the end of an earlier block.
struct StepBack {
    std::int64_t blocks = 1;

    static void fields(auto& self, auto&& visit) { visit("blocks", self.blocks); }
};

/// Forward or (below 0) back by a time.
struct StepTime {
    sim::SimDuration by;

    static void fields(auto& self, auto&& visit) { visit("by", self.by); }
};

/// To a moment between the start and the run's end; beyond `reached` it runs there as fast as it
/// can.
struct SeekTo {
    sim::SimTime at;

    static void fields(auto& self, auto&& visit) { visit("at", self.at); }
};

/// Simulated seconds per second; 0 = as fast as possible.
struct SetSpeed {
    double factor = 1;

    static void fields(auto& self, auto&& visit) { visit("factor", self.factor); }
};

struct SetMode {
    RunMode mode = RunMode::kRun;

    static void fields(auto& self, auto&& visit) { visit("mode", self.mode); }
};

/// Runs and pauses when this comes about.
struct RunUntil {
    enum class What : std::uint8_t {
        kTime,              ///< `at`
        kHeight,            ///< `height`
        kAction,            ///< the next planned action
        kLease,             ///< the next lease
        kOrderWithoutBids,  ///< an order closes or is given up without a bid
        kCheckFails,        ///< an expectation or an invariant
        kProviderFails,     ///< a provider goes offline
        kEscrowRunsDry,     ///< an account is overdrawn
        kSeriesAbove,       ///< `series` above `bound`, as "gpu_utilization/h100"
        kSeriesBelow,
    };

    What what = What::kTime;
    sim::SimTime at;
    std::int64_t height = 0;
    std::string series;
    double bound = 0;

    static void fields(auto& self, auto&& visit) {
        visit("what", self.what);
        visit("at", self.at);
        visit("height", self.height);
        visit("series", self.series);
        visit("bound", self.bound);
    }
};

struct AddBookmark {
    std::string text;  ///< empty = named by its time

    static void fields(auto& self, auto&& visit) { visit("text", self.text); }
};

struct RemoveBookmark {
    sim::SimTime at;

    static void fields(auto& self, auto&& visit) { visit("at", self.at); }
};

/// An action in the words of a scenario without its time, as "price: { factor: 0.5 }". It is done
/// now, or at `at` when that lies ahead. When the run has been further than now, or this is the
/// first injection, it forks a branch, which becomes the selected run.
struct Inject {
    std::string action;
    sim::SimTime at;  ///< 0 = now

    static void fields(auto& self, auto&& visit) {
        visit("action", self.action);
        visit("at", self.at);
    }
};

/// Shows another run where its clock stands.
struct SwitchRun {
    Key run = 0;

    static void fields(auto& self, auto&& visit) { visit("run", self.run); }
};

/// Compares the selected run with this one; kNoKey ends comparing.
struct Compare {
    Key run = kNoKey;

    static void fields(auto& self, auto&& visit) { visit("run", self.run); }
};

/// Forgets a branch that is neither selected nor anybody's parent.
struct DropRun {
    Key run = kNoKey;

    static void fields(auto& self, auto&& visit) { visit("run", self.run); }
};

/// Starts the scenario again from the beginning with another seed, as a further run.
struct RunSeed {
    std::uint64_t seed = 1;

    static void fields(auto& self, auto&& visit) { visit("seed", self.seed); }
};

/// Runs the selected run's plan with further seeds up to the latest moment reached, one after the
/// other whenever the run itself leaves time; the screen for comparing shows how far they spread.
struct RunSeeds {
    std::int64_t seeds = 8;

    static void fields(auto& self, auto&& visit) { visit("seeds", self.seeds); }
};

/// Writes the selected run as a scenario file that runs headless to the same digest.
struct SaveScenario {
    std::string path;
    bool replace = false;

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("replace", self.replace);
    }
};

/// Writes series as CSV: time in seconds, then a column for each name (all when empty).
struct ExportCsv {
    std::string path;
    std::vector<std::string> series;
    TimeRange range{sim::SimTime{}, sim::SimTime{}};  ///< empty = all

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("series", self.series);
        visit("range", self.range);
    }
};

/// Runs the selected run again up to now with a recorder: the database that orrery run would write.
struct ExportDatabase {
    std::string path;
    bool replace = false;

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("replace", self.replace);
    }
};

using Command = std::variant<Play,
                             Pause,
                             TogglePlay,
                             StepBlock,
                             StepEvent,
                             StepBack,
                             StepTime,
                             SeekTo,
                             SetSpeed,
                             SetMode,
                             RunUntil,
                             AddBookmark,
                             RemoveBookmark,
                             Inject,
                             SwitchRun,
                             Compare,
                             DropRun,
                             RunSeed,
                             SaveScenario,
                             ExportCsv,
                             ExportDatabase,
                             RunSeeds>;

class CommandSink {
  public:
    virtual ~CommandSink() = default;
    virtual void send(Command command) = 0;
};

}  // namespace gui
