// The chain's cases that one pure rule decides: settlement arithmetic, fees, parameters, group
// specifications, versions, attributes. Each function takes the case as the file has it.
#pragma once

#include "tests/vectors/form.h"

namespace vectors {

/// Full blocks of a settlement and, where the case goes on, the weighted remainder.
Outcome run_settlement(const nlohmann::json& test);
/// The weighted remainder alone.
Outcome run_weighted(const nlohmann::json& test);
Outcome run_take_fee(const nlohmann::json& test);
Outcome run_take_params(const nlohmann::json& test);
/// `base` is the specification that the case changes.
Outcome run_group_spec(const nlohmann::json& test, const nlohmann::json& base);
Outcome run_version(const nlohmann::json& test);
Outcome run_group_state(const nlohmann::json& test);
Outcome run_signed_placement(const nlohmann::json& test);
Outcome run_resource_match(const nlohmann::json& test);
Outcome run_key_pattern(const nlohmann::json& test);
Outcome run_keys(const nlohmann::json& test);
Outcome run_subset(const nlohmann::json& test);

}  // namespace vectors
