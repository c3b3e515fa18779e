// Everything the window shows, as numbers and text ready to show, and what the window says it looks
// at. A model is made by the simulation's thread when the window asks for one and is not changed
// afterwards. Rows of screens that are not visible stay empty.
#pragma once

#include "gui/session/model_frame.h"
#include "gui/session/model_market.h"
#include "gui/session/model_money.h"
#include "gui/session/model_run.h"
#include "gui/session/model_supply.h"
#include "gui/session/series_book.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gui {

enum class Screen : std::uint8_t {
    kOverview,
    kMarket,
    kUtilization,
    kWorld,
    kEconomy,
    kLeases,
    kProvider,
    kValidators,
    kScenario,
    kCompare,
    kChecks,
    kLog,
    kPerformance,
    kTour,
};
inline constexpr std::size_t kScreens = 14;

/// Bits by Screen.
struct ScreenSet {
    std::uint32_t bits = ~0U;

    [[nodiscard]] bool has(Screen screen) const {
        return (bits >> static_cast<unsigned>(screen) & 1U) != 0;
    }

    void add(Screen screen) { bits |= 1U << static_cast<unsigned>(screen); }

    friend bool operator==(const ScreenSet&, const ScreenSet&) = default;
};

/// Words of `text` separated by commas mean "or"; one that begins with '-' excludes.
struct LogFilter {
    std::string text;
    std::uint32_t kinds = ~0U;  ///< bits by LogKind
    Severity least = Severity::kDetail;
    std::size_t rows = 1'000;  ///< at most so many
    bool in_range = false;     ///< only records within Interest::range

    friend bool operator==(const LogFilter&, const LogFilter&) = default;
};

/// What the window looks at. A change is answered by a new model, in pause too.
struct Interest {
    ScreenSet screens;
    Key order = kNoKey;       ///< OrderRow::key
    Key provider = kNoKey;    ///< ProviderRow::key
    Key tenant = kNoKey;      ///< TenantRow::key
    Key deployment = kNoKey;  ///< DeploymentRow::key
    std::string model;        ///< GPU model of capacity and candles; empty = the most leased one
    TimeRange range{sim::SimTime{}, sim::SimTime{}};  ///< selected on the strip; empty = all
    std::size_t orders_max = 1'000;                   ///< rows of the market's table
    LogFilter log;

    friend bool operator==(const Interest&, const Interest&) = default;
};

struct ViewModel {
    ClockView clock;
    std::vector<RunRow> runs;
    StripView strip;
    std::vector<Card> cards;  ///< the eight of the overview
    MarketView market;
    SupplyView supply;
    WorldMapView world;
    EconomyView economy;
    LeasesView leases;
    ProviderView provider;
    ValidatorsView validators;
    ScenarioView scenario;
    CompareView compare;
    ChecksView checks;
    LogView log;
    PerformanceView performance;
    TourView tour;
    RecordingView recording;
    std::vector<Message> messages;  ///< the last few, oldest first
    /// History of the selected run, never null; of the compared one, null without.
    std::shared_ptr<const SeriesBook> series = std::make_shared<SeriesBook>();
    std::shared_ptr<const SeriesBook> series_b;
};

}  // namespace gui
