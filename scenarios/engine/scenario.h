// Everything a scenario can say, as plain values. The loader makes it from YAML; the world is built
// from it. The original text, the files it names and the settings from the command line are kept,
// because a recorded run must be enough to run it again.
#pragma once

#include "nodes/chain/params.h"
#include "nodes/protocol/messages.h"
#include "scenarios/engine/economy/price.h"
#include "scenarios/engine/expectation.h"
#include "scenarios/engine/plan.h"
#include "scenarios/engine/population.h"
#include "scenarios/engine/script.h"
#include "scenarios/engine/tour.h"
#include "sim/units.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace scenarios {

/// What the scenario was made from.
struct ScenarioSource {
    std::string file;                          ///< as the user named it
    std::string text;                          ///< YAML
    std::map<std::string, std::string> files;  ///< what the text includes, by the path in it
    std::vector<std::string> settings;         ///< "key=value", in order

    static void fields(auto& self, auto&& visit) {
        visit("file", self.file);
        visit("text", self.text);
        visit("files", self.files);
        visit("settings", self.settings);
    }
};

struct ValidatorSpec {
    std::string name;
    std::int64_t power = 1;
    std::string region;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("power", self.power);
        visit("region", self.region);
    }
};

struct BlockSpec {
    sim::SimDuration interval{6'098'000'000};
    sim::SimDuration jitter;

    static void fields(auto& self, auto&& visit) {
        visit("interval", self.interval);
        visit("jitter", self.jitter);
    }
};

/// Regions and the links between them. Clients reach the chain through `chain_region`.
struct NetworkSpec {
    std::vector<std::string> regions;
    std::string chain_region;
    LinkQualitySpec usual;
    std::vector<LinkChange> links;

    static void fields(auto& self, auto&& visit) {
        visit("regions", self.regions);
        visit("chain_region", self.chain_region);
        visit("usual", self.usual);
        visit("links", self.links);
    }
};

struct Scenario {
    ScenarioSource source;
    std::string name;
    std::string title;
    std::string about;
    std::string network = "akash";
    std::uint64_t seed = 1;
    nodes::Timestamp start;
    sim::SimDuration run_for;
    BlockSpec block;
    nodes::RuleSet rules;
    nodes::ChainParams params;
    std::int64_t gas_price_scaled = 0;  ///< units of uakt per gas times 10^18
    sim::BlockCount prune_closed_after;
    sim::SimDuration series_every;
    std::vector<ValidatorSpec> validators;
    NetworkSpec links;
    PriceConfig price;
    std::vector<AccountSpec> accounts;
    std::vector<ProviderGroup> providers;
    std::vector<TenantGroup> tenants;
    std::vector<ProgrammeGroup> programmes;
    std::vector<Action> actions;      ///< by time
    std::vector<ScriptBlock> script;  ///< by height
    std::vector<Expectation> expectations;
    std::vector<TourStep> tour;  ///< by time

    static void fields(auto& self, auto&& visit) {
        visit("source", self.source);
        visit("name", self.name);
        visit("title", self.title);
        visit("about", self.about);
        visit("network", self.network);
        visit("seed", self.seed);
        visit("start", self.start);
        visit("run_for", self.run_for);
        visit("block", self.block);
        visit("rules", self.rules);
        visit("params", self.params);
        visit("gas_price_scaled", self.gas_price_scaled);
        visit("prune_closed_after", self.prune_closed_after);
        visit("series_every", self.series_every);
        visit("validators", self.validators);
        visit("links", self.links);
        visit("price", self.price);
        visit("accounts", self.accounts);
        visit("providers", self.providers);
        visit("tenants", self.tenants);
        visit("programmes", self.programmes);
        visit("actions", self.actions);
        visit("script", self.script);
        visit("expectations", self.expectations);
        visit("tour", self.tour);
    }
};

}  // namespace scenarios
