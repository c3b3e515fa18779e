#include "gui/session/fan.h"

#include "scenarios/engine/plan_editor.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {
namespace {

/// Few enough that a command waits some milliseconds at most.
constexpr int kEventsAtOnce = 1'024;

}  // namespace

void Fan::start(std::shared_ptr<const scenarios::Scenario> plan,
                std::int64_t seeds,
                sim::SimTime until) {
    *this = Fan{};
    plan_ = std::move(plan);
    until_ = until;
    wanted_ = std::clamp<std::int64_t>(seeds, 1, kSeedsMax);
}

void Fan::begin_next() {
    const std::uint64_t seed = plan_->seed + static_cast<std::uint64_t>(done_) + 1;
    const auto changed = scenarios::with_settings_written(*plan_, fmt::format("seed={}", seed));
    auto world =
        changed
            ? scenarios::World::create(std::make_shared<const scenarios::Scenario>(changed.value()))
            : sim::Result<scenarios::World>(changed.error());
    if (!world) {
        problem_ = fmt::format("seed {}: {}", seed, world.error().text);
        ++done_;
        return;
    }
    History history(*world);
    going_ = std::make_unique<Going>(
        Going{.world = std::move(world).value(), .memory = {}, .history = std::move(history)});
}

bool Fan::work() {
    if (is_done()) return false;
    if (!going_) {
        begin_next();
        return true;
    }
    Collector collector(going_->memory, going_->history);
    bool more = true;
    for (int i = 0; i < kEventsAtOnce && more; ++i)
        more = going_->world.step(until_, collector);
    going_->history.reach(going_->world);
    if (more) return true;
    if (const auto& breach = going_->world.breach()) {
        problem_ = fmt::format("seed {}: {}", going_->world.scenario().seed, breach->text);
    }
    books_.push_back(std::make_shared<const SeriesBook>(going_->history.book()));
    going_.reset();
    ++done_;
    return true;
}

void Fan::show(const std::shared_ptr<const scenarios::Scenario>& plan, FanView& view) const {
    if (plan != plan_) return;
    view.wanted = wanted_;
    view.done = done_;
    view.until = until_;
    view.problem = problem_;
    view.seeds = books_;
}

}  // namespace gui
