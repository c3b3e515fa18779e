// SDL files as a whole: groups, units, endpoints, the manifest's hash and the order of errors.
#include "nodes/protocol/sdl.h"
#include "nodes/protocol/sdl_document.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace nodes {
namespace {

/// Parts of a small file; each test replaces what it is about.
struct Parts {
    std::string version = "'2.0'";
    std::string services = "{web: {image: nginx, expose: [{port: 80, to: [{global: true}]}]}}";
    std::string compute =
        "{web: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, "
        "storage: {size: 1Gi}}}}";
    std::string placement = "{akash: {pricing: {web: {denom: uakt, amount: 100}}}}";
    std::string deployment = "{web: {akash: {profile: web, count: 2}}}";
    std::string more;

    [[nodiscard]] std::string text() const {
        return fmt::format(
            "version: {}\nservices: {}\nprofiles: {{compute: {}, placement: {}}}\n"
            "deployment: {}\n{}",
            version,
            services,
            compute,
            placement,
            deployment,
            more);
    }
};

std::string error_of(const Parts& parts) {
    Names names;
    const auto read = read_sdl(parts.text(), names);
    return read ? "ok" : read.error().text;
}

SdlResult read(const Parts& parts, Names& names) {
    auto result = read_sdl(parts.text(), names);
    EXPECT_TRUE(result.has_value()) << result.error().text;
    return std::move(result).value();
}

TEST(Sdl, MakesAGroupOfAPlacement) {
    Names names;
    const auto sdl = read({}, names);
    ASSERT_EQ(sdl.groups.size(), 1U);
    const auto& group = sdl.groups[0];
    EXPECT_EQ(group.name, "akash");
    ASSERT_EQ(group.resources.size(), 1U);
    const auto& unit = group.resources[0];
    EXPECT_EQ(unit.count, 2U);
    EXPECT_EQ(unit.resources.id, 1U);
    EXPECT_EQ(unit.resources.cpu->value, 1000);
    EXPECT_EQ(unit.resources.memory->value, 1 << 30);
    EXPECT_EQ(unit.resources.gpu->value, 0);
    EXPECT_EQ(unit.price.scaled, sim::Wide(100) * sim::kDecOne);
    EXPECT_EQ(names.denoms.text(unit.price.denom), "uakt");
    ASSERT_EQ(unit.resources.endpoints.size(), 1U);
    EXPECT_EQ(unit.resources.endpoints[0].kind, EndpointKind::kSharedHttp);
}

TEST(Sdl, HashesTheManifestWithSortedKeys) {
    Names names;
    const auto sdl = read({}, names);
    EXPECT_EQ(
        sorted_manifest_json(sdl.manifest),
        R"([{"name":"akash","services":[{"args":null,"command":null,"count":2,"env":null,)"
        R"("expose":[{"endpointSequenceNumber":0,"externalPort":0,"global":true,"hosts":null,)"
        R"("httpOptions":{"maxBodySize":1048576,"nextCases":["error","timeout"],"nextTimeout":0,)"
        R"("nextTries":3,"readTimeout":60000,"sendTimeout":60000},"ip":"","port":80,)"
        R"("proto":"TCP","service":""}],"image":"nginx","name":"web","params":null,)"
        R"("resources":{"cpu":{"units":{"val":"1000"}},"endpoints":[{"sequence_number":0}],)"
        R"("gpu":{"units":{"val":"0"}},"id":1,"memory":{"size":{"val":"1073741824"}},)"
        R"("storage":[{"name":"default","size":{"val":"1073741824"}}]}}]}])");
    EXPECT_EQ(sdl.version.size(), 32U);
}

TEST(Sdl, EscapesTextsAsGoDoesBeforeHashing) {
    std::string out;
    append_go_json(out, "<a&b>\n\x01\xe2\x80\xa8\"\xff");
    EXPECT_EQ(out,
              R"("\u003ca\u0026b\u003e\n\u0001\u2028\")"
              "\xef\xbf\xbd\"");
}

TEST(Sdl, SharesUnitsOfAProfileFromVersion21On) {
    Parts parts;
    parts.services =
        "{web: {image: a, expose: [{port: 80, to: [{global: true}]}]}, "
        "api: {image: b, expose: [{port: 81, to: [{global: true}]}]}}";
    parts.deployment =
        "{web: {akash: {profile: web, count: 2}}, "
        "api: {akash: {profile: web, count: 3}}}";
    Names names;
    auto sdl = read(parts, names);
    ASSERT_EQ(sdl.groups[0].resources.size(), 2U);
    EXPECT_EQ(sdl.manifest[0].services[1].resources.id, 2U);
    parts.version = "'2.1'";
    sdl = read(parts, names);
    ASSERT_EQ(sdl.groups[0].resources.size(), 1U);
    EXPECT_EQ(sdl.groups[0].resources[0].count, 5U);
    EXPECT_EQ(sdl.groups[0].resources[0].resources.endpoints.size(), 2U);
    EXPECT_EQ(sdl.manifest[0].services[1].resources.id, 1U);
    EXPECT_EQ(sdl.manifest[0].services[1].resources.endpoints.size(), 1U);
}

TEST(Sdl, CountsInternalPortsInTheNumbersOfLeasedAddresses) {
    Parts parts;
    parts.services =
        "{web: {image: a, expose: ["
        "{port: 80, to: [{global: true, ip: meow}]}, "
        "{port: 81, to: [{service: web}]}, {port: 82, to: [{service: web}]}]}}";
    parts.more = "endpoints: {meow: {kind: ip}}\n";
    Names names;
    const auto sdl = read(parts, names);
    const auto& endpoints = sdl.groups[0].resources[0].resources.endpoints;
    ASSERT_EQ(endpoints.size(), 2U);
    EXPECT_EQ(endpoints[1].kind, EndpointKind::kLeasedIp);
    EXPECT_EQ(endpoints[1].sequence_number, 3U);
}

TEST(Sdl, OrdersVolumesBySizeAndReversesEqualOnes) {
    Parts parts;
    parts.compute =
        "{web: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: ["
        "{name: a, size: 2Gi}, {name: b, size: 1Gi}, {name: c, size: 1Gi}]}}}";
    Names names;
    const auto sdl = read(parts, names);
    const auto& volumes = sdl.groups[0].resources[0].resources.storage;
    EXPECT_EQ(volumes[0].name, "c");
    EXPECT_EQ(volumes[1].name, "b");
    EXPECT_EQ(volumes[2].name, "a");
}

TEST(Sdl, KnowsItsVersions) {
    for (const auto* text : {"2", "v2.0", "02.0", "2.0.0", "2.0.0+x"}) {
        EXPECT_EQ(read_sdl_version(text).value(), SdlUnits::kPerService) << text;
    }
    for (const auto* text : {"2.1", "2.10", "3", "2.2.0-rc.1"}) {
        EXPECT_EQ(read_sdl_version(text).value(), SdlUnits::kPerProfile) << text;
    }
    EXPECT_EQ(read_sdl_version("2.1.0-rc1").error().text,
              "SDL invalid: config: unsupported version \"2.1.0-rc1\"");
    EXPECT_EQ(read_sdl_version("").error().text, "strconv.ParseUint: parsing \"\": invalid syntax");
    EXPECT_EQ(read_sdl_version("2.x").error().text,
              "Invalid character(s) found in minor number \"x\"");
}

TEST(Sdl, TellsAnUnknownProtocolBeforeAMissingProfile) {
    Parts parts;
    parts.deployment = "{web: {akash: {profile: nope, count: 1}}}";
    EXPECT_EQ(error_of(parts), "SDL invalid: web.akash: no compute profile named nope");
    parts.services = "{web: {image: a, expose: [{port: 80, proto: sctp}]}}";
    EXPECT_EQ(error_of(parts), "unsupported service protocol");
}

TEST(Sdl, CollectsWrongTypesOfOneSection) {
    Parts parts;
    parts.services = "{web: {image: [a], expose: [{port: x, to: 1}]}}";
    EXPECT_EQ(error_of(parts),
              "yaml: unmarshal errors:\n"
              "  line 2: cannot unmarshal !!seq into string\n"
              "  line 2: cannot unmarshal !!str `x` into uint32\n"
              "  line 2: cannot unmarshal !!int `1` into []sdl.v2ExposeTo");
}

TEST(Sdl, MergesMapsAndKeepsTheOwnKey) {
    Parts parts;
    parts.services =
        "{web: {<<: {image: a, env: [A=1]}, image: b, "
        "expose: [{port: 80, to: [{global: true}]}]}}";
    Names names;
    const auto sdl = read(parts, names);
    EXPECT_EQ(sdl.manifest[0].services[0].image, "b");
    EXPECT_EQ(sdl.manifest[0].services[0].env->at(0), "A=1");
}

TEST(Sdl, ReportsWhereTheRealReaderCrashes) {
    Parts parts;
    parts.placement = "{akash: {pricing: {web: {denom: u, amount: 1}}}}";
    Names names;
    const auto bad_denom = read_sdl(parts.text(), names);
    EXPECT_EQ(bad_denom.error().kind, sim::ErrorKind::kPanic);
    EXPECT_EQ(bad_denom.error().text, "invalid denom: u");
    parts.placement = "{akash: {pricing: {web: }}}";
    EXPECT_EQ(error_of(parts), "runtime error: invalid memory address or nil pointer dereference");
}

TEST(Sdl, ReadsPricesAsTheChainsDecimals) {
    const auto with = [](std::string_view amount) {
        Parts parts;
        parts.placement =
            fmt::format("{{akash: {{pricing: {{web: {{denom: uakt, amount: {}}}}}}}}}", amount);
        return error_of(parts);
    };
    EXPECT_EQ(with("+00012"), "ok");
    EXPECT_EQ(with("\"--5\""), "ok");
    EXPECT_EQ(with(".5"), "invalid decimal length");
    EXPECT_EQ(with("1.2.3"), "invalid decimal string");
    EXPECT_EQ(with("-1"),
              "invalid: negative value not allowed: amount \"-1.000000000000000000\" "
              "is negative");
    EXPECT_EQ(with("1e2"), "failed to set decimal string with base 10: 1e2000000000000000000");
    EXPECT_EQ(with("10000001"),
              "group akash: error: invalid unit price "
              "(10000000 > 10000001.000000000000000000uakt fails)");
    EXPECT_EQ(with(std::string(90, '9')),
              "decimal '" + std::string(90, '9') + "' out of range; bitLen: got 359, max 315");
}

TEST(Sdl, RefusesHostsThatAreNoUrl) {
    EXPECT_EQ(url_problem("a.com"), std::nullopt);
    EXPECT_EQ(url_problem("a.com:80/x%20y?%zz"), std::nullopt);
    EXPECT_EQ(url_problem("a b"), "parse \"http://a b\": invalid character \" \" in host name");
    EXPECT_EQ(url_problem("a:x"), "parse \"http://a:x\": invalid port \":x\" after host");
    EXPECT_EQ(url_problem("%41"), "parse \"http://%41\": invalid URL escape \"%41\"");
    EXPECT_EQ(url_problem("[::1"), "parse \"http://[::1\": missing ']' in host");
}

TEST(Sdl, BoundsWhatAFileMayExpandTo) {
    Names names;
    EXPECT_EQ(read_sdl(std::string((1U << 20U) + 1, ' '), names).error().text,
              "the file is larger than 1 MiB");
    // One long text used by many aliases; the real reader shares it.
    std::string env = "[&x A=" + std::string(200'000, 'x');
    for (int i = 0; i < 2000; ++i)
        env += ", y, *x, *x, *x";
    Parts parts;
    parts.services = "{web: {image: a, env: " + env + "]}}";
    EXPECT_EQ(error_of(parts), "the file expands to more than 32 MiB");
}

TEST(Sdl, EndsMergesThatNeverEnd) {
    Parts parts;
    parts.services = "{web: &w {image: a, <<: *w}}";
    EXPECT_EQ(error_of(parts), "yaml: anchor 'w' value contains itself");
    std::string chain = "&a0 {image: x}";
    for (int i = 1; i < 1000; ++i)
        chain += fmt::format(", s{0}: &a{0} {{<<: *a{1}}}", i, i - 1);
    parts.services = "{web: " + chain + "}";
    EXPECT_EQ(error_of(parts), "merges are nested deeper than 200 levels");
}

TEST(Sdl, PrintsGroupsAsTheNodeShowsThem) {
    Parts parts;
    parts.placement =
        "{akash: {attributes: {tier: a}, signedBy: {anyOf: []}, "
        "pricing: {web: {denom: uakt, amount: 1.5}}}}";
    const auto text = sdl_to_json(parts.text());
    ASSERT_TRUE(text.has_value());
    EXPECT_EQ(nlohmann::json::parse(*text), nlohmann::json::parse(R"({"groups": [{"name": "akash",
        "requirements": {"signed_by": {"all_of": null, "any_of": []},
                         "attributes": [{"key": "tier", "value": "a"}]},
        "resources": [{"resource": {"id": 1, "cpu": {"units": {"val": "1000"}},
            "memory": {"size": {"val": "1073741824"}},
            "storage": [{"name": "default", "size": {"val": "1073741824"}}],
            "gpu": {"units": {"val": "0"}}, "endpoints": [{"sequence_number": 0}]},
          "count": 2, "price": {"denom": "uakt", "amount": "1.500000000000000000"}}]}]})"));
}

}  // namespace
}  // namespace nodes
