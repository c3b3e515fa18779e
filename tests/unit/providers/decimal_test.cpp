#include "providers/decimal.h"

#include <gtest/gtest.h>

namespace {

using providers::Decimal;
using providers::parse_decimal;
using providers::WideDecimal;

std::string parsed(std::string_view text) {
    const auto value = parse_decimal(text);
    return value ? providers::to_text(*value) : "refused";
}

TEST(Decimal, ReadsWhatTheProvidersLibraryReads) {
    EXPECT_EQ(parsed("0.004"), "0.004");
    EXPECT_EQ(parsed(".5"), "0.5");
    EXPECT_EQ(parsed("5."), "5");
    EXPECT_EQ(parsed("+2"), "2");
    EXPECT_EQ(parsed("-0.001"), "-0.001");
    EXPECT_EQ(parsed("1e-12"), "0.000000000001");
    EXPECT_EQ(parsed("1e15"), "1000000000000000");
    EXPECT_EQ(parsed("1.5e1"), "15");
}

TEST(Decimal, RefusesWhatIsNoNumber) {
    for (const auto* text : {"", ".", "1e", "abc", "0x10", "1,5", " 1", "1.2.3", "--1"}) {
        EXPECT_EQ(parsed(text), "refused") << text;
    }
}

TEST(Decimal, RefusesWhatIsLongerThanItHolds) {
    EXPECT_EQ(parsed(std::string(39, '9')), "refused");
    EXPECT_EQ(parsed("1e60"), "refused");
    EXPECT_EQ(parsed("1e999999"), "refused");
}

TEST(Decimal, AddsAndMultipliesExactly) {
    const WideDecimal a = Decimal{15, 1};
    const WideDecimal b = Decimal{-25, 2};
    EXPECT_EQ(providers::to_text(providers::add(a, b)), "1.25");
    EXPECT_EQ(providers::to_text(providers::multiply(a, b)), "-0.375");
    EXPECT_GT(providers::compare(a, b), 0);
}

TEST(Decimal, DividesHalvesAwayFromZero) {
    const WideDecimal five = Decimal{5, 0};
    EXPECT_EQ(providers::to_text(providers::divide_half_away(five, 8, 2)), "0.63");
    const WideDecimal minus = Decimal{-5, 0};
    EXPECT_EQ(providers::to_text(providers::divide_half_away(minus, 8, 2)), "-0.63");
    const WideDecimal fine = Decimal{1'234'567, 6};
    EXPECT_EQ(providers::to_text(providers::divide_half_away(fine, 1, 2)), "1.23");
}

TEST(Decimal, CutsQuotientsLikeBc) {
    // echo "2/3" | bc -l
    const auto third = providers::bc_divide(Decimal{2, 0}, Decimal{3, 0});
    EXPECT_EQ(providers::to_text(third), "0.66666666666666666666");
    // A product keeps at most max(20, its factors') places.
    const auto product = providers::bc_multiply(third, third);
    EXPECT_EQ(providers::to_text(product), "0.44444444444444444443");
    EXPECT_EQ(providers::to_text(providers::bc_multiply(Decimal{15, 1}, Decimal{2, 1})), "0.30");
}

TEST(Decimal, PrintsLikePrintf) {
    // 2.675 is 2.67499... as a double and just above as a long double.
    EXPECT_EQ(providers::printf_fixed(Decimal{2'675, 3}, 53, 2), "2.67");
    EXPECT_EQ(providers::printf_fixed(Decimal{1, 1}, 53, 20), "0.10000000000000000555");
    EXPECT_EQ(providers::printf_fixed(Decimal{5, 1}, 64, 0), "0");
    EXPECT_EQ(providers::printf_fixed(Decimal{15, 1}, 64, 0), "2");
    EXPECT_EQ(providers::printf_fixed(Decimal{0, 0}, 64, 6), "0.000000");
    EXPECT_EQ(providers::printf_fixed(Decimal{-25, 1}, 64, 1), "-2.5");
}

TEST(Decimal, BecomesADec18WhenItFits) {
    EXPECT_EQ(providers::to_dec18(WideDecimal(Decimal{125, 2}))->text(), "1.250000000000000000");
    EXPECT_FALSE(providers::to_dec18(WideDecimal(Decimal{1, 19})));
    EXPECT_TRUE(providers::to_dec18(WideDecimal(Decimal{10, 19})));
    EXPECT_EQ(providers::to_dec18(providers::QuickDecimal(Decimal{10, 19}))->text(),
              "0.000000000000000001");
    EXPECT_FALSE(providers::to_dec18(providers::QuickDecimal(Decimal{1, 19})));
}

TEST(Decimal, QuickNumbersSayWhenTheyOverflow) {
    const providers::QuickDecimal large(providers::quick_power_of_ten(30), 0);
    EXPECT_TRUE(providers::multiply(large, Decimal{1, 0}).fits);
    EXPECT_FALSE(providers::multiply(large, large).fits);
    EXPECT_FALSE(providers::add(large, Decimal{1, 20}).fits);
}

}  // namespace
