#include "scenarios/engine/quantities.h"

#include <gtest/gtest.h>

namespace scenarios {
namespace {

std::int64_t ns(std::string_view text) {
    const auto parsed = parse_duration(text);
    return parsed ? parsed.value().ns : -1;
}

TEST(Duration, IsReadExactlyInNanoseconds) {
    EXPECT_EQ(ns("6.098s"), 6'098'000'000);
    EXPECT_EQ(ns("30d"), 30LL * 86'400 * 1'000'000'000);
    EXPECT_EQ(ns("1d12h"), 129'600LL * 1'000'000'000);
    EXPECT_EQ(ns("90 min"), -1);  // a space between number and unit is no unit
    EXPECT_EQ(ns("5min 30s"), 330LL * 1'000'000'000);
    EXPECT_EQ(ns("250ms"), 250'000'000);
    EXPECT_EQ(ns("0"), 0);
}

TEST(Duration, RefusesWhatHasNoUnitOrNoEnd) {
    EXPECT_EQ(ns("30"), -1);
    EXPECT_EQ(ns(""), -1);
    EXPECT_EQ(ns("d"), -1);
    EXPECT_EQ(ns("-5s"), -1);
    EXPECT_EQ(ns("101000d"), -1);
    EXPECT_EQ(ns("99999999999999999999999999999999d"), -1);
    EXPECT_EQ(ns("0.0000000001s"), -1);
}

TEST(Duration, IsPrintedWithoutEmptyParts) {
    EXPECT_EQ(duration_text(sim::SimDuration::seconds(86'400 + 60)), "1d 1min");
    EXPECT_EQ(duration_text({6'098'000'000}), "6.098s");
    EXPECT_EQ(duration_text({}), "0s");
}

TEST(Amount, KnowsWholeTokensAndMicroUnits) {
    const auto micro = parse_amount("5000000uakt");
    ASSERT_TRUE(micro);
    EXPECT_EQ(micro->amount, 5'000'000);
    EXPECT_EQ(micro->denom, "uakt");
    const auto whole = parse_amount("0.5akt");
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->amount, 500'000);
    EXPECT_EQ(whole->denom, "uakt");
    const auto dollars = parse_amount("20usdc");
    ASSERT_TRUE(dollars);
    EXPECT_EQ(dollars->amount, 20'000'000);
    EXPECT_TRUE(dollars->denom.starts_with("ibc/170C67"));
    EXPECT_FALSE(parse_amount("5"));
    EXPECT_FALSE(parse_amount("uakt"));
    EXPECT_FALSE(parse_amount("0.5uakt"));
    EXPECT_FALSE(parse_amount("99999999999999999999uakt"));
}

TEST(Numbers, ComeAsRatiosSharesAndSizes) {
    EXPECT_DOUBLE_EQ(parse_ratio("1/1000").value_or(-1), 0.001);
    EXPECT_DOUBLE_EQ(parse_ratio("35%").value_or(-1), 0.35);
    EXPECT_DOUBLE_EQ(parse_ratio("0.35").value_or(-1), 0.35);
    EXPECT_FALSE(parse_ratio("1/0"));
    EXPECT_FALSE(parse_number("nan"));
    EXPECT_FALSE(parse_number("1e999"));
    EXPECT_EQ(parse_bytes("16Gi").value_or(-1), 17'179'869'184);
    EXPECT_EQ(parse_bytes("1.5Ki").value_or(-1), 1'536);
    EXPECT_EQ(parse_bytes("500M").value_or(-1), 500'000'000);
    EXPECT_FALSE(parse_bytes("16 GB"));
    EXPECT_FALSE(parse_bytes("9999999Pi"));
    EXPECT_EQ(parse_milli_cpu("0.5").value_or(-1), 500);
    EXPECT_EQ(parse_milli_cpu("250m").value_or(-1), 250);
    EXPECT_EQ(parse_integer("17_700").value_or(-1), 17'700);
}

TEST(Decimal, IsExactToEighteenPlaces) {
    EXPECT_EQ(parse_dec("4.5")->text(), "4.500000000000000000");
    EXPECT_EQ(parse_dec("-0.000000000000000001")->text(), "-0.000000000000000001");
    EXPECT_FALSE(parse_dec("0.0000000000000000001"));
    EXPECT_FALSE(parse_dec("1a"));
}

TEST(Date, IsReadAndPrintedInUtc) {
    const auto day = parse_date("2024-03-20");
    ASSERT_TRUE(day);
    EXPECT_EQ(day->seconds, 1'710'892'800);
    EXPECT_EQ(date_text(*day), "2024-03-20T00:00:00Z");
    EXPECT_EQ(parse_date("2024-03-20T12:30:05Z")->seconds, 1'710'892'800 + 45'005);
    EXPECT_FALSE(parse_date("2024-02-30"));
    EXPECT_FALSE(parse_date("20.3.2024"));
}

}  // namespace
}  // namespace scenarios
