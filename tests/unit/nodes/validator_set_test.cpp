// Proposers by priority. The sequences are worked examples of reference proof-of-stake 1.4 and
// cases of CometBFT's own tests (vectors proof_of_stake.yaml, PROP-*).
#include "nodes/consensus/validator_set.h"

#include "nodes/consensus/steady.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace nodes {
namespace {

std::vector<ValidatorChange> powers(const std::vector<std::pair<std::string, std::int64_t>>& list) {
    std::vector<ValidatorChange> out;
    for (const auto& [name, power] : list) {
        out.push_back({.address = name, .name = name, .power = power});
    }
    return out;
}

std::string next_proposers(ValidatorSet& set, int turns) {
    std::string out;
    for (int i = 0; i < turns; ++i) {
        out += set.validators()[set.proposer()].name;
        set.increment(1);
    }
    return out;
}

TEST(ValidatorSet, ThreeTimesThePowerProposesThreeTimesAsOften) {
    auto set = ValidatorSet::create(powers({{"A", 1}, {"B", 3}}));
    ASSERT_TRUE(set);
    EXPECT_EQ(next_proposers(set.value(), 8), "BABBBABB");
}

TEST(ValidatorSet, EqualPowersTakeTurnsInOrderOfAddress) {
    auto set = ValidatorSet::create(powers({{"0", 100}, {"2", 100}, {"1", 100}}));
    ASSERT_TRUE(set);
    EXPECT_EQ(next_proposers(set.value(), 9), "012012012");
}

TEST(ValidatorSet, ANewcomerStartsLast) {
    // Reference: C joins with power 2 when the priorities are A1 B-1; then A B B C B A B C B.
    auto set = ValidatorSet::create(powers({{"A", 1}, {"B", 3}}));
    ASSERT_TRUE(set);
    ASSERT_TRUE(set->apply(powers({{"C", 2}})));
    std::map<std::string, std::int64_t> priorities;
    for (const Validator& v : set->validators())
        priorities[v.name] = v.priority;
    EXPECT_EQ(priorities, (std::map<std::string, std::int64_t>{{"A", 3}, {"B", 1}, {"C", -4}}));
    set->increment(1);
    EXPECT_EQ(next_proposers(set.value(), 9), "ABBCBABCB");
}

TEST(ValidatorSet, ProposesInProportionToPower) {
    auto set = ValidatorSet::create(powers({{"0", 4}, {"1", 5}, {"2", 3}}));
    ASSERT_TRUE(set);
    std::map<char, int> count;
    for (const char name : next_proposers(set.value(), 120))
        ++count[name];
    EXPECT_EQ(count['0'], 40);
    EXPECT_EQ(count['1'], 50);
    EXPECT_EQ(count['2'], 30);
}

TEST(ValidatorSet, RefusesWhatWouldBreakIt) {
    auto set = ValidatorSet::create(powers({{"A", 1}, {"B", 3}}));
    ASSERT_TRUE(set);
    EXPECT_FALSE(set->apply(powers({{"A", 2}, {"A", 3}})));
    EXPECT_FALSE(set->apply(powers({{"A", -2}})));
    EXPECT_FALSE(set->apply(powers({{"C", 0}})));
    EXPECT_FALSE(set->apply(powers({{"A", 0}, {"B", 0}})));
    EXPECT_FALSE(set->apply(powers({{"C", ValidatorSet::kTotalPowerMax}})));
    EXPECT_EQ(set->total_power(), 4);
    EXPECT_TRUE(set->apply(powers({{"A", 0}})));
    EXPECT_EQ(set->validators().size(), 1U);
    EXPECT_FALSE(ValidatorSet::create({}));
    EXPECT_FALSE(ValidatorSet::create(powers({{"A", 0}})));
}

TEST(Steady, BlocksKeepTheirGridWhateverTheJitter) {
    SteadyOptions options;
    options.interval = sim::SimDuration{6'000'000'000};
    options.jitter = sim::SimDuration{1'000'000'000};
    options.start = {.seconds = 1'710'892'800, .nanos = 500'000'000};
    const auto steady = Steady::create(options, powers({{"A", 1}}));
    ASSERT_TRUE(steady);
    EXPECT_EQ(steady->block_at(sim::Height{1'000}, 0).ns, 6'000'000'000'000);
    EXPECT_EQ(steady->block_at(sim::Height{1'000}, -1'000'000).ns, 5'999'000'000'000);
    EXPECT_EQ(steady->block_at(sim::Height{1'000}, 500'000).ns, 6'000'500'000'000);
    EXPECT_EQ(steady->stamp(sim::SimTime{750'000'000}),
              (Timestamp{.seconds = 1'710'892'801, .nanos = 250'000'000}));
    options.jitter = sim::SimDuration{3'000'000'000};
    EXPECT_FALSE(Steady::create(options, powers({{"A", 1}})));
}

}  // namespace
}  // namespace nodes
