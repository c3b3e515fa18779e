// What agents do to the world: transactions, timers, mail and notes, each over its link.
#include "scenarios/engine/world_port.h"

#include "nodes/protocol/errors.h"

namespace scenarios {

namespace {

void mix_id(sim::Digest& digest, const nodes::BidId& id) {
    digest.mix_word(std::uint64_t{id.owner.index} << 32U | id.provider.index);
    digest.mix_word(id.dseq);
    digest.mix_word(std::uint64_t{id.gseq} << 32U | id.oseq);
}

}  // namespace

void World::Port::submit(nodes::Msg msg) {
    digest().mix_word(std::uint64_t{agent_.code} << 8U | msg.body.index());
    world_.submit(agent_, std::move(msg));
}

void World::Port::wake(sim::SimDuration after, const nodes::AgentTimer& timer) {
    SIM_ASSERT(after.ns >= 0, "a timer in the future, got {} ns", after.ns);
    world_.queue_.push(world_.now_ + after,
                       {.kind = EventKind::kTimer,
                        .timer_kind = timer.kind,
                        .agent = agent_,
                        .slot = timer.slot,
                        .tag = timer.tag});
}

void World::Port::send(const nodes::ManifestSubmitted& manifest) {
    mix_id(digest(), manifest.lease);
    const AgentRef provider = world_.agent_with(manifest.lease.provider);
    if (provider.nobody() || provider.is_tenant()) return;
    const std::uint64_t mail = world_.manifests_.post({manifest}, 1);
    if (!world_.carry(agent_, provider, {.kind = EventKind::kManifest, .tag = mail})) {
        world_.manifests_.done(mail);
    }
}

void World::Port::send(const nodes::WorkloadReport& report) {
    mix_id(digest(), report.lease);
    const AgentRef tenant = world_.agent_with(report.lease.owner);
    if (tenant.nobody() || !tenant.is_tenant()) return;
    const std::uint64_t mail = world_.reports_.post({report}, 1);
    if (!world_.carry(agent_, tenant, {.kind = EventKind::kReport, .tag = mail})) {
        world_.reports_.done(mail);
    }
}

void World::Port::note(const nodes::BidNote& note) {
    digest().mix_word(std::uint64_t{note.provider.index} << 16U |
                      static_cast<std::uint64_t>(note.reason) << 8U |
                      static_cast<std::uint64_t>(note.subject));
    observer_.note(world_, agent_, note);
}

/// Schedules an event at `to` after the link's delay; false when the link lost it. A second copy is
/// of no use to either side, so a duplicated message arrives once, as early as its first copy.
bool World::carry(AgentRef from, AgentRef to, WorldEvent event) {
    AgentSeat& seat = seat_of(from);
    const sim::Deliveries arrivals =
        links_.deliver(seat.region, seat_of(to).region, now_, seat.link_draws);
    if (arrivals.empty()) return false;
    event.agent = to;
    queue_.push(now_ + *std::min_element(arrivals.begin(), arrivals.end()), event);
    return true;
}

/// The transaction reaches the node after the link's delay. A node knows a transaction it has seen,
/// so that a second copy changes nothing.
void World::submit(AgentRef sender, nodes::Msg&& msg) {
    AgentSeat& seat = seat_of(sender);
    const sim::Deliveries arrivals =
        links_.deliver(seat.region, chain_region_, now_, seat.link_draws);
    if (arrivals.empty()) return;
    const std::uint32_t slot = pool_.add(sender, std::move(msg));
    queue_.push(now_ + *std::min_element(arrivals.begin(), arrivals.end()),
                {.kind = EventKind::kTransaction, .agent = sender, .slot = slot});
}

}  // namespace scenarios
