// Every screen with nothing, with a typical market and with the largest one; what its rows and
// plots do when clicked; and pictures of each that must stay as they are.
#include "gui/panels/panel.h"
#include "gui/parts/spread.h"
#include "tests/window/driver.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace gui {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class EachPanel : public testing::TestWithParam<const PanelAbout*> {};

TEST_P(EachPanel, DrawsNothingSomethingAndVeryMuch) {
    const PanelAbout& about = *GetParam();
    for (const auto& model : {samples::empty(), samples::typical(), samples::large()}) {
        Driver driver(model);
        driver.open(about.screen);
        EXPECT_FALSE(about.tables(driver.model, driver.state).empty());
    }
}

/// Without rows, a screen says so in words: some text stands in its middle.
TEST_P(EachPanel, SaysSoWhenThereIsNothing) {
    Driver driver(samples::empty());
    driver.open(GetParam()->screen);
    const Picture picture = driver.stage().picture();
    const Rgba background = driver.stage().ui().theme.window;
    std::size_t drawn = 0;
    for (int y = 200; y < picture.height - 60; ++y) {
        for (int x = 100; x < picture.width - 100; ++x) {
            const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                            static_cast<std::size_t>(x);
            drawn += picture.pixels[at] != background ? 1U : 0U;
        }
    }
    EXPECT_GT(drawn, 200U);
}

/// Builds with "UPDATE_GOLDEN=1" write the fingerprints; a picture that differs is left beside the
/// tests for looking at.
TEST_P(EachPanel, LooksAsItDid) {
    const PanelAbout& about = *GetParam();
    Driver driver(samples::typical(), {.size = {1280, 800}});
    driver.open(about.screen);
    driver.run(3);
    const Picture picture = driver.stage().picture();
    const std::string found = fmt::format("{:016x}", fingerprint(picture));
    const std::filesystem::path golden = std::filesystem::path(ORRERY_SOURCE_DIR) /
                                         "tests/golden/window" / (std::string(about.name) + ".txt");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
        std::filesystem::create_directories(golden.parent_path());
        std::ofstream(golden) << found << "\n";
    }
    std::string wanted;
    std::ifstream(golden) >> wanted;
    const std::string path = fmt::format("{}/window_{}.png", ORRERY_BINARY_DIR, about.name);
    if (wanted != found) {
        EXPECT_TRUE(write_png(picture, path));
    }
    EXPECT_EQ(wanted, found) << "the picture is in " << path
                             << "; if it is right, run with UPDATE_GOLDEN=1";
}

std::vector<const PanelAbout*> all_panels() {
    std::vector<const PanelAbout*> out;
    for (const PanelAbout& about : panels())
        out.push_back(&about);
    return out;
}

INSTANTIATE_TEST_SUITE_P(Screens,
                         EachPanel,
                         testing::ValuesIn(all_panels()),
                         [](const auto& about) { return std::string(about.param->name); });

TEST(Pictures, AreTheSameEveryTime) {
    std::vector<std::uint64_t> seen;
    for (int i = 0; i < 2; ++i) {
        Driver driver(samples::typical());
        driver.open(Screen::kUtilization);
        seen.push_back(fingerprint(driver.stage().picture()));
    }
    EXPECT_EQ(seen[0], seen[1]);
}

TEST(Overview, CardsOpenTheScreenBehind) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.click("card/Active leases"));
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kLeases);
}

TEST(Market, ARowSelectsItsAuction) {
    Driver driver(samples::typical());
    driver.open(Screen::kMarket);
    const OrderRow& row = driver.model.market.orders[4];
    EXPECT_TRUE(driver.click("order/" + row.id));
    EXPECT_EQ(driver.state.interest.order, row.key);
    driver.tap("N");
    EXPECT_EQ(driver.state.interest.order, driver.model.market.orders[5].key);
    driver.tap("P");
    EXPECT_EQ(driver.state.interest.order, row.key);
}

TEST(Market, HeadsSortAndFiltersLimit) {
    Driver driver(samples::typical());
    driver.open(Screen::kMarket);
    EXPECT_TRUE(driver.click("orders/bids"));
    const auto& order = driver.state.market.orders.order;
    ASSERT_THAT(order, SizeIs(driver.model.market.orders.size()));
    EXPECT_EQ(driver.model.market.orders[order.front()].bids, 0);
    EXPECT_TRUE(driver.click("without bids"));
    driver.run();
    for (const auto row : driver.state.market.orders.order)
        EXPECT_EQ(driver.model.market.orders[row].bids, 0);
}

