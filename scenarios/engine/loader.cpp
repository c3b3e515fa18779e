#include "scenarios/engine/loader.h"

#include "nodes/networks/akash.h"
#include "scenarios/engine/loader_parts.h"
#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace scenarios {

namespace {

namespace fs = std::filesystem;

sim::Result<std::string> read_file(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        return sim::Error{{"scenario", 1}, fmt::format("{}: no such file", path.string())};
    }
    if (!fs::is_regular_file(path, error)) {
        return sim::Error{{"scenario", 1}, fmt::format("{}: not a file", path.string())};
    }
    const auto size = fs::file_size(path, error);
    if (error || size > kYamlBytesMax) {
        return sim::Error{{"scenario", 1},
                          fmt::format("{}: larger than {} bytes", path.string(), kYamlBytesMax)};
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return sim::Error{{"scenario", 1}, fmt::format("{}: cannot be read", path.string())};
    return text.str();
}

/// Files beside the scenario; what is read is kept in the source.
class DiskShelf final : public FileShelf {
  public:
    DiskShelf(fs::path folder, ScenarioSource& source)
        : folder_(std::move(folder)), source_(&source) {}

    const std::string& text_of(const YamlValue& value, const std::string& path) override {
        const auto known = source_->files.find(path);
        if (known != source_->files.end()) return known->second;
        auto text = read_file(folder_ / path);
        if (!text) value.fail(text.error().text);
        return source_->files[path] = std::move(text).value();
    }

  private:
    fs::path folder_;
    ScenarioSource* source_;
};

class KeptShelf final : public FileShelf {
  public:
    explicit KeptShelf(const ScenarioSource& source) : source_(&source) {}

    const std::string& text_of(const YamlValue& value, const std::string& path) override {
        const auto known = source_->files.find(path);
        if (known == source_->files.end()) value.fail(fmt::format("no text of '{}' at hand", path));
        return known->second;
    }

