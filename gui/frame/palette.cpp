// The command palette: one field that finds actions, screens, orders, providers, tenants, runs and
// marked moments by a few letters of their names, and understands times as "12d 6h".
#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/frame/arguments.h"
#include "gui/frame/frame.h"
#include "gui/panels/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <optional>

namespace gui {
namespace {

constexpr std::size_t kShown = 12;
constexpr std::size_t kThingsLooked = 2'000;

struct Entry {
    std::string title;
    std::string detail;
    int score = 0;
    std::function<void()> run;
};

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Letters of the query in order, anywhere in the title; more for beginnings of words and for
/// neighbours. Nothing when one is missing.
std::optional<int> match(std::string_view query, std::string_view title) {
    int score = 0;
    std::size_t at = 0;
    bool joined = false;
    for (const char c : query) {
        if (c == ' ') continue;
        const std::size_t before = at;
        while (at < title.size() && lower(title[at]) != lower(c))
            ++at;
        if (at == title.size()) return std::nullopt;
        const bool begins = at == 0 || std::isalnum(static_cast<unsigned char>(title[at - 1])) == 0;
        score += begins ? 8 : 1;
        if (joined && at == before) score += 5;
        joined = true;
        ++at;
    }
    return score - static_cast<int>(title.size()) / 8;
}

class Finder {
  public:
    Finder(const ViewModel& model, UiState& state, CommandSink& sink)
        : model_(model), state_(state), sink_(sink), query_(state.palette.query) {}

    std::vector<Entry> find() {
        add_moments();
        add_actions();
        add_things();
        std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
            return a.score > b.score;
        });
        if (entries_.size() > kShown) entries_.resize(kShown);
        return std::move(entries_);
    }

  private:
    void add(const std::string& title, std::string detail, int bonus, std::function<void()> run) {
        const auto score = match(query_, title);
        if (score) entries_.push_back({title, std::move(detail), *score + bonus, std::move(run)});
    }

    void add_moments() {
        std::string small = query_;
        std::transform(small.begin(), small.end(), small.begin(), lower);
        if (const auto at = parse_time(small)) {
            entries_.push_back({"Go to " + clock(seconds(*at)), "time", 1000, [this, at = *at] {
                                    sink_.send(SeekTo{at});
                                }});
        }
        std::int64_t height = 0;
        const auto* end = query_.data() + query_.size();
        const auto done = std::from_chars(query_.data(), end, height);
        if (done.ec == std::errc{} && done.ptr == end && height > model_.clock.height) {
            entries_.push_back({fmt::format("Run until block {}", with_commas(height)),
                                "block",
                                900,
                                [this, height] {
                                    sink_.send(RunUntil{.what = RunUntil::What::kHeight,
                                                        .at = {},
                                                        .height = height});
                                }});
        }
        for (const Marker& marker : model_.strip.markers) {
            add(marker.text, marker_word(marker.kind), -3, [this, at = marker.at] {
                sink_.send(SeekTo{at});
            });
        }
    }

    void add_actions() {
        for (const ActionAbout& about : action_list()) {
            if (about.id == "palette") continue;
            const bool screen = about.id.starts_with("screen_");
            add((screen ? "Screen: " : "") + std::string(about.title),
                state_.shortcuts.keys_of(about.id),
                4,
                [this, id = about.id] { run_action(id, model_, state_, sink_); });
        }
        for (std::size_t i = 0; i < kWorkspaces.size(); ++i) {
            add(fmt::format("Workspace: {}", kWorkspaces.at(i).name),
                kWorkspaces.at(i).about,
                2,
                [this, i] { state_.layout = workspace(i); });
        }
    }

    void add_things() {
        if (query_.size() < 2) return;
        for (const ProviderRow& row : model_.supply.providers) {
            add(row.name, "provider", 0, [this, key = row.key] { select_provider(state_, key); });
        }
        for (const TenantRow& row : model_.leases.tenants) {
            add(row.name, "tenant", 0, [this, key = row.key] { select_tenant(state_, key); });
        }
        for (const RunRow& row : model_.runs) {
            add("Show run " + row.name, "run", 2, [this, key = row.key] {
                sink_.send(SwitchRun{key});
            });
        }
        const auto& orders = model_.market.orders;
        for (std::size_t i = 0; i < std::min(orders.size(), kThingsLooked); ++i) {
            add(orders[i].id, "order", 0, [this, key = orders[i].key] {
                select_order(state_, key);
                state_.open_screen(Screen::kMarket);
            });
        }
    }

    const ViewModel& model_;
    UiState& state_;
    CommandSink& sink_;
    std::string query_;
    std::vector<Entry> entries_;
};

void draw_entries(const std::vector<Entry>& entries, PaletteState& palette) {
    const float width = ImGui::GetContentRegionAvail().x;
    int number = 0;
    for (const Entry& entry : entries) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float room = width - text_width(entry.detail) - em();
        ImGui::PushID(number);
        if (ImGui::Selectable("##entry", palette.chosen == number)) {
            palette.open = false;
            entry.run();
        }
        ImGui::PopID();
        mark("palette/" + entry.title);
        draw_text(at, ui().theme.text, cut(entry.title, room));
        draw_text({at.x + width - text_width(entry.detail), at.y}, ui().theme.dim, entry.detail);
        ++number;
    }
    if (entries.empty()) {
        dim("Nothing has these letters. Try a screen, an action, a provider, or a time as 12d 6h.");
    }
}

}  // namespace

void draw_palette(const ViewModel& model, UiState& state, CommandSink& sink) {
    PaletteState& palette = state.palette;
    if (!palette.open) return;
    if (!begin_dialog("Find a command or a thing", palette.open, 40)) return;
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (text_field("palette", "an action, order, provider, time as 12d 6h", palette.query, -1)) {
        palette.chosen = 0;
    }
    Finder finder(model, state, sink);  // lives as long as what the entries do
    const std::vector<Entry> entries = finder.find();
    const int last = static_cast<int>(entries.size()) - 1;
    if (key_pressed(ImGuiKey_DownArrow)) palette.chosen = std::min(palette.chosen + 1, last);
    if (key_pressed(ImGuiKey_UpArrow)) palette.chosen = std::max(palette.chosen - 1, 0);
    const bool entered = key_pressed(ImGuiKey_Enter) || key_pressed(ImGuiKey_KeyPadEnter);
    if (entered && palette.chosen <= last && last >= 0) {
        palette.open = false;
        entries[static_cast<std::size_t>(palette.chosen)].run();
    }
    draw_entries(entries, palette);
    end_dialog();
}

}  // namespace gui
