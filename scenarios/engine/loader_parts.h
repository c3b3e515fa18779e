// The parts of the loader, one file each; only the loader's own files include this. Every function
// reads one key's value and throws LoadError with its place.
#pragma once

#include "scenarios/engine/scenario.h"
#include "scenarios/engine/yaml_reader.h"

namespace scenarios {

/// Finds the text of a file that the scenario names.
class FileShelf {
  public:
    virtual ~FileShelf() = default;
    /// Throws LoadError at `value` when there is no such file.
    virtual const std::string& text_of(const YamlValue& value, const std::string& path) = 0;
};

// loader_chain.cpp
nodes::RuleSet read_rules(const YamlValue& value);
/// `params` starts as the network's own; `take` may name a preset.
void read_take(const YamlValue& value, nodes::ChainParams& params);
void read_params(const YamlValue& value, nodes::ChainParams& params);
BlockSpec read_block(const YamlValue& value);
std::vector<ValidatorSpec> read_validators(const YamlValue& value);
void read_regions(const YamlValue& value, NetworkSpec& links);
LinkQualitySpec read_link_quality(const YamlObject& object);
void read_links(const YamlValue& value, NetworkSpec& links);
/// A region that the scenario has.
std::string read_region(const YamlValue& value, const NetworkSpec& links);
std::vector<nodes::DenomAmount> read_amounts(const YamlValue& value);
sim::Ratio read_fraction(const YamlValue& value);

// loader_population.cpp
std::vector<ProviderGroup> read_providers(const YamlValue& value, const NetworkSpec& links);
ProviderGroup read_provider_group(const YamlValue& value,
                                  const NetworkSpec& links,
                                  const std::string& usual_name);

// loader_tenants.cpp
std::vector<TenantGroup> read_tenants(const YamlValue& value,
                                      const NetworkSpec& links,
                                      FileShelf& files);

// loader_economy.cpp
PriceConfig read_price(const YamlValue& value);
std::vector<ProgrammeGroup> read_programmes(const YamlValue& value);

// loader_plan.cpp
std::vector<Action> read_actions(const YamlValue& value, const Scenario& scenario);

// loader_tour.cpp
std::vector<TourStep> read_tour(const YamlValue& value);

// loader_script.cpp
std::vector<AccountSpec> read_accounts(const YamlValue& value);
std::vector<ScriptBlock> read_script(const YamlValue& value);

// loader_expectations.cpp
std::vector<Expectation> read_expectations(const YamlValue& value, sim::SimDuration run_for);

}  // namespace scenarios
