#include "nodes/protocol/attributes.h"

#include "nodes/protocol/errors.h"
#include "nodes/protocol/seen.h"

#include <algorithm>
#include <array>
#include <string>

namespace nodes {
namespace {

constexpr std::string_view kStoragePrefix = "capabilities/storage";
constexpr std::string_view kGpuPrefix = "capabilities/gpu";
constexpr std::string_view kCapabilities = "capabilities/";
constexpr std::size_t kProviderKeyMax = 127;
constexpr std::size_t kRequirementKeyMax = 128;

enum KeyCharacter : std::uint8_t { kNone = 0, kLetter = 1, kWord = 2, kInner = 4 };

constexpr auto kKeyCharacters = [] {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool word = letter || (c >= '0' && c <= '9') || c == '_';
        const bool inner = word || c == '/' || c == '.' || c == '-';
        table[c] = static_cast<std::uint8_t>((letter ? kLetter : 0) | (word ? kWord : 0) |
                                             (inner ? kInner : 0));
    }
    return table;
}();

bool is_a(char c, KeyCharacter kind) {
    return (kKeyCharacters[static_cast<std::uint8_t>(c)] & kind) != 0;
}

bool all_inner(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return is_a(c, kInner); });
}

bool matches(const Attribute& required, std::string_view key, std::string_view value) {
    return required.value == value && glob_match(required.key, key);
}

bool has_match(const Attribute& required, const Attributes& offered) {
    return std::any_of(offered.begin(), offered.end(), [&required](const Attribute& attribute) {
        return matches(required, attribute.key, attribute.value);
    });
}

/// What stands after the second slash of "capabilities/<class>/...", nothing when the key is of
/// another class. The class is compared as text only: "capabilities/storage-x/.." is of the class
/// "capabilities/storage" (akash-api v0.0.35 types/v1beta3 attribute.go, GetCapabilitiesGroup and
/// GetCapabilitiesMap).
std::string_view capability(std::string_view key, std::string_view prefix) {
    if (!key.starts_with(prefix)) return {};
    const auto slash = key.find('/', kCapabilities.size());
    return slash == std::string_view::npos ? std::string_view{} : key.substr(slash + 1);
}

/// A storage key in two parts, "<group>/<name>"; the others have another depth and are ignored.
struct StorageKey {
    std::string_view group;
    std::string_view name;
    bool valid = false;
};

StorageKey storage_key(std::string_view key) {
    const auto rest = capability(key, kStoragePrefix);
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos || rest.find('/', slash + 1) != std::string_view::npos) {
        return {};
    }
    return {rest.substr(0, slash), rest.substr(slash + 1), true};
}

bool group_has_match(const Attribute& required,
                     std::string_view group,
                     const Attributes& registered) {
    return std::any_of(registered.begin(), registered.end(), [&](const Attribute& attribute) {
        if (required.value != attribute.value) return false;
        const auto key = storage_key(attribute.key);
        return key.valid && key.group == group && glob_match(required.key, key.name);
    });
}

/// One storage group must offer everything the volume asks for.
bool storage_matches(const Attributes& required, const Attributes& registered) {
    std::string_view tried;
    bool any_tried = false;
    for (const auto& attribute : registered) {
        const auto key = storage_key(attribute.key);
        // Keys of one group mostly stand together: do not try the same group twice in a row.
        if (!key.valid || (any_tried && key.group == tried)) continue;
        any_tried = true;
        tried = key.group;
        const bool all = std::all_of(required.begin(), required.end(), [&](const auto& wanted) {
            return group_has_match(wanted, key.group, registered);
        });
        if (all) return true;
    }
    return false;
}

/// Several models are an "or": one match is enough. A key needs a second segment behind the class.
bool gpu_matches(const Attributes& required, const Attributes& registered) {
    return std::any_of(registered.begin(), registered.end(), [&](const Attribute& attribute) {
        const auto key = capability(attribute.key, kGpuPrefix);
        if (key.find('/') == std::string_view::npos) return false;
        return std::any_of(required.begin(), required.end(), [&](const Attribute& wanted) {
            return matches(wanted, key, attribute.value);
        });
    });
}

const Attributes* signed_by(std::string_view auditor,
                            const std::vector<AuditedAttributes>& audited) {
    const auto found = std::find_if(audited.begin(), audited.end(), [auditor](const auto& record) {
        return record.auditor == auditor;
    });
    return found == audited.end() ? nullptr : found->attributes;
}

