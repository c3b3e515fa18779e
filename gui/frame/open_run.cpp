#include "gui/frame/open_run.h"

#include "gui/frame/actions.h"
#include "scenarios/engine/loader.h"
#include "scenarios/engine/scenario_files.h"

#include <fmt/format.h>

#include <array>
#include <fstream>

namespace gui {

namespace fs = std::filesystem;

namespace {

/// So long the window waits for the first picture of a new run, to show no empty screens between.
constexpr std::chrono::milliseconds kFirstPicture{1'000};

bool is_database(const fs::path& path) {
    std::array<char, 15> begin{};
    std::ifstream stream(path, std::ios::binary);
    stream.read(begin.data(), begin.size());
    return stream && std::string_view(begin.data(), begin.size()) == "SQLite format 3";
}

}  // namespace

sim::Result<RunSource> find_run(const std::string& name, const std::vector<std::string>& settings) {
    if (is_database(name)) return RunSource{name, std::nullopt};
    SIM_TRY(path, scenarios::find_scenario(name));
    if (fs::path(path).extension() == ".db") {
        return sim::Error{{"window", 1},
                          fmt::format("{}: no database, it does not begin like one", path)};
    }
    SIM_TRY(scenario, scenarios::load_scenario_file(path, settings));
    return RunSource{path, std::move(scenario)};
}

UiState for_another_run(const UiState& state) {
    UiState out;
    out.preferences = state.preferences;
    out.shortcuts = state.shortcuts;
    out.layout = state.layout;
    out.recent = state.recent;
    out.restyle = state.restyle;
    out.software = state.software;
    out.slow_frames = state.slow_frames;
    return out;
}

sim::Status OpenRun::open(const std::string& name,
                          const std::vector<std::string>& settings,
                          const SessionOptions& options) {
    SIM_TRY(source, find_run(name, settings));
    SIM_TRY(session,
            source.scenario ? Session::open(*source.scenario, options)
                            : Session::open_recorded(source.path, options));
    session_ = std::move(session);
    path_ = source.path;
    return sim::ok();
}

void OpenRun::serve(UiState& state) {
    if (!state.open_path) return;
    const std::string path = *std::exchange(state.open_path, std::nullopt);
    // A folder that was dropped is one to choose from.
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        state.opening = {.open = true, .folder = path};
        return;
    }
    const ClockView before = model().clock;
    const bool first = !is_open();
    const sim::Status opened = open(path);
    if (!opened) {
        if (!state.opening.open) state.opening.folder = fs::path(path).parent_path().string();
        state.opening.open = true;
        state.opening.problem = opened.error().text;
        return;
    }
    state = for_another_run(state);
    remember_file(state.recent, path_);
    send(SetSpeed{first ? kUsualSpeed : before.speed_target});
    send(SetMode{before.mode});
    look(interest_of(state));
    session_->wait_for([](const ViewModel&) { return true; }, kFirstPicture);
}

void OpenRun::send(Command command) {
    if (session_) session_->send(std::move(command));
}

bool OpenRun::fetch() {
    return session_ && session_->fetch();
}

const ViewModel& OpenRun::model() const {
    return session_ ? session_->model() : nothing_;
}

void OpenRun::look(const Interest& interest) {
    if (session_) session_->look(interest);
}

}  // namespace gui
