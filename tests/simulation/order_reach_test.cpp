// News of an order go only to providers that could match it, found by index. In the whole market
// that must be the same as telling everybody and letting each one look: nobody who would have
// matched is left out, whoever comes, goes, is audited or fails.
#include "nodes/protocol/attributes.h"
#include "scenarios/engine/quiet_observer.h"
#include "tests/support/scenario_texts.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace scenarios {
namespace {

/// Asks every provider about every order in the moment in which it is made.
class AskAll final : public Observer {
  public:
    void agent_joined(const World& /*world*/, AgentRef /*agent*/) override {}

    void transaction(const World& world, const TransactionSeen& seen) override {
        if (!seen.result->ok()) return;
        for (const nodes::ChainEvent& event : seen.result->events) {
            if (event.kind == nodes::EventKind::kOrderCreated) ask(world, event.id.order());
        }
    }

    void settlement(const World& /*world*/, const SettlementSeen& /*seen*/) override {}

    void note(const World& /*world*/, AgentRef /*by*/, const nodes::BidNote& /*note*/) override {}

    void action(const World& /*world*/, std::string_view /*text*/) override {}

    void sampled(const World& /*world*/) override {}

    bool block(const World& /*world*/, const BlockSeen& /*seen*/) override { return true; }

    [[nodiscard]] const std::vector<std::int64_t>& matching() const { return matching_; }

    [[nodiscard]] std::int64_t asked() const { return asked_; }

  private:
    void ask(const World& world, const nodes::OrderId& id) {
        const nodes::ChainView chain = world.chain().view();
        const auto order = chain.order(id);
        matching_.resize(world.providers().size());
        for (std::uint32_t i = 0; i < world.providers().size(); ++i) {
            const nodes::Address owner = world.seat(AgentRef::provider(i)).account;
            const nodes::Attributes* registered = chain.provider_attributes(owner);
            if (registered == nullptr) continue;
            ++asked_;
            std::vector<nodes::AuditedAttributes> audited;
            for (const auto& [auditor, attributes] : chain.audits(owner)) {
                audited.push_back({world.chain().names().addresses.text(auditor), attributes});
            }
            const bool matches =
                nodes::match_placement(order->spec->requirements, *registered, audited) &&
                nodes::match_resources(*order->spec, *registered);
            matching_[i] += matches ? 1 : 0;
        }
    }

    std::vector<std::int64_t> matching_;
    std::int64_t asked_ = 0;
};

TEST(OrderReach, IsTheSameAsAskingEveryProvider) {
    // Without losses, so that whoever is told hears of it; nobody leaves, since those who have left
    // hear without listening.
    World world = tests::world_of(tests::busy_market(), {"links.loss=0"});
    AskAll everybody;
    world.run_until(sim::SimTime{} + sim::SimDuration::seconds(10 * 3'600), everybody);
    ASSERT_EQ(everybody.matching().size(), world.providers().size());
    std::int64_t told = 0;
    for (std::size_t i = 0; i < world.providers().size(); ++i) {
        const providers::ProviderCounts& counts = world.providers()[i].counts();
        const std::int64_t heard = counts.orders_heard + counts.orders_missed;
        // An order of the last moment is still on its way.
        EXPECT_LE(heard, everybody.matching()[i]) << i;
        EXPECT_GE(heard + 2, everybody.matching()[i]) << i;
        told += heard;
    }
    EXPECT_GT(told, 500);
    EXPECT_LT(told, everybody.asked() * 9 / 10) << "or the index saved nothing here";
}

}  // namespace
}  // namespace scenarios
