// A chain of one market on the table: accounts by name, messages without fees or signatures, and
// the modules' own steps underneath. For cases that say what one message or one escrow step must
// do; whole transactions with gas, fees and events go through nodes::Chain instead.
#pragma once

#include "nodes/chain/app.h"
#include "nodes/chain/context.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace test_support {

/// Node v0.30's parameters with deposits of 5 AKT or 5 USDC, and take rates 2 and 20.
nodes::ChainParams bench_params();

/// One group as the real node's own tests make it: 10 milli-CPU, no GPU, 1 MiB, one volume of 5
/// MiB.
struct GroupOptions {
    std::string name = "westcoast";
    std::string denom = "uakt";
    std::int64_t price = 100;  ///< per block and replica
    std::uint32_t count = 1;
    nodes::Attributes attributes{};  ///< placement requirements
};

class MarketBench {
  public:
    explicit MarketBench(const nodes::ChainParams& params = bench_params(),
                         const nodes::RuleSet& rules = nodes::RuleSet::faithful());

    /// The account of this name, with 10^15 uakt and uusdc when it is new.
    nodes::Address account(const std::string& name);

    nodes::Denom denom(std::string_view text) { return state_.names.denoms.intern(text); }

    nodes::Coin coin(std::int64_t amount, std::string_view denom_text = "uakt");
    nodes::GroupSpecRef group(const GroupOptions& options = {});

    /// ValidateBasic, then the handler; a refusal leaves no trace. Events are kept in `result()`.
    sim::Status send(const nodes::Msg& message);
    /// The handler alone, as the real node's own handler tests call it.
    sim::Status handle(const nodes::Msg& message);
    /// Any step of a module in the same way.
    sim::Status step(const std::function<sim::Status(nodes::Context&)>& work);
    void advance(std::int64_t blocks);

    [[nodiscard]] const nodes::ChainState& state() const { return state_; }

    [[nodiscard]] nodes::ChainView view() const { return nodes::ChainView{state_}; }

    [[nodiscard]] const nodes::TxResult& result() const { return result_; }

    [[nodiscard]] const nodes::Names& names() const { return state_.names; }

    [[nodiscard]] std::int64_t balance(nodes::Address account, std::string_view denom = "uakt");
    /// Whole units in the community pool.
    [[nodiscard]] std::int64_t community_pool();

    // The usual messages, with the usual fields.
    nodes::DeploymentId deployment_id(std::uint64_t dseq = 1);
    nodes::OrderId order_id(std::uint64_t dseq = 1, std::uint32_t oseq = 1);
    nodes::BidId bid_id(const std::string& provider = "provider",
                        std::uint64_t dseq = 1,
                        std::uint32_t oseq = 1);
    /// Owner "owner", deposit 5 AKT of its own; the groups default to one.
    nodes::MsgCreateDeployment create_deployment(std::uint64_t dseq = 1,
                                                 std::vector<nodes::GroupSpecRef> groups = {});
    nodes::MsgCreateBid create_bid(const std::string& provider = "provider",
                                   std::int64_t price = 1,
                                   std::uint64_t dseq = 1);
    nodes::MsgCreateProvider create_provider(const std::string& name = "provider",
                                             nodes::Attributes attributes = {});
    /// Deployment 1, a registered provider, its bid at this price and the lease.
    sim::Status open_lease(std::int64_t price = 1);

  private:
    nodes::ChainState state_;
    nodes::TxResult result_;
    std::map<std::string, nodes::Address> accounts_;
};

/// "market/6" or "ok".
std::string code_of(const sim::Status& status);

}  // namespace test_support
