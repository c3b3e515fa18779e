#include "nodes/chain/ruleset.h"

#include <string>

namespace nodes {

RuleSet RuleSet::clean() {
    RuleSet rules;
    rules.persist_zero_earning_close = true;
    rules.close_payments_in_settle_block = true;
    rules.persist_empty_account_close = true;
    rules.cap_overdraft_shares = true;
    rules.exact_bid_limit = true;
    rules.lease_shows_insufficient_funds = true;
    return rules;
}

sim::Result<RuleSet> rule_set_named(std::string_view name) {
    if (name == "faithful") return RuleSet::faithful();
    if (name == "clean") return RuleSet::clean();
    return sim::Error{{"rules", 1},
                      "unknown rule set '" + std::string(name) + "'; there are: faithful, clean",
                      sim::ErrorKind::kRefusal};
}

}  // namespace nodes
