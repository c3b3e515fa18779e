// Everything the chain stores, as plain rows that point to each other by index: the state of one
// world's chain. Modules write it through Context; ChainView reads it. Every stored entity knows
// the length of its real encoding, which is what gas is charged by (reference akash-chain sections
// 2 and 20).
#pragma once

#include "nodes/chain/journal.h"
#include "nodes/chain/params.h"
#include "nodes/chain/states.h"
#include "nodes/protocol/messages.h"
#include "sim/dec18.h"
#include "sim/units.h"

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace nodes {

/// An account of x/auth, at the index of its canonical address.
struct AccountRow {
    std::uint64_t number = 0;
    std::uint64_t sequence = 0;
    std::uint8_t exists = 0;
    std::uint8_t has_public_key = 0;
    std::uint8_t module_name_length = 0;  ///< 0 = an ordinary account

    static void fields(auto& self, auto&& visit) {
        visit("number", self.number);
        visit("sequence", self.sequence);
        visit("exists", self.exists);
        visit("has_public_key", self.has_public_key);
        visit("module_name_length", self.module_name_length);
    }
};

struct Balance {
    Denom denom;
    std::int64_t amount = 0;

    static void fields(auto& self, auto&& visit) {
        visit("denom", self.denom);
        visit("amount", self.amount);
    }
};

/// Balances of one address, in no particular order; zero balances are absent.
using Wallet = boost::container::small_vector<Balance, 2>;

struct DeploymentRow {
    DeploymentId id;
    DeploymentState state = DeploymentState::kInvalid;
    std::array<char, 32> version{};
    sim::Height created_at;
    std::uint32_t first_group = kNoRow;
    std::uint32_t groups = 0;
    std::uint32_t size = 0;  ///< encoded length

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("state", self.state);
        visit("version", self.version);
        visit("created_at", self.created_at);
        visit("first_group", self.first_group);
        visit("groups", self.groups);
        visit("size", self.size);
    }
};

struct GroupRow {
    GroupId id;
    GroupState state = GroupState::kInvalid;
    std::uint32_t spec = kNoRow;  ///< index into ChainState::specs
    sim::Height created_at;
    Denom denom;
    sim::Dec18 max_price;  ///< sum over units of price x count
    std::uint32_t next = kNoRow;
    std::uint32_t first_order = kNoRow;
    std::uint32_t last_order = kNoRow;
    std::uint32_t orders = 0;
    std::uint32_t spec_size = 0;  ///< encoded length of the specification
    std::uint32_t size = 0;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("state", self.state);
        visit("spec_size", self.spec_size);
        visit("spec", self.spec);
        visit("created_at", self.created_at);
        visit("denom", self.denom);
        visit("max_price", self.max_price);
        visit("next", self.next);
        visit("first_order", self.first_order);
        visit("last_order", self.last_order);
        visit("orders", self.orders);
        visit("size", self.size);
    }
};

struct OrderRow {
    OrderId id;
    OrderState state = OrderState::kInvalid;
    sim::Height created_at;
    std::uint32_t group = kNoRow;
    std::uint32_t next = kNoRow;       ///< next order of the group
    std::uint32_t first_bid = kNoRow;  ///< in provider byte order
    std::uint32_t bids = 0;            ///< in any state
    std::uint32_t size = 0;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("state", self.state);
        visit("created_at", self.created_at);
        visit("group", self.group);
        visit("next", self.next);
        visit("first_bid", self.first_bid);
        visit("bids", self.bids);
        visit("size", self.size);
    }
};

