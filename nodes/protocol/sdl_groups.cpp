#include "nodes/protocol/sdl_groups.h"

#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

namespace nodes {
namespace {

constexpr std::uint32_t kBodySizeDefault = 1'048'576;
constexpr std::uint32_t kBodySizeMax = 104'857'600;
constexpr std::uint32_t kTimeoutMax = 60'000;  // of reading and sending, in ms; also the default
constexpr std::uint32_t kNextTriesDefault = 3;
// Every service carries its own copy of texts that Go shares.
constexpr std::size_t kManifestBytesMax = std::size_t{32} << 20U;

using SequenceNumbers = std::map<std::string, std::uint32_t, std::less<>>;

ManifestTexts to_texts(const TextList& list) {
    return list.given ? ManifestTexts(list.items) : std::nullopt;
}

std::string option_refusal(std::string_view text) {
    return fmt::format("http option not allowed: {}", text);
}

sim::Status check_next_cases(const std::vector<std::string>& cases) {
    constexpr std::array<std::string_view, 9> kKnown{
        "error", "timeout", "500", "502", "503", "504", "403", "404", "429"};
    for (const auto& next : cases) {
        if (next == "off") {
            if (cases.size() == 1) continue;
            return unregistered("if 'off' is specified, no other cases may be specified");
        }
        if (std::find(kKnown.begin(), kKnown.end(), next) == kKnown.end()) {
            return unregistered("next case is unknown: " + go_quote(next));
        }
    }
    return sim::ok();
}

// Source: akash-network/node v0.30.0 sdl/v2.go, asManifest.
sim::Result<ManifestHttpOptions> to_http_options(const SdlHttpOptions& sdl) {
    ManifestHttpOptions out;
    out.max_body_size = sdl.max_body_size == 0 ? kBodySizeDefault : sdl.max_body_size;
    if (out.max_body_size > kBodySizeMax) {
        return unregistered(
            option_refusal(fmt::format("body size cannot be greater than {} bytes", kBodySizeMax)));
    }
    out.read_timeout = sdl.read_timeout == 0 ? kTimeoutMax : sdl.read_timeout;
    if (out.read_timeout > kTimeoutMax) {
        return unregistered(
            option_refusal(fmt::format("read timeout cannot be greater than {} ms", kTimeoutMax)));
    }
    out.send_timeout = sdl.send_timeout == 0 ? kTimeoutMax : sdl.send_timeout;
    if (out.send_timeout > kTimeoutMax) {
        return unregistered(
            option_refusal(fmt::format("send timeout cannot be greater than {} ms", kTimeoutMax)));
    }
    out.next_tries = sdl.next_tries == 0 ? kNextTriesDefault : sdl.next_tries;
    out.next_timeout = sdl.next_timeout;
    SIM_CHECK(check_next_cases(sdl.next_cases.items));
    out.next_cases = sdl.next_cases.items;
    if (out.next_cases.empty()) out.next_cases = {"error", "timeout"};
    return out;
}

sim::Result<ServiceProtocol> to_protocol(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    if (text.empty() || text == "TCP") return ServiceProtocol::kTcp;
    if (text == "UDP") return ServiceProtocol::kUdp;
    return unregistered("unsupported service protocol");
}

// Source: akash-network/node v0.30.0 sdl/expose.go.
sim::Status add_exposes(const SdlExpose& sdl,
                        const SequenceNumbers& sequence_numbers,
                        std::vector<ManifestExpose>& out) {
    ManifestExpose expose;
    expose.port = sdl.port;
    expose.external_port = sdl.as;
    SIM_TRY(proto, to_protocol(sdl.proto));
    expose.proto = proto;
    SIM_TRY(options, to_http_options(sdl.http_options));
    expose.http_options = std::move(options);
    expose.hosts = to_texts(sdl.accept.hosts);
    if (sdl.to.items.empty()) {
        out.push_back(std::move(expose));
        return sim::ok();
    }
    for (const auto& to : sdl.to.items) {
        expose.service = to.service;
        expose.global = to.global;
        expose.ip = to.ip;
        const auto number = sequence_numbers.find(to.ip);
        const bool leased = to.global && !to.ip.empty() && number != sequence_numbers.end();
        expose.endpoint_sequence_number = leased ? number->second : 0;
        out.push_back(expose);
    }
    return sim::ok();
}

/// Names of endpoints as often as they are used, sorted and numbered from 1; the last number
/// counts. Ports exposed to services only are counted too, with an empty name, and shift the others
/// up.
// Source: akash-network/node v0.30.0 sdl/v2.go, computeEndpointSequenceNumbers.
SequenceNumbers number_endpoints(const SdlDocument& document) {
    std::map<std::string, std::uint32_t, std::less<>> uses;
    for (const auto* deployment : document.deployments.sorted()) {
        const auto* service = document.services.find(deployment->first);
        if (service == nullptr) continue;
        for (const auto& expose : service->expose.items) {
            for (const auto& to : expose.to.items) {
                if (!to.global || !to.ip.empty()) ++uses[to.ip];
            }
        }
    }
    std::uint32_t number = 0;
    for (auto& [name, count] : uses) {
        number += count;
        count = number;
    }
    return uses;
}

std::size_t cost_of(const ManifestTexts& texts) {
    std::size_t cost = 0;
    if (!texts) return cost;
    for (const auto& text : *texts)
        cost += text.size() + sizeof(text);
    return cost;
}

/// About how many bytes a service of the manifest, and its unit in the group, take.
std::size_t cost_of(const ManifestService& service) {
    std::size_t cost = 1024 + service.image.size();
    cost += cost_of(service.command) + cost_of(service.args) + cost_of(service.env);
    for (const auto& expose : service.expose) {
        cost += 512 + expose.ip.size() + expose.service.size() + cost_of(expose.hosts);
    }
    for (const auto& volume : service.resources.storage)
        cost += 2 * (256 + volume.name.size());
    if (service.resources.gpu) cost += 256 * service.resources.gpu->attributes.size();
    return cost;
}

class GroupBuilder {
  public:
    GroupBuilder(const SdlDocument& document, Names& names)
        : document_(document), names_(names), sequence_numbers_(number_endpoints(document)) {}

