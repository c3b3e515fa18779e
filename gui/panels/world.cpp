// The world: regions on a coastline, sized by cards, with the leased share as an arc, links between
// them, and partitions. Labels give way to each other.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/map/coastline.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

constexpr std::array<const char*, 3> kColours{"by use", "by price", "by reachability"};

struct View {
    ImVec2 from;
    ImVec2 size;
    float scale = 1;  ///< pixels per degree

    /// Longitudes and latitudes as they are; the poles are left out.
    [[nodiscard]] ImVec2 point(float longitude, float latitude) const {
        return {from.x + size.x / 2 + longitude * scale,
                from.y + size.y / 2 - (latitude - 18) * scale};
    }
};

struct Bubble {
    const RegionRow* row = nullptr;
    ImVec2 centre;
    float radius = 0;
    ImVec2 label;
};

void draw_land(const View& view) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Rgba colour = mixed(ui().theme.dim, ui().theme.panel, 0.35);
    list.PathClear();
    const auto points = coastline();
    for (std::size_t i = 0; i < points.size();) {
        if (points[i] == kLineEnd) {
            list.PathStroke(colour, 0, 1.2F);
            ++i;
            continue;
        }
        // A line that leaves the map on one side goes on at the other: not across.
        const bool jumps =
            i >= 2 && points[i - 1] != kLineEnd && std::abs(points[i] - points[i - 2]) > 1800;
        if (jumps) list.PathStroke(colour, 0, 1.2F);
        const float longitude = static_cast<float>(points[i]) / 10;
        const float latitude = static_cast<float>(points[i + 1]) / 10;
        list.PathLineTo(view.point(longitude, latitude));
        i += 2;
    }
    list.PathStroke(colour, 0, 1.2F);
}

/// Regions without a known place stand in a row at the lower edge.
std::vector<Bubble> bubbles_of(const WorldMapView& world, const View& view) {
    std::vector<Bubble> bubbles;
    float row_x = view.from.x + em() * 4;
    double most = 1;
    for (const RegionRow& row : world.regions)
        most = std::max(most, static_cast<double>(row.gpus));
    for (const RegionRow& row : world.regions) {
        Bubble bubble;
        bubble.row = &row;
        const double area = static_cast<double>(row.gpus) / most;
        bubble.radius = em() * (0.8F + 2.1F * static_cast<float>(std::sqrt(area)));
        if (const auto place = place_of(row.name)) {
            bubble.centre = view.point(place->longitude, place->latitude);
        } else {
            bubble.centre = {row_x, view.from.y + view.size.y - em() * 4};
            row_x += em() * 9;
        }
        bubbles.push_back(bubble);
    }
    return bubbles;
}

std::array<std::string, 2> label_of(const RegionRow& row) {
    std::string cards = row.gpus > 0 ? fmt::format("{} of {} cards", row.leased, row.gpus)
                                     : fmt::format("{} providers", row.providers);
    if (row.online < row.providers)
        cards += fmt::format(", {} offline", row.providers - row.online);
    return {row.name + (row.chain ? "  (chain)" : ""), cards};
}

bool overlaps(ImVec2 a, ImVec2 a_size, ImVec2 b, ImVec2 b_size) {
    return a.x < b.x + b_size.x && b.x < a.x + a_size.x && a.y < b.y + b_size.y &&
           b.y < a.y + a_size.y;
}

