// The door through which one agent knows and does things at one instant. Only the world's own files
// include this.
#pragma once

#include "scenarios/engine/world.h"

namespace scenarios {

class World::Port final : public nodes::AgentPort {
  public:
    Port(World& world, AgentRef agent, Observer& observer)
        : world_(world), agent_(agent), observer_(observer), view_(world.chain_.view()) {}

    [[nodiscard]] sim::SimTime now() const override { return world_.now_; }

    [[nodiscard]] const nodes::ChainView& chain() const override { return view_; }

    [[nodiscard]] const nodes::Names& names() const override { return world_.chain_.names(); }

    [[nodiscard]] std::int64_t akt_micro_usd() const override { return world_.ask_price(); }

    [[nodiscard]] nodes::Denom uakt() const override { return world_.uakt_; }

    [[nodiscard]] nodes::Denom axl_usdc() const override { return world_.axl_usdc_; }

    void submit(nodes::Msg msg) override;
    void wake(sim::SimDuration after, const nodes::AgentTimer& timer) override;
    void send(const nodes::ManifestSubmitted& manifest) override;
    void send(const nodes::WorkloadReport& report) override;
    void note(const nodes::BidNote& note) override;

  private:
    [[nodiscard]] sim::Digest& digest() const {
        return world_.digests_.of(agent_.is_tenant() ? sim::Part::kTenants : sim::Part::kProviders);
    }

    World& world_;
    AgentRef agent_;
    Observer& observer_;
    nodes::ChainView view_;
};

}  // namespace scenarios
