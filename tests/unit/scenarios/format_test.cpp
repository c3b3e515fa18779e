// The description of the format tells the truth: its examples load and run, and what it says can be
// listed can be.
#include "scenarios/engine/loader.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace scenarios {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string format_text() {
    std::ifstream in(ORRERY_SOURCE_DIR "/scenarios/FORMAT.md");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::string> examples() {
    constexpr std::string_view kOpen = "```yaml\n";
    std::vector<std::string> out;
    const std::string text = format_text();
    for (auto at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at)) {
        at += kOpen.size();
        const auto end = text.find("```", at);
        out.push_back(text.substr(at, end - at));
    }
    return out;
}

TEST(Format, ItsExamplesRunAndHold) {
    const auto texts = examples();
    ASSERT_EQ(texts.size(), 2U);
    for (const std::string& text : texts) {
        const auto scenario =
            load_scenario({.file = "FORMAT.md", .text = text, .files = {}, .settings = {}});
        ASSERT_TRUE(scenario.has_value()) << scenario.error().text;
        RunOptions options;
        const auto outcome = run_scenario(scenario.value(), options);
        ASSERT_TRUE(outcome.has_value()) << outcome.error().text;
        for (const CheckResult& check : outcome->checks)
            EXPECT_TRUE(check.held) << check.title << ": " << check.text;
        EXPECT_GE(outcome->checks.size(), 4U);
    }
}

TEST(Format, NamesWhatCanBeListed) {
    const std::string text = format_text();
    for (const std::string& kind : vocabulary_kinds()) {
        EXPECT_THAT(text, HasSubstr(kind));
        const auto words = vocabulary(kind);
        ASSERT_TRUE(words.has_value());
        EXPECT_FALSE(words->empty()) << kind;
        for (const Word& word : words.value()) {
            EXPECT_FALSE(word.about.empty()) << word.name;
            EXPECT_THAT(word.about, Not(HasSubstr("\n"))) << word.name;
        }
    }
    const auto unknown = vocabulary("strategy");
    ASSERT_FALSE(unknown.has_value());
    EXPECT_THAT(unknown.error().text, HasSubstr("there are series, strategies"));
}

}  // namespace
}  // namespace scenarios
