#include "providers/match_index.h"

#include "sim/rng.h"

#include <gtest/gtest.h>

#include "groups.h"
#include <array>

namespace {

using providers::AuditorRecord;
using providers::MatchIndex;
using providers_test::group;
using providers_test::Wish;

struct Registered {
    bool there = false;
    nodes::Attributes attributes;
    std::vector<AuditorRecord> audits;
};

std::vector<std::uint32_t> ask_all(const std::vector<Registered>& providers,
                                   const nodes::GroupSpec& spec) {
    std::vector<std::uint32_t> matching;
    for (std::uint32_t i = 0; i < providers.size(); ++i) {
        if (!providers[i].there) continue;
        std::vector<nodes::AuditedAttributes> audited;
        for (const auto& record : providers[i].audits) {
            audited.push_back({record.auditor, &record.attributes});
        }
        if (nodes::match_placement(spec.requirements, providers[i].attributes, audited) &&
            nodes::match_resources(spec, providers[i].attributes)) {
            matching.push_back(i);
        }
    }
    return matching;
}

template <std::size_t N>
std::string any_of(sim::Rng& rng, const std::array<const char*, N>& texts) {
    return texts[static_cast<std::size_t>(rng.uniform_int(0, static_cast<std::int64_t>(N) - 1))];
}

constexpr std::array kRegions{"us-west", "us-east", "eu-central", "as-east"};
constexpr std::array kModels{"a100", "h100", "rtx4090", "t4"};
constexpr std::array kKeys{"region", "reg*", "tier", "host", "h?st", "region/[a", "*"};
constexpr std::array kWanted{"vendor/nvidia/model/a100",
                             "vendor/nvidia/model/*",
                             "vendor/nvidia/model/h100/ram/80Gi",
                             "vendor/*/model/t4",
                             "vendor/amd/model/mi100"};
constexpr std::array kClasses{"beta1", "beta2", "ram", "*"};
constexpr std::array kAuditors{"akash1one", "akash1two"};

nodes::Attributes random_attributes(sim::Rng& rng) {
    nodes::Attributes attributes{{"region", any_of(rng, kRegions)}};
    if (rng.uniform_int(0, 1) == 1) attributes.push_back({"host", "akash"});
    if (rng.uniform_int(0, 1) == 1) attributes.push_back({"tier", any_of(rng, kRegions)});
    for (const auto* model : kModels) {
        if (rng.uniform_int(0, 2) != 0) continue;
        const auto key = std::string("capabilities/gpu/vendor/nvidia/model/") + model;
        attributes.push_back({key, "true"});
        attributes.push_back({key + "/ram/80Gi", "true"});
    }
    for (int i = 1; i <= 2; ++i) {
        const auto key = "capabilities/storage/" + std::to_string(i);
        attributes.push_back({key + "/class", any_of(rng, kClasses)});
        attributes.push_back({key + "/persistent", rng.uniform_int(0, 1) == 1 ? "true" : "false"});
    }
    return attributes;
}

Registered random_provider(sim::Rng& rng) {
    Registered provider{true, random_attributes(rng), {}};
    for (const auto* auditor : kAuditors) {
        if (rng.uniform_int(0, 2) != 0) continue;
        const bool all = rng.uniform_int(0, 1) == 1;
        provider.audits.push_back({auditor, all ? provider.attributes : random_attributes(rng)});
    }
    return provider;
}

std::shared_ptr<nodes::GroupSpec> random_order(sim::Rng& rng) {
    auto spec = group(std::vector<Wish>(static_cast<std::size_t>(rng.uniform_int(1, 2))));
    for (auto left = rng.uniform_int(0, 2); left > 0; --left) {
        spec->requirements.attributes.push_back({any_of(rng, kKeys), any_of(rng, kRegions)});
    }
    if (rng.uniform_int(0, 3) == 0) spec->requirements.any_of.push_back(any_of(rng, kAuditors));
    if (rng.uniform_int(0, 5) == 0) spec->requirements.all_of.push_back(any_of(rng, kAuditors));
    for (auto& unit : spec->resources) {
        unit.resources.gpu->value = rng.uniform_int(0, 1);
        for (auto left = rng.uniform_int(0, 2); left > 0; --left) {
            unit.resources.gpu->attributes.push_back({any_of(rng, kWanted), "true"});
        }
        if (rng.uniform_int(0, 2) == 0) {
            unit.resources.storage[0].attributes = {
                {"class", any_of(rng, kClasses)},
                {"persistent", rng.uniform_int(0, 1) == 1 ? "true" : "false"}};
        }
    }
    return spec;
}

/// Providers come, change and go between the orders; the index must never differ from asking all.
TEST(MatchIndex, EqualsAskingEverybody) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        auto rng = sim::Rng::stream(seed, "match index", "test");
        std::vector<Registered> providers(60);
        MatchIndex index;
        std::size_t found = 0;
        for (int step = 0; step < 400; ++step) {
            const auto who = static_cast<std::uint32_t>(rng.uniform_int(0, 59));
            auto& provider = providers[who];
            if (rng.uniform_int(0, 4) == 0) {
                provider = {};
                index.remove(who);
            } else {
                // Often the same as another: one profile for many.
                const auto& twin = providers[static_cast<std::size_t>(rng.uniform_int(0, 59))];
                const bool copy = twin.there && rng.uniform_int(0, 1) == 1;
                provider = copy ? Registered(twin) : random_provider(rng);
                index.set(who, provider.attributes, provider.audits);
            }
            const auto spec = random_order(rng);
            std::vector<std::uint32_t> candidates{4'000'000};
            index.candidates(*spec, candidates);
            const std::vector<std::uint32_t> got(candidates.begin() + 1, candidates.end());
            ASSERT_EQ(got, ask_all(providers, *spec)) << "seed " << seed << " step " << step;
            found += got.size();
        }
        EXPECT_GT(found, 500U) << "too few matches to mean anything, seed " << seed;
    }
}

TEST(MatchIndex, KeepsOneProfileForEqualProviders) {
    MatchIndex index;
    const nodes::Attributes west{{"region", "us-west"}};
    for (std::uint32_t i = 0; i < 1'000; ++i)
        index.set(i, west, {});
    EXPECT_EQ(index.profiles(), 1U);
    index.set(7, {{"region", "eu"}}, {});
    EXPECT_EQ(index.profiles(), 2U);
    index.remove(7);
    EXPECT_EQ(index.profiles(), 1U);
    EXPECT_FALSE(index.contains(7));
    auto spec = group(Wish{});
    spec->requirements.attributes = west;
    std::vector<std::uint32_t> candidates;
    index.candidates(*spec, candidates);
    EXPECT_EQ(candidates.size(), 999U);
}

TEST(MatchIndex, ForgetsPartsWhenThereAreTooMany) {
    MatchIndex index;
    index.set(0, {{"region", "us-west"}}, {});
    for (int i = 0; i < 5'000; ++i) {
        auto spec = group(Wish{});
        spec->requirements.attributes = {{"region", "r" + std::to_string(i)}};
        std::vector<std::uint32_t> candidates;
        index.candidates(*spec, candidates);
        ASSERT_TRUE(candidates.empty());
    }
    auto spec = group(Wish{});
    spec->requirements.attributes = {{"region", "us-west"}};
    std::vector<std::uint32_t> candidates;
    index.candidates(*spec, candidates);
    EXPECT_EQ(candidates, std::vector<std::uint32_t>{0});
}

}  // namespace
