// What happens to the world at given times whatever the agents do: providers fail and come back,
// demand surges, prices jump, parameters change, links break. The list is sorted by time; each
// entry is done once.
#pragma once

#include "nodes/chain/params.h"
#include "scenarios/engine/population.h"
#include "sim/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace scenarios {

/// A group of providers that joins, one after the other over a time.
struct AddProviders {
    ProviderGroup group;
    sim::SimDuration over;

    static void fields(auto& self, auto&& visit) {
        visit("group", self.group);
        visit("over", self.over);
    }
};

enum class ProviderChange : std::uint8_t {
    kLeave,    ///< closes its leases and bids and goes for good
    kFail,     ///< is not reachable and serves nothing
    kRecover,  ///< comes back
};

/// The first `count` of a group that the change applies to; all of them when `count` is 0.
struct ChangeProviders {
    ProviderChange change = ProviderChange::kFail;
    std::string group;
    std::int64_t count = 0;
    sim::SimDuration lasting;  ///< of kFail: comes back after this long; 0 = never by itself

    static void fields(auto& self, auto&& visit) {
        visit("change", self.change);
        visit("group", self.group);
        visit("count", self.count);
        visit("lasting", self.lasting);
    }
};

/// Multiplies the arrivals of a tenant group (all groups when empty).
struct DemandSurge {
    std::string group;
    double factor = 1;
    sim::SimDuration lasting;  ///< 0 = for good

    static void fields(auto& self, auto&& visit) {
        visit("group", self.group);
        visit("factor", self.factor);
        visit("lasting", self.lasting);
    }
};

struct PriceShock {
    double factor = 1;

    static void fields(auto& self, auto&& visit) { visit("factor", self.factor); }
};

/// New parameters of the chain, complete.
struct ParamsChange {
    nodes::ChainParams params;

    static void fields(auto& self, auto&& visit) { visit("params", self.params); }
};

struct ProgrammeSwitch {
    std::string programme;
    bool start = true;

    static void fields(auto& self, auto&& visit) {
        visit("programme", self.programme);
        visit("start", self.start);
    }
};

struct LinkQualitySpec {
    std::optional<sim::SimDuration> latency;
    std::optional<double> jitter;
    std::optional<sim::Ratio> loss;
    std::optional<sim::Ratio> duplication;

    static void fields(auto& self, auto&& visit) {
        visit("latency", self.latency);
        visit("jitter", self.jitter);
        visit("loss", self.loss);
        visit("duplication", self.duplication);
    }
};

/// Changes the links from one region to another and back; all links when both are empty.
struct LinkChange {
    std::string from;
    std::string to;
    LinkQualitySpec quality;

    static void fields(auto& self, auto&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("quality", self.quality);
    }
};

/// Nothing passes between different groups of regions; empty = everything passes again.
struct Partition {
    std::vector<std::vector<std::string>> groups;
    sim::SimDuration lasting;  ///< 0 = until healed

    static void fields(auto& self, auto&& visit) {
        visit("groups", self.groups);
        visit("lasting", self.lasting);
    }
};

using ActionBody = std::variant<AddProviders,
                                ChangeProviders,
                                DemandSurge,
                                PriceShock,
                                ParamsChange,
                                ProgrammeSwitch,
                                LinkChange,
                                Partition>;

struct Action {
    sim::SimTime at;
    ActionBody body;
    std::string place;

    static void fields(auto& self, auto&& visit) {
        visit("at", self.at);
        visit("body", self.body);
        visit("place", self.place);
    }
};

}  // namespace scenarios
