#include "scenarios/engine/yaml_reader.h"

#include "nodes/protocol/sdl_text.h"
#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <yaml-cpp/depthguard.h>

namespace scenarios {

namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::string key_path(const std::string& path, std::string_view key) {
    return path.empty() ? std::string{key} : fmt::format("{}.{}", path, key);
}

/// Counts nodes as a reader would meet them, so that aliases inside aliases cannot multiply without
/// end.
void check_size(const YAML::Node& node, const YamlFile& file, int depth, std::size_t& count) {
    if (depth > kYamlDepthMax) {
        throw LoadError(fmt::format("{}: nested deeper than {} levels", file.name, kYamlDepthMax));
    }
    if (++count > kYamlNodesMax) {
        throw LoadError(fmt::format("{}: more than {} values", file.name, kYamlNodesMax));
    }
    if (node.IsSequence()) {
        for (const auto& item : node)
            check_size(item, file, depth + 1, count);
    } else if (node.IsMap()) {
        for (const auto& item : node) {
            check_size(item.first, file, depth + 1, count);
            check_size(item.second, file, depth + 1, count);
        }
    }
}

/// Texts end up in JSON and in the database, which both want UTF-8; yaml-cpp takes any bytes.
void check_encoding(std::string_view text, const YamlFile& file) {
    const std::string valid = nodes::valid_utf8(text);
    if (valid == text) return;
    const auto wrong = std::mismatch(text.begin(), text.end(), valid.begin(), valid.end()).first;
    const auto line = 1 + std::count(text.begin(), wrong, '\n');
    throw LoadError(
        fmt::format("{}:{}: not UTF-8; save the file in that encoding", file.name, line));
}

/// The node is this value or a part of it. Settings are small; nodes were counted before.
bool holds(const YAML::Node& value, const YAML::Node& node) {
    if (value.is(node)) return true;
    if (value.IsSequence()) {
        return std::any_of(
            value.begin(), value.end(), [&](const auto& item) { return holds(item, node); });
    }
    return value.IsMap() && std::any_of(value.begin(), value.end(), [&](const auto& item) {
               return holds(item.first, node) || holds(item.second, node);
           });
}

}  // namespace

std::string YamlValue::place() const {
    const YAML::Mark mark = node_.Mark();
    for (const YamlFile::Setting& setting : file_->settings) {
        // A map on the way to the value that a setting made has no place of its own.
        const bool made = mark.is_null() && file_->settings.size() == 1;
        if (made || holds(setting.value, node_)) return "--set " + setting.text;
    }
    if (mark.is_null()) return file_->name;
    return fmt::format("{}:{}:{}", file_->name, mark.line + 1, mark.column + 1);
}

void YamlValue::fail(std::string_view text) const {
    if (path_.empty()) throw LoadError(fmt::format("{}: {}", place(), text));
    throw LoadError(fmt::format("{}: {}: {}", place(), path_, text));
}

const std::string& YamlValue::scalar() const {
    if (!node_.IsScalar()) {
        fail(node_.IsMap()        ? "one value is wanted here, not a map"
             : node_.IsSequence() ? "one value is wanted here, not a list"
                                  : "a value is wanted here");
    }
    return node_.Scalar();
}

std::string YamlValue::text(std::size_t longest) const {
    const std::string& value = scalar();
    if (value.size() > longest) fail(fmt::format("longer than {} characters", longest));
    return value;
}

std::size_t YamlValue::choice(const std::vector<std::string>& names) const {
    const std::string value = text();
    const auto found = std::find(names.begin(), names.end(), value);
    if (found == names.end()) {
        fail(fmt::format("'{}' is none of {}{}", value, joined(names), did_you_mean(value, names)));
    }
    return static_cast<std::size_t>(found - names.begin());
}

bool YamlValue::boolean() const {
    const std::string& value = scalar();
    if (value == "true" || value == "yes" || value == "on") return true;
    if (value == "false" || value == "no" || value == "off") return false;
    fail(fmt::format("'{}' is neither true nor false", value));
}

