// What is remembered of each auction: the order, its bids, and every provider's answer. Open ones
// and the last closed ones; a copy, kept beside each snapshot of the world, shares the auctions
// that did not change since.
#pragma once

#include "gui/session/model_frame.h"
#include "nodes/chain/view.h"
#include "nodes/protocol/reasons.h"
#include "scenarios/engine/event.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace gui {

/// The number under which windows and databases know an order, bid, lease or deployment.
Key key_of(const nodes::OrderId& order);
Key key_of(const nodes::DeploymentId& deployment);

struct Answer {
    nodes::Address provider;
    nodes::Reason reason = nodes::Reason::kWon;
    nodes::Subject subject = nodes::Subject::kNone;
    std::int64_t wanted = 0;
    std::int64_t had = 0;
    sim::SimTime at;
};

struct AuctionBid {
    nodes::Address provider;
    sim::Dec18 price;  ///< per block
    sim::SimTime at;
    sim::Height height;
};

struct Auction {
    nodes::OrderView order;  ///< as it was made
    sim::SimTime created;
    bool open = true;
    bool leased = false;
    nodes::Address winner;
    nodes::Subject criterion = nodes::Subject::kNone;
    sim::SimTime ended;  ///< leased or closed
    sim::Height ended_at;
    std::vector<AuctionBid> bids;
    std::vector<Answer> answers;

    /// The provider's last word; null when it has said nothing.
    [[nodiscard]] const Answer* answer_of(nodes::Address provider) const;
    [[nodiscard]] const AuctionBid* bid_of(nodes::Address provider) const;
    [[nodiscard]] const AuctionBid* best_bid() const;
};

/// When and where something happened.
struct Moment {
    sim::SimTime at;
    sim::Height height;
};

class AuctionBook {
  public:
    static constexpr std::size_t kClosed = 2'000;  ///< so many closed auctions are remembered

    void created(const nodes::OrderView& order, const Moment& moment);
    /// True when it is the order's first.
    bool bid(const nodes::BidId& id, sim::Dec18 price, const Moment& moment);
    void leased(const nodes::BidId& id, const Moment& moment);
    void closed(const nodes::OrderId& id, const Moment& moment);
    /// `by_tenant`: who chose knows why; what a loser says of it is then not kept.
    enum class Author : std::uint8_t { kProvider, kTenant };
    void note(const nodes::BidNote& note, Author author, const Moment& moment);

    [[nodiscard]] const Auction* find(Key key) const;

    /// In order of creation.
    [[nodiscard]] const std::vector<Key>& open() const { return open_; }

    /// In order of closing.
    [[nodiscard]] const std::deque<Key>& closed() const { return closed_; }

    /// Closed ones that are not remembered any more.
    [[nodiscard]] std::int64_t forgotten() const { return forgotten_; }

    [[nodiscard]] std::size_t bytes() const;

  private:
    Auction* change(const nodes::OrderId& id);
    void end(const nodes::OrderId& id, const Moment& moment);

    boost::unordered_flat_map<Key, std::shared_ptr<Auction>> all_;
    std::vector<Key> open_;
    std::deque<Key> closed_;
    std::int64_t forgotten_ = 0;
};

}  // namespace gui
