// One line on the terminal that tells how far a run is. Wall time is read here for the line alone
// and never reaches the simulation.
#pragma once

#include "sim/units.h"

#include <chrono>
#include <string>

namespace scenarios {

class ProgressLine {
  public:
    explicit ProgressLine(bool shown) : shown_(shown), began_(Clock::now()), last_(began_) {}

    /// At most five times a second.
    void update(sim::SimTime now, sim::SimTime end, sim::Height height, std::uint64_t events);
    /// Takes the line away.
    void clear();

  private:
    using Clock = std::chrono::steady_clock;

    bool shown_;
    bool drawn_ = false;
    Clock::time_point began_;
    Clock::time_point last_;
};

}  // namespace scenarios
