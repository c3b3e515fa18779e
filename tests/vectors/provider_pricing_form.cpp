// Prices of provider v0.5.4, four kinds of file: the scale strategy ("scales"), the bounds of
// randomRange ("draws"), what goes to and comes from a price script ("stdin"), and the generic bash
// script itself, a list of {"name", "akt_usd", "gpu_mappings", "request", "rc", "stdout"}.
#include "providers/price_script.h"
#include "providers/strategies/strategy.h"
#include "tests/vectors/provider_group.h"

#include <fmt/format.h>

namespace vectors {
namespace {

using nlohmann::json;

Outcome compare(const json& expected, const json& got) {
    return expected == got ? Outcome::pass() : Outcome::fail(expected.dump(), got.dump());
}

std::string dec_text(sim::Dec18 value) {
    return value.text();
}

/// Texts with a number in them are held to their kind only.
std::string error_kind(const std::string& text) {
    const bool precision = text.find("exceeds max precision") != std::string::npos;
    return precision && text.starts_with("value '") ? "exceeds max precision" : text;
}

Outcome run_scale(const json& record) {
    const auto& flags = record.at("scales");
    const auto scales = providers::parse_scales({flags.at("cpu"),
                                                 flags.at("memory"),
                                                 flags.at("storage"),
                                                 flags.at("endpoint"),
                                                 flags.at("ip")});
    const std::string start_error = record.value("start_error", "");
    if (!scales) return compare(start_error, scales.error().text);
    if (!start_error.empty()) return Outcome::fail(start_error, "a start");
    nodes::DenomBook denoms;
    const auto spec = group_from(record.at("group"), denoms);
    providers::StrategyParams params;
    params.scale = *scales;
    const auto max = nodes::total_price(*spec);
    providers::PriceView view;
    view.spec = spec.get();
    const auto name = *providers::strategy_named("scale");
    const auto price = providers::strategies()[name].price(view, params);
    if (!price) {
        return compare(error_kind(record.value("error", "")), error_kind(price.error().text));
    }
    json got{{"price", dec_text(*price)},
             {"denom", denoms.text(max.denom)},
             {"max_price", sim::dec_to_text(max.scaled)},
             {"above_max_price", sim::to_wide(price->scaled) > max.scaled}};
    const json expected{{"price", record.value("price", "")},
                        {"denom", record.value("denom", "")},
                        {"max_price", record.value("max_price", "")},
                        {"above_max_price", record.value("above_max_price", false)}};
    return compare(expected, got);
}

Outcome run_random_range(const json& record) {
    nodes::DenomBook denoms;
    const auto spec = group_from(record.at("group"), denoms);
    const auto range = providers::random_price_range(*spec);
    const json got{{"min", dec_text(range.low)},
                   {"max", dec_text(range.high)},
                   {"draws", range.draws},
                   {"max_price", sim::dec_to_text(nodes::total_price(*spec).scaled)}};
    json expected;
    for (const auto& [key, value] : got.items())
        expected[key] = record.value(key, json());
    return compare(expected, got);
}

json gpu_json(const providers::ScriptUnit& unit) {
    json gpu{{"units", unit.gpu_units}, {"attributes", json::object()}};
    for (const auto& [vendor, wish] : unit.gpu_by_vendor) {
        json told{{"model", wish.model}};
        if (wish.ram) told["ram"] = *wish.ram;
        gpu["attributes"]["vendor"][vendor] = told;
    }
    return gpu;
}

json request_json(const providers::ScriptRequest& request) {
    json resources = json::array();
    for (const auto& unit : request.units) {
        json storage = json::array();
        for (const auto& volume : unit.storage) {
            storage.push_back({{"class", volume.storage_class},
                               {"size", volume.bytes.convert_to<std::uint64_t>()}});
        }
        resources.push_back({{"memory", unit.memory.convert_to<std::uint64_t>()},
                             {"cpu", unit.cpu.convert_to<std::uint64_t>()},
                             {"gpu", gpu_json(unit)},
                             {"storage", storage},
                             {"count", unit.count},
                             {"endpoint_quantity", unit.endpoints},
                             {"ip_lease_quantity", unit.leased_ips}});
    }
    return {{"resources", resources},
            {"price",
             {{"denom", request.denom}, {"amount", sim::dec_to_text(request.max_price.digits)}}},
            {"price_precision", request.precision}};
}

Outcome run_script_io(const json& record) {
    nodes::DenomBook denoms;
    const auto spec = group_from(record.at("group"), denoms);
    const auto denom = denoms.text(nodes::total_price(*spec).denom);
    const auto told = request_json(providers::script_request(*spec, denom));
    if (told != record.at("stdin")) return Outcome::fail(record.at("stdin").dump(), told.dump());
    const auto price = providers::read_script_answer({record.at("script_rc"),
                                                      record.value("script_stdout", ""),
                                                      record.value("script_stderr", "")});
    if (!price) return compare(record.value("error", ""), price.error().text);
    return compare(json{record.value("price", ""), record.value("denom", "")},
                   json{sim::dec_to_text(*price), denom});
}

// The script's own input and environment.

std::optional<std::string> text_of(const json& object, const char* key) {
    if (!object.is_object() || !object.contains(key) || object[key].is_null()) return std::nullopt;
    const auto& value = object[key];
    return value.is_string() ? value.get<std::string>() : value.dump();
}

providers::ScriptUnit script_unit(const json& given) {
    providers::ScriptUnit unit;
    unit.memory = given.value("memory", std::uint64_t{0});
    unit.cpu = given.value("cpu", std::uint64_t{0});
    unit.count = given.value("count", 0U);
    unit.endpoints = given.value("endpoint_quantity", std::uint64_t{0});
    unit.leased_ips = given.value("ip_lease_quantity", std::uint64_t{0});
    const json gpu = given.value("gpu", json::object());
    unit.gpu_units = gpu.value("units", std::uint64_t{0});
    const json vendors = gpu.value("attributes", json::object()).value("vendor", json::object());
    for (const auto& [vendor, wish] : vendors.items()) {
        unit.gpu_by_vendor[vendor] = {
            text_of(wish, "model").value_or("0"), text_of(wish, "ram"), text_of(wish, "interface")};
    }
    for (const auto& volume : given.at("storage")) {
        unit.storage.push_back({volume.at("class"), volume.at("size").get<std::uint64_t>()});
    }
    return unit;
}

struct AktPrice {
    std::optional<providers::Decimal> usd;
    std::string complaint;
};

/// The first service's answer, else the second's, if it is a plain number in (0, 10^6].
AktPrice akt_price(const json& record, providers::ScriptVersion version) {
    std::optional<std::string> text = text_of(record, "akt_usd");
    if (record.contains("price_source")) {
        const bool newer = version == providers::ScriptVersion::kFebruary2025;
        const auto& source = record.at("price_source");
        text = text_of(source.at("first"), newer ? "Price" : "price");
        if (!text && source.at("second").is_object() && !source.at("second").empty()) {
            text = text_of(source.at("second").front(), "usd");
        }
    }
    if (!text) return {};
    const bool plain = text->find_first_not_of("0123456789.") == std::string::npos &&
                       text->front() != '.' && text->back() != '.';
    const auto number = plain ? providers::parse_decimal(*text) : std::nullopt;
    if (!number) return {{}, *text + " is not an integer/floating number!"};
    if (number->digits == 0 || providers::compare(*number, providers::Decimal{1'000'000, 0}) > 0) {
        return {{}, *text + " is outside the permitted range (>0, <=1000000)"};
    }
    return {number, {}};
}

providers::UsdTargets targets_from(const json& record, providers::ScriptVersion version) {
    providers::UsdTargets targets;
    targets.version = version;
    targets.gpu = providers::gpu_prices(record.value("gpu_mappings", ""));
    const json environment = record.value("env", json::object());
    const auto set = [&environment](const char* name, providers::TargetPrice& target) {
        const std::string text = environment.value(name, "");
        if (!text.empty()) target = providers::target_price(text);  // ${NAME:-default}
    };
    set("PRICE_TARGET_CPU", targets.cpu);
    set("PRICE_TARGET_MEMORY", targets.memory);
    set("PRICE_TARGET_HD_EPHEMERAL", targets.hd_ephemeral);
    set("PRICE_TARGET_HD_PERS_HDD", targets.hd_pers_hdd);
    set("PRICE_TARGET_HD_PERS_SSD", targets.hd_pers_ssd);
    set("PRICE_TARGET_HD_PERS_NVME", targets.hd_pers_nvme);
    set("PRICE_TARGET_ENDPOINT", targets.endpoint);
    set("PRICE_TARGET_IP", targets.ip);
    return targets;
}

providers::ScriptVersion version_of(const std::string& name) {
    if (name.starts_with("feb27")) return providers::ScriptVersion::kFebruary2024;
    if (name.starts_with("mar27")) return providers::ScriptVersion::kMarch2024;
    return providers::ScriptVersion::kFebruary2025;
}

providers::ScriptAnswer answer(const json& record) {
    const auto& given = record.at("request");
    const auto version = version_of(record.value("name", ""));
    providers::ScriptRequest request;
    request.has_price = given.is_object();
    if (given.is_object()) {
        if (!given.at("price").is_object()) {
            return {1,
                    {},
                    "price must be an object! make sure you are using the latest akash-provider."};
        }
        request.denom = given.at("price").at("denom");
        const std::string amount = given.at("price").at("amount");
        request.max_price = providers::parse_decimal(amount).value_or(providers::Decimal{});
        if (given.contains("price_precision")) request.precision = given.at("price_precision");
    }
    for (const auto& unit : request.has_price ? given.at("resources") : given) {
        request.units.push_back(script_unit(unit));
    }
    const auto akt = akt_price(record, version);
    auto made = providers::run_price_script(request, targets_from(record, version), akt.usd);
    made.err.insert(0, akt.complaint);
    return made;
}

/// What the script itself wrote, without the lines of bash, bc, jq and cat.
std::string own_words(const std::string& text) {
    std::string own;
    std::size_t at = 0;
    while (at < text.size()) {
        auto end = text.find('\n', at);
        if (end == std::string::npos) end = text.size();
        const std::string line = text.substr(at, end - at);
        const bool tool =
            line.starts_with("jq:") || line.starts_with("cat:") || line.starts_with("line ");
        if (!tool) own += line.substr(0, line.find("(standard_in)"));
        at = end + 1;
    }
    return own;
}

void run_scripts(const json& records, Reporter& out) {
    for (const auto& record : records) {
        const auto got = answer(record);
        out.report(
            record.value("name", "?"),
            compare(json{record.at("rc"), record.at("stdout"), own_words(record.at("stderr"))},
                    json{got.exit_code, got.out, got.err}));
    }
}

class PricingForm final : public Form {
  public:
    [[nodiscard]] bool matches(const json& first) const override {
        if (first.is_array()) return !first.empty() && first.at(0).contains("gpu_mappings");
        if (!first.is_object() || !first.contains("group")) return false;
        return first.contains("scales") || first.contains("draws") || first.contains("stdin");
    }

    void run(const json& record, const Options& /*options*/, Reporter& out) override {
        if (record.is_array()) return run_scripts(record, out);
        const auto id = std::to_string(record.value("n", 0));
        if (record.contains("scales")) {
            out.report(id, run_scale(record));
        } else if (record.contains("stdin")) {
            out.report(id, run_script_io(record));
        } else {
            out.report(id, run_random_range(record));
        }
    }
};

}  // namespace

std::unique_ptr<Form> make_provider_pricing_form() {
    return std::make_unique<PricingForm>();
}

}  // namespace vectors
