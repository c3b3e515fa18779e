#include "nodes/chain/ledger.h"

#include "nodes/chain/sizes.h"
#include "nodes/protocol/errors.h"

namespace nodes::ledger {
namespace {

constexpr std::size_t kModuleAccountUrl =
    std::string_view("/cosmos.auth.v1beta1.ModuleAccount").size();
constexpr std::size_t kBaseAccountUrl = std::string_view("/cosmos.auth.v1beta1.BaseAccount").size();
constexpr std::size_t kPublicKeyField = 72;
constexpr std::size_t kNextNumberKey = 19;

std::size_t balance_size(const ChainState& state, Denom denom, std::int64_t amount) {
    if (amount == 0) return 0;
    return sizes::coin(state.names.denoms.text(denom).size(),
                       sizes::digits(static_cast<sim::Int128>(amount)));
}

std::size_t balance_key(const ChainState& state, Address account, Denom denom) {
    return sizes::balance_key(state.account_length(account), state.names.denoms.text(denom).size());
}

/// NEW(account): takes the next number and writes the account without key and sequence.
void make_account(Context& ctx, Address account, std::uint8_t module_name_length) {
    ChainState& state = ctx.state;
    const std::uint64_t number = state.next_account_number;
    ctx.gas.read(kNextNumberKey, sizes::num(number));
    state.next_account_number = number + 1;
    ctx.gas.write(kNextNumberKey, sizes::num(number + 1));
    AccountRow& row = state.accounts.edit(account.index);
    row = {};
    row.exists = 1;
    row.number = number;
    row.module_name_length = module_name_length;
    ctx.gas.write(sizes::account_key(state.account_length(account)), account_size(state, account));
}

sim::Status take_out(Context& ctx, Address from, const Coin& coin) {
    ChainState& state = ctx.state;
    const std::int64_t have = state.balance(from, coin.denom);
    const std::size_t key = balance_key(state, from, coin.denom);
    ctx.gas.read(key, balance_size(state, coin.denom, have));
    if (coin.amount > have) {
        const std::string text = coin_text(Amount{coin.denom, have}, ctx.names()) +
                                 " is smaller than " + coin_text(coin, ctx.names());
        return refusal(errors::kSdkInsufficientFunds, text);
    }
    const std::int64_t left = have - static_cast<std::int64_t>(coin.amount);
    state.set_balance(from, coin.denom, left);
    if (left == 0) {
        ctx.gas.remove();
    } else {
        ctx.gas.write(key, balance_size(state, coin.denom, left));
    }
    return sim::ok();
}

void put_in(Context& ctx, Address to, const Coin& coin) {
    ChainState& state = ctx.state;
    const std::int64_t have = state.balance(to, coin.denom);
    const std::size_t key = balance_key(state, to, coin.denom);
    ctx.gas.read(key, balance_size(state, coin.denom, have));
    // The supply of a denomination fits an int64 (checked at genesis and mint_to), so sums do.
    const std::int64_t now = have + static_cast<std::int64_t>(coin.amount);
    state.set_balance(to, coin.denom, now);
    ctx.gas.write(key, balance_size(state, coin.denom, now));
}

}  // namespace

std::size_t account_size(const ChainState& state, Address account) {
    const AccountRow row = state.accounts.get(account.index);
    if (row.exists == 0) return 0;
    const std::size_t base = sizes::txt(state.names.addresses.text(account).size()) +
                             (row.has_public_key != 0 ? kPublicKeyField : 0) +
                             sizes::num(row.number) + sizes::num(row.sequence);
    if (row.module_name_length == 0) return sizes::txt(kBaseAccountUrl) + sizes::txt(base);
    return sizes::txt(kModuleAccountUrl) +
           sizes::txt(sizes::msg(base) + sizes::txt(row.module_name_length));
}

void read_account(Context& ctx, Address account) {
    ctx.gas.read(sizes::account_key(ctx.state.account_length(account)),
                 account_size(ctx.state, account));
}

sim::Status send(Context& ctx, Address from, Address to, std::span<const Coin> coins) {
    read_account(ctx, from);
    for (const Coin& coin : coins)
        SIM_CHECK(take_out(ctx, from, coin));
    for (const Coin& coin : coins)
        put_in(ctx, to, coin);
    ctx.gas.has();
    if (ctx.state.accounts.get(to.index).exists == 0) make_account(ctx, to, 0);

    ChainEvent& event = ctx.emit(EventKind::kTransfer);
    event.id.owner = from;
    event.id.provider = to;
    if (coins.size() == 1) {
        event.denom = coins[0].denom;
        event.amount = static_cast<std::int64_t>(coins[0].amount);
    } else {
        event.text = static_cast<std::uint32_t>(ctx.result.texts.size());
        ctx.result.texts.push_back(coins_text(coins, ctx.names()));
    }
    return sim::ok();
}

sim::Status send(Context& ctx, Address from, Address to, Amount amount) {
    const Coin coin{amount.denom, amount.units};
    return send(ctx, from, to, std::span<const Coin>(&coin, 1));
}

sim::Status send_to_module(Context& ctx,
                           Address from,
                           Address module,
                           std::span<const Coin> coins) {
    read_account(ctx, module);
    if (ctx.state.accounts.get(module.index).exists == 0) {
        SIM_ASSERT(module == ctx.state.modules.escrow, "only escrow is made on first use");
        make_account(ctx, module, static_cast<std::uint8_t>(std::string_view("escrow").size()));
    }
    return send(ctx, from, module, coins);
}

sim::Status send_between_modules(Context& ctx, Address from, Address to, Amount amount) {
    read_account(ctx, to);
    return send(ctx, from, to, amount);
}

std::string coin_text(const Coin& coin, const Names& names) {
    return sim::to_text(coin.amount) + names.denoms.text(coin.denom);
}

std::string coin_text(Amount amount, const Names& names) {
    return sim::to_text(static_cast<sim::Int128>(amount.units)) + names.denoms.text(amount.denom);
}

std::string coins_text(std::span<const Coin> coins, const Names& names) {
    std::string text;
    for (const Coin& coin : coins) {
        if (!text.empty()) text += ',';
        text += coin_text(coin, names);
    }
    return text;
}

}  // namespace nodes::ledger
