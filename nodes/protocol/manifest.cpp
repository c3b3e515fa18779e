#include "nodes/protocol/manifest.h"

#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace nodes {
namespace {

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

sim::Error invalid(std::string_view text) {
    return unregistered(fmt::format("invalid manifest: {}", text));
}

/// ^[a-z]([-a-z0-9]*[a-z0-9])?$
bool valid_service_name(std::string_view name) {
    return !name.empty() && is_lower(name.front()) && name.back() != '-' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return is_lower(c) || is_digit(c) || c == '-';
           });
}

/// k8s.io/apimachinery IsEnvVarName: [-._a-zA-Z][-._a-zA-Z0-9]*, not beginning with "..", not ".".
bool valid_variable_name(std::string_view name) {
    const auto allowed = [](char c) {
        return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '.' ||
               c == '_';
    };
    return !name.empty() && !is_digit(name.front()) && name != "." && !name.starts_with("..") &&
           std::all_of(name.begin(), name.end(), allowed);
}

/// k8s.io/apimachinery IsDNS1123Subdomain.
bool valid_host(std::string_view host) {
    constexpr std::size_t kLengthMax = 253;
    if (host.empty() || host.size() > kLengthMax) return false;
    char before = '.';
    for (const char c : host) {
        const bool word = is_lower(c) || is_digit(c);
        const bool follows_word = before != '.' && before != '-';
        if (!word && c != '-' && c != '.') return false;
        if (c == '.' && !follows_word) return false;
        if (c == '-' && before == '.') return false;
        before = c;
    }
    return before != '.' && before != '-';
}

/// What is checked over the whole manifest.
struct Seen {
    std::set<std::string_view> hosts;
    bool global = false;
};

// Source: akash-api v0.0.35 manifest/v2beta2 serviceexpose.go, validate.
std::optional<std::string> expose_problem(const ManifestExpose& expose, Seen& seen) {
    constexpr std::uint32_t kPortMax = 65535;
    if (expose.port == 0 || expose.port > kPortMax) {
        return "port value must be 0 < value <= 65535 ";
    }
    seen.global = seen.global || expose.global;
    if (!expose.hosts) return std::nullopt;
    for (const auto& host : *expose.hosts) {
        if (!valid_host(host)) return fmt::format("has invalid hostname {}", go_quote(host));
        if (!seen.hosts.insert(host).second) {
            return fmt::format("hostname {} is duplicated, this is not allowed", go_quote(host));
        }
    }
    return std::nullopt;
}

// Source: akash-api v0.0.35 node/types/v1beta3 resources.go, Validate. A list of endpoints is
// always there, since the reader makes one.
sim::Status check_resources(const Resources& resources) {
    if (resources.id == 0) return unregistered("resources ID must be > 0");
    if (!resources.cpu) return unregistered("CPU must not be nil");
    if (!resources.gpu) return unregistered("GPU must not be nil");
    if (!resources.memory) return unregistered("memory must not be nil");
    if (resources.storage.empty()) return unregistered("storage must not be nil");
    return sim::ok();
}

std::optional<std::string> variable_problem(std::string_view variable) {
    const auto equals = variable.find('=');
    if (equals == 0) return "defines an env. var. with an empty name";
    const auto name = variable.substr(0, equals);
    if (valid_variable_name(name)) return std::nullopt;
    return fmt::format("defines an env. var. with an invalid name {}", go_quote(name));
}

// Source: akash-api v0.0.35 manifest/v2beta2 service.go, validate.
sim::Status check_service(const ManifestService& service, Seen& seen) {
    if (service.name.empty()) return invalid("service name is empty");
    const auto name = go_quote(service.name);
    if (!valid_service_name(service.name)) {
        return invalid(fmt::format("service {} name is invalid", name));
    }
    if (service.image.empty()) {
        return invalid(fmt::format("service {} has empty image name", name));
    }
    SIM_CHECK(check_resources(service.resources));
    if (service.env) {
        for (const auto& variable : *service.env) {
            if (const auto problem = variable_problem(variable)) {
                return invalid(fmt::format("service {} {}", name, *problem));
            }
        }
    }
    for (const auto& expose : service.expose) {
        if (const auto problem = expose_problem(expose, seen)) {
            return invalid(fmt::format("service {}: {}", name, *problem));
        }
    }
    return sim::ok();
}

}  // namespace

bool is_ingress(const ManifestExpose& expose) {
    const auto outside = expose.external_port == 0 ? expose.port : expose.external_port;
    return expose.proto == ServiceProtocol::kTcp && expose.global && outside == 80;
}

// Source: akash-api v0.0.35 manifest/v2beta2 serviceexpose.go, GetEndpoints.
std::vector<Endpoint> endpoints_of(const std::vector<ManifestExpose>& exposes) {
    std::vector<Endpoint> out;
    for (const auto& expose : exposes) {
        if (!expose.global) continue;
        const Endpoint port{
            is_ingress(expose) ? EndpointKind::kSharedHttp : EndpointKind::kRandomPort, 0};
        const Endpoint leased{EndpointKind::kLeasedIp, expose.endpoint_sequence_number};
        // Sorted by sequence number, the leased address first when both are 0.
        const bool leases = !expose.ip.empty();
        if (leases && leased.sequence_number == 0) out.push_back(leased);
        out.push_back(port);
        if (leases && leased.sequence_number != 0) out.push_back(leased);
    }
    return out;
}

void sort_exposes(std::vector<ManifestExpose>& exposes) {
    const auto key = [](const ManifestExpose& e) {
        return std::tuple(std::string_view(e.service), e.port, e.proto, !e.global);
    };
    std::stable_sort(exposes.begin(), exposes.end(), [&key](const auto& a, const auto& b) {
        return key(a) < key(b);
    });
}

// Source: akash-api v0.0.35 manifest/v2beta2 manifest.go and groups.go, Validate.
sim::Status validate_manifest(const Manifest& manifest) {
    if (manifest.empty()) return invalid("manifest is empty");
    Seen seen;
    std::set<std::string_view> names;
    for (const auto& group : manifest) {
        if (group.services.empty()) {
            return invalid(fmt::format("group {} contains no services", go_quote(group.name)));
        }
        for (const auto& service : group.services)
            SIM_CHECK(check_service(service, seen));
        if (!names.insert(group.name).second) {
            return invalid(fmt::format("duplicate group {}", go_quote(group.name)));
        }
    }
    if (!seen.global) return invalid("zero global services");
    return sim::ok();
}

}  // namespace nodes
