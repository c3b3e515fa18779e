#include "gui/session/session_loop.h"

#include "sim/archive.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace gui {

namespace {

using std::chrono::milliseconds;

constexpr double kNsPerS = 1e9;

double seconds(Clock::duration span) {
    return std::chrono::duration<double>(span).count();
}

/// Resident memory of this program; 0 where it cannot be found out.
std::size_t resident_bytes() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr) return 0;
    unsigned long total = 0;
    unsigned long resident = 0;
    const int read = std::fscanf(file, "%lu %lu", &total, &resident);
    std::fclose(file);
    return read == 2 ? resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace

void RateMeter::look(Clock::time_point now, double total) {
    if (!began_) {
        began_ = true;
        since_ = now;
        total_ = total;
        return;
    }
    const double span = seconds(now - since_);
    if (span < 0.5) return;
    rate_ = (total - total_) / span;
    since_ = now;
    total_ = total;
}

Session::Loop::Loop(std::unique_ptr<Player> player, const SessionOptions& options)
    : player_(std::move(player)), options_(options) {
    player_->obey(SetSpeed{options.speed});
    if (options.playing) player_->obey(Play{});
}

Session::Loop::~Loop() {
    stop();
}

void Session::Loop::start() {
    thread_ = std::thread([this] { run(); });
}

void Session::Loop::stop() {
    quit_.store(true, std::memory_order_relaxed);
    doorbell_.ring();
    if (thread_.joinable()) thread_.join();
}

void Session::Loop::send(const Command& command) {
    if (!inbox_.push(sim::save_bytes(command, 1))) dropped_.fetch_add(1, std::memory_order_relaxed);
    doorbell_.ring();
}

bool Session::Loop::fetch() {
    const bool fresh = models_.fetch();
    if (!asked_.exchange(true, std::memory_order_acq_rel)) doorbell_.ring();
    return fresh;
}

void Session::Loop::look(const Interest& interest) {
    interests_.back() = interest;
    interests_.publish();
    doorbell_.ring();
}

void Session::Loop::run() {
    while (!quit_.load(std::memory_order_relaxed)) {
        take_commands();
        take_interest();
        // A model that is not due yet is no reason to stop at a block.
        const bool due = Clock::now() >= next_publish_;
        const bool worked = player_->work(allowed(), due ? &asked_ : nullptr);
        changed_ = changed_ || worked;
        const Clock::time_point now = Clock::now();
        const bool seeking = player_->state() == RunState::kSeeking;
        if (seeking && !seeking_) seek_began_ = now;
        if (seeking_ && !seeking) seek_ms_ = seconds(now - seek_began_) * 1e3;
        seeking_ = seeking;
        events_.look(now, static_cast<double>(player_->events_done()));
        publishing_.look(now, publishing_s_);
        if (wants_model(now)) publish(now);
        sleep(worked);
    }
}

void Session::Loop::take_commands() {
    const std::uint64_t events = player_->selected().world().events();
    if (inbox_.ready(events)) {
        for (const sim::InboxCommand& taken :
             inbox_.drain(player_->selected().world().now(), events)) {
            Command command;
            const sim::Status read = sim::load_bytes(taken.bytes, 1, command);
            SIM_ASSERT(read.has_value(), "a command that was sent: {}", read.error().text);
            player_->obey(command);
        }
        changed_ = true;
    }
    if (const std::uint32_t dropped = dropped_.exchange(0, std::memory_order_relaxed)) {
        player_->say(Severity::kWarning, "too many commands at once: some were dropped");
        changed_ = changed_ || dropped > 0;
    }
}

void Session::Loop::take_interest() {
    if (!interests_.fetch()) return;
    interest_ = interests_.front();
    changed_ = true;
}

/// How far the simulation may go now at the wanted speed.
sim::SimTime Session::Loop::allowed() {
    if (player_->speed() <= 0) return sim::kForever;
    const Clock::time_point now = Clock::now();
    if (jumps_ != player_->jumps()) {
        jumps_ = player_->jumps();
        anchor_ = player_->selected().world().now();
        anchor_at_ = now;
    }
    const double ns = seconds(now - anchor_at_) * player_->speed() * kNsPerS;
    const sim::SimTime until{anchor_.ns + static_cast<std::int64_t>(std::min(ns, 9e18))};
    // A machine too slow for the speed does not catch up later in one rush.
    const sim::SimTime at = player_->selected().world().now();
    if (static_cast<double>((until - at).ns) > player_->speed() * kNsPerS / 4) {
        anchor_ = at;
        anchor_at_ = now - milliseconds(50);
    }
    return until;
}

void Session::Loop::sleep(bool worked) {
    const bool paced = player_->state() == RunState::kRunning && player_->speed() > 0;
    if (worked && !paced) return;
    // Paced: a little at a time, so that the clock moves evenly.
    const milliseconds longest = paced ? milliseconds(4) : milliseconds(250);
    Clock::time_point until = Clock::now() + longest;
    if (changed_ && asked_.load(std::memory_order_relaxed)) until = std::min(until, next_publish_);
    doorbell_.wait_until(until);
}

bool Session::Loop::wants_model(Clock::time_point now) const {
    return changed_ && asked_.load(std::memory_order_acquire) && now >= next_publish_;
}

void Session::Loop::publish(Clock::time_point now) {
    asked_.store(false, std::memory_order_release);
    ViewModel& model = models_.back();
    model = ViewModel{};
    player_->show(interest_, model);
    simulated_.look(now, (player_->selected().world().now() - sim::SimTime{}).to_seconds());
    show_clock(model.clock, now);
    if (interest_.screens.has(Screen::kPerformance)) show_performance(model.performance);
    model.clock.number = ++published_;
    model.clock.published_ns = Clock::now().time_since_epoch().count();
    const double took = seconds(Clock::now() - now);
    publishing_s_ += took;
    publish_ms_.at(published_ % publish_ms_.size()) = took * 1e3;
    models_.publish();
    changed_ = false;
    // The simulation shall not be slowed by more than its share, and Express redraws rarely.
    double gap = player_->state() == RunState::kPaused ? 0 : took / options_.publish_share;
    if (player_->mode() == RunMode::kExpress) gap = std::max(gap, 0.25);
    next_publish_ =
        now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(gap));
}

void Session::Loop::show_clock(ClockView& clock, Clock::time_point /*now*/) {
    const bool running = clock.state == RunState::kRunning;
    if (!running) simulated_.clear();
    clock.speed_reached = running ? std::max(0.0, simulated_.per_second()) : 0;
    clock.events_per_second =
        running || clock.state == RunState::kSeeking ? events_.per_second() : 0;
}

void Session::Loop::show_performance(PerformanceView& performance) {
    performance.publish_ms = publish_ms_.at(published_ % publish_ms_.size());
    performance.publish_ms_worst = *std::max_element(publish_ms_.begin(), publish_ms_.end());
    performance.publish_share = publishing_.per_second();
    performance.process_bytes = resident_bytes();
    performance.seek_ms = seek_ms_;
}

}  // namespace gui