/// Below its circle if that is free, else above, right or left of it.
void place_labels(std::vector<Bubble>& bubbles, const View& view) {
    std::vector<std::pair<ImVec2, ImVec2>> taken;
    for (Bubble& bubble : bubbles) {
        const auto lines = label_of(*bubble.row);
        const ImVec2 size{std::max(text_width(lines[0]), text_width(lines[1])) + 4, em() * 2.3F};
        const float gap = bubble.radius + em() * 0.4F;
        const ImVec2 c = bubble.centre;
        const std::array<ImVec2, 6> places{{{c.x - size.x / 2, c.y + gap},
                                            {c.x - size.x / 2, c.y - gap - size.y},
                                            {c.x + gap, c.y - size.y / 2},
                                            {c.x - gap - size.x, c.y - size.y / 2},
                                            {c.x + gap * 0.7F, c.y + gap * 0.8F},
                                            {c.x - gap * 0.7F - size.x, c.y + gap * 0.8F}}};
        ImVec2 best = places[0];
        for (ImVec2 place : places) {
            place.x = std::clamp(place.x, view.from.x, view.from.x + view.size.x - size.x);
            place.y = std::clamp(place.y, view.from.y, view.from.y + view.size.y - size.y);
            const bool free = std::none_of(taken.begin(), taken.end(), [&](const auto& other) {
                return overlaps(place, size, other.first, other.second);
            });
            const bool clear = std::none_of(bubbles.begin(), bubbles.end(), [&](const Bubble& o) {
                return overlaps(place,
                                size,
                                {o.centre.x - o.radius * 0.8F, o.centre.y - o.radius * 0.8F},
                                {o.radius * 1.6F, o.radius * 1.6F});
            });
            if (!free || !clear) continue;
            best = place;
            break;
        }
        bubble.label = best;
        taken.emplace_back(best, size);
    }
}

const RegionRow* find_region(const WorldMapView& world, Key key) {
    const auto found = std::find_if(world.regions.begin(),
                                    world.regions.end(),
                                    [&](const RegionRow& row) { return row.key == key; });
    return found == world.regions.end() ? nullptr : &*found;
}

void draw_dashed(ImVec2 a, ImVec2 b, Rgba colour) {
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    const float step = em() * 0.8F;
    for (float at = 0; at < length; at += step * 2) {
        const float from = at / length;
        const float to = std::min(1.0F, (at + step) / length);
        ImGui::GetWindowDrawList()->AddLine({a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from},
                                            {a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to},
                                            colour,
                                            1.6F);
    }
}

void draw_links(const WorldMapView& world, const std::vector<Bubble>& bubbles, Key hovered) {
    const Theme& theme = ui().theme;
    const auto centre = [&](Key key) {
        const auto found = std::find_if(
            bubbles.begin(), bubbles.end(), [&](const Bubble& b) { return b.row->key == key; });
        return found == bubbles.end() ? ImVec2{} : found->centre;
    };
    for (const LinkRow& link : world.links) {
        if (link.from >= link.to) continue;
        const ImVec2 a = centre(link.from);
        const ImVec2 b = centre(link.to);
        const bool touched = link.from == hovered || link.to == hovered;
        if (link.blocked) {
            draw_dashed(a, b, theme.worse);
        } else {
            ImGui::GetWindowDrawList()->AddLine(
                a, b, faded(theme.accent, touched ? 0.9 : 0.28), touched ? 2.0F : 1.2F);
        }
        if (!touched) continue;
        const std::string words =
            link.blocked ? "no way through"
                         : fmt::format("{:.0f} ms{}",
                                       link.latency_ms,
                                       link.loss > 0 ? ", loses " + percent(link.loss) : "");
        draw_text({(a.x + b.x) / 2, (a.y + b.y) / 2}, theme.text, words);
    }
}

Rgba bubble_colour(const RegionRow& row, int by, double dearest) {
    const Theme& theme = ui().theme;
    if (by == 1) {
        return row.usd_card_hour > 0
                   ? map_colour(ColourMap::kCividis, row.usd_card_hour / std::max(dearest, 1e-9))
                   : theme.dim;
    }
    if (by == 2)
        return row.partition == 0 ? theme.better
                                  : theme.category(static_cast<std::size_t>(row.partition));
    return theme.category(0);
}

void draw_bubble(const Bubble& bubble, Rgba colour, bool parted) {
    const Theme& theme = ui().theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const RegionRow& row = *bubble.row;
    list.AddCircleFilled(bubble.centre, bubble.radius, faded(colour, 0.35), 40);
    list.AddCircle(bubble.centre, bubble.radius, colour, 40, 1.2F);
    const float share =
        row.gpus > 0 ? static_cast<float>(row.leased) / static_cast<float>(row.gpus) : 0;
    if (share > 0) {
        list.PathArcTo(bubble.centre,
                       bubble.radius,
                       -IM_PI / 2,
                       -IM_PI / 2 + 2 * IM_PI * std::min(share, 1.0F),
                       40);
        list.PathStroke(colour, 0, em() * 0.3F);
    }
    if (parted) list.AddCircle(bubble.centre, bubble.radius + em() * 0.4F, theme.worse, 40, 2);
    const auto lines = label_of(row);
    const float width = std::max(text_width(lines[0]), text_width(lines[1]));
    list.AddRectFilled({bubble.label.x - 2, bubble.label.y},
                       {bubble.label.x + width + 2, bubble.label.y + em() * 2.3F},
                       faded(theme.panel, 0.78),
                       3);
    draw_text(bubble.label, theme.text, lines[0]);
    draw_text({bubble.label.x, bubble.label.y + em() * 1.1F}, theme.dim, lines[1]);
}

