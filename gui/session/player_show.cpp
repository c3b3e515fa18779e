// The parts of the view that concern all runs: clock, run list, strip, comparison.
#include "gui/session/checks.h"
#include "gui/session/exporter.h"
#include "gui/session/show.h"
#include "scenarios/engine/quantities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {

namespace {

std::string digest_of(const Run& run) {
    return run.world().digests().combined().hex();
}

std::string reproduce_command(const Run& run) {
    if (!run.saved_as.empty()) return fmt::format("orrery run {}", run.saved_as);
    if (!run.injections.empty()) return "save the scenario first, then: orrery run FILE";
    const scenarios::ScenarioSource& source = run.scenario().source;
    std::string out = fmt::format("orrery run {}", source.file);
    for (const std::string& setting : source.settings)
        out += fmt::format(" --set {}", setting);
    return out;
}

std::string seek_text(const sim::SimTime to) {
    return fmt::format("replaying to {}", clock_text(to));
}

/// Captions are few and always shown: the window leads by them whatever screen is open.
void show_tour(const scenarios::Scenario& scenario, sim::SimTime now, TourView& view) {
    for (const scenarios::TourStep& step : scenario.tour) {
        if (step.at <= now) view.current = static_cast<int>(view.captions.size());
        view.captions.push_back({.at = step.at,
                                 .text = step.caption,
                                 .highlight = step.highlight,
                                 .screen = step.screen,
                                 .pause = step.pause,
                                 .speed = step.speed});
    }
}

}  // namespace

void Player::show_clock(ClockView& clock) const {
    const Run& run = selected();
    const scenarios::World& world = run.world();
    clock.now = world.now();
    clock.end = run.end();
    clock.reached = std::max(run.history.reached(), world.now());
    clock.height = world.height().value;
    clock.block_at = run.present.memory.blocks.last();
    clock.block_every = run.scenario().block.interval;
    clock.time_text = clock_text(world.now());
    clock.utc_text = scenarios::date_text(world.consensus().stamp(world.now()));
    clock.state = state();
    constexpr std::array<const char*, 5> kStates{"paused", "running", "", "finished", "failed"};
    clock.state_text = kStates.at(static_cast<std::size_t>(clock.state));
    if (seek_) {
        clock.state_text = seek_text(seek_->to);
        const auto whole = static_cast<double>((seek_->to - seek_->from).ns);
        const auto done = static_cast<double>((world.now() - seek_->from).ns);
        clock.seek_progress = whole > 0 ? std::clamp(done / whole, 0.0, 1.0) : 1.0;
    } else if (world.breach()) {
        clock.state_text = "failed: " + world.breach()->text;
    } else if (run.recorded && !run.recorded->difference.empty()) {
        clock.state_text = "not the recorded run: " + run.recorded->difference;
    } else if (clock.state == RunState::kPaused && !why_paused_.empty()) {
        clock.state_text = "paused: " + why_paused_;
    } else if (clock.state == RunState::kRunning && rule_) {
        clock.state_text = "running until it comes about";
    }
    clock.mode = mode_;
    clock.speed_target = speed_;
    clock.events = world.events();
    clock.jumps = jumps_;
    clock.digest = digest_of(run);
    clock.seed = run.scenario().seed;
    clock.version = ORRERY_VERSION;
    clock.scenario = run.scenario().name;
    clock.title = run.scenario().title.empty() ? run.scenario().name : run.scenario().title;
    clock.reproduce_command = reproduce_command(run);
}

void Player::show_runs(ViewModel& model) const {
    for (const auto& run : runs_) {
        RunRow row{.key = run->key, .parent = run->parent, .name = run->name};
        row.forked_at = run->forked_at;
        row.now = run->world().now();
        row.reached = std::max(run->history.reached(), row.now);
        row.height = run->world().height().value;
        row.digest = digest_of(*run);
        for (const Injection& injection : run->injections)
            row.injections.push_back(injection.line);
        row.selected = run.get() == &selected();
        row.compared = run.get() == compared();
        row.recorded = run->recorded.has_value();
        model.runs.push_back(std::move(row));
    }
}

void Player::show_strip(StripView& strip) const {
    for (const Bookmark& mark : bookmarks_) {
        strip.markers.push_back({.at = mark.at, .kind = MarkerKind::kBookmark, .text = mark.text});
    }
    for (const auto& run : runs_) {
        if (run->parent != selected().key) continue;
        strip.markers.push_back(
            {.at = run->forked_at, .kind = MarkerKind::kFork, .text = run->name + " leaves here"});
    }
    std::stable_sort(strip.markers.begin(), strip.markers.end(), [](const auto& a, const auto& b) {
        return a.at < b.at;
    });
    std::stable_sort(strip.spans.begin(), strip.spans.end(), [](const auto& a, const auto& b) {
        return a.range.from < b.range.from;
    });
    for (Marker& marker : strip.markers)
        marker.done = marker.at <= selected().world().now();
    strip.snapshots = selected().snapshots.times();
}

