// Applies the rules of the house to made-up files, to prove that each can fail, and then to this
// checkout.
#include "tests/tidy/rules.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const fs::path& root() {
    static const fs::path path{ORRERY_SOURCE_DIR};
    return path;
}

std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    if (!fs::is_directory(folder)) return names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

/// Paths below the folders of the house, relative to the root, in order.
std::vector<std::string> files_ending_in(std::initializer_list<std::string_view> endings) {
    std::set<std::string> paths;
    for (const auto& folder : folders()) {
        if (!fs::is_directory(root() / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
            const auto path = fs::relative(entry.path(), root()).generic_string();
            const bool wanted = std::any_of(
                endings.begin(), endings.end(), [&](auto end) { return path.ends_with(end); });
            if (entry.is_regular_file() && wanted) paths.insert(path);
        }
    }
    return {paths.begin(), paths.end()};
}

using Check = Findings (*)(std::string_view, std::string_view);

Findings check_all(const std::vector<std::string>& paths, Check check) {
    Findings found;
    for (const auto& path : paths) {
        const auto of_file = check(path, read(root() / path));
        found.insert(found.end(), of_file.begin(), of_file.end());
    }
    return found;
}

std::string function_of(std::size_t lines, const std::string& signature) {
    std::string text = signature + " {\n";
    for (std::size_t i = 2; i < lines; ++i)
        text += "    if (x) { y(); }\n";
    return text + "}\n";
}

// ---- each rule can fail ----

TEST(TidyRules, AFolderIncludesOnlyWhatStandsToItsLeft) {
    EXPECT_THAT(check_includes("sim/a.cpp", "#include \"nodes/chain/app.h\"\n"),
                ElementsAre("sim/a.cpp:1: sim must not include nodes/chain/app.h"));
    EXPECT_THAT(check_includes("providers/a.cpp", "\n#include \"tenants/tenant.h\"\n"),
                ElementsAre("providers/a.cpp:2: providers must not include tenants/tenant.h"));
    EXPECT_THAT(check_includes("tenants/a.h", "#include \"providers/provider.h\"\n"), SizeIs(1));
    EXPECT_THAT(check_includes("scenarios/engine/a.h", "#include \"gui/app.h\"\n"), SizeIs(1));
    EXPECT_THAT(check_includes("nodes/chain/a.h", "#include \"tests/support/a.h\"\n"), SizeIs(1));
    EXPECT_THAT(check_includes("scenarios/engine/a.h", "#include \"tenants/tenant.h\"\n"),
                IsEmpty());
    EXPECT_THAT(check_includes("sim/a.cpp", "#include <vector>\n// #include \"gui/a.h\"\n"),
                IsEmpty());
}

TEST(TidyRules, InsideNodesTheDirectionIsProtocolChainModulesNetworks) {
    EXPECT_THAT(
        check_includes("nodes/protocol/a.h", "#include \"nodes/chain/view.h\"\n"),
        ElementsAre("nodes/protocol/a.h:1: nodes/protocol must not include nodes/chain/view.h"));
    EXPECT_THAT(check_includes("nodes/chain/state.h", "#include \"nodes/modules/bank.h\"\n"),
                SizeIs(1));
    EXPECT_THAT(check_includes("nodes/modules/a.h", "#include \"nodes/networks/a.h\"\n"),
                SizeIs(1));
    EXPECT_THAT(check_includes("nodes/consensus/a.h", "#include \"nodes/modules/bank.h\"\n"),
                SizeIs(1));
    EXPECT_THAT(check_includes("nodes/chain/app.cpp", "#include \"nodes/modules/bank.h\"\n"),
                IsEmpty());
    EXPECT_THAT(check_includes("nodes/networks/a.cpp", "#include \"nodes/modules/bank.h\"\n"),
                IsEmpty());
}

TEST(TidyRules, FewFilesKnowTheForeignLibraries) {
    EXPECT_THAT(check_includes("nodes/chain/a.cpp", "#include <spdlog/spdlog.h>\n"), SizeIs(1));
    EXPECT_THAT(check_includes("scenarios/engine/a.cpp", "#include <sqlite3.h>\n"), SizeIs(1));
    EXPECT_THAT(check_includes("sim/rng.cpp", "#include <boost/asio.hpp>\n"), SizeIs(1));
    EXPECT_THAT(check_includes("scenarios/main.cpp", "#include <imgui.h>\n"), SizeIs(1));
    EXPECT_THAT(check_includes("sim/log.h", "#include <spdlog/spdlog.h>\n"), IsEmpty());
    EXPECT_THAT(check_includes("gui/app.cpp", "#include <imgui.h>\n"), IsEmpty());
}

TEST(TidyRules, TheWindowNeverCallsAKeeper) {
    EXPECT_THAT(check_includes("gui/a.cpp", "#include \"nodes/modules/market/keeper.h\"\n"),
                SizeIs(1));
}

TEST(TidyRules, ForeignRandomnessAndWallClocksAreFoundInCode) {
    const std::string prefix = "std::";
    for (const std::string name : {"rand", "uniform_int", "normal_x", "mt19937"}) {
        std::string code = prefix;
        code.append(name).append("(1);\n");
        EXPECT_THAT(check_code_words("sim/a.cpp", code), SizeIs(1)) << name;
    }
    EXPECT_THAT(check_code_words("sim/a.cpp", prefix + "poisson_distri" + "bution<int> d;\n"),
                SizeIs(1));
    EXPECT_THAT(check_code_words("sim/a.cpp", prefix + "random_" + "device d;\n"), SizeIs(1));
    EXPECT_THAT(check_code_words("sim/a.cpp",
                                 "chrono::system_"
                                 "clock::now();\n"),
                SizeIs(1));
    EXPECT_THAT(check_code_words("nodes/chain/a.cpp",
                                 "steady_"
                                 "clock::now();\n"),
                SizeIs(1));
    EXPECT_THAT(check_code_words("sim/a.h",
                                 "using "
                                 "namespace std;\n"),
                SizeIs(1));
}

TEST(TidyRules, NodesKnowNoFloatingPoint) {
    EXPECT_THAT(check_code_words("nodes/chain/a.h", "\ndouble price = 0;\n"),
                ElementsAre("nodes/chain/a.h:2: double: no floating point in nodes"));
    EXPECT_THAT(check_code_words("nodes/chain/a.h", "// a double spend\nint redouble;\n"),
                IsEmpty());
    EXPECT_THAT(check_code_words("tenants/a.h", "double price = 0;\n"), IsEmpty());
}

TEST(TidyRules, StringsAndCommentsAreNoCode) {
    const std::string word =
        "std::"
        "rand";
    EXPECT_THAT(check_code_words("sim/a.cpp", "f(\"" + word + "\"); // " + word + "\n"), IsEmpty());
    EXPECT_THAT(check_code_words("sim/a.cpp", "f(R\"(\" " + word + ")\"); /* " + word + " */\n"),
                IsEmpty());
    EXPECT_THAT(check_code_words("sim/a.cpp", "f(1'000, \"\\\"\", '\"', " + word + "());\n"),
                SizeIs(1));
    EXPECT_THAT(check_code_words("sim/a.cpp",
                                 "my::random_access(std"
                                 "::random_access_iterator_tag);\n"),
                IsEmpty());
}

TEST(TidyRules, OpenWorkAndMachinePathsAreFoundAnywhere) {
    EXPECT_THAT(check_text_words("sim/a.cpp",
                                 "// TO"
                                 "DO: later\n"),
                SizeIs(1));
    EXPECT_THAT(check_text_words("sim/a.cpp",
                                 "// FIX"
                                 "ME\n"),
                SizeIs(1));
    EXPECT_THAT(check_text_words("tests/run",
                                 "cd /wo"
                                 "rk/main\n"),
                SizeIs(1));
    EXPECT_THAT(check_text_words("tests/a.cpp",
                                 "open(\"/tm"
                                 "p/x.db\");\n"),
                SizeIs(1));
    EXPECT_THAT(check_text_words("sim/a.cpp", "// a mastodon, workable\n"), IsEmpty());
}

TEST(TidyRules, FilesAreNotLongerThanEightHundredLines) {
    std::string text;
    for (int i = 0; i < 800; ++i)
        text += "int x;\n";
    EXPECT_THAT(check_lines("sim/a.cpp", text), IsEmpty());
    EXPECT_THAT(check_lines("sim/a.cpp", text + "int y;\n"),
                ElementsAre("sim/a.cpp:801: the file has more than 800 lines"));
}

TEST(TidyRules, TrailingBlanksAreFound) {
    EXPECT_THAT(check_lines("sim/a.cpp", "int x; \nint y;\n"),
                ElementsAre("sim/a.cpp:1: trailing space"));
    EXPECT_THAT(check_lines("sim/a.cpp", "int x;\r\n"), SizeIs(1));
    EXPECT_THAT(check_lines("sim/a.cpp", "int x;"), SizeIs(1));
}

TEST(TidyRules, FunctionsAreNotLongerThanSeventyLines) {
    EXPECT_THAT(check_functions("sim/a.cpp", function_of(70, "int f(int x)")), IsEmpty());
    EXPECT_THAT(check_functions("sim/a.cpp", function_of(71, "\nint f(int x)")),
                ElementsAre("sim/a.cpp:2: a function of 71 lines"));
    EXPECT_THAT(check_functions("gui/a.cpp", function_of(100, "void draw(int x)")), IsEmpty());
    EXPECT_THAT(check_functions("gui/a.cpp", function_of(101, "void draw(int x)")), SizeIs(1));
}

TEST(TidyRules, FunctionsAreFoundWhereverTheyStand) {
    const std::vector<std::string> signatures{
        "bool operator==(const A& a) const",
        "template <class T = int>\nrequires Scalar<T>\nauto f(T x) -> int",
        "A::A(int x) : x_{x}, y_(x)",
        "TEST(Escrow, Pays)",
        "std::vector<struct A> f(std::map<int, int> m = {})",
        "static Result<B> f(struct C c) noexcept",
    };
    for (const auto& signature : signatures) {
        const auto function = function_of(71, signature);
        EXPECT_THAT(check_functions("sim/a.h", function), SizeIs(1)) << signature;
        EXPECT_THAT(
            check_functions("sim/a.h", "namespace a {\nstruct B {\n" + function + "};\n}\n"),
            SizeIs(1))
            << signature;
    }
}

TEST(TidyRules, TablesAndTypesAreNoFunctions) {
    EXPECT_THAT(check_functions("sim/a.cpp", function_of(90, "const std::map<int, F> kTable")),
                IsEmpty());
    EXPECT_THAT(check_functions("sim/a.cpp", function_of(90, "constexpr auto kTable = make(A")),
                IsEmpty());
    EXPECT_THAT(check_functions("sim/a.h", function_of(90, "template <class T>\nstruct A : B<T>")),
                IsEmpty());
    EXPECT_THAT(check_functions("sim/a.cpp",
                                "// {\nconst char* s = \"{(\";\n" + function_of(90, "namespace")),
                IsEmpty());
}

TEST(TidyRules, AHeaderSaysWhatItIsFor) {
    EXPECT_THAT(check_header("sim/a.h", "#pragma once\n"), SizeIs(1));
    EXPECT_THAT(check_header("sim/a.h", "// Counts.\nint x;\n"), SizeIs(1));
    EXPECT_THAT(check_header("sim/a.h", "// Counts.\n#pragma once\n"), IsEmpty());
}

TEST(TidyRules, AReadmeHasATitle) {
    EXPECT_THAT(check_readme("sim/README.md", "The kernel.\n"), SizeIs(1));
    EXPECT_THAT(check_readme("sim/README.md", "# The kernel\n"), IsEmpty());
}

TEST(TidyRules, TheTopLevelIsFixed) {
    EXPECT_THAT(check_top_level({"sim", "CMakePresets.json"}),
                ElementsAre("CMakePresets.json:1: the top level is fixed"));
    EXPECT_THAT(check_top_level({"sim", "build", "build-sanitize", "run.db", "README.md"}),
                IsEmpty());
}

TEST(TidyRules, APlugInIsNamedInItsCatalog) {
    const std::string catalog = "#define STRATEGIES(X) X(scale, \"\") X(undercut_more, \"\")\n";
    EXPECT_THAT(check_catalog("providers/strategies", {"catalog.cpp", "scale.cpp"}, catalog),
                IsEmpty());
    EXPECT_THAT(check_catalog("providers/strategies", {"scale.cpp", "undercut.cpp"}, catalog),
                ElementsAre("providers/strategies/undercut.cpp:1: not in its catalog.cpp"));
}

// ---- this checkout keeps them ----

TEST(Tidy, SourcesKeepTheRulesOfTheHouse) {
    const auto sources = files_ending_in({".h", ".cpp"});
    ASSERT_FALSE(sources.empty());
    for (const Check check : {check_includes,
                              check_code_words,
                              check_text_words,
                              check_lines,
                              check_functions,
                              check_header}) {
        EXPECT_THAT(check_all(sources, check), IsEmpty());
    }
}

TEST(Tidy, OtherTextsKeepTheRulesOfTheHouse) {
    auto texts = files_ending_in({".txt", ".md", ".yaml", "/run"});
    for (const auto* name : {"CMakeLists.txt", "README.md", ".ci/run", ".ci/build", ".ci/setup"}) {
        texts.emplace_back(name);
    }
    EXPECT_THAT(check_all(texts, check_text_words), IsEmpty());
}

TEST(Tidy, EveryFolderHasAReadmeWithATitle) {
    std::vector<std::string> readmes{"README.md"};
    for (const auto& folder : folders())
        readmes.push_back(fs::path(folder) / "README.md");
    EXPECT_THAT(check_all(readmes, check_readme), IsEmpty());
}

TEST(Tidy, TheTopLevelHoldsNothingElse) {
    EXPECT_THAT(check_top_level(names_in(root())), IsEmpty());
}

TEST(Tidy, EveryPlugInIsInItsCatalog) {
    for (const std::string folder :
         {"providers/strategies", "providers/supply", "tenants/behaviours"}) {
        const auto catalog = read(root() / folder / "catalog.cpp");
        EXPECT_THAT(check_catalog(folder, names_in(root() / folder), catalog), IsEmpty());
    }
}

}  // namespace
}  // namespace tidy
