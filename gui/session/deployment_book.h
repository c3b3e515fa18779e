// What is remembered of each deployment: its orders and leases as stretches of time, for those that
// live and the last ended ones; and what moved the escrow accounts, in one list for all. A usual
// life lies in one piece, so that watching allocates nothing for it; copies of the book share what
// is over.
#pragma once

#include "gui/session/auction_book.h"
#include "gui/session/chunk_list.h"

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <deque>
#include <vector>

namespace gui {

struct OrderStretch {
    nodes::OrderId id;
    sim::SimTime from;
    sim::SimTime first_bid;  ///< 0 = none, or still open
    sim::SimTime to;         ///< 0 = still open
};

struct LeaseStretch {
    nodes::Address provider;
    std::uint32_t gseq = 0;
    std::uint32_t oseq = 0;
    sim::Dec18 price;
    sim::SimTime from;
    sim::SimTime to;  ///< 0 = still running

    [[nodiscard]] bool is(const nodes::BidId& id) const {
        return provider == id.provider && gseq == id.gseq && oseq == id.oseq;
    }
};

/// Amounts in micro-units.
struct EscrowEntry {
    enum class Kind : std::uint8_t { kDeposit, kTopUp, kSettled, kRate, kOverdrawn, kClosed };

    sim::SimTime at;
    std::int64_t balance = 0;  ///< after it
    std::int64_t amount = 0;
    std::uint64_t dseq = 0;
    nodes::Address owner;
    std::uint32_t height = 0;
    Kind kind = Kind::kDeposit;
};

struct DeploymentLife {
    nodes::DeploymentId id;
    nodes::Denom denom;
    bool overdrawn = false;
    boost::container::small_vector<LeaseStretch, 1> leases;
    boost::container::small_vector<OrderStretch, 1> orders;
    nodes::GroupSpecRef spec;  ///< of its first group
    sim::SimTime created;
    sim::SimTime ended;  ///< 0 = lives
};

class DeploymentBook {
  public:
    static constexpr std::size_t kEnded = 2'000;      ///< so many ended ones are remembered
    static constexpr std::size_t kFresh = 10;         ///< of them can still be spoken of
    static constexpr std::size_t kEntries = 131'072;  ///< of all accounts together, about
    static constexpr std::size_t kEntriesMax = 200;   ///< of one account are shown
    static constexpr std::size_t kStretchesMax = 50;  ///< orders and leases of one deployment

    void created(const nodes::DeploymentId& id, const Moment& moment);
    void ordered(const nodes::OrderView& order, const Moment& moment);
    /// `first_bid` is 0 when there was none.
    void order_closed(const nodes::OrderId& id, sim::SimTime first_bid, const Moment& moment);
    void leased(const nodes::BidId& id, sim::Dec18 price, const Moment& moment);
    void lease_closed(const nodes::BidId& id, const Moment& moment);

    void entry(const EscrowEntry& entry) { entries_.push(entry); }

    /// True when it is known and has not been so before.
    bool overdrawn(const nodes::DeploymentId& id);
    void closed(const nodes::DeploymentId& id, const Moment& moment);

    /// What is pointed to lies in the book and lives until the run goes on.
    [[nodiscard]] const DeploymentLife* find(Key key) const;
    /// Of one owner, newest first, at most `most`.
    [[nodiscard]] std::vector<const DeploymentLife*> of(nodes::Address owner,
                                                        std::size_t most) const;

    /// The newest of its account, in order of time.
    [[nodiscard]] std::vector<EscrowEntry> entries(const nodes::DeploymentId& id) const;

    /// How many ended ones are remembered.
    [[nodiscard]] std::size_t ended() const { return fresh_.size() + aged_.size(); }

    [[nodiscard]] std::size_t bytes() const;

  private:
    static constexpr std::uint32_t kNowhere = 0xFFFF'FFFF;
    static constexpr std::size_t kPage = 100;

    [[nodiscard]] DeploymentLife* change(const nodes::DeploymentId& id);
    void age();

    std::vector<DeploymentLife> slots_;                     ///< those that live or are fresh
    std::vector<std::uint32_t> free_;                       ///< slots
    boost::unordered_flat_map<Key, std::uint32_t> places_;  ///< slots
    std::uint32_t last_ = kNowhere;                         ///< slot: what happens comes in bursts
    std::deque<std::uint32_t> fresh_;                       ///< slots, in order of ending
    ChunkList<DeploymentLife, kPage> aged_{kEnded - kFresh - 2 * kPage};
    ChunkList<EscrowEntry, 2'048> entries_{kEntries};
};

}  // namespace gui
