#include "nodes/chain/app.h"

#include "nodes/chain/ante.h"
#include "nodes/chain/block.h"
#include "nodes/chain/context.h"
#include "nodes/chain/retention.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/signing.h"
#include "nodes/protocol/validate_basic.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace nodes {
namespace {

constexpr std::uint64_t kBlockGasPerTx = 3000;

sim::Error bad_genesis(std::string text) {
    return {{"genesis", 1}, "genesis: " + std::move(text), sim::ErrorKind::kRefusal};
}

void fail(TxResult& result, const sim::Error& error, std::string prefix) {
    result.code = error.code.number;
    result.codespace = error.code.space;
    result.log = std::move(prefix) + error.text;
}

void fail_out_of_gas(TxResult& result, const GasMeter& gas) {
    result.code = errors::kSdkOutOfGas.number;
    result.codespace = errors::kSdkOutOfGas.space;
    result.log = "out of gas in location: " + std::string(gas.location()) +
                 "; gasWanted: " + std::to_string(gas.limit()) +
                 ", gasUsed: " + std::to_string(gas.used()) + ": out of gas";
}

/// ValidateBasic of every message in order; the first error is the answer.
sim::Status check_messages(const Tx& tx, const Names& names) {
    if (tx.messages.empty())
        return refusal(errors::kSdkInvalidRequest, "must contain at least one message");
    for (const Msg& msg : tx.messages) {
        sim::Status status = validate_basic(msg, names);
        if (!status) {
            sim::Error error = std::move(status).error();
            if (error.kind == sim::ErrorKind::kPanic) error.text = "recovered: " + error.text;
            return error;
        }
    }
    return sim::ok();
}

sim::Status run_messages(Context& ctx, const Tx& tx) {
    for (std::size_t i = 0; i < tx.messages.size(); ++i) {
        ctx.emit_text(EventKind::kMessageAction, std::string(type_url(tx.messages[i])));
        sim::Status status = handle_message(ctx, tx.messages[i]);
        if (status) continue;
        sim::Error error = std::move(status).error();
        error.text =
            (error.kind == sim::ErrorKind::kPanic
                 ? "recovered: "
                 : "failed to execute message; message index: " + std::to_string(i) + ": ") +
            error.text;
        return error;
    }
    return sim::ok();
}

/// The denomination that comes twice in a list; empty when none does.
template <class List>
std::string repeated_denom(const List& list) {
    for (auto at = list.begin(); at != list.end(); ++at) {
        const bool again = std::any_of(
            std::next(at), list.end(), [&](const auto& item) { return item.denom == at->denom; });
        if (again) return at->denom;
    }
    return {};
}

/// The bounds of the real modules' parameters (reference akash-chain section 3, "Validation").
sim::Status check_params(const ChainParams& params) {
    const auto listed = [](const auto& list, std::string_view denom) {
        return std::any_of(
            list.begin(), list.end(), [&](const auto& item) { return item.denom == denom; });
    };
    if (!listed(params.deployment_min_deposits, "uakt"))
        return bad_genesis("deployment min deposits must list uakt");
    for (const DenomAmount& coin : params.deployment_min_deposits) {
        if (coin.amount < 0 || coin.amount >= std::numeric_limits<std::int32_t>::max())
            return bad_genesis("deployment min deposit of " + coin.denom +
                               " must be 0 .. 2147483646, got " + std::to_string(coin.amount));
    }
    if (const auto twice = repeated_denom(params.deployment_min_deposits); !twice.empty())
        return bad_genesis("deployment min deposits list " + twice + " twice");
    if (const auto twice = repeated_denom(params.denom_take_rates); !twice.empty())
        return bad_genesis("denom take rates list " + twice + " twice");
    if (params.bid_min_deposit.amount < 0)
        return bad_genesis("the bid min deposit must not be negative");
    if (params.order_max_bids < 1 || params.order_max_bids > 500)
        return bad_genesis("order max bids must be 1 .. 500, got " +
                           std::to_string(params.order_max_bids));
    if (params.default_take_rate > 100) return bad_genesis("the default take rate is above 100 %");
    if (!listed(params.denom_take_rates, "uakt"))
        return bad_genesis("denom take rates must list uakt");
    for (const DenomRate& rate : params.denom_take_rates) {
        if (rate.percent > 100)
            return bad_genesis("the take rate of " + rate.denom + " is above 100 %");
    }
    return sim::ok();
}

/// Module accounts that no coins may be sent to, of which the market uses three.
void make_module_accounts(ChainState& state) {
    // x/take and x/inflation have no account (reference akash-chain section 18).
    constexpr std::array<std::string_view, 8> kModules{"escrow",
                                                       "distribution",
                                                       "fee_collector",
                                                       "mint",
                                                       "bonded_tokens_pool",
                                                       "not_bonded_tokens_pool",
                                                       "gov",
                                                       "transfer"};
    AddressBook& book = state.names.addresses;
    for (const std::string_view module : kModules) {
        state.modules.blocked.push_back(book.from_bytes(module_account_bytes(module)));
    }
    state.modules.escrow = state.modules.blocked[0];
    state.modules.distribution = state.modules.blocked[1];
    state.modules.fee_collector = state.modules.blocked[2];
    const auto add = [&](Address address, std::uint64_t number, std::string_view name) {
        AccountRow& row = state.accounts.edit(address.index);
        row.exists = 1;
        row.number = number;
        row.module_name_length = static_cast<std::uint8_t>(name.size());
    };
    // fee_collector n, distribution n + 1, then four more; escrow is made at its first payment.
    add(state.modules.fee_collector, state.genesis_accounts, "fee_collector");
    add(state.modules.distribution, state.genesis_accounts + 1, "distribution");
    state.next_account_number = state.genesis_accounts + 6;
}

sim::Status add_supply(ChainState& state, Address account, Denom denom, std::int64_t amount) {
    if (!state.names.denoms.valid(denom))
        return bad_genesis("'" + state.names.denoms.text(denom) + "' is no denomination");
    if (amount < 0) return bad_genesis("a balance below zero");
    if (state.supply.size() <= denom.index) state.supply.resize(denom.index + 1U);
    std::int64_t sum = 0;
    if (__builtin_add_overflow(state.supply[denom.index], amount, &sum)) {
        return bad_genesis("the supply of " + state.names.denoms.text(denom) +
                           " passes 9223372036854775807; use smaller balances");
    }
    state.supply[denom.index] = sum;
    state.set_balance(account, denom, state.balance(account, denom) + amount);
    return sim::ok();
}

}  // namespace

