// The key `providers`: groups of providers with their hardware, prices and attributes.
#include "scenarios/engine/loader_parts.h"
#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

namespace scenarios {

namespace {

constexpr std::int64_t kBytesMost = std::int64_t{1} << 60;

std::vector<PriceNumber> read_numbers(const YamlValue& value) {
    std::vector<PriceNumber> out;
    for (const auto& [name, number] : value.entries(200)) {
        out.push_back({.name = name, .value = number.ratio({-1e15, 1e15})});
    }
    return out;
}

/// `{ a100: 8 }` or `{ a100: { count: 8, actual: rtx3060 } }`.
std::vector<CardSpec> read_cards(const YamlValue& value) {
    std::vector<CardSpec> out;
    for (const auto& [model, entry] : value.entries(50)) {
        CardSpec card{.model = model, .count = 0, .actual = {}};
        if (entry.is_map()) {
            const YamlObject object(entry, {"count", "actual"});
            card.count = object.required("count").integer({1, 1'000});
            if (const auto actual = object.optional("actual")) card.actual = actual->text(64);
        } else {
            card.count = entry.integer({1, 1'000});
        }
        out.push_back(std::move(card));
    }
    return out;
}

NodeSpec read_node(const YamlValue& value) {
    const YamlObject object(value, {"count", "cpu", "memory", "storage", "gpus"});
    NodeSpec node;
    if (const auto count = object.optional("count")) node.count = count->integer({1, 10'000});
    node.cpu_milli = object.required("cpu").milli_cpu({1, 1'000'000'000});
    node.memory = object.required("memory").bytes({1, kBytesMost});
    node.storage = object.required("storage").bytes({1, kBytesMost});
    if (const auto gpus = object.optional("gpus")) node.gpus = read_cards(*gpus);
    return node;
}

SupplySpec read_supply(const YamlValue& value) {
    SupplySpec out;
    for (const auto& [key, entry] : value.entries(50)) {
        if (key == "rule") {
            out.rule = entry.text(64);
        } else if (key == "programme") {
            out.programme = entry.text(64);
        } else {
            out.numbers.push_back({.name = key, .value = entry.ratio({-1e15, 1e15})});
        }
    }
    if (out.rule.empty()) value.fail("key 'rule' is missing");
    return out;
}

void read_hardware(const YamlObject& object, ProviderGroup& group) {
    for (const YamlValue& node : object.required("nodes").items_or_one(1'000)) {
        group.nodes.push_back(read_node(node));
    }
    if (group.nodes.empty()) object.fail("a provider has at least one node");
    if (const auto pools = object.optional("persistent")) {
        for (const auto& [storage_class, bytes] : pools->entries(20)) {
            group.pools.push_back(
                {.storage_class = storage_class, .bytes = bytes.bytes({1, kBytesMost})});
        }
    }
    if (const auto ips = object.optional("leased_ips")) {
        group.leased_ips = ips->integer({0, 1'000'000});
    }
    if (const auto attributes = object.optional("attributes")) {
        for (const auto& [key, text] : attributes->entries(200)) {
            group.attributes.push_back({.key = key, .value = text.text(256)});
        }
    }
}

}  // namespace

ProviderGroup read_provider_group(const YamlValue& value,
                                  const NetworkSpec& links,
                                  const std::string& usual_name) {
    const YamlObject object(value,
                            {"name",
                             "count",
                             "strategy",
                             "prices",
                             "price_spread",
                             "region",
                             "nodes",
                             "persistent",
                             "leased_ips",
                             "attributes",
                             "audited",
                             "balance",
                             "withdraw_every",
                             "supply",
                             "over",
                             "about"});
    ProviderGroup group;
    group.name = usual_name;
    if (const auto name = object.optional("name")) group.name = name->text(64);
    if (const auto count = object.optional("count")) group.count = count->integer({0, 1'000'000});
    if (const auto strategy = object.optional("strategy")) group.strategy = strategy->text(64);
    if (const auto prices = object.optional("prices")) group.prices = read_numbers(*prices);
    if (const auto spread = object.optional("price_spread")) {
        group.price_spread = spread->ratio({0, 3});
    }
    if (const auto region = object.optional("region")) {
        for (const YamlValue& one : region->items_or_one(100)) {
            group.regions.push_back(read_region(one, links));
        }
    }
    read_hardware(object, group);
    if (const auto audited = object.optional("audited")) {
        const std::string text = audited->text(32);
        group.audited = text == "true" ? 1 : text == "false" ? 0 : audited->ratio({0, 1});
    }
    if (const auto balance = object.optional("balance")) group.balances = read_amounts(*balance);
    if (const auto every = object.optional("withdraw_every")) {
        group.withdraw_every = every->positive_duration();
    }
    if (const auto supply = object.optional("supply")) group.supply = read_supply(*supply);
    return group;
}

std::vector<ProviderGroup> read_providers(const YamlValue& value, const NetworkSpec& links) {
    std::vector<ProviderGroup> out;
    for (const YamlValue& item : value.items(10'000)) {
        ProviderGroup group =
            read_provider_group(item, links, fmt::format("providers-{}", out.size() + 1));
        for (const ProviderGroup& earlier : out) {
            if (earlier.name == group.name) item.fail("a provider group of this name came before");
        }
        out.push_back(std::move(group));
    }
    return out;
}

}  // namespace scenarios
