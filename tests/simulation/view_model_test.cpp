// What the screens say is what the world holds.
#include "gui/session/player.h"
#include "tests/support/scenario_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gui {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::busy_market;
using tests::scenario_of;

sim::SimTime hours(double h) {
    return sim::SimTime{static_cast<std::int64_t>(h * 3'600'000'000'000)};
}

class Views : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        player_ = std::move(Player::open(*scenario_of(busy_market())).value());
        to(hours(26));
    }

    static void TearDownTestSuite() { player_.reset(); }

    static void to(sim::SimTime at) {
        player_->obey(SeekTo{at});
        while (player_->work(sim::kForever)) {
        }
    }

    static ViewModel view(const Interest& interest = {}) {
        ViewModel model;
        player_->show(interest, model);
        return model;
    }

    static const scenarios::World& world() { return player_->selected().world(); }

    static std::unique_ptr<Player> player_;
};

std::unique_ptr<Player> Views::player_;

TEST_F(Views, TheClockSaysWhereTheRunIs) {
    const ClockView clock = view().clock;
    EXPECT_EQ(clock.time_text, "day 1, 02:00:00");
    EXPECT_EQ(clock.utc_text, "2024-03-21T02:00:00Z");
    EXPECT_EQ(clock.height, world().height().value);
    EXPECT_EQ(clock.digest, world().digests().combined().hex());
    EXPECT_EQ(clock.reproduce_command, "orrery run test.yaml");
}

TEST_F(Views, TheOverviewHasEightCardsWithUnits) {
    const ViewModel model = view();
    ASSERT_EQ(model.cards.size(), 8U);
    for (const Card& card : model.cards) {
        EXPECT_FALSE(card.title.empty());
        EXPECT_FALSE(card.value.empty()) << card.title;
        EXPECT_TRUE(card.series.empty() || model.series->find(card.series)) << card.series;
    }
    EXPECT_THAT(model.cards[0].change, HasSubstr("24 h"));
}

TEST_F(Views, EveryAuctionSaysOfEveryProviderWhatCameOfIt) {
    const ViewModel all = view();
    std::set<std::string> reasons;
    std::int64_t leased = 0;
    for (const OrderRow& order : all.market.orders) {
        Interest interest;
        interest.order = order.key;
        const AuctionView auction = view(interest).market.auction;
        ASSERT_TRUE(auction.shown);
        EXPECT_EQ(auction.bids.size() + auction.others.size(), world().providers().size());
        EXPECT_EQ(static_cast<std::int64_t>(auction.bids.size()), order.bids);
        for (std::size_t i = 1; i < kFunnelStages; ++i)
            EXPECT_LE(auction.funnel.at(i).count, auction.funnel.at(i - 1).count);
        EXPECT_TRUE(std::is_sorted(
            auction.bids.begin(), auction.bids.end(), [](const auto& a, const auto& b) {
                return a.price.per_block < b.price.per_block;
            }));
        if (order.stage == OrderStage::kLeased) {
            ++leased;
            EXPECT_EQ(auction.funnel.back().count, 1);
            EXPECT_NE(auction.winner, kNoKey);
        }
        for (const AnswerRow& row : auction.others) {
            EXPECT_FALSE(row.words.empty()) << row.name << " " << row.reason;
            reasons.insert(row.reason);
        }
        for (const AnswerRow& row : auction.bids) {
            if (order.stage == OrderStage::kOpen) continue;
            reasons.insert(row.reason);
        }
    }
    EXPECT_GT(leased, 50);
    EXPECT_TRUE(reasons.contains("price above winner"));
    EXPECT_TRUE(reasons.contains("won"));
    EXPECT_GE(reasons.size(), 5U) << testing::PrintToString(reasons);
}