void draw_region_tip(const RegionRow& row, const WorldMapView& world) {
    std::string words =
        fmt::format("{}\n{} of {} providers online, {} tenants\n{} of {} cards leased",
                    row.name,
                    row.online,
                    row.providers,
                    row.tenants,
                    row.leased,
                    row.gpus);
    if (row.usd_card_hour > 0) words += fmt::format("\n${:.3f} per card-hour", row.usd_card_hour);
    if (world.parted) words += fmt::format("\npart {} of the broken network", row.partition);
    tooltip(words);
}

}  // namespace

void draw_world(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    const WorldMapView& world = model.world;
    const Box box("##world", {0, 0});
    if (world.regions.empty()) {
        empty_state("This scenario names no regions.",
                    "Give it a list 'regions', and providers a 'region' of it.");
        return;
    }
    choice(kColours, state.world_colour);
    if (world.parted) {
        ImGui::SameLine(0, em() * 2);
        text(ui().theme.worse,
             "The network is partitioned: parts with a second ring do not reach each other.");
    }
    View view;
    view.from = ImGui::GetCursorScreenPos();
    view.size = ImGui::GetContentRegionAvail();
    view.scale = std::min(view.size.x / 360, view.size.y / 150);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect(view.from, {view.from.x + view.size.x, view.from.y + view.size.y}, true);
    draw_land(view);
    auto bubbles = bubbles_of(world, view);
    place_labels(bubbles, view);
    double dearest = 0;
    const RegionRow* hovered = nullptr;
    for (const Bubble& bubble : bubbles) {
        dearest = std::max(dearest, bubble.row->usd_card_hour);
        ImGui::SetCursorScreenPos(
            {bubble.centre.x - bubble.radius, bubble.centre.y - bubble.radius});
        ImGui::PushID(static_cast<int>(bubble.row->key));
        if (ImGui::InvisibleButton("region", {bubble.radius * 2, bubble.radius * 2})) {
            state.provider.filter = bubble.row->name;
            state.open_screen(Screen::kProvider);
        }
        ImGui::PopID();
        mark("region/" + bubble.row->name);
        if (ImGui::IsItemHovered()) hovered = bubble.row;
    }
    draw_links(world, bubbles, hovered == nullptr ? kNoKey : hovered->key);
    for (const Bubble& bubble : bubbles) {
        draw_bubble(bubble, bubble_colour(*bubble.row, state.world_colour, dearest), world.parted);
    }
    list.PopClipRect();
    if (hovered != nullptr) draw_region_tip(*hovered, world);
}

TextTables world_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable regions{
        "Regions", {"region", "providers", "online", "tenants", "cards", "leased", "part"}, {}};
    for (const RegionRow& row : model.world.regions) {
        regions.rows.push_back({row.name,
                                std::to_string(row.providers),
                                std::to_string(row.online),
                                std::to_string(row.tenants),
                                std::to_string(row.gpus),
                                std::to_string(row.leased),
                                std::to_string(row.partition)});
    }
    TextTable links{"Links", {"from", "to", "latency ms", "jitter", "loss", "blocked"}, {}};
    for (const LinkRow& link : model.world.links) {
        const RegionRow* from = find_region(model.world, link.from);
        const RegionRow* to = find_region(model.world, link.to);
        if (from == nullptr || to == nullptr) continue;
        links.rows.push_back({from->name,
                              to->name,
                              fmt::format("{:.1f}", link.latency_ms),
                              fmt::format("{:.3f}", link.jitter),
                              fmt::format("{:.4f}", link.loss),
                              link.blocked ? "yes" : "no"});
    }
    return {regions, links};
}

}  // namespace gui
