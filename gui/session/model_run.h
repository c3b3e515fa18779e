// The run itself: its script, what must hold, its log, its speed, its tour, and the comparison of
// two runs.
#pragma once

#include "gui/session/model_frame.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gui {

struct ActionRow {
    sim::SimTime at;
    std::string when;  ///< "day 9, 00:00:00"
    std::string text;  ///< in words
    int line = 0;      ///< in `ScenarioView::text`, from 1; 0 = not known
    bool done = false;
    bool next = false;      ///< the first that is not done
    bool injected = false;  ///< by hand
};

struct NextEvent {
    std::string kind;        ///< "block", "timer", "news"
    std::int64_t count = 0;  ///< pending ones of this kind
    sim::SimTime at;         ///< of the next one
};

struct ScenarioView {
    std::string file;
    std::string text;  ///< of the selected run, injections included; changes with the run only
    std::vector<ActionRow> actions;
    std::vector<NextEvent> next_events;  ///< filled when the screen is visible and paused
    std::int64_t pending_events = 0;
    std::vector<std::string> settings;         ///< "key=value" from the command line
    std::vector<std::string> provider_groups;  ///< what an injection can name
    std::vector<std::string> tenant_groups;
    std::vector<std::string> programmes;
    std::vector<std::string> regions;
    std::vector<std::string> gpu_models;
};

enum class CheckState : std::uint8_t { kHeld, kFailed, kPending, kNotReached };

struct CheckRow {
    std::string title;
    std::string place;  ///< "file:line:column"; empty for invariants
    CheckState state = CheckState::kPending;
    std::string text;   ///< what was found, and what is wanted
    std::string value;  ///< as text with its unit; empty for invariants
    std::string bound;  ///< ">= 0.35"
    double margin = 0;  ///< distance to the bound, as a share of it; negative = violated
    bool has_margin = false;
    std::string series;  ///< for the spark line; empty for invariants and queries
    double bound_value = 0;
    TimeRange window;
    bool has_violation = false;
    sim::SimTime violated_at;  ///< the first time
};

struct ChecksView {
    std::vector<CheckRow> rows;
    std::int64_t held = 0;
    std::int64_t failed = 0;
    std::int64_t pending = 0;
};

enum class LogKind : std::uint8_t {
    kAction,
    kInjection,
    kOrder,
    kBid,
    kDeclined,
    kLease,
    kDeployment,
    kMoney,
    kProvider,
    kFailure,
    kCheck,
    kSession,
};
inline constexpr std::array<const char*, 12> kLogKinds{"action",
                                                       "injection",
                                                       "order",
                                                       "bid",
                                                       "declined",
                                                       "lease",
                                                       "deployment",
                                                       "money",
                                                       "provider",
                                                       "failure",
                                                       "check",
                                                       "session"};

enum class Severity : std::uint8_t { kDetail, kNormal, kWarning, kError };

struct LogRow {
    std::uint64_t number = 0;  ///< counts the run's records
    sim::SimTime at;
    std::int64_t height = 0;
    LogKind kind = LogKind::kAction;
    Severity severity = Severity::kNormal;
    std::string actor;
    std::string text;
    Key order = kNoKey;  ///< to select, when it is about one
};

/// The last records up to the clock that pass Interest::log, oldest first.
struct LogView {
    std::vector<LogRow> rows;
    std::uint64_t matched = 0;  ///< that pass the filter, as far as was looked
    std::uint64_t kept = 0;     ///< records that are remembered
    std::uint64_t dropped = 0;  ///< older ones that are not
};

struct EventCount {
    std::string kind;
    std::uint64_t count = 0;  ///< since the session began, seeks included
    double per_second = 0;    ///< of wall time
};

struct PerformanceView {
    std::vector<EventCount> kinds;
    double publish_ms = 0;           ///< the last model's making
    double publish_ms_worst = 0;     ///< of the last 100
    double publish_share = 0;        ///< of the simulation thread's time, over the last second
    double snapshot_ms = 0;          ///< the last world copy
    std::size_t snapshots = 0;       ///< kept, of all runs
    std::size_t snapshot_bytes = 0;  ///< estimate
    std::size_t snapshot_budget = 0;
    std::size_t history_bytes = 0;  ///< series, log, auctions: estimate
    std::size_t process_bytes = 0;  ///< resident memory of the program
    std::int64_t queue_size = 0;    ///< pending events
    std::int64_t mempool = 0;       ///< transactions that wait for a block
    std::int64_t commands_waiting = 0;
    double seek_ms = 0;  ///< the last seek took
};

struct Caption {
    sim::SimTime at;
    std::string text;
    std::string highlight;  ///< name of a widget; empty = none
    std::string screen;     ///< to open; empty = stay
    bool pause = false;
    double speed = -1;  ///< to set; -1 = leave
};

struct TourView {
    std::vector<Caption> captions;  ///< empty: the scenario has no tour
    int current = -1;               ///< the last one whose time has come
};

/// One metric of two runs at the same moment.
struct CompareRow {
    std::string name;  ///< of the series
    std::string unit;
    double a = 0;
    double b = 0;
    double difference = 0;  ///< b - a
    double per_cent = 0;    ///< of a; 0 when a is 0
};

class SeriesBook;

/// The same plan with other seeds, to see what chance does.
struct FanView {
    std::int64_t wanted = 0;  ///< seeds; 0 = none was asked for
    std::int64_t done = 0;
    sim::SimTime until;   ///< they are run up to here
    std::string problem;  ///< of a seed that could not be run to its end
    std::vector<std::shared_ptr<const SeriesBook>> seeds;  ///< those done
};

struct CompareView {
    bool shown = false;
    Key a = kNoKey, b = kNoKey;  ///< runs; a is the selected one
    std::string a_name, b_name;
    sim::SimTime at;  ///< both are compared here: the earlier of their latest moments, or the clock
    std::vector<CompareRow> rows;
    bool diverged = false;
    std::int64_t divergence_height = 0;  ///< the first block whose digests differ
    sim::SimTime divergence_at;
    FanView fan;             ///< of the selected run, whether another is compared or not
    std::string divergence;  ///< "equal up to block 48,112; first differing part: market"
};

/// The other side of a recorded run: what the replay found so far.
struct RecordingView {
    bool shown = false;  ///< the session was opened from a database
    std::string path;
    std::string version;        ///< of the program that recorded it
    std::int64_t compared = 0;  ///< blocks whose digests were equal
    std::string difference;     ///< empty = none so far
};

/// Something the session has to tell: the window shows it for a while.
struct Message {
    std::uint64_t number = 0;
    Severity severity = Severity::kNormal;
    std::string text;
};

}  // namespace gui
