// Small changes to the text of a YAML document that leave the rest as it is. Every function gives
// nothing where the layout is not one that it understands.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <yaml-cpp/yaml.h>

namespace scenarios {

/// Position after the bracket that closes the one at `open`; npos when there is none.
std::size_t end_of_flow(std::string_view text, std::size_t open);

/// Puts "{ ... }" as item `place` into the top-level list `actions`, which may be absent.
std::optional<std::string> splice_item(const std::string& text,
                                       const YAML::Node& list,
                                       std::size_t place,
                                       const std::string& item);

/// Writes "a.b=value" over the plain value that stands there, or as a new top-level key.
std::optional<std::string> splice_setting(const std::string& text,
                                          const YAML::Node& root,
                                          const std::string& setting);

}  // namespace scenarios
