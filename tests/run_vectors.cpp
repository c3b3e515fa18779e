// Runs files of recorded cases: run_vectors [--no-gas] FILES... One line per case (PASS, FAIL,
// SKIP), then the totals alone on the last line. Exit code 0: all passed; 1: some failed; 2: a file
// that cannot be read or whose form is not reached yet.
#include "sim/assert.h"
#include "tests/support/vector_file.h"
#include "tests/vectors/form.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

class Printer final : public vectors::Reporter {
  public:
    void report(std::string_view id, const vectors::Outcome& outcome) override {
        switch (outcome.verdict) {
            case vectors::Verdict::kPass:
                ++passed_;
                fmt::print("PASS {}\n", id);
                break;
            case vectors::Verdict::kFail:
                ++failed_;
                fmt::print("FAIL {}: {}\n", id, outcome.text);
                break;
            case vectors::Verdict::kSkip:
                ++skipped_;
                fmt::print("SKIP {}: {}\n", id, outcome.text);
                break;
        }
    }

    void print_totals() const {
        fmt::print("{} passed, {} failed", passed_, failed_);
        if (skipped_ > 0) fmt::print(", {} skipped", skipped_);
        fmt::print("\n");
    }

    [[nodiscard]] bool any_failed() const { return failed_ > 0; }

  private:
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
    std::size_t skipped_ = 0;
};

/// Whatever a record makes of the program, only that record fails.
void run_record(vectors::Form& form,
                const nlohmann::json& record,
                const vectors::Options& options,
                Printer& printer) {
    try {
        form.run(record, options, printer);
    } catch (const std::exception& e) {
        const auto id = record.find("id");
        const bool named = id != record.end() && id->is_string();
        printer.report(named ? id->get<std::string>() : "?",
                       vectors::Outcome::fail("the case cannot be run: " + std::string(e.what())));
    }
}

/// False when no form knows the file.
bool run_file(const std::string& path, vectors::Options options, Printer& printer) {
    options.folder = std::filesystem::path(path).parent_path().string();
    test_support::VectorFile file(path);
    auto record = file.next();
    if (!record) return false;
    for (const auto& form : vectors::all_forms()) {
        if (!form->matches(*record)) continue;
        for (; record; record = file.next())
            run_record(*form, *record, options, printer);
        return true;
    }
    return false;
}

int run(const std::vector<std::string>& paths, const vectors::Options& options) {
    Printer printer;
    std::size_t reached = 0;
    bool unread = false;
    for (const auto& path : paths) {
        try {
            if (run_file(path, options, printer)) {
                ++reached;
                continue;
            }
            fmt::print("form not reached yet: {}\n", path);
        } catch (const std::exception& e) {
            fmt::print(stderr, "{}: {}\n", path, e.what());
        }
        unread = true;
    }
    if (reached > 0) printer.print_totals();
    if (printer.any_failed()) return 1;
    return unread ? 2 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    sim::assert_context().throws = true;
    vectors::Options options;
    std::vector<std::string> paths;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--no-gas") {
            options.no_gas = true;
        } else if (argument.starts_with("--")) {
            fmt::print(stderr, "unknown option {}\n", argument);
            return 2;
        } else {
            paths.emplace_back(argument);
        }
    }
    if (paths.empty()) {
        fmt::print(stderr, "usage: run_vectors [--no-gas] FILES...\n");
        return 2;
    }
    return run(paths, options);
}
