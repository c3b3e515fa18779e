// Injections and the runs that come of them.
#include "gui/session/exporter.h"
#include "gui/session/player.h"
#include "scenarios/engine/plan_editor.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

void Player::inject(const Inject& command) {
    Run& run = current();
    const sim::SimTime at = std::max(command.at, run.world().earliest_action());
    if (seek_) {
        say(Severity::kWarning, "still seeking: inject when the clock stands");
        return;
    }
    const auto changed = scenarios::with_action(run.scenario(), at, command.action);
    if (!changed) {
        say(Severity::kError, changed.error().text);
        return;
    }
    auto plan = std::make_shared<const scenarios::Scenario>(std::move(*changed));
    const Injection injection{.at = at, .line = scenarios::action_item(at, command.action)};
    const bool forks = run.key == 0 || run.parent == kNoKey || run.has_future();
    const sim::Status done = forks ? branch(plan, injection) : inject_into(run, plan, injection);
    if (!done) {
        say(Severity::kError, "not possible here: " + done.error().text);
        return;
    }
    // What shall happen now happens now, in pause too.
    constexpr sim::SimDuration kNow{1'000'000};
    Run& changed_run = current();
    if (at - changed_run.world().now() <= kNow) {
        events_done_ += go_on(changed_run, {.until = at, .events = UINT64_MAX}).events;
    }
}

sim::Status Player::inject_into(Run& run,
                                std::shared_ptr<const scenarios::Scenario> plan,
                                const Injection& injection) {
    SIM_CHECK(run.present.world.follow(std::move(plan)));
    run.history.fork(run.world());
    run.saved_as.clear();
    run.injections.push_back(injection);
    run.history.log(run.world(), {.kind = LogKind::kInjection, .text = injection.line});
    return sim::ok();
}

sim::Status Player::branch(std::shared_ptr<const scenarios::Scenario> plan,
                           const Injection& injection) {
    if (runs_.size() >= kRunsMax) {
        return sim::Error{{"session", 1},
                          fmt::format("{} runs are enough: drop one first", kRunsMax)};
    }
    const Run& parent = selected();
    auto made = std::make_unique<Run>(Run{.key = next_key_,
                                          .parent = parent.key,
                                          .name = fmt::format("branch {}", next_key_),
                                          .forked_at = parent.world().now(),
                                          .injections = parent.injections,
                                          .present = parent.present,
                                          .history = parent.history,
                                          .snapshots = parent.snapshots.up_to(parent.world())});
    SIM_CHECK(inject_into(*made, std::move(plan), injection));
    ++next_key_;
    runs_.push_back(std::move(made));
    selected_ = runs_.size() - 1;
    ++jumps_;
    return sim::ok();
}

void Player::drop(Key key) {
    const bool parent = std::any_of(
        runs_.begin(), runs_.end(), [&](const auto& run) { return run->parent == key; });
    if (key == selected().key || key == 0 || parent) {
        say(Severity::kWarning, "the main run, the one that is shown and parents of branches stay");
        return;
    }
    if (compared_ == key) compared_ = kNoKey;
    const Key shown = selected().key;
    std::erase_if(runs_, [&](const auto& run) { return run->key == key; });
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (runs_[i]->key == shown) selected_ = i;
    }
}

void Player::run_seed(std::uint64_t seed) {
    if (runs_.size() >= kRunsMax) {
        say(Severity::kWarning, fmt::format("{} runs are enough: drop one first", kRunsMax));
        return;
    }
    const auto changed =
        scenarios::with_settings_written(selected().scenario(), fmt::format("seed={}", seed));
    if (!changed) {
        say(Severity::kError, changed.error().text);
        return;
    }
    if (const auto added = add_run(*changed, fmt::format("seed {}", seed)); !added) {
        say(Severity::kError, added.error().text);
        return;
    }
    pause({});
    runs_.back()->injections = selected().injections;
    selected_ = runs_.size() - 1;
}

void Player::run_seeds(std::int64_t seeds) {
    const Run& run = selected();
    const sim::SimTime until = std::max(run.history.reached(), run.world().now());
    if (until == sim::SimTime{}) {
        say(Severity::kWarning, "let the run go on first: other seeds go as far as it has been");
        return;
    }
    fan_.start(run.world().plan(), seeds, until);
}

}  // namespace gui
