#include "gui/parts/ladder_motion.h"

namespace gui {
namespace {

/// A step is one block; a picture of the run may come a block late.
constexpr std::int64_t kStepBlocks = 2;

/// Whether what is new has come by the run going on, before somebody's eyes.
bool goes_on(const ViewModel& model, int frame, const LadderMotion& motion) {
    const ClockView& clock = model.clock;
    if (model.market.auction.order.key != motion.order || frame > motion.frame + 1) return false;
    if (clock.mode != RunMode::kRun || clock.state == RunState::kSeeking) return false;
    if (clock.now < motion.now) return false;
    return clock.jumps == motion.jumps || clock.height <= motion.height + kStepBlocks;
}

void age(float delta, LadderMotion& motion) {
    for (auto bid = motion.falling.begin(); bid != motion.falling.end();) {
        bid->second += delta;
        bid = bid->second < kFallSeconds ? std::next(bid) : motion.falling.erase(bid);
    }
    if (motion.ring >= 0) motion.ring += delta;
    if (motion.ring > kRingSeconds) motion.ring = -1;
}

}  // namespace

void follow_ladder(
    const ViewModel& model, bool reduced_motion, int frame, float delta, LadderMotion& motion) {
    const AuctionView& auction = model.market.auction;
    const bool shown = !reduced_motion && goes_on(model, frame, motion);
    if (shown) {
        age(delta, motion);
    } else {
        motion.falling.clear();
        motion.ring = -1;
    }
    std::set<Key> here;
    for (const AnswerRow& bid : auction.bids) {
        here.insert(bid.provider);
        if (shown && !motion.seen.contains(bid.provider)) motion.falling[bid.provider] = 0;
    }
    if (shown && auction.winner != kNoKey && motion.winner == kNoKey) motion.ring = 0;
    motion.seen = std::move(here);
    motion.order = auction.order.key;
    motion.winner = auction.winner;
    motion.now = model.clock.now;
    motion.height = model.clock.height;
    motion.jumps = model.clock.jumps;
    motion.frame = frame;
}

float way_left(const LadderMotion& motion, Key provider) {
    const auto bid = motion.falling.find(provider);
    if (bid == motion.falling.end()) return 0;
    // Fast at first, slow at its end.
    const float rest = 1 - bid->second / kFallSeconds;
    return rest * rest * rest;
}

float ring_spread(const LadderMotion& motion) {
    return motion.ring < 0 ? -1 : motion.ring / kRingSeconds;
}

bool is_moving(const LadderMotion& motion) {
    return !motion.falling.empty() || motion.ring >= 0;
}

}  // namespace gui
