// What watches a lease: the balance checker, which withdraws in time and finds out who has run out
// of funds, and the health monitor, which gives up after so many failed checks.
#pragma once

#include "sim/dec18.h"
#include "sim/rng.h"
#include "sim/units.h"

#include <cstdint>

namespace providers {

/// One check of a deployment's escrow. Amounts are those of the account and of all active leases of
/// the deployment.
struct FundsView {
    sim::Dec18 balance;  ///< the owner's and a third party's together
    sim::Dec18 rate;     ///< per block
    sim::Height height;
    sim::Height settled_at;
    sim::SimDuration check_every;
    /// Above zero: nobody else draws on the account and blocks come at most twice as fast as one
    /// per this time. Later checks that are bound to find it lasting are then left out: they would
    /// be half of all events of a long run.
    sim::SimDuration block_time;
    bool withdrawal_due = false;
    bool reachable = true;  ///< the node answers and is in step
};

enum class FundsState : std::uint8_t { kNextCheck, kOutOfFunds, kScheduledWithdraw };

struct FundsAnswer {
    FundsState state = FundsState::kNextCheck;
    sim::SimDuration check_after;

    /// Both other states send a withdrawal; one of an empty account makes the chain close it.
    [[nodiscard]] bool withdraw() const { return state != FundsState::kNextCheck; }
};

/// provider v0.5.4 balance_checker.go doEscrowCheck with node util.LeaseCalcBlocksRemain, which
/// reckons in doubles and 6.5 s per block. Unreachable: a due withdrawal is sent all the same and
/// the next check is in one minute.
FundsAnswer check_funds(const FundsView& view);

/// Time from a workload's failure until the monitor closes the lease: 41 failed checks in a row,
/// each 4 s plus up to 15 s after the other (provider v0.5.4 cluster/monitor.go).
sim::SimDuration patience_with_failure(sim::Rng& rng);

}  // namespace providers
