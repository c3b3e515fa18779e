#include "nodes/modules/deployment/keeper.h"

#include "nodes/chain/ledger.h"
#include "nodes/chain/sizes.h"
#include "nodes/modules/authz.h"
#include "nodes/modules/deployment/rules.h"
#include "nodes/modules/escrow/keeper.h"
#include "nodes/protocol/errors.h"
#include "sim/assert.h"

#include <algorithm>

namespace nodes::deployment {
namespace {

constexpr std::size_t kMinDepositsKey = 22;

std::size_t key_length(const ChainState& state, const DeploymentId& id) {
    return sizes::deployment_key(state.account_length(id.owner));
}

/// DEPLOYMENT, then the denomination listed and the amount high enough.
sim::Status check_deposit(Context& ctx, const Coin& deposit) {
    const ChainState& state = ctx.state;
    ctx.gas.read(kMinDepositsKey, state.derived.min_deposits_size);
    for (const auto& minimum : state.derived.min_deposits) {
        if (minimum.denom != deposit.denom) continue;
        if (deposit.amount >= minimum.amount) return sim::ok();
        return refusal(
            errors::kDeploymentInvalidDeposit,
            "Deposit too low - " + sim::to_text(deposit.amount) + " < " +
                ledger::coin_text(ledger::Amount{minimum.denom, minimum.amount}, ctx.names()));
    }
    return refusal(errors::kDeploymentInvalidDeposit,
                   "Invalid deposit denomination " + ctx.names().denoms.text(deposit.denom));
}

std::array<char, 32> version_bytes(const std::string& version) {
    SIM_ASSERT(version.size() == 32, "a version of 32 bytes, got {}", version.size());
    std::array<char, 32> bytes{};
    std::copy(version.begin(), version.end(), bytes.begin());
    return bytes;
}

std::uint32_t add_group(Context& ctx, const MsgCreateDeployment& msg, std::uint32_t gseq) {
    ChainState& state = ctx.state;
    const GroupSpecRef& spec = msg.groups[gseq - 1];
    const DecCoin price = total_price(*spec);
    GroupRow row;
    row.id = {msg.id.owner, msg.id.dseq, gseq};
    row.state = GroupState::kOpen;
    row.created_at = ctx.height();
    row.denom = price.denom;
    // Unit prices are at most 1e7; only thousands of units could leave 127 bits.
    row.max_price = {sim::narrow(price.scaled).value_or(std::numeric_limits<sim::Int128>::max())};
    row.spec_size = static_cast<std::uint32_t>(encoded_size(*spec, ctx.names()));
    row.size = static_cast<std::uint32_t>(
        sizes::msg(sizes::id(row.id, ctx.names())) + sizes::kState + sizes::msg(row.spec_size) +
        sizes::num(static_cast<std::uint64_t>(row.created_at.value)));
    row.spec = state.add_spec(spec);
    const std::uint32_t index = state.groups.add(row);
    ctx.gas.write(group_key(state, row), row.size);
    return index;
}

void emit_deployment(Context& ctx, EventKind kind, const DeploymentId& id, std::string version) {
    ChainEvent& event = ctx.emit_text(kind, std::move(version));
    event.id.owner = id.owner;
    event.id.dseq = id.dseq;
}

void add_deployment(Context& ctx, const MsgCreateDeployment& msg) {
    ChainState& state = ctx.state;
    DeploymentRow row;
    row.id = msg.id;
    row.state = DeploymentState::kActive;
    row.version = version_bytes(msg.version);
    row.created_at = ctx.height();
    row.groups = static_cast<std::uint32_t>(msg.groups.size());
    row.size = static_cast<std::uint32_t>(
        sizes::msg(sizes::id(msg.id, ctx.names())) + sizes::kState + sizes::txt(32) +
        sizes::num(static_cast<std::uint64_t>(row.created_at.value)));
    const std::uint32_t index = state.deployments.add(row);
    state.deployment_slots[state.key_of(msg.id)] = {index, row.size};
    write_deployment(ctx, index);

    std::uint32_t previous = kNoRow;
    for (std::uint32_t gseq = 1; gseq <= row.groups; ++gseq) {
        const std::uint32_t group = add_group(ctx, msg, gseq);
        if (previous == kNoRow) {
            state.deployments.edit(index).first_group = group;
        } else {
            state.groups.edit(previous).next = group;
        }
        previous = group;
    }
}

/// Exists, then active: the first two refusals of deposit, update and close.
sim::Result<std::uint32_t> active_deployment(Context& ctx, const DeploymentId& id) {
    const Found found = get_deployment(ctx, id);
    if (!found.exists) return refusal(errors::kDeploymentNotFound);
    if (found.row == kNoRow || ctx.state.deployments[found.row].state != DeploymentState::kActive)
        return refusal(errors::kDeploymentClosed);
    return found.row;
}

sim::Result<std::uint32_t> existing_group(Context& ctx, const GroupId& id) {
    const std::uint32_t row = get_group(ctx, id);
    if (row == kNoRow) return refusal(errors::kDeploymentGroupNotFound);
    return row;
}

}  // namespace

Found get_deployment(Context& ctx, const DeploymentId& id) {
    const auto it = ctx.state.deployment_slots.find(ctx.state.key_of(id));
    if (it == ctx.state.deployment_slots.end()) {
        ctx.gas.has();
        return {};
    }
    ctx.gas.get(key_length(ctx.state, id), it->second.size);
    return {true, it->second.row};
}

void write_deployment(Context& ctx, std::uint32_t row) {
    const DeploymentRow& deployment = ctx.state.deployments[row];
    ctx.gas.has_write(key_length(ctx.state, deployment.id), deployment.size);
}

std::size_t group_key(const ChainState& state, const GroupRow& group) {
    return sizes::group_key(state.account_length(group.id.owner));
}

std::uint32_t get_group(Context& ctx, const GroupId& id) {
    const std::uint32_t row = ctx.state.find_group(id);
    if (row == kNoRow) {
        ctx.gas.has();
    } else {
        const GroupRow& group = ctx.state.groups[row];
        ctx.gas.get(group_key(ctx.state, group), group.size);
    }
    return row;
}

void set_group_state(Context& ctx, std::uint32_t row, GroupState state) {
    GroupRow& group = ctx.state.groups.edit(row);
    group.state = state;
    ctx.gas.has_write(group_key(ctx.state, group), group.size);
}

void emit_group(Context& ctx, EventKind kind, const GroupId& id) {
    ChainEvent& event = ctx.emit(kind);
    event.id.owner = id.owner;
    event.id.dseq = id.dseq;
    event.id.gseq = id.gseq;
}

sim::Status authorize_deposit(Context& ctx, Address owner, Address depositor, const Coin& deposit) {
    const AddressBook& book = ctx.names().addresses;
    if (book.same_account(owner, depositor)) return sim::ok();
    return authz::use_deposit_grant(
        ctx, book.account(depositor), book.account(owner), deposit, authz::Events::kAll);
}

sim::Status create(Context& ctx, const MsgCreateDeployment& msg) {
    const AddressBook& book = ctx.names().addresses;
    if (get_deployment(ctx, msg.id).exists) return refusal(errors::kDeploymentExists);
    SIM_CHECK(check_deposit(ctx, msg.deposit));
    SIM_CHECK(check_groups(msg.groups, ctx.names()));
    SIM_CHECK(authorize_deposit(ctx, msg.id.owner, msg.depositor, msg.deposit));
    add_deployment(ctx, msg);
    emit_deployment(ctx, EventKind::kDeploymentCreated, msg.id, msg.version);
    for (std::uint32_t group = ctx.state.find_deployment(msg.id)->first_group; group != kNoRow;
         group = ctx.state.groups[group].next)
        SIM_CHECK(open_order(ctx, group));
    SIM_CHECK(escrow::create_account(ctx,
                                     {.scope = EscrowScope::kDeployment,
                                      .id = {msg.id.owner, msg.id.dseq, 0, 0, {}},
                                      .owner = book.account(msg.id.owner),
                                      .depositor = book.account(msg.depositor),
                                      .deposit = msg.deposit}));
    return sim::ok();
}

sim::Status deposit(Context& ctx, const MsgDepositDeployment& msg) {
    SIM_CHECK(active_deployment(ctx, msg.id));
    // Inside MsgExec a zero amount gets past ValidateBasic, whatever else is wrong.
    const AddressBook::Entry& depositor = ctx.names().addresses[msg.depositor];
    if (!depositor.problem.empty()) return unregistered(depositor.problem);
    SIM_CHECK(authorize_deposit(ctx, msg.id.owner, msg.depositor, msg.amount));
    return escrow::deposit(ctx, msg.id, ctx.names().addresses.account(msg.depositor), msg.amount);
}

sim::Status update(Context& ctx, const MsgUpdateDeployment& msg) {
    SIM_TRY(row, active_deployment(ctx, msg.id));
    const auto version = version_bytes(msg.version);
    if (ctx.state.deployments[row].version == version)
        return refusal(errors::kDeploymentInvalidVersion);
    // From here on nothing can fail.
    ctx.state.deployments.edit(row).version = version;
    write_deployment(ctx, row);
    emit_deployment(ctx, EventKind::kDeploymentUpdated, ctx.state.deployments[row].id, msg.version);
    return sim::ok();
}

sim::Status close(Context& ctx, const MsgCloseDeployment& msg) {
    SIM_TRY(row, active_deployment(ctx, msg.id));
    // Deployment, groups, orders, bids and leases are closed by the escrow account's hook. The
    // account goes by the stored id, not by the message's.
    const DeploymentId& id = ctx.state.deployments[row].id;
    return escrow::close_account(ctx, escrow::find_account(ctx.state, id));
}

sim::Status close_group(Context& ctx, const MsgCloseGroup& msg) {
    SIM_TRY(row, existing_group(ctx, msg.id));
    SIM_CHECK(may_close(ctx.state.groups[row].state));
    set_group_state(ctx, row, GroupState::kClosed);
    emit_group(ctx, EventKind::kGroupClosed, ctx.state.groups[row].id);
    return end_group(ctx, row);
}

sim::Status pause_group(Context& ctx, const MsgPauseGroup& msg) {
    SIM_TRY(row, existing_group(ctx, msg.id));
    SIM_CHECK(may_pause(ctx.state.groups[row].state));
    set_group_state(ctx, row, GroupState::kPaused);
    emit_group(ctx, EventKind::kGroupPaused, ctx.state.groups[row].id);
    return end_group(ctx, row);
}

sim::Status start_group(Context& ctx, const MsgStartGroup& msg) {
    SIM_TRY(row, existing_group(ctx, msg.id));
    SIM_CHECK(may_start(ctx.state.groups[row].state));
    set_group_state(ctx, row, GroupState::kOpen);
    emit_group(ctx, EventKind::kGroupStarted, ctx.state.groups[row].id);
    return open_order(ctx, row);
}

}  // namespace nodes::deployment
