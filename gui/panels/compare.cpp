// Two runs side by side: every series at the same moment, one of them over time with the difference
// between the runs shaded, and the first block in which they part.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"
#include "gui/parts/spread.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

constexpr std::int64_t kSeeds = 8;
/// Of the seeds, when nothing is chosen and the run has it.
constexpr const char* kFirstShown = "gpu_utilization";

constexpr std::array<GridColumn, 6> kColumns{{
    {"series", 10, 0},
    {"A", 5, 0},
    {"B", 5, 0},
    {"B - A", 5, 0},
    {"per cent", 5, 1},
    {"unit", 5, 2},
}};

/// Strength grows with the difference; the sign is written, too.
Rgba difference_tint(const CompareRow& row) {
    const Theme& theme = ui().theme;
    const double strength = std::min(std::abs(row.per_cent) / 50, 1.0) * 0.35;
    if (strength < 0.01) return 0;
    return faded(row.difference > 0 ? theme.category(1) : theme.category(0), strength);
}

void draw_cell(const CompareRow& row, std::size_t column) {
    switch (column) {
        case 0:
            fitted(row.name, ImGui::GetContentRegionAvail().x);
            break;
        case 1:
            right(si(row.a));
            break;
        case 2:
            right(si(row.b));
            break;
        case 3:
            right(row.difference == 0 ? "0" : signed_si(row.difference));
            break;
        case 4:
            right(row.per_cent == 0 ? "-" : fmt::format("{:+.1f} %", row.per_cent));
            break;
        default:
            fitted(ui().theme.dim, row.unit, ImGui::GetContentRegionAvail().x);
            break;
    }
}

int compare_rows(const CompareRow& a, const CompareRow& b, std::size_t column) {
    switch (column) {
        case 0:
            return three_way(a.name, b.name);
        case 1:
            return three_way(a.a, b.a);
        case 2:
            return three_way(a.b, b.b);
        case 3:
            return three_way(a.difference, b.difference);
        case 4:
            return three_way(std::abs(a.per_cent), std::abs(b.per_cent));
        default:
            return three_way(a.unit, b.unit);
    }
}

void draw_table(const ViewModel& model, UiState& state, ImVec2 size) {
    const CompareView& view = model.compare;
    CompareState& own = state.compare;
    const Box box("Every series", size, "at " + clock(seconds(view.at)) + "; click one to see it");
    if (state.focus_filter) ImGui::SetKeyboardFocusHere();
    text_field("filter series", "filter", own.filter, -1);
    Grid grid;
    grid.id = "compare";
    grid.columns = kColumns;
    grid.rows = view.rows.size();
    grid.stamp = stamp_of(model.clock.number, own.filter);
    grid.cell = [&](std::size_t row, std::size_t column) { draw_cell(view.rows[row], column); };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        return compare_rows(view.rows[a], view.rows[b], column);
    };
    grid.keeps = [&](std::size_t row) {
        return own.filter.empty() || passes_filter(own.filter, view.rows[row].name);
    };
    grid.name = [&](std::size_t row) { return "metric/" + view.rows[row].name; };
    grid.chosen = [&](std::size_t row) { return view.rows[row].name == own.metric; };
    grid.choose = [&](std::size_t row) { own.metric = view.rows[row].name; };
    grid.tint = [&](std::size_t row) { return difference_tint(view.rows[row]); };
    own.rows.step = state.step_rows;
    draw_grid(grid, own.rows);
}

const CompareRow& shown_row(const CompareView& view, CompareState& own) {
    auto found = std::find_if(view.rows.begin(), view.rows.end(), [&](const CompareRow& r) {
        return r.name == own.metric;
    });
    if (found == view.rows.end()) {
        found = std::find_if(view.rows.begin(), view.rows.end(), [](const CompareRow& r) {
            return r.difference != 0;
        });
    }
    return found == view.rows.end() ? view.rows.front() : *found;
}

/// Band from one mean to the other, so that the difference is an area.
std::vector<Extent> between(const std::vector<Extent>& a, const std::vector<Extent>& b) {
    std::vector<Extent> out(std::min(a.size(), b.size()));
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (a[i].count == 0 || b[i].count == 0) continue;
        out[i].add(a[i].mean());
        out[i].add(b[i].mean());
    }
    return out;
}

std::vector<Extent> read(const SeriesBook& book, const std::string& name, const Plot& plot) {
    std::vector<Extent> columns(plot.columns());
    const auto series = book.find(name);
    if (series) book.columns(*series, time_range(plot.range()), columns);
    return columns;
}

/// The seeds as a band from the least to the most, with their median.
void add_fan(const FanView& fan, const std::string& name, Plot& plot) {
    if (fan.seeds.empty()) return;
    std::vector<std::vector<Extent>> seeds;
    for (const auto& book : fan.seeds)
        seeds.push_back(read(*book, name, plot));
    plot.add(fmt::format("{} other seeds, median", fan.seeds.size()),
             ui().theme.category(2),
             Look::kBand,
             spread(seeds));
}

