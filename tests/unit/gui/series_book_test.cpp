// Series as pyramids: what is read of them is what the samples say, however they are stored.
#include "gui/session/series_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

constexpr std::int64_t kStep = 1'000;

double value_at(std::size_t i) {
    return std::sin(static_cast<double>(i) * 0.37) * 100 + static_cast<double>(i % 17);
}

SeriesBook book_of(std::size_t samples) {
    SeriesBook book;
    SeriesSheet sheet({{"a", "s", ""}, {"b", "", ""}});
    for (std::size_t i = 0; i < samples; ++i) {
        const std::array<double, 2> row{value_at(i), static_cast<double>(i)};
        sheet.add(sim::SimTime{static_cast<std::int64_t>(i + 1) * kStep}, row);
    }
    book.add_sheet(std::move(sheet));
    return book;
}

TEST(SeriesBook, AnExtentIsThatOfItsSamples) {
    constexpr std::size_t kSamples = 40'000;  // two shelves, some leaves and an open one
    const SeriesBook book = book_of(kSamples);
    const SeriesSheet& sheet = book.sheet(0);
    for (const auto& [from, to] : {std::pair<std::size_t, std::size_t>{0, kSamples},
                                   {1, kSamples - 1},
                                   {127, 129},
                                   {128, 256},
                                   {16'383, 32'769},
                                   {39'990, 40'000},
                                   {5, 5}}) {
        Extent expected;
        for (std::size_t i = from; i < to; ++i)
            expected.add(value_at(i));
        const Extent found = sheet.extent(0, from, to);
        EXPECT_EQ(found.count, expected.count);
        EXPECT_DOUBLE_EQ(found.least, expected.least);
        EXPECT_DOUBLE_EQ(found.most, expected.most);
        EXPECT_NEAR(found.sum, expected.sum, 1e-6);
    }
}

TEST(SeriesBook, PixelColumnsHoldEverySampleOnce) {
    const SeriesBook book = book_of(10'000);
    const SeriesRef series = *book.find("b");
    std::array<Extent, 333> columns;
    book.columns(series, {sim::SimTime{1}, sim::SimTime{10'000 * kStep}}, columns);
    std::uint64_t count = 0;
    for (const Extent& column : columns)
        count += column.count;
    EXPECT_EQ(count, 10'000U);
    EXPECT_EQ(columns.front().least, 0);
    EXPECT_EQ(columns.back().most, 9'999);
}

TEST(SeriesBook, AnEmptyPixelColumnHoldsTheLastValueUntilTheSeriesEnds) {
    const SeriesBook book = book_of(3);
    std::array<Extent, 10> columns;
    book.columns(*book.find("b"), {sim::SimTime{0}, sim::SimTime{4'999}}, columns);
    EXPECT_EQ(columns[0].count, 0U) << "before the first sample";
    EXPECT_EQ(columns[2].most, 0);
    EXPECT_EQ(columns[3].most, 0) << "held";
    EXPECT_EQ(columns[3].count, 1U);
    EXPECT_EQ(columns[8].count, 0U) << "after the last sample";
}

TEST(SeriesBook, ACopyIsNotTouchedByWhatComesLater) {
    SeriesBook book = book_of(300);
    const SeriesBook copy = book;
    for (std::size_t i = 300; i < 600; ++i) {
        const std::array<double, 2> row{0, static_cast<double>(i)};
        book.sheet(0).add(sim::SimTime{static_cast<std::int64_t>(i + 1) * kStep}, row);
    }
    EXPECT_EQ(copy.samples(*copy.find("a")), 300U);
    EXPECT_EQ(copy.last(*copy.find("b"))->value, 299);
    EXPECT_EQ(book.last(*book.find("b"))->value, 599);
}

TEST(SeriesBook, CutAndGrownAgainItIsTheOtherRun) {
    for (const std::size_t kept : {0U, 1U, 127U, 128U, 5'000U, 16'384U, 20'001U}) {
        SeriesBook book = book_of(40'000);
        const SeriesBook whole = book;
        book.sheet(0).cut(kept);
        for (std::size_t i = kept; i < 30'000; ++i) {
            const std::array<double, 2> row{value_at(i) + 1, static_cast<double>(i)};
            book.sheet(0).add(sim::SimTime{static_cast<std::int64_t>(i + 1) * kStep}, row);
        }
        const SeriesSheet& sheet = book.sheet(0);
        ASSERT_EQ(sheet.samples(), 30'000U);
        Extent expected;
        for (std::size_t i = 0; i < 30'000; ++i)
            expected.add(value_at(i) + (i < kept ? 0 : 1));
        EXPECT_NEAR(sheet.extent(0, 0, 30'000).sum, expected.sum, 1e-6) << kept;
        EXPECT_DOUBLE_EQ(sheet.extent(0, 0, 30'000).most, expected.most);
        EXPECT_EQ(whole.sheet(0).samples(), 40'000U);
    }
}

TEST(SeriesBook, AColumnThatCameLateIsZeroBefore) {
    SeriesBook book = book_of(200);
    book.sheet(0).add_column({"c", "", ""});
    const std::array<double, 3> row{1, 2, 3};
    book.sheet(0).add(sim::SimTime{1'000'000}, row);
    const SeriesRef late = *book.find("c");
    EXPECT_EQ(book.sheet(0).value(10, late.column), 0);
    EXPECT_EQ(book.last(late)->value, 3);
    EXPECT_EQ(book.sheet(0).extent(late.column, 0, 201).sum, 3);
}

TEST(SeriesBook, SamplesAreFoundByTime) {
    const SeriesBook book = book_of(1'000);
    const SeriesRef series = *book.find("b");
    EXPECT_FALSE(book.at(series, sim::SimTime{kStep - 1}));
    EXPECT_EQ(book.at(series, sim::SimTime{kStep})->value, 0);
    EXPECT_EQ(book.at(series, sim::SimTime{500 * kStep + 1})->value, 499);
    EXPECT_EQ(book.read(series, {sim::SimTime{2 * kStep}, sim::SimTime{4 * kStep}}).size(), 3U);
    EXPECT_FALSE(book.find("nothing"));
}

}  // namespace
}  // namespace gui
