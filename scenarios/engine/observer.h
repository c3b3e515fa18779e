// Who wants to know what happens in a world while it runs: the recorder, later the window. An
// observer sees and never changes anything; a run with and without one is the same run.
#pragma once

#include "nodes/chain/app.h"
#include "nodes/protocol/reasons.h"
#include "scenarios/engine/event.h"
#include "sim/digest.h"
#include "sim/units.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace scenarios {

class World;

struct BlockSeen {
    sim::Height height;
    sim::SimTime at;
    nodes::Timestamp stamp;
    std::string_view proposer;
    std::uint32_t transactions = 0;
    std::uint32_t failed = 0;
    std::uint64_t gas_used = 0;
};

/// A transaction as it stands in its block; the result's events are those of the real node.
struct TransactionSeen {
    sim::Height height;
    sim::SimTime at;
    std::uint32_t position = 0;
    const nodes::Tx* tx = nullptr;
    const nodes::TxResult* result = nullptr;
};

/// Money that left a deployment's escrow for one lease, exact.
struct SettlementSeen {
    sim::Height height;
    sim::SimTime at;
    nodes::LeaseId lease;
    nodes::Denom denom;
    std::int64_t gross = 0;
    std::int64_t fee = 0;        ///< the take module's part of it
    std::int64_t micro_usd = 0;  ///< the gross at the price of the moment
};

class Observer {
  public:
    virtual ~Observer() = default;

    virtual void agent_joined(const World& world, AgentRef agent) = 0;
    virtual void transaction(const World& world, const TransactionSeen& seen) = 0;
    virtual void settlement(const World& world, const SettlementSeen& seen) = 0;
    virtual void note(const World& world, AgentRef author, const nodes::BidNote& note) = 0;
    /// A planned action was carried out; `text` says it for people.
    virtual void action(const World& world, std::string_view text) = 0;
    virtual void sampled(const World& world) = 0;
    /// After everything else of the block. False stops the run (a recorder that cannot write).
    virtual bool block(const World& world, const BlockSeen& seen) = 0;
};

}  // namespace scenarios
