#include "nodes/protocol/sdl.h"

#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_document.h"
#include "nodes/protocol/sdl_groups.h"
#include "nodes/protocol/sdl_text.h"
#include "nodes/protocol/validate_basic.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

namespace nodes {
namespace {

constexpr unsigned kDecimalBitsMax = 315;

sim::Status check_amount(const sim::Wide& amount) {
    if (sim::bit_length(amount) > kDecimalBitsMax) return panic("Int overflow");
    return sim::ok();
}

/// The sum of a group's prices as cosmos-sdk adds them, which crashes on what it cannot add.
sim::Status check_price_sum(const GroupSpec& group, const Names& names) {
    const auto& denoms = names.denoms;
    sim::Wide sum = 0;
    for (const auto& unit : group.resources) {
        // A price that was null in the file has no denomination and no amount.
        if (denoms.text(unit.price.denom).empty()) {
            return panic("runtime error: invalid memory address or nil pointer dereference");
        }
        const sim::Wide full = unit.price.scaled * unit.count;
        SIM_CHECK(check_amount(full));
        const auto& first = group.resources.front().price.denom;
        if (unit.price.denom != first) {
            return panic(fmt::format("coin denom different: {} {}\n",
                                     denoms.text(first),
                                     denoms.text(unit.price.denom)));
        }
        sum += full;
        SIM_CHECK(check_amount(sum));
    }
    return sim::ok();
}

// Source: akash-api v0.0.35 deployment/v1beta3 group_validation.go, ValidateDeploymentGroups.
sim::Status check_groups(const std::vector<GroupSpec>& groups, const Names& names) {
    if (groups.empty()) return refusal(errors::kDeploymentInvalidGroups);
    const auto denom_of = [&names](const GroupSpec& group) {
        return names.denoms.text(group.resources.front().price.denom);
    };
    std::set<std::string_view> group_names;
    for (const auto& group : groups) {
        SIM_CHECK(check_price_sum(group, names));
        if (denom_of(group) != denom_of(groups.front())) {
            return unregistered(fmt::format(
                "inconsistent denomination: {} != {}", denom_of(groups.front()), denom_of(group)));
        }
        SIM_CHECK(validate_group(group, names));
        if (!group_names.insert(group.name).second) {
            return unregistered("duplicate deployment group name " + go_quote(group.name));
        }
    }
    return sim::ok();
}

nlohmann::ordered_json list_json(const std::vector<std::string>& list, bool given) {
    if (!given) return nullptr;
    auto out = nlohmann::ordered_json::array();
    for (const auto& text : list)
        out.push_back(valid_utf8(text));
    return out;
}

}  // namespace

// Source: akash-network/node v0.30.0 sdl/sdl.go, Read. Groups are built before anything is
// validated, so an unknown protocol is told before a missing profile.
sim::Result<SdlResult> read_sdl(std::string_view yaml, Names& names) {
    SIM_TRY(document, read_sdl_document(yaml));
    SIM_TRY(out, build_sdl_groups(document, names));
    SIM_CHECK(validate_sdl(document));
    SIM_CHECK(check_groups(out.groups, names));
    SIM_CHECK(validate_manifest(out.manifest));
    out.version = manifest_version(out.manifest);
    return out;
}

nlohmann::ordered_json groups_json(const SdlResult& sdl, const Names& names) {
    using Json = nlohmann::ordered_json;
    auto out = Json::array();
    for (std::size_t i = 0; i < sdl.groups.size(); ++i) {
        const auto& group = sdl.groups[i];
        const auto& required = group.requirements;
        const auto given = sdl.signed_by_given[i];
        auto units = Json::array();
        for (const auto& unit : group.resources) {
            Json price{{"denom", names.denoms.text(unit.price.denom)},
                       {"amount", sim::dec_to_text(unit.price.scaled)}};
            units.push_back({{"resource", resources_json(unit.resources)},
                             {"count", unit.count},
                             {"price", std::move(price)}});
        }
        Json signed_by{{"all_of", list_json(required.all_of, given.all_of)},
                       {"any_of", list_json(required.any_of, given.any_of)}};
        Json attributes;
        if (!required.attributes.empty()) attributes = attributes_json(required.attributes);
        Json requirements{{"signed_by", std::move(signed_by)},
                          {"attributes", std::move(attributes)}};
        out.push_back({{"name", valid_utf8(group.name)},
                       {"requirements", std::move(requirements)},
                       {"resources", std::move(units)}});
    }
    return out;
}

sim::Result<std::string> sdl_to_json(std::string_view yaml) {
    Names names;
    SIM_TRY(sdl, read_sdl(yaml, names));
    nlohmann::ordered_json out{{"groups", groups_json(sdl, names)}};
    return out.dump(2);
}

}  // namespace nodes
