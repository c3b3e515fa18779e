// What the window needs to know of the past besides the world itself, as a value that is kept
// beside each snapshot of it: going back brings back what was known then. Its size is bounded.
#pragma once

#include "gui/session/auction_book.h"
#include "gui/session/deployment_book.h"
#include "gui/session/earnings.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace gui {

/// The last blocks: who proposed and how long after the one before.
class BlockRing {
  public:
    static constexpr std::size_t kBlocks = 600;

    void add(std::size_t proposer, sim::SimTime at) {
        if (proposer >= proposed_.size()) proposed_.resize(proposer + 1);
        ++proposed_[proposer];
        proposers_.push_back(static_cast<std::uint16_t>(proposer));
        seconds_.push_back(static_cast<float>((at - last_).to_seconds()));
        last_ = at;
        if (proposers_.size() <= kBlocks) return;
        proposers_.pop_front();
        seconds_.pop_front();
    }

    [[nodiscard]] const std::deque<std::uint16_t>& proposers() const { return proposers_; }

    [[nodiscard]] const std::deque<float>& seconds() const { return seconds_; }

    [[nodiscard]] std::int64_t proposed(std::size_t validator) const {
        return validator < proposed_.size() ? proposed_[validator] : 0;
    }

    [[nodiscard]] sim::SimTime last() const { return last_; }

  private:
    std::deque<std::uint16_t> proposers_;
    std::deque<float> seconds_;
    std::vector<std::int64_t> proposed_;
    sim::SimTime last_;
};

struct Memory {
    AuctionBook auctions;
    DeploymentBook deployments;
    Earnings providers;
    Earnings tenants;
    BlockRing blocks;

    [[nodiscard]] std::size_t bytes() const {
        return auctions.bytes() + deployments.bytes() + providers.bytes() + tenants.bytes();
    }
};

}  // namespace gui
