#include "gui/session/player.h"

#include "gui/session/exporter.h"
#include "gui/session/words.h"
#include "scenarios/engine/loader.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace {

constexpr std::size_t kMessagesMax = 20;
constexpr std::int64_t kNearBlocks = 100;  ///< before a moment in the past

}  // namespace

/// One function per command.
struct CommandVisitor {
    Player& player;

    void operator()(const Play& /*command*/) const { player.play(); }

    void operator()(const Pause& /*command*/) const { player.pause({}); }

    void operator()(const TogglePlay& /*command*/) const {
        player.playing_ ? player.pause({}) : player.play();
    }

    void operator()(const StepBlock& step) const {
        player.play();
        player.stop_height_ = player.selected().world().height() +
                              sim::BlockCount{std::max<std::int64_t>(1, step.blocks)};
    }

    void operator()(const StepEvent& step) const {
        player.play();
        player.events_left_ = static_cast<std::uint64_t>(std::max<std::int64_t>(1, step.events));
    }

    void operator()(const StepBack& step) const {
        const std::int64_t height = player.selected().world().height().value - step.blocks;
        if (height <= 0) {
            player.seek(sim::SimTime{}, std::nullopt);
        } else {
            player.seek(player.selected().world().now(), sim::Height{height});
        }
    }

    void operator()(const StepTime& step) const {
        player.seek(player.selected().world().now() + step.by, std::nullopt);
    }

    void operator()(const SeekTo& to) const { player.seek(to.at, std::nullopt); }

    void operator()(const SetSpeed& speed) const {
        player.speed_ = std::clamp(speed.factor, 0.0, 1e9);
        ++player.jumps_;
    }

    void operator()(const SetMode& mode) const { player.mode_ = mode.mode; }

    void operator()(const RunUntil& until) const { player.run_until(until); }

    void operator()(const AddBookmark& mark) const {
        const sim::SimTime now = player.selected().world().now();
        player.bookmarks_.push_back({now, mark.text.empty() ? clock_text(now) : mark.text});
    }

    void operator()(const RemoveBookmark& mark) const {
        std::erase_if(player.bookmarks_, [&](const auto& one) { return one.at == mark.at; });
    }

    void operator()(const Inject& command) const { player.inject(command); }

    void operator()(const SwitchRun& to) const {
        for (std::size_t i = 0; i < player.runs_.size(); ++i) {
            if (player.runs_[i]->key != to.run) continue;
            player.pause({});
            player.selected_ = i;
            if (player.compared_ == to.run) player.compared_ = kNoKey;
            ++player.jumps_;
        }
    }

    void operator()(const Compare& with) const {
        const bool other = with.run != player.selected().key;
        player.compared_ = other && player.run_with(with.run) != nullptr ? with.run : kNoKey;
    }

    void operator()(const DropRun& which) const { player.drop(which.run); }

    void operator()(const RunSeed& with) const { player.run_seed(with.seed); }

    void operator()(const RunSeeds& with) const { player.run_seeds(with.seeds); }

    void operator()(const SaveScenario& command) const { player.save(command); }

    void operator()(const ExportCsv& command) const { player.export_csv(command); }

    void operator()(const ExportDatabase& command) const { player.export_database(command); }
};

Player::Player(const PlayerOptions& options)
    : options_(options), exporter_(std::make_unique<Exporter>()) {}

Player::~Player() = default;

sim::Result<std::unique_ptr<Player>> Player::open(const scenarios::Scenario& scenario,
                                                  const PlayerOptions& options) {
    std::unique_ptr<Player> out(new Player(options));
    SIM_CHECK(out->add_run(scenario, "main"));
    return out;
}

sim::Result<std::unique_ptr<Player>> Player::open_recorded(const std::filesystem::path& path,
                                                           const PlayerOptions& options) {
    SIM_TRY(recorded, scenarios::read_recorded_run(path));
    auto scenario = scenarios::load_scenario(recorded.source);
    if (!scenario) {
        return sim::Error{
            scenario.error().code,
            fmt::format(
                "{}: its scenario cannot be read: {}", path.string(), scenario.error().text)};
    }
    SIM_TRY(out, open(*scenario, options));
    out->current().recorded.emplace();
    out->current().recorded->rows = std::move(recorded.digests);
    out->recorded_path_ = path.string();
    out->recorded_version_ = recorded.version;
    return out;
}

sim::Status Player::add_run(const scenarios::Scenario& scenario, std::string name) {
    SIM_TRY(world, scenarios::World::create(std::make_shared<const scenarios::Scenario>(scenario)));
    world.set_checks(options_.checks);
    History history(world);
    runs_.push_back(std::make_unique<Run>(Run{.key = next_key_++,
                                              .name = std::move(name),
                                              .present = {.world = std::move(world), .memory = {}},
                                              .history = std::move(history),
                                              .snapshots = Snapshots(options_.snapshot_bytes)}));
    runs_.back()->snapshots.take(runs_.back()->present);
    return sim::ok();
}

Run* Player::run_with(Key key) {
    for (const auto& run : runs_) {
        if (run->key == key) return run.get();
    }
    return nullptr;
}

const Run* Player::compared() const {
    for (const auto& run : runs_) {
        if (run->key == compared_ && compared_ != selected().key) return run.get();
    }
    return nullptr;
}

void Player::say(Severity severity, std::string text) {
    messages_.push_back(
        {.number = ++messages_said_, .severity = severity, .text = std::move(text)});
    if (messages_.size() > kMessagesMax) messages_.pop_front();
}

void Player::obey(const Command& command) {
    std::visit(CommandVisitor{*this}, command);
}

