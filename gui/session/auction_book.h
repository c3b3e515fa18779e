// What is remembered of each auction: the order, its bids, and every provider's answer. Open ones
// and the last closed ones. Watching costs a few stores per answer, because they come in bursts and
// stand in a row; copying the book, for a snapshot of the world, costs what is open and a pointer
// per page of closed auctions.
#pragma once

#include "gui/session/model_frame.h"
#include "nodes/chain/state.h"
#include "nodes/chain/view.h"
#include "nodes/protocol/reasons.h"
#include "scenarios/engine/event.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gui {

/// The number under which windows and databases know an order, bid, lease or deployment.
Key key_of(const nodes::OrderId& order);
Key key_of(const nodes::DeploymentId& deployment);

struct Answer {
    sim::SimTime at;
    std::int64_t wanted = 0;
    std::int64_t had = 0;
    nodes::Address provider;
    nodes::Reason reason = nodes::Reason::kWon;
    nodes::Subject subject = nodes::Subject::kNone;
};

struct AuctionBid {
    sim::Dec18 price;          ///< per block
    std::uint32_t height = 0;  ///< of the block that took it
    nodes::Address provider;
};

/// As it stands at one moment; what it spans lies in the book and lives until the run goes on.
struct Auction {
    nodes::OrderView order;  ///< as it was made
    sim::SimTime created;
    bool open = true;
    bool leased = false;
    nodes::Address winner;
    nodes::Subject criterion = nodes::Subject::kNone;
    sim::SimTime ended;  ///< leased or closed
    sim::Height ended_at;
    std::span<const AuctionBid> bids;
    std::span<const Answer> answers;
    std::shared_ptr<const std::vector<AuctionBid>> on_chain;  ///< holds the bids of an open one

    /// The provider's last word; null when it has said nothing. Earlier ones stand before it.
    [[nodiscard]] const Answer* answer_of(nodes::Address provider) const;
    [[nodiscard]] const AuctionBid* bid_of(nodes::Address provider) const;
    [[nodiscard]] const AuctionBid* best_bid() const;
};

/// When and where something happened.
struct Moment {
    sim::SimTime at;
    sim::Height height;
};

/// What the end of an auction tells the other books.
struct AuctionEnd {
    sim::SimTime created;
    std::size_t bids = 0;
    std::uint32_t first_bid = 0;  ///< height of the block that took it; 0 without bids
};

class AuctionBook {
  public:
    static constexpr std::size_t kClosed = 2'000;  ///< so many closed auctions are remembered
    static constexpr std::size_t kFresh = 50;      ///< of them can still be spoken of

    void created(const nodes::OrderView& order, const Moment& moment);
    /// The order was leased or closed: the bids are taken over from the chain. Nothing when it had
    /// ended before or is not remembered.
    std::optional<AuctionEnd> leased(const nodes::BidId& id,
                                     const Moment& moment,
                                     const nodes::ChainState& chain);
    std::optional<AuctionEnd> closed(const nodes::OrderId& id,
                                     const Moment& moment,
                                     const nodes::ChainState& chain);
    /// Of the tenant's notes the winner's says by what it chose.
    enum class Author : std::uint8_t { kProvider, kTenant };
    void note(const nodes::BidNote& note, Author author, sim::SimTime at);

    /// With the bids of the moment, for an open one too; nothing when it is not remembered.
    [[nodiscard]] std::optional<Auction> look(Key key, const nodes::ChainState& chain) const;

    /// In order of creation.
    [[nodiscard]] const std::vector<Key>& open() const { return open_; }

    /// How many closed ones are remembered.
    [[nodiscard]] std::size_t closed() const { return aged_ + fresh_.size(); }

    /// One of them: 0 is the one that closed first.
    [[nodiscard]] Auction closed_at(std::size_t place) const;

    /// Closed ones that are not remembered any more.
    [[nodiscard]] std::int64_t forgotten() const { return forgotten_; }

    [[nodiscard]] std::size_t bytes() const;

  private:
    static constexpr std::size_t kPage = 50;
    static constexpr std::uint32_t kNowhere = 0xFFFF'FFFF;

    /// An auction with what it spans.
    struct Kept {
        Auction auction;
        std::vector<AuctionBid> bids;  ///< once it has ended; until then the chain knows them
        std::vector<Answer> answers;

        [[nodiscard]] Auction whole() const;
        [[nodiscard]] std::size_t bytes() const;
    };

    using Page = std::vector<Kept>;

    [[nodiscard]] std::uint32_t find(const nodes::OrderId& id);
    Kept* end(const nodes::OrderId& id, const Moment& moment, const nodes::ChainState& chain);
    void age();
    void turn_page();
    [[nodiscard]] const Kept& aged(std::size_t place) const;

    std::vector<Kept> slots_;          ///< open ones and those that can still be spoken of
    std::vector<std::uint32_t> free_;  ///< slots
    boost::unordered_flat_map<Key, std::uint32_t> places_;  ///< slots
    std::uint32_t last_ = kNowhere;                         ///< slot: answers come in bursts
    std::vector<Key> open_;
    std::deque<std::uint32_t> fresh_;               ///< slots, in order of closing
    std::deque<std::shared_ptr<const Page>> full_;  ///< closed before those
    Page page_;
    std::size_t aged_ = 0;      ///< on all pages
    std::size_t answers_ = 32;  ///< of the last auction: the next will have about as many
    std::int64_t forgotten_ = 0;
};

}  // namespace gui
