// The keys about the chain and its surroundings: rules, take, params, block, validators, regions,
// links.
#include "nodes/networks/akash.h"
#include "scenarios/engine/denoms.h"
#include "scenarios/engine/loader_parts.h"
#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace scenarios {

namespace {

/// The switches of a rule set by name, from its field list.
struct RuleSwitches {
    nodes::RuleSet* rules;

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> out;
        nodes::RuleSet::fields(*rules, [&](const char* name, bool&) { out.emplace_back(name); });
        return out;
    }

    void set(std::string_view wanted, bool on) const {
        nodes::RuleSet::fields(*rules, [&](const char* name, bool& value) {
            if (wanted == name) value = on;
        });
    }
};

std::uint32_t percent(const YamlValue& value) {
    const double ratio =
        value.text(32).ends_with('%') ? value.ratio({0, 1}) * 100.0 : value.number({0, 100});
    const auto whole = static_cast<std::uint32_t>(ratio + 0.5);
    if (std::abs(ratio - whole) > 1e-9) value.fail("the chain takes whole per cents");
    return whole;
}

}  // namespace

nodes::RuleSet read_rules(const YamlValue& value) {
    const auto named = [](const YamlValue& at) {
        return nodes::rule_set_named(at.name_among({"faithful", "clean"})).value();
    };
    if (value.is_scalar()) return named(value);
    nodes::RuleSet rules;
    std::vector<std::string> keys = RuleSwitches{&rules}.names();
    keys.emplace_back("base");
    const YamlObject object(value, keys);
    if (const auto base = object.optional("base")) rules = named(*base);
    const RuleSwitches switches{&rules};
    for (const std::string& name : switches.names()) {
        if (const auto on = object.optional(name)) switches.set(name, on->boolean());
    }
    return rules;
}

void read_take(const YamlValue& value, nodes::ChainParams& params) {
    if (value.is_scalar()) {
        const auto preset = nodes::akash::take_preset(value.text(32));
        if (!preset) value.fail(preset.error().text);
        const nodes::ChainParams with = nodes::akash::params(preset.value());
        params.default_take_rate = with.default_take_rate;
        params.denom_take_rates = with.denom_take_rates;
        return;
    }
    params.denom_take_rates.clear();
    for (const auto& [name, rate] : value.entries(50)) {
        if (name == "default") {
            params.default_take_rate = percent(rate);
        } else {
            const std::string denom = name == "akt" ? "uakt" : denom_named(name).denom;
            params.denom_take_rates.push_back({.denom = denom, .percent = percent(rate)});
        }
    }
}

void read_params(const YamlValue& value, nodes::ChainParams& params) {
    constexpr std::int64_t kDepositMost = 2'147'483'646;
    const YamlObject object(
        value,
        {"deployment_min_deposits", "bid_min_deposit", "order_max_bids", "max_memo_characters"});
    if (const auto deposits = object.optional("deployment_min_deposits")) {
        params.deployment_min_deposits = read_amounts(*deposits);
        for (const auto& one : params.deployment_min_deposits) {
            if (one.amount > kDepositMost) deposits->fail("the chain refuses this much");
        }
    }
    if (const auto deposit = object.optional("bid_min_deposit")) {
        params.bid_min_deposit = deposit->amount();
    }
    if (const auto bids = object.optional("order_max_bids")) {
        params.order_max_bids = static_cast<std::uint32_t>(bids->integer({1, 500}));
    }
    if (const auto memo = object.optional("max_memo_characters")) {
        params.max_memo_characters = static_cast<std::uint32_t>(memo->integer({0, 1'000'000}));
    }
}

BlockSpec read_block(const YamlValue& value) {
    const YamlObject object(value, {"interval", "jitter"});
    BlockSpec block;
    if (const auto interval = object.optional("interval")) {
        block.interval = interval->positive_duration();
        // Below that a short run is already more blocks than anybody waits for.
        if (block.interval.ns < 10'000'000) interval->fail("at least 10ms");
    }
    if (const auto jitter = object.optional("jitter")) {
        block.jitter = jitter->duration();
        if (block.jitter.ns * 2 >= block.interval.ns) {
            jitter->fail("must be below half of the interval");
        }
    }
    return block;
}

