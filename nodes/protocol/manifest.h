// What a tenant hands to its provider after winning a lease: the services to run, and the hash of
// it that the deployment carries on chain (akash-api v0.0.35, go/manifest/v2beta2).
#pragma once

#include "nodes/protocol/resources.h"
#include "sim/result.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nodes {

/// A list that may be absent: the hash differs between null and an empty list.
using ManifestTexts = std::optional<std::vector<std::string>>;

struct ManifestHttpOptions {
    std::uint32_t max_body_size = 0;
    std::uint32_t read_timeout = 0;
    std::uint32_t send_timeout = 0;
    std::uint32_t next_tries = 0;
    std::uint32_t next_timeout = 0;
    std::vector<std::string> next_cases;
};

enum class ServiceProtocol : std::uint8_t { kTcp, kUdp };

struct ManifestExpose {
    std::uint32_t port = 0;
    std::uint32_t external_port = 0;  ///< 0: the same as `port`
    ServiceProtocol proto = ServiceProtocol::kTcp;
    std::string service;
    bool global = false;
    ManifestTexts hosts;
    ManifestHttpOptions http_options;
    std::string ip;
    std::uint32_t endpoint_sequence_number = 0;
};

struct ManifestVolumeParams {
    std::string name;
    std::string mount;
    bool read_only = false;
};

struct ManifestParams {
    std::vector<ManifestVolumeParams> storage;  ///< none is written as null
};

struct ManifestService {
    std::string name;
    std::string image;
    ManifestTexts command;
    ManifestTexts args;
    ManifestTexts env;
    Resources resources;
    std::uint32_t count = 0;
    std::vector<ManifestExpose> expose;
    std::optional<ManifestParams> params;
};

struct ManifestGroup {
    std::string name;
    std::vector<ManifestService> services;
};

using Manifest = std::vector<ManifestGroup>;

/// TCP with port 80 outside: served by the provider's HTTP ingress.
bool is_ingress(const ManifestExpose& expose);

/// The endpoints that globally exposed ports need, in the order of the exposes.
std::vector<Endpoint> endpoints_of(const std::vector<ManifestExpose>& exposes);

/// Sorts as the real reader does: by service, port, protocol, global ones first; equal ones keep
/// their order (Go's unstable sort of more than twelve may not).
void sort_exposes(std::vector<ManifestExpose>& exposes);

/// Manifest.Validate: first error of names, images, environment, ports and hosts.
sim::Status validate_manifest(const Manifest& manifest);

/// The JSON form, keys in the order in which Go writes them. Texts are made valid UTF-8.
nlohmann::ordered_json manifest_json(const Manifest& manifest);
nlohmann::ordered_json resources_json(const Resources& resources);
nlohmann::ordered_json attributes_json(const Attributes& attributes);

/// What is hashed: the JSON form with sorted keys and without spaces (cosmos-sdk SortJSON).
std::string sorted_manifest_json(const Manifest& manifest);
/// SHA-256 of it: 32 raw bytes.
std::string manifest_version(const Manifest& manifest);

}  // namespace nodes
