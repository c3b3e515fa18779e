#include "providers/bid_engine.h"

#include <gtest/gtest.h>

#include "groups.h"

namespace {

using nodes::Reason;
using nodes::Subject;
using providers::DeclinedAt;
using providers_test::group;
using providers_test::Wish;

class BidEngine : public testing::Test {
  protected:
    BidEngine() {
        denom_ = names_.denoms.intern("uakt");
        own_.attributes_at_start = &attributes_;
        own_.attributes_now = &attributes_;
        own_.order_filter = &filter_;
    }

    std::shared_ptr<nodes::GroupSpec> order(const Wish& wish) {
        auto spec = group(wish);
        for (auto& unit : spec->resources)
            unit.price.denom = denom_;
        return spec;
    }

    std::optional<providers::Decline> look_at(const nodes::GroupSpec& spec) {
        return providers::should_bid(spec, own_, names_);
    }

    nodes::Names names_;
    nodes::Denom denom_;
    nodes::Attributes attributes_{{"region", "us-west"},
                                  {"host", "akash"},
                                  {"capabilities/gpu/vendor/nvidia/model/a100", "true"}};
    nodes::Attributes filter_;
    providers::OwnFacts own_;
};

constexpr const char* kA100 = "vendor/nvidia/model/a100";

TEST_F(BidEngine, BidsOnWhatFits) {
    auto spec = order({.gpu = 1, .gpu_key = kA100});
    spec->requirements.attributes = {{"region", "us-west"}};
    EXPECT_FALSE(look_at(*spec));
}

TEST_F(BidEngine, MatchesPlacementAgainstTheAttributesAtStart) {
    auto spec = order({});
    spec->requirements.attributes = {{"region", "eu"}};
    const nodes::Attributes moved{{"region", "eu"}};
    own_.attributes_now = &moved;
    const auto decline = look_at(*spec);
    ASSERT_TRUE(decline);
    EXPECT_EQ(decline->at, DeclinedAt::kProviderAttributes);
    EXPECT_EQ(decline->reason, Reason::kAttributeMismatch);
}

TEST_F(BidEngine, WantsItsOwnFilterInTheOrder) {
    filter_ = {{"tier", "premium"}};
    auto spec = order({});
    EXPECT_EQ(look_at(*spec)->at, DeclinedAt::kOrderAttributes);
}

TEST_F(BidEngine, TellsAModelFromAStorageClass) {
    const auto gpu = look_at(*order({.gpu = 1, .gpu_key = "vendor/nvidia/model/h100"}));
    ASSERT_TRUE(gpu);
    EXPECT_EQ(gpu->reason, Reason::kModelMismatch);
    EXPECT_EQ(gpu->subject, Subject::kGpu);
    auto spec = order({});
    spec->resources[0].resources.storage[0].attributes = {{"class", "beta3"}};
    const auto storage = look_at(*spec);
    ASSERT_TRUE(storage);
    EXPECT_EQ(storage->reason, Reason::kAttributeMismatch);
    EXPECT_EQ(storage->subject, Subject::kPersistentStorage);
}

TEST_F(BidEngine, CountsVolumesPerUnit) {
    auto spec = order({});
    spec->resources[0].resources.storage.resize(3, spec->resources[0].resources.storage[0]);
    const auto decline = look_at(*spec);
    ASSERT_TRUE(decline);
    EXPECT_EQ(decline->subject, Subject::kVolumes);
    EXPECT_EQ(decline->wanted, 3);
    EXPECT_EQ(decline->had, 2);
}

TEST_F(BidEngine, WantsTheSignaturesAskedFor) {
    auto spec = order({});
    spec->requirements.attributes = {{"region", "us-west"}};
    spec->requirements.any_of = {"akash1auditor"};
    EXPECT_EQ(look_at(*spec)->reason, Reason::kNotAudited);
    const nodes::Attributes signed_set{{"region", "us-west"}};
    own_.audited = {{"akash1auditor", &signed_set}};
    EXPECT_FALSE(look_at(*spec));
    // Of two records of one auditor the last counts.
    const nodes::Attributes emptied;
    own_.audited.push_back({"akash1auditor", &emptied});
    EXPECT_EQ(look_at(*spec)->reason, Reason::kNotAudited);
    own_.unreachable_auditors = {"akash1auditor"};
    EXPECT_EQ(look_at(*spec)->at, DeclinedAt::kQuery);
}

TEST_F(BidEngine, ValidatesTheGroupLast) {
    auto spec = order({});
    spec->name.clear();
    const auto decline = look_at(*spec);
    ASSERT_TRUE(decline);
    EXPECT_EQ(decline->at, DeclinedAt::kValidation);
    EXPECT_EQ(decline->text, "empty group spec name denomination");
}

TEST_F(BidEngine, ChecksThePurse) {
    EXPECT_FALSE(providers::check_limits({.deposit = 5, .balance = 5}));
    EXPECT_EQ(providers::check_limits({.takes_denom = false})->reason, Reason::kDenomRefused);
    EXPECT_EQ(providers::check_limits({.open_bids = 3, .open_bids_max = 3})->reason,
              Reason::kProviderAtBidLimit);
    const auto poor = providers::check_limits({.deposit = 5, .balance = 4});
    ASSERT_TRUE(poor);
    EXPECT_EQ(poor->reason, Reason::kBidDepositLacking);
    EXPECT_EQ(poor->wanted, 5);
    EXPECT_EQ(poor->had, 4);
}

TEST_F(BidEngine, RefusesAPriceAboveTheMaximum) {
    const auto spec = order({});
    providers::PriceView view;
    view.spec = spec.get();
    view.denom = "uakt";
    view.akt_micro_usd = 5'000'000;
    view.max_price = sim::Dec18::from_int(6);
    const auto scale = *providers::strategy_named("scale");
    const auto high = providers::price_order(scale, view, {});
    ASSERT_TRUE(high.declined);
    EXPECT_EQ(high.declined->reason, Reason::kAboveTenantMaximum);
    EXPECT_EQ(high.declined->wanted, 6);
    EXPECT_EQ(high.declined->had, 6);  // 6.80224, cut
    view.max_price = sim::Dec18::from_int(7);
    EXPECT_FALSE(providers::price_order(scale, view, {}).declined);
    providers::StrategyParams dearer;
    dearer.price_level = {3, 2};
    const auto level = providers::price_order(scale, view, dearer);
    EXPECT_EQ(level.price.text(), "10.203360000000000000");
    EXPECT_TRUE(level.declined);
}

}  // namespace
