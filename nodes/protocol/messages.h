// Every message the chain takes, field by field as on the wire (akash-api v0.0.35, cosmos-sdk
// v0.45). Decoding from proto JSON and encoding to protobuf stand in message_json.h and encoding.h,
// the stateless checks in validate_basic.h.
#pragma once

#include "nodes/protocol/ids.h"
#include "nodes/protocol/resources.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nodes {

struct MsgCreateDeployment {
    static constexpr std::string_view kTypeUrl = "/akash.deployment.v1beta3.MsgCreateDeployment";
    DeploymentId id;
    std::vector<GroupSpecRef> groups;
    std::string version;  ///< manifest hash, raw bytes
    Coin deposit;
    Address depositor;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("groups", self.groups);
        visit("version", self.version);
        visit("deposit", self.deposit);
        visit("depositor", self.depositor);
    }
};

struct MsgDepositDeployment {
    static constexpr std::string_view kTypeUrl = "/akash.deployment.v1beta3.MsgDepositDeployment";
    DeploymentId id;
    Coin amount;
    Address depositor;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("amount", self.amount);
        visit("depositor", self.depositor);
    }
};

struct MsgUpdateDeployment {
    static constexpr std::string_view kTypeUrl = "/akash.deployment.v1beta3.MsgUpdateDeployment";
    DeploymentId id;
    std::string version;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("version", self.version);
    }
};

struct MsgCloseDeployment {
    static constexpr std::string_view kTypeUrl = "/akash.deployment.v1beta3.MsgCloseDeployment";
    DeploymentId id;

    static void fields(auto& self, auto&& visit) { visit("id", self.id); }
};

struct MsgCloseGroup {
    static constexpr std::string_view kTypeUrl = "/akash.deployment.v1beta3.MsgCloseGroup";
    GroupId id;

    static void fields(auto& self, auto&& visit) { visit("id", self.id); }
};

struct MsgPauseGroup {
    static constexpr std::string_view kTypeUrl = "/akash.deployment.v1beta3.MsgPauseGroup";
    GroupId id;

    static void fields(auto& self, auto&& visit) { visit("id", self.id); }
};

struct MsgStartGroup {
    static constexpr std::string_view kTypeUrl = "/akash.deployment.v1beta3.MsgStartGroup";
    GroupId id;

    static void fields(auto& self, auto&& visit) { visit("id", self.id); }
};

struct MsgCreateBid {
    static constexpr std::string_view kTypeUrl = "/akash.market.v1beta4.MsgCreateBid";
    OrderId order;
    Address provider;
    DecCoin price;  ///< per block, for the whole group
    Coin deposit;
    std::shared_ptr<const ResourcesOffer> resources_offer;  ///< null = empty

    static void fields(auto& self, auto&& visit) {
        visit("order", self.order);
        visit("provider", self.provider);
        visit("price", self.price);
        visit("deposit", self.deposit);
        visit("resources_offer", self.resources_offer);
    }
};

struct MsgCreateLease {
    static constexpr std::string_view kTypeUrl = "/akash.market.v1beta4.MsgCreateLease";
    BidId bid_id;

    static void fields(auto& self, auto&& visit) { visit("bid_id", self.bid_id); }
};

struct MsgWithdrawLease {
    static constexpr std::string_view kTypeUrl = "/akash.market.v1beta4.MsgWithdrawLease";
    LeaseId bid_id;

    static void fields(auto& self, auto&& visit) { visit("bid_id", self.bid_id); }
};

struct MsgCloseLease {
    static constexpr std::string_view kTypeUrl = "/akash.market.v1beta4.MsgCloseLease";
    LeaseId lease_id;

    static void fields(auto& self, auto&& visit) { visit("lease_id", self.lease_id); }
};

struct MsgCloseBid {
    static constexpr std::string_view kTypeUrl = "/akash.market.v1beta4.MsgCloseBid";
    BidId bid_id;

    static void fields(auto& self, auto&& visit) { visit("bid_id", self.bid_id); }
};

struct ProviderInfo {
    std::string email;
    std::string website;

    static void fields(auto& self, auto&& visit) {
        visit("email", self.email);
        visit("website", self.website);
    }
};

struct MsgCreateProvider {
    static constexpr std::string_view kTypeUrl = "/akash.provider.v1beta3.MsgCreateProvider";
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

struct MsgUpdateProvider {
    static constexpr std::string_view kTypeUrl = "/akash.provider.v1beta3.MsgUpdateProvider";
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

struct MsgDeleteProvider {
    static constexpr std::string_view kTypeUrl = "/akash.provider.v1beta3.MsgDeleteProvider";
    Address owner;

    static void fields(auto& self, auto&& visit) { visit("owner", self.owner); }
};

struct MsgSignProviderAttributes {
    static constexpr std::string_view kTypeUrl = "/akash.audit.v1beta3.MsgSignProviderAttributes";
    Address owner;  ///< the provider
    Address auditor;
    Attributes attributes;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("auditor", self.auditor);
        visit("attributes", self.attributes);
    }
};

struct MsgDeleteProviderAttributes {
    static constexpr std::string_view kTypeUrl = "/akash.audit.v1beta3.MsgDeleteProviderAttributes";
    Address owner;
    Address auditor;
    std::vector<std::string> keys;  ///< none = the whole record

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("auditor", self.auditor);
        visit("keys", self.keys);
    }
};

