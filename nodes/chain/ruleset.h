// Rules that changed between releases of the real chain, or that a developer may want to see
// repaired, as switches. `faithful` is node v0.30.0 as it ran in March 2024, quirks included;
// `clean` repairs what reference akash-chain sections 6 and 8 call quirks. A rule reads its switch
// where it stands.
#pragma once

#include "sim/result.h"

#include <cstdint>
#include <string_view>

namespace nodes {

struct RuleSet {
    /// 6a: closing a payment that earned less than one unit is written (real: it stays open and
    /// earns on).
    bool persist_zero_earning_close = false;
    /// 6b: closing an account in the block of its last settle closes its payments (real: it does
    /// not).
    bool close_payments_in_settle_block = false;
    /// 6c: closing an account with less than one unit left is written (real: the stored account
    /// stays open).
    bool persist_empty_account_close = false;
    /// 6d: the last share of an overdraft is cut to what is left (real: rounding above it panics).
    bool cap_overdraft_shares = false;
    /// 8: an order takes exactly OrderMaxBids bids (real: one more).
    bool exact_bid_limit = false;
    /// 9: leases end as insufficient_funds on an overdraft (real before v1.2: closed).
    bool lease_shows_insufficient_funds = false;
    /// Deliberately broken, for the test that proves the invariants: escrow pays every payout
    /// twice.
    bool broken_escrow_pays_twice = false;

    static void fields(auto& self, auto&& visit) {
        visit("persist_zero_earning_close", self.persist_zero_earning_close);
        visit("close_payments_in_settle_block", self.close_payments_in_settle_block);
        visit("persist_empty_account_close", self.persist_empty_account_close);
        visit("cap_overdraft_shares", self.cap_overdraft_shares);
        visit("exact_bid_limit", self.exact_bid_limit);
        visit("lease_shows_insufficient_funds", self.lease_shows_insufficient_funds);
        visit("broken_escrow_pays_twice", self.broken_escrow_pays_twice);
    }

    static RuleSet faithful() { return {}; }

    static RuleSet clean();
};

/// "faithful" or "clean".
sim::Result<RuleSet> rule_set_named(std::string_view name);

}  // namespace nodes
