// How long a deployment's money lasts.
#include "gui/session/show.h"
#include "scenarios/engine/denoms.h"
#include "tenants/wallet.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace {

double units(sim::Dec18 amount) {
    return static_cast<double>(amount.scaled) / 1e18;
}

std::string state_of(nodes::EscrowState state) {
    switch (state) {
        case nodes::EscrowState::kOpen:
            return "open";
        case nodes::EscrowState::kClosed:
            return "closed";
        case nodes::EscrowState::kOverdrawn:
            return "overdrawn";
        default:
            return "not known";
    }
}

/// Spending since the account was settled is not booked yet: it is taken off here.
void set_end(const Shown& shown, const nodes::EscrowView& escrow, EscrowRunOff& view) {
    const sim::Height now = shown.world.height();
    const auto since = static_cast<double>((now - escrow.settled_at).value);
    view.balance_now = std::max(0.0, view.balance - since * view.rate_per_block);
    if (escrow.state == nodes::EscrowState::kOverdrawn) {
        view.words = "used up: leases of this deployment are closed";
        return;
    }
    if (escrow.state != nodes::EscrowState::kOpen) {
        view.words = "closed: what was left went back to the tenant";
        return;
    }
    const auto left = tenants::blocks_left(escrow, now);
    if (!left) {
        view.words = "pays for nothing at the moment";
        return;
    }
    view.empty_height = (now + *left).value + 1;
    const sim::SimDuration span = shown.world.scenario().block.interval * left->value;
    view.empty_at = shown.world.now() + span;
    view.words =
        fmt::format("empties at block {}, in {}", grouped(view.empty_height), span_text(span));
}

}  // namespace

void show_escrow(const Shown& shown, const DeploymentLife& life, EscrowRunOff& view) {
    for (const EscrowEntry& entry : shown.memory.deployments.entries(life.id)) {
        view.steps.push_back({.at = entry.at,
                              .height = entry.height,
                              .kind = static_cast<EscrowStep::Kind>(entry.kind),
                              .balance = static_cast<double>(entry.balance),
                              .amount = static_cast<double>(entry.amount)});
    }
    view.shown = true;
    view.denom = scenarios::short_denom(shown.world.chain().names().denoms.text(life.denom));
    const auto escrow = shown.world.chain().view().escrow(life.id);
    if (!escrow) {
        view.state = "closed";
        view.words = "closed long ago: the chain has forgotten it";
        return;
    }
    view.state = state_of(escrow->state);
    view.balance = units(escrow->balance) + units(escrow->funds);
    view.rate_per_block = units(escrow->rate);
    view.settled_height = escrow->settled_at.value;
    set_end(shown, *escrow, view);
}

}  // namespace gui