struct MsgCreateCertificate {
    static constexpr std::string_view kTypeUrl = "/akash.cert.v1beta3.MsgCreateCertificate";
    Address owner;
    std::string cert;    ///< PEM
    std::string pubkey;  ///< PEM

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("cert", self.cert);
        visit("pubkey", self.pubkey);
    }
};

struct MsgRevokeCertificate {
    static constexpr std::string_view kTypeUrl = "/akash.cert.v1beta3.MsgRevokeCertificate";
    Address owner;
    std::string serial;  ///< decimal

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("serial", self.serial);
    }
};

struct MsgSend {
    static constexpr std::string_view kTypeUrl = "/cosmos.bank.v1beta1.MsgSend";
    Address from;
    Address to;
    std::vector<Coin> amount;

    static void fields(auto& self, auto&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("amount", self.amount);
    }
};

/// cosmos.authz.v1beta1.GenericAuthorization: any message of this type.
struct GenericAuthorization {
    static constexpr std::string_view kTypeUrl = "/cosmos.authz.v1beta1.GenericAuthorization";
    std::string msg_type_url;

    static void fields(auto& self, auto&& visit) { visit("msg_type_url", self.msg_type_url); }
};

/// akash.deployment.v1beta3.DepositDeploymentAuthorization: deposits up to a limit.
struct DepositAuthorization {
    static constexpr std::string_view kTypeUrl =
        "/akash.deployment.v1beta3.DepositDeploymentAuthorization";
    Coin spend_limit;

    static void fields(auto& self, auto&& visit) { visit("spend_limit", self.spend_limit); }
};

using Authorization = std::variant<GenericAuthorization, DepositAuthorization>;

/// google.protobuf.Timestamp.
struct Timestamp {
    std::int64_t seconds = 0;
    std::int32_t nanos = 0;

    friend constexpr auto operator<=>(const Timestamp&, const Timestamp&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("seconds", self.seconds);
        visit("nanos", self.nanos);
    }
};

struct MsgGrant {
    static constexpr std::string_view kTypeUrl = "/cosmos.authz.v1beta1.MsgGrant";
    Address granter;
    Address grantee;
    std::optional<Authorization> authorization;
    Timestamp expiration;

    static void fields(auto& self, auto&& visit) {
        visit("granter", self.granter);
        visit("grantee", self.grantee);
        visit("authorization", self.authorization);
        visit("expiration", self.expiration);
    }
};

struct MsgRevoke {
    static constexpr std::string_view kTypeUrl = "/cosmos.authz.v1beta1.MsgRevoke";
    Address granter;
    Address grantee;
    std::string msg_type_url;

    static void fields(auto& self, auto&& visit) {
        visit("granter", self.granter);
        visit("grantee", self.grantee);
        visit("msg_type_url", self.msg_type_url);
    }
};

struct Msg;

struct MsgExec {
    static constexpr std::string_view kTypeUrl = "/cosmos.authz.v1beta1.MsgExec";
    Address grantee;
    std::vector<Msg> msgs;

    static void fields(auto& self, auto&& visit) {
        visit("grantee", self.grantee);
        visit("msgs", self.msgs);
    }
};

/// One message of any type. A new type is added here and where the compiler then complains.
struct Msg {
    using Body = std::variant<MsgCreateDeployment,
                              MsgDepositDeployment,
                              MsgUpdateDeployment,
                              MsgCloseDeployment,
                              MsgCloseGroup,
                              MsgPauseGroup,
                              MsgStartGroup,
                              MsgCreateBid,
                              MsgCreateLease,
                              MsgWithdrawLease,
                              MsgCloseLease,
                              MsgCloseBid,
                              MsgCreateProvider,
                              MsgUpdateProvider,
                              MsgDeleteProvider,
                              MsgSignProviderAttributes,
                              MsgDeleteProviderAttributes,
                              MsgCreateCertificate,
                              MsgRevokeCertificate,
                              MsgSend,
                              MsgGrant,
                              MsgRevoke,
                              MsgExec>;
    Body body;

    static void fields(auto& self, auto&& visit) { visit("body", self.body); }
};

/// "/akash.market.v1beta4.MsgCreateBid".
std::string_view type_url(const Msg& msg);

/// The one account that must sign (GetSigners of the real message).
Address required_signer(const Msg& msg);

/// What a client sends, before it is signed and encoded. `sequence` empty = the account's own,
/// which is what well-behaved agents declare.
struct Tx {
    Address signer;  ///< whose key signs; normally required_signer of every message
    std::vector<Msg> messages;
    std::vector<Coin> fee;
    std::uint64_t gas_limit = 0;
    std::string memo;
    std::optional<std::uint64_t> sequence;
    std::uint64_t timeout_height = 0;

    static void fields(auto& self, auto&& visit) {
        visit("signer", self.signer);
        visit("messages", self.messages);
        visit("fee", self.fee);
        visit("gas_limit", self.gas_limit);
        visit("memo", self.memo);
        visit("sequence", self.sequence);
        visit("timeout_height", self.timeout_height);
    }
};

}  // namespace nodes
