// YAML as yaml.v3 reads it: what trees come out, and what is said about broken texts.
#include "nodes/protocol/sdl_yaml.h"

#include "nodes/protocol/sdl_resolve.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace nodes {
namespace {

/// One line: scalars as tag'text', lists in [], maps in {}, aliases as *name.
std::string show(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::kAlias) return "*" + node.value;
    if (node.kind == YamlNode::Kind::kScalar) {
        return fmt::format("{}'{}'", node.tag.substr(2), node.value);
    }
    const bool list = node.kind == YamlNode::Kind::kSequence;
    std::string out = list ? "[" : "{";
    for (std::size_t i = 0; i < node.content.size(); ++i) {
        if (i > 0) out += !list && i % 2 == 1 ? ": " : ", ";
        out += show(*node.content[i]);
    }
    return out + (list ? "]" : "}");
}

std::string tree(std::string_view text) {
    const auto parsed = parse_yaml(text);
    if (!parsed) return parsed.error().text;
    return parsed->root == nullptr ? "nothing" : show(*parsed->root);
}

TEST(SdlYaml, TellsValuesByTheirText) {
    EXPECT_EQ(tree("[1, 0x1F, 1_000, 1.5, .5, 1e3, true, yes, ~, null, '', a]"),
              "[int'1', int'0x1F', int'1_000', float'1.5', float'.5', float'1e3', bool'true', "
              "str'yes', null'~', null'null', str'', str'a']");
    EXPECT_EQ(tree("[2024-01-31, 2024-02-30, 2024-1-1 1:2:3, 2024-1-1T01:02:03.5Z, 08, 0o17]"),
              "[timestamp'2024-01-31', str'2024-02-30', timestamp'2024-1-1 1:2:3', "
              "timestamp'2024-1-1T01:02:03.5Z', float'08', int'0o17']");
    EXPECT_EQ(tree("[!!str 1, ! 1, !x 1, \"1\", <<]"), "[str'1', int'1', '1', str'1', merge'<<']");
}

TEST(SdlYaml, ReadsBlocksFlowsAndScalars) {
    EXPECT_EQ(tree("a:\n- b\n-\nc: {d: e, f}\n? g\n"),
              "{str'a': [str'b', null''], str'c': {str'd': str'e', str'f': null''}, "
              "str'g': null''}");
    EXPECT_EQ(tree("a: |\n  x\n   y\n\nb: >-\n  x\n  y\nc: x\n  y\n"),
              "{str'a': str'x\n y\n', str'b': str'x y', str'c': str'x y'}");
    EXPECT_EQ(tree("\"a\\tb\\u00e9\\\n   c\"\n"),
              "str'a\tb\xc3\xa9"
              "c'");
    EXPECT_EQ(tree("[a: b, ? c, ? d : e]"),
              "[{str'a': str'b'}, {str'c': null''}, {str'd': str'e'}]");
}

TEST(SdlYaml, KeepsAliases) {
    EXPECT_EQ(tree("a: &x 1\nb: *x\n"), "{str'a': int'1', str'b': *x}");
    EXPECT_EQ(tree("a: *x\n"), "yaml: unknown anchor 'x' referenced");
}

TEST(SdlYaml, ReadsOnlyTheFirstDocument) {
    EXPECT_EQ(tree("a: 1\n---\nb: [\n"), "{str'a': int'1'}");
    EXPECT_EQ(tree("# nothing\n"), "nothing");
    EXPECT_EQ(tree("---\n---\n"), "null''");
    EXPECT_EQ(tree(""), "nothing");
}

TEST(SdlYaml, ReadsUtf16) {
    EXPECT_EQ(tree(std::string_view("\xff\xfe"
                                    "a\0:\0 \0b\0",
                                    10)),
              "{str'a': str'b'}");
    EXPECT_EQ(tree(std::string_view("\xfe\xff\0a\0:\0 \0b", 10)), "{str'a': str'b'}");
    EXPECT_EQ(tree(std::string_view("\xff\xfe"
                                    "a",
                                    3)),
              "yaml: incomplete UTF-16 character");
}

TEST(SdlYaml, NamesWhatIsBrokenAndWhere) {
    EXPECT_EQ(tree("a: 1\n b: 2\n"),
              "yaml: line 2: mapping values are not allowed in this context");
    EXPECT_EQ(tree("a:\n\t- b\n"), "yaml: line 2: found character that cannot start any token");
    EXPECT_EQ(tree("a: 1\nb\n"), "yaml: line 2: could not find expected ':'");
    EXPECT_EQ(tree("a: 'x\n"), "yaml: line 2: found unexpected end of stream");
    EXPECT_EQ(tree("x: 1\ny: 2\na: [1, 2\nb: 3\n"),
              "yaml: line 2: did not find expected ',' or ']'");
    EXPECT_EQ(tree("%YAML 1.2\n---\na: 1\n"), "yaml: found incompatible YAML document");
    EXPECT_EQ(tree("a: \x01\n"), "yaml: control characters are not allowed");
    EXPECT_EQ(tree("a: \xff\n"), "yaml: invalid leading UTF-8 octet");
}

TEST(SdlYaml, TellsABadByteBeforeABrokenLineOfTheSameBlock) {
    const std::string broken = "a: 1\n b: 2\n";
    EXPECT_EQ(tree(broken + "\xff"), "yaml: invalid leading UTF-8 octet");
    EXPECT_EQ(tree(broken + "#" + std::string(600, 'x') + "\xff"),
              "yaml: line 2: mapping values are not allowed in this context");
}

TEST(SdlYaml, StandsDeepNesting) {
    const std::string deep(9'000, '[');
    EXPECT_EQ(tree(deep), "yaml: line 1: did not find expected node content");
    EXPECT_EQ(tree(std::string(20'000, '[')), "yaml: exceeded max depth of 10000");
    EXPECT_TRUE(parse_yaml(deep + std::string(9'000, ']')).has_value());
}

TEST(SdlYaml, RefusesTextsThatDoNotFitTheirTag) {
    EXPECT_EQ(resolve_yaml("!!int", "x").error().text, "yaml: cannot decode !!str `x` as a !!int");
    EXPECT_EQ(resolve_yaml("!!binary", "aGk=").value().text, "hi");
    EXPECT_FALSE(resolve_yaml("!!binary", "a").has_value());
    EXPECT_EQ(resolve_yaml("!!float", "1").value().kind, YamlValue::Kind::kFloat);
}

}  // namespace
}  // namespace nodes
