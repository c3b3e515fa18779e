// Reads what each transaction did to the market out of the chain: running totals, which GPU model a
// lease has, and every settlement to the last micro-unit. It changes nothing but its own books.
#pragma once

#include "nodes/chain/app.h"
#include "scenarios/engine/observer.h"
#include "scenarios/engine/tally.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace scenarios {

/// What the watch needs to know of the moment.
struct MarketMoment {
    sim::Height height;
    sim::SimTime at;
    std::int64_t akt_micro_usd = 0;
    sim::SimDuration block_interval;
    nodes::Denom uakt;
};

class MarketWatch {
  public:
    /// To be called after each delivered transaction, refused ones too. Settlements are appended.
    void transaction(const nodes::Chain& chain,
                     const nodes::Tx& tx,
                     const nodes::TxResult& result,
                     const MarketMoment& moment,
                     std::vector<SettlementSeen>& settlements);

    [[nodiscard]] const Tally& tally() const { return tally_; }

    /// GPU model of a bid or lease, "" without cards, by its row in the chain's table.
    [[nodiscard]] const std::string& model_of(std::uint32_t bid_row) const;

    /// The same as a row of tally().models + 1; 0 without cards.
    [[nodiscard]] std::size_t model_row(std::uint32_t bid_row) const {
        return bid_row < bid_models_.size() ? bid_models_[bid_row] : 0;
    }

    static void fields(auto& self, auto&& visit) {
        visit("tally", self.tally_);
        visit("bid_models", self.bid_models_);
        visit("paid_seen", self.paid_seen_);
        visit("overdrawn_seen", self.overdrawn_seen_);
    }

  private:
    void message(const nodes::Chain& chain,
                 const nodes::Msg& msg,
                 const MarketMoment& moment,
                 std::vector<SettlementSeen>& settlements);
    void bid_made(const nodes::Chain& chain, const nodes::MsgCreateBid& bid);
    void event(const nodes::Chain& chain,
               const nodes::ChainEvent& event,
               const MarketMoment& moment);
    void lease_changed(const nodes::Chain& chain,
                       const nodes::ChainEvent& event,
                       int direction,
                       const MarketMoment& moment);
    void settle(const nodes::Chain& chain,
                const nodes::DeploymentId& id,
                const MarketMoment& moment,
                std::vector<SettlementSeen>& settlements);
    void book(const SettlementSeen& settlement, const MarketMoment& moment);

    Tally tally_;
    std::vector<std::uint16_t> bid_models_;     ///< by bid row: row of tally_.models + 1
    std::vector<std::int64_t> paid_seen_;       ///< by payment row: withdrawn so far
    std::vector<std::uint8_t> overdrawn_seen_;  ///< by escrow row
};

/// The deployment whose escrow a message may settle; nullptr for the others.
const nodes::DeploymentId* settled_deployment(const nodes::Msg& msg, nodes::DeploymentId& scratch);

/// What one group asks for in all.
struct GroupTotals {
    std::int64_t cpu_milli = 0;
    std::int64_t memory = 0;
    std::int64_t storage = 0;
    std::int64_t gpus = 0;
};

GroupTotals totals_of(const nodes::GroupSpec& spec);

/// The first GPU model of "vendor/nvidia/model/a100/ram/80Gi" keys; empty without cards, "*" for
/// any.
std::string gpu_model_of(const nodes::Resources& resources);

}  // namespace scenarios
