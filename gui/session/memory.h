// What the window needs to know of the past besides the world itself, as a value that is kept
// beside each snapshot of it: going back brings back what was known then. Its size is bounded.
#pragma once

#include "gui/session/auction_book.h"
#include "gui/session/deployment_book.h"
#include "gui/session/earnings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gui {

/// The last blocks: who proposed and how long after the one before.
class BlockRing {
  public:
    static constexpr std::size_t kBlocks = 600;

    void add(std::size_t proposer, sim::SimTime at) {
        if (proposer >= proposed_.size()) proposed_.resize(proposer + 1);
        ++proposed_[proposer];
        const std::size_t place = blocks_++ % kBlocks;
        proposers_[place] = static_cast<std::uint16_t>(proposer);
        seconds_[place] = static_cast<float>((at - last_).to_seconds());
        last_ = at;
    }

    /// Of the last blocks, at most kBlocks of them.
    [[nodiscard]] std::size_t size() const { return std::min(blocks_, kBlocks); }

    /// 0 is the oldest of them.
    [[nodiscard]] std::uint16_t proposer(std::size_t i) const { return proposers_[place(i)]; }

    [[nodiscard]] float seconds(std::size_t i) const { return seconds_[place(i)]; }

    [[nodiscard]] std::int64_t proposed(std::size_t validator) const {
        return validator < proposed_.size() ? proposed_[validator] : 0;
    }

    [[nodiscard]] sim::SimTime last() const { return last_; }

  private:
    [[nodiscard]] std::size_t place(std::size_t i) const {
        return (blocks_ - size() + i) % kBlocks;
    }

    std::array<std::uint16_t, kBlocks> proposers_{};
    std::array<float, kBlocks> seconds_{};
    std::size_t blocks_ = 0;
    std::vector<std::int64_t> proposed_;
    sim::SimTime last_;
};

struct Memory {
    AuctionBook auctions;
    DeploymentBook deployments;
    Earnings providers;
    Sums tenants;
    BlockRing blocks;

    [[nodiscard]] std::size_t bytes() const {
        return auctions.bytes() + deployments.bytes() + providers.bytes() + tenants.bytes();
    }
};

}  // namespace gui
