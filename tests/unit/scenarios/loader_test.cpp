// What a scenario says is read as meant, and what is wrong is told with its place and a remedy.
#include "scenarios/engine/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scenarios {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

sim::Result<Scenario> load(const std::string& text, std::vector<std::string> settings = {}) {
    return load_scenario(
        {.file = "x.yaml", .text = text, .files = {}, .settings = std::move(settings)});
}

std::string error_of(const std::string& text, std::vector<std::string> settings = {}) {
    const auto scenario = load(text, std::move(settings));
    return scenario ? "no error" : scenario.error().text;
}

constexpr const char* kSmall = "name: small\nrun_for: 1d\n";

TEST(Loader, FillsInWhatASmallScenarioLeavesOut) {
    const auto scenario = load(kSmall);
    ASSERT_TRUE(scenario) << scenario.error().text;
    EXPECT_EQ(scenario->name, "small");
    EXPECT_EQ(scenario->run_for, sim::SimDuration::seconds(86'400));
    EXPECT_EQ(scenario->block.interval.ns, 6'098'000'000);
    EXPECT_EQ(scenario->validators.size(), 1U);
    EXPECT_EQ(scenario->links.regions, std::vector<std::string>{"earth"});
    EXPECT_EQ(scenario->params.order_max_bids, 20U);
    EXPECT_EQ(scenario->params.denom_take_rates.front().percent, 4U);
    EXPECT_EQ(scenario->start.seconds, 1'710'892'800);
}

TEST(Loader, SaysWhereAnUnknownKeyIsAndWhatWasMeant) {
    EXPECT_EQ(error_of("name: x\nrun_for: 1d\ntenents: []\n"),
              "x.yaml:3:1: unknown key 'tenents', did you mean 'tenants'?");
    EXPECT_EQ(error_of("name: x\nrun_for: 1d\nblock: { intervall: 5s }\n"),
              "x.yaml:3:10: block: unknown key 'intervall', did you mean 'interval'?");
    EXPECT_THAT(error_of("name: x\nrun_for: 1d\nzzz: 1\n"),
                StartsWith("x.yaml:3:1: unknown key 'zzz'; known are: name, title"));
}

TEST(Loader, SaysWhereAWrongValueIsAndWhatToWrite) {
    EXPECT_EQ(error_of("name: x\nrun_for: soon\n"),
              "x.yaml:2:10: run_for: write a duration such as 30d, 12h, 5min or 6.098s");
    EXPECT_EQ(error_of("name: x\nrun_for: 1d\nparams: { order_max_bids: 501 }\n"),
              "x.yaml:3:27: params.order_max_bids: 501 is outside 1 to 500");
    EXPECT_EQ(error_of("name: x\nrun_for: 1d\nrules: faithfull\n"),
              "x.yaml:3:8: rules: 'faithfull' is none of faithful, clean, did you mean "
              "'faithful'?");
    EXPECT_EQ(error_of("name: x\n"), "x.yaml:1:1: key 'run_for' is missing, as in 'run_for: 30d'");
    EXPECT_EQ(error_of("name: x\nname: y\nrun_for: 1d\n"), "x.yaml:2:1: key 'name' comes twice");
    EXPECT_EQ(error_of("name: [x]\nrun_for: 1d\n"),
              "x.yaml:1:7: name: one value is wanted here, not a list");
    EXPECT_THAT(error_of("- a\n"), HasSubstr("a map is wanted here"));
    EXPECT_THAT(error_of("name: [x\n"), StartsWith("x.yaml:"));
}

TEST(Loader, RefusesHostileTexts) {
    EXPECT_THAT(error_of(std::string(2U << 20U, 'x')), HasSubstr("at most"));
    EXPECT_NE(error_of(std::string(100'000, '[')), "no error");
    EXPECT_THAT(error_of("name: " + std::string(60, '[') + std::string(60, ']')),
                HasSubstr("nested deeper"));
    std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; ++i) {
        laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j)
            laughs += "*a" + std::to_string(i - 1) + ", ";
        laughs += "]\n";
    }
    EXPECT_THAT(error_of(laughs), HasSubstr("more than 200000 values"));
    EXPECT_NE(error_of("a: &a [*a]\n"), "no error");
    EXPECT_NE(error_of(""), "no error");
    EXPECT_NE(error_of(std::string("name: \0x\n", 9)), "no error");
}

TEST(Loader, RefusesWhatIsNotUtf8) {
    EXPECT_THAT(error_of("name: small\nrun_for: 1d\ntitle: \x98\n"),
                HasSubstr("x.yaml:3: not UTF-8"));
    EXPECT_THAT(error_of(kSmall, {"title=\x98"}), HasSubstr("not UTF-8"));
    EXPECT_EQ(load("name: small\nrun_for: 1d\ntitle: Größe\n").value().title, "Größe");
}

TEST(Loader, SettingsChangeWhatTheFileSays) {
    const auto scenario = load(
        "name: x\nrun_for: 1d\nproviders: [{ name: farm, nodes: { cpu: 4, memory: 8Gi, storage: "
        "100Gi } }]\n",
        {"run_for=2d", "block.interval=5s", "providers.farm.count=7", "providers.0.audited=true"});
    ASSERT_TRUE(scenario) << scenario.error().text;
    EXPECT_EQ(scenario->run_for, sim::SimDuration::seconds(2 * 86'400));
    EXPECT_EQ(scenario->block.interval, sim::SimDuration::seconds(5));
    EXPECT_EQ(scenario->providers.front().count, 7);
    EXPECT_EQ(scenario->providers.front().audited, 1.0);
    EXPECT_THAT(error_of(kSmall, {"providers.farm.count=7"}), HasSubstr("a list is wanted here"));
    EXPECT_THAT(error_of(kSmall, {"nonsense"}), HasSubstr("write key=value"));
    EXPECT_THAT(error_of(kSmall, {"run_for.days=3"}), HasSubstr("below a plain value"));
    EXPECT_THAT(
        error_of("name: x\nrun_for: 1d\nvalidators: [{ name: eve }]\n", {"validators.eva.power=3"}),
        HasSubstr("did you mean 'eve'?"));
}

TEST(Loader, ReadsRulesByNameAndSwitchBySwitch) {
    const auto clean = load("name: x\nrun_for: 1d\nrules: clean\n");
    ASSERT_TRUE(clean);
    EXPECT_TRUE(clean->rules.exact_bid_limit);
    const auto one = load("name: x\nrun_for: 1d\nrules: { exact_bid_limit: true }\n");
    ASSERT_TRUE(one);
    EXPECT_TRUE(one->rules.exact_bid_limit);
    EXPECT_FALSE(one->rules.cap_overdraft_shares);
    EXPECT_THAT(error_of("name: x\nrun_for: 1d\nrules: { exact_bid_limits: true }\n"),
                HasSubstr("did you mean 'exact_bid_limit'?"));
}

TEST(Loader, TakeRatesComeFromAPresetOrOneByOne) {
    const auto code = load("name: x\nrun_for: 1d\ntake: code\n");
    ASSERT_TRUE(code);
    EXPECT_EQ(code->params.denom_take_rates.front().percent, 2U);
    const auto own = load("name: x\nrun_for: 1d\ntake: { uakt: 7%, default: 9 }\n");
    ASSERT_TRUE(own);
    EXPECT_EQ(own->params.denom_take_rates.front().percent, 7U);
    EXPECT_EQ(own->params.default_take_rate, 9U);
    EXPECT_NE(error_of("name: x\nrun_for: 1d\ntake: everything\n"), "no error");
    EXPECT_NE(error_of("name: x\nrun_for: 1d\ntake: { uakt: 1.5 }\n"), "no error");
}

TEST(Loader, AScriptSaysHowLongTheRunTakes) {
    const auto scenario = load(
        "name: x\nblock: { interval: 6s }\naccounts: [{ name: a, balance: 5uakt }]\n"
        "script:\n"
        "  - at: 9\n"
        "    send: { message: { \"@type\": /cosmos.bank.v1beta1.MsgSend }, expect: sdk/7 }\n"
        "    check: { balance: a, is: 5uakt }\n");
    ASSERT_TRUE(scenario) << scenario.error().text;
    EXPECT_EQ(scenario->run_for, sim::SimDuration::seconds(60));
    ASSERT_EQ(scenario->script.size(), 1U);
    EXPECT_EQ(scenario->script[0].transactions[0].expect, "sdk/7");
    EXPECT_EQ(scenario->script[0].transactions[0].place, "x.yaml:6:11");
    EXPECT_EQ(scenario->script[0].checks[0].id, "a");
    EXPECT_THAT(error_of("name: x\nblock: { interval: 30d }\nscript: [{ at: 1000000000 }]\n"),
                HasSubstr("after more than 100 years"));
}

TEST(Loader, ScriptMistakesAreTold) {
    const auto step = [](const std::string& body) {
        return error_of("name: x\nscript: [" + body + "]\n");
    };
    EXPECT_THAT(step("{ at: 0 }"), HasSubstr("outside 1 to"));
    EXPECT_THAT(step("{ at: 2 }, { at: 2 }"), HasSubstr("rising order"));
    EXPECT_THAT(step("{ at: 1, send: { message: 5 } }"), HasSubstr("@type"));
    EXPECT_THAT(step("{ at: 1, send: { expect: ok } }"), HasSubstr("'message' or 'messages'"));
    EXPECT_THAT(step("{ at: 1, send: { message: { \"@type\": x }, expect: boom } }"),
                HasSubstr("module/number"));
    EXPECT_THAT(step("{ at: 1, check: { lease: a/1/1/1/b, funds: 3 } }"),
                HasSubstr("a lease has no 'funds'"));
    EXPECT_THAT(step("{ at: 1, check: { lease: a/1/1/1/b, order: a/1/1/1, state: open } }"),
                HasSubstr("one thing"));
}

TEST(Loader, ExpectationsNameSeriesThatExist) {
    const auto with = [](const std::string& body) {
        return error_of("name: x\nrun_for: 1d\nexpect: [" + body + "]\n");
    };
    EXPECT_EQ(with("{ what: gpu_utilization, from: 12h, below: 35% }"), "no error");
    EXPECT_EQ(with("{ what: gpu_utilization/a100, within: [0, 1] }"), "no error");
    EXPECT_EQ(with("{ what: coins_conserved }"), "no error");
    EXPECT_EQ(with("{ sql: 'SELECT 1', equals: 1 }"), "no error");
    EXPECT_THAT(with("{ what: gpu_utilisation, below: 1 }"),
                HasSubstr("did you mean 'gpu_utilization'?"));
    EXPECT_THAT(with("{ what: leases_active/a100, below: 1 }"), HasSubstr("kept as a whole only"));
    EXPECT_THAT(with("{ what: leases_active }"), HasSubstr("say a bound"));
    EXPECT_THAT(with("{ what: leases_active, above: 3, below: 2 }"), HasSubstr("leave no value"));
    EXPECT_THAT(with("{ what: leases_active, above: 3, from: 3h, to: 1h }"),
                HasSubstr("ends before it begins"));
}

TEST(Loader, ActionsComeInOrderAndNameWhatThereIs) {
    const std::string head =
        "name: x\nrun_for: 1d\nregions: [eu, us]\n"
        "providers: [{ name: farm, nodes: { cpu: 4, memory: 8Gi, storage: 100Gi } }]\nactions: [";
    const auto with = [&](const std::string& body) { return error_of(head + body + "]\n"); };
    EXPECT_EQ(with("{ at: 1h, fail_providers: { group: farm, for: 2h } }"), "no error");
    EXPECT_EQ(with("{ at: 1h, partition: { groups: [eu, [us]], for: 1h } }, { at: 2h, heal: all }"),
              "no error");
    EXPECT_EQ(with("{ at: 1h, take: code }, { at: 2h, params: { order_max_bids: 5 } }"),
              "no error");
    EXPECT_THAT(with("{ at: 1h, fail_providers: { group: farn } }"),
                HasSubstr("did you mean 'farm'?"));
    EXPECT_THAT(with("{ at: 2h, heal: all }, { at: 1h, heal: all }"), HasSubstr("order of time"));
    EXPECT_THAT(with("{ at: 1h, price: { factor: 0 } }"), HasSubstr("outside"));
    EXPECT_THAT(with("{ at: 1h, link: { from: eu, to: mars } }"), HasSubstr("none of eu, us"));
    EXPECT_THAT(with("{ at: 1h }"), HasSubstr("say what happens"));
    EXPECT_THAT(with("{ at: 1h, heal: all, price: { factor: 2 } }"), HasSubstr("one action each"));
}

TEST(Loader, ProvidersAndTenantsNameKnownThings) {
    const std::string node = "nodes: { cpu: 4, memory: 8Gi, storage: 100Gi, gpus: { a100: 2 } }";
    const auto provider = [&](const std::string& body) {
        return error_of("name: x\nrun_for: 1d\nproviders: [{ " + body + " }]\n");
    };
    EXPECT_EQ(provider("name: a, " + node), "no error");
    EXPECT_THAT(provider("name: a, strategy: usd_target, " + node),
                HasSubstr("did you mean 'usd_targets'?"));
    EXPECT_THAT(
        provider("name: a, nodes: { cpu: 4, memory: 8Gi, storage: 1Gi, gpus: { a101: 1 } }"),
        HasSubstr("unknown GPU model 'a101'"));
    EXPECT_THAT(provider("name: a, region: mars, " + node), HasSubstr("none of earth"));
    EXPECT_THAT(provider("name: a, prices: { cpus: 3 }, " + node),
                HasSubstr("did you mean 'cpu'?"));
    const auto tenant = [&](const std::string& body) {
        return error_of("name: x\nrun_for: 1d\ntenants: [{ name: t, " + body + " }]\n");
    };
    const std::string request = "requests: { workload: web_service, lasting: 2h }";
    EXPECT_EQ(tenant("arrivals: { rate: 20/h }, " + request), "no error");
    EXPECT_THAT(tenant("arrivals: { rate: often }, " + request), HasSubstr("480/d"));
    EXPECT_THAT(tenant("arrivals: { every: 1h }, requests: { workload: web_servce, lasting: 1h }"),
                HasSubstr("did you mean 'web_service'?"));
    EXPECT_THAT(tenant("arrivals: { every: 1h }, behaviour: cheepest, " + request),
                HasSubstr("did you mean 'cheapest'?"));
}

}  // namespace
}  // namespace scenarios