std::int64_t YamlValue::integer(Bounds<std::int64_t> bounds) const {
    const std::int64_t value = taken(parse_integer(scalar()));
    if (value < bounds.least || value > bounds.most) {
        fail(fmt::format("{} is outside {} to {}", value, bounds.least, bounds.most));
    }
    return value;
}

double YamlValue::number(Bounds<double> bounds) const {
    const double value = taken(parse_number(scalar()));
    if (value < bounds.least || value > bounds.most) {
        fail(fmt::format("{} is outside {} to {}", value, bounds.least, bounds.most));
    }
    return value;
}

double YamlValue::ratio(Bounds<double> bounds) const {
    const double value = taken(parse_ratio(scalar()));
    if (value < bounds.least || value > bounds.most) {
        fail(fmt::format("{} is outside {} to {}", value, bounds.least, bounds.most));
    }
    return value;
}

sim::SimDuration YamlValue::duration() const {
    return taken(parse_duration(scalar()));
}

sim::SimDuration YamlValue::positive_duration() const {
    const sim::SimDuration value = duration();
    if (value.ns == 0) fail("must be longer than zero");
    return value;
}

std::int64_t YamlValue::bytes(Bounds<std::int64_t> bounds) const {
    const std::int64_t value = taken(parse_bytes(scalar()));
    if (value < bounds.least || value > bounds.most) {
        fail(fmt::format("{} bytes is outside {} to {}", value, bounds.least, bounds.most));
    }
    return value;
}

std::int64_t YamlValue::milli_cpu(Bounds<std::int64_t> bounds) const {
    const std::int64_t value = taken(parse_milli_cpu(scalar()));
    if (value < bounds.least || value > bounds.most) {
        fail(fmt::format("{}m is outside {}m to {}m", value, bounds.least, bounds.most));
    }
    return value;
}

nodes::DenomAmount YamlValue::amount() const {
    return taken(parse_amount(scalar()));
}

nodes::Timestamp YamlValue::date() const {
    return taken(parse_date(scalar()));
}

std::vector<YamlValue> YamlValue::items(std::size_t most) const {
    if (!node_.IsSequence()) fail("a list is wanted here");
    if (node_.size() > most) fail(fmt::format("more than {} items", most));
    std::vector<YamlValue> out;
    out.reserve(node_.size());
    for (const auto& item : node_) {
        out.emplace_back(*file_, item, fmt::format("{}[{}]", path_, out.size()));
    }
    return out;
}

std::vector<YamlValue> YamlValue::items_or_one(std::size_t most) const {
    if (!node_.IsSequence()) return {*this};
    return items(most);
}

std::vector<std::pair<std::string, YamlValue>> YamlValue::entries(std::size_t most) const {
    if (!node_.IsMap()) fail("a map is wanted here");
    if (node_.size() > most) fail(fmt::format("more than {} entries", most));
    std::vector<std::pair<std::string, YamlValue>> out;
    for (const auto& item : node_) {
        const YamlValue key(*file_, item.first, path_);
        std::string name = key.text(256);
        for (const auto& [earlier, value] : out) {
            if (earlier == name) key.fail(fmt::format("key '{}' comes twice", name));
        }
        YamlValue value(*file_, item.second, key_path(path_, name));
        out.emplace_back(std::move(name), std::move(value));
    }
    return out;
}

YamlObject::YamlObject(const YamlValue& value, std::vector<std::string> keys)
    : value_(value), keys_(std::move(keys)) {
    if (!value_.is_map()) {
        value_.fail(fmt::format("a map is wanted here, with keys of: {}", joined(keys_)));
    }
    for (const auto& item : value_.node()) {
        const YamlValue key(value_.file(), item.first, value_.path());
        const std::string name = key.text(256);
        if (std::find(keys_.begin(), keys_.end(), name) == keys_.end()) {
            const std::string near = did_you_mean(name, keys_);
            key.fail(
                fmt::format("unknown key '{}'{}",
                            name,
                            near.empty() ? fmt::format("; known are: {}", joined(keys_)) : near));
        }
        const bool twice = std::any_of(found_.begin(), found_.end(), [&](const auto& earlier) {
            return earlier.first == name;
        });
        if (twice) key.fail(fmt::format("key '{}' comes twice", name));
        found_.emplace_back(name, item.second);
    }
}

