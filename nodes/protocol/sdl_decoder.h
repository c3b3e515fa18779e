// Fills C++ values from a YAML tree the way yaml.v3's decoder fills Go values through reflection:
// the same leniencies (aliases, merges, null, numbers for texts), errors collected per decoder, and
// Go's names of types in them. One decoder per call of Go's Node.Decode.
#pragma once

#include "nodes/protocol/sdl_resolve.h"
#include "nodes/protocol/sdl_yaml.h"
#include "sim/result.h"

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nodes {

/// A Go slice: absent (nil) and empty differ in what is printed and hashed.
template <class T>
struct GoSlice {
    using Item = T;

    bool given = false;
    std::vector<T> items;
};

using TextList = GoSlice<std::string>;

/// A Go map with text keys. Go walks it in a random order; here it keeps the order of the file, and
/// `sorted` gives that of the keys.
template <class T>
class GoMap {
  public:
    using Item = T;

    [[nodiscard]] const T* find(std::string_view key) const {
        const auto found = places_.find(key);
        return found == places_.end() ? nullptr : &entries_[found->second].second;
    }

    void set(const std::string& key, T value) {
        const auto [place, added] = places_.try_emplace(key, entries_.size());
        if (added)
            entries_.emplace_back(key, std::move(value));
        else
            entries_[place->second].second = std::move(value);
    }

    void clear() {
        entries_.clear();
        places_.clear();
    }

    [[nodiscard]] bool empty() const { return entries_.empty(); }

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    [[nodiscard]] const std::vector<std::pair<std::string, T>>& in_file_order() const {
        return entries_;
    }

    [[nodiscard]] std::vector<const std::pair<std::string, T>*> sorted() const {
        std::vector<const std::pair<std::string, T>*> out;
        for (const auto& [key, place] : places_)
            out.push_back(&entries_[place]);
        return out;
    }

  private:
    std::vector<std::pair<std::string, T>> entries_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

/// What decoding a hostile file may cost, over all decoders of the file.
struct DecodeBudget {
    static constexpr std::size_t kBytesMax = std::size_t{32} << 20U;
    static constexpr std::size_t kErrorsMax = 1000;
    static constexpr int kMergeDepthMax = 200;

    std::size_t bytes = 0;
};

/// What a Go UnmarshalYAML or Node.Decode returns: nothing, a list of type errors (a
/// yaml.TypeError, to which the caller's own are added), or an error that ends all decoding.
struct DecodeOutcome {
    std::vector<std::string> type_errors;
    std::optional<sim::Error> fatal;

    [[nodiscard]] bool good() const { return type_errors.empty() && !fatal; }
};

DecodeOutcome decode_failure(std::string text);

/// The whole outcome as one error: "yaml: unmarshal errors:" and the list, or the fatal one.
sim::Error to_error(const DecodeOutcome& outcome);

class YamlDecoder;

/// Types that read a node themselves have
/// `static DecodeOutcome from_yaml(const YamlNode&, T&, DecodeBudget&)`.
template <class T>
concept ReadsYaml = requires(const YamlNode& node, T& out, DecodeBudget& budget) {
    { T::from_yaml(node, out, budget) } -> std::same_as<DecodeOutcome>;
};

/// Structs list their fields by YAML name: `static void yaml_fields(auto& self, auto&& visit)`.
struct AnyField {
    void operator()(std::string_view /*name*/, auto& /*field*/) const {}
};

template <class T>
concept YamlStruct = requires(T& value) {
    T::yaml_fields(value, AnyField{});
};

template <class T>
concept NamedInGo = requires {
    { T::kGoName } -> std::convertible_to<std::string_view>;
};
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
concept SliceLike = std::derived_from<T, GoSlice<typename T::Item>>;
template <class T>
concept MapLike = std::derived_from<T, GoMap<typename T::Item>>;

/// reflect.Type.String() of the Go type that T stands for.
template <class T>
std::string go_type_name() {
    if constexpr (std::same_as<T, std::string>)
        return "string";
    else if constexpr (std::same_as<T, bool>)
        return "bool";
    else if constexpr (std::same_as<T, std::uint32_t>)
        return "uint32";
    else if constexpr (NamedInGo<T>)
        return std::string(T::kGoName);
    else if constexpr (SliceLike<T>)
        return "[]" + go_type_name<typename T::Item>();
    else
        return "map[string]" + go_type_name<typename T::Item>();
}

class YamlDecoder {
  public:
    explicit YamlDecoder(DecodeBudget& budget) : budget_(budget) {}

    /// Fills `out`; true when a value was taken, false when the node is null or does not fit.
    template <class T>
    bool unmarshal(const YamlNode& node, T& out);

    DecodeOutcome outcome() && { return {std::move(type_errors_), std::move(fatal_)}; }

  private:
    template <class T>
    bool unmarshal_target(const YamlNode& node, T& out);
    template <class T>
    bool unmarshal_pointed(const YamlNode& node, T& out);
    template <class T>
    bool by_kind(const YamlNode& node, T& out);
    template <class T>
    bool scalar(const YamlNode& node, T& out);
    template <class T>
    bool sequence(const YamlNode& node, T& out);
    template <class T>
    bool mapping(const YamlNode& node, T& out);
    template <class T>
    void mapping_struct(const YamlNode& node, T& out);
    template <class T>
    void mapping_entries(const YamlNode& node, T& out);
    template <class T>
    void merge(const YamlNode& parent, const YamlNode& from, T& out);
    template <class T>
    bool take_null(T& out);

    bool count_step();
    bool enter_alias(const YamlNode& alias);
    void leave_alias(const YamlNode& alias);
    bool keys_are_unique(const YamlNode& node);
    void begin_merge(const YamlNode& parent);
    static bool is_merge_source(const YamlNode& node);
    bool take_text(const YamlValue& value, const YamlNode& node, std::string& out);
    static bool take_bool(const YamlValue& value, bool& out);
    static bool take_number(const YamlValue& value, std::uint32_t& out);
    bool absorb(DecodeOutcome outcome);
    void type_error(std::string text);
    void misfit(const YamlNode& node, std::string_view tag, std::string_view go_type);
    bool fail(std::string text);

    DecodeBudget& budget_;
    std::vector<std::string> type_errors_;
    std::optional<sim::Error> fatal_;
    std::set<const YamlNode*> open_aliases_;
    std::int64_t steps_ = 0;
    std::int64_t alias_steps_ = 0;
    int alias_depth_ = 0;
    int merge_depth_ = 0;
    /// Keys that a merge must not set again; none outside merges.
    std::optional<std::set<std::string>> merged_;
};

/// Go's node.Decode(&out).
template <class T>
DecodeOutcome decode_yaml(const YamlNode& node, T& out, DecodeBudget& budget) {
    YamlDecoder decoder(budget);
    decoder.unmarshal(node, out);
    return std::move(decoder).outcome();
}

/// The tag a node has for Go's ShortTag: an alias has that of its target.
std::string_view node_tag(const YamlNode& node);

/// A plain "<<".
bool is_merge_key(const YamlNode& node);

// ---- Templates
// --------------------------------------------------------------------------------------

template <class T>
bool YamlDecoder::unmarshal(const YamlNode& node, T& out) {
    if (!count_step()) return false;
    if (node.kind == YamlNode::Kind::kAlias) {
        if (!enter_alias(node)) return false;
        const bool good = unmarshal(*node.target, out);
        leave_alias(node);
        return good;
    }
    return unmarshal_target(node, out);
}

template <class T>
bool YamlDecoder::unmarshal_target(const YamlNode& node, T& out) {
    if (node.tag == "!!null") return by_kind(node, out);
    if constexpr (kIsOptional<T>) {
        if (!out) out.emplace();
        return unmarshal_pointed(node, *out);
    } else {
        return unmarshal_pointed(node, out);
    }
}

template <class T>
bool YamlDecoder::unmarshal_pointed(const YamlNode& node, T& out) {
    if constexpr (ReadsYaml<T>)
        return absorb(T::from_yaml(node, out, budget_));
    else
        return by_kind(node, out);
}

template <class T>
bool YamlDecoder::by_kind(const YamlNode& node, T& out) {
    if (node.kind == YamlNode::Kind::kScalar) return scalar(node, out);
    // Pointers and types that read nodes themselves only come here with null.
    if constexpr (ReadsYaml<T> || kIsOptional<T>) {
        return take_null(out);
    } else if (node.kind == YamlNode::Kind::kSequence) {
        return sequence(node, out);
    } else {
        return mapping(node, out);
    }
}

template <class T>
bool YamlDecoder::take_null(T& out) {
    if constexpr (kIsOptional<T>) {
        out.reset();
        return true;
    } else if constexpr (SliceLike<T>) {
        out.given = false;
        out.items.clear();
        return true;
    } else if constexpr (MapLike<T>) {
        out.clear();
        return true;
    } else {
        return false;
    }
}

template <class T>
bool YamlDecoder::scalar(const YamlNode& node, T& out) {
    auto value = resolve_yaml(node.tag, node.value);
    if (!value) return fail(value.error().text);
    if (value->kind == YamlValue::Kind::kNull) return take_null(out);
    bool taken = false;
    if constexpr (std::same_as<T, std::string>) taken = take_text(*value, node, out);
    if constexpr (std::same_as<T, bool>) taken = take_bool(*value, out);
    if constexpr (std::same_as<T, std::uint32_t>) taken = take_number(*value, out);
    if constexpr (!ReadsYaml<T> && !kIsOptional<T>) {
        if (!taken) misfit(node, value->tag, go_type_name<T>());
    }
    return taken;
}

template <class T>
bool YamlDecoder::sequence(const YamlNode& node, T& out) {
    if constexpr (SliceLike<T>) {
        out.given = true;
        out.items.clear();
        for (const auto* item : node.content) {
            typename T::Item value{};
            if (unmarshal(*item, value)) out.items.push_back(std::move(value));
            if (fatal_) return false;
        }
        return true;
    } else {
        misfit(node, "!!seq", go_type_name<T>());
        return false;
    }
}

template <class T>
bool YamlDecoder::mapping(const YamlNode& node, T& out) {
    if (!keys_are_unique(node)) return false;
    if constexpr (YamlStruct<T> || MapLike<T>) {
        const YamlNode* merged = nullptr;
        for (std::size_t i = 0; i + 1 < node.content.size(); i += 2) {
            if (is_merge_key(*node.content[i])) merged = node.content[i + 1];
        }
        if constexpr (MapLike<T>)
            mapping_entries(node, out);
        else
            mapping_struct(node, out);
        if (merged != nullptr && !fatal_) merge(node, *merged, out);
        return !fatal_;
    } else {
        misfit(node, "!!map", go_type_name<T>());
        return false;
    }
}

template <class T>
void YamlDecoder::mapping_entries(const YamlNode& node, T& out) {
    // Values are decoded as outside of a merge, their keys are not.
    auto merged = std::exchange(merged_, std::nullopt);
    const bool was_empty = out.empty();
    for (std::size_t i = 0; i + 1 < node.content.size() && !fatal_; i += 2) {
        const auto& key_node = *node.content[i];
        const auto& value_node = *node.content[i + 1];
        std::string key;
        if (is_merge_key(key_node) || !unmarshal(key_node, key)) continue;
        if (merged && !merged->insert(key).second) continue;
        typename T::Item value{};
        const bool good = unmarshal(value_node, value);
        const bool keeps_null =
            node_tag(value_node) == "!!null" && (was_empty || out.find(key) == nullptr);
        if (!fatal_ && (good || keeps_null)) out.set(key, std::move(value));
    }
    merged_ = std::move(merged);
}

template <class T>
void YamlDecoder::mapping_struct(const YamlNode& node, T& out) {
    auto merged = std::exchange(merged_, std::nullopt);
    std::set<std::string> done;
    for (std::size_t i = 0; i + 1 < node.content.size() && !fatal_; i += 2) {
        const auto& key_node = *node.content[i];
        std::string key;
        if (is_merge_key(key_node) || !unmarshal(key_node, key)) continue;
        if (merged && !merged->insert(key).second) continue;
        T::yaml_fields(out, [&](std::string_view name, auto& field) {
            if (name != key) return;
            if (!done.insert(key).second) {
                type_error("line " + std::to_string(key_node.line) + ": field " + key +
                           " already set in type " + go_type_name<T>());
                return;
            }
            unmarshal(*node.content[i + 1], field);
        });
    }
    merged_ = std::move(merged);
}

template <class T>
void YamlDecoder::merge(const YamlNode& parent, const YamlNode& from, T& out) {
    constexpr std::string_view kWrong =
        "yaml: map merge requires map or sequence of maps as the value";
    if (++merge_depth_ > DecodeBudget::kMergeDepthMax) {
        fail("merges are nested deeper than 200 levels");
        return;
    }
    const bool outermost = !merged_;
    if (outermost) begin_merge(parent);
    if (from.kind == YamlNode::Kind::kSequence) {
        for (const auto* item : from.content) {
            if (fatal_) break;
            if (is_merge_source(*item))
                unmarshal(*item, out);
            else
                fail(std::string(kWrong));
        }
    } else if (is_merge_source(from)) {
        unmarshal(from, out);
    } else {
        fail(std::string(kWrong));
    }
    if (outermost) merged_.reset();
    --merge_depth_;
}

}  // namespace nodes
