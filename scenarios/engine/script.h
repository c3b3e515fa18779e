// Transaction scripts: messages in the real chain's JSON form at given heights, with the result
// each must have and the state that must follow. A protocol developer's regression test without
// C++.
#pragma once

#include "nodes/chain/params.h"
#include "sim/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scenarios {

/// An account that scripts name; "$alice" in a message stands for its address.
struct AccountSpec {
    std::string name;
    std::string address;  ///< bech32; empty = made from the name
    std::vector<nodes::DenomAmount> balances;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("address", self.address);
        visit("balances", self.balances);
    }
};

struct ScriptTx {
    std::string from;                   ///< who signs; empty = whom the first message asks
    std::vector<std::string> messages;  ///< JSON, names still to be replaced by addresses
    std::vector<nodes::DenomAmount> fee;
    std::int64_t gas = 10'000'000;
    std::string memo;
    std::string title;   ///< for people: what is sent, or the step's `about`
    std::string expect;  ///< "ok" or "module/number"
    std::optional<std::int64_t> gas_used;
    std::string place;

    static void fields(auto& self, auto&& visit) {
        visit("from", self.from);
        visit("messages", self.messages);
        visit("fee", self.fee);
        visit("gas", self.gas);
        visit("memo", self.memo);
        visit("title", self.title);
        visit("expect", self.expect);
        visit("gas_used", self.gas_used);
        visit("place", self.place);
    }
};

/// What a state check looks at.
enum class Subject : std::uint8_t {
    kBalance,
    kDeployment,
    kGroup,
    kOrder,
    kBid,
    kLease,
    kEscrow,
    kPayment,
    kCommunityPool,
    kSupply,
};

/// One thing that must be so after a block: `id` as owner/dseq/gseq/oseq/provider with account
/// names, then the fields that the subject has, as text ("state": "active", "balance": "85").
struct StateCheck {
    Subject subject = Subject::kBalance;
    std::string id;
    std::vector<std::pair<std::string, std::string>> expected;
    std::string place;

    static void fields(auto& self, auto&& visit) {
        visit("subject", self.subject);
        visit("id", self.id);
        visit("expected", self.expected);
        visit("place", self.place);
    }
};

struct ScriptBlock {
    sim::Height height;
    std::vector<ScriptTx> transactions;
    std::vector<StateCheck> checks;  ///< after the block's transactions

    static void fields(auto& self, auto&& visit) {
        visit("height", self.height);
        visit("transactions", self.transactions);
        visit("checks", self.checks);
    }
};

}  // namespace scenarios
