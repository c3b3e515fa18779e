// What the window's common frame shows on every screen: the clock and its state, the list of runs,
// and the time strip. Numbers and text ready to show; nothing here points back into a world.
#pragma once

#include "sim/units.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gui {

/// Names one of the rows that a screen shows, for selecting it; what it counts is said at the row.
using Key = std::int64_t;
inline constexpr Key kNoKey = -1;

/// Both ends included; empty when `to` lies before `from`.
struct TimeRange {
    sim::SimTime from;
    sim::SimTime to;

    friend bool operator==(const TimeRange&, const TimeRange&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("from", self.from);
        visit("to", self.to);
    }
};

enum class RunState : std::uint8_t {
    kPaused,
    kRunning,
    kSeeking,   ///< replays from a snapshot to the moment that was asked for
    kFinished,  ///< the scenario's end is reached
    kFailed,    ///< an invariant broke or the replay differs from its recording: see `state_text`
};

/// kFast redraws at every block at most, kExpress four times a second.
enum class RunMode : std::uint8_t { kRun, kFast, kExpress };

struct ClockView {
    sim::SimTime now;
    sim::SimTime end;  ///< the scenario's
    sim::SimTime
        reached;  ///< the latest moment this run has been at; later than `now` after rewind
    std::int64_t height = 0;
    sim::SimTime block_at;         ///< the last block's
    sim::SimDuration block_every;  ///< the usual interval
    std::string time_text;         ///< "day 3, 04:05:06"
    std::string utc_text;          ///< "2024-03-23T04:05:06Z"
    RunState state = RunState::kPaused;
    std::string state_text;  ///< "paused", "running until order without bids", why it failed
    RunMode mode = RunMode::kRun;
    double speed_target = 0;       ///< simulated seconds per second; 0 = as fast as possible
    double speed_reached = 0;      ///< over the last second; 0 while paused
    double seek_progress = 0;      ///< 0 to 1 while seeking
    std::uint64_t events = 0;      ///< done since the start
    double events_per_second = 0;  ///< of wall time, over the last second
    std::uint64_t jumps = 0;       ///< moves of the clock other than by running on
    std::string digest;            ///< of the last block, 32 hex digits
    std::uint64_t seed = 0;
    std::string version;            ///< of the program
    std::string scenario;           ///< its name
    std::string title;              ///< its title, or its name
    std::string reproduce_command;  ///< runs the selected run again without a window
    std::uint64_t number = 0;       ///< counts the published models; never goes back
    std::int64_t published_ns = 0;  ///< steady clock: snapshot age = now - this
};

/// A line of the run list: the main run and the branches made by injections.
struct RunRow {
    Key key = kNoKey;  ///< 0 is the main run
    Key parent = kNoKey;
    std::string name;  ///< "main", "branch 1"
    sim::SimTime forked_at;
    sim::SimTime now;      ///< where its clock stands
    sim::SimTime reached;  ///< the latest moment it has been at
    std::int64_t height = 0;
    std::string digest;                   ///< at `height`
    std::vector<std::string> injections;  ///< scenario lines, its parents' before its own
    bool selected = false;                ///< the one the screens show
    bool compared = false;                ///< the other one of Compare
    bool recorded = false;                ///< replayed from a database
};

enum class MarkerKind : std::uint8_t {
    kAction,       ///< triangle: a planned action of the scenario
    kInjection,    ///< triangle with a bar: done by hand
    kFault,        ///< square: failures, partitions, lossy links
    kProgramme,    ///< diamond: a programme starts or ends
    kFailedCheck,  ///< cross
    kBookmark,     ///< flag
    kFork,         ///< a branch leaves here
    kTour,         ///< dot: a caption of the tour
};

struct Marker {
    sim::SimTime at;
    MarkerKind kind = MarkerKind::kAction;
    std::string text;   ///< one line
    bool done = false;  ///< not later than the clock
};

enum class SpanKind : std::uint8_t { kProgramme, kPartition, kSurge, kOutage };

struct Span {
    TimeRange range;
    SpanKind kind = SpanKind::kProgramme;
    std::string text;
};

/// The strip's own columns come from the series book; this is what lies over them.
struct StripView {
    std::vector<Marker> markers;          ///< by time
    std::vector<Span> spans;              ///< by beginning
    std::vector<sim::SimTime> snapshots;  ///< of the selected run: seeking there costs nothing
};

}  // namespace gui
