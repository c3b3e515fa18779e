// Carries out a scenario's transaction script: makes each transaction from its JSON, compares the
// result with what was expected, and looks at the state after the block.
#pragma once

#include "nodes/chain/app.h"
#include "scenarios/engine/expectations.h"
#include "scenarios/engine/script.h"
#include "sim/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace scenarios {

class ScriptBook {
  public:
    ScriptBook() = default;
    /// `accounts` by name. Every message and id of the script is read once, so that a mistake in
    /// one is told before the run starts.
    static sim::Result<ScriptBook> create(const std::vector<ScriptBlock>& script,
                                          std::map<std::string, nodes::Address> accounts,
                                          nodes::Names& names);

    /// The block of the script at this height, if there is one; heights come in order.
    const ScriptBlock* take(const std::vector<ScriptBlock>& script, sim::Height height);

    [[nodiscard]] sim::Result<nodes::Tx> transaction(const ScriptTx& tx, nodes::Names& names) const;
    void check_result(const ScriptTx& tx, const nodes::TxResult& result);
    void check_state(const StateCheck& check, nodes::Chain& chain);

    [[nodiscard]] const std::vector<CheckResult>& results() const { return results_; }

    /// How many blocks of the script have been carried out.
    [[nodiscard]] std::size_t blocks_done() const { return next_; }

    static void fields(auto& self, auto&& visit) {
        visit("accounts", self.accounts_);
        visit("next", self.next_);
        visit("results", self.results_);
    }

  private:
    struct Ids {
        nodes::BidId id;
        std::size_t parts = 0;
        std::string denom;
    };

    [[nodiscard]] sim::Result<nodes::Address> address(const std::string& name,
                                                      nodes::Names& names) const;
    [[nodiscard]] sim::Result<Ids> read_id(const StateCheck& check, nodes::Names& names) const;

    std::map<std::string, nodes::Address> accounts_;
    std::uint64_t next_ = 0;
    std::vector<CheckResult> results_;
};

}  // namespace scenarios
