// What is planned: the scenario's actions and the programmes' payments. They come before the events
// of the same moment, actions first, and lie outside the queue of events. So it makes no difference
// whether an action was known from the start or was added by hand a moment before it was due.
#include "scenarios/engine/world_plan.h"

#include "scenarios/engine/world.h"
#include "scenarios/engine/world_builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

namespace {

sim::Error cannot_follow(std::string text) {
    return {{"scenario", 4}, std::move(text)};
}

/// Places in the file move with the lines above them.
sim::Digest digest_without_places(Scenario scenario) {
    scenario.source = {};
    for (Action& action : scenario.actions)
        action.place.clear();
    for (Expectation& expectation : scenario.expectations)
        expectation.place.clear();
    for (ScriptBlock& block : scenario.script) {
        for (ScriptTx& tx : block.transactions)
            tx.place.clear();
        for (StateCheck& check : block.checks)
            check.place.clear();
    }
    return sim::digest_of(scenario);
}

}  // namespace

bool same_scenario(const Scenario& a, const Scenario& b) {
    return digest_without_places(a) == digest_without_places(b);
}

bool same_but_for_actions(const Scenario& a, const Scenario& b) {
    Scenario left = a;
    Scenario right = b;
    left.actions.clear();
    right.actions.clear();
    return same_scenario(left, right);
}

bool same_action(const Action& a, const Action& b) {
    Action left = a;
    Action right = b;
    left.place.clear();
    right.place.clear();
    return sim::digest_of(left) == sim::digest_of(right);
}

ProgrammeTimes programme_times(const Scenario& scenario, const ProgrammeGroup& programme) {
    ProgrammeTimes out{.start = programme.start, .end = programme.end};
    if (out.end.ns == 0) out.end = sim::SimTime{scenario.run_for.ns};
    for (const Action& action : scenario.actions) {
        const auto* turned = std::get_if<ProgrammeSwitch>(&action.body);
        if (turned == nullptr || turned->programme != programme.name) continue;
        (turned->start ? out.start : out.end) = action.at;
    }
    return out;
}

void World::look_ahead() {
    planned_at_ = sim::kForever;
    if (actions_done_ < scenario_->actions.size()) {
        planned_at_ = scenario_->actions[actions_done_].at;
    }
    if (const auto due = programmes_.next()) planned_at_ = std::min(planned_at_, due->at);
}

void World::do_planned(Observer& observer) {
    SIM_ASSERT(planned_at_ >= now_, "nothing planned in the past, at {} ns", now_.ns);
    now_ = planned_at_;
    const bool action = actions_done_ < scenario_->actions.size() &&
                        scenario_->actions[actions_done_].at == planned_at_;
    if (action) {
        const auto index = static_cast<std::uint32_t>(actions_done_++);
        handle({.kind = EventKind::kAction, .slot = index}, observer);
    } else {
        const auto due = programmes_.next();
        SIM_ASSERT(due && due->at == now_, "a payment that is due");
        handle({.kind = EventKind::kProgramme, .slot = due->index}, observer);
    }
    look_ahead();
}

sim::SimTime World::earliest_action() const {
    return events_ == 0 ? now_ : now_ + sim::SimDuration{1};
}

sim::Status World::follow(std::shared_ptr<const Scenario> scenario) {
    SIM_CHECK(check_plan(*scenario));
    SIM_CHECK(retime_programmes(*scenario));
    series_.rename(series_names(*scenario));
    scenario_ = std::move(scenario);
    look_ahead();
    return sim::ok();
}

sim::Status World::check_plan(const Scenario& scenario) const {
    if (!same_but_for_actions(scenario, *scenario_)) {
        return cannot_follow("it differs in more than its actions");
    }
    const std::vector<Action>& actions = scenario.actions;
    for (std::size_t i = 0; i < actions_done_; ++i) {
        if (i >= actions.size() || !same_action(actions[i], scenario_->actions[i])) {
            return cannot_follow("it changes actions that have been done");
        }
    }
    if (actions_done_ < actions.size() && actions[actions_done_].at < earliest_action()) {
        return cannot_follow(fmt::format("{}: that moment is over", actions[actions_done_].place));
    }
    return sim::ok();
}

/// A start or an end can be moved as long as neither the old nor the new moment has come.
sim::Status World::retime_programmes(const Scenario& scenario) {
    const sim::SimTime earliest = earliest_action();
    for (const ProgrammeGroup& group : scenario.programmes) {
        const ProgrammeTimes old = programme_times(*scenario_, group);
        const ProgrammeTimes now = programme_times(scenario, group);
        if (now.start != old.start && std::min(now.start, old.start) < earliest) {
            return cannot_follow(fmt::format("programme '{}' has started already", group.name));
        }
        if (now.end != old.end && std::min(now.end, old.end) < earliest) {
            return cannot_follow(fmt::format("programme '{}' is over already", group.name));
        }
    }
    for (const ProgrammeGroup& group : scenario.programmes) {
        const ProgrammeTimes times = programme_times(scenario, group);
        ProgrammeDesk::retime(*programmes_.find(group.name), times.start, times.end);
    }
    return sim::ok();
}

}  // namespace scenarios
