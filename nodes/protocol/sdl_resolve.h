// What a YAML scalar means: the rules by which yaml.v3 (resolve.go 3.0.1) tells numbers, booleans,
// null and times from texts. They decide which values a field takes and how an error names a value.
#pragma once

#include "nodes/protocol/sdl_number.h"
#include "sim/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace nodes {

struct YamlValue {
    enum class Kind : std::uint8_t { kNull, kBool, kInt, kUint, kFloat, kTimestamp, kText };

    Kind kind = Kind::kText;
    std::string tag;            ///< short form, such as "!!int"
    bool boolean = false;       ///< kBool
    std::int64_t integer = 0;   ///< kInt
    std::uint64_t natural = 0;  ///< kUint: only what an int64 cannot hold
    Binary64 floating;          ///< kFloat
    std::string text;           ///< kText; decoded for !!binary
};

/// The tag that a plain scalar has by its text alone.
std::string plain_tag(std::string_view text);

/// The value of a scalar with a given tag (short form). Refused when the text does not fit the tag.
sim::Result<YamlValue> resolve_yaml(std::string_view tag, std::string_view text);

/// "tag:yaml.org,2002:int" becomes "!!int"; other tags stay.
std::string short_yaml_tag(std::string_view tag);

}  // namespace nodes
