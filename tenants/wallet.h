// Money decisions of a tenant as pure functions: how much to put into escrow at the start, when it
// runs dry, and how much to add when. Amounts are whole micro-units; everything owed is rounded up.
#pragma once

#include "nodes/chain/view.h"
#include "sim/units.h"

#include <cstdint>
#include <optional>

namespace tenants {

enum class DepositRule : std::uint8_t {
    kMinimum,   ///< the smallest the chain takes
    kDuration,  ///< the whole duration at the order's maximum price, up to a cap
};

enum class TopUpRule : std::uint8_t {
    kNever,    ///< lets the escrow run dry
    kHorizon,  ///< keeps a horizon's worth in it
};

struct MoneyConfig {
    DepositRule deposit_rule = DepositRule::kMinimum;
    std::int64_t deposit_cap = 50'000'000;  ///< of kDuration
    TopUpRule top_up_rule = TopUpRule::kHorizon;
    sim::SimDuration top_up_horizon = sim::SimDuration::seconds(86'400);
    /// Adds money when less than this share of the horizon is left.
    std::int64_t top_up_below_percent = 25;
    /// What the tenant thinks a block takes; Akash Console counts 6 s.
    sim::SimDuration block_interval = sim::SimDuration::seconds(6);
    /// Never spent on deposits, so that fees can be paid.
    std::int64_t reserve = 1'000'000;

    static void fields(auto& self, auto&& visit) {
        visit("deposit_rule", self.deposit_rule);
        visit("deposit_cap", self.deposit_cap);
        visit("top_up_rule", self.top_up_rule);
        visit("top_up_horizon", self.top_up_horizon);
        visit("top_up_below_percent", self.top_up_below_percent);
        visit("block_interval", self.block_interval);
        visit("reserve", self.reserve);
    }
};

/// Blocks that begin within a duration, rounded up. The interval must be above 0.
sim::BlockCount blocks_in(sim::SimDuration duration, sim::SimDuration block_interval);

/// Price of this many blocks, rounded up to whole micro-units; cut at the largest int64.
std::int64_t cost(sim::Dec18 price_per_block, sim::BlockCount blocks);

/// What to lock up with a new deployment; never below `minimum`.
std::int64_t first_deposit(const MoneyConfig& config,
                           std::int64_t minimum,
                           sim::Dec18 max_price,
                           sim::SimDuration duration);

/// Blocks that the escrow still pays in full after `now`; nullopt when it pays for nothing.
/// Escrow is settled lazily: spending since settled_at is taken off (reference akash-chain section
/// 6).
std::optional<sim::BlockCount> blocks_left(const nodes::EscrowView& escrow, sim::Height now);

struct TopUp {
    std::int64_t amount = 0;                     ///< to deposit now, 0 = nothing
    std::optional<sim::SimDuration> look_after;  ///< when to look again; nullopt = never again
};

struct TopUpQuestion {
    nodes::EscrowView escrow;
    sim::Height height;
    sim::SimDuration remaining;  ///< of the time the tenant wants to run
    std::int64_t purse = 0;      ///< spendable balance in the escrow's denomination
};

TopUp plan_top_up(const MoneyConfig& config, const TopUpQuestion& question);

}  // namespace tenants
