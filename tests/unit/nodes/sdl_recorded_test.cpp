// What the real reader answered: a small copy of its answers, and all of them where they are at
// hand.
#include "nodes/protocol/base64.h"
#include "nodes/protocol/sdl.h"
#include "nodes/protocol/sdl_text.h"
#include "tests/support/vector_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace nodes {
namespace {

using Json = nlohmann::json;

Json answer_to(std::string_view sdl) {
    Names names;
    const auto read = read_sdl(sdl, names);
    if (!read) {
        const bool panicked = read.error().kind == sim::ErrorKind::kPanic;
        return {{"ok", false},
                {"error", (panicked ? "panic: " : "") + valid_utf8(read.error().text)}};
    }
    std::string version;
    for (const char c : read->version) {
        version += fmt::format("{:02x}", static_cast<unsigned char>(c));
    }
    return {{"ok", true},
            {"groups", Json(groups_json(*read, names))},
            {"manifest", Json(manifest_json(read->manifest))},
            {"version", version}};
}

/// Number of records that differ, with the first few shown.
int run(const std::string& path, int& cases) {
    test_support::VectorFile file(path);
    int failed = 0;
    while (const auto record = file.next()) {
        const auto text = record->contains("sdl")
                              ? (*record)["sdl"].get<std::string>()
                              : base64_decode((*record)["sdl_b64"].get<std::string>()).value();
        std::vector<Json> right{(*record)["result"]};
        for (const auto& other : record->value("also", Json::array()))
            right.push_back(other);
        const auto ours = answer_to(text);
        ++cases;
        if (std::find(right.begin(), right.end(), ours) != right.end()) continue;
        if (++failed <= 5) {
            ADD_FAILURE() << record->value("id", "?") << ": " << ours.value("error", "ok")
                          << "\nexpected " << right.front().value("error", "ok");
        }
    }
    return failed;
}

TEST(SdlRecorded, AnswersTheSmallCopyAsTheRealReaderDid) {
    int cases = 0;
    EXPECT_EQ(run(std::string(ORRERY_SOURCE_DIR) + "/tests/data/sdl/cases.jsonl", cases), 0);
    EXPECT_GE(cases, 80);
}

TEST(SdlRecorded, AnswersEveryMutationAsTheRealReaderDid) {
    const auto path = std::string(ORRERY_SOURCE_DIR) + "/../shared/sdl/mutations.jsonl.gz";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "the shared files are not here";
    int cases = 0;
    EXPECT_EQ(run(path, cases), 0);
    EXPECT_GE(cases, 1000);
}

}  // namespace
}  // namespace nodes
