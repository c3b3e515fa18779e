#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_groups.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace nodes {
namespace {

sim::Error invalid(std::string_view text) {
    return unregistered(fmt::format("SDL invalid: {}", text));
}

/// ^[[:lower:]]+[[:lower:]-_\d]+$
bool valid_endpoint_name(std::string_view name) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return name.size() >= 2 && lower(name.front()) &&
           std::all_of(name.begin(), name.end(), [&lower](char c) {
               return lower(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
           });
}

// Source: akash-network/node v0.30.0 sdl/v2.go, validate. Go walks its maps in a random order, so
// which of several errors it tells is chance; here it is that of the file, which Go takes most
// often.
class Validator {
  public:
    explicit Validator(const SdlDocument& document) : document_(document) {}

    sim::Status run() {
        for (const auto& [name, endpoint] : document_.endpoints.in_file_order()) {
            SIM_CHECK(check_endpoint(name, endpoint.kind));
        }
        for (const auto* deployment : document_.deployments.sorted()) {
            for (const auto* placed : deployment->second.sorted()) {
                SIM_CHECK(check_placed(deployment->first, placed->first, placed->second.profile));
            }
        }
        for (const auto& [name, endpoint] : document_.endpoints.in_file_order()) {
            if (endpoints_used_.contains(name)) continue;
            return invalid(fmt::format("endpoint {} declared but never used", go_quote(name)));
        }
        return sim::ok();
    }

  private:
    static sim::Status check_endpoint(std::string_view name, std::string_view kind) {
        const auto quoted = go_quote(name);
        if (!valid_endpoint_name(name)) {
            return invalid(fmt::format("endpoint named {} is not a valid name", quoted));
        }
        if (kind.empty()) return invalid(fmt::format("endpoint named {} has no kind", quoted));
        if (kind == "ip") return sim::ok();
        return invalid(fmt::format("endpoint named {}, unknown kind {}", quoted, go_quote(kind)));
    }

    sim::Status check_placed(const std::string& service_name,
                             const std::string& placement,
                             const std::string& profile) {
        const auto missing = [&](std::string_view what, std::string_view name) {
            return invalid(fmt::format("{}.{}: no {} {}", service_name, placement, what, name));
        };
        const auto* compute = document_.profiles.compute.find(profile);
        if (compute == nullptr) return missing("compute profile named", profile);
        const auto* place = document_.profiles.placement.find(placement);
        if (place == nullptr) return missing("placement profile named", placement);
        if (place->pricing.find(profile) == nullptr) return missing("pricing for profile", profile);
        const auto* service = document_.services.find(service_name);
        if (service == nullptr) return missing("service profile named", service_name);
        for (const auto& expose : service->expose.items) {
            for (const auto& to : expose.to.items) {
                if (!to.ip.empty()) SIM_CHECK(check_address(service_name, expose, to));
            }
        }
        if (!compute->resources) {
            return panic("runtime error: invalid memory address or nil pointer dereference");
        }
        return check_storage(service_name, *service, compute->resources->storage.list);
    }

    sim::Status check_address(const std::string& service_name,
                              const SdlExpose& expose,
                              const SdlExposeTo& to) {
        const auto name = go_quote(service_name);
        const auto address = go_quote(to.ip);
        if (!to.global) {
            return invalid(fmt::format(
                "error on {} if an IP is declared the directive must be declared as global", name));
        }
        if (document_.endpoints.find(to.ip) == nullptr) {
            return invalid(
                fmt::format("error on service {} no endpoint named {} exists", name, address));
        }
        endpoints_used_.insert(to.ip);
        // The protocol's text counts as written, so "tcp", "TCP" and none do not collide.
        const auto key = fmt::format("{}-{}-{}", to.ip, expose.as, expose.proto);
        const auto [user, added] = ports_used_.try_emplace(key, service_name);
        if (added) return sim::ok();
        return invalid(fmt::format(
            "IP endpoint {} port: {} protocol: {} specified by service {} already in use by {}",
            address,
            expose.port,
            expose.proto,
            name,
            go_quote(user->second)));
    }

    static sim::Status check_storage(std::string_view service_name,
                                     const SdlService& service,
                                     const std::vector<SdlVolume>& volumes) {
        bool mounted = false;
        if (service.params) {
            SIM_CHECK(check_mounts(service_name, *service.params, volumes));
            mounted = !service.params->storage.empty();
        }
        // The real reader throws all mounts and all attributes of a service together: one mount
        // serves every volume, and a persistent volume makes the following ones persistent.
        bool persistent = false;
        for (const auto& volume : volumes) {
            for (const auto& attribute : volume.attributes.list) {
                if (attribute.key == "persistent") persistent = attribute.value == "true";
            }
            if (!persistent || mounted) continue;
            return invalid(
                fmt::format("compute.storage.{0} has persistent=true which requires "
                            "service.{1}.params.storage.{0} to have mount",
                            volume.name,
                            service_name));
        }
        return sim::ok();
    }

    static sim::Status check_mounts(std::string_view service_name,
                                    const SdlParams& service_params,
                                    const std::vector<SdlVolume>& volumes) {
        std::set<std::string_view> names;
        for (const auto& volume : volumes)
            names.insert(volume.name);
        std::map<std::string_view, std::string_view> mounts;
        for (const auto& [name, params] : service_params.storage.in_file_order()) {
            if (!names.contains(name)) {
                return invalid(fmt::format(
                    "service \"{}\" references to no-existing compute volume named \"{}\"",
                    service_name,
                    name));
            }
            if (!params.mount.starts_with('/')) {
                return invalid(
                    fmt::format("invalid value for \"service.{}.params.{}.mount\" "
                                "parameter. expected absolute path",
                                service_name,
                                name));
            }
            const auto [user, added] = mounts.try_emplace(params.mount, name);
            if (!added) {
                return unregistered(
                    fmt::format("sdl: duplicated mount point: mount {} already in use by volume {}",
                                go_quote(params.mount),
                                go_quote(user->second)));
            }
        }
        return sim::ok();
    }

    const SdlDocument& document_;
    std::set<std::string> endpoints_used_;
    std::map<std::string, std::string> ports_used_;
};

}  // namespace

sim::Status validate_sdl(const SdlDocument& document) {
    return Validator(document).run();
}

}  // namespace nodes
