// An SDL file after decoding and before anything is built from it (akash-network/node v0.30,
// sdl/v2.go). Versions 2.0 and 2.1 have one form.
#pragma once

#include "nodes/protocol/manifest.h"
#include "nodes/protocol/sdl_decoder.h"
#include "nodes/protocol/sdl_resources.h"
#include "sim/wide.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nodes {

struct SdlHttpOptions {
    static constexpr std::string_view kGoName = "sdl.v2HTTPOptions";
    std::uint32_t max_body_size = 0;
    std::uint32_t read_timeout = 0;
    std::uint32_t send_timeout = 0;
    std::uint32_t next_tries = 0;
    std::uint32_t next_timeout = 0;
    TextList next_cases;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("max_body_size", self.max_body_size);
        visit("read_timeout", self.read_timeout);
        visit("send_timeout", self.send_timeout);
        visit("next_tries", self.next_tries);
        visit("next_timeout", self.next_timeout);
        visit("next_cases", self.next_cases);
    }
};

struct SdlExposeTo {
    static constexpr std::string_view kGoName = "sdl.v2ExposeTo";
    std::string service;
    bool global = false;
    SdlHttpOptions http_options;  ///< read, but without effect
    std::string ip;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("service", self.service);
        visit("global", self.global);
        visit("http_options", self.http_options);
        visit("ip", self.ip);
    }
};

struct SdlAccept {
    TextList hosts;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlAccept& out, DecodeBudget& budget);
};

struct SdlExpose {
    static constexpr std::string_view kGoName = "sdl.v2Expose";
    std::uint32_t port = 0;
    std::uint32_t as = 0;
    std::string proto;
    GoSlice<SdlExposeTo> to;
    SdlAccept accept;
    SdlHttpOptions http_options;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("port", self.port);
        visit("as", self.as);
        visit("proto", self.proto);
        visit("to", self.to);
        visit("accept", self.accept);
        visit("http_options", self.http_options);
    }
};

struct SdlExposes : GoSlice<SdlExpose> {
    static constexpr std::string_view kGoName = "sdl.v2Exposes";
};

struct SdlDependency {
    static constexpr std::string_view kGoName = "sdl.v2Dependency";
    std::string service;

    static void yaml_fields(auto& self, auto&& visit) { visit("service", self.service); }
};

struct SdlStorageParams {
    static constexpr std::string_view kGoName = "sdl.v2ServiceStorageParams";
    std::string mount;
    bool read_only = false;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("mount", self.mount);
        visit("readOnly", self.read_only);
    }
};

struct SdlParams {
    static constexpr std::string_view kGoName = "sdl.v2ServiceParams";
    GoMap<SdlStorageParams> storage;

    static void yaml_fields(auto& self, auto&& visit) { visit("storage", self.storage); }
};

struct SdlService {
    static constexpr std::string_view kGoName = "sdl.v2Service";
    std::string image;
    TextList command;
    TextList args;
    TextList env;
    SdlExposes expose;
    GoSlice<SdlDependency> dependencies;
    std::optional<SdlParams> params;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("image", self.image);
        visit("command", self.command);
        visit("args", self.args);
        visit("env", self.env);
        visit("expose", self.expose);
        visit("dependencies", self.dependencies);
        visit("params", self.params);
    }
};

struct SdlProfileCompute {
    static constexpr std::string_view kGoName = "sdl.v2ProfileCompute";
    std::optional<SdlComputeResources> resources;

    static void yaml_fields(auto& self, auto&& visit) { visit("resources", self.resources); }
};

struct SdlPlacementAttributes {
    Attributes list;

    static DecodeOutcome from_yaml(const YamlNode& node,
                                   SdlPlacementAttributes& out,
                                   DecodeBudget& budget);
};

struct SdlSignedBy {
    static constexpr std::string_view kGoName = "v1beta3.SignedBy";
    TextList all_of;
    TextList any_of;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("allOf", self.all_of);
        visit("anyOf", self.any_of);
    }
};

/// A price; a null one is known but has no amount, and using it crashes the real reader.
struct SdlCoin {
    struct Value {
        std::string denom;
        sim::Wide scaled = 0;  ///< the amount times 10^18
    };

    std::optional<Value> value;

    static DecodeOutcome from_yaml(const YamlNode& node, SdlCoin& out, DecodeBudget& budget);
};

struct SdlPricing : GoMap<SdlCoin> {
    static constexpr std::string_view kGoName = "sdl.v2PlacementPricing";
};

struct SdlProfilePlacement {
    static constexpr std::string_view kGoName = "sdl.v2ProfilePlacement";
    SdlPlacementAttributes attributes;
    SdlSignedBy signed_by;
    SdlPricing pricing;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("attributes", self.attributes);
        visit("signedBy", self.signed_by);
        visit("pricing", self.pricing);
    }
};

struct SdlProfiles {
    static constexpr std::string_view kGoName = "sdl.v2profiles";
    GoMap<SdlProfileCompute> compute;
    GoMap<SdlProfilePlacement> placement;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("compute", self.compute);
        visit("placement", self.placement);
    }
};

struct SdlServiceDeployment {
    static constexpr std::string_view kGoName = "sdl.v2ServiceDeployment";
    std::string profile;
    std::uint32_t count = 0;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("profile", self.profile);
        visit("count", self.count);
    }
};

struct SdlDeployment : GoMap<SdlServiceDeployment> {
    static constexpr std::string_view kGoName = "sdl.v2Deployment";
};

struct SdlDeployments : GoMap<SdlDeployment> {
    static constexpr std::string_view kGoName = "sdl.v2Deployments";
};

struct SdlEndpoint {
    static constexpr std::string_view kGoName = "sdl.v2Endpoint";
    std::string kind;

    static void yaml_fields(auto& self, auto&& visit) { visit("kind", self.kind); }
};

enum class SdlUnits : std::uint8_t {
    kPerService,  ///< 2.0: every service has a unit of its own
    kPerProfile,  ///< from 2.1 on: services with one profile share a unit
};

struct SdlDocument {
    SdlUnits units = SdlUnits::kPerService;
    TextList include;
    GoMap<SdlService> services;
    SdlProfiles profiles;
    SdlDeployments deployments;
    GoMap<SdlEndpoint> endpoints;
};

/// Decodes the sections in the order of the file. Without any document: "sdl: uninitialized".
sim::Result<SdlDocument> read_sdl_document(std::string_view yaml);

/// The version of the file: which rules apply, or why there is none.
sim::Result<SdlUnits> read_sdl_version(std::string_view text);

/// Why net/url does not take "http://" + host; nothing when it does (go 1.21).
std::optional<std::string> url_problem(std::string_view host);

}  // namespace nodes