void Player::show_compare(ViewModel& model) const {
    const Run* other = compared();
    if (other == nullptr) return;
    const Run& run = selected();
    CompareView& view = model.compare;
    view.shown = true;
    view.a = run.key;
    view.b = other->key;
    view.a_name = run.name;
    view.b_name = other->name;
    view.at = std::min(run.world().now(), other->history.reached());
    const SeriesBook& book = *model.series;
    model.series_b = std::make_shared<const SeriesBook>(other->history.book());
    for (const SeriesLabel& label : book.labels()) {
        const auto b = model.series_b->find(label.name);
        if (!b) continue;
        const auto left = book.at(*book.find(label.name), view.at);
        const auto right = model.series_b->at(*b, view.at);
        if (!left || !right) continue;
        const double difference = right->value - left->value;
        view.rows.push_back({.name = label.name,
                             .unit = label.unit,
                             .a = left->value,
                             .b = right->value,
                             .difference = difference,
                             .per_cent = left->value == 0 ? 0 : 100 * difference / left->value});
    }
    const Divergence divergence = first_divergence(run.history, other->history);
    view.diverged = divergence.found;
    view.divergence_height = divergence.height.value;
    view.divergence_at = sim::SimTime{run.scenario().block.interval.ns * divergence.height.value};
    view.divergence = divergence.found
                          ? fmt::format("equal up to block {}; first difference at block {}: {}",
                                        grouped(divergence.equal_up_to.value),
                                        grouped(divergence.height.value),
                                        divergence.part)
                          : "equal as far as both have run";
}

void Player::show(const Interest& interest, ViewModel& model) const {
    const Run& run = selected();
    const Shown shown{.run = run,
                      .world = run.world(),
                      .memory = run.present.memory,
                      .history = run.history,
                      .interest = interest,
                      .tag = PriceTag(run.world()),
                      .running = state() == RunState::kRunning || seek_.has_value()};
    const ScreenSet& screens = interest.screens;
    show_clock(model.clock);
    show_runs(model);
    model.series = std::make_shared<const SeriesBook>(run.history.book());
    add_plan(shown, model.strip);
    show_strip(model.strip);
    show_tour(run.scenario(), run.world().now(), model.tour);
    if (screens.has(Screen::kChecks) || screens.has(Screen::kOverview)) {
        model.checks = checks_of(run.world());
    }
    if (screens.has(Screen::kOverview)) show_cards(shown, model.checks, model.cards);
    if (screens.has(Screen::kMarket)) show_market(shown, model.market);
    if (screens.has(Screen::kUtilization)) show_supply(shown, model.supply);
    if (screens.has(Screen::kWorld)) show_world(shown, model.world);
    if (screens.has(Screen::kEconomy)) show_economy(shown, model.economy);
    if (screens.has(Screen::kLeases)) show_leases(shown, model.leases);
    if (screens.has(Screen::kProvider)) show_provider(shown, model.provider);
    if (screens.has(Screen::kValidators)) show_validators(shown, model.validators);
    if (screens.has(Screen::kScenario)) show_scenario(shown, model.scenario);
    if (screens.has(Screen::kCompare)) {
        show_compare(model);
        fan_.show(run.world().plan(), model.compare.fan);
    }
    if (screens.has(Screen::kLog)) show_log(shown, model.log);
    if (screens.has(Screen::kPerformance)) show_performance(model.performance);
    model.recording = {
        .shown = run.recorded.has_value(), .path = recorded_path_, .version = recorded_version_};
    if (run.recorded) {
        model.recording.compared = static_cast<std::int64_t>(run.recorded->compared);
        model.recording.difference = run.recorded->difference;
    }
    model.messages.assign(messages_.begin(), messages_.end());
}

void Player::show_performance(PerformanceView& view) const {
    const scenarios::World& world = selected().world();
    for (std::size_t i = 0; i < scenarios::kEventKinds; ++i) {
        view.kinds.push_back({.kind = std::string{scenarios::kEventKindTexts.at(i)},
                              .count = world.event_counts().at(i)});
    }
    for (const auto& run : runs_) {
        view.snapshots += run->snapshots.size();
        view.snapshot_bytes += run->snapshots.bytes();
        view.snapshot_budget += run->snapshots.budget();
        view.history_bytes += run->history.bytes() + run->present.memory.bytes();
    }
    view.queue_size = static_cast<std::int64_t>(world.pending_events());
    view.mempool = static_cast<std::int64_t>(world.mempool());
}

}  // namespace gui
