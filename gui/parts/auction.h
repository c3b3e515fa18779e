// One auction: who was asked and where providers fell out (the funnel), the bids on a ladder of
// prices with the reserve line, and for every other provider in words why it is not on it.
#pragma once

#include "gui/frame/ui_state.h"

namespace gui {

/// Title, what is wanted, and what the tenant chose by.
void draw_auction_head(const AuctionView& auction, UiState& state);
/// Stages side by side; a click opens who stands there and who fell.
void draw_funnel(const AuctionView& auction, UiState& state);
/// Fills what is left of the window. New bids fall onto it.
void draw_ladder(const ViewModel& model, UiState& state);

/// "won", "bid", "lost", "no bid", "silent".
const char* answer_word(AnswerKind kind);
/// "$0.42/h"; "-" when there is none.
std::string price_text(const Price& price);

}  // namespace gui
