#include "nodes/modules/take.h"

#include "nodes/chain/ledger.h"
#include "nodes/chain/sizes.h"
#include "nodes/modules/escrow/rules.h"

namespace nodes::take {
namespace {

constexpr std::size_t kDefaultRateKey = 20;
constexpr std::size_t kDenomRatesKey = 19;
constexpr std::size_t kFeePoolKey = 1;

}  // namespace

std::int64_t fee_to_pool(Context& ctx, Denom denom, std::int64_t gross) {
    const ChainState& state = ctx.state;
    ctx.gas.read(kDefaultRateKey, state.derived.default_take_rate_size);
    ctx.gas.read(kDenomRatesKey, state.derived.take_rates_size);
    std::uint32_t percent = state.params.default_take_rate;
    for (const auto& rate : state.derived.take_rates) {
        if (rate.denom == denom) percent = rate.percent;
    }
    return escrow::take_fee(gross, percent);
}

sim::Status pay_fee(Context& ctx, Denom denom, std::int64_t fee) {
    ChainState& state = ctx.state;
    SIM_CHECK(ledger::send_between_modules(
        ctx, state.modules.escrow, state.modules.distribution, {denom, fee}));
    ctx.gas.read(kFeePoolKey, fee_pool_size(state));
    state.add_to_pool(denom, sim::Dec18::from_int(fee));
    ctx.gas.write(kFeePoolKey, fee_pool_size(state));
    return sim::ok();
}

std::size_t fee_pool_size(const ChainState& state) {
    std::size_t size = 0;
    for (const PoolCoin& coin : state.community_pool) {
        size += sizes::msg(sizes::coin(state.names.denoms.text(coin.denom).size(),
                                       sizes::digits(coin.amount.scaled)));
    }
    return size;
}

}  // namespace nodes::take