bool YamlObject::has(std::string_view key) const {
    return optional(key).has_value();
}

std::optional<YamlValue> YamlObject::optional(std::string_view key) const {
    SIM_ASSERT(std::find(keys_.begin(), keys_.end(), key) != keys_.end(),
               "a key of the object's list, got {}",
               key);
    for (const auto& [name, node] : found_) {
        if (name == key && !node.IsNull()) {
            return YamlValue(value_.file(), node, key_path(value_.path(), key));
        }
    }
    return std::nullopt;
}

YamlValue YamlObject::required(std::string_view key) const {
    auto found = optional(key);
    if (!found) value_.fail(fmt::format("key '{}' is missing", key));
    return *found;
}

YAML::Node parse_yaml(const std::string& text, const YamlFile& file) {
    if (text.size() > kYamlBytesMax) {
        throw LoadError(fmt::format(
            "{}: {} bytes; a scenario has at most {}", file.name, text.size(), kYamlBytesMax));
    }
    check_encoding(text, file);
    try {
        YAML::Node root = YAML::Load(text);
        std::size_t count = 0;
        check_size(root, file, 0, count);
        return root;
    } catch (const YAML::DeepRecursion& error) {
        throw LoadError(fmt::format("{}:{}:{}: nested deeper than {} levels",
                                    file.name,
                                    error.mark.line + 1,
                                    error.mark.column + 1,
                                    kYamlDepthMax));
    } catch (const YAML::Exception& error) {
        if (error.mark.is_null()) throw LoadError(fmt::format("{}: {}", file.name, error.msg));
        throw LoadError(fmt::format(
            "{}:{}:{}: {}", file.name, error.mark.line + 1, error.mark.column + 1, error.msg));
    }
}

namespace {

/// The item of a list that a path part means: its number, or the `name` it has.
YAML::Node list_item(const YAML::Node& list, const std::string& part, std::string_view assignment) {
    std::vector<std::string> names;
    for (const YAML::Node& item : list) {
        const YAML::Node name = item.IsMap() ? item["name"] : YAML::Node(YAML::NodeType::Undefined);
        if (!name || !name.IsScalar()) continue;
        if (name.Scalar() == part) return item;
        names.push_back(name.Scalar());
    }
    const auto index = parse_integer(part);
    if (index && index.value() >= 0 && static_cast<std::size_t>(index.value()) < list.size()) {
        return list[static_cast<std::size_t>(index.value())];
    }
    throw LoadError(fmt::format(
        "--set {}: no item '{}' in the list{}", assignment, part, did_you_mean(part, names)));
}

}  // namespace

YAML::Node set_by_path(YAML::Node& root, std::string_view assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        throw LoadError(fmt::format("--set {}: write key=value", assignment));
    }
    std::vector<std::string> parts{""};
    for (const char c : assignment.substr(0, equals)) {
        if (c == '.') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    const YamlFile file{.name = fmt::format("--set {}", assignment), .settings = {}};
    check_encoding(assignment, file);
    const YAML::Node value = parse_yaml(std::string{assignment.substr(equals + 1)}, file);
    YAML::Node at = root;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        if (at.IsSequence()) {
            YAML::Node item = list_item(at, parts[i], assignment);
            if (last) {
                item = value;
                return value;
            }
            at.reset(item);
        } else if (at.IsMap()) {
            if (last) {
                at[parts[i]] = value;
                return value;
            }
            if (!at[parts[i]]) at[parts[i]] = YAML::Node(YAML::NodeType::Map);
            at.reset(at[parts[i]]);
        } else {
            throw LoadError(
                fmt::format("--set {}: '{}' stands below a plain value", assignment, parts[i]));
        }
    }
    SIM_UNREACHABLE("the last part returns");
}

}  // namespace scenarios