/// A bid and, once it has won, its lease (they share the key and the price).
struct BidRow {
    BidId id;
    BidState state = BidState::kInvalid;
    LeaseState lease_state = LeaseState::kInvalid;  ///< kInvalid = no lease
    Denom denom;
    sim::Dec18 price;
    sim::Height created_at;
    sim::Height lease_created_at;
    sim::Height lease_closed_on;
    std::uint32_t order = kNoRow;
    std::uint32_t next = kNoRow;    ///< next bid of the order
    std::uint32_t escrow = kNoRow;  ///< its deposit's account
    std::uint32_t offers = 0;
    std::uint32_t size = 0;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("state", self.state);
        visit("lease_state", self.lease_state);
        visit("denom", self.denom);
        visit("price", self.price);
        visit("created_at", self.created_at);
        visit("lease_created_at", self.lease_created_at);
        visit("lease_closed_on", self.lease_closed_on);
        visit("order", self.order);
        visit("next", self.next);
        visit("escrow", self.escrow);
        visit("offers", self.offers);
        visit("size", self.size);
    }
};

enum class EscrowScope : std::uint8_t { kDeployment, kBid };

/// An escrow account. `id` is the text id as the creating message wrote it (gseq, oseq and provider
/// only in the bid scope); owner and depositor are canonical addresses.
struct EscrowRow {
    BidId id;
    EscrowScope scope = EscrowScope::kDeployment;
    EscrowState state = EscrowState::kInvalid;
    Denom denom;
    Address owner;
    Address depositor;
    sim::Dec18 balance;
    sim::Dec18 transferred;
    sim::Dec18 funds;
    sim::Height settled_at;
    std::uint32_t first_payment = kNoRow;  ///< in text order of the payment ids
    std::uint32_t xid_length = 0;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("scope", self.scope);
        visit("state", self.state);
        visit("denom", self.denom);
        visit("owner", self.owner);
        visit("depositor", self.depositor);
        visit("balance", self.balance);
        visit("transferred", self.transferred);
        visit("funds", self.funds);
        visit("settled_at", self.settled_at);
        visit("first_payment", self.first_payment);
        visit("xid_length", self.xid_length);
    }
};

/// An escrow payment; its text id is gseq/oseq/provider.
struct PaymentRow {
    std::uint32_t account = kNoRow;
    std::uint32_t gseq = 0;
    std::uint32_t oseq = 0;
    Address provider;  ///< as written in the id
    Address owner;     ///< who is paid, canonical
    EscrowState state = EscrowState::kInvalid;
    sim::Dec18 rate;
    sim::Dec18 balance;
    std::int64_t withdrawn = 0;
    std::uint32_t next = kNoRow;
    std::uint32_t pid_length = 0;

    static void fields(auto& self, auto&& visit) {
        visit("account", self.account);
        visit("gseq", self.gseq);
        visit("oseq", self.oseq);
        visit("provider", self.provider);
        visit("owner", self.owner);
        visit("state", self.state);
        visit("rate", self.rate);
        visit("balance", self.balance);
        visit("withdrawn", self.withdrawn);
        visit("next", self.next);
        visit("pid_length", self.pid_length);
    }
};

struct ProviderRecord {
    Address owner;
    std::string host_uri;
    Attributes attributes;
    ProviderInfo info;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("host_uri", self.host_uri);
        visit("attributes", self.attributes);
        visit("info", self.info);
    }
};

struct AuditRecord {
    Address owner;  ///< canonical, like the auditor
    Address auditor;
    Attributes attributes;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("auditor", self.auditor);
        visit("attributes", self.attributes);
    }
};

struct CertificateRecord {
    CertificateState state = CertificateState::kInvalid;
    std::string cert;
    std::string pubkey;

    static void fields(auto& self, auto&& visit) {
        visit("state", self.state);
        visit("cert", self.cert);
        visit("pubkey", self.pubkey);
    }
};

struct GrantRecord {
    Authorization authorization;
    Timestamp expiration;

    static void fields(auto& self, auto&& visit) {
        visit("authorization", self.authorization);
        visit("expiration", self.expiration);
    }
};

/// Owner (an address index) and dseq: what deployments and their escrow accounts are searched by.
struct OwnerDseq {
    std::uint32_t owner = 0;
    std::uint64_t dseq = 0;

    friend constexpr auto operator<=>(const OwnerDseq&, const OwnerDseq&) = default;

