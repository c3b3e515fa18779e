// Tenants and what they run: a list, one tenant's facts, its deployments as bars over time, and the
// money in the escrow account of one of them until it runs off.
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/panels/panel.h"
#include "gui/parts/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace gui {
namespace {

constexpr std::array<GridColumn, 7> kTenantColumns{{
    {"tenant", 7, 0},
    {"running", 4, 0},
    {"waiting", 4, 1},
    {"done", 4, 2},
    {"no lease", 4.4F, 2, "requests that ended without a lease"},
    {"spent USD", 5, 0},
    {"region", 6, 3},
}};

Rgba phase_colour(BarPhase phase) {
    const Theme& theme = ui().theme;
    switch (phase) {
        case BarPhase::kOrder:
            return theme.category(1);
        case BarPhase::kBids:
            return theme.category(3);
        case BarPhase::kLease:
            return theme.category(2);
    }
    return theme.dim;
}

void draw_tenant_cell(const TenantRow& row, std::size_t column) {
    switch (column) {
        case 0:
            fitted(row.name, ImGui::GetContentRegionAvail().x);
            break;
        case 1:
            right(with_commas(row.running));
            break;
        case 2:
            right(with_commas(row.waiting));
            break;
        case 3:
            right(with_commas(row.completed));
            break;
        case 4:
            right(row.unserved > 0 ? ui().theme.worse : ui().theme.dim, with_commas(row.unserved));
            break;
        case 5:
            right(si(row.spent_usd));
            break;
        default:
            fitted(row.region, ImGui::GetContentRegionAvail().x);
            break;
    }
}

int compare_tenants(const TenantRow& a, const TenantRow& b, std::size_t column) {
    switch (column) {
        case 0:
            return three_way(a.key, b.key);
        case 1:
            return three_way(a.running, b.running);
        case 2:
            return three_way(a.waiting, b.waiting);
        case 3:
            return three_way(a.completed, b.completed);
        case 4:
            return three_way(a.unserved, b.unserved);
        case 5:
            return three_way(a.spent_usd, b.spent_usd);
        default:
            return three_way(a.region, b.region);
    }
}

void draw_tenants(const ViewModel& model, UiState& state, ImVec2 size) {
    const auto& tenants = model.leases.tenants;
    LeasesState& own = state.leases;
    const Box box("Tenants", size, fmt::format("{}", tenants.size()));
    if (state.focus_filter) ImGui::SetKeyboardFocusHere();
    text_field("filter tenants", "filter by name or region", own.filter, -1);
    Grid grid;
    grid.id = "tenants";
    grid.columns = kTenantColumns;
    grid.rows = tenants.size();
    grid.stamp = stamp_of(model.clock.number, own.filter);
    grid.cell = [&](std::size_t row, std::size_t column) {
        draw_tenant_cell(tenants[row], column);
    };
    grid.compare = [&](std::size_t a, std::size_t b, std::size_t column) {
        return compare_tenants(tenants[a], tenants[b], column);
    };
    grid.keeps = [&](std::size_t row) {
        return own.filter.empty() ||
               passes_filter(own.filter, tenants[row].name + " " + tenants[row].region);
    };
    grid.name = [&](std::size_t row) { return "tenant/" + tenants[row].name; };
    grid.chosen = [&](std::size_t row) { return tenants[row].key == state.interest.tenant; };
    grid.choose = [&](std::size_t row) { select_tenant(state, tenants[row].key); };
    own.tenants.step = state.step_rows;
    draw_grid(grid, own.tenants);
}

std::vector<Fact> facts_of(const TenantView& tenant) {
    std::vector<Fact> facts = tenant.facts;
    const std::string requests = counts_text(tenant.counts);
    const std::string now = counts_text(tenant.phases);
    if (!requests.empty()) facts.push_back({"requests", requests});
    if (!now.empty()) facts.push_back({"deployments now", now});
    return facts;
}

void draw_tenant(const TenantView& tenant, std::span<const Fact> facts, ImVec2 size) {
    const Box box("##facts", size);
    ImGui::PushFont(ui().fonts.large);
    fitted(tenant.row.name, ImGui::GetContentRegionAvail().x);
    ImGui::PopFont();
    fitted(ui().theme.dim,
           fmt::format("{}, {}, {}", tenant.row.region, tenant.row.behaviour, tenant.address),
           ImGui::GetContentRegionAvail().x);
    draw_facts(facts);
}

/// All of its deployments while the axes follow, else what they show.
Range gantt_range(const TenantView& tenant, const Axis& axis) {
    if (!axis.follow || axis.window > 0) return axis.shown;
    double from = axis.shown.to;
    for (const DeploymentRow& row : tenant.deployments)
        from = std::min(from, seconds(row.created));
    return {from - (axis.shown.to - from) * 0.03 - 1, axis.shown.to};
}

/// What the colours of the bars mean, behind the title.
void draw_phases_legend() {
    for (const auto& [phase, word] : {std::pair{BarPhase::kOrder, "order without bids"},
                                      std::pair{BarPhase::kBids, "bids are there"},
                                      std::pair{BarPhase::kLease, "lease"}}) {
        ImGui::SameLine(0, em());
        if (ImGui::GetContentRegionAvail().x < text_width(word) + em() * 2) continue;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float size = em() * 0.7F;
        ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + em() * 0.2F},
                                                  {at.x + size, at.y + em() * 0.2F + size},
                                                  phase_colour(phase));
        ImGui::Dummy({size, em()});
        ImGui::SameLine(0, em() * 0.3F);
        dim(word);
    }
}

