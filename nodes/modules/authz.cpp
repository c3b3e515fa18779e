#include "nodes/modules/authz.h"

#include "nodes/chain/ledger.h"
#include "nodes/chain/sizes.h"
#include "nodes/modules/message_text.h"
#include "nodes/modules/message_types.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/validate_basic.h"

namespace nodes::authz {
namespace {

std::size_t key_length(const ChainState& state, const GrantKey& key) {
    return sizes::grant_key(
        state.account_length(key.granter), state.account_length(key.grantee), key.type_url.size());
}

std::size_t grant_size(const Names& names, const GrantRecord& grant) {
    std::size_t url = 0;
    std::size_t value = 0;
    if (const auto* generic = std::get_if<GenericAuthorization>(&grant.authorization)) {
        url = GenericAuthorization::kTypeUrl.size();
        value = sizes::txt(generic->msg_type_url.size());
    } else {
        const Coin& limit = std::get<DepositAuthorization>(grant.authorization).spend_limit;
        url = DepositAuthorization::kTypeUrl.size();
        value = sizes::msg(
            sizes::coin(names.denoms.text(limit.denom).size(), sizes::digits(limit.amount)));
    }
    const std::size_t time = sizes::num(static_cast<std::uint64_t>(grant.expiration.seconds)) +
                             sizes::num(static_cast<std::uint64_t>(grant.expiration.nanos));
    return sizes::msg(sizes::txt(url) + sizes::txt(value)) + sizes::msg(time);
}

void read_grant(Context& ctx, const GrantKey& key, const GrantRecord* grant) {
    ctx.gas.read(key_length(ctx.state, key),
                 grant == nullptr ? 0 : grant_size(ctx.names(), *grant));
}

void emit(Context& ctx, EventKind kind, const GrantKey& key) {
    ChainEvent& event = ctx.emit_text(kind, key.type_url);
    event.id.owner = key.granter;
    event.id.provider = key.grantee;
}

/// Reads the grant; missing or expired is sdk/4. A grant is good up to and including its
/// expiration.
sim::Result<const GrantRecord*> live_grant(Context& ctx, const GrantKey& key) {
    const GrantRecord* grant = ctx.state.grants.find(key);
    read_grant(ctx, key, grant);
    if (grant != nullptr && grant->expiration < ctx.state.time) {
        read_grant(ctx, key, grant);
        ctx.gas.remove();
        grant = nullptr;
    }
    if (grant == nullptr) return refusal(errors::kSdkUnauthorized, "authorization not found");
    return grant;
}

void delete_grant(Context& ctx, const GrantKey& key) {
    read_grant(ctx, key, ctx.state.grants.find(key));
    ctx.gas.remove();
    ctx.state.grants.erase(key);
    emit(ctx, EventKind::kRevoke, key);
}

std::string grant_type_url(const Authorization& authorization) {
    if (const auto* generic = std::get_if<GenericAuthorization>(&authorization))
        return generic->msg_type_url;
    return std::string(MsgDepositDeployment::kTypeUrl);
}

/// A message inside MsgExec by another account's leave.
sim::Status use_grant(Context& ctx, Address granter, Address grantee, const Msg& msg) {
    if (const auto* deposit = std::get_if<MsgDepositDeployment>(&msg.body))
        return use_deposit_grant(ctx, granter, grantee, deposit->amount, Events::kRevokeOnly);
    SIM_CHECK(live_grant(ctx, {granter, grantee, std::string(type_url(msg))}));
    return sim::ok();
}

/// The router's own ValidateBasic; its error is dropped for a message whose single Coin field
/// `amount` is zero (reference 19.1, step 4).
sim::Status check_again(Context& ctx, const Msg& msg) {
    sim::Status status = validate_basic(msg, ctx.names());
    if (!status && status.error().kind == sim::ErrorKind::kRefusal) {
        const auto* deposit = std::get_if<MsgDepositDeployment>(&msg.body);
        if (deposit != nullptr && deposit->amount.amount == 0) return sim::ok();
    }
    return status;
}

/// The exec path of inner message `index`: its own position first, then those of the levels above.
std::uint32_t enter(Context& ctx, std::uint32_t index) {
    std::vector<std::uint32_t> path{index};
    if (ctx.exec != 0) {
        const auto& above = ctx.result.exec_paths[ctx.exec - 1];
        path.insert(path.end(), above.begin(), above.end());
    }
    ctx.result.exec_paths.push_back(std::move(path));
    return static_cast<std::uint32_t>(ctx.result.exec_paths.size());
}

sim::Status run_inner(Context& ctx, const Msg& msg, std::uint32_t index) {
    const std::uint32_t outer = ctx.exec;
    ctx.exec = enter(ctx, index);
    sim::Status status = check_again(ctx, msg);
    if (status) status = handle_message(ctx, msg);
    ctx.exec = outer;
    if (status || status.error().kind == sim::ErrorKind::kPanic) return status;
    sim::Error error = std::move(status).error();
    error.text =
        "failed to execute message; message " + message_text(msg, ctx.names()) + ": " + error.text;
    return error;
}

}  // namespace

sim::Status use_deposit_grant(
    Context& ctx, Address granter, Address grantee, const Coin& deposit, Events events) {
    const GrantKey key{granter, grantee, std::string(MsgDepositDeployment::kTypeUrl)};
    SIM_TRY(grant, live_grant(ctx, key));
    const auto* authorization = std::get_if<DepositAuthorization>(&grant->authorization);
    if (authorization == nullptr) return sim::ok();  // a generic grant has no limit
    const Coin& limit = authorization->spend_limit;
    if (limit.denom != deposit.denom) {
        return panic("invalid coin denominations; " + ctx.names().denoms.text(limit.denom) + ", " +
                     ctx.names().denoms.text(deposit.denom));
    }
    if (limit.amount < deposit.amount) {
        return refusal(errors::kSdkInsufficientFunds, "requested amount is more than spend limit");
    }
    if (limit.amount == deposit.amount) {
        delete_grant(ctx, key);
        return sim::ok();
    }
    // A negative deposit raises the limit; it is refused later, but not before the sum overflows.
    if (sim::bit_length(limit.amount - deposit.amount) > 256) return panic("Int overflow");
    // MsgExec updates a grant, which reads it once more; a deposit saves it anew.
    if (events == Events::kRevokeOnly) read_grant(ctx, key, grant);
    GrantRecord reduced{DepositAuthorization{{limit.denom, limit.amount - deposit.amount}},
                        grant->expiration};
    ctx.gas.write(key_length(ctx.state, key), grant_size(ctx.names(), reduced));
    ctx.state.grants.put(key, std::move(reduced));
    if (events == Events::kAll) emit(ctx, EventKind::kGrant, key);
    return sim::ok();
}

sim::Status grant(Context& ctx, const MsgGrant& msg) {
    const AddressBook& book = ctx.names().addresses;
    const std::string url = grant_type_url(*msg.authorization);
    if (!is_message_type(url)) return refusal(errors::kSdkInvalidType, url + " doesn't exist.");
    // From here on nothing can fail.
    const GrantKey key{book.account(msg.granter), book.account(msg.grantee), url};
    GrantRecord record{*msg.authorization, msg.expiration};
    ctx.gas.write(key_length(ctx.state, key), grant_size(ctx.names(), record));
    ctx.state.grants.put(key, std::move(record));
    emit(ctx, EventKind::kGrant, key);
    return sim::ok();
}

sim::Status revoke(Context& ctx, const MsgRevoke& msg) {
    const AddressBook& book = ctx.names().addresses;
    const GrantKey key{book.account(msg.granter), book.account(msg.grantee), msg.msg_type_url};
    const GrantRecord* grant = ctx.state.grants.find(key);
    read_grant(ctx, key, grant);
    if (grant == nullptr) return refusal(errors::kSdkNotFound, "authorization not found");
    ctx.gas.remove();
    ctx.state.grants.erase(key);
    emit(ctx, EventKind::kRevoke, key);
    return sim::ok();
}

sim::Status exec(Context& ctx, const MsgExec& msg) {
    const AddressBook& book = ctx.names().addresses;
    const Address grantee = book.account(msg.grantee);
    for (std::uint32_t i = 0; i < msg.msgs.size(); ++i) {
        const Msg& inner = msg.msgs[i];
        // GetSigners of the real message panics on a signer that is no address.
        const Address signer = required_signer(inner);
        if (!book.valid(signer)) return panic(book[signer].problem);
        const Address granter = book.account(signer);
        if (granter != grantee) SIM_CHECK(use_grant(ctx, granter, grantee, inner));
        SIM_CHECK(run_inner(ctx, inner, i));
    }
    return sim::ok();
}

}  // namespace nodes::authz
