#include "tests/vectors/case_rules.h"

#include "nodes/modules/deployment/rules.h"
#include "nodes/modules/escrow/rules.h"
#include "nodes/modules/take.h"
#include "nodes/protocol/attributes.h"
#include "nodes/protocol/validate_basic.h"
#include "tests/support/market_bench.h"
#include "tests/vectors/case_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace vectors {
namespace {

using nlohmann::json;
using nodes::escrow::Funds;
using nodes::escrow::Payment;

constexpr std::string_view kNegativePanic = "negative decimal coin amount";

sim::Dec18 decimal(const json& value) {
    return decimal_of(text_of(value)).value_or(sim::Dec18{});
}

/// Collects what differs, so that one line says all of it.
class Differences {
  public:
    void equal(std::string_view what, const std::string& expected, const std::string& got) {
        if (expected == got) return;
        if (!expected_.empty()) {
            expected_ += ", ";
            got_ += ", ";
        }
        expected_.append(what).append(" ").append(expected);
        got_.append(what).append(" ").append(got);
    }

    void equal(std::string_view what, const json& expected, sim::Dec18 got) {
        equal(what, short_text(decimal(expected)), short_text(got));
    }

    [[nodiscard]] Outcome outcome() const {
        return expected_.empty() ? Outcome::pass() : Outcome::fail(expected_, got_);
    }

  private:
    std::string expected_;
    std::string got_;
};

std::vector<Payment> payments_of(const json& rates) {
    std::vector<Payment> payments;
    for (const auto& rate : rates)
        payments.push_back({decimal(rate), {}});
    return payments;
}

void compare_payments(Differences& differences,
                      const json& expected,
                      std::span<const Payment> got) {
    for (std::size_t i = 0; i < std::max(expected.size(), got.size()); ++i) {
        const auto name = fmt::format("payment {}", i + 1);
        if (i >= expected.size() || i >= got.size()) {
            differences.equal(name,
                              i < expected.size() ? text_of(expected[i]) : "none",
                              i < got.size() ? short_text(got[i].balance) : "none");
        } else {
            differences.equal(name, expected[i], got[i].balance);
        }
    }
}

bool expects_panic(const json& expect) {
    return text_of(expect.value("go_result", json{})).starts_with("panic");
}

Outcome compare_panic(const sim::Error& error) {
    const bool same = error.kind == sim::ErrorKind::kPanic &&
                      error.text.find(kNegativePanic) != std::string::npos;
    return same ? Outcome::pass() : Outcome::fail(kNegativePanic, error.text);
}

/// The shares, and what each payment can pay out in whole units.
Outcome compare_weighted(const json& expect,
                         bool panics,
                         Funds account,
                         std::vector<Payment> payments) {
    const auto rate = nodes::escrow::total_rate(payments);
    if (!rate) return Outcome::fail("a total rate", rate.error().text);
    auto before = payments;
    const auto done =
        nodes::escrow::distribute_remainder(account, payments, *rate, nodes::RuleSet::faithful());
    if (panics) {
        return done ? Outcome::fail("a panic", "success") : compare_panic(done.error());
    }
    if (!done) return Outcome::fail("success", done.error().text);
    Differences differences;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        if (expect.contains("amounts") && i < expect.at("amounts").size()) {
            differences.equal(fmt::format("share {}", i + 1),
                              expect.at("amounts")[i],
                              payments[i].balance - before[i].balance);
        }
        const auto gross = payments[i].balance.truncate();
        if (expect.contains("paid_out_gross") && i < expect.at("paid_out_gross").size()) {
            differences.equal(fmt::format("gross {}", i + 1),
                              text_of(expect.at("paid_out_gross")[i]),
                              std::to_string(gross));
        }
        if (expect.contains("payment_dust") && i < expect.at("payment_dust").size()) {
            differences.equal(fmt::format("dust {}", i + 1),
                              expect.at("payment_dust")[i],
                              payments[i].balance - sim::Dec18::from_int(gross));
        }
    }
    compare_payments(differences, expect.at("payment_balances"), payments);
    for (const auto* key : {"balance", "account_balance", "remaining"}) {
        if (expect.contains(key)) differences.equal(key, expect.at(key), account.balance);
    }
    return differences.outcome();
}

