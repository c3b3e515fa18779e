// What an order asks for: the real chain's GroupSpec (akash-api v0.0.35, deployment v1beta3).
// A specification is immutable once made and shared by pointer between the message, the group, the
// orders and the providers' views of it.
#pragma once

#include "nodes/protocol/coin.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nodes {

/// key = value, as on chain; keys of requirements may hold glob patterns.
struct Attribute {
    std::string key;
    std::string value;

    friend bool operator==(const Attribute&, const Attribute&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("value", self.value);
    }
};

using Attributes = std::vector<Attribute>;

/// CPU in milli-CPU, memory in bytes, GPU in whole cards. Quantities are arbitrary-size on the
/// wire.
struct Quantity {
    sim::Wide value = 0;
    Attributes attributes;

    static void fields(auto& self, auto&& visit) {
        visit("value", self.value);
        visit("attributes", self.attributes);
    }
};

struct Volume {
    std::string name;
    sim::Wide bytes = 0;
    Attributes attributes;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("bytes", self.bytes);
        visit("attributes", self.attributes);
    }
};

enum class EndpointKind : std::uint32_t { kSharedHttp = 0, kRandomPort = 1, kLeasedIp = 2 };

struct Endpoint {
    EndpointKind kind = EndpointKind::kSharedHttp;
    std::uint32_t sequence_number = 0;

    static void fields(auto& self, auto&& visit) {
        visit("kind", self.kind);
        visit("sequence_number", self.sequence_number);
    }
};

/// cpu, memory and gpu may be absent on the wire (refused later, with their own texts).
struct Resources {
    std::uint32_t id = 0;
    std::optional<Quantity> cpu;
    std::optional<Quantity> memory;
    std::vector<Volume> storage;
    std::optional<Quantity> gpu;
    std::vector<Endpoint> endpoints;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("cpu", self.cpu);
        visit("memory", self.memory);
        visit("storage", self.storage);
        visit("gpu", self.gpu);
        visit("endpoints", self.endpoints);
    }
};

/// `price` is for one replica and block; `count` replicas are asked for.
struct ResourceUnit {
    Resources resources;
    std::uint32_t count = 0;
    DecCoin price;

    static void fields(auto& self, auto&& visit) {
        visit("resources", self.resources);
        visit("count", self.count);
        visit("price", self.price);
    }
};

struct PlacementRequirements {
    std::vector<std::string> all_of;  ///< auditors that must all have signed
    std::vector<std::string> any_of;  ///< auditors of which one must have signed
    Attributes attributes;

    static void fields(auto& self, auto&& visit) {
        visit("all_of", self.all_of);
        visit("any_of", self.any_of);
        visit("attributes", self.attributes);
    }
};

struct GroupSpec {
    std::string name;
    PlacementRequirements requirements;
    std::vector<ResourceUnit> resources;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("requirements", self.requirements);
        visit("resources", self.resources);
    }
};

using GroupSpecRef = std::shared_ptr<const GroupSpec>;

/// Highest price of an order per block: sum over units of price x count, in the first unit's denom.
/// The caller ensures that all units have one denomination (ValidateBasic does).
DecCoin total_price(const GroupSpec& spec);

/// Length of the protobuf encoding (akash.deployment.v1beta3.GroupSpec); reference 19.6.
std::size_t encoded_size(const GroupSpec& spec, const Names& names);

/// One entry of a bid's offer; unit prices are not part of it.
struct ResourceOffer {
    Resources resources;
    std::uint32_t count = 0;

    static void fields(auto& self, auto&& visit) {
        visit("resources", self.resources);
        visit("count", self.count);
    }
};

using ResourcesOffer = std::vector<ResourceOffer>;

/// Length of field 5 of a bid: msg(msg(Resources) + num(count)) per entry; reference 20.2.
std::size_t encoded_size(const ResourcesOffer& offer);

}  // namespace nodes
