// Stateless checks of broken messages: {"id", "what", "msg", "result"}. The result is {"ok": true},
// a refusal with codespace, code and log, or stage "decode" for what cannot be decoded at all.
#include "nodes/protocol/message_json.h"
#include "nodes/protocol/validate_basic.h"
#include "tests/vectors/form.h"

#include <fmt/format.h>

namespace vectors {
namespace {

std::string refusal_text(const sim::Error& error) {
    const bool panicked = error.kind == sim::ErrorKind::kPanic;
    return fmt::format(
        "{}/{} {}{}", error.code.space, error.code.number, panicked ? "panic: " : "", error.text);
}

/// One line per answer, so that expected and got are compared and printed alike. Texts of what
/// cannot be decoded are those of Go's JSON packages and are not reproduced.
std::string expected_text(const nlohmann::json& result) {
    if (result.value("ok", false)) return "ok";
    if (result.value("stage", "") == "decode") return "undecodable";
    return fmt::format("{}/{} {}",
                       result.value("codespace", ""),
                       result.value("code", 0),
                       result.value("log", ""));
}

std::string our_text(const nlohmann::json& message) {
    nodes::Names names;
    const auto decoded = nodes::message_from_json(message, names);
    if (!decoded) return "undecodable";
    const auto status = nodes::validate_basic(*decoded, names);
    return status ? "ok" : refusal_text(status.error());
}

class ValidateBasicForm final : public Form {
  public:
    [[nodiscard]] bool matches(const nlohmann::json& first) const override {
        return first.is_object() && first.contains("msg") && first.contains("result") &&
               first.at("result").is_object() && first.at("result").contains("ok");
    }

    void run(const nlohmann::json& record, const Options& /*options*/, Reporter& out) override {
        const auto expected = expected_text(record.at("result"));
        const auto got = our_text(record.at("msg"));
        const auto id = record.value("id", "?");
        out.report(id, expected == got ? Outcome::pass() : Outcome::fail(expected, got));
    }
};

}  // namespace

std::unique_ptr<Form> make_validate_basic_form() {
    return std::make_unique<ValidateBasicForm>();
}

}  // namespace vectors