nodes::GroupState group_state_named(std::string_view text) {
    using nodes::GroupState;
    for (const auto state : {GroupState::kOpen,
                             GroupState::kPaused,
                             GroupState::kInsufficientFunds,
                             GroupState::kClosed,
                             GroupState::kInvalid}) {
        if (nodes::text(state) == text) return state;
    }
    return static_cast<GroupState>(first_number(text).value_or(99));
}

std::optional<nodes::Quantity> quantity_of(const json& value) {
    if (value.is_null()) return std::nullopt;
    return nodes::Quantity{sim::Wide(text_of(value)), {}};
}

nodes::GroupSpec group_spec_of(const json& fields, nodes::Names& names) {
    nodes::ResourceUnit unit;
    unit.resources.id = fields.value("id", 1U);
    unit.resources.cpu = quantity_of(fields.value("cpu_milli", json{}));
    unit.resources.gpu = quantity_of(fields.value("gpu", json{}));
    unit.resources.memory = quantity_of(fields.value("memory_bytes", json{}));
    for (const auto& bytes : fields.value("storage_bytes", json::array()))
        unit.resources.storage.push_back({"default", sim::Wide(text_of(bytes)), {}});
    unit.count = fields.value("count", 1U);
    const auto price = text_of(fields.value("price", json{}));
    if (!price.empty()) {
        const auto digits_end = price.find_first_not_of("-0123456789.");
        const auto amount = decimal_of(price.substr(0, digits_end)).value_or(sim::Dec18{});
        unit.price = {names.denoms.intern(price.substr(digits_end)), sim::to_wide(amount.scaled)};
    }
    nodes::GroupSpec spec;
    spec.name = "westcoast";
    spec.resources = {unit};
    return spec;
}

/// The deployments that a change told in words means; empty list: no groups.
std::optional<std::size_t> groups_told(const std::string& change) {
    if (change == "no groups") return 0;
    if (change == "two groups with the same name") return 2;
    return std::nullopt;
}

nodes::Attributes numbered_attributes(const std::string& keys) {
    nodes::Attributes attributes;
    std::size_t at = 0;
    while (at <= keys.size() && !keys.empty()) {
        const auto comma = std::min(keys.find(',', at), keys.size());
        const auto key = keys.substr(at, comma - at);
        const auto digit = key.find_first_of("0123456789");
        attributes.push_back({key, "val" + (digit == std::string::npos ? "" : key.substr(digit))});
        at = comma + 1;
    }
    return attributes;
}

void compare_truth(Differences& differences, const json& expect, const char* key, bool got) {
    if (!expect.contains(key) || !expect.at(key).is_boolean()) return;
    differences.equal(key, expect.at(key).get<bool>() ? "true" : "false", got ? "true" : "false");
}

}  // namespace

Outcome run_settlement(const json& test) {
    const auto& setup = test.at("setup");
    const auto& expect = test.at("expect");
    Funds account{decimal(setup.at("balance")), decimal(setup.value("funds", json{})), {}};
    auto payments = payments_of(setup.at("payment_rates"));
    const auto rate = nodes::escrow::total_rate(payments);
    if (!rate) return Outcome::fail("a total rate", rate.error().text);
    const auto blocks = first_number(text_of(setup.at("height_delta"))).value_or(0);
    const json weighted = expect.value("after_weighted", json{});
    // Without a block or a rate the keeper has nothing to settle and does not come this far.
    const auto settled = blocks > 0 && rate->scaled > 0
                             ? nodes::escrow::settle_full_blocks(account, payments, blocks, *rate)
                             : sim::Result<bool>(false);
    if (!settled) {
        if (expects_panic(expect)) return compare_panic(settled.error());
        return Outcome::fail("success", settled.error().text);
    }
    Differences differences;
    compare_truth(differences, expect, "overdrawn", *settled);
    differences.equal("balance", expect.at("balance"), account.balance);
    differences.equal("funds", expect.at("funds"), account.funds);
    compare_payments(differences, expect.at("payment_balances"), payments);
    if (expect.contains("remaining")) {
        const auto left = *settled ? account.balance + account.funds : sim::Dec18{};
        differences.equal("remaining", expect.at("remaining"), left);
    }
    const auto paid = std::find_if(
        payments.begin(), payments.end(), [](const Payment& p) { return p.rate.scaled > 0; });
    if (expect.contains("full_blocks") && paid != payments.end()) {
        differences.equal("full_blocks",
                          text_of(expect.at("full_blocks")),
                          sim::to_text(paid->balance.scaled / paid->rate.scaled));
    }
    if (const auto outcome = differences.outcome(); outcome.verdict != Verdict::kPass)
        return outcome;
    if (!weighted.is_object()) return Outcome::pass();
    return compare_weighted(weighted, expects_panic(expect), account, payments);
}

