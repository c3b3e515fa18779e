// The table of every registered error: {"meta": ..., "errors": [{codespace, code, message}]}. Each
// row must be in our table with the same text, and our table must have no row more.
#include "nodes/protocol/errors.h"
#include "tests/vectors/form.h"

#include <fmt/format.h>

namespace vectors {
namespace {

const nodes::RegisteredError* find(std::string_view space, std::uint32_t number) {
    for (const auto& row : nodes::registered_errors()) {
        if (row.space == space && row.number == number) return &row;
    }
    return nullptr;
}

class ErrorsForm final : public Form {
  public:
    [[nodiscard]] bool matches(const nlohmann::json& first) const override {
        if (!first.is_object() || !first.contains("errors")) return false;
        const auto& rows = first["errors"];
        return rows.is_array() && !rows.empty() && rows[0].contains("codespace") &&
               rows[0].contains("message");
    }

    void run(const nlohmann::json& record, const Options& /*options*/, Reporter& out) override {
        for (const auto& row : record["errors"]) {
            const auto space = row["codespace"].get<std::string>();
            const auto number = row["code"].get<std::uint32_t>();
            const auto text = row["message"].get<std::string>();
            const auto* ours = find(space, number);
            const auto id = fmt::format("{}/{}", space, number);
            if (ours == nullptr) {
                out.report(id, Outcome::fail(text, "no such error"));
            } else if (ours->text != text) {
                out.report(id, Outcome::fail(text, ours->text));
            } else {
                out.report(id, Outcome::pass());
            }
        }
        const auto theirs = record["errors"].size();
        const auto ours = nodes::registered_errors().size();
        const bool same = theirs == ours;
        out.report(
            "errors-count",
            same ? Outcome::pass() : Outcome::fail(std::to_string(theirs), std::to_string(ours)));
    }
};

}  // namespace

std::unique_ptr<Form> make_errors_form() {
    return std::make_unique<ErrorsForm>();
}

}  // namespace vectors