  private:
    const ScenarioSource* source_;
};

/// The keys in the order in which the README lists them.
const std::vector<std::string>& top_keys() {
    static const std::vector<std::string> keys{"name",
                                               "title",
                                               "about",
                                               "network",
                                               "seed",
                                               "start",
                                               "run_for",
                                               "block",
                                               "rules",
                                               "take",
                                               "params",
                                               "gas_price",
                                               "prune_closed_after",
                                               "series_every",
                                               "validators",
                                               "regions",
                                               "links",
                                               "price",
                                               "accounts",
                                               "providers",
                                               "tenants",
                                               "programmes",
                                               "actions",
                                               "script",
                                               "expect",
                                               "tour"};
    return keys;
}

void read_chain_keys(const YamlObject& root, Scenario& out) {
    if (const auto rules = root.optional("rules")) out.rules = read_rules(*rules);
    out.params = nodes::akash::params(nodes::akash::take_preset("akt4_usdc20").value());
    if (const auto take = root.optional("take")) read_take(*take, out.params);
    if (const auto params = root.optional("params")) read_params(*params, out.params);
    if (const auto block = root.optional("block")) out.block = read_block(*block);
    if (const auto price = root.optional("gas_price")) {
        const auto parsed = parse_gas_price(price->text(64));
        if (!parsed) price->fail(parsed.error().text);
        if (parsed.value().denom != "uakt") price->fail("fees are paid in uakt");
        out.gas_price_scaled = parsed.value().scaled;
    }
    if (const auto after = root.optional("prune_closed_after")) {
        out.prune_closed_after =
            sim::BlockCount{after->positive_duration().ns / out.block.interval.ns + 1};
    }
    if (const auto validators = root.optional("validators")) {
        out.validators = read_validators(*validators);
    } else {
        out.validators = {{.name = "validator-1", .power = 1, .region = {}}};
    }
}

void read_network_keys(const YamlObject& root, Scenario& out) {
    if (const auto regions = root.optional("regions")) {
        read_regions(*regions, out.links);
    } else {
        out.links.regions = {"earth"};
    }
    out.links.chain_region = out.links.regions.front();
    if (const auto links = root.optional("links")) read_links(*links, out.links);
    for (const ValidatorSpec& validator : out.validators) {
        if (validator.region.empty()) continue;
        const auto& names = out.links.regions;
        if (std::find(names.begin(), names.end(), validator.region) == names.end()) {
            root.required("validators").fail(fmt::format("no region '{}'", validator.region));
        }
    }
}

void read_time_keys(const YamlObject& root, Scenario& out) {
    if (const auto start = root.optional("start")) {
        out.start = start->date();
    } else {
        out.start = parse_date("2024-03-20").value();
    }
    if (const auto run_for = root.optional("run_for")) out.run_for = run_for->positive_duration();
    if (const auto every = root.optional("series_every")) {
        out.series_every = every->positive_duration();
        if (out.series_every < sim::SimDuration::seconds(1)) every->fail("at least a second");
    }
}

/// Groups name programmes that there are.
void check_programmes(const YamlObject& root, const Scenario& scenario) {
    std::vector<std::string> known;
    for (const ProgrammeGroup& programme : scenario.programmes)
        known.push_back(programme.name);
    for (const ProviderGroup& group : scenario.providers) {
        const std::string& name = group.programme;
        if (name.empty() || std::find(known.begin(), known.end(), name) != known.end()) continue;
        root.required("providers")
            .fail(fmt::format(
                "group '{}': no programme '{}'{}", group.name, name, did_you_mean(name, known)));
    }
}

constexpr sim::SimDuration kLongestRun{100LL * 366 * 86'400 * 1'000'000'000};

/// A script alone says how long the run takes; otherwise the scenario must.
void settle_length(const YamlObject& root, Scenario& out) {
    if (out.run_for.ns == 0) {
        if (out.script.empty()) root.fail("key 'run_for' is missing, as in 'run_for: 30d'");
        // Half an interval past the last block, so that jitter cannot cut it off.
        const std::int64_t blocks = out.script.back().height.value + 1;
        if (out.block.interval.ns > kLongestRun.ns / blocks) {
            root.required("script").fail("its last block comes after more than 100 years");
        }
        out.run_for = out.block.interval * blocks;
    }
    if (out.series_every.ns == 0) {
        // About a thousand samples, at most one an hour.
        constexpr std::int64_t kHour = 3'600;
        const std::int64_t seconds = out.run_for.ns / 1'000'000'000 / 1'000;
        out.series_every = sim::SimDuration::seconds(std::clamp<std::int64_t>(seconds, 1, kHour));
    }
}

Scenario read_scenario(const YAML::Node& root_node, const YamlFile& file, FileShelf& files) {
    const YamlValue value(file, root_node, "");
    const YamlObject root(value, top_keys());
    Scenario out;
    out.name = root.required("name").text(64);
    if (const auto title = root.optional("title")) out.title = title->text(200);
    if (const auto about = root.optional("about")) out.about = about->text(20'000);
    if (const auto network = root.optional("network")) {
        out.network = network->name_among({"akash"});
    }
    if (const auto seed = root.optional("seed")) {
        out.seed = static_cast<std::uint64_t>(seed->integer({0, INT64_MAX}));
    }
    read_time_keys(root, out);
    read_chain_keys(root, out);
    read_network_keys(root, out);
    if (const auto price = root.optional("price")) out.price = read_price(*price);
    if (const auto accounts = root.optional("accounts")) out.accounts = read_accounts(*accounts);
    if (const auto list = root.optional("providers")) {
        out.providers = read_providers(*list, out.links);
    }
    if (const auto list = root.optional("tenants")) {
        out.tenants = read_tenants(*list, out.links, files);
    }
    if (const auto list = root.optional("programmes")) {
        out.programmes = read_programmes(*list);
    }
    check_programmes(root, out);
    if (const auto list = root.optional("actions")) out.actions = read_actions(*list, out);
    if (const auto list = root.optional("script")) out.script = read_script(*list);
    settle_length(root, out);
    if (const auto list = root.optional("expect")) {
        out.expectations = read_expectations(*list, out.run_for);
    }
    if (const auto list = root.optional("tour")) out.tour = read_tour(*list);
    return out;
}

sim::Result<Scenario> load(ScenarioSource source, FileShelf& files) {
    try {
        YamlFile file{.name = source.file, .settings = {}};
        YAML::Node root = parse_yaml(source.text, file);
        for (const std::string& setting : source.settings)
            file.settings.push_back({setting, set_by_path(root, setting)});
        Scenario out = read_scenario(root, file, files);
        out.source = std::move(source);
        return out;
    } catch (const LoadError& error) {
        return sim::Error{{"scenario", 1}, error.what()};
    } catch (const YAML::Exception& error) {
        return sim::Error{{"scenario", 1}, fmt::format("{}: {}", source.file, error.what())};
    }
}

}  // namespace

sim::Result<Scenario> load_scenario_file(const std::string& path,
                                         const std::vector<std::string>& settings) {
    SIM_TRY(text, read_file(path));
    ScenarioSource source{.file = path, .text = std::move(text), .files = {}, .settings = settings};
    ScenarioSource read_here;
    DiskShelf shelf(fs::path(path).parent_path(), read_here);
    SIM_TRY(scenario, load(std::move(source), shelf));
    scenario.source.files = std::move(read_here.files);
    return scenario;
}

sim::Result<Scenario> load_scenario(const ScenarioSource& source) {
    KeptShelf shelf(source);
    return load(source, shelf);
}

}  // namespace scenarios
