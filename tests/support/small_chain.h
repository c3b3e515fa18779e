// A chain with one funded tenant and a few registered providers, for tests that tell a story in
// messages: every block has at most the transactions one asks for, one message each, without fees.
#pragma once

#include "nodes/chain/app.h"

#include <string>
#include <vector>

namespace test_support {

struct SmallChainOptions {
    int providers = 3;
    std::int64_t balance = 100'000'000;  ///< uakt of everybody
    std::uint32_t take_percent = 2;
    nodes::RuleSet rules = {};
    sim::BlockCount prune_closed_after = {};
};

class SmallChain {
  public:
    explicit SmallChain(const SmallChainOptions& options = {});

    nodes::Chain chain;
    nodes::Denom uakt;
    nodes::Address tenant;
    std::vector<nodes::Address> providers;

    /// Empty blocks up to this height, then the begin of this one.
    void go_to(std::int64_t height);
    /// One message in the current block; the result is kept in `last`.
    const nodes::TxResult& send(nodes::Msg::Body body);
    nodes::TxResult last;

    /// "market/21" or "ok".
    [[nodiscard]] std::string answer() const;

    [[nodiscard]] nodes::DeploymentId deployment(std::uint64_t dseq) const {
        return {tenant, dseq};
    }

    [[nodiscard]] nodes::OrderId order(std::uint64_t dseq, std::uint32_t gseq = 1) const {
        return {tenant, dseq, gseq, 1};
    }

    [[nodiscard]] nodes::BidId bid(std::uint64_t dseq, int provider, std::uint32_t gseq = 1) const {
        return nodes::bid_id(order(dseq, gseq), providers[static_cast<std::size_t>(provider)]);
    }

    /// So many groups that ask for a plain CPU unit at a high price.
    [[nodiscard]] std::vector<nodes::GroupSpecRef> plain_groups(int count) const;
    /// A deployment of such groups.
    const nodes::TxResult& create_deployment(std::uint64_t dseq,
                                             std::int64_t deposit,
                                             int groups = 1);
    const nodes::TxResult& create_bid(const nodes::BidId& bid, std::int64_t price);
    /// Deployment, one bid and its lease in three blocks from `height` on.
    void lease(std::int64_t height, std::uint64_t dseq, std::int64_t deposit, std::int64_t price);

    [[nodiscard]] std::int64_t balance(nodes::Address account) const {
        return chain.view().balance(account, uakt);
    }
};

}  // namespace test_support
