// The key `actions`: what happens at given times.
#include "scenarios/engine/loader_parts.h"
#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

namespace {

const std::vector<std::string> kActions{"add_providers",
                                        "remove_providers",
                                        "fail_providers",
                                        "recover_providers",
                                        "demand",
                                        "price",
                                        "params",
                                        "take",
                                        "programme_start",
                                        "programme_end",
                                        "link",
                                        "partition",
                                        "heal"};

template <class Group>
std::string read_name_among(const YamlValue& value, const std::vector<Group>& groups) {
    std::vector<std::string> names;
    for (const Group& group : groups)
        names.push_back(group.name);
    return names.empty() ? value.text(64) : names[value.choice(names)];
}

/// Provider groups by name: those of the start and those that earlier actions added.
std::string read_provider_group_name(const YamlValue& value,
                                     const Scenario& scenario,
                                     const std::vector<Action>& earlier) {
    std::vector<std::string> names;
    for (const ProviderGroup& group : scenario.providers)
        names.push_back(group.name);
    for (const Action& action : earlier) {
        if (const auto* add = std::get_if<AddProviders>(&action.body)) {
            names.push_back(add->group.name);
        }
    }
    return names[value.choice(names)];
}

ChangeProviders read_change(const YamlValue& value,
                            ProviderChange change,
                            const Scenario& scenario,
                            const std::vector<Action>& earlier) {
    const YamlObject object(value, {"group", "count", "for"});
    ChangeProviders out;
    out.change = change;
    out.group = read_provider_group_name(object.required("group"), scenario, earlier);
    if (const auto count = object.optional("count")) out.count = count->integer({1, 1'000'000});
    if (const auto lasting = object.optional("for")) {
        if (change != ProviderChange::kFail) lasting->fail("only fail_providers ends by itself");
        out.lasting = lasting->positive_duration();
    }
    return out;
}

AddProviders read_addition(const YamlValue& value, const Scenario& scenario, std::size_t number) {
    AddProviders out;
    // `over` belongs to the action, the rest to the group: the group's reader knows the key too.
    if (value.is_map() && value.node()["over"]) {
        out.over = YamlValue(value.file(), value.node()["over"], value.path() + ".over").duration();
    }
    out.group = read_provider_group(value, scenario.links, fmt::format("added-{}", number));
    return out;
}

LinkChange read_link_change(const YamlValue& value, const NetworkSpec& links) {
    const YamlObject object(value, {"from", "to", "latency", "jitter", "loss", "duplication"});
    if (object.has("from") != object.has("to")) object.fail("'from' and 'to' go together");
    LinkChange out;
    if (const auto from = object.optional("from")) out.from = read_region(*from, links);
    if (const auto to = object.optional("to")) out.to = read_region(*to, links);
    out.quality = read_link_quality(object);
    return out;
}

Partition read_partition(const YamlValue& value, const NetworkSpec& links) {
    const YamlObject object(value, {"groups", "for"});
    Partition out;
    for (const YamlValue& group : object.required("groups").items(100)) {
        out.groups.emplace_back();
        for (const YamlValue& region : group.items_or_one(100)) {
            out.groups.back().push_back(read_region(region, links));
        }
    }
    if (const auto lasting = object.optional("for")) out.lasting = lasting->positive_duration();
    return out;
}

struct PlanReader {
    const Scenario& scenario;
    nodes::ChainParams params;  ///< as earlier actions left them
    std::vector<Action> out;

    void read(const YamlValue& item) {
        std::vector<std::string> keys = kActions;
        keys.insert(keys.end(), {"at", "about"});
        const YamlObject object(item, keys);
        Action action;
        action.place = item.place();
        const YamlValue at = object.required("at");
        action.at = sim::SimTime{at.duration().ns};
        if (!out.empty() && out.back().at > action.at) at.fail("actions come in order of time");
        const std::string* found = nullptr;
        for (const std::string& name : kActions) {
            if (!object.has(name)) continue;
            if (found != nullptr) item.fail("one action each; write two items");
            found = &name;
        }
        if (found == nullptr) item.fail("say what happens, as in 'price: { factor: 0.5 }'");
        action.body = read_body(*found, object.required(*found));
        out.push_back(std::move(action));
    }

    ActionBody read_body(const std::string& name, const YamlValue& value) {
        if (name == "add_providers") return read_addition(value, scenario, out.size() + 1);
        if (name == "remove_providers") return change(value, ProviderChange::kLeave);
        if (name == "fail_providers") return change(value, ProviderChange::kFail);
        if (name == "recover_providers") return change(value, ProviderChange::kRecover);
        if (name == "demand") return read_surge(value);
        if (name == "price") return read_shock(value);
        if (name == "params") {
            read_params(value, params);
            return ParamsChange{params};
        }
        if (name == "take") {
            read_take(value, params);
            return ParamsChange{params};
        }
        if (name == "programme_start" || name == "programme_end") {
            return ProgrammeSwitch{.programme = read_name_among(value, scenario.programmes),
                                   .start = name == "programme_start"};
        }
        if (name == "link") return read_link_change(value, scenario.links);
        if (name == "partition") return read_partition(value, scenario.links);
        return Partition{};
    }

    [[nodiscard]] ChangeProviders change(const YamlValue& value, ProviderChange kind) const {
        return read_change(value, kind, scenario, out);
    }

    [[nodiscard]] DemandSurge read_surge(const YamlValue& value) const {
        const YamlObject object(value, {"tenants", "factor", "for"});
        DemandSurge surge;
        if (const auto group = object.optional("tenants")) {
            surge.group = read_name_among(*group, scenario.tenants);
        }
        surge.factor = object.required("factor").number({0, 10'000});
        if (const auto lasting = object.optional("for")) {
            surge.lasting = lasting->positive_duration();
        }
        return surge;
    }

    [[nodiscard]] static PriceShock read_shock(const YamlValue& value) {
        const YamlObject object(value, {"factor"});
        return {.factor = object.required("factor").ratio({0.000'001, 1'000'000})};
    }
};

}  // namespace

std::vector<Action> read_actions(const YamlValue& value, const Scenario& scenario) {
    PlanReader reader{.scenario = scenario, .params = scenario.params, .out = {}};
    for (const YamlValue& item : value.items(10'000))
        reader.read(item);
    return std::move(reader.out);
}

}  // namespace scenarios
