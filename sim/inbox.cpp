#include "sim/inbox.h"

#include "sim/assert.h"

#include <utility>

namespace sim {

Inbox::Inbox(std::vector<InboxCommand> record) : replaying_(true), replay_(std::move(record)) {
    for (std::size_t i = 1; i < replay_.size(); ++i) {
        SIM_ASSERT(replay_[i - 1].sequence <= replay_[i].sequence, "a record in its order");
    }
}

Status Inbox::push(std::string bytes) {
    if (replaying_) return Error{{"inbox", 1}, "a recorded session is replayed: nothing is taken"};
    const std::lock_guard lock(mutex_);
    if (came_.size() >= kWaitingMax) {
        return Error{{"inbox", 2}, "too many commands wait; is the simulation paused?"};
    }
    came_.push_back(std::move(bytes));
    waiting_.store(true, std::memory_order_release);
    return ok();
}

std::vector<InboxCommand> Inbox::drain(SimTime time, std::uint64_t events_done) {
    std::vector<InboxCommand> commands;
    while (next_ < replay_.size() && replay_[next_].sequence <= events_done) {
        // A command that falls to another place means that the run is not the recorded one.
        SIM_ASSERT(replay_[next_].sequence == events_done,
                   "command {} after event {}, the run is at {}",
                   next_,
                   replay_[next_].sequence,
                   events_done);
        SIM_ASSERT(replay_[next_].time == time,
                   "command {} at {} ns, the run is at {} ns",
                   next_,
                   replay_[next_].time.ns,
                   time.ns);
        commands.push_back(replay_[next_++]);
    }
    if (!waiting_.load(std::memory_order_acquire)) return commands;
    std::vector<std::string> came;
    {
        const std::lock_guard lock(mutex_);
        came.swap(came_);
        waiting_.store(false, std::memory_order_release);
    }
    for (std::string& bytes : came) {
        commands.push_back(InboxCommand{time, events_done, std::move(bytes)});
        applied_.push_back(commands.back());
    }
    return commands;
}

}  // namespace sim
