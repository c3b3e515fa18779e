// Full-width numbers: worked examples and the limits where the real ones panic. The recorded
// operations of the real code are run by run_vectors.
#include "sim/exact.h"

#include <gtest/gtest.h>

namespace sim::exact {
namespace {

/// By doubling: gcc 12 warns of a loop in boost's shift once a constant is shifted inline.
Wide power_of_two(unsigned bits) {
    Wide power = 1;
    for (unsigned i = 0; i < bits; ++i)
        power *= 2;
    return power;
}

TEST(Exact, IntegersHave256Bits) {
    const Wide most = power_of_two(256) - 1;
    EXPECT_EQ(int_add(most - 1, 1).value(), most);
    EXPECT_EQ(int_add(most, 1).error().text, "Int overflow");
    EXPECT_EQ(int_sub(-most, 1).error().kind, ErrorKind::kPanic);
    EXPECT_EQ(int_mul(power_of_two(128), power_of_two(128)).error().text, "Int overflow");
    EXPECT_EQ(int_mod(-7, 3).value(), 2);
    EXPECT_EQ(int_quo(-7, 3).value(), -2);
    EXPECT_EQ(int_quo(1, 0).error().text, "Division by zero");
    EXPECT_EQ(int_mod(1, 0).error().text, "division-by-zero");
    EXPECT_EQ(to_text(int_with_decimal(-12, 3).value()), "-12000");
    EXPECT_FALSE(int_with_decimal(1, 78));
}

TEST(Exact, DecimalsHave315Bits) {
    // 2^313 + 2^313 passes, 2^314 + 2^314 does not (reference akash-chain section 1).
    EXPECT_TRUE(dec_add(power_of_two(313), power_of_two(313)));
    EXPECT_EQ(dec_add(power_of_two(314), power_of_two(314)).error().text, "Int overflow");
    EXPECT_EQ(dec_quo(1, 0).error().text, "division by zero");
}

TEST(Exact, RoundingIsNamedByTheOperation) {
    // 3e-18 x 0.5 = 2e-18, 1e-18 / 2 = 0, -2/3 = -0.666666666666666667.
    EXPECT_EQ(dec_mul(3, kDecOne / 2).value(), 2);
    EXPECT_EQ(dec_mul_truncate(3, kDecOne / 2).value(), 1);
    EXPECT_EQ(dec_quo(1, Wide(2) * kDecOne).value(), 0);
    EXPECT_EQ(dec_quo_round_up(1, Wide(2) * kDecOne).value(), 1);
    EXPECT_EQ(dec_quo_round_up(-1, Wide(2) * kDecOne).value(), 0);
    EXPECT_EQ(dec_to_text(dec_quo(Wide(-2) * kDecOne, Wide(3) * kDecOne).value()),
              "-0.666666666666666667");
    EXPECT_EQ(dec_round_int(Wide(kDecOne) * 5 / 2).value(), 2);
    EXPECT_EQ(dec_truncate_int(Wide(kDecOne) * -5 / 2).value(), -2);
    EXPECT_EQ(dec_ceil(Wide(kDecOne) * -5 / 2), Wide(kDecOne) * -2);
    EXPECT_EQ(dec_ceil(1), kDecOne);
}

TEST(Exact, PowersAndRoots) {
    EXPECT_EQ(dec_power(Wide(kDecOne) * 3, 4).value(), Wide(kDecOne) * 81);
    EXPECT_EQ(dec_power(0, 0).value(), kDecOne);
    EXPECT_EQ(dec_to_text(dec_approx_root(Wide(kDecOne) * 4, 2).value()), "2.000000000000000000");
    EXPECT_EQ(dec_to_text(dec_approx_root(Wide(kDecOne) * -27, 3).value()),
              "-3.000000000000000000");
    EXPECT_EQ(dec_approx_root(power_of_two(316), 2).error().kind, ErrorKind::kRefusal);
}

}  // namespace
}  // namespace sim::exact
