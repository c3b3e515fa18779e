#include "sim/dec18.h"

#include "sim/rng.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace sim {
namespace {

constexpr Dec18 scaled(std::int64_t v) {
    return Dec18{v};
}

/// "-1.25..." with exactly 18 places, as the vectors write it.
Wide parse(std::string text) {
    text.erase(text.find('.'), 1);
    const bool negative = text.front() == '-';
    if (negative) text.erase(0, 1);
    text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
    const Wide value(text);
    return negative ? Wide(-value) : value;
}

TEST(Dec18, MultipliesRoundingHalfToEven) {
    const Dec18 half = scaled(kDecOne / 2);
    // 1e-18 * 0.5: half of the last place goes to the even 0; 3e-18 * 0.5 = 1.5e-18 goes to 2e-18.
    EXPECT_EQ(mul_bankers(scaled(1), half), scaled(0));
    EXPECT_EQ(mul_bankers(scaled(3), half), scaled(2));
    EXPECT_EQ(mul_bankers(scaled(5), half), scaled(2));
    EXPECT_EQ(mul_bankers(scaled(-3), half), scaled(-2));
    EXPECT_EQ(mul_bankers(Dec18::from_int(-6), Dec18::from_int(7)), Dec18::from_int(-42));
}

TEST(Dec18, DividesWithThirtySixPlacesBeforeRounding) {
    EXPECT_EQ(quo_bankers(Dec18::from_int(1), Dec18::from_int(3)).text(), "0.333333333333333333");
    EXPECT_EQ(quo_bankers(Dec18::from_int(2), Dec18::from_int(3)).text(), "0.666666666666666667");
    EXPECT_EQ(quo_bankers(Dec18::from_int(-2), Dec18::from_int(3)).text(), "-0.666666666666666667");
    EXPECT_EQ(quo_bankers(scaled(1), Dec18::from_int(2)), scaled(0));
    EXPECT_EQ(quo_bankers(scaled(3), Dec18::from_int(2)), scaled(2));
}

TEST(Dec18, TruncatesTowardsZero) {
    EXPECT_EQ(scaled(kDecOne * 2 - 1).truncate(), 1);
    EXPECT_EQ(scaled(-kDecOne * 2 + 1).truncate(), -1);
}

TEST(Dec18, CheckedSumsAndProductsNoticeTheEndOfTheRange) {
    const Dec18 large{static_cast<Int128>(~Uint128{0} >> 1U)};
    EXPECT_FALSE(checked_add(large, scaled(1)).has_value());
    EXPECT_EQ(checked_add(large, scaled(-1))->scaled, large.scaled - 1);
    EXPECT_FALSE(checked_mul(large, 2).has_value());
    EXPECT_EQ(checked_mul(scaled(-3), 7), scaled(-21));
}

/// Round half to even of n / d by the definition: the nearest, and of two nearest the even one.
Wide nearest_even(const Wide& n, const Wide& d) {
    const Wide size = abs(n);
    Wide q = size / d;
    const Wide twice = (size - q * d) * 2;
    if (twice > d || (twice == d && q % 2 == 1)) q += 1;
    return n < 0 ? Wide(-q) : q;
}

TEST(Dec18, AgreesWithWholeNumberArithmeticOnRandomValues) {
    auto rng = Rng::stream(1, "dec18", "test");
    for (int i = 0; i < 20'000; ++i) {
        const Dec18 a{static_cast<Int128>(rng.uniform_int(INT64_MIN, INT64_MAX)) *
                      rng.uniform_int(1, 1000)};
        const Dec18 b{rng.uniform_int(INT64_MIN, INT64_MAX) >> rng.uniform_int(0, 40)};
        const Wide product = to_wide(a.scaled) * to_wide(b.scaled);
        ASSERT_EQ(to_wide(mul_bankers(a, b).scaled), nearest_even(product, kDecOne));
        if (b.scaled == 0) continue;
        // First cut at 36 places, then rounded at 18: twice, as the real chain does it.
        const Wide cut = to_wide(a.scaled) * kDecOne * kDecOne / to_wide(b.scaled);
        const Wide expected = nearest_even(cut, kDecOne);
        ASSERT_EQ(quo_bankers(to_wide(a.scaled), to_wide(b.scaled)), expected);
        if (narrow(expected)) {
            ASSERT_EQ(to_wide(quo_bankers(a, b).scaled), expected);
        }
    }
}

TEST(Dec18, AgreesWithTheRealChainsDecimals) {
    std::ifstream file(std::string(ORRERY_SOURCE_DIR) + "/tests/unit/sim/dec18_vectors.txt");
    int wide_cases = 0;
    int narrow_cases = 0;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string id;
        std::string operation;
        std::string a_text;
        std::string b_text;
        std::string r_text;
        words >> id >> operation >> a_text >> b_text >> r_text;
        const Wide a = parse(a_text);
        const Wide b = parse(b_text);
        const Wide result = operation == "mul" ? mul_bankers(a, b) : quo_bankers(a, b);
        EXPECT_EQ(dec_to_text(result), r_text) << line;
        ++wide_cases;
        const auto x = narrow(a);
        const auto y = narrow(b);
        if (!x || !y || !narrow(result)) continue;
        const Dec18 got = operation == "mul" ? mul_bankers(Dec18{*x}, Dec18{*y})
                                             : quo_bankers(Dec18{*x}, Dec18{*y});
        EXPECT_EQ(got.text(), r_text) << line;
        ++narrow_cases;
    }
    EXPECT_EQ(wide_cases, 335);
    EXPECT_GT(narrow_cases, 150);
}

TEST(Dec18DeathTest, StopsWhereARangeWouldBeLeft) {
    const Dec18 large{static_cast<Int128>(~Uint128{0} >> 1U)};
    EXPECT_DEATH(mul_bankers(large, large), "a decimal of at most 127 bits");
    EXPECT_DEATH(quo_bankers(large, Dec18{}), "a divisor other than zero");
}

}  // namespace
}  // namespace sim
