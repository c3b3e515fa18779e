// The one door for everything from outside: a client's transaction, a click, a result of a real
// GPU. Other threads push commands as bytes; the simulation takes them at event boundaries, where
// each gets the simulated time and the number of events done before it, and is kept. Given that
// record, an inbox repeats the commands at the same places, so a session by hand replays without
// the outside.
#pragma once

#include "sim/result.h"
#include "sim/units.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace sim {

/// A command as it was applied.
struct InboxCommand {
    SimTime time;                ///< of the event boundary at which it was applied
    std::uint64_t sequence = 0;  ///< events done before it
    std::string bytes;

    static void fields(auto& self, auto&& visit) {
        visit("time", self.time);
        visit("sequence", self.sequence);
        visit("bytes", self.bytes);
    }
};

class Inbox {
  public:
    static constexpr std::size_t kWaitingMax = 100'000;  ///< commands that may wait at a time

    Inbox() = default;
    /// Replays a record, which is in the order of application, and takes nothing from outside.
    explicit Inbox(std::vector<InboxCommand> record);
    ~Inbox() = default;
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    /// From any thread. Commands are applied in the order in which they came. An error when too
    /// many wait or when a record is replayed.
    Status push(std::string bytes);

    /// Whether drain() would give something; cheap enough to ask at every event. Simulation thread.
    [[nodiscard]] bool ready(std::uint64_t events_done) const {
        if (waiting_.load(std::memory_order_acquire)) return true;
        return next_ < replay_.size() && replay_[next_].sequence <= events_done;
    }

    /// What to apply now, at `time` after `events_done` events; it is added to the record.
    std::vector<InboxCommand> drain(SimTime time, std::uint64_t events_done);

    /// Simulation thread: everything applied so far, or for a replay the whole record.
    [[nodiscard]] const std::vector<InboxCommand>& record() const {
        return replaying_ ? replay_ : applied_;
    }

    [[nodiscard]] bool replaying() const { return replaying_; }

  private:
    std::mutex mutex_;
    std::vector<std::string> came_;  ///< guarded by mutex_
    std::atomic<bool> waiting_{false};

    bool replaying_ = false;
    std::vector<InboxCommand> applied_;
    std::vector<InboxCommand> replay_;
    std::size_t next_ = 0;  ///< of replay_
};

}  // namespace sim
