// Identifiers of the market, as the real chain has them (reference akash-chain section 1).
// They hold addresses as written in the message that brought them; the chain's keys use
// AddressBook::account() of them. Text forms: owner/dseq/gseq/oseq/provider.
#pragma once

#include "nodes/protocol/names.h"

#include <compare>
#include <cstdint>

namespace nodes {

struct DeploymentId {
    Address owner;
    std::uint64_t dseq = 0;

    friend constexpr auto operator<=>(const DeploymentId&, const DeploymentId&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("dseq", self.dseq);
    }
};

struct GroupId {
    Address owner;
    std::uint64_t dseq = 0;
    std::uint32_t gseq = 0;

    [[nodiscard]] constexpr DeploymentId deployment() const { return {owner, dseq}; }

    friend constexpr auto operator<=>(const GroupId&, const GroupId&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("dseq", self.dseq);
        visit("gseq", self.gseq);
    }
};

struct OrderId {
    Address owner;
    std::uint64_t dseq = 0;
    std::uint32_t gseq = 0;
    std::uint32_t oseq = 0;

    [[nodiscard]] constexpr DeploymentId deployment() const { return {owner, dseq}; }

    [[nodiscard]] constexpr GroupId group() const { return {owner, dseq, gseq}; }

    friend constexpr auto operator<=>(const OrderId&, const OrderId&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("dseq", self.dseq);
        visit("gseq", self.gseq);
        visit("oseq", self.oseq);
    }
};

/// A lease has the id of the bid it came from.
struct BidId {
    Address owner;
    std::uint64_t dseq = 0;
    std::uint32_t gseq = 0;
    std::uint32_t oseq = 0;
    Address provider;

    [[nodiscard]] constexpr DeploymentId deployment() const { return {owner, dseq}; }

    [[nodiscard]] constexpr GroupId group() const { return {owner, dseq, gseq}; }

    [[nodiscard]] constexpr OrderId order() const { return {owner, dseq, gseq, oseq}; }

    friend constexpr auto operator<=>(const BidId&, const BidId&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("dseq", self.dseq);
        visit("gseq", self.gseq);
        visit("oseq", self.oseq);
        visit("provider", self.provider);
    }
};

using LeaseId = BidId;

constexpr BidId bid_id(const OrderId& order, Address provider) {
    return {order.owner, order.dseq, order.gseq, order.oseq, provider};
}

}  // namespace nodes
