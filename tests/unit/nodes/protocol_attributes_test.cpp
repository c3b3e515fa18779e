#include "nodes/protocol/attributes.h"

#include <gtest/gtest.h>

#include <string>

namespace nodes {
namespace {

Attribute yes(std::string key) {
    return {std::move(key), "true"};
}

TEST(Glob, StarStopsAtASlash) {
    EXPECT_TRUE(glob_match("vendor/nvidia/model/*", "vendor/nvidia/model/a100"));
    EXPECT_FALSE(glob_match("vendor/nvidia/model/*", "vendor/nvidia/model/a100/ram/80Gi"));
    EXPECT_FALSE(glob_match("*", "a/b"));
    EXPECT_TRUE(glob_match("*/*", "a/b"));
    EXPECT_TRUE(glob_match("vendor/*/model/a100", "vendor/nvidia/model/a100"));
}

TEST(Glob, StarMayMatchNothing) {
    EXPECT_TRUE(glob_match("region*", "region"));
    EXPECT_TRUE(glob_match("*", ""));
    EXPECT_TRUE(glob_match("r*eg*ion", "region"));
    EXPECT_TRUE(glob_match("***", "abc"));
}

TEST(Glob, StarTriesEveryPlaceForTheLastChunk) {
    EXPECT_TRUE(glob_match("*ab", "abab"));
    EXPECT_TRUE(glob_match("a*b*c", "axbxbxc"));
    EXPECT_FALSE(glob_match("a*b*c", "axbxbx"));
    EXPECT_FALSE(glob_match("*x", "abc"));
}

TEST(Glob, QuestionMarkIsOneCharacterButNoSlash) {
    EXPECT_TRUE(glob_match("r?gion", "region"));
    EXPECT_FALSE(glob_match("a?b", "a/b"));
    EXPECT_FALSE(glob_match("region?", "region"));
    EXPECT_TRUE(glob_match("a?b",
                           "a\xc3\xa9"
                           "b"));  // two bytes of UTF-8 are one character
}

TEST(Glob, ClassMayNameAndMatchASlash) {
    EXPECT_TRUE(glob_match("a[/]b", "a/b"));
    EXPECT_TRUE(glob_match("a[^x]b", "a/b"));
    EXPECT_TRUE(glob_match("[a-c]x", "bx"));
    EXPECT_FALSE(glob_match("[a-c]x", "dx"));
    EXPECT_FALSE(glob_match("[^r]egion", "region"));
    EXPECT_FALSE(glob_match("[z-a]", "m"));
    EXPECT_TRUE(glob_match("[\\-x]", "-"));
    EXPECT_TRUE(glob_match("[*]", "*"));
}

TEST(Glob, BackslashTakesTheNextCharacterAsItIs) {
    EXPECT_TRUE(glob_match("a\\*b", "a*b"));
    EXPECT_FALSE(glob_match("a\\*b", "axb"));
}

TEST(Glob, BadPatternMatchesNothing) {
    for (const auto* bad : {"[", "[]", "[r", "[r-]", "[-r]", "[]a]", "[^]", "reg*[", "region\\"}) {
        EXPECT_FALSE(glob_match(bad, "region")) << bad;
        EXPECT_FALSE(glob_match(bad, "r")) << bad;
        EXPECT_FALSE(glob_match(bad, "")) << bad;
    }
}

TEST(Glob, EmptyPatternMatchesTheEmptyKeyOnly) {
    EXPECT_TRUE(glob_match("", ""));
    EXPECT_FALSE(glob_match("", "a"));
    EXPECT_FALSE(glob_match("a", ""));
}

TEST(AttributeKeys, RequirementKeysMayEndWithAStar) {
    EXPECT_TRUE(valid_requirement_key("ab"));
    EXPECT_TRUE(valid_requirement_key("ab*"));
    EXPECT_TRUE(valid_requirement_key("vendor/nvidia/model/*"));
    EXPECT_TRUE(valid_requirement_key("a-"));
    EXPECT_TRUE(valid_requirement_key("a/b.c-d_e"));
    for (const auto* bad : {"",
                            "a",
                            "a*",
                            "1a",
                            "_a",
                            "a b",
                            "a**",
                            "a*b",
                            "\xc3\xa9"
                            "a",
                            "a$"}) {
        EXPECT_FALSE(valid_requirement_key(bad)) << bad;
    }
}

TEST(AttributeKeys, The128thCharacterMustBeAWordOrAStar) {
    const std::string base(126, 'x');
    EXPECT_TRUE(valid_requirement_key("a" + base));
    EXPECT_TRUE(valid_requirement_key("a" + base + "y"));
    EXPECT_TRUE(valid_requirement_key("a" + base + "*"));
    EXPECT_FALSE(valid_requirement_key("a" + base + "/"));
    EXPECT_FALSE(valid_requirement_key("a" + base + "yy"));
}

TEST(AttributeKeys, ProviderKeysHaveNoStarAndNoLastOptionalCharacter) {
    EXPECT_TRUE(valid_provider_key("capabilities/storage/1/class"));
    EXPECT_TRUE(valid_provider_key("a" + std::string(126, 'x')));
    EXPECT_FALSE(valid_provider_key("a" + std::string(127, 'x')));
    EXPECT_FALSE(valid_provider_key("ab*"));
    EXPECT_FALSE(valid_provider_key("a"));
}

TEST(AttributeKeys, TheFirstFaultIsReportedKeyByKey) {
    const auto repeated = validate_provider_attributes({yes("ab"), yes("ab"), yes("$")});
    EXPECT_EQ(repeated.error().code, (sim::ErrorCode{"akash", 1}));
    const auto bad = validate_provider_attributes({yes("ab"), yes("$"), yes("ab")});
    EXPECT_EQ(bad.error().code, (sim::ErrorCode{"akash", 2}));
    EXPECT_EQ(bad.error().text, "attribute key does not match regexp");
}

TEST(AttributeKeys, ARepeatedKeyIsFoundInLongListsToo) {
    Attributes many;
    for (int i = 0; i < 100; ++i)
        many.push_back(yes("key" + std::to_string(i)));
    EXPECT_TRUE(validate_provider_attributes(many));
    many.push_back(yes("key3"));
    EXPECT_FALSE(validate_provider_attributes(many));
    many.back().key = "key77";
    EXPECT_FALSE(validate_provider_attributes(many));
}

TEST(Placement, WithoutSignersTheProvidersOwnAttributesCount) {
    PlacementRequirements required;
    required.attributes = {{"region", "us-west"}};
    EXPECT_TRUE(match_placement(required, {{"region", "us-west"}}, {}));
    EXPECT_FALSE(match_placement(required, {{"region", "us-east"}}, {}));
    EXPECT_TRUE(match_placement({}, {}, {}));
}

TEST(Placement, AllOfAndAnyOfMustBothHold) {
    PlacementRequirements required;
    required.attributes = {{"region", "us-west"}};
    required.all_of = {"a1"};
    required.any_of = {"a2", "a3"};
    const Attributes west{{"region", "us-west"}};
    const Attributes east{{"region", "us-east"}};
    EXPECT_TRUE(match_placement(required, east, {{"a1", &west}, {"a3", &west}}));
    EXPECT_FALSE(match_placement(required, west, {{"a1", &west}}));
    EXPECT_FALSE(match_placement(required, west, {{"a1", &east}, {"a3", &west}}));
    EXPECT_FALSE(match_placement(required, west, {{"a1", &west}, {"a3", &east}}));
    EXPECT_FALSE(match_placement(required, west, {}));
}

TEST(Placement, SignersWithoutAttributesNeedARecordOnly) {
    PlacementRequirements required;
    required.any_of = {"a1"};
    const Attributes none;
    EXPECT_TRUE(match_placement(required, {}, {{"a1", &none}}));
    EXPECT_FALSE(match_placement(required, {}, {{"a2", &none}}));
}

GroupSpec storage_spec(Attributes attributes) {
    GroupSpec spec;
    spec.resources.emplace_back().resources.storage.push_back({"data", 1, std::move(attributes)});
    return spec;
}

TEST(ResourceMatch, AVolumeNeedsOneStorageGroupWithAllItsAttributes) {
    const auto spec = storage_spec({{"class", "beta2"}, {"persistent", "true"}});
    EXPECT_TRUE(match_resources(spec,
                                {{"capabilities/storage/1/class", "beta2"},
                                 {"region", "x"},
                                 {"capabilities/storage/1/persistent", "true"}}));
    EXPECT_FALSE(match_resources(spec,
                                 {{"capabilities/storage/1/class", "beta2"},
                                  {"capabilities/storage/2/persistent", "true"}}));
    EXPECT_TRUE(match_resources(spec,
                                {{"capabilities/storage/1/class", "beta2"},
                                 {"capabilities/storage/2/class", "beta2"},
                                 {"capabilities/storage/1/persistent", "false"},
                                 {"capabilities/storage/2/persistent", "true"}}));
}

TEST(ResourceMatch, StorageKeysOfAnotherDepthAreIgnoredAndThePrefixIsTextual) {
    const auto spec = storage_spec({{"class", "beta2"}});
    EXPECT_FALSE(match_resources(spec, {{"capabilities/storage/class", "beta2"}}));
    EXPECT_FALSE(match_resources(spec, {{"capabilities/storage/1/class/x", "beta2"}}));
    EXPECT_TRUE(match_resources(spec, {{"capabilities/storage-x/1/class", "beta2"}}));
    EXPECT_TRUE(match_resources(storage_spec({}), {}));
}

GroupSpec gpu_spec(int units, Attributes attributes) {
    GroupSpec spec;
    spec.resources.emplace_back().resources.gpu = Quantity{units, std::move(attributes)};
    return spec;
}

TEST(ResourceMatch, OneGpuModelOfSeveralIsEnough) {
    const auto spec =
        gpu_spec(1, {yes("vendor/nvidia/model/a100"), yes("vendor/nvidia/model/h100")});
    EXPECT_TRUE(match_resources(spec, {yes("capabilities/gpu/vendor/nvidia/model/h100")}));
    EXPECT_FALSE(match_resources(spec, {yes("capabilities/gpu/vendor/nvidia/model/t4")}));
    EXPECT_FALSE(match_resources(spec, {yes("vendor/nvidia/model/h100")}));
}

TEST(ResourceMatch, GpusWithoutAttributesMatchEveryProvider) {
    EXPECT_TRUE(match_resources(gpu_spec(4, {}), {}));
    EXPECT_TRUE(match_resources(gpu_spec(0, {yes("vendor/nvidia/model/a100")}), {}));
}

TEST(ResourceMatch, AGpuKeyNeedsTwoSegmentsBehindItsClass) {
    EXPECT_FALSE(match_resources(gpu_spec(1, {yes("vendor")}), {yes("capabilities/gpu/vendor")}));
    EXPECT_TRUE(match_resources(gpu_spec(1, {yes("a/*")}), {yes("capabilities/gpu/a/b")}));
}

GroupSpec two_units() {
    GroupSpec spec;
    spec.resources.resize(2);
    spec.resources[0].resources.id = 1;
    spec.resources[0].count = 3;
    spec.resources[1].resources.id = 2;
    spec.resources[1].count = 1;
    return spec;
}

ResourceOffer offer(std::uint32_t id, std::uint32_t count) {
    ResourceOffer made;
    made.resources.id = id;
    made.count = count;
    return made;
}

TEST(Offer, IdsMustExistWithTheSameCountButNotAllOfThem) {
    const auto spec = two_units();
    EXPECT_TRUE(*match_offer({}, spec));
    EXPECT_TRUE(*match_offer({offer(2, 1)}, spec));
    EXPECT_TRUE(*match_offer({offer(2, 1), offer(1, 3)}, spec));
    EXPECT_FALSE(*match_offer({offer(1, 2)}, spec));
    EXPECT_FALSE(*match_offer({offer(7, 1)}, spec));
}

TEST(Offer, AnIdTwiceIsAPanicUnlessTheOfferFailedBefore) {
    const auto panicked = match_offer({offer(1, 3), offer(1, 3)}, two_units());
    ASSERT_FALSE(panicked);
    EXPECT_EQ(panicked.error().kind, sim::ErrorKind::kPanic);
    EXPECT_FALSE(*match_offer({offer(1, 2), offer(1, 3)}, two_units()));
}

}  // namespace
}  // namespace nodes