std::vector<ValidatorSpec> read_validators(const YamlValue& value) {
    constexpr std::int64_t kPowerMost = 1'000'000'000'000;
    std::vector<ValidatorSpec> out;
    for (const YamlValue& item : value.items(1'000)) {
        const YamlObject object(item, {"name", "power", "region", "count"});
        ValidatorSpec one;
        one.name = object.required("name").text(64);
        if (const auto power = object.optional("power"))
            one.power = power->integer({1, kPowerMost});
        if (const auto region = object.optional("region")) one.region = region->text(64);
        const auto count = object.optional("count");
        const std::int64_t copies = count ? count->integer({1, 500}) : 1;
        for (std::int64_t i = 0; i < copies; ++i) {
            ValidatorSpec copy = one;
            if (count) copy.name = fmt::format("{}-{}", one.name, i + 1);
            for (const ValidatorSpec& earlier : out) {
                if (earlier.name == copy.name) item.fail("a validator of this name came before");
            }
            out.push_back(std::move(copy));
        }
    }
    if (out.empty()) value.fail("a chain needs a validator");
    return out;
}

void read_regions(const YamlValue& value, NetworkSpec& links) {
    for (const YamlValue& item : value.items(100)) {
        const std::string name = item.text(64);
        if (std::find(links.regions.begin(), links.regions.end(), name) != links.regions.end()) {
            item.fail("this region came before");
        }
        links.regions.push_back(name);
    }
    if (links.regions.empty()) value.fail("name at least one region");
}

std::string read_region(const YamlValue& value, const NetworkSpec& links) {
    return links.regions[value.choice(links.regions)];
}

sim::Ratio read_fraction(const YamlValue& value) {
    const double ratio = value.ratio({0, 1});
    constexpr std::int64_t kParts = 1'000'000;
    return {.numerator = static_cast<std::int64_t>(ratio * static_cast<double>(kParts) + 0.5),
            .denominator = kParts};
}

LinkQualitySpec read_link_quality(const YamlObject& object) {
    LinkQualitySpec out;
    if (const auto latency = object.optional("latency")) {
        out.latency = latency->duration();
        if (*out.latency > sim::SimDuration::seconds(3'600)) latency->fail("at most an hour");
    }
    if (const auto jitter = object.optional("jitter")) out.jitter = jitter->ratio({0, 2});
    if (const auto loss = object.optional("loss")) out.loss = read_fraction(*loss);
    if (const auto copies = object.optional("duplication")) {
        out.duplication = read_fraction(*copies);
    }
    return out;
}

void read_links(const YamlValue& value, NetworkSpec& links) {
    const YamlObject object(
        value, {"chain_region", "latency", "jitter", "loss", "duplication", "between"});
    if (const auto region = object.optional("chain_region")) {
        links.chain_region = read_region(*region, links);
    }
    links.usual = read_link_quality(object);
    const auto between = object.optional("between");
    if (!between) return;
    for (const YamlValue& item : between->items(10'000)) {
        const YamlObject one(item, {"from", "to", "latency", "jitter", "loss", "duplication"});
        links.links.push_back({.from = read_region(one.required("from"), links),
                               .to = read_region(one.required("to"), links),
                               .quality = read_link_quality(one)});
    }
}

std::vector<nodes::DenomAmount> read_amounts(const YamlValue& value) {
    std::vector<nodes::DenomAmount> out;
    for (const YamlValue& item : value.items_or_one(50)) {
        nodes::DenomAmount amount = item.amount();
        for (const auto& earlier : out) {
            if (earlier.denom == amount.denom) item.fail("this denomination came before");
        }
        out.push_back(std::move(amount));
    }
    return out;
}

}  // namespace scenarios
