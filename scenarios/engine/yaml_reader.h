// Strict reading of YAML: every value knows its place, every object says which keys it has, and the
// first thing that is wrong ends the reading with "file:line:column: what, and what to write
// instead". The text is hostile until read: its size, depth and number of nodes are limited.
#pragma once

#include "scenarios/engine/quantities.h"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace scenarios {

/// Thrown while a file is read, caught where the loader hands out its Result.
class LoadError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

inline constexpr std::size_t kYamlBytesMax = 1U << 20U;
inline constexpr int kYamlDepthMax = 40;
inline constexpr std::size_t kYamlNodesMax = 200'000;

/// What is the same for all values of one file.
struct YamlFile {
    std::string name;

    struct Setting {
        std::string text;  ///< "block.interval=5s", as after --set
        YAML::Node value;
    };

    std::vector<Setting> settings;  ///< what was put into the file after it was read
};

template <class T>
struct Bounds {
    T least;
    T most;
};

class YamlValue {
  public:
    YamlValue(const YamlFile& file, const YAML::Node& node, std::string path)
        : file_(&file), node_(node), path_(std::move(path)) {}

    /// Throws LoadError with this value's place.
    [[noreturn]] void fail(std::string_view text) const;
    /// "file:line:column", or "--set key=value" of what came from there.
    [[nodiscard]] std::string place() const;

    /// "tenants[2].demand".
    [[nodiscard]] const std::string& path() const { return path_; }

    [[nodiscard]] bool is_map() const { return node_.IsMap(); }

    [[nodiscard]] bool is_list() const { return node_.IsSequence(); }

    [[nodiscard]] bool is_scalar() const { return node_.IsScalar(); }

    [[nodiscard]] bool is_null() const { return node_.IsNull(); }

    [[nodiscard]] const YAML::Node& node() const { return node_; }

    [[nodiscard]] const YamlFile& file() const { return *file_; }

    [[nodiscard]] std::string text(std::size_t longest = 4'096) const;
    /// One of the names, as its index.
    [[nodiscard]] std::size_t choice(const std::vector<std::string>& names) const;

    /// One of the names, as text.
    [[nodiscard]] std::string name_among(const std::vector<std::string>& names) const {
        return names[choice(names)];
    }

    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::int64_t integer(Bounds<std::int64_t> bounds) const;
    [[nodiscard]] double number(Bounds<double> bounds) const;
    [[nodiscard]] double ratio(Bounds<double> bounds) const;
    /// Never negative; at most 100 years.
    [[nodiscard]] sim::SimDuration duration() const;
    /// A duration above zero.
    [[nodiscard]] sim::SimDuration positive_duration() const;
    [[nodiscard]] std::int64_t bytes(Bounds<std::int64_t> bounds) const;
    [[nodiscard]] std::int64_t milli_cpu(Bounds<std::int64_t> bounds) const;
    [[nodiscard]] nodes::DenomAmount amount() const;
    [[nodiscard]] nodes::Timestamp date() const;

    /// The items of a list.
    [[nodiscard]] std::vector<YamlValue> items(std::size_t most) const;
    /// A list, or one value standing for a list of one.
    [[nodiscard]] std::vector<YamlValue> items_or_one(std::size_t most) const;
    /// Keys and values of a map with free keys, in the order of the file.
    [[nodiscard]] std::vector<std::pair<std::string, YamlValue>> entries(std::size_t most) const;

  private:
    template <class T>
    T taken(sim::Result<T> result) const {
        if (!result) fail(result.error().text);
        return std::move(result).value();
    }

    [[nodiscard]] const std::string& scalar() const;

    const YamlFile* file_;
    YAML::Node node_;
    std::string path_;
};

/// A map with known keys. Making one refuses unknown and repeated keys, with the nearest known
/// name.
class YamlObject {
  public:
    YamlObject(const YamlValue& value, std::vector<std::string> keys);

    [[nodiscard]] bool has(std::string_view key) const;
    /// Null values count as absent.
    [[nodiscard]] std::optional<YamlValue> optional(std::string_view key) const;
    [[nodiscard]] YamlValue required(std::string_view key) const;

    [[nodiscard]] const YamlValue& value() const { return value_; }

    [[noreturn]] void fail(std::string_view text) const { value_.fail(text); }

  private:
    YamlValue value_;
    std::vector<std::string> keys_;
    std::vector<std::pair<std::string, YAML::Node>> found_;
};

/// Parses one document within the limits; throws LoadError.
YAML::Node parse_yaml(const std::string& text, const YamlFile& file);

/// Sets one value by its path, as in "tenants.0.count=5" or "block.interval=5s"; items of lists may
/// be named by their `name`. Returns the value set. Throws LoadError when the path leads nowhere.
YAML::Node set_by_path(YAML::Node& root, std::string_view assignment);

}  // namespace scenarios
