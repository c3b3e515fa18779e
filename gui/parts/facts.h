// Small pieces that several screens share: lists of facts, counts as one line, names of tokens.
#pragma once

#include "gui/session/model_supply.h"

#include <span>
#include <string>
#include <vector>

namespace gui {

/// Names and values in two columns each; side by side in two halves when the room is wide.
void draw_facts(std::span<const Fact> facts);

/// Lines that draw_facts() takes at this width.
std::size_t facts_lines(std::span<const Fact> facts, float width);

/// "22 completed, 4 running"; what is zero is left out.
std::string counts_text(std::span<const ReasonCount> counts);

/// "uakt" counts millionths of "AKT".
std::string token_name(const std::string& denom);

}  // namespace gui
