// Cases of the chain's own tests and worked rules: {"meta": ..., "cases": [{id, module, kind,
// setup, steps, expect}]}. A case is told by the keys of its setup, never by its id, so that other
// files of the form run too. Cases told in words are skipped with the name of the test that stands
// for them, rules of other eras with the era.
#include "nodes/modules/inflation.h"
#include "nodes/protocol/rfc3339.h"
#include "tests/vectors/case_rules.h"
#include "tests/vectors/case_steps.h"
#include "tests/vectors/case_tests.h"
#include "tests/vectors/case_values.h"
#include "tests/vectors/form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace vectors {
namespace {

using nlohmann::json;

/// Major and minor version of a release of the real node.
struct Release {
    int major = 0;
    int minor = 0;
    friend auto operator<=>(const Release&, const Release&) = default;
};

/// The era that the faithful rule set reproduces.
constexpr Release kEra{0, 30};

/// The release behind a 'v' at `at`: v0.30.0, v2.x.
std::optional<Release> release_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != 'v') return std::nullopt;
    Release release;
    const char* end = text.data() + text.size();
    const auto [dot, error] = std::from_chars(text.data() + at + 1, end, release.major);
    if (error != std::errc{}) return std::nullopt;
    if (dot + 1 < end && *dot == '.') std::from_chars(dot + 1, end, release.minor);
    return release;
}

/// Why the case belongs to another era than ours; empty when it does not.
std::string other_era(const json& test) {
    const auto applies = text_of(test.value("applies", json{}));
    if (const auto first = release_at(applies, 0)) {
        const auto dash = applies.find(" - v");
        const auto last = dash == std::string::npos ? std::nullopt : release_at(applies, dash + 3);
        const bool later = *first > kEra;
        const bool earlier = last && *last < kEra;
        return later || earlier ? "a rule of another era than v0.30: " + applies : "";
    }
    // The later tests of the take fee assert the arithmetic of v0.30 unchanged.
    if (text_of(test.value("kind", json{})) != "go_test_later") return {};
    if (test.at("setup").is_object() && test.at("setup").contains("rate_percent")) return {};
    return "a rule of a later era than v0.30: " + text_of(test.value("source", json{}));
}

Outcome skip_told_in_words(std::string_view id) {
    const auto* const row = std::find_if(
        kCaseTests.begin(), kCaseTests.end(), [&](const auto& test) { return test.first == id; });
    if (row == kCaseTests.end())
        return Outcome::skip("told in words, and no test stands for it yet");
    return Outcome::skip("told in words, see test " + std::string(row->second));
}

sim::Dec18 decimal(const json& map, const char* key) {
    return decimal_of(text_of(map.at(key))).value_or(sim::Dec18{});
}

Outcome run_inflation(const json& test) {
    const auto& setup = test.at("setup");
    const nodes::inflation::Params params{decimal(setup, "decay_factor"),
                                          decimal(setup, "initial_inflation"),
                                          decimal(setup, "variance")};
    nodes::inflation::Situation situation;
    const auto genesis = nodes::time_from_rfc3339(text_of(setup.at("genesis")));
    const auto now = nodes::time_from_rfc3339(text_of(setup.at("block_time")));
    if (!genesis || !now) return Outcome::fail("two moments", "texts that are none");
    situation.genesis = *genesis;
    situation.now = *now;
    situation.current = decimal(setup, "current");
    situation.bonded = decimal(setup, "bonded");
    situation.goal_bonded = decimal(setup, "goal_bonded");
    situation.rate_change = decimal(setup, "inflation_rate_change");
    situation.blocks_per_year = first_number(text_of(setup.at("blocks_per_year"))).value_or(0);

    const auto& expect = test.at("expect");
    if (const auto middle = expect.value("intermediate", json{}); middle.is_object()) {
        const auto got = nodes::inflation::decay_coefficient(params, situation);
        if (got != decimal(middle, "coefficient_6_digits"))
            return Outcome::fail(text_of(middle.at("coefficient_6_digits")), short_text(got));
    }
    const auto result = nodes::inflation::planned(params, situation);
    if (!result) return Outcome::fail(text_of(expect.at("result")), result.error().text);
    if (*result == decimal(expect, "result")) return Outcome::pass();
    return Outcome::fail(text_of(expect.at("result")), short_text(*result));
}

