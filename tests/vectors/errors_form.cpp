// The table of every registered error: {"meta": ..., "errors": [{codespace, code, message}]}. Each
// row must be in our table with the same text. A file may hold a part of the table only; that ours
// has no row too many is a unit test.
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
        const auto& rows = first.at("errors");
        return rows.is_array() && !rows.empty() && rows[0].contains("codespace") &&
               rows[0].contains("message");
    }

    void run(const nlohmann::json& record, const Options& /*options*/, Reporter& out) override {
        for (const auto& row : record.at("errors")) {
            const auto space = row.at("codespace").get<std::string>();
            const auto number = row.at("code").get<std::uint32_t>();
            const auto text = row.at("message").get<std::string>();
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
    }
};

}  // namespace

std::unique_ptr<Form> make_errors_form() {
    return std::make_unique<ErrorsForm>();
}

}  // namespace vectors