TEST_F(Views, AMismatchNamesTheKeyAndBothValues) {
    const auto one = Player::open(*scenario_of(R"(
name: mismatch
run_for: 1h
regions: [us, eu]
providers:
  - { name: tin, region: eu, attributes: { tier: tin }, nodes: { cpu: 16, memory: 64Gi, storage: 500Gi } }
  - { name: small, region: us, attributes: { tier: gold }, nodes: { cpu: 1, memory: 1Gi, storage: 10Gi } }
tenants:
  - name: web
    arrivals: { every: 5min, limit: 1 }
    workloads:
      gold:
        sdl: |
          version: "2.0"
          services:
            web: { image: nginx, expose: [{ port: 80, to: [{ global: true }] }] }
          profiles:
            compute:
              web: { resources: { cpu: { units: 4 }, memory: { size: 1Gi }, storage: { size: 5Gi } } }
            placement:
              akash: { attributes: { tier: gold }, pricing: { web: { denom: uakt, amount: 1000 } } }
          deployment:
            web: { akash: { profile: web, count: 1 } }
    requests: { workload: gold, cpu: 4, lasting: 1h }
)"));
    ASSERT_TRUE(one) << one.error().text;
    (*one)->obey(RunUntil{.what = RunUntil::What::kOrderWithoutBids});
    while ((*one)->work(sim::kForever)) {
    }
    ViewModel model;
    (*one)->show({}, model);
    ASSERT_FALSE(model.market.orders.empty());
    EXPECT_EQ(model.market.orders[0].bids, 0);
    EXPECT_EQ(model.market.orders[0].state, "closed without a bid");
    Interest interest;
    interest.order = model.market.orders[0].key;
    ViewModel looked;
    (*one)->show(interest, looked);
    ASSERT_EQ(looked.market.auction.others.size(), 2U);
    for (const AnswerRow& row : looked.market.auction.others) {
        EXPECT_THAT(
            row.words,
            HasSubstr(row.name == "small/0" ? "wants 4 CPU, has 1" : "wants tier=gold, has tin"));
    }
}

TEST_F(Views, SupplyAddsUpToTheSeries) {
    const ViewModel model = view();
    std::int64_t total = 0;
    std::int64_t leased = 0;
    for (const ModelRow& row : model.supply.models) {
        total += row.total;
        leased += row.leased;
    }
    EXPECT_EQ(total, static_cast<std::int64_t>(world().series().last("gpus_total")));
    EXPECT_EQ(leased, world().market().tally().gpus_leased);
    EXPECT_EQ(model.supply.providers.size(), world().providers().size());
    ASSERT_NE(model.supply.heat, nullptr);
    EXPECT_EQ(model.supply.heat->columns, 26U);
    EXPECT_EQ(model.supply.heat->cells.size(), 26 * world().providers().size());
}

TEST_F(Views, AProviderShowsItsCardsAndItsWords) {
    Interest interest;
    interest.provider = 0;
    const ProviderView provider = view(interest).provider;
    ASSERT_TRUE(provider.shown);
    ASSERT_EQ(provider.nodes.size(), 2U);
    EXPECT_EQ(provider.nodes[0].cells.size(), 4U);
    EXPECT_THAT(provider.nodes[0].cards, HasSubstr("4 x a100"));
    EXPECT_FALSE(provider.attributes.empty());
    EXPECT_EQ(provider.audits.size(), 1U);
    EXPECT_FALSE(provider.outcomes.empty());
    EXPECT_FALSE(provider.recent.empty());
}

TEST_F(Views, ATenantsDeploymentsAreStretchesOfTimeWithTheirMoney) {
    Interest interest;
    interest.tenant = 0;
    const LeasesView leases = view(interest).leases;
    ASSERT_TRUE(leases.tenant.shown);
    ASSERT_FALSE(leases.tenant.deployments.empty());
    bool lived = false;
    for (const DeploymentRow& row : leases.tenant.deployments) {
        for (const Bar& bar : row.bars)
            EXPECT_LE(bar.range.from, bar.range.to);
        if (row.ended || row.bars.empty() || row.bars.back().phase != BarPhase::kLease) continue;
        lived = true;
        interest.deployment = row.key;
        const EscrowRunOff escrow = view(interest).leases.tenant.escrow;
        ASSERT_TRUE(escrow.shown);
        EXPECT_EQ(escrow.state, "open");
        EXPECT_GT(escrow.rate_per_block, 0);
        EXPECT_GT(escrow.empty_height, world().height().value);
        EXPECT_THAT(escrow.words, HasSubstr("empties at block"));
        EXPECT_FALSE(escrow.steps.empty());
    }
    for (const TenantRow& row : leases.tenants)
        lived = lived || row.running > 0;
    EXPECT_TRUE(lived);
}

TEST_F(Views, ThePlanIsShownWithItsLines) {
    const ViewModel model = view();
    const auto& actions = model.scenario.actions;
    ASSERT_EQ(actions.size(), 9U) << "seven actions, a programme's begin and end";
    EXPECT_TRUE(std::is_sorted(
        actions.begin(), actions.end(), [](const auto& a, const auto& b) { return a.at < b.at; }));
    bool next = true;
    for (const ActionRow& row : actions) {
        EXPECT_GT(row.line, 10) << row.text;
        EXPECT_EQ(row.done, row.at <= world().now()) << row.text;
        EXPECT_EQ(row.next, !row.done && next) << row.text;
        next = next && row.done;
    }
    EXPECT_FALSE(next) << "something is still to come";
    EXPECT_FALSE(model.scenario.next_events.empty());
    std::set<MarkerKind> kinds;
    for (const Marker& marker : model.strip.markers)
        kinds.insert(marker.kind);
    EXPECT_TRUE(kinds.contains(MarkerKind::kFault));
    EXPECT_TRUE(kinds.contains(MarkerKind::kAction));
    std::set<SpanKind> spans;
    for (const Span& span : model.strip.spans)
        spans.insert(span.kind);
    EXPECT_EQ(spans.size(), 4U) << "programme, partition, surge, outage";
}

TEST_F(Views, TheLogIsFiltered) {
    Interest interest;
    interest.log.rows = 5'000;
    const LogView all = view(interest).log;
    EXPECT_GT(all.rows.size(), 1'000U);
    interest.log.text = "gpu/0, -bids";
    const LogView some = view(interest).log;
    ASSERT_FALSE(some.rows.empty());
    for (const LogRow& row : some.rows) {
        EXPECT_THAT(row.actor + " " + row.text, HasSubstr("gpu/0"));
        EXPECT_THAT(row.text, Not(HasSubstr("bids")));
    }
    interest.log = {};
    interest.log.kinds = 1U << static_cast<unsigned>(LogKind::kAction);
    EXPECT_EQ(view(interest).log.rows.size(), 6U);
    interest.log = {};
    interest.log.in_range = true;
    interest.range = {.from = hours(3), .to = hours(4)};
    for (const LogRow& row : view(interest).log.rows) {
        EXPECT_GE(row.at, hours(3));
        EXPECT_LE(row.at, hours(4));
    }
}

TEST_F(Views, ValidatorsAndPlacesAreThoseOfTheScenario) {
    const ViewModel model = view();
    ASSERT_EQ(model.validators.validators.size(), 2U);
    const auto& blocks = model.validators;
    EXPECT_EQ(blocks.validators[0].proposed + blocks.validators[1].proposed,
              world().height().value);
    EXPECT_EQ(blocks.proposers.size(), 600U);
    EXPECT_EQ(blocks.first_height + 599, world().height().value);
    ASSERT_EQ(model.world.regions.size(), 2U);
    EXPECT_EQ(model.world.links.size(), 4U);
    EXPECT_FALSE(model.world.parted);
    to(hours(16.1));
    EXPECT_TRUE(view().world.parted);
    to(hours(26));
}

TEST_F(Views, ChecksSayHowTheyStand) {
    const ChecksView checks = view().checks;
    ASSERT_EQ(checks.rows.size(), 1U);
    EXPECT_EQ(checks.rows[0].state, CheckState::kPending);
    const auto failing = Player::open(
        *scenario_of(busy_market() +
                     "  - { what: gpu_utilization, from: 2h, above: 99%, title: full }\n"
                     "  - { what: leases_active, from: 3h, below: 100000, title: few }\n"
                     "  - { what: bids_created, holds: eventually, above: 10, title: bids }\n"));
    ASSERT_TRUE(failing) << failing.error().text;
    (*failing)->obey(RunUntil{.what = RunUntil::What::kCheckFails});
    while ((*failing)->work(sim::kForever)) {
    }
    ViewModel model;
    (*failing)->show({}, model);
    EXPECT_EQ(model.clock.state_text, "paused: check failed: full");
    EXPECT_EQ(model.clock.now, hours(2));
    ASSERT_EQ(model.checks.rows.size(), 4U);
    EXPECT_EQ(model.checks.rows[1].state, CheckState::kFailed);
    EXPECT_TRUE(model.checks.rows[1].has_violation);
    EXPECT_EQ(model.checks.rows[1].violated_at, hours(2));
    EXPECT_LT(model.checks.rows[1].margin, 0);
    EXPECT_EQ(model.checks.rows[2].state, CheckState::kNotReached);
    EXPECT_EQ(model.checks.rows[3].state, CheckState::kHeld);
    const bool marked = std::any_of(
        model.strip.markers.begin(), model.strip.markers.end(), [](const Marker& marker) {
            return marker.kind == MarkerKind::kFailedCheck;
        });
    EXPECT_TRUE(marked);
}

TEST_F(Views, OnlyVisibleScreensAreFilled) {
    Interest interest;
    interest.screens.bits = 0;
    const ViewModel model = view(interest);
    EXPECT_TRUE(model.market.orders.empty());
    EXPECT_TRUE(model.supply.providers.empty());
    EXPECT_TRUE(model.log.rows.empty());
    EXPECT_TRUE(model.cards.empty());
    EXPECT_FALSE(model.clock.time_text.empty());
    EXPECT_FALSE(model.strip.markers.empty());
}

}  // namespace
}  // namespace gui
