#include "gui/frame/layout.h"

#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace gui {
namespace {

std::string_view next_part(std::string_view& rest, char separator) {
    const auto at = rest.find(separator);
    const auto part = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return part;
}

float parse_share(std::string_view text, float otherwise) {
    int percent = 0;
    const auto done = std::from_chars(text.data(), text.data() + text.size(), percent);
    if (done.ec != std::errc{} || percent < 10 || percent > 90) return otherwise;
    return static_cast<float>(percent) / 100;
}

Pane pane_of(std::initializer_list<Screen> tabs) {
    return {tabs, *tabs.begin()};
}

}  // namespace

ScreenSet Layout::visible() const {
    ScreenSet set{0};
    for (const Pane& pane : panes)
        set.add(pane.shown);
    return set;
}

void Layout::show(Screen screen) {
    for (Pane& pane : panes) {
        if (std::find(pane.tabs.begin(), pane.tabs.end(), screen) == pane.tabs.end()) continue;
        pane.shown = screen;
        return;
    }
    panes.front().tabs.push_back(screen);
    panes.front().shown = screen;
}

void Layout::move(Screen screen, std::size_t target) {
    if (target >= panes.size()) {
        if (panes.size() >= 3) return;
        target = panes.size();
        panes.emplace_back();
    }
    for (std::size_t i = 0; i < panes.size(); ++i) {
        if (i == target) continue;
        auto& tabs = panes[i].tabs;
        std::erase(tabs, screen);
        if (panes[i].shown == screen && !tabs.empty()) panes[i].shown = tabs.front();
    }
    auto& tabs = panes[target].tabs;
    if (std::find(tabs.begin(), tabs.end(), screen) == tabs.end()) tabs.push_back(screen);
    panes[target].shown = screen;
    std::erase_if(panes, [](const Pane& pane) { return pane.tabs.empty(); });
}

void Layout::step(int by) {
    Pane& pane = panes.front();
    const auto found = std::find(pane.tabs.begin(), pane.tabs.end(), pane.shown);
    const auto size = static_cast<int>(pane.tabs.size());
    const auto at = static_cast<int>(found - pane.tabs.begin());
    pane.shown = pane.tabs[static_cast<std::size_t>((at + by + size) % size)];
}

Layout workspace(std::size_t index) {
    using enum Screen;
    Layout layout;
    switch (index) {
        case 1:
            layout.panes = {pane_of({kMarket, kOverview, kTour}),
                            pane_of({kUtilization, kWorld, kEconomy}),
                            pane_of({kLog, kChecks})};
            return layout;
        case 2:
            layout.panes = {pane_of({kMarket}), pane_of({kProvider, kLeases, kUtilization})};
            return layout;
        case 3:
            layout.panes = {pane_of({kValidators, kScenario}), pane_of({kLog, kChecks})};
            return layout;
        case 4:
            layout.panes = {pane_of({kEconomy}), pane_of({kUtilization, kLeases, kWorld})};
            return layout;
        case 5:
            layout.panes = {
                pane_of({kLog, kScenario}), pane_of({kChecks, kCompare}), pane_of({kPerformance})};
            return layout;
        default:
            break;
    }
    layout.panes.emplace_back();
    for (std::size_t i = 0; i < kScreens; ++i)
        layout.panes.front().tabs.push_back(static_cast<Screen>(i));
    return layout;
}

std::string to_text(const Layout& layout) {
    std::string out = fmt::format("{:.0f} {:.0f} ", layout.across * 100, layout.down * 100);
    for (std::size_t i = 0; i < layout.panes.size(); ++i) {
        if (i > 0) out += '|';
        for (std::size_t k = 0; k < layout.panes[i].tabs.size(); ++k) {
            const Screen screen = layout.panes[i].tabs[k];
            if (k > 0) out += ',';
            out += panel_of(screen).name;
            if (layout.panes[i].shown == screen) out += '*';
        }
    }
    return out;
}

Layout parse_layout(std::string_view text) {
    Layout layout;
    layout.across = parse_share(next_part(text, ' '), layout.across);
    layout.down = parse_share(next_part(text, ' '), layout.down);
    while (!text.empty() && layout.panes.size() < 3) {
        Pane pane;
        auto tabs = next_part(text, '|');
        while (!tabs.empty()) {
            auto name = next_part(tabs, ',');
            const bool shown = name.ends_with('*');
            if (shown) name.remove_suffix(1);
            const auto screen = screen_named(name);
            if (!screen) continue;
            if (pane.tabs.empty() || shown) pane.shown = *screen;
            pane.tabs.push_back(*screen);
        }
        if (!pane.tabs.empty()) layout.panes.push_back(pane);
    }
    return layout.panes.empty() ? workspace(0) : layout;
}

}  // namespace gui
