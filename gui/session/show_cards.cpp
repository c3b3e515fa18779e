#include "gui/session/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gui {

namespace {

constexpr sim::SimDuration kDay = sim::SimDuration::seconds(86'400);

struct Series {
    const Shown& shown;

    [[nodiscard]] double now(std::string_view name) const {
        return shown.world.series().last(name);
    }

    /// The value a day ago; NaN while the run is younger.
    [[nodiscard]] double day_ago(std::string_view name) const {
        const auto series = shown.history.book().find(name);
        if (!series || shown.world.now() < sim::SimTime{} + kDay) return std::nan("");
        const auto sample = shown.history.book().at(*series, shown.world.now() - kDay);
        return sample ? sample->value : std::nan("");
    }
};

/// "+12 in 24 h"; the direction is that of the change.
void set_change(Card& card, double change, std::string_view text) {
    if (std::isnan(change)) return;
    card.direction = change > 1e-9 ? 1 : change < -1e-9 ? -1 : 0;
    card.change = card.direction == 0 ? "unchanged in 24 h" : fmt::format("{} in 24 h", text);
}

void set_count_change(Card& card, double change) {
    if (std::isnan(change)) return;
    set_change(card, change, fmt::format("{:+.0f}", change));
}

void set_share_change(Card& card, double now, double before) {
    if (std::isnan(before) || before == 0) return;
    const double share = 100 * (now - before) / before;
    set_change(card, share, fmt::format("{:+.1f} %", share));
}

Card gpu_card(const Series& series) {
    const double leased = series.now("gpus_leased");
    const double total = series.now("gpus_total");
    Card card{.title = "GPUs leased", .unit = "cards", .series = "gpus_leased"};
    card.value = fmt::format("{:.0f} of {:.0f}", leased, total);
    set_count_change(card, leased - series.day_ago("gpus_leased"));
    if (total > 0) card.detail = fmt::format("{:.1f} % in use", 100 * leased / total);
    return card;
}

Card count_card(const Series& series, const char* title, const char* name, const char* unit) {
    Card card{.title = title, .unit = unit, .series = name};
    const double now = series.now(name);
    card.value = grouped(static_cast<std::int64_t>(now));
    set_count_change(card, now - series.day_ago(name));
    return card;
}

Card price_card(const Series& series, const scenarios::Tally& tally) {
    Card card{.title = "Median price of a card", .unit = "USD/h", .series = "gpu_price"};
    const double now = series.now("gpu_price");
    card.value = now > 0 ? fmt::format("{:.3f}", now) : "none yet";
    set_share_change(card, now, series.day_ago("gpu_price"));
    std::vector<const scenarios::ModelTally*> models;
    for (const scenarios::ModelTally& model : tally.models) {
        if (model.priced > 0) models.push_back(&model);
    }
    std::sort(models.begin(), models.end(), [](const auto* a, const auto* b) {
        return a->priced != b->priced ? a->priced > b->priced : a->model < b->model;
    });
    if (models.size() > 3) models.resize(3);
    for (const scenarios::ModelTally* model : models) {
        card.detail += fmt::format("{}{} {:.2f}",
                                   card.detail.empty() ? "" : ", ",
                                   model->model,
                                   static_cast<double>(model->median_price()) / 1e6);
    }
    return card;
}

Card bids_card(const Series& series) {
    Card card{.title = "Bids per order", .unit = "bids", .series = "bids_per_order"};
    const double now = series.now("bids_per_order");
    card.value = fmt::format("{:.1f}", now);
    set_share_change(card, now, series.day_ago("bids_per_order"));
    card.detail = "over the last day";
    return card;
}

Card spent_card(const Series& series) {
    Card card{.title = "Spent in 24 hours", .unit = "USD", .series = "spent_usd"};
    const double now = series.now("spent_usd");
    const double before = series.day_ago("spent_usd");
    card.value = grouped(static_cast<std::int64_t>(std::isnan(before) ? now : now - before));
    card.detail = fmt::format("{} USD since the start", grouped(static_cast<std::int64_t>(now)));
    return card;
}

Card block_card(const Shown& shown) {
    Card card{.title = "Block time", .unit = "s", .series = "block_seconds"};
    const BlockRing& blocks = shown.memory.blocks;
    double sum = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i)
        sum += blocks.seconds(i);
    card.value = blocks.size() == 0
                     ? "none yet"
                     : fmt::format("{:.2f}", sum / static_cast<double>(blocks.size()));
    card.detail = fmt::format("block {}", grouped(shown.world.height().value));
    return card;
}

Card checks_card(const ChecksView& checks) {
    Card card{.title = "Checks passed"};
    card.value = fmt::format("{} of {}", checks.held, checks.rows.size());
    card.detail = checks.failed > 0 ? fmt::format("{} failed", checks.failed)
                                    : fmt::format("{} still open", checks.pending);
    card.direction = checks.failed > 0 ? -1 : 0;
    return card;
}

}  // namespace

void show_cards(const Shown& shown, const ChecksView& checks, std::vector<Card>& cards) {
    const Series series{shown};
    cards.push_back(gpu_card(series));
    cards.push_back(count_card(series, "Open orders", "orders_open", "orders"));
    cards.push_back(price_card(series, shown.world.market().tally()));
    cards.push_back(bids_card(series));
    cards.push_back(count_card(series, "Active leases", "leases_active", "leases"));
    cards.push_back(spent_card(series));
    cards.push_back(block_card(shown));
    cards.push_back(checks_card(checks));
}

}  // namespace gui
