#include "nodes/modules/provider.h"

#include "nodes/chain/sizes.h"
#include "nodes/modules/market/keeper.h"
#include "nodes/protocol/errors.h"

#include <algorithm>
#include <tuple>

namespace nodes::provider {
namespace {

std::size_t attributes_size(const Attributes& attributes) {
    std::size_t size = 0;
    for (const Attribute& a : attributes)
        size += sizes::msg(sizes::txt(a.key.size()) + sizes::txt(a.value.size()));
    return size;
}

std::size_t record_size(const Names& names, const ProviderRecord& record) {
    return sizes::txt(names.addresses.text(record.owner).size()) +
           sizes::txt(record.host_uri.size()) + attributes_size(record.attributes) +
           sizes::msg(sizes::txt(record.info.email.size()) +
                      sizes::txt(record.info.website.size()));
}

void write(Context& ctx, Address account, ProviderRecord record) {
    const std::size_t size = record_size(ctx.names(), record);
    ctx.gas.has_write(sizes::provider_key(ctx.state.account_length(account)), size);
    ctx.state.providers.put(account.index,
                            std::make_shared<const ProviderRecord>(std::move(record)));
}

void emit(Context& ctx, EventKind kind, Address owner) {
    ctx.emit(kind).id.owner = owner;
}

/// All leases of the chain in key order, as the walk of MsgUpdateProvider meets them.
std::vector<std::uint32_t> leases_in_key_order(const ChainState& state) {
    std::vector<std::uint32_t> rows;
    const auto& bids = state.bids.rows();
    for (std::uint32_t i = 0; i < bids.size(); ++i) {
        if (bids[i].lease_state != LeaseState::kInvalid) rows.push_back(i);
    }
    const auto key = [&](std::uint32_t row) {
        const BidId& id = bids[row].id;
        return std::
            tuple<std::string_view, std::uint64_t, std::uint32_t, std::uint32_t, std::string_view>{
                state.names.addresses[id.owner].bytes,
                id.dseq,
                id.gseq,
                id.oseq,
                state.names.addresses[id.provider].bytes};
    };
    std::sort(rows.begin(), rows.end(), [&](auto a, auto b) { return key(a) < key(b); });
    return rows;
}

/// Every active lease of the provider must still have its order's placement attributes. The walk
/// covers all leases of the chain; forgotten ones are charged in one go. The real scan compares
/// texts: a provider that registered in upper case has no leases there.
sim::Status check_active_leases(Context& ctx, Address owner, const Attributes& attributes) {
    const ChainState& state = ctx.state;
    const std::vector<std::uint32_t> rows = leases_in_key_order(state);
    const auto step = [&](std::uint32_t row) {
        const BidRow& bid = state.bids[row];
        ctx.gas.step(market::bid_key(state, bid), market::lease_size(state, bid));
    };
    ctx.gas.charge(3 * state.pruned_lease_bytes + 30 * state.pruned_leases, "ValuePerByte");
    if (rows.empty()) {
        ctx.gas.step_empty();
    } else {
        step(rows.front());
    }
    for (const std::uint32_t row : rows) {
        const BidRow& bid = state.bids[row];
        if (bid.lease_state == LeaseState::kActive && bid.id.provider == owner) {
            market::get_order(ctx, bid.order);
            const GroupRow& group = state.groups[state.orders[bid.order].group];
            if (!subset_of(state.specs[group.spec]->requirements.attributes, attributes))
                return refusal(errors::kProviderIncompatibleAttributes);
        }
        step(row);
    }
    return sim::ok();
}

std::size_t audit_size(const Names& names, const AuditRecord& record) {
    return sizes::txt(names.addresses.text(record.owner).size()) +
           sizes::txt(names.addresses.text(record.auditor).size()) +
           attributes_size(record.attributes);
}

std::size_t audit_key(const ChainState& state, Address owner, Address auditor) {
    return sizes::audit_key(state.account_length(owner), state.account_length(auditor));
}

using AuditList = std::vector<std::shared_ptr<const AuditRecord>>;

/// A provider's records with the place of this auditor's: where it is or would stand.
struct AuditPlace {
    AuditList records;
    std::size_t index = 0;
    bool found = false;
};

AuditPlace audit_place(const ChainState& state, Address owner, Address auditor) {
    AuditPlace place;
    const AddressBook& book = state.names.addresses;
    if (const auto* records = state.audits.find(owner.index)) place.records = *records;
    while (place.index < place.records.size() &&
           book.bytes_less(place.records[place.index]->auditor, auditor))
        ++place.index;
    place.found = place.index < place.records.size() &&
                  book.same_account(place.records[place.index]->auditor, auditor);
    return place;
}

void read_audit(Context& ctx, const AuditPlace& place, Address owner, Address auditor) {
    ctx.gas.read(audit_key(ctx.state, owner, auditor),
                 place.found ? audit_size(ctx.names(), *place.records[place.index]) : 0);
}

/// Merges by key, the last value wins, sorted by key bytes.
Attributes merged(const Attributes& old, const Attributes& added) {
    std::map<std::string, std::string> by_key;
    for (const Attribute& a : old)
        by_key[a.key] = a.value;
    for (const Attribute& a : added)
        by_key[a.key] = a.value;
    Attributes all;
    for (const auto& [key, value] : by_key)
        all.push_back({key, value});
    return all;
}

void emit_audit(Context& ctx, EventKind kind, Address owner, Address auditor) {
    ChainEvent& event = ctx.emit(kind);
    event.id.owner = owner;
    event.id.provider = auditor;
}

}  // namespace

const ProviderRecord* get(Context& ctx, Address owner) {
    const auto* record = ctx.state.providers.find(owner.index);
    if (record == nullptr) {
        ctx.gas.has();
        return nullptr;
    }
    ctx.gas.get(sizes::provider_key(ctx.state.account_length(owner)),
                record_size(ctx.names(), **record));
    return record->get();
}

std::vector<AuditedAttributes> walk_audits(Context& ctx, Address owner) {
    std::vector<AuditedAttributes> found;
    const auto* records = ctx.state.audits.find(owner.index);
    if (records == nullptr || records->empty()) {
        ctx.gas.step_empty();
        return found;
    }
    const auto step = [&](const AuditRecord& record) {
        ctx.gas.step(audit_key(ctx.state, record.owner, record.auditor),
                     audit_size(ctx.names(), record));
    };
    step(*records->front());
    for (const auto& record : *records) {
        step(*record);
        found.push_back({ctx.names().addresses.text(record->auditor), &record->attributes});
    }
    return found;
}

sim::Status create(Context& ctx, const MsgCreateProvider& msg) {
    const AddressBook& book = ctx.names().addresses;
    const Address account = book.account(msg.owner);
    if (get(ctx, account) != nullptr)
        return unregistered("invalid provider: already exists: id: " + book.text(msg.owner));
    write(ctx, account, {msg.owner, msg.host_uri, msg.attributes, msg.info});
    emit(ctx, EventKind::kProviderCreated, account);
    return sim::ok();
}

sim::Status update(Context& ctx, const MsgUpdateProvider& msg) {
    const AddressBook& book = ctx.names().addresses;
    const Address account = book.account(msg.owner);
    const ProviderRecord* record = get(ctx, account);
    if (record == nullptr)
        return unregistered("invalid provider: address not found: id: " + book.text(msg.owner));
    SIM_CHECK(check_active_leases(ctx, record->owner, msg.attributes));
    write(ctx, account, {msg.owner, msg.host_uri, msg.attributes, msg.info});
    emit(ctx, EventKind::kProviderUpdated, account);
    return sim::ok();
}

sim::Status remove(Context& ctx, const MsgDeleteProvider& msg) {
    if (get(ctx, ctx.names().addresses.account(msg.owner)) == nullptr)
        return refusal(errors::kProviderNotFound);
    return refusal(errors::kProviderInternal, "NOTIMPLEMENTED");
}

sim::Status sign_attributes(Context& ctx, const MsgSignProviderAttributes& msg) {
    const AddressBook& book = ctx.names().addresses;
    const Address owner = book.account(msg.owner);
    const Address auditor = book.account(msg.auditor);
    AuditPlace place = audit_place(ctx.state, owner, auditor);
    read_audit(ctx, place, owner, auditor);
    // From here on nothing can fail.
    AuditRecord record{owner, auditor, msg.attributes};
    if (place.found) {
        record = *place.records[place.index];
        record.attributes = merged(record.attributes, msg.attributes);
    }
    std::stable_sort(record.attributes.begin(),
                     record.attributes.end(),
                     [](const Attribute& a, const Attribute& b) { return a.key < b.key; });
    ctx.gas.write(audit_key(ctx.state, owner, auditor), audit_size(ctx.names(), record));
    auto stored = std::make_shared<const AuditRecord>(std::move(record));
    if (place.found) {
        place.records[place.index] = std::move(stored);
    } else {
        place.records.insert(place.records.begin() + static_cast<std::ptrdiff_t>(place.index),
                             std::move(stored));
    }
    ctx.state.audits.put(owner.index, std::move(place.records));
    emit_audit(ctx, EventKind::kAuditorCreated, owner, auditor);
    return sim::ok();
}

sim::Status delete_attributes(Context& ctx, const MsgDeleteProviderAttributes& msg) {
    const AddressBook& book = ctx.names().addresses;
    const Address owner = book.account(msg.owner);
    const Address auditor = book.account(msg.auditor);
    AuditPlace place = audit_place(ctx.state, owner, auditor);
    read_audit(ctx, place, owner, auditor);
    if (!place.found) return refusal(errors::kAuditProviderNotFound);
    AuditRecord record = *place.records[place.index];
    // The real keeper goes through a map: entries of one key collapse into the last one.
    record.attributes = merged(record.attributes, {});
    if (msg.keys.empty()) record.attributes.clear();
    for (const std::string& key : msg.keys) {
        const auto it = std::find_if(record.attributes.begin(),
                                     record.attributes.end(),
                                     [&](const Attribute& a) { return a.key == key; });
        if (it == record.attributes.end()) {
            return refusal(errors::kAuditAttributeNotFound,
                           "trying to delete non-existing attribute \"" + key +
                               "\" for auditor/provider \"" + book.text(auditor) + "/" +
                               book.text(owner) + "\"");
        }
        record.attributes.erase(it);
    }
    // From here on nothing can fail.
    if (record.attributes.empty()) {
        ctx.gas.remove();
        place.records.erase(place.records.begin() + static_cast<std::ptrdiff_t>(place.index));
    } else {
        ctx.gas.write(audit_key(ctx.state, owner, auditor), audit_size(ctx.names(), record));
        place.records[place.index] = std::make_shared<const AuditRecord>(std::move(record));
    }
    ctx.state.audits.put(owner.index, std::move(place.records));
    emit_audit(ctx, EventKind::kAuditorDeleted, owner, auditor);
    return sim::ok();
}

}  // namespace nodes::provider
