// Matching of attributes: keys with shell patterns on the requirement's side, values literally
// (reference akash-chain section 4).
#pragma once

#include "nodes/protocol/resources.h"
#include "sim/result.h"

#include <string_view>
#include <vector>

namespace nodes {

/// Go's filepath.Match: '*' and '?' stop at '/', classes, '\' escapes; a bad pattern matches
/// nothing.
bool glob_match(std::string_view pattern, std::string_view text);

/// Every one of `required` has a match in `offered` (nothing required: true).
bool subset_of(const Attributes& required, const Attributes& offered);
/// At least one of `required` has a match in `offered` (nothing required: false).
bool any_of(const Attributes& required, const Attributes& offered);

/// Keys of resource requirements: a letter, then 1..126 word characters, '/', '.', '-', then
/// optionally one more word character or '*'.
bool valid_requirement_key(std::string_view key);
/// Keys of providers' own attributes: the same without the last optional part.
bool valid_provider_key(std::string_view key);
/// Key by key: akash/2 for a bad key, akash/1 for a repeated one.
sim::Status validate_requirement_attributes(const Attributes& attributes);
sim::Status validate_provider_attributes(const Attributes& attributes);

/// What one auditor signed for a provider; `auditor` is the bech32 text.
struct AuditedAttributes {
    std::string auditor;
    const Attributes* attributes = nullptr;
};

/// Placement: own attributes, or the auditors' records when signatures are asked for.
bool match_placement(const PlacementRequirements& required,
                     const Attributes& registered,
                     const std::vector<AuditedAttributes>& audited);

/// Storage classes and GPU models against the provider's capabilities/... attributes.
bool match_resources(const GroupSpec& spec, const Attributes& registered);

/// Every offered id exists in the group with the same count; nullopt-like panic when an id comes
/// twice is reported as an Error of kind kPanic.
sim::Result<bool> match_offer(const ResourcesOffer& offer, const GroupSpec& spec);

}  // namespace nodes
