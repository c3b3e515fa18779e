#include "nodes/protocol/sdl_resources.h"

#include "nodes/protocol/attributes.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_number.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>

namespace nodes {
namespace {

struct Suffix {
    std::string_view text;
    std::uint64_t factor;
};

constexpr std::uint64_t kGi = 1ULL << 30U;
// A file's suffix is found by trying all; no two fit one text, as "i" is never one alone.
constexpr std::array<Suffix, 12> kSuffixes{{
    {"Ki", 1ULL << 10U},
    {"Mi", 1ULL << 20U},
    {"Gi", kGi},
    {"Ti", 1ULL << 40U},
    {"Pi", 1ULL << 50U},
    {"Ei", 1ULL << 60U},
    {"k", 1'000},
    {"M", 1'000'000},
    {"G", 1'000'000'000},
    {"T", 1'000'000'000'000},
    {"P", 1'000'000'000'000'000},
    {"E", 1'000'000'000'000'000'000},
}};
constexpr std::size_t kBinarySuffixes = 6;
constexpr std::string_view kNegative = "invalid: negative value not allowed";

DecodeOutcome number_failure(std::string_view function,
                             std::string_view text,
                             NumberProblem problem) {
    return decode_failure(
        fmt::format("strconv.{}: parsing {}: {}", function, go_quote(text), problem_text(problem)));
}

/// units.go: parseWithSuffix.
DecodeOutcome read_size(std::string_view text, std::span<const Suffix> known, std::uint64_t& out) {
    const auto fits = [text](const Suffix& suffix) { return text.ends_with(suffix.text); };
    const auto suffix = std::find_if(known.begin(), known.end(), fits);
    if (suffix != known.end()) text.remove_suffix(suffix->text.size());
    auto number = parse_float(text);
    if (number.problem != NumberProblem::kNone) {
        return number_failure("ParseFloat", text, number.problem);
    }
    if (suffix != known.end()) number.value = multiply(number.value, suffix->factor);
    if (below_zero(number.value)) return decode_failure(std::string(kNegative));
    out = to_uint64(number.value);
    return {};
}

/// storage.go: unifyStringAsBool.
std::optional<std::string> unified_bool(std::string_view text) {
    if (text == "true" || text == "on" || text == "yes") return "true";
    if (text == "false" || text == "off" || text == "no") return "false";
    return std::nullopt;
}

DecodeOutcome check_storage_attribute(const std::string& key, std::string& value) {
    if (key == "persistent") {
        const auto unified = unified_bool(value);
        if (!unified) {
            return decode_failure("sdl: invalid value for attribute \"persistent\". expected bool");
        }
        value = *unified;
        return {};
    }
    if (key == "class") {
        constexpr std::array<std::string_view, 4> kClasses{"default", "beta1", "beta2", "beta3"};
        const bool known = std::find(kClasses.begin(), kClasses.end(), value) != kClasses.end();
        return known ? DecodeOutcome{} : decode_failure("sdl: invalid value for attribute class");
    }
    return decode_failure("sdl: unsupported storage attribute: " + key);
}

std::string_view persistence(const SdlVolume& volume) {
    for (const auto& attribute : volume.attributes.list) {
        if (attribute.key == "persistent") return attribute.value;
    }
    return {};
}

/// storage.go: the comparison of v2ResourceStorageArray.sort. It is no order: two volumes that are
/// not persistent and of one size are each less than the other, so the algorithm below matters.
bool volume_less(const SdlVolume& a, const SdlVolume& b) {
    if (a.size.bytes != b.size.bytes) return a.size.bytes < b.size.bytes;
    const auto of_a = persistence(a);
    const auto of_b = persistence(b);
    // An absent text sorts first, as the empty one does.
    if (of_a != of_b) return of_a < of_b;
    if (of_a != "true") return true;
    return a.name < b.name;
}

/// Go's sort.SliceStable: insertion sort in blocks of 20, which are then merged. Real files have a
/// handful of volumes; the merge keeps the time of hostile ones in bounds.
void sort_volumes(std::vector<SdlVolume>& volumes) {
    constexpr std::size_t kBlock = 20;
    for (std::size_t first = 0; first < volumes.size(); first += kBlock) {
        const auto last = std::min(first + kBlock, volumes.size());
        for (auto i = first + 1; i < last; ++i) {
            for (auto j = i; j > first && volume_less(volumes[j], volumes[j - 1]); --j) {
                std::swap(volumes[j], volumes[j - 1]);
            }
        }
    }
    for (std::size_t block = kBlock; block < volumes.size(); block *= 2) {
        std::vector<SdlVolume> merged;
        merged.reserve(volumes.size());
        for (std::size_t first = 0; first < volumes.size(); first += 2 * block) {
            const auto middle = std::min(first + block, volumes.size());
            const auto last = std::min(first + 2 * block, volumes.size());
            auto left = first;
            auto right = middle;
            while (left < middle || right < last) {
                const bool take_right =
                    left == middle || (right < last && volume_less(volumes[right], volumes[left]));
                merged.push_back(std::move(volumes[take_right ? right++ : left++]));
            }
        }
        volumes = std::move(merged);
    }
}

std::string gpu_key(const SdlNvidiaGpu& gpu) {
    auto key = "vendor/nvidia/model/" + gpu.model;
    if (gpu.ram) key += fmt::format("/{}Gi", gpu.ram->bytes / kGi);
    return key;
}

/// What a Go loop over Content by twos meets in a list with an odd number of items.
DecodeOutcome odd_content(const YamlNode& node) {
    DecodeOutcome outcome;
    const auto size = node.content.size();
    outcome.fatal =
        panic(fmt::format("runtime error: index out of range [{}] with length {}", size, size));
    return outcome;
}

void sort_by_key(Attributes& attributes) {
    std::stable_sort(attributes.begin(),
                     attributes.end(),
                     [](const Attribute& a, const Attribute& b) { return a.key < b.key; });
}

}  // namespace

DecodeOutcome SdlCpuQuantity::from_yaml(const YamlNode& node, SdlCpuQuantity& out, DecodeBudget&) {
    std::string_view text = node.value;
    if (text.ends_with('m')) {
        text.remove_suffix(1);
        const auto milli = parse_uint(text, {10, 32});
        if (milli.problem != NumberProblem::kNone) {
            return number_failure("ParseUint", text, milli.problem);
        }
        out.milli = static_cast<std::uint32_t>(milli.value);
        return {};
    }
    const auto number = parse_float(text);
    if (number.problem != NumberProblem::kNone) {
        return number_failure("ParseFloat", text, number.problem);
    }
    const auto milli = multiply(number.value, 1000);
    if (below_zero(milli)) return decode_failure(std::string(kNegative));
    out.milli = to_uint32(milli);
    return {};
}

DecodeOutcome SdlGpuQuantity::from_yaml(const YamlNode& node, SdlGpuQuantity& out, DecodeBudget&) {
    const auto units = parse_uint(node.value, {10, 64});
    if (units.problem != NumberProblem::kNone) {
        return number_failure("ParseUint", node.value, units.problem);
    }
    out.units = units.value;
    return {};
}

DecodeOutcome SdlByteQuantity::from_yaml(const YamlNode& node,
                                         SdlByteQuantity& out,
                                         DecodeBudget&) {
    return read_size(node.value, kSuffixes, out.bytes);
}

DecodeOutcome SdlMemoryQuantity::from_yaml(const YamlNode& node,
                                           SdlMemoryQuantity& out,
                                           DecodeBudget&) {
    return read_size(node.value, std::span(kSuffixes).first(kBinarySuffixes), out.bytes);
}

DecodeOutcome SdlCpuAttributes::from_yaml(const YamlNode& node,
                                          SdlCpuAttributes& out,
                                          DecodeBudget& budget) {
    Attributes list;
    for (std::size_t i = 0; i + 1 < node.content.size(); i += 2) {
        const auto& key = node.content[i]->value;
        if (key != "arch") {
            return decode_failure(fmt::format("unsupported cpu attribute \"{}\"", key));
        }
        Attribute attribute{key, {}};
        auto outcome = decode_yaml(*node.content[i + 1], attribute.value, budget);
        if (!outcome.good()) return outcome;
        list.push_back(std::move(attribute));
    }
    out.list = std::move(list);
    return {};
}

DecodeOutcome SdlGpuAttributes::from_yaml(const YamlNode& node,
                                          SdlGpuAttributes& out,
                                          DecodeBudget& budget) {
    std::optional<SdlGpuVendor> vendor;
    for (std::size_t i = 0; i < node.content.size(); i += 2) {
        const auto& key = node.content[i]->value;
        if (key != "vendor") {
            return decode_failure(
                fmt::format("sdl: unsupported attribute ({}) for GPU resource", key));
        }
        if (i + 1 == node.content.size()) return odd_content(node);
        auto outcome = decode_yaml(*node.content[i + 1], vendor, budget);
        if (!outcome.good()) return outcome;
    }
    if (!vendor) {
        return decode_failure("sdl: invalid GPU attributes. at least one vendor must be set");
    }
    Attributes list;
    for (const auto& gpu : vendor->nvidia.items)
        list.push_back({gpu_key(gpu), "true"});
    if (list.empty()) list.push_back({"vendor/nvidia/model/*", "true"});
    sort_by_key(list);
    if (const auto status = validate_requirement_attributes(list); !status) {
        return decode_failure("sdl: invalid GPU attributes: " + status.error().text);
    }
    out.list = std::move(list);
    return {};
}

DecodeOutcome SdlGpu::from_yaml(const YamlNode& node, SdlGpu& out, DecodeBudget& budget) {
    SdlGpu read;
    for (std::size_t i = 0; i < node.content.size(); i += 2) {
        const auto& key = node.content[i]->value;
        if (key != "units" && key != "attributes") {
            return decode_failure(fmt::format("sdl: unsupported field ({}) for GPU resource", key));
        }
        if (i + 1 == node.content.size()) return odd_content(node);
        const auto& value = *node.content[i + 1];
        auto outcome = key == "units" ? decode_yaml(value, read.units, budget)
                                      : decode_yaml(value, read.attributes, budget);
        if (!outcome.good()) return outcome;
    }
    if (read.units.units > 0 && read.attributes.list.empty()) {
        return decode_failure("sdl: GPU attributes must be present if units > 0");
    }
    out = std::move(read);
    return {};
}

DecodeOutcome read_attribute_map(const YamlNode& node, Attributes& out, DecodeBudget& budget) {
    GoMap<std::string> map;
    auto outcome = decode_yaml(node, map, budget);
    if (!outcome.good()) return outcome;
    out.clear();
    for (const auto* entry : map.sorted())
        out.push_back({entry->first, entry->second});
    return {};
}

DecodeOutcome SdlStorageAttributes::from_yaml(const YamlNode& node,
                                              SdlStorageAttributes& out,
                                              DecodeBudget& budget) {
    GoMap<std::string> map;
    auto outcome = decode_yaml(node, map, budget);
    if (!outcome.good()) return outcome;
    if (map.find("persistent") == nullptr) map.set("persistent", "false");
    const auto& persistent = *map.find("persistent");
    const auto* given_class = map.find("class");
    const bool classed = given_class != nullptr && !given_class->empty();
    if (persistent == "false" && classed) {
        return decode_failure("sdl: ephemeral storage should not set attribute class");
    }
    if (persistent == "true" && !classed) map.set("class", "default");
    Attributes list;
    // Go walks the map in a random order, most often in that of the file; of several errors it
    // tells the first it meets.
    for (const auto& [key, text] : map.in_file_order()) {
        Attribute attribute{key, text};
        outcome = check_storage_attribute(attribute.key, attribute.value);
        if (!outcome.good()) return outcome;
        list.push_back(std::move(attribute));
    }
    sort_by_key(list);
    out.list = std::move(list);
    return {};
}

DecodeOutcome SdlVolumes::from_yaml(const YamlNode& node, SdlVolumes& out, DecodeBudget& budget) {
    std::vector<SdlVolume> volumes;
    if (node.kind == YamlNode::Kind::kSequence) {
        for (const auto* item : node.content) {
            SdlVolume volume;
            auto outcome = decode_yaml(*item, volume, budget);
            if (!outcome.good()) return outcome;
            if (volume.name.empty()) volume.name = "default";
            volumes.push_back(std::move(volume));
        }
    } else if (node.kind == YamlNode::Kind::kMapping) {
        SdlVolume volume;
        auto outcome = decode_yaml(node, volume, budget);
        if (!outcome.good()) return outcome;
        volume.name = "default";
        volumes.push_back(std::move(volume));
    }
    std::set<std::string_view> names;
    for (const auto& volume : volumes) {
        if (!names.insert(volume.name).second) {
            return decode_failure("sdl: duplicated volume name");
        }
    }
    sort_volumes(volumes);
    out.list = std::move(volumes);
    return {};
}

Resources to_resources(const std::optional<SdlComputeResources>& sdl) {
    Resources out;
    if (!sdl) return out;
    if (sdl->cpu) out.cpu = Quantity{sdl->cpu->units.milli, sdl->cpu->attributes.list};
    out.gpu = sdl->gpu ? Quantity{sdl->gpu->units.units, sdl->gpu->attributes.list} : Quantity{};
    if (sdl->memory) out.memory = Quantity{sdl->memory->size.bytes, {}};
    for (const auto& volume : sdl->storage.list) {
        out.storage.push_back({volume.name, volume.size.bytes, volume.attributes.list});
    }
    return out;
}

}  // namespace nodes
