// Plays a scenario for the window: goes on, pauses, goes back and forth, branches at injections and
// compares. It knows no threads and no wall time: session.h calls it, and tests do so directly.
#pragma once

#include "gui/session/command.h"
#include "gui/session/fan.h"
#include "gui/session/run.h"
#include "gui/session/view_model.h"
#include "scenarios/engine/scenario.h"
#include "sim/result.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gui {

struct PlayerOptions {
    std::size_t snapshot_bytes = 768U << 20U;  ///< for the snapshots of one run
    scenarios::InvariantChecks checks;
};

class Player {
  public:
    static constexpr std::size_t kRunsMax = 16;

    static sim::Result<std::unique_ptr<Player>> open(const scenarios::Scenario& scenario,
                                                     const PlayerOptions& options = {});
    /// Runs the scenario of a database again and compares block by block.
    static sim::Result<std::unique_ptr<Player>> open_recorded(const std::filesystem::path& path,
                                                              const PlayerOptions& options = {});
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    void obey(const Command& command);

    /// A piece of work of some 4,096 events, towards the moment that the commands say but not
    /// beyond `allowed` (which does not hold back a seek). Shorter when `asked` is set at a block.
    /// False when there was nothing to do.
    bool work(sim::SimTime allowed, const std::atomic<bool>* asked = nullptr);

    [[nodiscard]] RunState state() const;

    /// Simulated seconds per second that are wanted; 0 = as fast as possible.
    [[nodiscard]] double speed() const { return speed_; }

    [[nodiscard]] RunMode mode() const { return mode_; }

    [[nodiscard]] const Run& selected() const { return *runs_[selected_]; }

    [[nodiscard]] const Run* compared() const;

    [[nodiscard]] const std::vector<std::unique_ptr<Run>>& runs() const { return runs_; }

    /// Counts the moves of the clock other than by running on: after one, pacing starts afresh.
    [[nodiscard]] std::uint64_t jumps() const { return jumps_; }

    /// Event counts over everything done in this session, replays included.
    [[nodiscard]] std::uint64_t events_done() const { return events_done_; }

    /// The parts of the view that the player knows; the rest are the session's.
    void show(const Interest& interest, ViewModel& model) const;

    void say(Severity severity, std::string text);

  private:
    struct Goal {
        sim::SimTime from;
        sim::SimTime to;
        std::optional<sim::Height> height;
        sim::SimTime near;  ///< keep a snapshot here on the way
    };

    struct Bookmark {
        sim::SimTime at;
        std::string text;
    };

    class Exporter;

    explicit Player(const PlayerOptions& options);

    sim::Status add_run(const scenarios::Scenario& scenario, std::string name);

    [[nodiscard]] Run& current() { return *runs_[selected_]; }

    [[nodiscard]] Run* run_with(Key key);

    void play();
    void pause(std::string why);
    void seek(sim::SimTime at, std::optional<sim::Height> height);
    void inject(const Inject& command);
    sim::Status inject_into(Run& run,
                            std::shared_ptr<const scenarios::Scenario> plan,
                            const Injection& injection);
    sim::Status branch(std::shared_ptr<const scenarios::Scenario> plan, const Injection& injection);
    void run_until(const RunUntil& until);
    void drop(Key key);
    void run_seed(std::uint64_t seed);
    void run_seeds(std::int64_t seeds);
    void save(const SaveScenario& command);
    void export_csv(const ExportCsv& command);
    void export_database(const ExportDatabase& command);

    void work_on_seek(const std::atomic<bool>* asked);
    void work_forward(sim::SimTime allowed, const std::atomic<bool>* asked);
    bool follow_along();
    bool work_on_fan();
    void arrived(const LegOutcome& outcome);

    void show_clock(ClockView& clock) const;
    void show_runs(ViewModel& model) const;
    void show_strip(StripView& strip) const;
    void show_compare(ViewModel& model) const;
    void show_performance(PerformanceView& view) const;

    friend struct CommandVisitor;

    PlayerOptions options_;
    std::vector<std::unique_ptr<Run>> runs_;
    std::size_t selected_ = 0;
    Key compared_ = kNoKey;
    Key next_key_ = 0;
    bool playing_ = false;
    std::optional<Goal> seek_;
    std::optional<sim::SimTime> stop_at_;
    std::optional<sim::Height> stop_height_;
    std::optional<std::uint64_t> events_left_;
    std::optional<RunUntil> rule_;
    std::string why_paused_;
    double speed_ = 0;
    RunMode mode_ = RunMode::kRun;
    std::uint64_t jumps_ = 0;
    std::uint64_t events_done_ = 0;
    std::vector<Bookmark> bookmarks_;
    std::deque<Message> messages_;
    std::uint64_t messages_said_ = 0;
    std::string recorded_path_;
    std::string recorded_version_;
    Fan fan_;
    std::unique_ptr<Exporter> exporter_;
};

}  // namespace gui
