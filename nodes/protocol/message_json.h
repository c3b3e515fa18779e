// Messages in the real chain's JSON form: "@type", snake_case fields, amounts as strings, bytes in
// base64, a missing or null field is the proto default. Used by transaction scripts and vectors.
#pragma once

#include "nodes/protocol/messages.h"
#include "sim/result.h"

#include <nlohmann/json_fwd.hpp>

namespace nodes {

/// Decodes one message; errors name the field ("groups[0].resources[1].count: ...").
sim::Result<Msg> message_from_json(const nlohmann::json& json, Names& names);

/// "5000000uakt" or "1a,2b" (sorted or not, as written).
sim::Result<std::vector<Coin>> coins_from_text(std::string_view text, Names& names);

nlohmann::ordered_json group_spec_to_json(const GroupSpec& spec, const Names& names);
nlohmann::ordered_json message_to_json(const Msg& msg, const Names& names);

}  // namespace nodes