TEST(Market, TheFunnelOpensItsLists) {
    Driver driver(samples::typical());
    driver.open(Screen::kMarket);
    EXPECT_TRUE(driver.click("funnel/had capacity"));
    EXPECT_EQ(driver.state.market.funnel_stage, 2);
    EXPECT_TRUE(driver.click("funnel/had capacity"));
    EXPECT_EQ(driver.state.market.funnel_stage, -1);
}

TEST(Market, AnAnswerOpensItsProvider) {
    Driver driver(samples::typical());
    driver.open(Screen::kMarket);
    EXPECT_TRUE(driver.click("answer/" + driver.model.market.auction.bids[0].name));
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kProvider);
    EXPECT_EQ(driver.state.interest.provider, 3);
}

TEST(Plots, TheWheelZoomsAllOfThemAndADoubleClickShowsAll) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.hover("Leased share"));
    const double all = driver.state.time.shown.size();
    driver.wheel(2);
    EXPECT_LT(driver.state.time.shown.size(), all);
    EXPECT_FALSE(driver.state.time.follow);
    const double from = driver.state.time.shown.from;
    EXPECT_TRUE(driver.drag("Leased share", 0.5F, 0.6F));
    EXPECT_LT(driver.state.time.shown.from, from);
    EXPECT_TRUE(driver.double_click("Leased share"));
    EXPECT_NEAR(driver.state.time.shown.size(), all, 1);
}

TEST(Plots, LegendsHideSeries) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.click("Leased share/CPUs"));
    EXPECT_THAT(driver.state.plot("leased share").hidden, Contains("CPUs"));
    driver.run(40);  // so that it is no double click
    EXPECT_TRUE(driver.click("Leased share/CPUs"));
    EXPECT_THAT(driver.state.plot("leased share").hidden, IsEmpty());
    driver.run(40);
    EXPECT_TRUE(driver.double_click("Leased share/CPUs"));
    EXPECT_THAT(driver.state.plot("leased share").hidden, SizeIs(2));
}

TEST(Plots, TheMenuCopiesValues) {
    Driver driver(samples::typical());
    EXPECT_TRUE(driver.click("Leased share", 1));
    EXPECT_TRUE(driver.click("Copy as CSV"));
    EXPECT_THAT(std::string(ImGui::GetClipboardText()),
                testing::StartsWith("seconds,GPUs,CPUs,memory"));
}

TEST(Utilization, TogglesAndRows) {
    Driver driver(samples::typical());
    driver.open(Screen::kUtilization);
    EXPECT_TRUE(driver.click("CPUs"));
    EXPECT_EQ(driver.state.utilization.amount, 1);
    EXPECT_TRUE(driver.click("by region"));
    EXPECT_EQ(driver.state.utilization.heat_order, 1);
    EXPECT_TRUE(driver.click("model/a100"));
    EXPECT_EQ(driver.state.interest.model, "a100");
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kMarket);
}

TEST(Checks, JumpToTheFirstViolation) {
    Driver driver(samples::typical());
    driver.open(Screen::kChecks);
    EXPECT_TRUE(driver.click("jump to violation"));
    EXPECT_EQ(driver.sent.of<SeekTo>().at(0).at, driver.model.checks.rows[1].violated_at);
    EXPECT_TRUE(driver.click("check/no coin is made or lost"));
    EXPECT_EQ(driver.state.chosen_check, 0);
}

TEST(Log, ALineSeeksAndSelectsItsOrder) {
    Driver driver(samples::typical());
    driver.open(Screen::kLog);
    EXPECT_TRUE(driver.click("log/398"));
    EXPECT_EQ(driver.sent.of<SeekTo>().at(0).at, driver.model.log.rows[397].at);
    EXPECT_EQ(driver.state.interest.order, driver.model.log.rows[397].order);
    EXPECT_FALSE(driver.state.log.follow);
}

TEST(Leases, ABarSelectsItsDeployment) {
    Driver driver(samples::typical());
    driver.open(Screen::kLeases);
    EXPECT_TRUE(driver.click("tenant/services/3"));
    EXPECT_EQ(driver.state.interest.tenant, 3);
    EXPECT_TRUE(driver.click("deployment/services/7/100031"));
    EXPECT_EQ(driver.state.interest.deployment, 1);
}

TEST(Provider, IsChosenInItsListAndCanBeMadeToFail) {
    Driver driver(samples::typical());
    driver.open(Screen::kProvider);
    EXPECT_TRUE(driver.click("provider/hoster/0"));
    EXPECT_EQ(driver.state.interest.provider, 1);
    EXPECT_TRUE(driver.click("Let it fail..."));
    EXPECT_TRUE(driver.state.inject.open);
}

TEST(World, ARegionOpensItsProviders) {
    Driver driver(samples::typical());
    driver.open(Screen::kWorld);
    EXPECT_TRUE(driver.click("region/eu-central"));
    EXPECT_EQ(driver.state.provider.filter, "eu-central");
}

