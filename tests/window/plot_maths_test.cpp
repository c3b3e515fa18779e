// Ticks, formats, reduction, colours: the plots' arithmetic, which needs no window.
#include "gui/draw/theme.h"
#include "gui/plot/reduce.h"
#include "gui/plot/scale.h"

#include <gmock/gmock.h>

#include <cmath>

namespace gui {
namespace {

using testing::AllOf;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

std::vector<std::string> labels(const std::vector<Tick>& ticks) {
    std::vector<std::string> out;
    for (const Tick& tick : ticks)
        out.push_back(tick.label);
    return out;
}

sim::SimTime at(double second) {
    return time_at(second);
}

Extent extent(double low, double high) {
    Extent out;
    out.add(low);
    out.add(high);
    return out;
}

TEST(NumberTicks, StandAtMultiplesOfOneTwoAndFive) {
    EXPECT_THAT(labels(number_ticks({0, 10}, 5)), ElementsAre("0", "2", "4", "6", "8", "10"));
    EXPECT_THAT(labels(number_ticks({-1, 1}, 4)), ElementsAre("-1", "-0.5", "0", "0.5", "1"));
    EXPECT_THAT(labels(number_ticks({0.1, 0.3}, 2)), ElementsAre("0.1", "0.2", "0.3"));
}

TEST(NumberTicks, CarryLettersWhenLarge) {
    EXPECT_THAT(labels(number_ticks({0, 4e11}, 4)),
                ElementsAre("0", "100G", "200G", "300G", "400G"));
    EXPECT_THAT(labels(number_ticks({229e12, 230e12}, 2)), ElementsAre("229T", "229.5T", "230T"));
}

TEST(NumberTicks, OfAnEmptyOrEndlessRangeAreNone) {
    EXPECT_THAT(number_ticks({5, 5}, 5), IsEmpty());
    EXPECT_THAT(number_ticks({5, 4}, 5), IsEmpty());
    EXPECT_THAT(number_ticks({0, INFINITY}, 5), IsEmpty());
    EXPECT_THAT(number_ticks({0, 1}, 0), IsEmpty());
}

TEST(TimeTicks, StandAtRoundTimesOfTheDay) {
    EXPECT_THAT(labels(time_ticks({0, 43200}, 4)),
                ElementsAre("day 0", "03:00", "06:00", "09:00", "12:00"));
    EXPECT_THAT(labels(time_ticks({86400 * 2.0, 86400 * 12.0}, 5)),
                ElementsAre("day 2", "day 4", "day 6", "day 8", "day 10", "day 12"));
    EXPECT_THAT(labels(time_ticks({60, 90}, 3)),
                ElementsAre("00:01:00", "00:01:10", "00:01:20", "00:01:30"));
}

TEST(LogTicks, StandAtPowersOfTen) {
    EXPECT_THAT(labels(log_ticks({1, 1000}, 4)), ElementsAre("1", "10", "100", "1000"));
    EXPECT_THAT(log_ticks({0, 10}, 4), IsEmpty());
}

TEST(Si, KeepsThreeOrFourFigures) {
    EXPECT_EQ(si(0), "0");
    EXPECT_EQ(si(0.1234), "0.123");
    EXPECT_EQ(si(12.34), "12.3");
    EXPECT_EQ(si(-980), "-980");
    EXPECT_EQ(si(9999), "9999");
    EXPECT_EQ(si(12'345), "12.3k");
    EXPECT_EQ(si(999'960), "1000k");
    EXPECT_EQ(si(4.5e6), "4.5M");
    EXPECT_EQ(si(NAN), "-");
}

TEST(Words, SayNumbersTimesAndShares) {
    EXPECT_EQ(with_commas(170412), "170,412");
    EXPECT_EQ(with_commas(-1234567), "-1,234,567");
    EXPECT_EQ(with_commas(999), "999");
    EXPECT_EQ(percent(0.125), "12.5 %");
    EXPECT_EQ(duration(86400 * 3 + 3600 * 4), "3 d 4 h");
    EXPECT_EQ(duration(7500), "2 h 05 min");
    EXPECT_EQ(clock(12 * 86400 + 6 * 3600 + 41 * 60 + 18), "day 12  06:41:18");
    EXPECT_EQ(signed_si(3), "+3");
}

TEST(Ranges, ArePaddedAndHeld) {
    EXPECT_EQ(padded(nothing()), (Range{0, 1}));
    EXPECT_EQ(padded({0, 0}), (Range{0, 1}));
    EXPECT_EQ(padded({2, 10}).from, 0);
    EXPECT_LT(padded({100, 110}).from, 100);
    EXPECT_GT(padded({100, 110}).from, 90);
    EXPECT_EQ(panned({2, 4}, -5, {0, 10}), (Range{0, 2}));
    EXPECT_EQ(clamped({-5, 50}, {0, 10}), (Range{0, 10}));
    EXPECT_THAT(zoomed({0, 10}, 5, 0.5, 0.1).size(), DoubleNear(5, 1e-9));
    EXPECT_THAT(zoomed({0, 10}, 5, 1e-9, 2).size(), DoubleNear(2, 1e-9));
}

TEST(ValueRange, NeverLosesASpike) {
    std::vector<Extent> columns(100, extent(1, 2));
    columns[57] = extent(-3, 40);
    columns[3] = Extent{};
    EXPECT_EQ(value_range(columns), (Range{-3, 40}));
    EXPECT_TRUE(is_nothing(value_range(std::vector<Extent>(5))));
}

TEST(Stacking, LaysLayersOnEachOther) {
    const std::vector<std::vector<Extent>> layers{{extent(1, 1), extent(2, 2)},
                                                  {extent(3, 3), Extent{}}};
    EXPECT_THAT(stacked(layers, Stacking::kAbsolute), ElementsAre(1, 2, 4, 2));
    EXPECT_THAT(stacked(layers, Stacking::kShares), ElementsAre(0.25, 1, 1, 1));
    EXPECT_THAT(stacked({}, Stacking::kAbsolute), IsEmpty());
}

TEST(Histogram, PutsTheHighestIntoTheLastBin) {
    const std::vector<double> values{0, 1, 2, 3, 4, NAN};
    const Histogram bins = histogram(values, 4);
    EXPECT_EQ(bins.range, (Range{0, 4}));
    EXPECT_THAT(bins.counts, ElementsAre(1, 1, 1, 2));
    EXPECT_THAT(histogram({}, 4).counts, IsEmpty());
    EXPECT_THAT(histogram(std::vector<double>{7, 7}, 2).counts, SizeIs(2));
}

TEST(Histogram, ChoosesBinsByTheSpread) {
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i)
        values.push_back(i);
    EXPECT_EQ(bins_for(values), 10);
    EXPECT_EQ(bins_for(std::vector<double>{1}), 1);
    EXPECT_EQ(bins_for(std::vector<double>{4, 4, 4, 4}), 1);
}

TEST(Candles, OpenWhereTheOneBeforeClosed) {
    const std::vector<Sample> samples{
        {at(0), 5}, {at(30), 7}, {at(59), 6}, {at(60), 9}, {at(200), 1}};
    const auto candles = candles_of(samples, 60);
    ASSERT_THAT(candles, SizeIs(3));
    EXPECT_EQ(candles[0].high, 7);
    EXPECT_EQ(candles[0].low, 5);
    EXPECT_EQ(candles[1].open, candles[0].close);
    EXPECT_EQ(candles[1].high, 9);
    EXPECT_EQ(candles[2].low, 1);
    EXPECT_EQ(candles[2].range.from, at(180));
    EXPECT_THAT(candle_width(86400, 24), 3600);
}

TEST(Median, IsTheMiddle) {
    EXPECT_EQ(median(std::vector<double>{3, 1, 2}), 2);
    EXPECT_EQ(median(std::vector<double>{4, 1}), 2.5);
    EXPECT_TRUE(std::isnan(median({})));
}

TEST(Colour, MapsGrowInLightness) {
    for (const ColourMap map : {ColourMap::kViridis, ColourMap::kCividis}) {
        for (int i = 1; i <= 20; ++i) {
            EXPECT_GT(luminance(map_colour(map, i / 20.0)),
                      luminance(map_colour(map, (i - 1) / 20.0)))
                << i;
        }
        EXPECT_EQ(map_colour(map, -3), map_colour(map, 0));
        EXPECT_EQ(map_colour(map, NAN), map_colour(map, 0));
    }
}

TEST(Colour, ContrastRunsFromOneToTwentyOne) {
    EXPECT_THAT(contrast(rgba(0, 0, 0), rgba(255, 255, 255)), DoubleNear(21, 0.01));
    EXPECT_THAT(contrast(rgba(9, 99, 199), rgba(9, 99, 199)), DoubleNear(1, 1e-9));
    EXPECT_EQ(faded(rgba(1, 2, 3, 200), 0.5), rgba(1, 2, 3, 100));
    EXPECT_EQ(mixed(rgba(0, 0, 0), rgba(100, 200, 50), 0.5), rgba(50, 100, 25));
}

class EachTheme : public testing::TestWithParam<ThemeName> {};

TEST_P(EachTheme, HasTextThatCanBeRead) {
    const Theme& theme = theme_of(GetParam());
    for (const Rgba surface : {theme.window, theme.panel, theme.field, theme.raised}) {
        EXPECT_GE(contrast(theme.text, surface), 4.5);
        EXPECT_GE(contrast(theme.dim, surface), 4.5);
    }
    for (const Rgba surface : {theme.hovered, theme.chosen})
        EXPECT_GE(contrast(theme.text, surface), 4.5);
    for (const Rgba colour : {theme.accent, theme.worse, theme.warning, theme.better})
        EXPECT_GE(contrast(colour, theme.panel), 4.5);
}

TEST_P(EachTheme, HasShapesThatStandOut) {
    const Theme& theme = theme_of(GetParam());
    for (const Rgba colour : theme.categories) {
        EXPECT_GE(contrast(colour, theme.panel), 3.0);
        EXPECT_GE(contrast(colour, theme.field), 3.0);
        EXPECT_GE(contrast(text_on(colour), colour), 4.5);
    }
    EXPECT_THAT(theme.categories, SizeIs(8));
}

INSTANTIATE_TEST_SUITE_P(Themes,
                         EachTheme,
                         testing::Values(ThemeName::kDark, ThemeName::kLight),
                         [](const auto& name) {
                             return name.param == ThemeName::kDark ? "dark" : "light";
                         });

}  // namespace
}  // namespace gui