sim::Result<Chain> Chain::create(const Genesis& genesis) {
    Chain chain;
    ChainState& state = chain.state_;
    SIM_CHECK(check_params(genesis.params));
    state.chain_id = genesis.chain_id;
    state.params = genesis.params;
    state.rules = genesis.rules;
    state.prune_closed_after = genesis.prune_closed_after;
    state.derive();
    for (const std::string& denom : genesis.sendable_disabled)
        state.send_disabled.push_back(state.names.denoms.intern(denom));
    for (const GenesisAccount& account : genesis.accounts) {
        const Address address = state.names.addresses.intern(account.address);
        if (!state.names.addresses.valid(address)) {
            return bad_genesis("'" + account.address +
                               "' is no address: " + state.names.addresses[address].problem);
        }
        const Address canonical = state.names.addresses.account(address);
        AccountRow& row = state.accounts.edit(canonical.index);
        if (row.exists != 0) return bad_genesis("account " + account.address + " comes twice");
        row.exists = 1;
        row.number = state.genesis_accounts++;
        for (const DenomAmount& coin : account.balances)
            SIM_CHECK(
                add_supply(state, canonical, state.names.denoms.intern(coin.denom), coin.amount));
    }
    make_module_accounts(state);
    state.commit();
    return chain;
}

void Chain::begin_block(sim::Height height, Timestamp time) {
    SIM_ASSERT(height.value == state_.height.value + 1,
               "height {}, got {}",
               state_.height.value + 1,
               height.value);
    state_.height = height;
    state_.time = time;
    block::begin(state_);
    if (state_.prune_closed_after.value > 0) retention::prune(state_);
}

void Chain::end_block() {}

void Chain::skip_empty_blocks(sim::BlockCount blocks, Timestamp time) {
    SIM_ASSERT(blocks.value >= 0, "a number of blocks, got {}", blocks.value);
    if (blocks.value == 0) return;
    // Only the first of them can find fees to sweep.
    begin_block(state_.height + sim::BlockCount{1}, time);
    state_.height = state_.height + (blocks - sim::BlockCount{1});
    state_.time = time;
}

void Chain::deliver(const Tx& tx, TxResult& result, std::string_view signature) {
    result.clear();
    state_.block_gas += kBlockGasPerTx;
    result.gas_used = state_.block_gas;
    const sim::Status basic = check_messages(tx, state_.names);
    if (!basic) {
        fail(result, basic.error(), "");
        return;
    }
    GasMeter gas(tx.gas_limit);
    Context ctx{state_, gas, result};
    result.gas_wanted = tx.gas_limit;
    const ChainState::Mark start = state_.mark();
    const sim::Status passed = ante::run(ctx, tx, signature);
    result.gas_used = gas.used();
    if (!passed || gas.out()) {
        if (gas.out()) {
            fail_out_of_gas(result, gas);
        } else {
            fail(result, passed.error(), "");
        }
        state_.rollback(start);
        state_.commit();
        result.events.clear();
        result.texts.clear();
        return;
    }
    result.fee_taken = true;
    const ChainState::Mark messages = state_.mark();
    const std::size_t ante_events = result.events.size();
    const sim::Status done = run_messages(ctx, tx);
    result.gas_used = gas.used();
    if (!done || gas.out()) {
        if (gas.out()) {
            fail_out_of_gas(result, gas);
        } else {
            fail(result, done.error(), "");
        }
        state_.rollback(messages);
        result.events.resize(ante_events);
    }
    state_.commit();
}

sim::Status Chain::set_params(const ChainParams& params) {
    SIM_CHECK(check_params(params));
    state_.params = params;
    state_.derive();
    return sim::ok();
}

sim::Status Chain::mint_to(Address account, Denom denom, std::int64_t amount) {
    if (!state_.names.addresses.valid(account)) return bad_genesis("coins for no address");
    const Address canonical = state_.names.addresses.account(account);
    AccountRow& row = state_.accounts.edit(canonical.index);
    if (row.exists == 0) {
        row.exists = 1;
        row.number = state_.next_account_number++;
    }
    sim::Status status = add_supply(state_, canonical, denom, amount);
    state_.commit();
    return status;
}

}  // namespace nodes
