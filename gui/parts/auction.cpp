#include "gui/parts/auction.h"

#include "gui/draw/widgets.h"
#include "gui/frame/actions.h"
#include "gui/parts/ladder_motion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

constexpr float kRowEms = 1.35F;

Rgba answer_colour(AnswerKind kind) {
    const Theme& theme = ui().theme;
    switch (kind) {
        case AnswerKind::kWon:
            return theme.category(2);
        case AnswerKind::kBid:
            return theme.category(0);
        case AnswerKind::kLost:
            return theme.category(6);
        case AnswerKind::kDeclined:
            return theme.category(1);
        case AnswerKind::kSilent:
            return theme.category(7);
    }
    return theme.dim;
}

/// Places of the ladder's columns, from left to right.
struct LadderColumns {
    float name = 0;
    float bar = 0;
    float bar_to = 0;
    float words = 0;
    float words_to = 0;
    double top = 1;  ///< the price at bar_to

    [[nodiscard]] float x(double usd) const {
        return bar + static_cast<float>(std::clamp(usd / top, 0.0, 1.0)) * (bar_to - bar);
    }
};

LadderColumns ladder_columns(const AuctionView& auction, float left, float width) {
    LadderColumns columns;
    columns.name = left;
    columns.bar = left + std::min(em() * 9, width * 0.22F);
    const float words = std::clamp(width * 0.45F, em() * 8, em() * 30);
    columns.words = left + width - words;
    columns.words_to = left + width;
    columns.bar_to = std::max(columns.bar + em() * 3, columns.words - em() * 4);
    double top = auction.order.maximum.usd_hour;
    for (const AnswerRow& bid : auction.bids)
        top = std::max(top, bid.price.usd_hour);
    columns.top = top > 0 ? top * 1.08 : 1;
    return columns;
}

std::string words_of(const AnswerRow& row) {
    if (row.words.empty()) return row.reason.empty() ? answer_word(row.kind) : row.reason;
    if (row.reason.empty()) return row.words;
    return row.reason + ": " + row.words;
}

/// Of a bid the figures matter more than the reason, which is the same for most.
std::string fitting_words(const std::string& words, const AnswerRow& row, float room) {
    const bool bid = row.price.usd_hour > 0;
    return cut(bid && !row.words.empty() && text_width(words) > room ? row.words : words, room);
}

/// The row as something to click, without anything drawn on it; where it begins.
ImVec2 answer_item(const AnswerRow& row, const LadderColumns& columns, UiState& state) {
    const float height = em() * kRowEms;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(static_cast<int>(row.provider));
    if (ImGui::Selectable("##answer", false, 0, {columns.words_to - columns.name, height})) {
        select_provider(state, row.provider);
    }
    ImGui::PopID();
    mark("answer/" + row.name);
    if (ImGui::IsItemHovered()) {
        tooltip(fmt::format("{}{}{}\n{}\nanswered {} blocks into the auction",
                            row.name,
                            row.region.empty() ? "" : ", " + row.region,
                            row.audited ? ", audited" : "",
                            words_of(row),
                            row.block_in_auction));
    }
    return at;
}

void paint_answer(const AnswerRow& row, const LadderColumns& columns, ImVec2 at) {
    const Theme& theme = ui().theme;
    const float height = em() * kRowEms;
    ui().probe.add("painted/" + row.name, at, {columns.words_to, at.y + height});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float y = at.y + (height - em()) / 2;
    draw_text(
        {columns.name, y}, theme.text, cut(row.name, columns.bar - columns.name - em() * 0.5F));
    const Rgba colour = answer_colour(row.kind);
    if (row.price.usd_hour > 0) {
        const ImVec2 from{columns.bar, at.y + em() * 0.18F};
        const ImVec2 to{std::max(columns.x(row.price.usd_hour), columns.bar + 3),
                        at.y + height - em() * 0.18F};
        if (row.kind == AnswerKind::kWon) {
            list.AddRectFilled(from, to, colour, 3);
        } else {
            list.AddRectFilled(from, to, faded(colour, 0.3), 3);
            list.AddRect(from, to, colour, 3);
        }
        // On a patch of its own, so that the reserve line does not cross the figures.
        const std::string price = price_text(row.price);
        const float beside = to.x + em() * 0.3F;
        list.AddRectFilled(
            {beside - 2, from.y}, {beside + text_width(price) + 2, to.y}, theme.panel);
        draw_text({beside, y}, theme.text, price);
    }
    const bool won = row.kind == AnswerKind::kWon;
    // Who did not bid leaves the bar's room to its reason.
    const float left = row.price.usd_hour > 0 ? columns.words : columns.bar;
    draw_text(
        {left, y},
        won ? theme.text : theme.dim,
        fitting_words(won ? "WON  " + row.words : words_of(row), row, columns.words_to - left));
}

