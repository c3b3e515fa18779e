#include "nodes/chain/ante.h"

#include "nodes/chain/ledger.h"
#include "nodes/chain/sizes.h"
#include "nodes/protocol/encoding.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/validate_basic.h"

#include <algorithm>
#include <limits>

namespace nodes::ante {
namespace {

constexpr std::uint64_t kGasPerTxByte = 10;
constexpr std::uint64_t kSignatureGas = 1000;

/// AUTH: the five parameters of x/auth at their default values, read one by one.
void read_auth_params(Context& ctx) {
    ctx.gas.read(22, 5);  // MaxMemoCharacters "256"
    ctx.gas.read(15, 3);  // TxSigLimit "7"
    ctx.gas.read(22, 4);  // TxSizeCostPerByte "10"
    ctx.gas.read(25, 5);  // SigVerifyCostED25519 "590"
    ctx.gas.read(27, 6);  // SigVerifyCostSecp256k1 "1000"
}

/// Distinct required signers in order of first appearance; there must be one signature for each,
/// and a Tx here always carries one.
sim::Result<Address> only_signer(const Tx& tx, const AddressBook& book) {
    const Address first = book.account(required_signer(tx.messages.front()));
    std::vector<Address> signers{first};
    for (const Msg& msg : tx.messages) {
        const Address signer = book.account(required_signer(msg));
        bool seen = false;
        for (const Address other : signers)
            seen = seen || other == signer;
        if (!seen) signers.push_back(signer);
    }
    if (signers.size() != 1) {
        return refusal(
            errors::kSdkUnauthorized,
            "wrong number of signers; expected " + std::to_string(signers.size()) + ", got 1");
    }
    return first;
}

sim::Status check_memo(Context& ctx, const Tx& tx) {
    if (tx.timeout_height != 0 &&
        static_cast<std::uint64_t>(ctx.height().value) > tx.timeout_height) {
        return refusal(errors::kSdkTxTimeoutHeight,
                       "block height: " + std::to_string(ctx.height().value) +
                           ", timeout height: " + std::to_string(tx.timeout_height));
    }
    read_auth_params(ctx);
    if (tx.memo.size() > ctx.state.params.max_memo_characters) {
        return refusal(errors::kSdkMemoTooLarge,
                       "maximum number of characters is " +
                           std::to_string(ctx.state.params.max_memo_characters) + " but received " +
                           std::to_string(tx.memo.size()) + " characters");
    }
    return sim::ok();
}

/// Fees of zero, in whatever denominations, are not looked at.
bool no_fee(const std::vector<Coin>& fee) {
    return std::all_of(fee.begin(), fee.end(), [](const Coin& coin) { return coin.amount == 0; });
}

/// Fee of the first signer to the fee collector, and its event.
sim::Status deduct_fee(Context& ctx, const Tx& tx, Address signer) {
    ledger::read_account(ctx, signer);
    if (ctx.state.accounts.get(signer.index).exists == 0) {
        return refusal(
            errors::kSdkUnknownAddress,
            "fee payer address: " + ctx.names().addresses.text(signer) + " does not exist");
    }
    if (!no_fee(tx.fee)) {
        if (!valid_coins(tx.fee, ctx.names())) {
            return refusal(errors::kSdkInsufficientFee,
                           "invalid fee amount: " + ledger::coins_text(tx.fee, ctx.names()));
        }
        sim::Status paid =
            ledger::send_to_module(ctx, signer, ctx.state.modules.fee_collector, tx.fee);
        if (!paid) {
            sim::Error error = std::move(paid).error();
            return refusal(errors::kSdkInsufficientFunds, error.text);
        }
    }
    ctx.emit_text(EventKind::kTxFee, ledger::coins_text(tx.fee, ctx.names())).id.owner = signer;
    return sim::ok();
}

/// Public key: taken from the transaction the first time; it must be the signer's.
sim::Status set_public_key(Context& ctx, const Tx& tx, Address signer) {
    const AddressBook& book = ctx.names().addresses;
    if (book.account(tx.signer) != signer) {
        return refusal(
            errors::kSdkInvalidPubkey,
            "pubKey does not match signer address " + book.text(signer) + " with signer index: 0");
    }
    ledger::read_account(ctx, signer);
    if (ctx.state.accounts.get(signer.index).has_public_key == 0) {
        ctx.state.accounts.edit(signer.index).has_public_key = 1;
        ctx.gas.write(sizes::account_key(ctx.state.account_length(signer)),
                      ledger::account_size(ctx.state, signer));
    }
    return sim::ok();
}

sim::Status check_sequence(Context& ctx, std::uint64_t declared, Address signer) {
    ledger::read_account(ctx, signer);
    const std::uint64_t expected = ctx.state.accounts.get(signer.index).sequence;
    if (declared != expected) {
        return refusal(errors::kSdkWrongSequence,
                       "account sequence mismatch, expected " + std::to_string(expected) +
                           ", got " + std::to_string(declared));
    }
    return sim::ok();
}

void increment_sequence(Context& ctx, Address signer) {
    ledger::read_account(ctx, signer);
    ++ctx.state.accounts.edit(signer.index).sequence;
    ctx.gas.write(sizes::account_key(ctx.state.account_length(signer)),
                  ledger::account_size(ctx.state, signer));
}

}  // namespace

sim::Status run(Context& ctx, const Tx& tx, std::string_view signature) {
    if (tx.gas_limit > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return refusal(errors::kSdkInvalidRequest,
                       "invalid gas supplied; " + std::to_string(tx.gas_limit) + " > " +
                           std::to_string(std::numeric_limits<std::int64_t>::max()));
    }
    if (std::any_of(tx.fee.begin(), tx.fee.end(), [](const Coin& c) { return c.amount < 0; })) {
        return refusal(errors::kSdkInsufficientFee,
                       "invalid fee provided: " + ledger::coins_text(tx.fee, ctx.names()));
    }
    SIM_TRY(signer, only_signer(tx, ctx.names().addresses));
    // A client declares the sequence of the account whose key it signs with.
    const Address key_owner = ctx.names().addresses.account(tx.signer);
    const std::uint64_t declared =
        tx.sequence.value_or(ctx.state.accounts.get(key_owner.index).sequence);
    SIM_CHECK(check_memo(ctx, tx));
    read_auth_params(ctx);
    ctx.gas.charge(kGasPerTxByte * tx_size(tx, ctx.names(), declared), "txSize");
    SIM_CHECK(deduct_fee(ctx, tx, signer));
    SIM_CHECK(set_public_key(ctx, tx, signer));
    ChainEvent& sequence = ctx.emit(EventKind::kTxSequence);
    sequence.id.owner = signer;
    sequence.sequence = declared;
    ctx.emit_text(EventKind::kTxSignature, std::string(signature));
    read_auth_params(ctx);  // signature count
    read_auth_params(ctx);
    ledger::read_account(ctx, signer);
    ctx.gas.charge(kSignatureGas, "ante verify: secp256k1");
    SIM_CHECK(check_sequence(ctx, declared, signer));
    increment_sequence(ctx, signer);
    return sim::ok();
}

}  // namespace nodes::ante
