// The simulation's thread: takes commands, works, sleeps, and makes models. Only session.cpp and
// session_loop.cpp include this.
#pragma once

#include "gui/session/session.h"
#include "gui/session/triple_buffer.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace gui {

using Clock = std::chrono::steady_clock;

/// Wakes the simulation's thread.
class Doorbell {
  public:
    void ring() {
        {
            const std::lock_guard lock(mutex_);
            rung_ = true;
        }
        bell_.notify_one();
    }

    void wait_until(Clock::time_point until) {
        std::unique_lock lock(mutex_);
        bell_.wait_until(lock, until, [this] { return rung_; });
        rung_ = false;
    }

  private:
    std::mutex mutex_;
    std::condition_variable bell_;
    bool rung_ = false;
};

/// How many happened in about the last second.
class RateMeter {
  public:
    void look(Clock::time_point now, double total);

    [[nodiscard]] double per_second() const { return rate_; }

    void clear() {
        began_ = false;
        rate_ = 0;
    }

  private:
    bool began_ = false;
    Clock::time_point since_;
    double total_ = 0;
    double rate_ = 0;
};

class Session::Loop {
  public:
    Loop(std::unique_ptr<Player> player, const SessionOptions& options);
    ~Loop();

    void start();
    void stop();

    // Window's thread.
    void send(const Command& command);
    bool fetch();
    void look(const Interest& interest);

    [[nodiscard]] const ViewModel& model() const { return models_.front(); }

    // After stop().
    [[nodiscard]] const Player& player() const { return *player_; }

    [[nodiscard]] const sim::Inbox& inbox() const { return inbox_; }

  private:
    void run();
    void take_commands();
    void take_interest();
    [[nodiscard]] sim::SimTime allowed();
    void sleep(bool worked);
    [[nodiscard]] bool wants_model(Clock::time_point now) const;
    void publish(Clock::time_point now);
    void show_clock(ClockView& clock, Clock::time_point now);
    void show_performance(PerformanceView& performance);

    std::unique_ptr<Player> player_;
    SessionOptions options_;
    std::thread thread_;
    std::atomic<bool> quit_{false};
    Doorbell doorbell_;
    sim::Inbox inbox_;
    TripleBuffer<ViewModel> models_;
    TripleBuffer<Interest> interests_;
    std::atomic<bool> asked_{false};
    std::atomic<std::uint32_t> dropped_{0};

    // The simulation's thread only.
    Interest interest_;
    bool changed_ = true;  ///< something that the last model does not show
    std::uint64_t published_ = 0;
    Clock::time_point next_publish_;
    std::array<double, 100> publish_ms_{};
    double publishing_s_ = 0;  ///< in all
    RateMeter events_;
    RateMeter simulated_;
    RateMeter publishing_;
    double seek_ms_ = 0;
    Clock::time_point seek_began_;
    bool seeking_ = false;
    // Pacing: simulated time `anchor_` belongs to wall time `anchor_at_`.
    std::uint64_t jumps_ = UINT64_MAX;
    sim::SimTime anchor_;
    Clock::time_point anchor_at_;
};

}  // namespace gui
