// Wall time, for runs that are watched: holds the simulation back to a chosen number of simulated
// seconds per second, and turns SIGINT and SIGTERM into a stop flag. Nothing that it measures
// reaches the simulation. The first signal asks to stop; a second one ends the process as usual.
#pragma once

#include "sim/units.h"

#include <memory>

namespace sim {

class Pacer {
  public:
    /// What a wait ended with.
    enum class Outcome : unsigned char { kReached, kStopped };

    /// Simulated seconds per second; 0 for as fast as possible. Starts to listen for signals.
    explicit Pacer(double factor);
    ~Pacer();
    Pacer(const Pacer&) = delete;
    Pacer& operator=(const Pacer&) = delete;

    /// Simulation thread: returns when it is time for `time`, at once when late, or when asked to
    /// stop. While paused it waits. After a pause or a new factor the pace starts afresh from
    /// `time`.
    Outcome wait_until(SimTime time);

    // From any thread.
    void set_factor(double factor);
    [[nodiscard]] double factor() const;
    void pause();
    void resume();
    [[nodiscard]] bool paused() const;
    void request_stop();
    /// A load of one atomic: may be asked at every event.
    [[nodiscard]] bool stop_requested() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sim
