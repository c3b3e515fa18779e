// How long building a frame takes (our code and Dear ImGui, nothing drawn) with a year of series,
// 1,000 open orders and 100 providers, at 1600x1000; and drawing the picture of it in memory.
#include "gui/frame/stage.h"
#include "gui/panels/panel.h"
#include "tests/window/sample_models.h"

#include <benchmark/benchmark.h>

namespace {

class NoCommands final : public gui::CommandSink {
  public:
    void send(gui::Command command) override { (void)command; }
};

const gui::ViewModel& large_model() {
    static const gui::ViewModel model = gui::samples::large();
    return model;
}

void frame(benchmark::State& state, gui::Screen screen) {
    gui::UiState shown;
    NoCommands sink;
    gui::Stage stage({1600, 1000}, shown.preferences);
    shown.layout.show(screen);
    for (int i = 0; i < 4; ++i)
        stage.frame(large_model(), shown, sink);
    for ([[maybe_unused]] auto _ : state)
        stage.frame(large_model(), shown, sink);
    state.SetLabel(gui::panel_of(screen).title);
}

void picture(benchmark::State& state) {
    gui::UiState shown;
    NoCommands sink;
    gui::Stage stage({1600, 1000}, shown.preferences);
    for (int i = 0; i < 4; ++i)
        stage.frame(large_model(), shown, sink);
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(stage.picture());
}

/// The limit is 3 ms for each of them.
[[maybe_unused]] const bool registered = [] {
    for (const gui::PanelAbout& about : gui::panels()) {
        const gui::Screen screen = about.screen;
        benchmark::RegisterBenchmark((std::string("frame/") + about.name).c_str(),
                                     [screen](benchmark::State& state) { frame(state, screen); })
            ->Unit(benchmark::kMillisecond);
    }
    benchmark::RegisterBenchmark("picture/overview", picture)->Unit(benchmark::kMillisecond);
    return true;
}();

}  // namespace
