// Incentive programmes in the world: when a period ends the pool is paid out by ordinary transactions of
// the programme's treasury, and providers that follow a supply rule come or go.
#include "scenarios/engine/world.h"

namespace scenarios {

void World::schedule_programme(std::uint32_t index) {
    const auto next = programmes_.rows()[index].programme.next_payment();
    if (!next) return;
    queue_.push(std::max(*next, now_), {.kind = EventKind::kProgramme, .slot = index});
}

void World::pay_programme(std::uint32_t index, Observer& observer) {
    std::vector<nodes::Msg> messages;
    programmes_.pay(index, messages);
    weigh_supply(index, messages, observer);
    // The treasury's own node is at hand: what it sends is in the next block.
    for (nodes::Msg& msg : messages) mempool_.push_back(pool_.add(AgentRef{}, std::move(msg)));
    schedule_programme(index);
}

double World::programme_paid_usd() {
    const double akt = static_cast<double>(akt_micro_usd()) / 1e6;
    return static_cast<double>(programmes_.paid(uakt_)) / 1e6 * akt +
           static_cast<double>(programmes_.paid(axl_usdc_)) / 1e6;
}

}  // namespace scenarios
