// The first screen: eight figures with their last day, and what the market looks like as a whole.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {
namespace {

/// The screen behind the card of the same place.
constexpr std::array<Screen, 8> kBehind{Screen::kUtilization,
                                        Screen::kMarket,
                                        Screen::kMarket,
                                        Screen::kMarket,
                                        Screen::kLeases,
                                        Screen::kEconomy,
                                        Screen::kValidators,
                                        Screen::kChecks};

/// The last day of a series without axes: its lowest and highest value are written beside it.
void draw_spark(const Card& card, const ViewModel& model, ImVec2 from, ImVec2 to) {
    const auto series = model.series->find(card.series);
    const Theme& theme = ui().theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({from.x, to.y - 1}, {to.x, to.y}, theme.grid);
    if (!series || model.series->samples(*series) == 0) return;
    const double now = seconds(model.clock.now);
    std::vector<Extent> columns(static_cast<std::size_t>(std::max(2.0F, to.x - from.x)));
    model.series->columns(
        *series, time_range({std::max(0.0, now - 86400), std::max(now, 1.0)}), columns);
    Range range = value_range(columns);
    if (is_nothing(range)) return;
    range = padded(range);
    const auto y_of = [&](double y) {
        return to.y - static_cast<float>(range.share(y)) * (to.y - from.y);
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].count == 0) continue;
        const float x = from.x + static_cast<float>(i);
        const float top = y_of(columns[i].most);
        list.AddRectFilled({x, top}, {x + 1, to.y}, faded(theme.category(0), 0.22));
        list.AddRectFilled({x, top - 1}, {x + 1, y_of(columns[i].least) + 1}, theme.category(0));
    }
}

void draw_change(const Card& card, ImVec2 at) {
    if (card.change.empty()) return;
    const Theme& theme = ui().theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float r = em() * 0.3F;
    const ImVec2 centre{at.x + r, at.y + em() * 0.55F};
    if (card.direction > 0) {
        list.AddTriangleFilled({centre.x - r, centre.y + r},
                               {centre.x + r, centre.y + r},
                               {centre.x, centre.y - r},
                               theme.dim);
    } else if (card.direction < 0) {
        list.AddTriangleFilled({centre.x - r, centre.y - r},
                               {centre.x + r, centre.y - r},
                               {centre.x, centre.y + r},
                               theme.dim);
    }
    draw_text({at.x + em() * 0.9F, at.y}, theme.dim, card.change);
}

void draw_card(
    const Card& card, std::size_t index, ImVec2 size, const ViewModel& model, UiState& state) {
    const Theme& theme = ui().theme;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImGui::PushID(static_cast<int>(index));
    const Screen behind = index < kBehind.size() ? kBehind.at(index) : Screen::kMarket;
    if (ImGui::InvisibleButton("card", size)) state.open_screen(behind);
    ImGui::PopID();
    mark("card/" + card.title);
    const bool hovered = ImGui::IsItemHovered();
    const ImVec2 corner{at.x + size.x, at.y + size.y};
    list.AddRectFilled(at, corner, theme.panel, 6);
    list.AddRect(at, corner, hovered ? theme.accent : theme.border, 6);
    const float inset = em() * 0.8F;
    const float room = size.x - inset * 2;
    draw_text({at.x + inset, at.y + em() * 0.5F}, theme.dim, cut(card.title, room));
    ImGui::PushFont(ui().fonts.large);
    const float tall = ImGui::GetFontSize();
    const std::string value = cut(card.value, room);
    const float width = text_width(value);
    draw_text({at.x + inset, at.y + em() * 1.2F}, theme.text, value);
    ImGui::PopFont();
    if (width + text_width(card.unit) + em() < room) {
        draw_text({at.x + inset + width + em() * 0.4F, at.y + em() * 1.2F + tall * 0.45F},
                  theme.dim,
                  card.unit);
    }
    const float line = at.y + em() * 1.5F + tall * 1.15F;
    draw_change(card, {at.x + inset, line});
    const float taken = card.change.empty() ? 0 : text_width(card.change) + em() * 2;
    draw_text(
        {at.x + inset + taken, line}, theme.dim, cut(card.detail, std::max(0.0F, room - taken)));
    const ImVec2 from{at.x + inset, line + em() * 1.4F};
    const ImVec2 to{corner.x - inset, corner.y - em() * 0.7F};
    if (to.y - from.y > em() * 0.6F) draw_spark(card, model, from, to);
    if (hovered) {
        tooltip(fmt::format("{}: {} {}\n{}\nThe line shows the last 24 hours. Click for more.",
                            card.title,
                            card.value,
                            card.unit,
                            card.detail));
    }
}

void draw_caption(const ViewModel& model, UiState& state) {
    if (model.tour.captions.empty() || model.tour.current < 0) return;
    const auto& caption = model.tour.captions.at(static_cast<std::size_t>(model.tour.current));
    ImGui::PushFont(ui().fonts.large);
    wrapped(caption.text);
    ImGui::PopFont();
    if (link("the tour", "Open the tour")) state.open_screen(Screen::kTour);
}

void draw_history(const ViewModel& model, UiState& state, ImVec2 size) {
    const float half = std::floor((size.x - ImGui::GetStyle().ItemSpacing.x) / 2);
    const Theme& theme = ui().theme;
    {
        const Box box("##use", {half, size.y});
        PlotSpec spec;
        spec.title = "Leased share";
        spec.unit = "per cent of what is online";
        spec.format = Format::kPercent;
        Plot plot(spec, state.time, state.plot("leased share"));
        plot.series(*model.series, "gpu_utilization", "GPUs", theme.category(0));
        plot.series(*model.series, "cpu_utilization", "CPUs", theme.category(1));
        plot.series(*model.series, "memory_utilization", "memory", theme.category(2));
        plot.show();
    }
    ImGui::SameLine();
    const Box box("##leases", {0, size.y});
    PlotSpec spec;
    spec.title = "Orders and leases";
    spec.unit = "number";
    Plot plot(spec, state.time, state.plot("orders and leases"));
    plot.series(*model.series, "leases_active", "active leases", theme.category(2));
    plot.series(*model.series, "orders_open", "open orders", theme.category(5));
    plot.show();
}

}  // namespace

void draw_overview(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    draw_caption(model, state);
    if (model.cards.empty()) {
        empty_state("Nothing has happened yet.", "Press Space or click the play button above.");
        return;
    }
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    const std::size_t columns = space.x > em() * 66 ? 4 : space.x > em() * 34 ? 2 : 1;
    const std::size_t rows = (model.cards.size() + columns - 1) / columns;
    const float width = std::floor((space.x - gap.x * static_cast<float>(columns - 1)) /
                                   static_cast<float>(columns));
    const float height =
        std::clamp(space.y * 0.52F / static_cast<float>(rows) - gap.y, em() * 6, em() * 11);
    for (std::size_t i = 0; i < model.cards.size(); ++i) {
        if (i % columns != 0) ImGui::SameLine();
        draw_card(model.cards[i], i, {width, height}, model, state);
    }
    const float left = ImGui::GetContentRegionAvail().y;
    draw_history(model, state, {space.x, std::max(left, em() * 12)});
}

TextTables overview_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable table{"Overview at " + model.clock.time_text,
                    {"figure", "value", "unit", "change", "detail"},
                    {}};
    for (const Card& card : model.cards)
        table.rows.push_back({card.title, card.value, card.unit, card.change, card.detail});
    return {table};
}

}  // namespace gui
