// Numbers of SDL files: rounding and overflow as binary64 and amd64 have them.
#include "nodes/protocol/sdl_number.h"

#include <gtest/gtest.h>

#include <string>

namespace nodes {
namespace {

std::uint64_t bytes(std::string_view text, std::uint64_t factor) {
    const auto parsed = parse_float(text);
    EXPECT_EQ(parsed.problem, NumberProblem::kNone) << text;
    return to_uint64(multiply(parsed.value, factor));
}

bool same(const Binary64& value, std::uint64_t mantissa, int exponent) {
    return value.kind == Binary64::Kind::kFinite && value.mantissa == mantissa &&
           value.exponent == exponent;
}

TEST(SdlNumber, RoundsToTheNearestAndTiesToEven) {
    // 0.1 = 0x1.999999999999ap-4; 2^53 + 1 lies between two values and goes to the even one.
    EXPECT_TRUE(same(parse_float("0.1").value, 0x1999999999999aULL, -56));
    EXPECT_TRUE(same(parse_float("9007199254740993").value, 1ULL << 52U, 1));
    EXPECT_TRUE(same(parse_float("9007199254740995").value, (1ULL << 52U) + 2, 1));
    EXPECT_TRUE(same(parse_float("9007199254740993.00000001").value, (1ULL << 52U) + 1, 1));
}

TEST(SdlNumber, ReadsTheSmallestAndTheLargest) {
    EXPECT_TRUE(same(parse_float("5e-324").value, 1, -1074));
    EXPECT_EQ(parse_float("2e-324").value.mantissa, 0U);
    EXPECT_TRUE(same(parse_float("1.7976931348623157e308").value, (1ULL << 53U) - 1, 971));
    EXPECT_EQ(parse_float("1.8e308").problem, NumberProblem::kRange);
    EXPECT_EQ(parse_float("1e-99999").problem, NumberProblem::kNone);
    EXPECT_EQ(parse_float("1e99999999999").problem, NumberProblem::kRange);
}

TEST(SdlNumber, TakesTheGrammarOfGo) {
    for (const auto* good : {"1",
                             "+1",
                             "-1",
                             ".5",
                             "5.",
                             "1_000",
                             "1e3",
                             "1E+3",
                             "0x1p4",
                             "inf",
                             "+Infinity",
                             "nan",
                             "NaN",
                             "1_0.5_0",
                             "0x_1p1"}) {
        EXPECT_EQ(parse_float(good).problem, NumberProblem::kNone) << good;
    }
    for (const auto* bad : {"",
                            ".",
                            "1 ",
                            " 1",
                            "0x10",
                            "1__0",
                            "_1",
                            "1_",
                            "1_.5",
                            "e5",
                            "1e",
                            "1e+",
                            "+nan",
                            "infi",
                            "1.2.3",
                            "0x",
                            "--1"}) {
        EXPECT_EQ(parse_float(bad).problem, NumberProblem::kSyntax) << bad;
    }
}

TEST(SdlNumber, CutsAndOverflowsAsTheProcessorDoes) {
    constexpr std::uint64_t kEi = 1ULL << 60U;
    constexpr std::uint64_t kTwo63 = 1ULL << 63U;
    EXPECT_EQ(bytes("1.9", 1), 1U);
    EXPECT_EQ(bytes("8", kEi), kTwo63);
    EXPECT_EQ(bytes("15", kEi), 15 * kEi);
    EXPECT_EQ(bytes("16", kEi), kTwo63);
    EXPECT_EQ(bytes("inf", kEi), kTwo63);
    EXPECT_EQ(bytes("nan", 1), kTwo63);
    EXPECT_EQ(to_uint32(parse_float("4294967296").value), 0U);
    EXPECT_EQ(to_uint32(parse_float("4294967297").value), 1U);
    EXPECT_EQ(to_uint32(parse_float("1e19").value), 0U);
    EXPECT_EQ(to_uint32(parse_float("nan").value), 0U);
}

TEST(SdlNumber, TakesMinusZeroForZero) {
    EXPECT_FALSE(below_zero(parse_float("-0").value));
    EXPECT_TRUE(below_zero(parse_float("-0.001").value));
    EXPECT_FALSE(below_zero(parse_float("nan").value));
    EXPECT_TRUE(at_most_two_to_64(parse_float("18446744073709551616").value));
    EXPECT_FALSE(at_most_two_to_64(parse_float("18446744073709555712").value));
}

TEST(SdlNumber, ReadsIntegersByPrefix) {
    EXPECT_EQ(parse_uint("0x1F", {0, 64}).value, 31U);
    EXPECT_EQ(parse_uint("017", {0, 64}).value, 15U);
    EXPECT_EQ(parse_uint("0b101", {0, 64}).value, 5U);
    EXPECT_EQ(parse_uint("08", {0, 64}).problem, NumberProblem::kSyntax);
    EXPECT_EQ(parse_uint("4294967296", {10, 32}).problem, NumberProblem::kRange);
    EXPECT_EQ(parse_uint("+1", {10, 64}).problem, NumberProblem::kSyntax);
    EXPECT_EQ(parse_int("-9223372036854775808", {10, 64}).value, INT64_MIN);
    EXPECT_EQ(parse_int("9223372036854775808", {10, 64}).problem, NumberProblem::kRange);
}

}  // namespace
}  // namespace nodes
