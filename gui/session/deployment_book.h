// What is remembered of each deployment: its orders and leases as stretches of time and what moved
// its escrow account. Those that live and the last ended ones; copies share what did not change.
#pragma once

#include "gui/session/auction_book.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <deque>
#include <memory>
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
    sim::Dec18 price;
    sim::SimTime from;
    sim::SimTime to;  ///< 0 = still running
};

/// Amounts in micro-units.
struct EscrowEntry {
    enum class Kind : std::uint8_t { kDeposit, kTopUp, kSettled, kRate, kOverdrawn, kClosed };

    sim::SimTime at;
    std::int64_t balance = 0;  ///< after it
    std::int64_t amount = 0;
    std::uint32_t height = 0;
    Kind kind = Kind::kDeposit;
};

struct DeploymentLife {
    nodes::DeploymentId id;
    nodes::GroupSpecRef spec;  ///< of its first group
    nodes::Denom denom;
    sim::SimTime created;
    sim::SimTime ended;  ///< 0 = lives
    bool overdrawn = false;
    std::vector<OrderStretch> orders;
    std::vector<LeaseStretch> leases;
    std::vector<EscrowEntry> entries;
};

class DeploymentBook {
  public:
    static constexpr std::size_t kEnded = 2'000;      ///< so many ended ones are remembered
    static constexpr std::size_t kEntriesMax = 200;   ///< of one account; then the oldest go
    static constexpr std::size_t kStretchesMax = 50;  ///< orders and leases of one deployment

    void created(const nodes::DeploymentId& id, const Moment& moment);
    void ordered(const nodes::OrderView& order, const Moment& moment);
    /// `first_bid` is 0 when there was none.
    void order_closed(const nodes::OrderId& id, sim::SimTime first_bid, const Moment& moment);
    void leased(const nodes::BidId& id, sim::Dec18 price, const Moment& moment);
    void lease_closed(const nodes::BidId& id, const Moment& moment);
    /// The life it was entered into; null when it is not remembered.
    const DeploymentLife* entry(const nodes::DeploymentId& id, const EscrowEntry& entry);
    void closed(const nodes::DeploymentId& id, const Moment& moment);

    [[nodiscard]] const DeploymentLife* find(Key key) const;
    /// Of one owner, newest first, at most `most`.
    [[nodiscard]] std::vector<Key> of(nodes::Address owner, std::size_t most) const;
    [[nodiscard]] std::size_t bytes() const;

  private:
    DeploymentLife* change(const nodes::DeploymentId& id);

    boost::unordered_flat_map<Key, std::shared_ptr<DeploymentLife>> all_;
    std::deque<Key> ended_;
};

}  // namespace gui
