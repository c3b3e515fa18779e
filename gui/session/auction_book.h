// What is remembered of each auction: the order, its bids, and every provider's answer. Open ones
// and the last closed ones; a copy, kept beside each snapshot of the world, shares the auctions
// that did not change since.
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

struct Auction {
    nodes::OrderView order;  ///< as it was made
    sim::SimTime created;
    bool open = true;
    bool leased = false;
    nodes::Address winner;
    nodes::Subject criterion = nodes::Subject::kNone;
    sim::SimTime ended;  ///< leased or closed
    sim::Height ended_at;
    std::vector<AuctionBid> bids;  ///< once it has ended; until then the chain knows them
    /// In pieces below a kibibyte: larger ones make malloc tidy up, which slows the whole run.
    std::deque<Answer> answers;

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

class AuctionBook {
  public:
    static constexpr std::size_t kClosed = 2'000;  ///< so many closed auctions are remembered
    static constexpr std::size_t kFresh = 50;      ///< of them can still be spoken of

    void created(const nodes::OrderView& order, const Moment& moment);
    /// The order was leased or closed: the bids are taken over from the chain. The auction, or null
    /// when it had ended before or is not remembered.
    const Auction* leased(const nodes::BidId& id,
                          const Moment& moment,
                          const nodes::ChainState& chain);
    const Auction* closed(const nodes::OrderId& id,
                          const Moment& moment,
                          const nodes::ChainState& chain);
    /// Of the tenant's notes the winner's says by what it chose.
    enum class Author : std::uint8_t { kProvider, kTenant };
    void note(const nodes::BidNote& note, Author author, const Moment& moment);

    /// With the bids of the moment, for an open one too; null when it is not remembered.
    [[nodiscard]] std::shared_ptr<const Auction> look(Key key,
                                                      const nodes::ChainState& chain) const;

    /// In order of creation.
    [[nodiscard]] const std::vector<Key>& open() const { return open_; }

    /// In order of closing.
    [[nodiscard]] const std::deque<Key>& closed() const { return closed_; }

    /// Closed ones that are not remembered any more.
    [[nodiscard]] std::int64_t forgotten() const { return forgotten_; }

    [[nodiscard]] std::size_t bytes() const;

  private:
    [[nodiscard]] const std::shared_ptr<Auction>* find(Key key) const;
    void age();
    Auction* change(const nodes::OrderId& id);
    Auction* end(const nodes::OrderId& id, const Moment& moment, const nodes::ChainState& chain);

    using Table = boost::unordered_flat_map<Key, std::shared_ptr<Auction>>;

    Table
        fresh_;  ///< open ones and the last closed: small, because they are looked up at every bid
    Table old_;
    std::vector<Key> open_;
    std::deque<Key> closed_;
    std::int64_t forgotten_ = 0;
};

}  // namespace gui
