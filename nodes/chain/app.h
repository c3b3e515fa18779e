// The chain as one copyable value: give it blocks, it answers with results and events, and keeps
// the state that ChainView reads. It knows no wall time, no network and no consensus; those call
// it.
#pragma once

#include "nodes/chain/agent.h"
#include "nodes/chain/event.h"
#include "nodes/chain/params.h"
#include "nodes/chain/state.h"
#include "nodes/chain/view.h"
#include "nodes/protocol/messages.h"
#include "sim/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nodes {

/// What a client is told about one transaction.
struct TxResult {
    std::uint32_t code = 0;
    std::string_view codespace;  ///< empty when code is 0
    std::string log;             ///< text of a failure
    std::uint64_t gas_wanted = 0;
    std::uint64_t gas_used = 0;
    bool fee_taken = false;  ///< the ante chain passed
    std::vector<ChainEvent>
        events;  ///< in the real order; render_events() shows them as the node does
    std::vector<std::string> texts;  ///< what events refer to by index
    /// Positions inside MsgExec, inner level first; ChainEvent::exec refers to them.
    std::vector<std::vector<std::uint32_t>> exec_paths;

    [[nodiscard]] bool ok() const { return code == 0; }

    void clear() {
        code = 0;
        codespace = {};
        log.clear();
        gas_wanted = gas_used = 0;
        fee_taken = false;
        events.clear();
        texts.clear();
        exec_paths.clear();
    }
};

/// A sum that must hold: balances + nothing else = supply, per denomination.
struct SupplyCheck {
    Denom denom;
    std::int64_t supply = 0;
    std::int64_t balances = 0;
};

class Chain {
  public:
    /// An empty chain, to be loaded into; `create` makes one that runs.
    Chain() = default;
    /// Refuses what cannot be a genesis: bad addresses or denominations, supplies beyond int64,
    /// parameters outside the real chain's bounds.
    static sim::Result<Chain> create(const Genesis& genesis);

    /// Blocks come in order: height + 1 each time. `time` is the block's time stamp.
    void begin_block(sim::Height height, Timestamp time);
    /// Runs one transaction. `signature` is what the ante chain's signature event shows (base64);
    /// agents' transactions go unsigned and pass an empty text.
    void deliver(const Tx& tx, TxResult& result, std::string_view signature = {});
    void end_block();
    /// The same as `blocks` empty blocks, at next to no cost; `time` is the last one's.
    void skip_empty_blocks(sim::BlockCount blocks, Timestamp time);

    [[nodiscard]] ChainView view() const { return ChainView{state_}; }

    [[nodiscard]] const ChainState& state() const { return state_; }

    [[nodiscard]] Names& names() { return state_.names; }

    [[nodiscard]] const Names& names() const { return state_.names; }

    /// Governance by the scenario: new parameters from the next transaction on.
    sim::Status set_params(const ChainParams& params);
    /// Adds an account's first coins out of nothing, raising the supply (faucet of a scenario: a
    /// tenant or provider that joins later).
    sim::Status mint_to(Address account, Denom denom, std::int64_t amount);

    /// Every invariant: coins conserved, escrow module balance covers its accounts, each active
    /// lease has one order, bid and payment, no amount below zero. The error says which, where and
    /// by how much.
    [[nodiscard]] sim::Status check_invariants() const;
    [[nodiscard]] std::vector<SupplyCheck> supply() const;

    static void fields(auto& self, auto&& visit) { visit("state", self.state_); }

    /// After loading: rebuilds search indexes.
    void rebuild_index() { state_.rebuild_index(); }

  private:
    ChainState state_;
};

/// What agents hear of a transaction's events, in order.
void append_news(const TxResult& result, sim::Height height, std::vector<News>& news);

}  // namespace nodes