/// Bars over the shared time axis, one row per deployment.
void draw_gantt(const TenantView& tenant, UiState& state, ImVec2 size) {
    const Box box("Lives of its deployments", size, "click one for its escrow");
    draw_phases_legend();
    const auto& rows = tenant.deployments;
    if (rows.empty()) {
        empty_state("It has deployed nothing yet.",
                    "Its requests come at random times; let it run.");
        return;
    }
    const Theme& theme = ui().theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float label = std::min(em() * 9, ImGui::GetContentRegionAvail().x * 0.3F);
    const float height = em() * 1.35F;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float right_end = at.x + ImGui::GetContentRegionAvail().x - em();
    const Range range = gantt_range(tenant, state.time);
    const auto x_of = [&](sim::SimTime when) {
        const double share = std::clamp(range.share(seconds(when)), 0.0, 1.0);
        return at.x + label + static_cast<float>(share) * (right_end - at.x - label);
    };
    const int ticks = static_cast<int>((right_end - at.x - label) / (em() * 7));
    for (const Tick& tick : time_ticks(range, ticks)) {
        const float x = x_of(time_at(tick.at));
        if (x + text_width(tick.label) < right_end) draw_text({x + 3, at.y}, theme.dim, tick.label);
        list.AddRectFilled({x, at.y}, {x + 1, at.y + ImGui::GetContentRegionAvail().y}, theme.grid);
    }
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + em() * 1.2F);
    ImGui::BeginChild("rows");
    ImDrawList& inner = *ImGui::GetWindowDrawList();
    for (const DeploymentRow& row : rows) {
        const ImVec2 from = ImGui::GetCursorScreenPos();
        ImGui::PushID(static_cast<int>(row.key));
        if (ImGui::Selectable("##bar", row.key == state.interest.deployment, 0, {0, height})) {
            state.interest.deployment = row.key;
        }
        ImGui::PopID();
        mark("deployment/" + row.id);
        const bool hovered = ImGui::IsItemHovered();
        draw_text(from, row.ended ? theme.dim : theme.text, cut(row.id, label - em() * 0.5F));
        for (const Bar& bar : row.bars) {
            const float left = x_of(bar.range.from);
            const float right = std::max(left + 2, x_of(bar.range.to));
            const float thin = bar.phase == BarPhase::kLease ? 0.12F : 0.4F;
            inner.AddRectFilled({left, from.y + height * thin},
                                {right, from.y + height * (1 - thin)},
                                faded(phase_colour(bar.phase), row.ended ? 0.55 : 0.95));
            const bool on_bar =
                hovered && ImGui::GetIO().MousePos.x >= left && ImGui::GetIO().MousePos.x <= right;
            if (on_bar) tooltip(fmt::format("{}\n{}: {}", row.id, row.state, bar.text));
        }
    }
    ImGui::EndChild();
}

const char* step_word(EscrowStep::Kind kind) {
    static constexpr std::array<const char*, 6> kWords{
        "deposit", "top-up", "settled", "rate", "overdrawn", "closed"};
    return kWords.at(static_cast<std::size_t>(kind));
}