Outcome run_weighted(const json& test) {
    const auto& setup = test.at("setup");
    const Funds account{decimal(setup.at("amount_remaining")), {}, {}};
    const auto& expect = test.at("expect");
    return compare_weighted(
        expect, expects_panic(expect), account, payments_of(setup.at("payment_rates")));
}

Outcome run_take_fee(const json& test) {
    const auto& setup = test.at("setup");
    auto params = test_support::bench_params();
    const auto rate =
        static_cast<std::uint32_t>(first_number(text_of(setup.at("rate_percent"))).value_or(0));
    auto denom = text_of(setup.value("denom", json("uakt")));
    denom.resize(std::min(denom.size(), denom.find(' ')));
    if (denom == "uakt") {
        params.denom_take_rates = {{"uakt", rate}};
    } else {
        params.default_take_rate = rate;
    }
    const auto gross = first_number(text_of(setup.at("gross"))).value_or(0);
    test_support::MarketBench bench(params);
    const auto money = bench.denom(denom);
    std::int64_t fee = 0;
    const auto status = bench.step([&](nodes::Context& context) {
        fee = nodes::take::fee_to_pool(context, money, gross);
        return sim::ok();
    });
    if (!status) return Outcome::fail("a fee", status.error().text);
    Differences differences;
    const auto& expect = test.at("expect");
    differences.equal("fee", text_of(expect.at("fee_to_community_pool")), std::to_string(fee));
    differences.equal("provider", text_of(expect.at("provider")), std::to_string(gross - fee));
    return differences.outcome();
}

Outcome run_take_params(const json& test) {
    const auto& setup = test.at("setup");
    nodes::Genesis genesis;
    genesis.params = test_support::bench_params();
    genesis.params.default_take_rate =
        static_cast<std::uint32_t>(first_number(text_of(setup.at("default"))).value_or(0));
    genesis.params.denom_take_rates.clear();
    const auto add = [&](const std::string& denom, const std::string& rate) {
        const auto percent = static_cast<std::uint32_t>(first_number(rate).value_or(0));
        genesis.params.denom_take_rates.push_back({denom, percent});
    };
    const auto& denoms = setup.at("denoms");
    if (denoms.is_object()) {
        for (const auto& [denom, rate] : denoms.items())
            add(denom, text_of(rate));
    } else {
        for (const auto& entry : denoms) {
            const auto text = text_of(entry);
            const auto colon = std::min(text.find(':'), text.size());
            add(text.substr(0, colon), text.substr(colon));
        }
    }
    Differences differences;
    compare_truth(
        differences, test.at("expect"), "params_valid", nodes::Chain::create(genesis).has_value());
    return differences.outcome();
}

Outcome run_group_spec(const json& test, const json& base) {
    test_support::MarketBench bench;
    auto fields = base;
    std::size_t groups = 1;
    const auto& change = test.at("setup").at("change");
    if (change.is_string()) {
        const auto told = groups_told(change.get<std::string>());
        if (!told)
            return Outcome::skip("the change is told in prose: " + change.get<std::string>());
        groups = *told;
    } else {
        fields.update(change);
    }
    auto message = bench.create_deployment();
    nodes::Names names = bench.names();  // with the message's owner in it
    const auto spec = std::make_shared<const nodes::GroupSpec>(group_spec_of(fields, names));
    message.groups.assign(groups, spec);
    // The stateless checks first, then what the handler still looks at.
    auto status = nodes::validate_basic({message}, names);
    if (status) status = nodes::deployment::check_groups(message.groups, names);
    const bool expected = test.at("expect").value("valid", false);
    if (status.has_value() == expected) return Outcome::pass();
    return Outcome::fail(expected ? "valid" : "invalid",
                         status ? "valid" : "invalid: " + status.error().text);
}