/// The specification that a case of group rules changes: its own, or that of the case it names.
json base_of(const json& test, const json& cases) {
    const auto& base = test.at("setup").at("base");
    if (base.is_object()) return base;
    const auto named = text_of(base);
    for (const auto& other : cases) {
        const auto setup = other.value("setup", json{});
        const bool has_base = setup.is_object() && setup.value("base", json{}).is_object();
        if (has_base && named.find(text_of(other.at("id"))) != std::string::npos)
            return setup.at("base");
    }
    // As deployment-groupspec-01 has it, should the file leave it out.
    return {{"id", 1},
            {"cpu_milli", 10},
            {"gpu", 0},
            {"memory_bytes", 1'048'576},
            {"storage_bytes", {5'242'880}},
            {"count", 1},
            {"price", "1uakt"}};
}

using Runner = Outcome (*)(const json&);

/// Setups by the keys that only they have, the more particular ones first.
struct Shape {
    std::initializer_list<const char*> keys;
    bool steps;
    Runner run;
};

const std::array<Shape, 14>& shapes() {
    static const std::array<Shape, 14> all{{
        {{"spend_limit"}, true, run_grant_steps},
        {{}, true, run_escrow_steps},
        {{"amount_remaining", "payment_rates"}, false, run_weighted},
        {{"height_delta", "balance", "payment_rates"}, false, run_settlement},
        {{"rate_percent", "gross"}, false, run_take_fee},
        {{"default", "denoms"}, false, run_take_params},
        {{"version_length"}, false, run_version},
        {{"group_state"}, false, run_group_state},
        {{"signed_by"}, false, run_signed_placement},
        {{"provider_attributes"}, false, run_resource_match},
        {{"key"}, false, run_key_pattern},
        {{"keys"}, false, run_keys},
        {{"a", "b"}, false, run_subset},
        {{"genesis", "decay_factor"}, false, run_inflation},
    }};
    return all;
}

std::string keys_of(const json& setup) {
    std::string keys;
    for (const auto& [key, value] : setup.items())
        keys += (keys.empty() ? "" : ", ") + key;
    return keys;
}

Outcome run_case(const json& test, const json& cases) {
    if (const auto era = other_era(test); !era.empty()) return Outcome::skip(era);
    const auto& setup = test.at("setup");
    if (setup.is_string()) return skip_told_in_words(text_of(test.at("id")));
    if (setup.contains("base") && setup.contains("change"))
        return run_group_spec(test, base_of(test, cases));
    for (const auto& shape : shapes()) {
        const bool all = std::all_of(shape.keys.begin(), shape.keys.end(), [&](const char* key) {
            return setup.contains(key);
        });
        if (all && shape.steps == test.contains("steps")) return shape.run(test);
    }
    return Outcome::skip("no rule known for a setup of: " + keys_of(setup));
}

class CasesForm final : public Form {
  public:
    [[nodiscard]] bool matches(const json& first) const override {
        if (!first.is_object() || !first.contains("cases")) return false;
        const auto& cases = first.at("cases");
        return cases.is_array() && !cases.empty() && cases[0].is_object() &&
               cases[0].contains("module") && cases[0].contains("setup");
    }

    void run(const json& record, const Options& /*options*/, Reporter& out) override {
        const auto& cases = record.at("cases");
        for (const auto& test : cases) {
            const auto id = text_of(test.value("id", json{}));
            try {
                out.report(id, run_case(test, cases));
            } catch (const std::exception& e) {
                out.report(id, Outcome::fail(std::string("the case cannot be run: ") + e.what()));
            }
        }
    }
};

}  // namespace

std::unique_ptr<Form> make_cases_form() {
    return std::make_unique<CasesForm>();
}

}  // namespace vectors
