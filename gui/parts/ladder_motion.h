// Bids that fall onto the ladder: a bid that has come since the ladder was drawn last begins at the
// top and is at its place a third of a second later, and a ring spreads from a winner just chosen.
// Only while the clock runs on by itself or by a step: whoever goes to another order or to another
// moment finds everything in its place.
#pragma once

#include "gui/frame/ui_state.h"

namespace gui {

inline constexpr float kFallSeconds = 0.35F;
inline constexpr float kRingSeconds = 0.6F;

/// Follows the model into what moves; once a frame, before the ladder is drawn. `delta` is the
/// wall time since the last frame.
void follow_ladder(
    const ViewModel& model, bool reduced_motion, int frame, float delta, LadderMotion& motion);

/// How much of its way a bid still has before it: 1 = at the top, 0 = at its place.
float way_left(const LadderMotion& motion, Key provider);

/// How far the winner's ring has spread, from 0 to 1; below 0: there is none.
float ring_spread(const LadderMotion& motion);

bool is_moving(const LadderMotion& motion);

}  // namespace gui
