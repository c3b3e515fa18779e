// Charts of the shared page: what is drawn, with which numbers at the axes, and what is left out.
#include "scenarios/engine/svg_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scenarios {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Chart rising(std::string unit) {
    Chart chart{"Rise", std::move(unit), {}, false};
    chart.lines = {{"a", {{0, 0}, {10, 100}}}, {"b", {{0, 50}, {10, 50}}}};
    return chart;
}

std::size_t count(std::string_view text, std::string_view piece) {
    std::size_t n = 0;
    for (auto at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1))
        ++n;
    return n;
}

TEST(SvgChart, HasRoundNumbersAtItsAxesAndWordsForItsLines) {
    const std::string svg = svg_of(rising("cards"));
    for (const char* text : {">0<", ">50<", ">100<", ">10</text>", ">day<", "Rise, cards"})
        EXPECT_THAT(svg, HasSubstr(text));
    EXPECT_THAT(svg, HasSubstr("</i>a</span>"));
    EXPECT_EQ(count(svg, "class=\"line"), 2U);
    // From the lower left corner of the plot to the upper right one.
    EXPECT_THAT(svg, HasSubstr("M58.0 226.0L548.0 30.0"));
}

TEST(SvgChart, ShowsSharesAsPerCent) {
    auto chart = rising("share");
    chart.lines = {{"a", {{0, 0.1}, {1, 0.4}}}};
    const std::string svg = svg_of(chart);
    EXPECT_THAT(svg, HasSubstr(">40%<"));
    EXPECT_THAT(svg, Not(HasSubstr("legend")));
}

TEST(SvgChart, PilesStackedLines) {
    auto chart = rising("cards");
    chart.stacked = true;
    EXPECT_THAT(svg_of(chart), HasSubstr(">150<"));
    EXPECT_EQ(count(svg_of(chart), "class=\"area"), 2U);
}

TEST(SvgChart, KeepsASpikeAmongManyPoints) {
    Chart chart{"Long", "", {{"a", {}}}, false};
    for (int i = 0; i < 100'000; ++i)
        chart.lines[0].points.emplace_back(i, i == 54'321 ? 1'000 : 1);
    const std::string svg = svg_of(chart);
    EXPECT_LT(svg.size(), 30'000U);
    EXPECT_THAT(svg, HasSubstr(" 30.0L"));  // the top of the plot
}

TEST(SvgChart, DrawsNothingOfNothing) {
    EXPECT_THAT(svg_of({}), IsEmpty());
    EXPECT_THAT(svg_of({"x", "", {{"a", {{1, 1}}}}, false}), IsEmpty());
    EXPECT_THAT(svg_of({"x", "", {{"a", {{1, 1}, {1, 2}}}}, false}), IsEmpty());
}

TEST(SvgChart, LetsNoTextBreakThePage) {
    EXPECT_EQ(xml_text("<a href=\"x\">&\x01"), "&lt;a href=&quot;x&quot;&gt;&amp;");
}

}  // namespace
}  // namespace scenarios