RunState Player::state() const {
    const Run& run = selected();
    if (seek_) return RunState::kSeeking;
    if (run.world().breach()) return RunState::kFailed;
    if (run.recorded && !run.recorded->difference.empty()) return RunState::kFailed;
    if (run.world().now() >= run.end()) return RunState::kFinished;
    return playing_ ? RunState::kRunning : RunState::kPaused;
}

void Player::play() {
    seek_.reset();
    stop_at_.reset();
    stop_height_.reset();
    events_left_.reset();
    rule_.reset();
    why_paused_.clear();
    playing_ = true;
    ++jumps_;
}

void Player::pause(std::string why) {
    play();
    playing_ = false;
    why_paused_ = std::move(why);
}

void Player::run_until(const RunUntil& until) {
    const bool series =
        until.what == RunUntil::What::kSeriesAbove || until.what == RunUntil::What::kSeriesBelow;
    if (series && !selected().world().series().find(until.series)) {
        say(Severity::kWarning, fmt::format("the run has no series '{}'", until.series));
        return;
    }
    play();
    if (until.what == RunUntil::What::kTime) {
        stop_at_ = until.at;
    } else if (until.what == RunUntil::What::kHeight) {
        stop_height_ = sim::Height{until.height};
    } else {
        rule_ = until;
    }
}

void Player::seek(sim::SimTime at, std::optional<sim::Height> height) {
    pause({});
    Run& run = current();
    at = std::clamp(at, sim::SimTime{}, run.end());
    const scenarios::World& world = run.world();
    const bool back = height ? *height < world.height() : at < world.now();
    auto snapshot = height ? run.snapshots.before(*height) : run.snapshots.before(at);
    const auto reaches = [&](const Present& present) {
        return height ? present.world.height() <= *height : present.world.now() <= at;
    };
    if (run.near && reaches(*run.near) &&
        (!snapshot || run.near->world.events() > snapshot->world.events())) {
        snapshot = run.near;
    }
    SIM_ASSERT(snapshot != nullptr, "a snapshot of the start");
    if (back || snapshot->world.events() > world.events()) restore(run, *snapshot);
    const sim::SimDuration margin = run.scenario().block.interval * kNearBlocks;
    seek_ = Goal{.from = run.world().now(),
                 .to = height ? sim::SimTime{run.scenario().block.interval.ns * height->value} : at,
                 .height = height,
                 .near = back ? sim::SimTime{} : sim::kForever};
    if (back) seek_->near = seek_->to - margin;
}

bool Player::work(sim::SimTime allowed, const std::atomic<bool>* asked) {
    const std::uint64_t said = messages_said_;
    exporter_->collect(*this);
    if (seek_) {
        work_on_seek(asked);
        return true;
    }
    if (state() == RunState::kRunning) {
        const std::uint64_t before = events_done_;
        const sim::SimTime at = selected().world().now();
        work_forward(allowed, asked);
        const bool moved = events_done_ != before || selected().world().now() != at || !playing_;
        return follow_along() || moved || work_on_fan();
    }
    playing_ = false;
    // What an export has to say is something to show.
    return follow_along() || messages_said_ != said || work_on_fan();
}

/// Other seeds have the time that is left over.
bool Player::work_on_fan() {
    if (!fan_.work()) return false;
    if (fan_.is_done()) say(Severity::kNormal, "the other seeds are done: see Compare");
    return true;
}

void Player::work_on_seek(const std::atomic<bool>* asked) {
    Run& run = current();
    Leg leg{.until = seek_->to, .height = seek_->height, .events = 8'192, .asked = asked};
    if (leg.height) leg.until = sim::kForever;
    const bool first = run.world().now() < seek_->near && seek_->near <= seek_->to;
    if (first) leg.until = seek_->near;
    const LegOutcome outcome = go_on(run, leg);
    events_done_ += outcome.events;
    if (first && run.world().now() >= seek_->near) {
        run.near = std::make_shared<const Present>(run.present);
        return;
    }
    const bool over = run.world().now() >= run.end() || run.world().breach().has_value();
    if (outcome.arrived || over) {
        seek_.reset();
        ++jumps_;
    }
}

void Player::work_forward(sim::SimTime allowed, const std::atomic<bool>* asked) {
    Run& run = current();
    Leg leg{.until = std::min(allowed, run.end()),
            .height = stop_height_,
            .rule = rule_,
            .asked = asked};
    if (stop_at_) leg.until = std::min(leg.until, *stop_at_);
    if (events_left_) leg.events = std::min(leg.events, *events_left_);
    if (leg.until < run.world().now()) return;
    const LegOutcome outcome = go_on(run, leg);
    events_done_ += outcome.events;
    if (events_left_) *events_left_ -= outcome.events;
    arrived(outcome);
}

/// Looks whether what was asked for has come about.
void Player::arrived(const LegOutcome& outcome) {
    Run& run = current();
    const bool stepped = events_left_ && *events_left_ == 0;
    if (run.world().now() >= run.end()) {
        run.present.world.check_everything();
        pause("the scenario's end");
    } else if (run.world().breach()) {
        pause(run.world().breach()->text);
    } else if (!outcome.reason.empty()) {
        pause(outcome.reason);
    } else if (stepped || (stop_at_ && run.world().now() >= *stop_at_) ||
               (stop_height_ && run.world().height() >= *stop_height_)) {
        pause({});
    }
}

/// The compared run keeps up with the clock of the selected one.
bool Player::follow_along() {
    Run* other = run_with(compared_);
    if (other == nullptr || other == &current()) return false;
    const sim::SimTime to = std::min(selected().world().now(), other->end());
    if (other->world().now() >= to || other->world().breach()) return false;
    events_done_ += go_on(*other, {.until = to, .events = 2'048}).events;
    return true;
}

}  // namespace gui