/// Spreads from the winner's bar and fades. It may leave the list, at whose top the bar stands.
void draw_ring(const AnswerRow& row, float spread, const LadderColumns& columns, ImVec2 at) {
    const float wide = em() * (0.05F + 0.6F * spread);
    const ImVec2 from{columns.bar - wide, at.y + em() * 0.18F - wide};
    const ImVec2 to{columns.x(row.price.usd_hour) + wide, at.y + em() * (kRowEms - 0.18F) + wide};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect({from.x - em(), from.y - em()}, {to.x + em(), to.y + em()});
    list.AddRect(from,
                 to,
                 faded(answer_colour(AnswerKind::kWon), 1 - static_cast<double>(spread)),
                 em() * 0.3F,
                 0,
                 em() * 0.15F);
    list.PopClipRect();
}

/// The bids, each at its place or on its way there. What falls is drawn over what stands.
void draw_bids(const AuctionView& auction, const LadderColumns& columns, UiState& state) {
    const LadderMotion& motion = state.market.ladder;
    std::vector<ImVec2> places;
    for (const AnswerRow& row : auction.bids)
        places.push_back(answer_item(row, columns, state));
    const ImVec2 end = ImGui::GetCursorScreenPos();
    for (const bool falling : {false, true}) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            const AnswerRow& row = auction.bids[i];
            const float left = way_left(motion, row.provider);
            if ((left > 0) != falling) continue;
            const float top = places.front().y - em() * kRowEms;
            ImVec2 at = places[i];
            at.y -= std::floor((at.y - top) * left);
            if (falling) {
                ImGui::GetWindowDrawList()->AddRectFilled(
                    at, {columns.words_to, at.y + em() * kRowEms}, ui().theme.panel);
            }
            paint_answer(row, columns, at);
            if (row.kind == AnswerKind::kWon && ring_spread(motion) >= 0) {
                draw_ring(row, ring_spread(motion), columns, at);
            }
        }
    }
    ImGui::SetCursorScreenPos(end);
}

void draw_reserve(const AuctionView& auction, const LadderColumns& columns, float from, float to) {
    if (auction.order.maximum.usd_hour <= 0) return;
    const Theme& theme = ui().theme;
    const float x = columns.x(auction.order.maximum.usd_hour);
    ImGui::GetWindowDrawList()->AddRectFilled({x - 1, from}, {x + 1, to}, theme.worse);
    draw_centred(x,
                 to,
                 {columns.name, columns.words_to},
                 theme.worse,
                 "at most " + price_text(auction.order.maximum));
}

void draw_names(const char* title, const std::vector<std::string>& names) {
    dim(fmt::format("{} ({})", title, names.size()));
    for (const std::string& name : names)
        text(name);
}

}  // namespace

const char* answer_word(AnswerKind kind) {
    static constexpr std::array<const char*, 5> kWords{"won", "bid", "lost", "no bid", "silent"};
    return kWords.at(static_cast<std::size_t>(kind));
}

std::string price_text(const Price& price) {
    if (price.usd_hour <= 0) return "-";
    if (price.usd_hour < 0.001) return fmt::format("${:.2g}/h", price.usd_hour);
    if (price.usd_hour < 1) return fmt::format("${:.4f}/h", price.usd_hour);
    return fmt::format("${:.2f}/h", price.usd_hour);
}

void draw_auction_head(const AuctionView& auction, UiState& state) {
    const OrderRow& order = auction.order;
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushFont(ui().fonts.large);
    fitted("Auction " + order.id, width);
    ImGui::PopFont();
    fitted(order.wants, width);
    std::string terms = fmt::format("at most {} in {}", price_text(order.maximum), order.denom);
    for (const std::string& attribute : auction.attributes)
        terms += ", " + attribute;
    wrapped_dim(terms);
    std::string progress = fmt::format("{}, {} blocks", order.state, auction.blocks_open);
    if (auction.blocks_left >= 0) {
        progress += fmt::format(", chooses in {}", auction.blocks_left);
    }
    if (!auction.criterion.empty()) progress += ", the tenant chooses by " + auction.criterion;
    if (link(order.tenant.empty() ? "tenant" : order.tenant.c_str(), "Open the tenant")) {
        select_tenant(state, order.tenant_key);
    }
    ImGui::SameLine();
    fitted(ui().theme.dim, progress, ImGui::GetContentRegionAvail().x);
}

