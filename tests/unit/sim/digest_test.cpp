#include "sim/digest.h"

#include "sim/rng.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace sim {
namespace {

struct Account {
    std::string owner;
    std::int64_t balance = 0;
    std::vector<std::uint32_t> orders;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("balance", self.balance);
        visit("orders", self.orders);
    }
};

TEST(Digest, EqualValuesGiveEqualDigests) {
    EXPECT_EQ(digest_of(Account{"a", 5, {1, 2}}), digest_of(Account{"a", 5, {1, 2}}));
    EXPECT_EQ(digest_of(Account{"a", 5, {1, 2}}).hex().size(), 32U);
}

TEST(Digest, EveryFieldCounts) {
    const auto base = digest_of(Account{"a", 5, {1, 2}});
    EXPECT_NE(base, digest_of(Account{"b", 5, {1, 2}}));
    EXPECT_NE(base, digest_of(Account{"a", 6, {1, 2}}));
    EXPECT_NE(base, digest_of(Account{"a", 5, {2, 1}}));
    EXPECT_NE(base, digest_of(Account{"a", 5, {1, 2, 0}}));
    EXPECT_NE(base, digest_of(Account{"", 5, {1, 2}}));
}

TEST(Digest, OrderCounts) {
    Digest ab;
    Digest ba;
    ab.mix_word(1);
    ab.mix_word(2);
    ba.mix_word(2);
    ba.mix_word(1);
    EXPECT_NE(ab.hex(), ba.hex());
}

TEST(Digest, UnorderedContainersAreDigestedByKey) {
    std::unordered_map<std::uint32_t, std::uint32_t> first;
    std::unordered_map<std::uint32_t, std::uint32_t> second(1000);
    for (std::uint32_t i = 0; i < 100; ++i) {
        first[i] = i;
        second[99 - i] = 99 - i;
    }
    EXPECT_EQ(digest_of(first), digest_of(second));
}

TEST(Digest, AOneBitChangeAnywhereShowsInHalfOfTheBits) {
    auto rng = Rng::stream(1, "digest", "avalanche");
    int changed = 0;
    constexpr int kTrials = 2000;
    for (int trial = 0; trial < kTrials; ++trial) {
        Digest a;
        Digest b;
        const auto flipped = rng.uniform_int(0, 639);
        for (int word = 0; word < 10; ++word) {
            const std::uint64_t w = rng.next_u64();
            a.mix_word(w);
            b.mix_word(flipped / 64 == word ? w ^ (std::uint64_t{1} << (flipped % 64)) : w);
        }
        const auto x = a.value();
        const auto y = b.value();
        changed += std::popcount(x[0] ^ y[0]) + std::popcount(x[1] ^ y[1]);
    }
    EXPECT_NEAR(static_cast<double>(changed) / kTrials, 64.0, 1.0);
}

TEST(Digest, ShortTextsDoNotCollide) {
    std::set<std::string> seen;
    for (int i = 0; i < 20'000; ++i)
        seen.insert(digest_of(std::to_string(i)).hex());
    EXPECT_EQ(seen.size(), 20'000U);
}

TEST(Digest, LongMixesDependOnEveryByteAndOnWhatWasBefore) {
    const std::string text(1000, 'x');
    std::set<std::string> seen;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        std::string other = text;
        if (i < text.size()) other[i] = 'y';
        seen.insert(digest_of(other).hex());
    }
    EXPECT_EQ(seen.size(), 1001U);
    Digest before;
    before.mix_word(1);
    before.mix(text.data(), text.size());
    Digest plain;
    plain.mix(text.data(), text.size());
    EXPECT_NE(before, plain);
}

// Digests stand in recorded runs and in golden files: the function may not change unnoticed.
TEST(Digest, KeepsItsValuesForEver) {
    EXPECT_EQ(Digest{}.hex(), "f063d7de67eea9703ee655375ad96d6e");
    EXPECT_EQ(digest_of(Account{"akash1", -7, {3, 1, 4}}).hex(),
              "1213d511d4aa4df62593e238a5a65d11");
    EXPECT_EQ(digest_of(std::string(100, 'o')).hex(), "2e40df4df393988a97381fe156dc068d");
}

TEST(Digests, TellThePartsApart) {
    Digests a;
    Digests b;
    a.of(Part::kMarket).mix_value(1);
    b.of(Part::kChain).mix_value(1);
    EXPECT_NE(a.combined().hex(), b.combined().hex());
    EXPECT_EQ(a.of(Part::kTenants), b.of(Part::kTenants));
    EXPECT_STREQ(part_name(Part::kProviders), "providers");
    b = Digests{};
    b.of(Part::kMarket).mix_value(1);
    EXPECT_EQ(a, b);
}

}  // namespace
}  // namespace sim
