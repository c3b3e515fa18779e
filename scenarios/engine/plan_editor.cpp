#include "scenarios/engine/plan_editor.h"

#include "scenarios/engine/loader.h"
#include "scenarios/engine/text_splice.h"
#include "scenarios/engine/world_plan.h"
#include "scenarios/engine/yaml_reader.h"

#include <fmt/format.h>

#include <functional>
#include <optional>

namespace scenarios {

namespace {

sim::Error refuse(std::string text) {
    return {{"scenario", 1}, std::move(text)};
}

/// The action's own text must be one line of YAML that stays within its braces.
sim::Status check_words(std::string_view action) {
    if (action.find_first_of("\r\n") != std::string_view::npos) {
        return refuse("an action is one line, as in 'price: { factor: 0.5 }'");
    }
    const std::string text = fmt::format("{{ {} }}", action);
    try {
        const YAML::Node node = parse_yaml(text, YamlFile{"action"});
        const bool whole = node.IsMap() && end_of_flow(text, 0) == text.size();
        if (whole && node.size() > 0 && !node["at"]) return sim::ok();
        if (whole && node["at"]) return refuse("an action's time is chosen apart: leave out 'at'");
    } catch (const std::exception& error) {
        return refuse(error.what());
    }
    return refuse("write an action as in 'price: { factor: 0.5 }'");
}

sim::Result<Scenario> load_text(const Scenario& like, std::string text) {
    return load_scenario({.file = like.source.file,
                          .text = std::move(text),
                          .files = like.source.files,
                          .settings = {}});
}

/// The whole document written anew; its comments are lost.
std::string rewritten(const Scenario& scenario, const std::function<void(YAML::Node&)>& edit) {
    YAML::Node root = parse_yaml(scenario.source.text, YamlFile{scenario.source.file});
    for (const std::string& setting : scenario.source.settings)
        set_by_path(root, setting);
    edit(root);
    YAML::Emitter out;
    out << root;
    return std::string{
               "# Written anew with everything that was set or done; comments are lost.\n"} +
           out.c_str() + "\n";
}

/// Puts an item where its time belongs.
void insert_action(YAML::Node& root, const YAML::Node& item, std::size_t place) {
    YAML::Node list(YAML::NodeType::Sequence);
    const YAML::Node old = root["actions"];
    for (std::size_t i = 0; i <= old.size(); ++i) {
        if (i == place) list.push_back(item);
        if (i < old.size()) list.push_back(old[i]);
    }
    root["actions"] = list;
}

std::size_t place_of(const Scenario& scenario, sim::SimTime at) {
    std::size_t place = 0;
    while (place < scenario.actions.size() && scenario.actions[place].at <= at)
        ++place;
    return place;
}

/// The plan before and after differ by the one action only.
bool grew_by_one(const Scenario& before, const Scenario& after, std::size_t place) {
    if (after.actions.size() != before.actions.size() + 1) return false;
    if (!same_but_for_actions(before, after)) return false;
    for (std::size_t i = 0; i < place; ++i) {
        if (!same_action(before.actions[i], after.actions[i])) return false;
    }
    return true;
}

}  // namespace

std::string action_item(sim::SimTime at, std::string_view action) {
    return fmt::format("{{ at: {}, {} }}", duration_code(at - sim::SimTime{}), action);
}

sim::Result<Scenario> with_action(const Scenario& scenario,
                                  sim::SimTime at,
                                  std::string_view action) {
    SIM_CHECK(check_words(action));
    SIM_TRY(plain, with_settings_written(scenario, ""));
    const std::size_t place = place_of(plain, at);
    const std::string item = action_item(at, action);
    try {
        const YAML::Node root = parse_yaml(plain.source.text, YamlFile{plain.source.file});
        if (const auto text = splice_item(plain.source.text, root["actions"], place, item)) {
            auto loaded = load_text(plain, *text);
            if (loaded && grew_by_one(plain, *loaded, place)) return loaded;
        }
        // Where the layout was not understood, or for the reason why the action is refused.
        return load_text(plain, rewritten(plain, [&](YAML::Node& edited) {
                             insert_action(edited, parse_yaml(item, YamlFile{"action"}), place);
                         }));
    } catch (const std::exception& error) {
        return refuse(error.what());
    }
}

sim::Result<Scenario> with_settings_written(const Scenario& scenario, const std::string& setting) {
    if (scenario.source.settings.empty() && setting.empty()) return scenario;
    try {
        std::vector<std::string> settings = scenario.source.settings;
        if (!setting.empty()) settings.push_back(setting);
        ScenarioSource source = scenario.source;
        source.settings = settings;
        SIM_TRY(wanted, load_scenario(source));
        std::optional<std::string> text = scenario.source.text;
        for (const std::string& one : settings) {
            if (!text) break;
            const YAML::Node root = parse_yaml(*text, YamlFile{scenario.source.file});
            text = splice_setting(*text, root, one);
        }
        if (text) {
            auto loaded = load_text(scenario, *text);
            if (loaded && same_scenario(wanted, *loaded)) return loaded;
        }
        return load_text(scenario, rewritten(scenario, [&](YAML::Node& root) {
                             if (!setting.empty()) set_by_path(root, setting);
                         }));
    } catch (const std::exception& error) {
        return refuse(error.what());
    }
}

}  // namespace scenarios
