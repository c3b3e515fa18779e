#include "sim/rng.h"
#include "tenants/behaviour.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace {

using nodes::Reason;
using nodes::Subject;
using tenants::BidChoice;
using tenants::BidInSight;

sim::Dec18 units(std::int64_t n) {
    return sim::Dec18::from_int(n);
}

BidInSight bid(std::uint32_t provider, std::int64_t price) {
    return {{provider}, units(price)};
}

std::optional<BidChoice> choose(std::string_view name,
                                const std::vector<BidInSight>& bids,
                                std::uint64_t draw = 0) {
    return tenants::choose(tenants::behaviour_named(name).value(), {bids, draw});
}

TEST(Behaviour, CheapestTakesTheLowestPriceAndTheFirstOfEqualOnes) {
    const auto choice = choose("cheapest", {bid(1, 30), bid(2, 20), bid(3, 20)});
    EXPECT_EQ(choice->index, 1U);
    EXPECT_EQ(choice->criterion, Subject::kPrice);
}

TEST(Behaviour, AuditedFirstPaysMoreForAnAudit) {
    std::vector<BidInSight> bids{bid(1, 10), bid(2, 30), bid(3, 20)};
    bids[1].audited = bids[2].audited = true;
    EXPECT_EQ(choose("audited_first", bids)->index, 2U);
    EXPECT_EQ(choose("audited_first", bids)->criterion, Subject::kAudit);
    bids[1].audited = bids[2].audited = false;
    EXPECT_EQ(choose("audited_first", bids)->index, 0U);
    EXPECT_EQ(choose("audited_first", bids)->criterion, Subject::kPrice);
}

TEST(Behaviour, CheapestInRegionWaitsForItsRegion) {
    std::vector<BidInSight> bids{bid(1, 10), bid(2, 30), bid(3, 20)};
    EXPECT_FALSE(choose("cheapest_in_region", bids).has_value());
    bids[1].in_region = bids[2].in_region = true;
    EXPECT_EQ(choose("cheapest_in_region", bids)->index, 2U);
    EXPECT_EQ(choose("cheapest_in_region", bids)->criterion, Subject::kRegion);
}

TEST(Behaviour, ReputationWeighsFailuresAgainstThePrice) {
    std::vector<BidInSight> bids{bid(1, 10), bid(2, 15)};
    EXPECT_EQ(choose("reputation", bids)->index, 0U);
    // One failure doubles the first one's price to 20; three leases kept bring it to 10 x 5 / 4
    // = 12.5.
    bids[0].failures = 1;
    EXPECT_EQ(choose("reputation", bids)->index, 1U);
    bids[0].successes = 3;
    EXPECT_EQ(choose("reputation", bids)->index, 0U);
}

TEST(Behaviour, RandomTakesAllBidsEquallyOften) {
    const std::vector<BidInSight> bids{bid(1, 1), bid(2, 2), bid(3, 3)};
    auto rng = sim::Rng::stream(1, "tenant/1", "choices");
    std::array<int, 3> taken{};
    for (int i = 0; i < 9'000; ++i)
        ++taken.at(choose("random", bids, rng.next_u64())->index);
    // Mean 3,000 and deviation 45 each.
    for (const int n : taken)
        EXPECT_NEAR(n, 3'000, 180);
    EXPECT_EQ(choose("random", bids, 0)->index, 0U);
    EXPECT_EQ(choose("random", bids, ~std::uint64_t{0})->index, 2U);
}

TEST(Behaviour, ChoosesNothingFromNothing) {
    for (const auto& entry : tenants::behaviours()) {
        EXPECT_FALSE(choose(entry.name, {}).has_value()) << entry.name;
    }
}

TEST(Behaviour, IsFoundByItsNameOnly) {
    for (const auto& entry : tenants::behaviours()) {
        EXPECT_EQ(tenants::name_of(tenants::behaviour_named(entry.name).value()), entry.name);
    }
    EXPECT_FALSE(tenants::behaviour_named("dearest").has_value());
}

TEST(Behaviour, SaysWhyABidLost) {
    using tenants::reason_of_loss;
    EXPECT_EQ(reason_of_loss(units(3), units(2), Subject::kPrice), Reason::kPriceAboveWinner);
    EXPECT_EQ(reason_of_loss(units(3), units(2), Subject::kAudit), Reason::kPriceAboveWinner);
    EXPECT_EQ(reason_of_loss(units(1), units(2), Subject::kAudit), Reason::kTenantPreferredOther);
}

}  // namespace
