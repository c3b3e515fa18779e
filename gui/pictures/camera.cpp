#include "gui/pictures/camera.h"

#include "gui/frame/actions.h"
#include "gui/frame/open_run.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {
namespace {

/// Going forward needs the start only; a film of a long run shall not fill the memory.
constexpr std::size_t kSnapshotBytes = 64U << 20U;
/// Sizes of tables and texts settle within a few frames.
constexpr int kFrames = 4;

UiState state_of(const Arguments& arguments) {
    UiState state;
    state.preferences.reduced_motion = true;  // a moment shows no movement
    apply_arguments(arguments, state);
    return state;
}

/// The order asked for; "first" is one with bids, which is followed until it is decided.
void choose_order(const std::string& asked, const ViewModel& model, UiState& state) {
    const auto& orders = model.market.orders;
    const bool by_rule = asked.empty() || asked == "first" || asked == "without-bids";
    const auto still_open = [&](const OrderRow& order) {
        return order.key == state.interest.order && order.stage == OrderStage::kOpen;
    };
    if (by_rule && std::any_of(orders.begin(), orders.end(), still_open)) return;
    const auto wanted = [&](const OrderRow& order) {
        if (asked == "without-bids") return order.bids == 0;
        return by_rule ? order.bids > 0 : order.id == asked;
    };
    const auto order = std::find_if(orders.begin(), orders.end(), wanted);
    if (order != orders.end()) state.interest.order = order->key;
    if (order == orders.end() && !orders.empty()) state.interest.order = orders.front().key;
}

/// The busiest provider and the tenant that pays most, as far as nobody is chosen yet.
void choose_agents(const ViewModel& model, UiState& state) {
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

}  // namespace

sim::Result<std::unique_ptr<Camera>> Camera::open(const Arguments& arguments) {
    SIM_TRY(source, find_run(arguments.file, arguments.settings));
    const PlayerOptions options{.snapshot_bytes = kSnapshotBytes, .checks = {}};
    SIM_TRY(player,
            source.scenario ? Player::open(*source.scenario, options)
                            : Player::open_recorded(source.path, options));
    return std::unique_ptr<Camera>(new Camera(std::move(player), arguments));
}

Camera::Camera(std::unique_ptr<Player> player, const Arguments& arguments)
    : player_(std::move(player)),
      order_(arguments.order),
      state_(state_of(arguments)),
      stage_(arguments.size, state_.preferences) {}

sim::Status Camera::go_to(sim::SimTime at) {
    player_->obey(SeekTo{at});
    while (player_->state() == RunState::kSeeking)
        player_->work(sim::kForever);
    if (player_->state() != RunState::kFailed) return sim::ok();
    look();
    return sim::Error{
        {"window", 2},
        fmt::format("{}: {}", clock(seconds(model_.clock.now)), model_.clock.state_text)};
}

void Camera::look() {
    ViewModel seen;
    player_->show(interest_of(state_), seen);
    seen.clock.number = ++looks_;
    model_ = std::move(seen);
}

Picture Camera::take() {
    look();
    choose_order(order_, model_, state_);
    choose_agents(model_, state_);
    look();
    choose_deployment(model_, state_);
    look();
    NoSession nobody;
    for (int i = 0; i < kFrames; ++i)
        stage_.frame(model_, state_, nobody);
    return stage_.picture();
}

std::string Camera::caption() const {
    return fmt::format("{} at {}",
                       panel_of(state_.layout.panes.front().shown).title,
                       clock(seconds(model_.clock.now)));
}

}  // namespace gui
