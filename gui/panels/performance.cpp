// How fast it all goes: events and simulated time per second, what making pictures for the window
// costs the simulation, memory, and how long a frame takes here.
#include "gui/draw/widgets.h"
#include "gui/frame/ui_state.h"
#include "gui/panels/panel.h"
#include "gui/parts/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

constexpr std::array<GridColumn, 4> kColumns{{
    {"kind of event", 8, 0},
    {"share", 8, 1},
    {"count", 6, 0},
    {"per second", 6, 0},
}};

std::string mebibytes(std::size_t bytes) {
    return fmt::format("{:.0f} MiB", static_cast<double>(bytes) / 1048576);
}

std::vector<Fact> facts_of(const ViewModel& model, const UiState& state) {
    const PerformanceView& p = model.performance;
    return {{"simulated seconds per second",
             fmt::format("{} reached, {} wanted",
                         si(model.clock.speed_reached),
                         model.clock.speed_target <= 0 ? "as many as possible"
                                                       : si(model.clock.speed_target))},
            {"events per second", si(model.clock.events_per_second)},
            {"events so far", with_commas(static_cast<std::int64_t>(model.clock.events))},
            {"events that wait", with_commas(p.queue_size)},
            {"transactions that wait", with_commas(p.mempool)},
            {"frame: our code", fmt::format("{:.2f} ms", state.build_ms)},
            {"frame: drawing", fmt::format("{:.2f} ms", state.draw_ms)},
            {"picture of the run",
             fmt::format("{:.2f} ms, at worst {:.2f} ms", p.publish_ms, p.publish_ms_worst)},
            {"the window's share of the simulation", percent(p.publish_share)},
            {"last snapshot took", fmt::format("{:.1f} ms", p.snapshot_ms)},
            {"last seek took", fmt::format("{:.0f} ms", p.seek_ms)},
            {"commands that wait", with_commas(p.commands_waiting)},
            {"font", ui().fonts.family},
            {"program", model.clock.version}};
}

void draw_speed(const ViewModel& model, UiState& state, ImVec2 size) {
    const Box box("Speed", size);
    draw_facts(facts_of(model, state));
}

void draw_memory(const ViewModel& model, ImVec2 size) {
    const PerformanceView& p = model.performance;
    // Pictures without a display do not know the process, so that they are the same each time.
    const bool known = p.process_bytes > 0;
    const Box box("Memory", size, known ? mebibytes(p.process_bytes) + " in all" : std::string{});
    const auto row = [&](const char* name,
                         std::size_t part,
                         std::size_t whole,
                         const std::string& words) {
        dim(name);
        ImGui::SameLine(em() * 9);
        const double share = whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
        meter(
            share, words, ui().theme.category(0), {ImGui::GetContentRegionAvail().x, em() * 1.2F});
    };
    // A few are kept however large they are: nobody goes back without them.
    const std::string snapshots =
        p.snapshot_bytes > p.snapshot_budget
            ? fmt::format("{}, the {} that are needed", mebibytes(p.snapshot_bytes), p.snapshots)
            : fmt::format("{} of at most {}, {} kept",
                          mebibytes(p.snapshot_bytes),
                          mebibytes(p.snapshot_budget),
                          p.snapshots);
    row("snapshots", p.snapshot_bytes, std::max(p.snapshot_budget, p.snapshot_bytes), snapshots);
    row("history", p.history_bytes, p.process_bytes, mebibytes(p.history_bytes));
}

void draw_kinds(const ViewModel& model, UiState& state, ImVec2 size) {
    const auto& kinds = model.performance.kinds;
    const Box box("Events by kind", size);
    if (kinds.empty()) {
        empty_state("Nothing has been counted yet.", "Press Space to let the run go on.");
        return;
    }
    std::uint64_t all = 0;
    for (const EventCount& kind : kinds)
        all += kind.count;
    Grid grid;
    grid.id = "kinds";
    grid.columns = kColumns;
    grid.rows = kinds.size();
    grid.stamp = model.clock.number;
    grid.cell = [&](std::size_t row, std::size_t column) {
        const EventCount& kind = kinds[row];
        const double share =
            all > 0 ? static_cast<double>(kind.count) / static_cast<double>(all) : 0;
        switch (column) {
            case 0:
                fitted(kind.kind, ImGui::GetContentRegionAvail().x);
                break;
            case 1:
                meter(share,
                      percent(share),
                      ui().theme.category(0),
                      {ImGui::GetContentRegionAvail().x, em() * 1.1F});
                break;
            case 2:
                right(with_commas(static_cast<std::int64_t>(kind.count)));
                break;
            default:
                right(si(kind.per_second));
                break;
        }
    };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        if (column == 0) return three_way(kinds[a].kind, kinds[b].kind);
        if (column == 3) return three_way(kinds[a].per_second, kinds[b].per_second);
        return three_way(kinds[a].count, kinds[b].count);
    };
    draw_grid(grid, state.performance);
}

}  // namespace

void draw_performance(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    const bool narrow = space.x < em() * 48;
    draw_speed(
        model, state, narrow ? ImVec2{0, em() * 20} : ImVec2{std::floor(space.x * 0.48F), 0});
    if (!narrow) ImGui::SameLine();
    ImGui::BeginChild("right", {0, narrow ? em() * 24 : 0});
    const float height = ImGui::GetContentRegionAvail().y;
    draw_memory(model, {0, em() * 6});
    draw_kinds(model, state, {0, height - em() * 6 - gap.y});
    ImGui::EndChild();
}

TextTables performance_tables(const ViewModel& model, const UiState& state) {
    TextTable facts{"Speed", {"what", "value"}, {}};
    for (const Fact& fact : facts_of(model, state))
        facts.rows.push_back({fact.name, fact.value});
    TextTable kinds{"Events", {"kind", "count", "per second"}, {}};
    for (const EventCount& kind : model.performance.kinds) {
        kinds.rows.push_back(
            {kind.kind, std::to_string(kind.count), fmt::format("{:.1f}", kind.per_second)});
    }
    return {facts, kinds};
}

}  // namespace gui