    friend std::size_t hash_value(const OwnerDseq& key) {
        std::uint64_t h = key.dseq * 0x9E3779B97F4A7C15ULL + key.owner;
        h ^= h >> 32U;
        h *= 0xD6E8FEB86659FD93ULL;
        return static_cast<std::size_t>(h ^ (h >> 32U));
    }

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("dseq", self.dseq);
    }
};

/// Where a deployment is. A pruned one keeps its length and the row kNoRow.
struct DeploymentSlot {
    std::uint32_t row = kNoRow;
    std::uint32_t size = 0;

    static void fields(auto& self, auto&& visit) {
        visit("row", self.row);
        visit("size", self.size);
    }
};

struct ClosedDeployment {
    sim::Height height;
    OwnerDseq key;

    static void fields(auto& self, auto&& visit) {
        visit("height", self.height);
        visit("key", self.key);
    }
};

struct PoolCoin {
    Denom denom;
    sim::Dec18 amount;

    static void fields(auto& self, auto&& visit) {
        visit("denom", self.denom);
        visit("amount", self.amount);
    }
};

struct GrantKey {
    Address granter;  ///< canonical, like the grantee
    Address grantee;
    std::string type_url;

    friend auto operator<=>(const GrantKey&, const GrantKey&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("granter", self.granter);
        visit("grantee", self.grantee);
        visit("type_url", self.type_url);
    }
};

/// Addresses the chain itself uses.
struct ModuleAddresses {
    Address escrow;
    Address distribution;
    Address fee_collector;
    std::vector<Address> blocked;  ///< every module account: none may be sent to

    static void fields(auto& self, auto&& visit) {
        visit("escrow", self.escrow);
        visit("distribution", self.distribution);
        visit("fee_collector", self.fee_collector);
        visit("blocked", self.blocked);
    }
};

/// The parameters as handlers need them: interned denominations, encoded lengths (reference 20.3).
struct DerivedParams {
    struct MinDeposit {
        Denom denom;
        std::int64_t amount = 0;
    };

    struct TakeRate {
        Denom denom;
        std::uint32_t percent = 0;
    };

    std::vector<MinDeposit> min_deposits;
    MinDeposit bid_min_deposit;
    std::vector<TakeRate> take_rates;
    std::size_t min_deposits_size = 0;
    std::size_t bid_min_deposit_size = 0;
    std::size_t order_max_bids_size = 0;
    std::size_t default_take_rate_size = 0;
    std::size_t take_rates_size = 0;
};

struct ChainState {
    Names names;
    std::string chain_id;
    ChainParams params;
    RuleSet rules;
    sim::BlockCount prune_closed_after;
    std::vector<Denom> send_disabled;
    ModuleAddresses modules;

    sim::Height height;
    Timestamp time;
    std::uint64_t block_gas = 0;  ///< the block's own meter (reference 20.8)
    std::uint64_t genesis_accounts = 0;
    std::uint64_t next_account_number = 0;

    Slots<AccountRow> accounts;            ///< by canonical address index
    std::vector<Wallet> wallets;           ///< by canonical address index
    std::vector<std::int64_t> supply;      ///< by denomination index
    std::vector<PoolCoin> community_pool;  ///< sorted by denomination text, no zeros

    boost::unordered_flat_map<OwnerDseq, DeploymentSlot> deployment_slots;
    boost::unordered_flat_map<OwnerDseq, std::uint32_t> escrow_slots;  ///< by text owner and dseq
    Table<DeploymentRow> deployments;
    Table<GroupRow> groups;
    Table<OrderRow> orders;
    Table<BidRow> bids;
    Table<EscrowRow> escrows;
    Table<PaymentRow> payments;
    std::vector<GroupSpecRef> specs;  ///< by GroupRow::spec; null = free
    std::vector<std::uint32_t> free_specs;
    std::deque<ClosedDeployment> closed_deployments;
    std::uint64_t pruned_deployments = 0;
    std::uint64_t pruned_leases = 0;
    std::uint64_t pruned_lease_bytes = 0;  ///< keys and values, for the walk of MsgUpdateProvider
    std::vector<sim::Dec18> pruned_dust;   ///< by denomination: what forgotten records still held

