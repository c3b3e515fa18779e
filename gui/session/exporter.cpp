#include "gui/session/exporter.h"

#include "gui/session/words.h"
#include "scenarios/engine/plan_editor.h"
#include "scenarios/engine/recording.h"
#include "scenarios/engine/runner.h"
#include "sim/archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace gui {

namespace fs = std::filesystem;

namespace {

sim::Error refuse(std::string text) {
    return {{"export", 1}, std::move(text)};
}

/// Does not overwrite unasked, unless it is the same.
sim::Status put(const fs::path& path, const std::string& text, bool replace) {
    std::error_code error;
    if (fs::exists(path, error) && !replace) {
        if (sim::read_whole_file(path).value_or("") == text) return sim::ok();
        return refuse(fmt::format("{} exists already", path.string()));
    }
    return sim::write_file_atomically(path, text);
}

/// Runs a scenario up to a moment with a recorder.
sim::Status record(const scenarios::Scenario& scenario,
                   sim::SimTime until,
                   const ExportDatabase& command,
                   const std::atomic<bool>& cancelled) {
    std::error_code error;
    if (!command.replace && fs::exists(command.path, error)) {
        return refuse(fmt::format("{} exists already", command.path));
    }
    SIM_TRY(world, scenarios::World::create(std::make_shared<const scenarios::Scenario>(scenario)));
    SIM_TRY(
        recording,
        scenarios::Recording::create(command.path,
                                     command.replace ? sim::RecorderOptions::Existing::kOverwrite
                                                     : sim::RecorderOptions::Existing::kRefuse,
                                     scenario));
    world.announce(*recording);
    while (world.now() < until && !world.stopped() && !world.breach()) {
        if (cancelled.load(std::memory_order_relaxed)) return refuse("given up");
        world.run_until(std::min(until, world.now() + sim::SimDuration::seconds(3'600)),
                        *recording);
    }
    if (!recording->problem().empty()) return refuse(recording->problem());
    return recording->finish(world, scenarios::check_world(world));
}

}  // namespace

sim::Status write_scenario(const Run& run, const SaveScenario& command, std::string& written) {
    SIM_TRY(plain, scenarios::with_settings_written(run.scenario(), ""));
    written = plain.source.text;
    const fs::path path = command.path;
    SIM_CHECK(put(path, plain.source.text, command.replace));
    for (const auto& [name, text] : plain.source.files)
        SIM_CHECK(put(path.parent_path() / name, text, command.replace));
    return sim::ok();
}

sim::Status write_csv(const SeriesBook& book, const ExportCsv& command) {
    std::vector<std::string> names = command.series;
    if (names.empty()) {
        for (const SeriesLabel& label : book.labels())
            names.push_back(label.name);
    }
    const bool all = command.range.to <= command.range.from;
    const TimeRange range = all ? TimeRange{sim::SimTime{}, sim::kForever} : command.range;
    std::string out = "time_s";
    std::vector<std::vector<Sample>> columns;
    std::set<sim::SimTime> times;
    for (const std::string& name : names) {
        const auto series = book.find(name);
        if (!series) return refuse(fmt::format("the run has no series '{}'", name));
        out += "," + name;
        columns.push_back(book.read(*series, range));
        for (const Sample& sample : columns.back())
            times.insert(sample.at);
    }
    out += "\n";
    std::vector<std::size_t> next(columns.size());
    for (const sim::SimTime at : times) {
        out += fmt::format("{:.9g}", (at - sim::SimTime{}).to_seconds());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool here = next[i] < columns[i].size() && columns[i][next[i]].at == at;
            out += here ? fmt::format(",{:.12g}", columns[i][next[i]++].value) : ",";
        }
        out += "\n";
    }
    return sim::write_file_atomically(command.path, out);
}

Player::Exporter::~Exporter() {
    cancelled_ = true;
    if (thread_.joinable()) thread_.join();
}

void Player::Exporter::start(scenarios::Scenario scenario,
                             sim::SimTime until,
                             const ExportDatabase& command) {
    done_ = false;
    thread_ = std::thread([this, scenario = std::move(scenario), until, command] {
        const sim::Status status = record(scenario, until, command, cancelled_);
        failed_ = !status;
        outcome_ = status ? fmt::format("wrote {}", command.path) : status.error().text;
        done_.store(true, std::memory_order_release);
    });
}

void Player::Exporter::collect(Player& player) {
    if (!thread_.joinable() || !done_.load(std::memory_order_acquire)) return;
    thread_.join();
    player.say(failed_ ? Severity::kError : Severity::kNormal, outcome_);
}

void Player::save(const SaveScenario& command) {
    std::string text;
    const sim::Status status = write_scenario(current(), command, text);
    if (!status) {
        say(Severity::kError, status.error().text);
        return;
    }
    current().saved_as = command.path;
    say(Severity::kNormal, fmt::format("wrote {}", command.path));
}

void Player::export_csv(const ExportCsv& command) {
    const sim::Status status = write_csv(selected().history.book(), command);
    say(status ? Severity::kNormal : Severity::kError,
        status ? fmt::format("wrote {}", command.path) : status.error().text);
}

void Player::export_database(const ExportDatabase& command) {
    if (exporter_->busy()) {
        say(Severity::kWarning, "another database is being written");
        return;
    }
    exporter_->start(selected().scenario(), selected().world().now(), command);
    say(Severity::kNormal, fmt::format("writing {} ...", command.path));
}

}  // namespace gui