TEST(Compare, RowsChooseThePlot) {
    Driver driver(samples::typical());
    driver.open(Screen::kCompare);
    EXPECT_TRUE(driver.click("metric/akt_usd"));
    EXPECT_EQ(driver.state.compare.metric, "akt_usd");
    EXPECT_TRUE(driver.click("Go to where they part"));
    EXPECT_THAT(driver.sent.of<SeekTo>(), SizeIs(1));
}

TEST(Compare, AsksForOtherSeeds) {
    Driver driver(samples::typical());
    driver.open(Screen::kCompare);
    EXPECT_TRUE(driver.click("Run 8 seeds"));
    EXPECT_THAT(driver.sent.of<RunSeeds>(), ElementsAre(Field(&RunSeeds::seeds, 8)));
}

TEST(Compare, ShowsOtherSeedsAsABandWithAndWithoutASecondRun) {
    Driver driver(samples::typical());
    driver.open(Screen::kCompare);
    FanView fan{
        .wanted = 8, .done = 2, .until = driver.model.clock.now, .problem = "", .seeds = {}};
    fan.seeds = {driver.model.series, driver.model.series_b};
    for (const bool compared : {true, false}) {
        driver.model.compare.shown = compared;
        driver.model.compare.fan = {};
        driver.run(2);
        const Picture before = driver.stage().picture();
        driver.model.compare.fan = fan;
        driver.run(2);
        EXPECT_TRUE(driver.stage().picture() != before);
    }
    const std::string second = driver.model.series->labels()[1].name;
    EXPECT_TRUE(driver.click("series of the seeds"));
    EXPECT_TRUE(driver.click(second));
    EXPECT_EQ(driver.state.compare.metric, second);
}

TEST(Spread, IsLeastMedianAndMostOfTheRuns) {
    const auto extent = [](double value) {
        Extent out;
        out.add(value - 1);
        out.add(value + 1);
        return out;
    };
    const auto columns = spread({{extent(5), extent(1)}, {extent(9)}, {extent(6), Extent{}}});
    ASSERT_THAT(columns, SizeIs(2));
    EXPECT_EQ(columns[0].least, 5);
    EXPECT_EQ(columns[0].most, 9);
    EXPECT_EQ(columns[0].mean(), 6);
    EXPECT_EQ(columns[1].mean(), 1);
    EXPECT_THAT(spread({}), IsEmpty());
    EXPECT_EQ(spread({{Extent{}}})[0].count, 0U);
}

TEST(Tour, NextAndBackMoveTheClock) {
    Driver driver(samples::typical());
    driver.open(Screen::kTour);
    EXPECT_TRUE(driver.click("Back"));
    EXPECT_EQ(driver.state.tour_step, 1);
    EXPECT_EQ(driver.sent.of<SeekTo>().at(0).at, driver.model.tour.captions[1].at);
    EXPECT_TRUE(driver.click("Next"));
    EXPECT_EQ(driver.state.tour_step, 2);
}

TEST(Tour, LeadsToTheScreensOfItsCaptions) {
    Driver driver(samples::typical());
    driver.open(Screen::kTour);
    EXPECT_TRUE(driver.click("Lead me"));
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kOverview);
    driver.model.tour.current = 0;
    driver.model.clock.now = {};
    EXPECT_TRUE(driver.click("Next >"));
    EXPECT_EQ(driver.state.layout.panes[0].shown, Screen::kUtilization);
    EXPECT_THAT(driver.sent.of<SetSpeed>(), SizeIs(1));
    EXPECT_THAT(driver.sent.of<Pause>(), Not(IsEmpty()));
    EXPECT_TRUE(driver.click("End the tour"));
    EXPECT_FALSE(driver.state.tour_on);
}

TEST(Bookmarks, AreGoneToAndRemoved) {
    Driver driver(samples::typical());
    driver.tap("R");
    EXPECT_TRUE(driver.click("remove"));
    EXPECT_EQ(driver.sent.of<RemoveBookmark>().at(0).at.ns, 152LL * 3'600'000'000'000);
}

TEST(Scenario, AnActionIsGoneTo) {
    Driver driver(samples::typical());
    driver.open(Screen::kScenario);
    EXPECT_TRUE(driver.click("action/demand doubles"));
    EXPECT_EQ(driver.sent.of<SeekTo>().at(0).at, driver.model.scenario.actions[0].at);
}

TEST(Validators, ARowMarksItsBlocks) {
    Driver driver(samples::typical());
    driver.open(Screen::kValidators);
    EXPECT_TRUE(driver.click("validator/large/4"));
    EXPECT_EQ(driver.state.chosen_validator, 4);
}

}  // namespace
}  // namespace gui