    JournaledMap<std::map<std::uint32_t, std::shared_ptr<const ProviderRecord>>> providers;
    /// By provider; records in auditor byte order.
    JournaledMap<std::map<std::uint32_t, std::vector<std::shared_ptr<const AuditRecord>>>> audits;
    JournaledMap<
        std::map<std::pair<std::uint32_t, std::string>, std::shared_ptr<const CertificateRecord>>>
        certificates;
    JournaledMap<std::map<GrantKey, GrantRecord>> grants;

    DerivedParams derived;  ///< made from params; not part of the field list

    // Balance and pool changes of the running transaction; empty in between.
    struct BalanceUndo {
        Address account;
        Balance before;
    };

    std::vector<BalanceUndo> balance_undo;
    std::vector<std::vector<PoolCoin>> pool_undo;

    /// A point of the running transaction to go back to.
    struct Mark {
        std::size_t accounts, deployments, groups, orders, bids, escrows, payments;
        std::size_t providers, audits, certificates, grants, balances, pool;
        std::uint64_t next_account_number;
    };

    [[nodiscard]] Mark mark() const;
    void rollback(const Mark& mark);
    void commit();

    [[nodiscard]] const DeploymentRow* find_deployment(const DeploymentId& id) const;
    [[nodiscard]] std::uint32_t find_group(const GroupId& id) const;
    [[nodiscard]] std::uint32_t find_order(const OrderId& id) const;
    [[nodiscard]] std::uint32_t find_bid(const BidId& id) const;

    [[nodiscard]] OwnerDseq key_of(const DeploymentId& id) const {
        return {names.addresses.account(id.owner).index, id.dseq};
    }

    [[nodiscard]] std::size_t account_length(Address a) const {
        return names.addresses[a].bytes.size();
    }

    [[nodiscard]] std::int64_t balance(Address canonical, Denom denom) const;
    /// Sets a balance, remembering the old one.
    void set_balance(Address canonical, Denom denom, std::int64_t amount);
    void add_to_pool(Denom denom, sim::Dec18 amount);

    std::uint32_t add_spec(GroupSpecRef spec);
    void derive();
    void rebuild_index();

    static void fields(auto& self, auto&& visit) {
        visit("names", self.names);
        visit("chain_id", self.chain_id);
        visit("params", self.params);
        visit("rules", self.rules);
        visit("prune_closed_after", self.prune_closed_after);
        visit("send_disabled", self.send_disabled);
        visit("modules", self.modules);
        visit("height", self.height);
        visit("time", self.time);
        visit("block_gas", self.block_gas);
        visit("genesis_accounts", self.genesis_accounts);
        visit("next_account_number", self.next_account_number);
        visit("accounts", self.accounts);
        visit("wallets", self.wallets);
        visit("supply", self.supply);
        visit("community_pool", self.community_pool);
        visit("deployment_slots", self.deployment_slots);
        visit("escrow_slots", self.escrow_slots);
        visit("deployments", self.deployments);
        visit("groups", self.groups);
        visit("orders", self.orders);
        visit("bids", self.bids);
        visit("escrows", self.escrows);
        visit("payments", self.payments);
        visit("specs", self.specs);
        visit("free_specs", self.free_specs);
        visit("closed_deployments", self.closed_deployments);
        visit("pruned_deployments", self.pruned_deployments);
        visit("pruned_leases", self.pruned_leases);
        visit("pruned_lease_bytes", self.pruned_lease_bytes);
        visit("pruned_dust", self.pruned_dust);
        visit("providers", self.providers);
        visit("audits", self.audits);
        visit("certificates", self.certificates);
        visit("grants", self.grants);
    }
};

}  // namespace nodes
