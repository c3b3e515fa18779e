// Read-only questions to committed chain state: what agents, expectations and the recorder may
// know. A query never changes state. Everything is returned by value or as a stable shared pointer.
#pragma once

#include "nodes/chain/params.h"
#include "nodes/chain/states.h"
#include "nodes/protocol/messages.h"
#include "sim/dec18.h"
#include "sim/units.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace nodes {

struct ChainState;

struct DeploymentView {
    DeploymentId id;
    DeploymentState state = DeploymentState::kInvalid;
    std::string version;
    sim::Height created_at;
    std::uint32_t groups = 0;
};

struct GroupView {
    GroupId id;
    GroupState state = GroupState::kInvalid;
    GroupSpecRef spec;
    sim::Height created_at;
};

struct OrderView {
    OrderId id;
    OrderState state = OrderState::kInvalid;
    GroupSpecRef spec;
    sim::Height created_at;
    Denom denom;
    sim::Dec18 max_price;    ///< sum over units of price x count, per block
    std::uint32_t bids = 0;  ///< in any state: what the chain's limit counts
};

struct BidView {
    BidId id;
    BidState state = BidState::kInvalid;
    Denom denom;
    sim::Dec18 price;  ///< per block
    sim::Height created_at;
};

struct LeaseView {
    LeaseId id;
    LeaseState state = LeaseState::kInvalid;
    Denom denom;
    sim::Dec18 price;  ///< per block
    sim::Height created_at;
    sim::Height closed_on;  ///< 0 while it runs
};

/// An escrow account: a deployment's, or the one that holds a bid's deposit.
struct EscrowView {
    EscrowState state = EscrowState::kInvalid;
    Denom denom;
    sim::Dec18 balance;      ///< the owner's money, as of settled_at
    sim::Dec18 funds;        ///< a third-party depositor's money, spent first
    sim::Dec18 transferred;  ///< total ever moved to payments
    sim::Height settled_at;
    sim::Dec18 rate;  ///< sum of the open payments' rates per block
    Address owner;
    Address depositor;  ///< who put the money in and gets back what is left
};

/// One lease's stream of money out of its deployment's account.
struct PaymentView {
    LeaseId lease;
    EscrowState state = EscrowState::kInvalid;
    sim::Dec18 rate;             ///< per block
    sim::Dec18 balance;          ///< earned as of the account's settled_at, not yet paid out
    std::int64_t withdrawn = 0;  ///< paid out so far, fee included
};

struct AccountView {
    std::uint64_t number = 0;
    std::uint64_t sequence = 0;
};

struct ProviderView {
    Address owner;
    std::string host_uri;
    Attributes attributes;
    ProviderInfo info;
};

struct CertificateView {
    std::string serial;  ///< decimal
    CertificateState state = CertificateState::kInvalid;
    std::string cert;    ///< PEM
    std::string pubkey;  ///< PEM
};

struct GrantView {
    Address granter;
    Address grantee;
    std::string type_url;
    Authorization authorization;
    Timestamp expiration;
};

struct PoolCoinView {
    Denom denom;
    sim::Dec18 amount;
};

struct CoinView {
    Denom denom;
    std::int64_t amount = 0;
};

class ChainView {
  public:
    explicit ChainView(const ChainState& state) : state_(&state) {}

    [[nodiscard]] sim::Height height() const;
    /// Block time of the last committed block, as the chain's own clock shows it.
    [[nodiscard]] Timestamp block_time() const;

    [[nodiscard]] std::optional<DeploymentView> deployment(const DeploymentId& id) const;
    [[nodiscard]] std::optional<GroupView> group(const GroupId& id) const;
    [[nodiscard]] std::optional<OrderView> order(const OrderId& id) const;
    [[nodiscard]] std::optional<BidView> bid(const BidId& id) const;
    [[nodiscard]] std::optional<LeaseView> lease(const LeaseId& id) const;
    [[nodiscard]] std::optional<EscrowView> escrow(const DeploymentId& id) const;
    /// All bids on an order in provider byte order.
    [[nodiscard]] std::vector<BidView> bids(const OrderId& id) const;

    /// Spendable balance in micro-units.
    [[nodiscard]] std::int64_t balance(Address account, Denom denom) const;
    [[nodiscard]] bool provider_registered(Address owner) const;
    /// Null when not registered.
    [[nodiscard]] const Attributes* provider_attributes(Address owner) const;
    /// What this auditor signed for the provider; null when there is no record.
    [[nodiscard]] const Attributes* audited_attributes(Address provider, Address auditor) const;
    /// Every auditor's record of a provider, in auditor byte order.
    [[nodiscard]] std::vector<std::pair<Address, const Attributes*>> audits(Address provider) const;

    /// Amount of the deposit a bid needs, and its denomination.
    [[nodiscard]] std::pair<Denom, std::int64_t> bid_min_deposit() const;
    /// Smallest deployment deposit in this denomination; nullopt when it is not accepted.
    [[nodiscard]] std::optional<std::int64_t> deployment_min_deposit(Denom denom) const;
    [[nodiscard]] std::uint32_t order_max_bids() const;
    [[nodiscard]] const ChainParams& params() const;

    // The rest of what is stored, for queries and records; not for hot paths.
    [[nodiscard]] std::optional<AccountView> account(Address address) const;
    [[nodiscard]] std::optional<ProviderView> provider(Address owner) const;
    /// Payments of a deployment in the store's order: by gseq/oseq/provider as text.
    [[nodiscard]] std::vector<PaymentView> payments(const DeploymentId& id) const;
    /// Certificates of an owner by serial, compared as the store's bytes.
    [[nodiscard]] std::vector<CertificateView> certificates(Address owner) const;
    /// Grants given by one account to another, by type URL.
    [[nodiscard]] std::vector<GrantView> grants(Address granter, Address grantee) const;
    /// All grants given by an account, by grantee and type URL.
    [[nodiscard]] std::vector<GrantView> grants(Address granter) const;
    [[nodiscard]] std::vector<PoolCoinView> community_pool() const;
    [[nodiscard]] const std::string& chain_id() const;
    /// All an account has, by denomination as text.
    [[nodiscard]] std::vector<CoinView> balances(Address account) const;
    /// All there is, by denomination as text.
    [[nodiscard]] std::vector<CoinView> supply() const;
    /// Every registered provider, in byte order of the addresses.
    [[nodiscard]] std::vector<Address> providers() const;
    /// An owner's deployments by dseq; closed ones too, as far as they are kept.
    [[nodiscard]] std::vector<DeploymentView> deployments(Address owner) const;
    /// In the order of gseq and oseq.
    [[nodiscard]] std::vector<GroupView> groups(const DeploymentId& id) const;
    [[nodiscard]] std::vector<OrderView> orders(const GroupId& id) const;
    /// Every lease of a deployment, in any state, by order and provider.
    [[nodiscard]] std::vector<LeaseView> leases(const DeploymentId& id) const;
    /// The account with a bid's deposit; nullopt when there is no such bid.
    [[nodiscard]] std::optional<EscrowView> bid_escrow(const BidId& id) const;

  private:
    const ChainState* state_;
};

}  // namespace nodes
