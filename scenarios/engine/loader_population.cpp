// The key `providers`: groups of providers with their hardware, prices, attributes and habits.
#include "providers/gpu_catalog.h"
#include "providers/strategies/strategy.h"
#include "scenarios/engine/loader_parts.h"
#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

namespace scenarios {

namespace {

constexpr std::int64_t kBytesMost = std::int64_t{1} << 60;
constexpr std::int64_t kMicroMost = 1'000'000'000'000;

void check_model(const YamlValue& at, const std::string& model) {
    if (providers::find_gpu_model(model) != nullptr) return;
    std::vector<std::string> known;
    for (const auto& one : providers::gpu_models())
        known.emplace_back(one.key);
    at.fail(fmt::format("unknown GPU model '{}'{}", model, did_you_mean(model, known)));
}

/// `{ a100: 8 }` or `{ a100: { count: 8, actual: rtx3060 } }`.
std::vector<providers::NodeCards> read_cards(const YamlValue& value) {
    std::vector<providers::NodeCards> out;
    for (const auto& [model, entry] : value.entries(50)) {
        check_model(entry, model);
        providers::NodeCards cards{.model = model, .count = 0, .actual = {}};
        if (entry.is_map()) {
            const YamlObject object(entry, {"count", "actual"});
            cards.count = object.required("count").integer({1, 1'000});
            if (const auto actual = object.optional("actual")) {
                cards.actual = actual->text(64);
                check_model(*actual, cards.actual);
            }
        } else {
            cards.count = entry.integer({1, 1'000});
        }
        out.push_back(std::move(cards));
    }
    return out;
}

providers::NodeKind read_node(const YamlValue& value) {
    const YamlObject object(value, {"count", "cpu", "memory", "storage", "gpus"});
    providers::NodeKind node;
    if (const auto count = object.optional("count")) node.count = count->integer({1, 10'000});
    node.cpu = object.required("cpu").milli_cpu({1, 1'000'000'000});
    node.memory = object.required("memory").bytes({1, kBytesMost});
    node.disk = object.required("storage").bytes({1, kBytesMost});
    if (const auto gpus = object.optional("gpus")) node.gpus = read_cards(*gpus);
    return node;
}

SupplySpec read_supply(const YamlValue& value) {
    std::vector<std::string> keys{"rule", "reserve", "every", "cost_per_day"};
    for (const auto& name : providers::supply_parameter_names())
        keys.emplace_back(name);
    const YamlObject object(value, keys);
    SupplySpec out;
    out.given = true;
    std::vector<std::string> rules;
    for (const auto& rule : providers::supply_rules())
        rules.emplace_back(rule.name);
    out.rule = static_cast<std::uint8_t>(object.required("rule").choice(rules));
    if (const auto v = object.optional("reserve")) out.reserve = v->integer({0, 10'000'000});
    if (const auto v = object.optional("every")) out.every = v->positive_duration();
    if (const auto v = object.optional("cost_per_day")) {
        out.cost_per_day = static_cast<std::int64_t>(v->number({0, 1e6}) * 1e6 + 0.5);
    }
    for (const auto& name : providers::supply_parameter_names()) {
        const auto v = object.optional(name);
        if (!v) continue;
        const auto set = providers::set_supply_parameter(out.params, name, v->ratio({0, 1e15}));
        if (!set) v->fail(set.error().text);
    }
    return out;
}

void read_hardware(const YamlObject& object, providers::ProviderConfig& config) {
    for (const YamlValue& node : object.required("nodes").items_or_one(1'000)) {
        config.nodes.push_back(read_node(node));
    }
    if (config.nodes.empty()) object.fail("a provider has at least one node");
    if (const auto pools = object.optional("persistent")) {
        for (const auto& [storage_class, bytes] : pools->entries(20)) {
            config.pools.push_back(
                {.storage_class = storage_class, .bytes = bytes.bytes({1, kBytesMost})});
        }
    }
    if (const auto ips = object.optional("leased_ips")) {
        config.leased_ips = static_cast<std::uint64_t>(ips->integer({0, 1'000'000}));
        config.inventory.ip_operator = config.leased_ips > 0;
    }
    if (const auto attributes = object.optional("attributes")) {
        for (const auto& [key, text] : attributes->entries(200)) {
            config.attributes.push_back({.key = key, .value = text.text(256)});
        }
    }
}

void read_prices(const YamlValue& value, providers::StrategyParams& params) {
    for (const auto& [name, entry] : value.entries(50)) {
        // The price script takes any word for zero, which nobody means in a scenario.
        const bool text = name == "gpu" || name == "script_version";
        if (!text && !parse_ratio(entry.text(64))) entry.fail("write a number such as 1.60");
        const auto set = providers::set_strategy_parameter(params, name, entry.text(64));
        if (set) continue;
        std::vector<std::string> known;
        for (const auto& one : providers::strategy_parameter_names())
            known.emplace_back(one);
        entry.fail(set.error().text + did_you_mean(name, known));
    }
}

/// Costs in dollars per month, the kilowatt-hour in dollars.
void read_costs(const YamlValue& value, providers::CostModel& costs) {
    const YamlObject object(
        value,
        {"kwh", "written_off_months", "cpu_thread", "memory_gib", "storage_gib", "unknown_gpu"});
    const auto micro = [&](std::string_view key, std::int64_t& to) {
        if (const auto usd = object.optional(key)) {
            to = static_cast<std::int64_t>(usd->number({0, kMicroMost / 1e6}) * 1e6 + 0.5);
        }
    };
    micro("kwh", costs.kwh);
    micro("cpu_thread", costs.cpu_thread);
    micro("memory_gib", costs.memory_gib);
    micro("storage_gib", costs.storage_gib);
    micro("unknown_gpu", costs.unknown_gpu);
    if (const auto months = object.optional("written_off_months")) {
        costs.written_off_months = months->integer({1, 1'200});
    }
}

void read_habits(const YamlObject& object, providers::ProviderConfig& config) {
    const auto time = [&](std::string_view key, sim::SimDuration& to) {
        if (const auto value = object.optional(key)) to = value->duration();
    };
    time("pricing_time", config.pricing_time);
    time("bid_timeout", config.bid_timeout);
    time("manifest_timeout", config.manifest_timeout);
    time("deploy_time", config.deploy_time);
    time("withdraw_every", config.withdraw_every);
    time("funds_check_every", config.funds_check_every);
    time("mean_life", config.mean_life);
    time("mean_repair", config.mean_repair);
    if (const auto open = object.optional("open_bids_max")) {
        config.open_bids_max = static_cast<std::uint32_t>(open->integer({0, 1'000'000}));
    }
    if (const auto volumes = object.optional("volumes_max")) {
        config.group_volumes_max = static_cast<std::uint32_t>(volumes->integer({0, 100}));
    }
    if (const auto takes = object.optional("takes")) {
        config.takes_uakt = false;
        config.takes_usd = false;
        for (const YamlValue& one : takes->items_or_one(2)) {
            bool& taken = one.choice({"akt", "usdc"}) == 0 ? config.takes_uakt : config.takes_usd;
            taken = true;
        }
    }
    if (const auto exposed = object.optional("fake_exposed")) {
        config.fake_exposed = read_fraction(*exposed);
    }
}

void read_strategy(const YamlObject& object, providers::ProviderConfig& config) {
    std::vector<std::string> names;
    for (const auto& strategy : providers::strategies())
        names.emplace_back(strategy.name);
    const auto wanted = object.optional("strategy");
    const std::string name = wanted ? wanted->name_among(names) : "usd_targets";
    config.strategy = *providers::strategy_named(name);
    if (const auto prices = object.optional("prices")) read_prices(*prices, config.prices);
    if (const auto costs = object.optional("costs")) read_costs(*costs, config.costs);
}

const std::vector<std::string>& group_keys() {
    static const std::vector<std::string> keys{
        "name",         "count",          "region",
        "audited",      "strategy",       "prices",
        "price_spread", "costs",          "nodes",
        "persistent",   "leased_ips",     "attributes",
        "balance",      "supply",         "programme",
        "pricing_time", "bid_timeout",    "manifest_timeout",
        "deploy_time",  "withdraw_every", "funds_check_every",
        "mean_life",    "mean_repair",    "open_bids_max",
        "volumes_max",  "takes",          "fake_exposed",
        "over",         "about"};
    return keys;
}

}  // namespace

ProviderGroup read_provider_group(const YamlValue& value,
                                  const NetworkSpec& links,
                                  const std::string& usual_name) {
    const YamlObject object(value, group_keys());
    ProviderGroup group;
    group.name = usual_name;
    if (const auto name = object.optional("name")) group.name = name->text(64);
    if (const auto count = object.optional("count")) group.count = count->integer({0, 1'000'000});
    if (const auto region = object.optional("region")) {
        for (const YamlValue& one : region->items_or_one(100)) {
            group.regions.push_back(read_region(one, links));
        }
    }
    if (const auto audited = object.optional("audited")) {
        const std::string text = audited->text(32);
        const bool named = text == "true" || text == "false";
        group.audited = named ? (text == "true" ? 1.0 : 0.0) : audited->ratio({0, 1});
    }
    if (const auto spread = object.optional("price_spread")) {
        group.price_spread = spread->ratio({0, 3});
    }
    if (const auto balance = object.optional("balance")) group.balances = read_amounts(*balance);
    if (const auto supply = object.optional("supply")) group.supply = read_supply(*supply);
    if (const auto name = object.optional("programme")) group.programme = name->text(64);
    read_strategy(object, group.config);
    read_hardware(object, group.config);
    read_habits(object, group.config);
    if (const auto valid = providers::check_config(group.config); !valid) {
        value.fail(valid.error().text);
    }
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
