#include "gui/screen/screenshot.h"

#include "gui/frame/actions.h"
#include "gui/frame/open_run.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace gui {
namespace {

constexpr int kBadInput = 2;
constexpr std::chrono::minutes kPatience{10};
constexpr std::chrono::milliseconds kSettled{500};

int complain(const std::string& text) {
    std::fputs(fmt::format("orrery window: {}\n", text).c_str(), stderr);
    return kBadInput;
}

/// Follows the wanted rows into the model: what is selected by default, and the order asked for.
void choose_rows(const Arguments& arguments, const ViewModel& model, UiState& state) {
    const auto& orders = model.market.orders;
    const auto wanted = [&](const OrderRow& order) {
        if (arguments.order == "without-bids") return order.bids == 0;
        if (arguments.order.empty() || arguments.order == "first") return order.bids > 0;
        return order.id == arguments.order;
    };
    const auto order = std::find_if(orders.begin(), orders.end(), wanted);
    if (order != orders.end()) state.interest.order = order->key;
    if (order == orders.end() && !orders.empty()) state.interest.order = orders.front().key;
    const auto& providers = model.supply.providers;
    const auto busiest = std::max_element(
        providers.begin(), providers.end(), [](const ProviderRow& a, const ProviderRow& b) {
            return a.leases < b.leases;
        });
    if (busiest != providers.end()) state.interest.provider = busiest->key;
    const auto& tenants = model.leases.tenants;
    const auto payer = std::max_element(
        tenants.begin(), tenants.end(), [](const TenantRow& a, const TenantRow& b) {
            return a.running != b.running ? a.running < b.running : a.spent_usd < b.spent_usd;
        });
    if (payer != tenants.end()) state.interest.tenant = payer->key;
}

void choose_deployment(const ViewModel& model, UiState& state) {
    const auto& rows = model.leases.tenant.deployments;
    const auto running =
        std::find_if(rows.begin(), rows.end(), [](const DeploymentRow& row) { return !row.ended; });
    if (running != rows.end()) {
        state.interest.deployment = running->key;
    } else if (!rows.empty()) {
        state.interest.deployment = rows.front().key;
    }
}

/// A model that answers the interest as it is now: the second one made after asking, or the only
/// one when nothing else changes.
void refresh(Session& session, const UiState& state) {
    session.look(interest_of(state));
    int seen = 0;
    session.wait_for([&](const ViewModel&) { return ++seen >= 2; }, kSettled);
}

}  // namespace

sim::Result<std::unique_ptr<Session>> open_session(const Arguments& arguments) {
    SIM_TRY(source, find_run(arguments.file, arguments.settings));
    return source.scenario ? Session::open(*source.scenario, {})
                           : Session::open_recorded(source.path, {});
}

void apply_arguments(const Arguments& arguments, UiState& state) {
    if (const auto theme = theme_named(arguments.theme)) state.preferences.theme = *theme;
    if (arguments.scale > 0) state.preferences.scale = arguments.scale;
    if (!arguments.font.empty()) state.preferences.font = arguments.font;
    for (std::size_t i = 0; i < kWorkspaces.size(); ++i) {
        if (arguments.workspace == kWorkspaces.at(i).name) state.layout = workspace(i);
    }
    if (const auto screen = screen_named(arguments.screen)) state.layout.show(*screen);
}

bool go_there(Session& session, const Arguments& arguments, const UiState& state) {
    session.look(interest_of(state));
    if (!arguments.has_at) {
        return session.wait_for([](const ViewModel&) { return true; }, kPatience);
    }
    session.send(SeekTo{arguments.at});
    bool seeking = false;
    return session.wait_for(
        [&](const ViewModel& model) {
            const RunState now = model.clock.state;
            seeking = seeking || now == RunState::kSeeking;
            const bool there = model.clock.now >= arguments.at || now == RunState::kFinished ||
                               now == RunState::kFailed;
            return there && now != RunState::kSeeking;
        },
        kPatience);
}

int make_screenshot(const Arguments& arguments) {
    const auto session = open_session(arguments);
    if (!session) return complain(session.error().text);
    UiState state;
    apply_arguments(arguments, state);
    Session& run = *session.value();
    if (!go_there(run, arguments, state)) {
        return complain("the moment was not reached within ten minutes");
    }
    choose_rows(arguments, run.model(), state);
    refresh(run, state);
    choose_deployment(run.model(), state);
    refresh(run, state);
    Stage stage(arguments.size, state.preferences);
    // Sizes of tables and texts settle within a few frames.
    for (int i = 0; i < 4; ++i)
        stage.frame(run.model(), state, run);
    if (!write_png(stage.picture(), arguments.screenshot)) {
        return complain(arguments.screenshot + ": cannot be written");
    }
    std::fputs(fmt::format("{}: {} at {}\n",
                           arguments.screenshot,
                           panel_of(state.layout.panes.front().shown).title,
                           clock(seconds(run.model().clock.now)))
                   .c_str(),
               stdout);
    return 0;
}

}  // namespace gui
