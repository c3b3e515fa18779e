#include "gui/session/run.h"

#include "sim/assert.h"

namespace gui {

namespace {

bool at_goal(const scenarios::World& world, const Leg& leg) {
    return leg.height && world.height() >= *leg.height;
}

/// To the end of the next block, or less far. False when there is nothing left to do.
bool walk(scenarios::World& world, const Leg& leg, Collector& collector, std::uint64_t& events) {
    while (events < leg.events) {
        if (!world.step(leg.until, collector)) return false;
        ++events;
        if (collector.take_news()) break;
    }
    return true;
}

}  // namespace

LegOutcome go_on(Run& run, const Leg& leg) {
    scenarios::World& world = run.present.world;
    Collector collector(run.present.memory, run.history);
    if (leg.rule) collector.watch_for(*leg.rule);
    if (run.recorded) collector.compare_with(*run.recorded);
    LegOutcome out;
    bool nothing_left = false;
    while (out.events < leg.events && !at_goal(world, leg)) {
        nothing_left = !walk(world, leg, collector, out.events);
        if (nothing_left || !collector.reason_to_stop().empty()) break;
        if (leg.asked != nullptr && leg.asked->load(std::memory_order_relaxed)) break;
    }
    // The clock goes on between events too.
    if (nothing_left && !world.breach()) world.run_until(leg.until, collector);
    out.arrived = at_goal(world, leg) || (nothing_left && !leg.height);
    out.reason = collector.reason_to_stop();
    run.history.reach(world);
    if (run.snapshots.due(world)) run.snapshots.take(run.present);
    return out;
}

void restore(Run& run, const Present& snapshot) {
    const auto plan = run.present.world.plan();
    run.present = snapshot;
    if (run.present.world.plan() == plan) return;
    const sim::Status status = run.present.world.follow(plan);
    SIM_ASSERT(status.has_value(), "a snapshot before the fork, {}", status.error().text);
}

}  // namespace gui
