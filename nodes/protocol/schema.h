// The fields of every message as the wire has them: number, name, kind (akash-api v0.0.35,
// cosmos-sdk v0.45.16). One list per type serves encoding, counting, reading and writing of JSON;
// each of them is a visitor with these functions:
//
//     text, bytes (std::string), address, denom, number (uint32, uint64), enumeration, timestamp,
//     integer (Int), decimal (Dec), texts (list), any and anys (messages behind type URLs),
//     message (always there), optional_message (may be absent), list (of messages), and
//     group, optional_group: messages that have no struct of their own here; the last argument
//     visits their fields.
//
// `self` is the struct, const or not; the visitor decides which it needs.
#pragma once

#include "nodes/protocol/messages.h"

namespace nodes::schema {

template <class T>
struct Fields;  // one specialisation per type, with static void visit(auto& self, auto&& v)

template <class Self, class Visitor>
void visit(Self& self, Visitor&& visitor) {
    Fields<std::remove_const_t<Self>>::visit(self, visitor);
}

template <>
struct Fields<Coin> {
    static void visit(auto& self, auto&& v) {
        v.denom(1, "denom", self.denom);
        v.integer(2, "amount", self.amount);
    }
};

template <>
struct Fields<DecCoin> {
    static void visit(auto& self, auto&& v) {
        v.denom(1, "denom", self.denom);
        v.decimal(2, "amount", self.scaled);
    }
};

template <>
struct Fields<Attribute> {
    static void visit(auto& self, auto&& v) {
        v.text(1, "key", self.key);
        v.text(2, "value", self.value);
    }
};

template <>
struct Fields<Volume> {
    static void visit(auto& self, auto&& v) {
        v.text(1, "name", self.name);
        v.group(2, "quantity", [&self](auto&& q) { q.integer(1, "val", self.bytes); });
        v.list(3, "attributes", self.attributes);
    }
};

template <>
struct Fields<Endpoint> {
    static void visit(auto& self, auto&& v) {
        v.enumeration(1, "kind", self.kind);
        v.number(2, "sequence_number", self.sequence_number);
    }
};

/// cpu and gpu call their quantity "units", memory "quantity".
inline constexpr auto kVisitUnits = [](auto& self, auto&& v) {
    v.group(1, "units", [&self](auto&& q) { q.integer(1, "val", self.value); });
    v.list(2, "attributes", self.attributes);
};
inline constexpr auto kVisitQuantity = [](auto& self, auto&& v) {
    v.group(1, "quantity", [&self](auto&& q) { q.integer(1, "val", self.value); });
    v.list(2, "attributes", self.attributes);
};

template <>
struct Fields<Resources> {
    static void visit(auto& self, auto&& v) {
        v.number(1, "id", self.id);
        v.optional_group(2, "cpu", self.cpu, kVisitUnits);
        v.optional_group(3, "memory", self.memory, kVisitQuantity);
        v.list(4, "storage", self.storage);
        v.optional_group(5, "gpu", self.gpu, kVisitUnits);
        v.list(6, "endpoints", self.endpoints);
    }
};

template <>
struct Fields<ResourceUnit> {
    static void visit(auto& self, auto&& v) {
        v.message(1, "resource", self.resources);
        v.number(2, "count", self.count);
        v.message(3, "price", self.price);
    }
};

template <>
struct Fields<PlacementRequirements> {
    static void visit(auto& self, auto&& v) {
        v.group(1, "signed_by", [&self](auto&& s) {
            s.texts(1, "all_of", self.all_of);
            s.texts(2, "any_of", self.any_of);
        });
        v.list(2, "attributes", self.attributes);
    }
};

template <>
struct Fields<GroupSpec> {
    static void visit(auto& self, auto&& v) {
        v.text(1, "name", self.name);
        v.message(2, "requirements", self.requirements);
        v.list(3, "resources", self.resources);
    }
};

template <>
struct Fields<ResourceOffer> {
    static void visit(auto& self, auto&& v) {
        v.message(1, "resources", self.resources);
        v.number(2, "count", self.count);
    }
};

template <>
struct Fields<DeploymentId> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.number(2, "dseq", self.dseq);
    }
};

template <>
struct Fields<GroupId> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.number(2, "dseq", self.dseq);
        v.number(3, "gseq", self.gseq);
    }
};

template <>
struct Fields<OrderId> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.number(2, "dseq", self.dseq);
        v.number(3, "gseq", self.gseq);
        v.number(4, "oseq", self.oseq);
    }
};

template <>
struct Fields<BidId> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.number(2, "dseq", self.dseq);
        v.number(3, "gseq", self.gseq);
        v.number(4, "oseq", self.oseq);
        v.address(5, "provider", self.provider);
    }
};

template <>
struct Fields<MsgCreateDeployment> {
    static void visit(auto& self, auto&& v) {
        v.message(1, "id", self.id);
        v.list(2, "groups", self.groups);
        v.bytes(3, "version", self.version);
        v.message(4, "deposit", self.deposit);
        v.address(5, "depositor", self.depositor);
    }
};

