#include "scenarios/engine/world.h"

#include "scenarios/engine/world_port.h"

#include <algorithm>

namespace scenarios {

void World::announce(Observer& observer) const {
    for (std::uint32_t i = 0; i < providers_.size(); ++i) {
        observer.agent_joined(*this, AgentRef::provider(i));
    }
    for (std::uint32_t i = 0; i < tenants_.size(); ++i) {
        observer.agent_joined(*this, AgentRef::tenant(i));
    }
}

void World::run_until(sim::SimTime until, Observer& observer) {
    SIM_ASSERT(until >= now_, "no way back in time, at {} ns", now_.ns);
    while (step(until, observer)) {
    }
    if (!breach_ && !stopped_) now_ = until;
}

void World::run_block(Observer& observer) {
    const sim::Height before = height_;
    while (height_ == before && step(sim::kForever, observer)) {
    }
}

bool World::step(sim::SimTime until, Observer& observer) {
    if (breach_ || stopped_) return false;
    const sim::SimTime queued = queue_.empty() ? sim::kForever : queue_.next_time();
    if (std::min(queued, planned_at_) > until) return false;
    if (planned_at_ <= queued) {
        if (planned_at_ == sim::kForever) return false;
        do_planned(observer);
        return true;
    }
    const auto entry = queue_.pop();
    now_ = entry.time;
    handle(entry.payload, observer);
    return true;
}

void World::handle(const WorldEvent& event, Observer& observer) {
    ++events_;
    ++event_counts_[static_cast<std::size_t>(event.kind)];
    if (event.kind != EventKind::kBlock && event.kind != EventKind::kSample) {
        sim::Digest& kernel = digests_.of(sim::Part::kKernel);
        kernel.mix_word(static_cast<std::uint64_t>(now_.ns));
        kernel.mix_word(static_cast<std::uint64_t>(event.kind) |
                        std::uint64_t{event.timer_kind} << 8U |
                        std::uint64_t{event.agent.code} << 32U);
    }
    switch (event.kind) {
        case EventKind::kBlock:
            make_block(observer);
            break;
        case EventKind::kTransaction:
            mempool_.push_back(event.slot);
            break;
        case EventKind::kNews:
            deliver_news(event, observer);
            break;
        case EventKind::kManifest:
        case EventKind::kReport:
        case EventKind::kTimer:
        case EventKind::kStart:
            wake_agent(event, observer);
            break;
        case EventKind::kAction:
            act(event.slot, observer);
            break;
        case EventKind::kRecovery:
            recover(event.agent, observer);
            break;
        case EventKind::kProgramme:
            pay_programme(event.slot, observer);
            break;
        case EventKind::kSupply:
            weigh_supply(event.slot, observer);
            break;
        case EventKind::kSample:
            sample(observer);
            break;
    }
}

void World::deliver_news(const WorldEvent& event, Observer& observer) {
    // The handler may post more news, which can move the ring: it gets a copy.
    const nodes::News news = news_.read(event.tag).news;
    news_.done(event.tag);
    Port port(*this, event.agent, observer);
    if (event.agent.is_tenant()) {
        tenants_[event.agent.index()].on_news(news, port);
    } else {
        providers_[event.agent.index()].on_news(news, port);
    }
}

void World::wake_agent(const WorldEvent& event, Observer& observer) {
    Port port(*this, event.agent, observer);
    const std::uint32_t index = event.agent.index();
    const bool tenant = event.agent.is_tenant();
    if (event.kind == EventKind::kTimer) {
        const nodes::AgentTimer timer{
            .kind = event.timer_kind, .slot = event.slot, .tag = event.tag};
        tenant ? tenants_[index].on_timer(timer, port) : providers_[index].on_timer(timer, port);
    } else if (event.kind == EventKind::kStart) {
        tenant ? tenants_[index].on_start(port) : providers_[index].on_start(port);
        if (!tenant) enter_programme(event.agent, Membership::kJoins);
    } else if (event.kind == EventKind::kManifest) {
        const nodes::ManifestSubmitted manifest = manifests_.read(event.tag).manifest;
        manifests_.done(event.tag);
        providers_[index].on_manifest(manifest, port);
    } else {
        const nodes::WorkloadReport report = reports_.read(event.tag).report;
        reports_.done(event.tag);
        tenants_[index].on_report(report, port);
    }
}

const AgentSeat& World::seat(AgentRef agent) const {
    return agent.is_tenant() ? tenant_seats_[agent.index()] : provider_seats_[agent.index()];
}

AgentSeat& World::seat_of(AgentRef agent) {
    return agent.is_tenant() ? tenant_seats_[agent.index()] : provider_seats_[agent.index()];
}

AgentRef World::agent_with(nodes::Address account) const {
    const std::uint32_t index = chain_.names().addresses.account(account).index;
    return index < agents_by_account_.size() ? agents_by_account_[index] : AgentRef{};
}

sim::Digest World::final_digest() const {
    sim::Digest out = digests_.combined();
    const auto mix = [&out](const sim::Digest& digest) {
        for (const std::uint64_t half : digest.value())
            out.mix_word(half);
    };
    mix(sim::digest_of(queue_));
    mix(sim::digest_of(chain_));
    mix(sim::digest_of(consensus_));
    mix(sim::digest_of(providers_));
    mix(sim::digest_of(tenants_));
    mix(sim::digest_of(market_));
    return out;
}

void World::rebuild_index() {
    chain_.rebuild_index();
    match_index_ = providers::MatchIndex{};
    for (std::uint32_t i = 0; i < providers_.size(); ++i)
        refresh_index(AgentRef::provider(i));
    look_ahead();
}

void World::check_everything() {
    if (breach_) return;
    if (const auto status = chain_.check_invariants(); !status) broken(status.error().text);
}

void World::broken(const std::string& text) {
    if (!breach_) breach_ = Breach{.text = text, .height = height_, .at = now_};
}

}  // namespace scenarios
