// The key `tenants`: groups of tenants with their demand, workloads, money and habits.
#include "scenarios/engine/denoms.h"
#include "scenarios/engine/loader_parts.h"
#include "scenarios/engine/nearest.h"
#include "tenants/tenant.h"

#include <fmt/format.h>

#include <array>

namespace scenarios {

namespace {

using tenants::Weighted;

constexpr double kWeightMost = 1e9;
constexpr std::int64_t kBytesMost = std::int64_t{1} << 50;

/// "480/d", "20/h": how many come in a time.
sim::SimDuration read_interval_of_rate(const YamlValue& value) {
    const std::string text = value.text(64);
    const auto slash = text.find('/');
    if (slash == std::string::npos) value.fail("write a rate such as 480/d or 20/h");
    const auto count = parse_number(text.substr(0, slash));
    const std::string unit_text = text.substr(slash + 1);
    const bool counted = !unit_text.empty() && unit_text.front() >= '0' && unit_text.front() <= '9';
    const auto unit = parse_duration(counted ? unit_text : "1" + unit_text);
    if (!count || count.value() <= 0 || !unit || unit.value().ns == 0) {
        value.fail("write a rate above zero such as 480/d or 20/h");
    }
    const double ns = static_cast<double>(unit.value().ns) / count.value();
    if (ns < 1'000) value.fail("more than a million a second");
    return sim::SimDuration{static_cast<std::int64_t>(ns)};
}

tenants::ArrivalConfig read_arrivals(const YamlValue& value) {
    tenants::ArrivalConfig config;
    const YamlObject object(value,
                            {"process",
                             "rate",
                             "every",
                             "shape",
                             "branching",
                             "decay",
                             "daily_profile",
                             "limit",
                             "about"});
    if (const auto process = object.optional("process")) {
        config.kind = static_cast<tenants::ArrivalKind>(
            process->choice({"none", "poisson", "weibull", "hawkes"}));
    }
    if (object.has("rate") && object.has("every")) object.fail("write either 'rate' or 'every'");
    if (const auto rate = object.optional("rate")) {
        config.mean_interval = read_interval_of_rate(*rate);
    } else if (const auto every = object.optional("every")) {
        config.mean_interval = every->positive_duration();
    } else if (config.kind != tenants::ArrivalKind::kNone) {
        object.fail("say how often requests come, as 'rate: 480/d' or 'every: 3min'");
    }
    if (const auto shape = object.optional("shape")) {
        config.weibull_shape = shape->number({0.05, 20});
    }
    if (const auto branching = object.optional("branching")) {
        config.hawkes_branching = branching->ratio({0, 0.99});
    }
    if (const auto decay = object.optional("decay")) {
        config.hawkes_decay_per_s = 1.0 / decay->positive_duration().to_seconds();
    }
    if (const auto profile = object.optional("daily_profile")) {
        config.profile_strength = profile->ratio({0, 1});
    }
    if (const auto limit = object.optional("limit")) {
        config.limit = limit->integer({1, 1'000'000'000});
    }
    return config;
}

tenants::DurationPart read_duration_part(const YamlValue& value, double& weight) {
    const YamlObject object(value, {"fixed", "exponential", "lognormal", "sigma", "weight"});
    tenants::DurationPart part;
    constexpr std::array kKinds{"fixed", "exponential", "lognormal"};
    int found = 0;
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        const auto typical = object.optional(kKinds.at(i));
        if (!typical) continue;
        part.kind = static_cast<tenants::DurationKind>(i);
        part.typical_s = typical->positive_duration().to_seconds();
        ++found;
    }
    if (found != 1) object.fail("write one of fixed, exponential (mean) and lognormal (median)");
    const bool lognormal = part.kind == tenants::DurationKind::kLognormal;
    if (lognormal != object.has("sigma")) {
        object.fail("'sigma' belongs to lognormal, which needs it");
    }
    if (lognormal) part.sigma = object.required("sigma").number({0, 5});
    if (const auto w = object.optional("weight")) weight = w->number({0, kWeightMost});
    return part;
}

/// "5d", "philly", one part, or a list of parts with weights.
tenants::DurationConfig read_durations(const YamlValue& value) {
    if (value.is_scalar()) {
        if (value.text(64) == "philly") return tenants::DurationConfig::philly();
        return tenants::DurationConfig::fixed(value.positive_duration());
    }
    tenants::DurationConfig config;
    for (const YamlValue& item : value.items_or_one(20)) {
        Weighted<tenants::DurationPart> part;
        part.value = read_duration_part(item, part.weight);
        config.parts.push_back(part);
    }
    return config;
}

/// A map from value to weight: { a100: 3, "*": 1 }, or one value.
template <class T, class Read>
std::vector<Weighted<T>> read_weights(const YamlValue& value, Read read) {
    std::vector<Weighted<T>> out;
    if (value.is_scalar()) {
        out.push_back({read(value, value.text(64)), 1});
        return out;
    }
    for (const auto& [name, weight] : value.entries(100)) {
        out.push_back({read(weight, name), weight.number({0, kWeightMost})});
    }
    return out;
}

std::int64_t count_of(const YamlValue& value, const std::string& text) {
    const auto number = parse_integer(text);
    if (!number || number.value() < 0 || number.value() > 24) value.fail("0 to 24 cards");
    return number.value();
}

struct RequestKeys {
    static std::vector<std::string> all() {
        return {"workload",
                "weight",
                "cpu",
                "memory",
                "storage",
                "gpu",
                "gpu_model",
                "replicas",
                "lasting",
                "lasting_least",
                "lasting_most",
                "cpu_per_gpu",
                "memory_per_gpu",
                "busy",
                "about"};
    }
};

void read_size(const YamlObject& object, tenants::RequestClass& request) {
    if (const auto cpu = object.optional("cpu")) {
        request.size.cpu_milli = cpu->milli_cpu({10, 384'000});
    }
    if (const auto memory = object.optional("memory")) {
        request.size.memory_bytes = memory->bytes({1 << 20, kBytesMost});
    }
    if (const auto storage = object.optional("storage")) {
        request.size.storage_bytes = storage->bytes({5 << 20, kBytesMost});
    }
    if (const auto replicas = object.optional("replicas")) {
        request.size.replicas = static_cast<std::uint32_t>(replicas->integer({1, 50}));
    }
    if (const auto gpu = object.optional("gpu")) {
        request.gpu_counts = read_weights<std::int64_t>(*gpu, count_of);
        if (request.gpu_counts.size() == 1) {
            request.size.gpus = request.gpu_counts.front().value;
            request.gpu_counts.clear();
        }
    }
    if (const auto model = object.optional("gpu_model")) {
        request.gpu_models = read_weights<std::string>(
            *model, [](const YamlValue&, const std::string& name) { return name; });
    }
    if (const auto cpu = object.optional("cpu_per_gpu")) {
        request.cpu_milli_per_gpu = cpu->milli_cpu({0, 384'000});
    }
    if (const auto memory = object.optional("memory_per_gpu")) {
        request.memory_bytes_per_gpu = memory->bytes({0, kBytesMost});
    }
    if (const auto busy = object.optional("busy")) {
        request.busy_ppm = read_fraction(*busy).numerator;
    }
}

Weighted<tenants::RequestClass> read_request(const YamlValue& value,
                                             const std::vector<WorkloadText>& given) {
    const YamlObject object(value, RequestKeys::all());
    Weighted<tenants::RequestClass> out;
    const YamlValue workload = object.required("workload");
    std::vector<std::string> known;
    for (const WorkloadText& one : given)
        known.push_back(one.name);
    for (const auto& one : tenants::builtin_workloads())
        known.emplace_back(one.name);
    out.value.workload = workload.name_among(known);
    if (const auto weight = object.optional("weight")) {
        out.weight = weight->number({0, kWeightMost});
    }
    read_size(object, out.value);
    out.value.durations = read_durations(object.required("lasting"));
    if (const auto least = object.optional("lasting_least")) {
        out.value.durations.least = least->positive_duration();
    }
    if (const auto most = object.optional("lasting_most")) {
        out.value.durations.most = most->positive_duration();
    }
    return out;
}

void read_money(const YamlValue& value, tenants::MoneyConfig& money) {
    const YamlObject object(value,
                            {"deposit", "deposit_cap", "top_up", "horizon", "below", "reserve"});
    if (const auto deposit = object.optional("deposit")) {
        money.deposit_rule =
            static_cast<tenants::DepositRule>(deposit->choice({"minimum", "duration"}));
    }
    if (const auto cap = object.optional("deposit_cap")) {
        money.deposit_cap = cap->integer({1, INT64_MAX});
    }
    if (const auto top_up = object.optional("top_up")) {
        money.top_up_rule = static_cast<tenants::TopUpRule>(top_up->choice({"never", "horizon"}));
    }
    if (const auto horizon = object.optional("horizon")) {
        money.top_up_horizon = horizon->positive_duration();
    }
    if (const auto below = object.optional("below")) {
        money.top_up_below_percent = static_cast<std::int64_t>(below->ratio({0.01, 1}) * 100);
    }
    if (const auto reserve = object.optional("reserve")) {
        money.reserve = reserve->integer({0, INT64_MAX});
    }
}

void read_habits(const YamlObject& object, tenants::TenantConfig& config) {
    if (const auto behaviour = object.optional("behaviour")) {
        std::vector<std::string> known;
        for (const auto& entry : tenants::behaviours())
            known.emplace_back(entry.name);
        config.behaviour = tenants::behaviour_named(behaviour->name_among(known)).value();
    }
    if (const auto money = object.optional("money")) read_money(*money, config.money);
    if (const auto window = object.optional("bid_window")) config.bid_window = window->duration();
    if (const auto enough = object.optional("enough_bids")) {
        config.enough_bids = static_cast<std::uint32_t>(enough->integer({0, 500}));
    }
    if (const auto patience = object.optional("patience")) {
        config.patience = patience->positive_duration();
    }
    if (const auto retries = object.optional("retries")) {
        config.retries = static_cast<std::uint32_t>(retries->integer({0, 200}));
    }
    if (const auto after = object.optional("retry_after")) {
        config.retry_after = after->positive_duration();
    }
    if (const auto relocations = object.optional("relocations")) {
        config.relocations = static_cast<std::uint32_t>(relocations->integer({0, 200}));
    }
}

void read_budget(const YamlValue& value, tenants::BudgetConfig& budget) {
    const YamlObject object(value, {"median", "sigma"});
    budget.median_factor = object.required("median").number({0.001, 1'000'000});
    if (const auto sigma = object.optional("sigma")) budget.sigma = sigma->number({0, 5});
}

TenantGroup read_group(const YamlValue& value, const NetworkSpec& links, FileShelf& files) {
    const YamlObject object(value,
                            {"name",      "count",    "region",       "balance",     "behaviour",
                             "money",     "arrivals", "requests",     "pay_with",    "budget",
                             "workloads", "auditors", "wants_region", "bid_window",  "enough_bids",
                             "patience",  "retries",  "retry_after",  "relocations", "about"});
    TenantGroup group;
    group.name = object.required("name").text(64);
    if (const auto count = object.optional("count")) group.count = count->integer({0, 1'000'000});
    if (const auto region = object.optional("region")) {
        for (const YamlValue& one : region->items_or_one(100)) {
            group.regions.push_back(read_region(one, links));
        }
    }
    if (const auto balance = object.optional("balance")) group.balances = read_amounts(*balance);
    if (const auto workloads = object.optional("workloads")) {
        for (const auto& [name, source] : workloads->entries(100)) {
            const YamlObject one(source, {"sdl", "sdl_file"});
            if (one.has("sdl") == one.has("sdl_file")) one.fail("write 'sdl' or 'sdl_file'");
            const auto file = one.optional("sdl_file");
            group.workloads.push_back({.name = name,
                                       .sdl = file ? files.text_of(*file, file->text(1'024))
                                                   : one.required("sdl").text(kYamlBytesMax)});
        }
    }
    read_habits(object, group.config);
    group.config.demand.arrivals = read_arrivals(object.required("arrivals"));
    for (const YamlValue& request : object.required("requests").items_or_one(100)) {
        group.config.demand.classes.push_back(read_request(request, group.workloads));
    }
    if (const auto pay = object.optional("pay_with")) {
        group.config.demand.coins =
            read_weights<tenants::PaymentCoin>(*pay, [](const YamlValue& at, const auto& name) {
                if (name == "uakt" || name == "akt") return tenants::PaymentCoin::kUakt;
                if (denom_named(name).denom == kAxlUsdc) return tenants::PaymentCoin::kAxlUsdc;
                at.fail(fmt::format("'{}' is neither akt nor usdc", name));
            });
    }
    if (const auto budget = object.optional("budget")) {
        read_budget(*budget, group.config.demand.budget);
    }
    if (const auto region = object.optional("wants_region")) {
        group.config.region = region->text(64);
    }
    if (const auto auditors = object.optional("auditors")) {
        for (const YamlValue& one : auditors->items_or_one(20))
            group.auditors.push_back(one.text(128));
    }
    if (const auto valid = tenants::validate(group.config.demand); !valid) {
        value.fail(valid.error().text);
    }
    return group;
}

}  // namespace

std::vector<TenantGroup> read_tenants(const YamlValue& value,
                                      const NetworkSpec& links,
                                      FileShelf& files) {
    std::vector<TenantGroup> out;
    for (const YamlValue& item : value.items(1'000)) {
        TenantGroup group = read_group(item, links, files);
        for (const TenantGroup& earlier : out) {
            if (earlier.name == group.name) item.fail("a tenant group of this name came before");
        }
        out.push_back(std::move(group));
    }
    return out;
}

}  // namespace scenarios
