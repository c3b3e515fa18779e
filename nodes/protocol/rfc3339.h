// Moments as proto JSON and queries write them: RFC 3339 with up to nine places,
// "2024-03-01T00:00:06Z".
#pragma once

#include "nodes/protocol/messages.h"

#include <optional>
#include <string>
#include <string_view>

namespace nodes {

/// Any offset is taken; nullopt when the text is no moment.
std::optional<Timestamp> time_from_rfc3339(std::string_view text);
/// In UTC, without trailing zeros behind the point. Years 1 to 9999.
std::string time_to_rfc3339(const Timestamp& time);

}  // namespace nodes