/// The balance as sloped lines between its steps, and on to the block at which it is empty.
void draw_run_off(const ViewModel& model, UiState& state, ImVec2 size) {
    const EscrowRunOff& escrow = model.leases.tenant.escrow;
    const Box box("Escrow", size, escrow.shown ? escrow.words : "");
    if (!escrow.shown) {
        empty_state("No deployment is chosen.", "Click a bar above to see its escrow account.");
        return;
    }
    fitted(ui().theme.dim,
           fmt::format("{}: {} {} left, {} {} per block",
                       escrow.state,
                       si(escrow.balance_now / 1e6),
                       token_name(escrow.denom),
                       si(escrow.rate_per_block),
                       escrow.denom),
           ImGui::GetContentRegionAvail().x);
    Axis& axis = state.axes["escrow"];
    const double now = seconds(model.clock.now);
    const double begin = escrow.steps.empty() ? now - 3600 : seconds(escrow.steps.front().at);
    const double empty_at = escrow.empty_height >= 0 ? seconds(escrow.empty_at) : now;
    axis.now = now;
    axis.limits = {begin, std::max({now, empty_at, begin + 60}) + 60};
    axis.shown = axis.follow ? axis.limits : clamped(axis.shown, axis.limits);
    axis.hover = state.time.hover;
    PlotSpec spec;
    spec.title = "Balance";
    spec.unit = token_name(escrow.denom);
    spec.legend = false;
    Plot plot(spec, axis, state.plot("escrow"));
    std::vector<Extent> columns(plot.columns());
    const auto value_at = [&](double x) -> std::optional<double> {
        const EscrowStep* last = nullptr;
        const EscrowStep* next = nullptr;
        for (const EscrowStep& step : escrow.steps) {
            if (seconds(step.at) <= x) last = &step;
            if (seconds(step.at) > x && next == nullptr) next = &step;
        }
        if (last == nullptr) return std::nullopt;
        double until = empty_at;
        double end = escrow.empty_height >= 0 ? 0 : escrow.balance_now;
        if (next != nullptr) {
            until = seconds(next->at);
            const bool paid = next->kind == EscrowStep::Kind::kSettled;
            end = paid ? next->balance : last->balance;
            if (next->kind == EscrowStep::Kind::kTopUp) end = next->balance - next->amount;
        } else if (x > until) {
            return std::nullopt;
        }
        const double from = seconds(last->at);
        const double share = until > from ? (x - from) / (until - from) : 0;
        return last->balance + (end - last->balance) * std::clamp(share, 0.0, 1.0);
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(columns.size());
        if (const auto value = value_at(axis.shown.at(share))) columns[i].add(*value / 1e6);
    }
    plot.add("balance", ui().theme.category(0), Look::kArea, std::move(columns));
    for (const EscrowStep& step : escrow.steps) {
        const bool money = step.kind == EscrowStep::Kind::kTopUp ||
                           step.kind == EscrowStep::Kind::kDeposit ||
                           step.kind == EscrowStep::Kind::kOverdrawn;
        if (money) plot.marker(seconds(step.at), step_word(step.kind), ui().theme.category(1));
    }
    if (escrow.empty_height >= 0) plot.marker(empty_at, "empty", ui().theme.worse);
    plot.marker(now, "now", ui().theme.text);
    plot.show();
}

}  // namespace

void draw_leases(const ViewModel& model, UiState& state, CommandSink& sink) {
    (void)sink;
    if (model.leases.tenants.empty()) {
        empty_state("This scenario has no tenants.", "Add a group under 'tenants' in its file.");
        return;
    }
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 gap = ImGui::GetStyle().ItemSpacing;
    const bool narrow = space.x < em() * 56;
    draw_tenants(
        model, state, narrow ? ImVec2{0, em() * 14} : ImVec2{std::floor(space.x * 0.34F), 0});
    if (!narrow) ImGui::SameLine();
    ImGui::BeginChild("tenant", {0, narrow ? em() * 48 : 0});
    const TenantView& tenant = model.leases.tenant;
    if (!tenant.shown) {
        empty_state("No tenant is chosen.", "Click one in the list, or press N.");
    } else {
        const ImVec2 right = ImGui::GetContentRegionAvail();
        const auto facts = facts_of(tenant);
        const float inside = right.x - ImGui::GetStyle().WindowPadding.x * 2;
        const auto lines = static_cast<float>(facts_lines(facts, inside));
        const float height = em() * 4.4F + ImGui::GetTextLineHeightWithSpacing() * lines;
        draw_tenant(tenant, facts, {0, std::min(height, right.y * 0.4F)});
        const float rest = ImGui::GetContentRegionAvail().y - gap.y;
        draw_gantt(tenant, state, {0, std::floor(rest * 0.5F)});
        draw_run_off(model, state, {0, 0});
    }
    ImGui::EndChild();
}

TextTables leases_tables(const ViewModel& model, const UiState& state) {
    (void)state;
    TextTable tenants{
        "Tenants",
        {"tenant", "region", "behaviour", "running", "waiting", "done", "no lease", "USD"},
        {}};
    for (const TenantRow& row : model.leases.tenants) {
        tenants.rows.push_back({row.name,
                                row.region,
                                row.behaviour,
                                std::to_string(row.running),
                                std::to_string(row.waiting),
                                std::to_string(row.completed),
                                std::to_string(row.unserved),
                                fmt::format("{:.2f}", row.spent_usd)});
    }
    TextTable deployments{"Deployments", {"id", "wants", "state", "provider", "USD/h"}, {}};
    for (const DeploymentRow& row : model.leases.tenant.deployments) {
        deployments.rows.push_back({row.id,
                                    row.wants,
                                    row.state,
                                    row.provider,
                                    fmt::format("{:.6f}", row.price.usd_hour)});
    }
    TextTable escrow{"Escrow", {"time", "block", "what", "balance", "amount"}, {}};
    for (const EscrowStep& step : model.leases.tenant.escrow.steps) {
        escrow.rows.push_back({clock(seconds(step.at)),
                               std::to_string(step.height),
                               step_word(step.kind),
                               fmt::format("{:.0f}", step.balance),
                               fmt::format("{:.3f}", step.amount)});
    }
    return {tenants, deployments, escrow};
}

}  // namespace gui