template <>
struct Fields<MsgDepositDeployment> {
    static void visit(auto& self, auto&& v) {
        v.message(1, "id", self.id);
        v.message(2, "amount", self.amount);
        v.address(3, "depositor", self.depositor);
    }
};

template <>
struct Fields<MsgUpdateDeployment> {
    static void visit(auto& self, auto&& v) {
        v.message(1, "id", self.id);
        v.bytes(3, "version", self.version);
    }
};

template <>
struct Fields<MsgCloseDeployment> {
    static void visit(auto& self, auto&& v) { v.message(1, "id", self.id); }
};

template <>
struct Fields<MsgCloseGroup> {
    static void visit(auto& self, auto&& v) { v.message(1, "id", self.id); }
};

template <>
struct Fields<MsgPauseGroup> {
    static void visit(auto& self, auto&& v) { v.message(1, "id", self.id); }
};

template <>
struct Fields<MsgStartGroup> {
    static void visit(auto& self, auto&& v) { v.message(1, "id", self.id); }
};

template <>
struct Fields<MsgCreateBid> {
    static void visit(auto& self, auto&& v) {
        v.message(1, "order", self.order);
        v.address(2, "provider", self.provider);
        v.message(3, "price", self.price);
        v.message(4, "deposit", self.deposit);
        v.list(5, "resources_offer", self.resources_offer);
    }
};

template <>
struct Fields<MsgCreateLease> {
    static void visit(auto& self, auto&& v) { v.message(1, "bid_id", self.bid_id); }
};

template <>
struct Fields<MsgWithdrawLease> {
    static void visit(auto& self, auto&& v) { v.message(1, "bid_id", self.bid_id); }
};

template <>
struct Fields<MsgCloseLease> {
    static void visit(auto& self, auto&& v) { v.message(1, "lease_id", self.lease_id); }
};

template <>
struct Fields<MsgCloseBid> {
    static void visit(auto& self, auto&& v) { v.message(1, "bid_id", self.bid_id); }
};

template <>
struct Fields<ProviderInfo> {
    static void visit(auto& self, auto&& v) {
        v.text(1, "email", self.email);
        v.text(2, "website", self.website);
    }
};

template <>
struct Fields<MsgCreateProvider> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.text(2, "host_uri", self.host_uri);
        v.list(3, "attributes", self.attributes);
        v.message(4, "info", self.info);
    }
};

template <>
struct Fields<MsgUpdateProvider> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.text(2, "host_uri", self.host_uri);
        v.list(3, "attributes", self.attributes);
        v.message(4, "info", self.info);
    }
};

template <>
struct Fields<MsgDeleteProvider> {
    static void visit(auto& self, auto&& v) { v.address(1, "owner", self.owner); }
};

template <>
struct Fields<MsgSignProviderAttributes> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.address(2, "auditor", self.auditor);
        v.list(3, "attributes", self.attributes);
    }
};

template <>
struct Fields<MsgDeleteProviderAttributes> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.address(2, "auditor", self.auditor);
        v.texts(3, "keys", self.keys);
    }
};

template <>
struct Fields<MsgCreateCertificate> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "owner", self.owner);
        v.bytes(2, "cert", self.cert);
        v.bytes(3, "pubkey", self.pubkey);
    }
};

template <>
struct Fields<MsgRevokeCertificate> {
    static void visit(auto& self, auto&& v) {
        v.group(1, "id", [&self](auto&& id) {
            id.address(1, "owner", self.owner);
            id.text(2, "serial", self.serial);
        });
    }
};

template <>
struct Fields<MsgSend> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "from_address", self.from);
        v.address(2, "to_address", self.to);
        v.list(3, "amount", self.amount);
    }
};

template <>
struct Fields<GenericAuthorization> {
    static void visit(auto& self, auto&& v) { v.text(1, "msg", self.msg_type_url); }
};

template <>
struct Fields<DepositAuthorization> {
    static void visit(auto& self, auto&& v) { v.message(1, "spend_limit", self.spend_limit); }
};

template <>
struct Fields<MsgGrant> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "granter", self.granter);
        v.address(2, "grantee", self.grantee);
        v.group(3, "grant", [&self](auto&& g) {
            g.any(1, "authorization", self.authorization);
            g.timestamp(2, "expiration", self.expiration);
        });
    }
};

template <>
struct Fields<MsgRevoke> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "granter", self.granter);
        v.address(2, "grantee", self.grantee);
        v.text(3, "msg_type_url", self.msg_type_url);
    }
};

template <>
struct Fields<MsgExec> {
    static void visit(auto& self, auto&& v) {
        v.address(1, "grantee", self.grantee);
        v.anys(2, "msgs", self.msgs);
    }
};

}  // namespace nodes::schema
