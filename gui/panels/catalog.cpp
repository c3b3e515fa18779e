// Every screen, in the order of the tabs. The order is that of the enumeration Screen.
#include "gui/panels/panel.h"

#include <algorithm>

// X(name, title, help)
#define PANELS(X)                                                                               \
    X(overview,                                                                                 \
      "Overview",                                                                               \
      "The state of the market in eight figures, each with its last day. "                      \
      "Click a figure to open the screen behind it.")                                           \
    X(market,                                                                                   \
      "Market",                                                                                 \
      "Each order is an auction in which the price falls: providers bid, the tenant chooses. "  \
      "Click an order to see every provider's answer and why it won, lost or stayed away.")     \
    X(utilization,                                                                              \
      "Utilization",                                                                            \
      "How much of what is offered is leased, by GPU model and by provider. "                   \
      "A shortage means that open orders ask for more cards of a model than are free.")         \
    X(world,                                                                                    \
      "World",                                                                                  \
      "Each circle is a region: its area counts cards, its arc the leased share. "              \
      "Regions that cannot reach each other have a second ring and a broken line.")             \
    X(economy,                                                                                  \
      "Economy",                                                                                \
      "Money flows from tenants through escrow to providers, and a fee goes to the community "  \
      "pool. Programmes pay for supply that is there, whether anybody hires it or not.")        \
    X(leases,                                                                                   \
      "Leases",                                                                                 \
      "A lease is paid block by block out of its deployment's escrow account. "                 \
      "When the account is empty the lease is closed, so tenants top it up in time.")           \
    X(provider,                                                                                 \
      "Provider",                                                                               \
      "One provider's machines card by card, its prices, and what became of its bids. "         \
      "Choose one in the list, or click a name on any other screen.")                           \
    X(validators,                                                                               \
      "Validators",                                                                             \
      "Validators take turns proposing blocks, as often as their stake is large. "              \
      "The grid shows who proposed each of the last blocks.")                                   \
    X(scenario,                                                                                 \
      "Scenario",                                                                               \
      "The text this run is made from; the marked line is what happens next. "                  \
      "What you inject by hand appears here as the line it would be.")                          \
    X(compare,                                                                                  \
      "Compare",                                                                                \
      "Two runs side by side on one time axis, A the selected one and B the other. "            \
      "They are equal up to the block that is named; everything after it is their difference.") \
    X(checks,                                                                                   \
      "Checks",                                                                                 \
      "What must hold: rules that are never broken, and what the scenario expects. "            \
      "Jump to the first moment at which a check failed and look around.")                      \
    X(log,                                                                                      \
      "Log",                                                                                    \
      "What happened, one line each. Words separated by commas mean or, a minus excludes; "     \
      "click a line to go to its moment.")                                                      \
    X(performance,                                                                              \
      "Performance",                                                                            \
      "How fast the simulation runs and what the window costs it. "                             \
      "The simulation never waits for the window; it copies what is looked at when asked.")     \
    X(tour,                                                                                     \
      "Tour",                                                                                   \
      "Captions written in the scenario lead through the run step by step. "                    \
      "Next and Back move between them; the large view is for a beamer.")

namespace gui {

#define DECLARE(name, title, help)                              \
    void draw_##name(const ViewModel&, UiState&, CommandSink&); \
    TextTables name##_tables(const ViewModel&, const UiState&);
PANELS(DECLARE)
#undef DECLARE

namespace {

enum class Position : std::uint8_t {
#define POSITION(name, title, help) name,
    PANELS(POSITION)
#undef POSITION
};

constexpr std::array<PanelAbout, kScreens> kPanels{{
#define ENTRY(name, title, help) \
    {static_cast<Screen>(Position::name), #name, title, help, &draw_##name, &name##_tables},
    PANELS(ENTRY)
#undef ENTRY
}};

}  // namespace

const std::array<PanelAbout, kScreens>& panels() {
    return kPanels;
}

const PanelAbout& panel_of(Screen screen) {
    return kPanels.at(static_cast<std::size_t>(screen));
}

std::optional<Screen> screen_named(std::string_view name) {
    const auto* found = std::find_if(
        kPanels.begin(), kPanels.end(), [&](const auto& panel) { return panel.name == name; });
    if (found == kPanels.end()) return std::nullopt;
    return found->screen;
}

}  // namespace gui