void draw_plot(const ViewModel& model, UiState& state, const CompareRow& row, ImVec2 size) {
    const CompareView& view = model.compare;
    const Theme& theme = ui().theme;
    const Box box("##plot", size);
    PlotSpec spec;
    spec.title = row.name;
    spec.unit = row.unit;
    if (row.unit == "share") spec.format = Format::kPercent;
    Plot plot(spec, state.time, state.plot("compare"));
    add_fan(view.fan, row.name, plot);
    const auto a = read(*model.series, row.name, plot);
    if (model.series_b) {
        const auto b = read(*model.series_b, row.name, plot);
        plot.add("difference", faded(theme.dim, 0.7), Look::kBetween, between(a, b));
        plot.add("B: " + view.b_name, theme.category(1), Look::kLine, b);
    }
    plot.add(view.shown ? "A: " + view.a_name : "this run", theme.category(0), Look::kLine, a);
    if (view.diverged) plot.marker(seconds(view.divergence_at), "they part", theme.worse);
    plot.show();
}

/// Starts other seeds, and says how far they are.
void draw_fan_head(const ViewModel& model, CommandSink& sink) {
    const FanView& fan = model.compare.fan;
    if (button("Run 8 seeds",
               "Runs this plan with the next eight seeds up to the latest moment reached, while "
               "the run itself waits; the plot then shows how far they spread")) {
        sink.send(RunSeeds{kSeeds});
    }
    ImGui::SameLine();
    const float room = ImGui::GetContentRegionAvail().x;
    ImGui::AlignTextToFramePadding();
    if (!fan.problem.empty()) {
        fitted(ui().theme.warning, fan.problem, room);
    } else if (fan.wanted == 0) {
        fitted(ui().theme.dim, "shows what is chance in a figure, and what is not", room);
    } else {
        fitted(
            ui().theme.dim,
            fmt::format(
                "{} of {} seeds done, up to {}", fan.done, fan.wanted, clock(seconds(fan.until))),
            room);
    }
}

/// Without a second run: one figure of this one among the seeds.
void draw_fan(const ViewModel& model, UiState& state) {
    std::vector<std::string> names;
    for (const SeriesLabel& label : model.series->labels())
        names.push_back(label.name);
    if (names.empty()) return;
    CompareState& own = state.compare;
    if (own.metric.empty()) own.metric = kFirstShown;
    if (!model.series->find(own.metric)) own.metric = names.front();
    ImGui::SetNextItemWidth(em() * 18);
    drop_down("series of the seeds", own.metric, names);
    const SeriesLabel& label = model.series->label(*model.series->find(own.metric));
    draw_plot(model, state, {.name = label.name, .unit = label.unit}, {0, 0});
}

void draw_head(const ViewModel& model, CommandSink& sink) {
    const CompareView& view = model.compare;
    text(ui().theme.category(0), "A  " + view.a_name);
    ImGui::SameLine(0, em() * 2);
    text(ui().theme.category(1), "B  " + view.b_name);
    ImGui::SameLine(0, em() * 2);
    if (!view.diverged) {
        dim("They are equal as far as both have run.");
        return;
    }
    if (button("Go to where they part")) sink.send(SeekTo{view.divergence_at});
    ImGui::SameLine();
    fitted(ui().theme.dim, view.divergence, ImGui::GetContentRegionAvail().x);
}

}  // namespace

void draw_compare(const ViewModel& model, UiState& state, CommandSink& sink) {
    const CompareView& view = model.compare;
    draw_fan_head(model, sink);
    if (!view.shown || view.rows.empty()) {
        if (view.fan.wanted > 0) {
            draw_fan(model, state);
            return;
        }
        const bool alone = model.runs.size() < 2;
        empty_state(
            alone ? "There is only one run." : "No second run is chosen.",
            alone ? "Press I to inject something: a branch begins, and here you compare it with "
                    "the run it came from. Runs (R) can also start another seed, and the "
                    "button above eight of them."
                  : "Press C to compare with the parent, or choose a run under Runs (R).");
        return;
    }
    draw_head(model, sink);
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const bool narrow = space.x < em() * 56;
    draw_table(
        model, state, narrow ? ImVec2{0, space.y * 0.4F} : ImVec2{std::floor(space.x * 0.42F), 0});
    if (!narrow) ImGui::SameLine();
    draw_plot(model, state, shown_row(view, state.compare), {0, 0});
}

TextTables compare_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    const CompareView& view = model.compare;
    TextTable table{"A " + view.a_name + ", B " + view.b_name,
                    {"series", "unit", "A", "B", "B - A", "per cent"},
                    {}};
    for (const CompareRow& row : view.rows) {
        table.rows.push_back({row.name,
                              row.unit,
                              fmt::format("{}", row.a),
                              fmt::format("{}", row.b),
                              fmt::format("{}", row.difference),
                              fmt::format("{:.3f}", row.per_cent)});
    }
    return {table};
}

}  // namespace gui
