// YAML as Go's yaml.v3 (3.0.1) reads it, which is libyaml's YAML 1.1 with some changes: the same
// texts are accepted, and errors carry the same words and line numbers. No general YAML library
// agrees with it on broken files, and SDL files in the wild depend on what it lets through.
#pragma once

#include "sim/result.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace nodes {

struct YamlNode {
    enum class Kind : std::uint8_t { kScalar, kSequence, kMapping, kAlias };

    Kind kind = Kind::kScalar;
    int line = 0;                            ///< counted from 1
    std::string tag;                         ///< short form ("!!int"); resolved for plain scalars
    std::string value;                       ///< text of a scalar, name of an alias's anchor
    const YamlNode* target = nullptr;        ///< what an alias stands for
    std::vector<const YamlNode*> content{};  ///< items, or keys and values in turn
};

/// Owns its nodes. Moving keeps their addresses; a tree is not copied.
struct YamlTree {
    YamlTree() = default;
    YamlTree(YamlTree&&) = default;
    YamlTree& operator=(YamlTree&&) = default;
    YamlTree(const YamlTree&) = delete;
    YamlTree& operator=(const YamlTree&) = delete;
    ~YamlTree() = default;

    std::deque<YamlNode> nodes;
    const YamlNode* root = nullptr;  ///< none for a file without any document
};

/// Reads the first document; what follows it is not looked at. Cyclic aliases are possible. Neither
/// recursion nor memory grows faster than the text.
sim::Result<YamlTree> parse_yaml(std::string_view text);

}  // namespace nodes
