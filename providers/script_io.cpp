#include "providers/script_io.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace providers {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string_view trim_space(std::string_view text) {
    constexpr std::string_view kSpace = " \t\n\v\f\r";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

void collect_ips(const nodes::Resources& resources, std::vector<std::uint32_t>& sequences) {
    for (const auto& endpoint : resources.endpoints) {
        if (endpoint.kind == nodes::EndpointKind::kLeasedIp) {
            sequences.push_back(endpoint.sequence_number);
        }
    }
}

std::size_t count_distinct(std::vector<std::uint32_t>& sequences) {
    std::sort(sequences.begin(), sequences.end());
    const auto last = std::unique(sequences.begin(), sequences.end());
    return static_cast<std::size_t>(last - sequences.begin());
}

sim::Error bad_number(std::string text) {
    return {price_errors::kInvalid, std::move(text)};
}

/// big.Int.SetString in base 10; nothing when that is no number or has more than 180 digits.
std::optional<sim::Wide> whole_number(std::string_view text) {
    constexpr std::size_t kDigitsMax = 180;
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    if (text.empty() || text.size() > kDigitsMax) return std::nullopt;
    sim::Wide value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return negative ? sim::Wide(-value) : value;
}

}  // namespace

std::string_view find_attribute(const nodes::Attributes& attributes, std::string_view key) {
    for (const auto& attribute : attributes) {
        if (attribute.key == key) return attribute.value;
    }
    return {};
}

bool attribute_is_true(const nodes::Attributes& attributes, std::string_view key) {
    constexpr std::array<std::string_view, 6> kTrue{"1", "t", "T", "TRUE", "true", "True"};
    const auto value = find_attribute(attributes, key);
    return std::find(kTrue.begin(), kTrue.end(), value) != kTrue.end();
}

std::size_t leased_ips(const nodes::Resources& resources) {
    std::vector<std::uint32_t> sequences;
    collect_ips(resources, sequences);
    return count_distinct(sequences);
}

std::size_t leased_ips(const nodes::GroupSpec& spec) {
    std::vector<std::uint32_t> sequences;
    for (const auto& unit : spec.resources)
        collect_ips(unit.resources, sequences);
    return count_distinct(sequences);
}

GpusByVendor script_gpus(const nodes::Attributes& attributes) {
    GpusByVendor gpus;
    for (const auto& attribute : attributes) {
        const auto tokens = split(attribute.key, '/');
        // Go would panic on a vendor key of fewer than four parts; the chain lets none through.
        if (tokens.size() < 4 || tokens[0] != "vendor") continue;
        ScriptGpu wish{.model = std::string(tokens[3]), .ram = {}, .interface = {}};
        if (tokens.size() == 6 && tokens[4] == "ram") wish.ram = std::string(tokens[5]);
        gpus.insert_or_assign(std::string(tokens[1]), std::move(wish));
    }
    return gpus;
}

ScriptRequest script_request(const nodes::GroupSpec& spec, std::string_view denom) {
    ScriptRequest request;
    request.denom = denom;
    request.max_price = {sim::narrow(nodes::total_price(spec).scaled).value_or(0), 18};
    for (const auto& unit : spec.resources) {
        const auto& wanted = unit.resources;
        auto& told = request.units.emplace_back();
        if (wanted.cpu) told.cpu = wanted.cpu->value;
        if (wanted.memory) told.memory = wanted.memory->value;
        if (wanted.gpu) {
            told.gpu_units =
                static_cast<std::uint64_t>(sim::narrow64(wanted.gpu->value).value_or(0));
            told.gpu_by_vendor = script_gpus(wanted.gpu->attributes);
        }
        for (const auto& volume : wanted.storage) {
            const auto named = find_attribute(volume.attributes, "class");
            told.storage.push_back(
                {named.empty() ? "ephemeral" : std::string(named), volume.bytes});
        }
        told.count = unit.count;
        told.endpoints = wanted.endpoints.size();
        told.leased_ips = leased_ips(wanted);
    }
    return request;
}

sim::Result<sim::Wide> dec_from_text(std::string_view text) {
    constexpr std::string_view kEmpty = "decimal string cannot be empty";
    if (text.empty()) return bad_number(std::string(kEmpty));
    const bool negative = text[0] == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return bad_number(std::string(kEmpty));
    const auto parts = split(text, '.');
    if (parts.size() > 2) return bad_number("invalid decimal string");
    std::string digits(parts[0]);
    std::size_t decimals = 0;
    if (parts.size() == 2) {
        decimals = parts[1].size();
        if (decimals == 0 || digits.empty()) return bad_number("invalid decimal length");
        digits += parts[1];
    }
    if (decimals > 18) {
        return bad_number(
            fmt::format("value '{}' exceeds max precision by {} decimal places: max precision 18",
                        text,
                        18 - static_cast<int>(decimals)));
    }
    digits.append(18 - decimals, '0');
    const auto scaled = whole_number(digits);
    if (!scaled) return bad_number("failed to set decimal string with base 10: " + digits);
    constexpr unsigned kBitsMax = 315;
    if (sim::bit_length(*scaled) > kBitsMax) {
        return bad_number(fmt::format(
            "decimal out of range; bitLen: got {}, max {}", sim::bit_length(*scaled), kBitsMax));
    }
    return negative ? sim::Wide(-*scaled) : *scaled;
}

sim::Result<sim::Wide> read_script_answer(const ScriptAnswer& answer) {
    constexpr std::string_view kInvalid = "A bid quantity is invalid";
    if (answer.exit_code != 0) {
        return sim::Error{
            price_errors::kScript,
            fmt::format("exit status {}: script failure {}", answer.exit_code, answer.err)};
    }
    const auto text = trim_space(answer.out);
    if (text.empty()) {
        return sim::Error{price_errors::kInvalid,
                          fmt::format("bid script must return amount:EOF{}", kInvalid)};
    }
    auto price = dec_from_text(text);
    if (!price) {
        return sim::Error{price_errors::kInvalid,
                          fmt::format("{}{}", price.error().text, kInvalid)};
    }
    if (*price == 0) return sim::Error{price_errors::kZero, "A bid of zero was produced"};
    if (*price < 0) return sim::Error{price_errors::kInvalid, std::string(kInvalid)};
    return *price;
}

}  // namespace providers