Outcome run_version(const json& test) {
    const auto& setup = test.at("setup");
    const auto length = first_number(text_of(setup.at("version_length"))).value_or(0);
    const std::string version(static_cast<std::size_t>(length), 'v');
    test_support::MarketBench bench;
    const bool updates = text_of(test.at("go_test")).find("update") != std::string::npos;
    auto create = bench.create_deployment();
    create.version = version;
    create.deposit = bench.coin(first_number(text_of(setup.value("deposit", json{}))).value_or(0));
    const nodes::MsgUpdateDeployment update{bench.deployment_id(), version};
    const auto status = updates ? nodes::validate_basic({update}, bench.names())
                                : nodes::validate_basic({create}, bench.names());
    return compare(status, text_of(test.at("expect")));
}

Outcome run_group_state(const json& test) {
    const auto state = group_state_named(text_of(test.at("setup").at("group_state")));
    for (const auto& [rule, expected] : test.at("expect").items()) {
        sim::Status status = sim::ok();
        if (rule == "validate_closable") {
            status = nodes::deployment::may_close(state);
        } else if (rule == "validate_pausable") {
            status = nodes::deployment::may_pause(state);
        } else if (rule == "validate_startable") {
            status = nodes::deployment::may_start(state);
        } else {
            return Outcome::skip("no rule called " + rule);
        }
        const auto outcome = compare(status, text_of(expected));
        if (outcome.verdict != Verdict::kPass) return outcome;
    }
    return Outcome::pass();
}

Outcome run_signed_placement(const json& test) {
    const auto& setup = test.at("setup");
    const auto names_in = [&](const char* key) {
        std::vector<std::string> names;
        for (const auto& name : setup.value(key, json::array()))
            names.push_back(text_of(name));
        return names;
    };
    const nodes::Attributes attributes{{"region", "us-west"}, {"tier", "community"}};
    nodes::PlacementRequirements required;
    required.all_of = names_in("all_of");
    required.any_of = names_in("any_of");
    required.attributes = attributes;
    std::vector<nodes::AuditedAttributes> audited;
    for (const auto& auditor : names_in("signed_by"))
        audited.push_back({auditor, &attributes});
    Differences differences;
    compare_truth(differences,
                  test.at("expect"),
                  "match",
                  nodes::match_placement(required, attributes, audited));
    return differences.outcome();
}

Outcome run_resource_match(const json& test) {
    const auto& setup = test.at("setup");
    nodes::ResourceUnit unit;
    unit.count = 1;
    const auto volume_attributes = attributes_of(setup.value("storage_attributes", json{}));
    unit.resources.storage = {nodes::Volume{"default", 1, volume_attributes}};
    if (const auto gpu = setup.value("gpu", json{}); gpu.is_object()) {
        const auto units = first_number(text_of(gpu.value("units", json{}))).value_or(0);
        unit.resources.gpu =
            nodes::Quantity{sim::Wide(units), attributes_of(gpu.value("attributes", json{}))};
    }
    nodes::GroupSpec spec;
    spec.resources = {unit};
    const auto registered = attributes_of(setup.at("provider_attributes"));
    Differences differences;
    compare_truth(
        differences, test.at("expect"), "match", nodes::match_resources(spec, registered));
    return differences.outcome();
}

Outcome run_key_pattern(const json& test) {
    const auto key = text_of(test.at("setup").at("key"));
    Differences differences;
    compare_truth(differences,
                  test.at("expect"),
                  "matches_wildcard_regex",
                  nodes::valid_requirement_key(key));
    compare_truth(differences, test.at("expect"), "matches_regex", nodes::valid_provider_key(key));
    return differences.outcome();
}

Outcome run_keys(const json& test) {
    nodes::Attributes attributes;
    for (const auto& key : test.at("setup").at("keys")) {
        auto text = text_of(key);
        // "132-character key" stands for such a key.
        if (text.find("-character key") != std::string::npos) {
            text = std::string(static_cast<std::size_t>(first_number(text).value_or(1)), 'k');
        }
        attributes.push_back({text, "value"});
    }
    return compare(nodes::validate_provider_attributes(attributes), text_of(test.at("expect")));
}

Outcome run_subset(const json& test) {
    const auto a = numbered_attributes(text_of(test.at("setup").at("a")));
    const auto b = numbered_attributes(text_of(test.at("setup").at("b")));
    Differences differences;
    compare_truth(differences, test.at("expect"), "a_subset_of_b", nodes::subset_of(a, b));
    compare_truth(differences, test.at("expect"), "a_any_of_b", nodes::any_of(a, b));
    return differences.outcome();
}

}  // namespace vectors
