// Recorded cases come in forms: one form per kind of file, recognised by its first record. A new
// form is a new file tests/vectors/<name>_form.cpp with a factory, and one line in forms.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vectors {

enum class Verdict : std::uint8_t { kPass, kFail, kSkip };

/// `text` of a failure is "expected ... got ...", that of a skipped case says why.
struct Outcome {
    Verdict verdict = Verdict::kPass;
    std::string text;

    static Outcome pass() { return {}; }

    static Outcome skip(std::string reason) { return {Verdict::kSkip, std::move(reason)}; }

    static Outcome fail(std::string text) { return {Verdict::kFail, std::move(text)}; }

    static Outcome fail(std::string_view expected, std::string_view got) {
        std::string text = "expected ";
        text.append(expected).append(" got ").append(got);
        return fail(std::move(text));
    }
};

/// What the command line asks for.
struct Options {
    bool no_gas = false;  ///< gas is not compared
    std::string folder;   ///< where the file lies that is being run
};

/// Hears the outcome of each case, in order.
class Reporter {
  public:
    virtual ~Reporter() = default;
    virtual void report(std::string_view id, const Outcome& outcome) = 0;
};

class Form {
  public:
    virtual ~Form() = default;

    /// True when a file that begins with this record has this form.
    [[nodiscard]] virtual bool matches(const nlohmann::json& first) const = 0;
    /// Runs one record: a line of a file of lines, else the whole document. Each case in it is
    /// reported once, under its own id.
    virtual void run(const nlohmann::json& record, const Options& options, Reporter& reporter) = 0;
};

/// Every form there is, in the order in which they are asked whether a file is theirs.
std::vector<std::unique_ptr<Form>> all_forms();

std::unique_ptr<Form> make_cases_form();
std::unique_ptr<Form> make_errors_form();
std::unique_ptr<Form> make_market_form();
std::unique_ptr<Form> make_numbers_form();
std::unique_ptr<Form> make_provider_decision_form();
std::unique_ptr<Form> make_provider_inventory_form();
std::unique_ptr<Form> make_provider_pricing_form();
std::unique_ptr<Form> make_sdl_form();
std::unique_ptr<Form> make_validate_basic_form();

}  // namespace vectors