    // Source: akash-network/node v0.30.0 sdl/groupBuilder_v2.go and groupBuilder_v2_1.go.
    sim::Result<SdlResult> run() {
        for (const auto* deployment : document_.deployments.sorted()) {
            for (const auto* placed : deployment->second.sorted()) {
                SIM_CHECK(add(deployment->first, placed->first, placed->second));
            }
        }
        SdlResult out;
        for (auto& [name, group] : groups_) {
            out.groups.push_back(std::move(group.spec));
            out.signed_by_given.push_back(group.signed_by_given);
            out.manifest.push_back({name, std::move(group.services)});
        }
        return out;
    }

  private:
    struct Group {
        GroupSpec spec;
        SignedByGiven signed_by_given;
        std::vector<ManifestService> services;
        std::map<std::string, std::size_t, std::less<>> unit_of_profile;
    };

    Group& group_of(const std::string& placement) {
        const auto [place, added] = groups_.try_emplace(placement);
        auto& group = place->second;
        if (!added) return group;
        group.spec.name = placement;
        if (const auto* profile = document_.profiles.placement.find(placement)) {
            const auto& signed_by = profile->signed_by;
            group.spec.requirements.attributes = profile->attributes.list;
            group.spec.requirements.all_of = signed_by.all_of.items;
            group.spec.requirements.any_of = signed_by.any_of.items;
            group.signed_by_given = {signed_by.all_of.given, signed_by.any_of.given};
        }
        return group;
    }

    DecCoin price_of(const std::string& placement, const std::string& profile) {
        const auto* place = document_.profiles.placement.find(placement);
        const auto* price = place == nullptr ? nullptr : place->pricing.find(profile);
        if (price == nullptr || !price->value) return {};
        return {names_.denoms.intern(price->value->denom), price->value->scaled};
    }

    sim::Result<ManifestService> to_service(const std::string& name,
                                            const SdlServiceDeployment& placed) {
        ManifestService out;
        out.name = name;
        out.count = placed.count;
        if (const auto* profile = document_.profiles.compute.find(placed.profile)) {
            out.resources = to_resources(profile->resources);
        }
        const auto* service = document_.services.find(name);
        if (service == nullptr) return out;
        for (const auto& expose : service->expose.items) {
            SIM_CHECK(add_exposes(expose, sequence_numbers_, out.expose));
        }
        sort_exposes(out.expose);
        out.resources.endpoints = endpoints_of(out.expose);
        out.image = service->image;
        out.command = to_texts(service->command);
        out.args = to_texts(service->args);
        out.env = to_texts(service->env);
        if (service->params) {
            out.params.emplace();
            for (const auto& [volume, params] : service->params->storage.in_file_order()) {
                out.params->storage.push_back({volume, params.mount, params.read_only});
            }
        }
        return out;
    }

    sim::Status add(const std::string& service_name,
                    const std::string& placement,
                    const SdlServiceDeployment& placed) {
        auto& group = group_of(placement);
        SIM_TRY(service, to_service(service_name, placed));
        bytes_ += cost_of(service);
        if (bytes_ > kManifestBytesMax) {
            return sim::Error{{"sdl", 1}, "the manifest is larger than 32 MiB"};
        }
        const auto shared = group.unit_of_profile.find(placed.profile);
        const bool shares =
            document_.units == SdlUnits::kPerProfile && shared != group.unit_of_profile.end();
        if (shares) {
            auto& unit = group.spec.resources[shared->second];
            service.resources.id = unit.resources.id;
            unit.count += placed.count;
            auto& endpoints = unit.resources.endpoints;
            std::copy(service.resources.endpoints.begin(),
                      service.resources.endpoints.end(),
                      std::back_inserter(endpoints));
            std::stable_sort(
                endpoints.begin(), endpoints.end(), [](const Endpoint& a, const Endpoint& b) {
                    return a.sequence_number < b.sequence_number;
                });
        } else {
            const auto index = group.spec.resources.size();
            service.resources.id = static_cast<std::uint32_t>(index + 1);
            group.spec.resources.push_back(
                {service.resources, placed.count, price_of(placement, placed.profile)});
            group.unit_of_profile[placed.profile] = index;
        }
        group.services.push_back(std::move(service));
        return sim::ok();
    }

    const SdlDocument& document_;
    Names& names_;
    SequenceNumbers sequence_numbers_;
    std::map<std::string, Group> groups_;
    std::size_t bytes_ = 0;
};

}  // namespace

sim::Result<SdlResult> build_sdl_groups(const SdlDocument& document, Names& names) {
    return GroupBuilder(document, names).run();
}

}  // namespace nodes
