// Which message types a v0.30.0 node can handle: what x/authz lets be granted.
#pragma once

#include <string_view>

namespace nodes {

/// True for the type URL of a message the node has a handler for, the ones not simulated here
/// included.
bool is_message_type(std::string_view type_url);

}  // namespace nodes