/// The first fault, key by key.
sim::Status validate_keys(const Attributes& attributes, bool (*valid_key)(std::string_view)) {
    Seen<std::string_view> seen;
    for (const auto& attribute : attributes) {
        if (!valid_key(attribute.key)) return refusal(errors::kAkashInvalidAttributeKey);
        if (!seen.add(attribute.key)) return refusal(errors::kAkashDuplicateAttributeKeys);
    }
    return sim::ok();
}

}  // namespace

bool subset_of(const Attributes& required, const Attributes& offered) {
    return std::all_of(required.begin(), required.end(), [&offered](const Attribute& wanted) {
        return has_match(wanted, offered);
    });
}

bool any_of(const Attributes& required, const Attributes& offered) {
    return std::any_of(required.begin(), required.end(), [&offered](const Attribute& wanted) {
        return has_match(wanted, offered);
    });
}

// Source of both: akash-api v0.0.35 types/v1beta3 attribute.go,
// ^([a-zA-Z][\w\/\.\-]{1,126}[\w\*]?)$ and ^([a-zA-Z][\w\/\.\-]{1,126})$.
bool valid_requirement_key(std::string_view key) {
    if (key.size() < 2 || key.size() > kRequirementKeyMax || !is_a(key.front(), kLetter)) {
        return false;
    }
    const bool star = key.back() == '*';
    if (star && key.size() < 3) return false;
    // The 128th character can only be the optional last one.
    if (!star && key.size() == kRequirementKeyMax && !is_a(key.back(), kWord)) return false;
    return all_inner(key.substr(1, key.size() - (star ? 2 : 1)));
}

bool valid_provider_key(std::string_view key) {
    return key.size() >= 2 && key.size() <= kProviderKeyMax && is_a(key.front(), kLetter) &&
           all_inner(key.substr(1));
}

sim::Status validate_requirement_attributes(const Attributes& attributes) {
    return validate_keys(attributes, valid_requirement_key);
}

sim::Status validate_provider_attributes(const Attributes& attributes) {
    return validate_keys(attributes, valid_provider_key);
}

// Source: akash-api v0.0.35 deployment/v1beta3 groupspec.go, MatchRequirements.
bool match_placement(const PlacementRequirements& required,
                     const Attributes& registered,
                     const std::vector<AuditedAttributes>& audited) {
    if (required.all_of.empty() && required.any_of.empty()) {
        return subset_of(required.attributes, registered);
    }
    const auto accepts = [&](const std::string& auditor) {
        const Attributes* attributes = signed_by(auditor, audited);
        return attributes != nullptr && subset_of(required.attributes, *attributes);
    };
    if (audited.empty()) return false;
    if (!std::all_of(required.all_of.begin(), required.all_of.end(), accepts)) return false;
    return required.any_of.empty() ||
           std::any_of(required.any_of.begin(), required.any_of.end(), accepts);
}

// Source: akash-api v0.0.35 deployment/v1beta3 groupspec.go, MatchResourcesRequirements.
bool match_resources(const GroupSpec& spec, const Attributes& registered) {
    for (const auto& unit : spec.resources) {
        for (const auto& volume : unit.resources.storage) {
            if (!volume.attributes.empty() && !storage_matches(volume.attributes, registered)) {
                return false;
            }
        }
        const auto& gpu = unit.resources.gpu;
        if (!gpu || gpu->value == 0 || gpu->attributes.empty()) continue;
        if (!gpu_matches(gpu->attributes, registered)) return false;
    }
    return true;
}

// Source: akash-api v0.0.35 market/v1beta4 resourcesoffer.go, MatchGSpec. A second entry for an id
// finds the unit taken away and the real node stumbles over it.
sim::Result<bool> match_offer(const ResourcesOffer& offer, const GroupSpec& spec) {
    for (std::size_t i = 0; i < offer.size(); ++i) {
        const std::uint32_t id = offer[i].resources.id;
        // The last unit of an id counts; a valid group has one.
        const auto unit = std::find_if(spec.resources.rbegin(),
                                       spec.resources.rend(),
                                       [id](const auto& u) { return u.resources.id == id; });
        if (unit == spec.resources.rend()) return false;
        for (std::size_t j = 0; j < i; ++j) {
            if (offer[j].resources.id == id) {
                return panic("runtime error: invalid memory address or nil pointer dereference");
            }
        }
        if (unit->count != offer[i].count) return false;
    }
    return true;
}

}  // namespace nodes
