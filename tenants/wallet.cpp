#include "tenants/wallet.h"

#include "sim/assert.h"

#include <algorithm>
#include <limits>

namespace tenants {

namespace {

constexpr std::int64_t kMaxAmount = std::numeric_limits<std::int64_t>::max();
/// The escrow should outlast the lease by a few blocks, since closing takes some.
constexpr std::int64_t kSpareBlocks = 10;
/// Looking at the escrow more often than this would only cost time.
constexpr sim::SimDuration kLookInterval = sim::SimDuration::seconds(60);

}  // namespace

sim::BlockCount blocks_in(sim::SimDuration duration, sim::SimDuration block_interval) {
    SIM_ASSERT(block_interval.ns > 0, "a block interval above 0, got {}", block_interval.ns);
    if (duration.ns <= 0) return sim::BlockCount{0};
    return sim::BlockCount{(duration.ns - 1) / block_interval.ns + 1};
}

std::int64_t cost(sim::Dec18 price_per_block, sim::BlockCount blocks) {
    const auto product = sim::checked_mul(price_per_block, blocks.value);
    if (!product) return kMaxAmount;
    const sim::Int128 units = (product->scaled + sim::kDecOne - 1) / sim::kDecOne;
    return static_cast<std::int64_t>(std::min<sim::Int128>(units, kMaxAmount));
}

std::int64_t first_deposit(const MoneyConfig& config,
                           std::int64_t minimum,
                           sim::Dec18 max_price,
                           sim::SimDuration duration) {
    if (config.deposit_rule == DepositRule::kMinimum) return minimum;
    const std::int64_t whole = cost(max_price, blocks_in(duration, config.block_interval));
    return std::max(minimum, std::min(whole, config.deposit_cap));
}

std::optional<sim::BlockCount> blocks_left(const nodes::EscrowView& escrow, sim::Height now) {
    if (escrow.rate.scaled <= 0) return std::nullopt;
    const sim::Int128 total = escrow.balance.scaled + escrow.funds.scaled;
    const sim::Int128 paid = std::max<sim::Int128>(total, 0) / escrow.rate.scaled;
    const sim::Int128 left = paid - (now - escrow.settled_at).value;
    return sim::BlockCount{
        static_cast<std::int64_t>(std::clamp<sim::Int128>(left, 0, kMaxAmount / 2))};
}

TopUp plan_top_up(const MoneyConfig& config, const TopUpQuestion& question) {
    const auto left = blocks_left(question.escrow, question.height);
    if (!left || config.top_up_rule == TopUpRule::kNever) return {};
    const sim::BlockCount to_the_end =
        blocks_in(question.remaining, config.block_interval) + sim::BlockCount{kSpareBlocks};
    if (*left >= to_the_end) return {};

    const sim::BlockCount horizon = blocks_in(config.top_up_horizon, config.block_interval);
    const sim::BlockCount threshold{horizon.value * config.top_up_below_percent / 100};
    sim::BlockCount kept = *left;
    std::int64_t amount = 0;
    if (*left <= threshold) {
        const sim::BlockCount wanted = std::max(std::min(horizon, to_the_end), *left);
        const std::int64_t purse = std::max<std::int64_t>(0, question.purse - config.reserve);
        const std::int64_t asked = cost(question.escrow.rate, wanted - *left);
        amount = std::min(asked, purse);
        if (amount == asked) kept = wanted;
    }
    const std::int64_t quiet_blocks = std::max<std::int64_t>(0, (kept - threshold).value);
    return {amount, std::max(kLookInterval, config.block_interval * quiet_blocks)};
}

}  // namespace tenants
