// The script of a run: its text, what of it has been done, what comes next, and how all that lies
// on the time strip.
#include "gui/session/show.h"
#include "scenarios/engine/world_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace gui {

namespace {

using scenarios::Action;

/// Line of "file:line:column".
int line_of(const std::string& place) {
    const std::size_t column = place.rfind(':');
    if (column == std::string::npos || column == 0) return 0;
    const std::size_t line = place.rfind(':', column - 1);
    if (line == std::string::npos) return 0;
    int out = 0;
    std::from_chars(place.data() + line + 1, place.data() + column, out);
    return out;
}

bool by_hand(const Run& run, const Action& action) {
    return std::any_of(run.injections.begin(), run.injections.end(), [&](const Injection& one) {
        return one.at == action.at;
    });
}

void add_next_events(const Shown& shown, ScenarioView& view) {
    std::array<NextEvent, scenarios::kEventKinds> kinds;
    for (const auto& entry : shown.world.pending()) {
        NextEvent& kind = kinds.at(static_cast<std::size_t>(entry.payload.kind));
        if (kind.count++ == 0) kind.at = entry.time;
    }
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds.at(i).count == 0) continue;
        kinds.at(i).kind = scenarios::kEventKindTexts.at(i);
        view.next_events.push_back(std::move(kinds.at(i)));
    }
    std::stable_sort(view.next_events.begin(),
                     view.next_events.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
}

MarkerKind marker_kind(const Shown& shown, const Action& action) {
    if (by_hand(shown.run, action)) return MarkerKind::kInjection;
    if (std::holds_alternative<scenarios::ProgrammeSwitch>(action.body)) {
        return MarkerKind::kProgramme;
    }
    const auto* change = std::get_if<scenarios::ChangeProviders>(&action.body);
    const bool fault = (change != nullptr && change->change == scenarios::ProviderChange::kFail) ||
                       std::holds_alternative<scenarios::LinkChange>(action.body) ||
                       std::holds_alternative<scenarios::Partition>(action.body);
    return fault ? MarkerKind::kFault : MarkerKind::kAction;
}

/// What lasts: outages, surges, partitions.
void add_span(const Action& action, sim::SimTime end, StripView& strip) {
    const auto add = [&](sim::SimDuration lasting, SpanKind kind, std::string text) {
        strip.spans.push_back(
            {.range = {.from = action.at, .to = lasting.ns == 0 ? end : action.at + lasting},
             .kind = kind,
             .text = std::move(text)});
    };
    const std::string text = scenarios::action_text(action);
    if (const auto* surge = std::get_if<scenarios::DemandSurge>(&action.body)) {
        add(surge->lasting, SpanKind::kSurge, text);
    } else if (const auto* change = std::get_if<scenarios::ChangeProviders>(&action.body)) {
        if (change->change == scenarios::ProviderChange::kFail) {
            add(change->lasting, SpanKind::kOutage, text);
        }
    } else if (const auto* parted = std::get_if<scenarios::Partition>(&action.body)) {
        if (!parted->groups.empty()) add(parted->lasting, SpanKind::kPartition, text);
    }
}

/// Programmes begin and end by themselves: that is part of the plan as well.
void add_programmes(const Shown& shown, ScenarioView& view) {
    const scenarios::Scenario& scenario = shown.world.scenario();
    const auto add = [&](sim::SimTime at, std::string text, const std::string& place) {
        view.actions.push_back({.at = at,
                                .when = clock_text(at),
                                .text = std::move(text),
                                .line = line_of(place),
                                .done = at <= shown.world.now()});
    };
    for (const scenarios::ProgrammeGroup& programme : scenario.programmes) {
        const scenarios::ProgrammeTimes times = scenarios::programme_times(scenario, programme);
        add(times.start, fmt::format("programme {} begins", programme.name), programme.place);
        if (times.end < shown.run.end())
            add(times.end, fmt::format("programme {} ends", programme.name), programme.place);
    }
    std::stable_sort(view.actions.begin(), view.actions.end(), [](const auto& a, const auto& b) {
        return a.at < b.at;
    });
    const auto next = std::find_if(
        view.actions.begin(), view.actions.end(), [](const auto& row) { return !row.done; });
    if (next != view.actions.end()) next->next = true;
}

}  // namespace

void show_scenario(const Shown& shown, ScenarioView& view) {
    const scenarios::Scenario& scenario = shown.world.scenario();
    view.file = scenario.source.file;
    view.text = scenario.source.text;
    view.settings = scenario.source.settings;
    for (std::size_t i = 0; i < scenario.actions.size(); ++i) {
        const Action& action = scenario.actions[i];
        view.actions.push_back({.at = action.at,
                                .when = clock_text(action.at),
                                .text = scenarios::action_text(action),
                                .line = line_of(action.place),
                                .done = i < shown.world.actions_done(),
                                .injected = by_hand(shown.run, action)});
    }
    add_programmes(shown, view);
    view.pending_events = static_cast<std::int64_t>(shown.world.pending_events());
    if (!shown.running) add_next_events(shown, view);
    for (const scenarios::ProviderGroup& group : scenario.providers)
        view.provider_groups.push_back(group.name);
    for (const Action& action : scenario.actions) {
        if (const auto* add = std::get_if<scenarios::AddProviders>(&action.body)) {
            view.provider_groups.push_back(add->group.name);
        }
    }
    for (const scenarios::TenantGroup& group : scenario.tenants)
        view.tenant_groups.push_back(group.name);
    for (const scenarios::ProgrammeGroup& programme : scenario.programmes)
        view.programmes.push_back(programme.name);
    view.regions = scenario.links.regions;
    for (const scenarios::ModelTally& model : shown.world.market().tally().models)
        view.gpu_models.push_back(model.model);
}

void add_plan(const Shown& shown, StripView& strip) {
    const scenarios::Scenario& scenario = shown.world.scenario();
    for (const Action& action : scenario.actions) {
        strip.markers.push_back({.at = action.at,
                                 .kind = marker_kind(shown, action),
                                 .text = scenarios::action_text(action)});
        add_span(action, shown.run.end(), strip);
    }
    for (const scenarios::ProgrammeGroup& programme : scenario.programmes) {
        const scenarios::ProgrammeTimes times = scenarios::programme_times(scenario, programme);
        strip.spans.push_back({.range = {.from = times.start, .to = times.end},
                               .kind = SpanKind::kProgramme,
                               .text = "programme " + programme.name});
    }
    for (const CheckFailure& failure : shown.history.failures()) {
        strip.markers.push_back({.at = failure.at,
                                 .kind = MarkerKind::kFailedCheck,
                                 .text = "failed: " + failure.title});
    }
}

}  // namespace gui
