#include "nodes/protocol/amount_text.h"
#include "nodes/protocol/base64.h"
#include "nodes/protocol/resources.h"
#include "tests/support/vector_file.h"

#include <gtest/gtest.h>

#include <string>

namespace nodes {
namespace {

std::string whole(std::string_view text) {
    const auto value = int_from_text(text);
    return value ? sim::to_text(*value) : "refused";
}

std::string decimal(std::string_view text) {
    const auto value = dec_from_text(text);
    return value ? sim::dec_to_text(*value) : "refused";
}

TEST(IntText, HasGoPrefixesAndUnderscores) {
    EXPECT_EQ(whole("12"), "12");
    EXPECT_EQ(whole("-12"), "-12");
    EXPECT_EQ(whole("+12"), "12");
    EXPECT_EQ(whole("0x1F"), "31");
    EXPECT_EQ(whole("0b101"), "5");
    EXPECT_EQ(whole("0o17"), "15");
    EXPECT_EQ(whole("017"), "15");
    EXPECT_EQ(whole("0"), "0");
    EXPECT_EQ(whole("00"), "0");
    EXPECT_EQ(whole("-0"), "0");
    EXPECT_EQ(whole("1_000"), "1000");
    EXPECT_EQ(whole("0x_f"), "15");
    EXPECT_EQ(whole("0_7"), "7");
    for (const auto* bad : {"",
                            "-",
                            "+",
                            "0x",
                            "1_",
                            "_1",
                            "1__0",
                            "08",
                            "0b2",
                            "1.0",
                            " 1",
                            "1 ",
                            "1e3",
                            "--1",
                            "0x-1",
                            "abc"}) {
        EXPECT_EQ(whole(bad), "refused") << bad;
    }
}

TEST(IntText, HoldsExactly256Bits) {
    const std::string most(64, 'f');
    EXPECT_NE(whole("0x" + most), "refused");
    EXPECT_NE(whole("-0x" + most), "refused");
    EXPECT_EQ(whole("0x1" + std::string(64, '0')), "refused");
    EXPECT_EQ(whole(std::string(100'000, '9')), "refused");
    EXPECT_EQ(whole("0x" + std::string(1000, '0') + "5"), "5");
}

TEST(DecText, HasUpTo18Places) {
    EXPECT_EQ(decimal("1"), "1.000000000000000000");
    EXPECT_EQ(decimal("-1.5"), "-1.500000000000000000");
    EXPECT_EQ(decimal("0.000000000000000001"), "0.000000000000000001");
    EXPECT_EQ(decimal("+7"), "7.000000000000000000");
    EXPECT_EQ(decimal("--7"), "7.000000000000000000");
    for (const auto* bad : {"",
                            "-",
                            ".5",
                            "5.",
                            "1.2.3",
                            "0.0000000000000000001",
                            "1e3",
                            "0x1",
                            "1_0",
                            " 1",
                            "1,5",
                            "1.-5"}) {
        EXPECT_EQ(decimal(bad), "refused") << bad;
    }
}

TEST(AsUint64, TakesWhatFitsOnly) {
    EXPECT_EQ(as_uint64(0), 0U);
    EXPECT_EQ(as_uint64(*int_from_text("18446744073709551615")), 18446744073709551615ULL);
    EXPECT_EQ(as_uint64(*int_from_text("18446744073709551616")), std::nullopt);
    EXPECT_EQ(as_uint64(-1), std::nullopt);
}

TEST(Base64, IsReadAndWritten) {
    EXPECT_EQ(base64_encode(""), "");
    EXPECT_EQ(base64_encode("f"), "Zg==");
    EXPECT_EQ(base64_encode("fo"), "Zm8=");
    EXPECT_EQ(base64_encode("foo"), "Zm9v");
    EXPECT_EQ(base64_encode("foob"), "Zm9vYg==");
    EXPECT_EQ(base64_decode("Zm9v\r\nYg=="), "foob");
    EXPECT_EQ(base64_decode("AA=="), std::string(1, '\0'));
    for (const auto* bad : {"!!!", "Zg", "Zg=", "Zg===", "Z===", "Zg==Zg==", "=", "Zm9v Yg=="}) {
        EXPECT_FALSE(base64_decode(bad)) << bad;
    }
}

TEST(TotalPrice, SumsPriceTimesCount) {
    GroupSpec spec;
    spec.resources.resize(2);
    spec.resources[0].count = 2;
    spec.resources[0].price = {Denom{3}, *dec_from_text("1.5")};
    spec.resources[1].count = 3;
    spec.resources[1].price = {Denom{3}, *dec_from_text("0.000000000000000001")};
    const auto total = total_price(spec);
    EXPECT_EQ(total.denom, Denom{3});
    EXPECT_EQ(sim::dec_to_text(total.scaled), "3.000000000000000003");
    EXPECT_EQ(total_price({}).scaled, 0);
}

/// What the real node parsed, where this checkout has its recordings.
void compare_parses(const std::string& file, std::string (*parse)(std::string_view)) {
    const auto path = test_support::shared_vector(ORRERY_SOURCE_DIR, file);
    if (path.empty()) GTEST_SKIP() << "no recorded cases here";
    test_support::VectorFile records(path);
    std::size_t compared = 0;
    while (const auto record = records.next()) {
        if (record->value("op", "") != "parse") continue;
        const auto text = record->at("s").get<std::string>();
        EXPECT_EQ(parse(text), record->value("r", "refused")) << text;
        ++compared;
    }
    EXPECT_GT(compared, 20U);
}

TEST(IntText, AgreesWithTheRealNode) {
    compare_parses("pos/int.jsonl.gz", whole);
}

TEST(DecText, AgreesWithTheRealNode) {
    compare_parses("pos/dec.jsonl.gz", decimal);
}

}  // namespace
}  // namespace nodes
