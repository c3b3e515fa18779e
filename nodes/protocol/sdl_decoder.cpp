#include "nodes/protocol/sdl_decoder.h"

#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace nodes {
namespace {

constexpr sim::ErrorCode kTooCostly{"sdl", 1};

/// Aliases may make up 99 % of the steps in small files, and less in larger ones (Go's
/// allowedAliasRatio), in hundredths of a percent.
std::int64_t allowed_alias_share(std::int64_t steps) {
    constexpr std::int64_t kLow = 400'000;
    constexpr std::int64_t kHigh = 4'000'000;
    if (steps <= kLow) return 9900;
    if (steps >= kHigh) return 1000;
    return 9900 - 8900 * (steps - kLow) / (kHigh - kLow);
}

bool among(std::string_view text, const std::array<std::string_view, 8>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

DecodeOutcome decode_failure(std::string text) {
    return {{}, unregistered(std::move(text))};
}

sim::Error to_error(const DecodeOutcome& outcome) {
    if (outcome.fatal) return *outcome.fatal;
    return unregistered(
        fmt::format("yaml: unmarshal errors:\n  {}", fmt::join(outcome.type_errors, "\n  ")));
}

std::string_view node_tag(const YamlNode& node) {
    return node.kind == YamlNode::Kind::kAlias ? node.target->tag : node.tag;
}

bool is_merge_key(const YamlNode& node) {
    return node.kind == YamlNode::Kind::kScalar && node.value == "<<" && node.tag == "!!merge";
}

bool YamlDecoder::count_step() {
    constexpr std::size_t kStepBytes = 32;
    if (fatal_) return false;
    ++steps_;
    if (alias_depth_ > 0) ++alias_steps_;
    if (alias_steps_ > 100 && steps_ > 1000 &&
        alias_steps_ * 10'000 > steps_ * allowed_alias_share(steps_)) {
        return fail("yaml: document contains excessive aliasing");
    }
    budget_.bytes += kStepBytes;
    if (budget_.bytes <= DecodeBudget::kBytesMax) return true;
    fatal_ = sim::Error{kTooCostly, "the file expands to more than 32 MiB"};
    return false;
}

bool YamlDecoder::enter_alias(const YamlNode& alias) {
    if (!open_aliases_.insert(&alias).second) {
        return fail(fmt::format("yaml: anchor '{}' value contains itself", alias.value));
    }
    ++alias_depth_;
    return true;
}

void YamlDecoder::leave_alias(const YamlNode& alias) {
    --alias_depth_;
    open_aliases_.erase(&alias);
}

bool YamlDecoder::keys_are_unique(const YamlNode& node) {
    using Key = std::pair<YamlNode::Kind, std::string_view>;
    std::map<Key, std::vector<const YamlNode*>> places;
    for (std::size_t i = 0; i < node.content.size(); i += 2) {
        const auto* key = node.content[i];
        places[{key->kind, key->value}].push_back(key);
    }
    if (places.size() * 2 == node.content.size()) return true;
    // Every later one is told against every earlier one, in the order of the earlier ones.
    for (std::size_t i = 0; i < node.content.size(); i += 2) {
        const auto* key = node.content[i];
        auto& same = places[{key->kind, key->value}];
        same.erase(same.begin());
        for (const auto* later : same) {
            if (type_errors_.size() >= DecodeBudget::kErrorsMax) return false;
            type_error(fmt::format("line {}: mapping key {} already defined at line {}",
                                   later->line,
                                   go_quote(later->value),
                                   key->line));
        }
    }
    return false;
}

void YamlDecoder::begin_merge(const YamlNode& parent) {
    // Only keys that are texts stop a merged key: Go compares decoded values, and 1 is not "1".
    merged_.emplace();
    for (std::size_t i = 0; i < parent.content.size(); i += 2) {
        const auto* key = parent.content[i];
        if (!count_step()) return;
        if (key->kind == YamlNode::Kind::kAlias) key = key->target;
        if (key->kind != YamlNode::Kind::kScalar) continue;
        const auto value = resolve_yaml(key->tag, key->value);
        if (value && value->kind == YamlValue::Kind::kText) merged_->insert(value->text);
    }
}

bool YamlDecoder::is_merge_source(const YamlNode& node) {
    const auto& target = node.kind == YamlNode::Kind::kAlias ? *node.target : node;
    return target.kind == YamlNode::Kind::kMapping;
}

bool YamlDecoder::take_text(const YamlValue& value, const YamlNode& node, std::string& out) {
    out = value.kind == YamlValue::Kind::kText ? value.text : node.value;
    budget_.bytes += out.size();
    return true;
}

bool YamlDecoder::take_bool(const YamlValue& value, bool& out) {
    constexpr std::array<std::string_view, 8> kYes{"y", "Y", "yes", "Yes", "YES", "on", "On", "ON"};
    constexpr std::array<std::string_view, 8> kNo{"n", "N", "no", "No", "NO", "off", "Off", "OFF"};
    if (value.kind == YamlValue::Kind::kBool) {
        out = value.boolean;
        return true;
    }
    if (value.kind != YamlValue::Kind::kText) return false;
    if (!among(value.text, kYes) && !among(value.text, kNo)) return false;
    out = among(value.text, kYes);
    return true;
}

bool YamlDecoder::take_number(const YamlValue& value, std::uint32_t& out) {
    constexpr std::uint64_t kMost = 0xffff'ffff;
    std::uint64_t number = 0;
    if (value.kind == YamlValue::Kind::kInt && value.integer >= 0) {
        number = static_cast<std::uint64_t>(value.integer);
    } else if (value.kind == YamlValue::Kind::kFloat && at_most_two_to_64(value.floating)) {
        number = to_uint64(value.floating);
    } else {
        return false;
    }
    if (number > kMost) return false;
    out = static_cast<std::uint32_t>(number);
    return true;
}

bool YamlDecoder::absorb(DecodeOutcome outcome) {
    if (outcome.fatal) {
        fatal_ = std::move(outcome.fatal);
        return false;
    }
    for (auto& error : outcome.type_errors)
        type_error(std::move(error));
    return outcome.type_errors.empty();
}

void YamlDecoder::type_error(std::string text) {
    if (type_errors_.size() < DecodeBudget::kErrorsMax) type_errors_.push_back(std::move(text));
}

void YamlDecoder::misfit(const YamlNode& node, std::string_view tag, std::string_view go_type) {
    const std::string_view shown_tag = node.tag.empty() ? tag : std::string_view(node.tag);
    std::string value;
    if (shown_tag != "!!seq" && shown_tag != "!!map") {
        constexpr std::size_t kShownMax = 10;
        const bool cut = node.value.size() > kShownMax;
        value =
            fmt::format(" `{}{}`", cut ? node.value.substr(0, 7) : node.value, cut ? "..." : "");
    }
    type_error(fmt::format(
        "line {}: cannot unmarshal {}{} into {}", node.line, shown_tag, value, go_type));
}

bool YamlDecoder::fail(std::string text) {
    if (!fatal_) fatal_ = unregistered(std::move(text));
    return false;
}

}  // namespace nodes
