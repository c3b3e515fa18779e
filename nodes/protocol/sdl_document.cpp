#include "nodes/protocol/sdl_document.h"

#include "nodes/protocol/errors.h"
#include "nodes/protocol/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace nodes {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{1} << 20U;

/// cosmos-sdk v0.45.16 NewDecFromStr with its texts; the amount times 10^18.
sim::Result<sim::Wide> read_amount(std::string_view text) {
    constexpr std::size_t kPlaces = 18;
    constexpr unsigned kBitsMax = 315;
    constexpr std::size_t kDigitsMax = 5000;  // keeps the time of hostile files in bounds
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty()) return unregistered(": decimal string cannot be empty");
    const auto point = text.find('.');
    std::string digits(text.substr(0, point));
    std::size_t places = 0;
    if (point != std::string_view::npos) {
        const auto fraction = text.substr(point + 1);
        if (fraction.find('.') != std::string_view::npos) {
            return unregistered("invalid decimal string");
        }
        places = fraction.size();
        if (places == 0 || digits.empty()) return unregistered("invalid decimal length");
        digits += fraction;
    }
    if (places > kPlaces) {
        return unregistered(
            fmt::format("value '{}' exceeds max precision by {} decimal places: max precision 18",
                        text,
                        static_cast<std::int64_t>(kPlaces) - static_cast<std::int64_t>(places)));
    }
    digits.append(kPlaces - places, '0');
    // math/big takes a sign of its own, so "--5" is 5.
    const std::size_t first = digits[0] == '+' || digits[0] == '-' ? 1 : 0;
    const auto bad = digits.find_first_not_of("0123456789", first);
    if (bad != std::string::npos || first == digits.size()) {
        return unregistered("failed to set decimal string with base 10: " + digits);
    }
    const auto start = std::min(digits.find_first_not_of('0', first), digits.size());
    boost::multiprecision::cpp_int exact = 0;
    for (std::size_t i = start; i < digits.size() && i - start < kDigitsMax; ++i) {
        exact = exact * 10 + (digits[i] - '0');
    }
    const auto bits = exact == 0 ? 0U : static_cast<unsigned>(msb(exact)) + 1;
    if (bits > kBitsMax) {
        return unregistered(
            fmt::format("decimal '{}' out of range; bitLen: got {}, max {}", text, bits, kBitsMax));
    }
    const sim::Wide amount(exact);
    return negative != (digits[0] == '-') ? sim::Wide(-amount) : amount;
}

struct CoinFields {
    static constexpr std::string_view kGoName =
        R"(struct { Amount string "yaml:\"amount\""; Denom string "yaml:\"denom\"" })";
    std::string amount;
    std::string denom;

    static void yaml_fields(auto& self, auto&& visit) {
        visit("amount", self.amount);
        visit("denom", self.denom);
    }
};

bool valid_denom(std::string_view text) {
    DenomBook book;
    return book.valid(book.intern(text));
}

/// Decodes one section into its place; a section that comes again is read on top of the first.
DecodeOutcome read_section(std::string_view name,
                           const YamlNode& node,
                           SdlDocument& out,
                           DecodeBudget& budget) {
    if (name == "include") return decode_yaml(node, out.include, budget);
    if (name == "services") return decode_yaml(node, out.services, budget);
    if (name == "profiles") return decode_yaml(node, out.profiles, budget);
    if (name == "deployment") return decode_yaml(node, out.deployments, budget);
    if (name == "endpoints") return decode_yaml(node, out.endpoints, budget);
    return {};
}

bool is_section(std::string_view name) {
    return name == "include" || name == "services" || name == "profiles" || name == "deployment" ||
           name == "endpoints" || name == "version";
}

sim::Error end_of_content(const YamlNode& root) {
    const auto size = root.content.size();
    return panic(fmt::format("runtime error: index out of range [{}] with length {}", size, size));
}

/// The first node with the text "version" counts, be it a key or a value.
sim::Result<SdlUnits> find_version(const YamlNode& root) {
    const auto& content = root.content;
    const auto found = std::find_if(content.begin(), content.end(), [](const YamlNode* node) {
        return node->value == "version";
    });
    if (found == content.end()) return unregistered("SDL invalid: no version found");
    if (found + 1 == content.end()) return end_of_content(root);
    return read_sdl_version((*(found + 1))->value);
}

}  // namespace

DecodeOutcome SdlAccept::from_yaml(const YamlNode& node, SdlAccept& out, DecodeBudget& budget) {
    TextList hosts;
    auto outcome = decode_yaml(node, hosts, budget);
    if (!outcome.good()) return outcome;
    for (const auto& host : hosts.items) {
        if (auto problem = url_problem(host)) return decode_failure(std::move(*problem));
    }
    out.hosts = std::move(hosts);
    return {};
}

DecodeOutcome SdlPlacementAttributes::from_yaml(const YamlNode& node,
                                                SdlPlacementAttributes& out,
                                                DecodeBudget& budget) {
    return read_attribute_map(node, out.list, budget);
}

// Source: akash-network/node v0.30.0 sdl/coin.go.
DecodeOutcome SdlCoin::from_yaml(const YamlNode& node, SdlCoin& out, DecodeBudget& budget) {
    CoinFields fields;
    auto outcome = decode_yaml(node, fields, budget);
    if (!outcome.good()) return outcome;
    auto amount = read_amount(fields.amount);
    if (!amount) return decode_failure(std::move(amount).error().text);
    if (*amount == 0) return decode_failure("invalid coin amount: amount is zero");
    if (*amount < 0) {
        return decode_failure(
            fmt::format("invalid: negative value not allowed: amount \"{}\" is negative",
                        sim::dec_to_text(*amount)));
    }
    if (!valid_denom(fields.denom)) {
        outcome.fatal = panic("invalid denom: " + fields.denom);
        return outcome;
    }
    out.value = Value{std::move(fields.denom), *amount};
    return {};
}

// Source: akash-network/node v0.30.0 sdl/sdl.go and sdl/v2.go, UnmarshalYAML.
sim::Result<SdlDocument> read_sdl_document(std::string_view yaml) {
    if (yaml.size() > kFileBytesMax) {
        return sim::Error{{"sdl", 1}, "the file is larger than 1 MiB"};
    }
    SIM_TRY(tree, parse_yaml(yaml));
    if (tree.root == nullptr || tree.root->tag == "!!null") {
        return unregistered("sdl: uninitialized");
    }
    const auto& root = *tree.root;
    SdlDocument document;
    SIM_TRY(units, find_version(root));
    document.units = units;
    DecodeBudget budget;
    for (std::size_t i = 0; i < root.content.size(); i += 2) {
        const auto& name = root.content[i]->value;
        if (!is_section(name)) return unregistered("sdl: unexpected field " + name);
        if (name == "version") continue;
        if (i + 1 == root.content.size()) return end_of_content(root);
        const auto outcome = read_section(name, *root.content[i + 1], document, budget);
        if (!outcome.good()) return to_error(outcome);
    }
    return document;
}

}  // namespace nodes