void draw_funnel(const AuctionView& auction, UiState& state) {
    const Theme& theme = ui().theme;
    const float width = ImGui::GetContentRegionAvail().x;
    const float step = width / static_cast<float>(kFunnelStages);
    const float height = em() * 3.2F;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const double most = std::max<double>(1, static_cast<double>(auction.funnel[0].count));
    for (std::size_t i = 0; i < kFunnelStages; ++i) {
        const FunnelStage& stage = auction.funnel.at(i);
        const ImVec2 from{at.x + step * static_cast<float>(i), at.y};
        ImGui::SetCursorScreenPos(from);
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::InvisibleButton("stage", {step - 3, height})) {
            const int own = static_cast<int>(i);
            state.market.funnel_stage = state.market.funnel_stage == own ? -1 : own;
        }
        ImGui::PopID();
        mark("funnel/" + stage.title);
        const bool open = state.market.funnel_stage == static_cast<int>(i);
        const double share = static_cast<double>(stage.count) / most;
        const float top = from.y + (height - em() * 1.4F) * static_cast<float>(1 - share);
        list.AddRectFilled(from, {from.x + step - 3, from.y + height}, theme.field, 3);
        list.AddRectFilled({from.x, top},
                           {from.x + step - 3, from.y + height - em() * 1.3F},
                           faded(theme.category(0), open ? 0.9 : 0.55));
        if (open || ImGui::IsItemHovered()) {
            list.AddRect(from, {from.x + step - 3, from.y + height}, theme.accent, 3);
        }
        const Range limits{from.x + 2, from.x + step - 5};
        draw_centred(
            from.x + step / 2, from.y + 1, limits, theme.text, std::to_string(stage.count));
        draw_centred(from.x + step / 2,
                     from.y + height - em() * 1.2F,
                     limits,
                     theme.dim,
                     cut(stage.title, step - 6));
        if (ImGui::IsItemHovered()) tooltip(stage.title + ": click lists who is here and who fell");
    }
    ImGui::SetCursorScreenPos({at.x, at.y + height + em() * 0.3F});
    if (state.market.funnel_stage < 0) return;
    const FunnelStage& stage =
        auction.funnel.at(static_cast<std::size_t>(state.market.funnel_stage));
    ImGui::BeginChild("funnel list", {0, em() * 9}, true);
    ImGui::Columns(2, "funnel columns", false);
    draw_names("got this far", stage.names);
    ImGui::NextColumn();
    draw_names("stopped here", stage.fallen);
    ImGui::Columns(1);
    ImGui::EndChild();
}

void draw_ladder(const ViewModel& model, UiState& state) {
    const AuctionView& auction = model.market.auction;
    LadderMotion& motion = state.market.ladder;
    follow_ladder(model,
                  state.preferences.reduced_motion,
                  ImGui::GetFrameCount(),
                  ImGui::GetIO().DeltaTime,
                  motion);
    state.moving = state.moving || is_moving(motion);
    ImGui::BeginChild("ladder");
    const float width = ImGui::GetContentRegionAvail().x;
    const LadderColumns columns = ladder_columns(auction, ImGui::GetCursorScreenPos().x, width);
    if (auction.bids.empty()) {
        text(ui().theme.worse, "No bids.");
        ImGui::SameLine();
        fitted(ui().theme.dim, "Why, provider by provider:", ImGui::GetContentRegionAvail().x);
    } else {
        const float from = ImGui::GetCursorScreenPos().y;
        const float row_height = em() * kRowEms + ImGui::GetStyle().ItemSpacing.y;
        draw_reserve(
            auction, columns, from, from + row_height * static_cast<float>(auction.bids.size()));
        draw_bids(auction, columns, state);
        ImGui::Dummy({1, em() * 1.2F});
        if (!auction.others.empty()) {
            dim(fmt::format("{} others did not bid:", auction.others.size()));
        }
    }
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(auction.others.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const AnswerRow& row = auction.others[static_cast<std::size_t>(i)];
            paint_answer(row, columns, answer_item(row, columns, state));
        }
    }
    ImGui::EndChild();
}

}  // namespace gui
