// Groups as the provider's recorded cases write them, decoded into specifications.
#pragma once

#include "nodes/protocol/resources.h"
#include "tests/vectors/form.h"

namespace vectors {

/// [[key, value], ...]; absent is empty.
nodes::Attributes attributes_from(const nlohmann::json& object, const char* key);

/// {name, attributes, all_of, any_of, units: [...]}; `denoms` learns the denominations.
nodes::GroupSpecRef group_from(const nlohmann::json& group, nodes::DenomBook& denoms);

/// One unit, also the form of a service found at start.
nodes::ResourceUnit unit_from(const nlohmann::json& unit, nodes::DenomBook& denoms);

/// "12.5" with at most 18 decimals, scaled by 10^18.
sim::Wide scaled_from(const std::string& text);

}  // namespace vectors
