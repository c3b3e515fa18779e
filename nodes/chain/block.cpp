#include "nodes/chain/block.h"

#include "nodes/chain/context.h"
#include "nodes/chain/ledger.h"
#include "nodes/chain/sizes.h"
#include "sim/assert.h"

#include <algorithm>

namespace nodes::block {
namespace {

constexpr std::int64_t kHistoricalEntries = 10'000;

std::size_t pool_size(const ChainState& state) {
    std::size_t size = 0;
    for (const PoolCoin& coin : state.community_pool) {
        size += sizes::msg(sizes::coin(state.names.denoms.text(coin.denom).size(),
                                       sizes::digits(coin.amount.scaled)));
    }
    return size;
}

/// What the fee collector holds, by denomination.
std::vector<Coin> collected_fees(const ChainState& state) {
    std::vector<Coin> fees;
    const std::uint32_t index = state.modules.fee_collector.index;
    if (index >= state.wallets.size()) return fees;
    for (const Balance& balance : state.wallets[index])
        fees.push_back({balance.denom, balance.amount});
    std::sort(fees.begin(), fees.end(), [&](const Coin& a, const Coin& b) {
        return state.names.denoms.less(a.denom, b.denom);
    });
    return fees;
}

void walk_fees(Context& ctx, const std::vector<Coin>& fees) {
    const ChainState& state = ctx.state;
    const auto step = [&](const Coin& coin) {
        const std::size_t denom = state.names.denoms.text(coin.denom).size();
        ctx.gas.step(sizes::balance_key(state.account_length(state.modules.fee_collector), denom),
                     sizes::coin(denom, sizes::digits(coin.amount)));
    };
    if (fees.empty()) {
        ctx.gas.step_empty();
    } else {
        step(fees.front());
    }
    for (const Coin& coin : fees)
        step(coin);
}

/// x/staking keeps the last 10,000 headers; only their lengths matter.
void write_history(Context& ctx, std::int64_t height) {
    const auto digits = [](std::int64_t v) {
        return sizes::unsigned_digits(static_cast<std::uint64_t>(v));
    };
    const std::size_t header = 19 + ctx.state.chain_id.size();
    const auto stored = [&](std::int64_t h) {
        return header + sizes::varint(static_cast<std::uint64_t>(h));
    };
    if (height >= kHistoricalEntries) {
        const std::int64_t oldest = height - kHistoricalEntries;
        ctx.gas.read(1 + digits(oldest), oldest == 0 ? 0 : stored(oldest));
        if (oldest > 0) {
            ctx.gas.remove();
            ctx.gas.read(1 + digits(oldest - 1), 0);
        }
    }
    ctx.gas.step_empty();
    ctx.gas.write(1 + digits(height), stored(height));
}

}  // namespace

void begin(ChainState& state) {
    state.block_gas = 0;
    if (state.height.value < 2) return;
    const std::vector<Coin> fees = collected_fees(state);
    GasMeter gas(std::numeric_limits<std::uint64_t>::max());
    TxResult ignored;  // begin-block events are not part of any transaction
    Context ctx{state, gas, ignored};
    const std::uint64_t accounts = state.genesis_accounts;
    gas.charge(28'235 + (accounts >= 128 ? 6U : 0U) + (accounts + 5 >= 128 ? 3U : 0U), "begin");
    walk_fees(ctx, fees);
    ledger::read_account(ctx, state.modules.distribution);
    const sim::Status sent =
        ledger::send(ctx, state.modules.fee_collector, state.modules.distribution, fees);
    SIM_ASSERT(sent.has_value(), "the fee collector can pay what it holds");
    gas.read(1, pool_size(state));
    for (const Coin& coin : fees)
        state.add_to_pool(coin.denom, sim::Dec18::from_int(static_cast<std::int64_t>(coin.amount)));
    gas.write(1, pool_size(state));
    gas.charge(2030 + 1090 + 1072, "begin");
    write_history(ctx, state.height.value);
    gas.charge(1003 + 1096, "begin");
    state.block_gas = gas.used();
    state.commit();
}

}  // namespace nodes::block
