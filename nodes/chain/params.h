// Parameters of the chain's modules (reference akash-chain section 3) and the genesis of one
// network. The numbers of a network stand in nodes/networks/<network>.cpp.
#pragma once

#include "nodes/chain/ruleset.h"
#include "nodes/protocol/messages.h"
#include "sim/units.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nodes {

struct DenomAmount {
    std::string denom;
    std::int64_t amount = 0;

    static void fields(auto& self, auto&& visit) {
        visit("denom", self.denom);
        visit("amount", self.amount);
    }
};

struct DenomRate {
    std::string denom;
    std::uint32_t percent = 0;

    static void fields(auto& self, auto&& visit) {
        visit("denom", self.denom);
        visit("percent", self.percent);
    }
};

struct ChainParams {
    std::vector<DenomAmount>
        deployment_min_deposits;  ///< in the order in which the chain stores them
    DenomAmount bid_min_deposit;
    std::uint32_t order_max_bids = 20;     ///< 1..500
    std::uint32_t default_take_rate = 20;  ///< per cent
    std::vector<DenomRate> denom_take_rates;
    std::uint32_t max_memo_characters = 256;

    static void fields(auto& self, auto&& visit) {
        visit("deployment_min_deposits", self.deployment_min_deposits);
        visit("bid_min_deposit", self.bid_min_deposit);
        visit("order_max_bids", self.order_max_bids);
        visit("default_take_rate", self.default_take_rate);
        visit("denom_take_rates", self.denom_take_rates);
        visit("max_memo_characters", self.max_memo_characters);
    }
};

struct GenesisAccount {
    std::string address;  ///< bech32
    std::vector<DenomAmount> balances;

    static void fields(auto& self, auto&& visit) {
        visit("address", self.address);
        visit("balances", self.balances);
    }
};

/// Account numbers are given in the order of `accounts`. The supply of a denomination must fit an
/// int64.
struct Genesis {
    std::string chain_id = "orrery-1";
    ChainParams params;
    RuleSet rules;
    std::vector<GenesisAccount> accounts;
    std::vector<std::string> sendable_disabled;  ///< denominations bank/5 refuses
    /// Closed deployments are forgotten after this many blocks, all but their ids; 0 = never, as
    /// the real chain. Long economic runs set it so that memory stays flat.
    sim::BlockCount prune_closed_after;

    static void fields(auto& self, auto&& visit) {
        visit("chain_id", self.chain_id);
        visit("params", self.params);
        visit("rules", self.rules);
        visit("accounts", self.accounts);
        visit("sendable_disabled", self.sendable_disabled);
        visit("prune_closed_after", self.prune_closed_after);
    }
};

}  // namespace nodes
