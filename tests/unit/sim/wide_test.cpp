#include "sim/wide.h"

#include "sim/rng.h"

#include <gtest/gtest.h>

#include <limits>

namespace sim {
namespace {

constexpr Int128 kMax128 = static_cast<Int128>(~Uint128{0} >> 1U);
constexpr Int128 kMin128 = -kMax128 - 1;

/// Numbers of all lengths, the edges among them.
Int128 draw(Rng& rng) {
    const auto bits = rng.uniform_int(0, 127);
    const auto raw = (static_cast<Uint128>(rng.next_u64()) << 64U) | rng.next_u64();
    const auto size = raw >> (127 - bits) >> 1U;
    const auto value = static_cast<Int128>(size);
    return rng.next_u64() % 2 == 0 ? value : -value;
}

TEST(Wide, PrintsSmallAndExtremeNumbers) {
    EXPECT_EQ(to_text(Int128{0}), "0");
    EXPECT_EQ(to_text(Int128{-7}), "-7");
    EXPECT_EQ(to_text(kMax128), "170141183460469231731687303715884105727");
    EXPECT_EQ(to_text(kMin128), "-170141183460469231731687303715884105728");
}

TEST(Wide, PrintsDecimalsWithAllTheirPlaces) {
    EXPECT_EQ(dec_to_text(Int128{0}), "0.000000000000000000");
    EXPECT_EQ(dec_to_text(Int128{1}), "0.000000000000000001");
    EXPECT_EQ(dec_to_text(Int128{-1}), "-0.000000000000000001");
    EXPECT_EQ(dec_to_text(Int128{kDecOne} * -12 - kDecOne / 2), "-12.500000000000000000");
    EXPECT_EQ(dec_to_text(Wide(kDecOne) * kDecOne), "1000000000000000000.000000000000000000");
}

TEST(Wide, CountsDigitsAroundThePowersOfTen) {
    Int128 power = 1;
    for (int digits = 1; digits <= 38; ++digits) {
        EXPECT_EQ(decimal_digits(power), digits);
        EXPECT_EQ(decimal_digits(-power), digits);
        EXPECT_EQ(decimal_digits(power * 10 - 1 < 0 ? power : power - 1), std::max(1, digits - 1));
        if (digits < 38) power *= 10;
    }
    EXPECT_EQ(decimal_digits(Int128{0}), 1);
    EXPECT_EQ(decimal_digits(kMin128), 39);
    EXPECT_EQ(decimal_digits(std::numeric_limits<std::uint64_t>::max()), 20);
    EXPECT_EQ(decimal_digits(Wide(1) << 255U), 77);
}

TEST(Wide, AgreesWithBoostOnRandomNumbers) {
    auto rng = Rng::stream(1, "wide", "test");
    for (int i = 0; i < 5000; ++i) {
        const Int128 v = draw(rng);
        const Wide wide = to_wide(v);
        ASSERT_EQ(to_text(v), wide.str());
        ASSERT_TRUE(narrow(wide).has_value());
        ASSERT_EQ(*narrow(wide), v);
        ASSERT_EQ(decimal_digits(v), static_cast<int>(Wide(abs(wide)).str().size()));
    }
}

TEST(Wide, NarrowsOnlyWhatFits) {
    EXPECT_EQ(*narrow(to_wide(kMax128)), kMax128);
    EXPECT_FALSE(narrow(to_wide(kMax128) + 1).has_value());
    EXPECT_EQ(*narrow(-to_wide(kMax128)), -kMax128);
    EXPECT_EQ(*narrow64(Wide(std::numeric_limits<std::int64_t>::min())),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_FALSE(narrow64(Wide(std::numeric_limits<std::int64_t>::max()) + 1).has_value());
}

TEST(Wide, MeasuresBits) {
    EXPECT_EQ(bit_length(Wide(0)), 0U);
    EXPECT_EQ(bit_length(Wide(-1)), 1U);
    EXPECT_EQ(bit_length(Wide(256)), 9U);
    EXPECT_EQ(bit_length((Wide(1) << 315U) - 1), 315U);
}

}  // namespace
}  // namespace sim
