// SDL files and what the real reader made of them. Two layouts: lines {"id", "sdl" or "sdl_b64",
// "result", "also"}, and one document of answers by file name, whose files lie beside it. The real
// reader's answer is not always fixed (Go's map order); any answer it gave is right.
#include "nodes/protocol/base64.h"
#include "nodes/protocol/sdl.h"
#include "nodes/protocol/sdl_text.h"
#include "tests/vectors/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace vectors {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kEra = "v0.30";

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes)
        out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out;
}

/// Our answer in the form of the recorded ones.
Json answer_to(std::string_view sdl) {
    nodes::Names names;
    const auto read = nodes::read_sdl(sdl, names);
    if (!read) {
        const bool panicked = read.error().kind == sim::ErrorKind::kPanic;
        const auto text = nodes::valid_utf8(read.error().text);
        return {{"ok", false}, {"error", (panicked ? "panic: " : "") + text}};
    }
    return {{"ok", true},
            {"groups", Json(nodes::groups_json(*read, names))},
            {"manifest", Json(nodes::manifest_json(read->manifest))},
            {"version", hex(read->version)}};
}

/// The reader's crashes are refusals; their texts need not be copied.
bool same_refusal(const std::string& recorded, const std::string& ours) {
    return recorded == ours || recorded.starts_with("panic:");
}

bool same_answer(const Json& recorded, const Json& ours) {
    if (recorded.value("ok", false) != ours.value("ok", false)) return false;
    if (recorded.value("ok", false)) {
        return recorded.at("groups") == ours["groups"] &&
               recorded.at("manifest") == ours["manifest"] &&
               recorded.at("version") == ours["version"];
    }
    if (same_refusal(recorded.value("error", ""), ours["error"])) return true;
    const auto others = recorded.value("errors", Json::array());
    return std::any_of(others.begin(), others.end(), [&ours](const Json& other) {
        return same_refusal(other.get<std::string>(), ours["error"]);
    });
}

/// Says in which part two answers differ.
std::string difference(const Json& recorded, const Json& ours) {
    const auto show = [](const Json& answer) {
        if (answer.contains("error")) return answer.at("error").dump();
        return "ok, version " + answer.value("version", "?");
    };
    std::string parts;
    if (recorded.value("ok", false) && ours.value("ok", false)) {
        for (const auto* part : {"groups", "manifest"}) {
            if (recorded[part] != ours[part]) parts += fmt::format(" ({} differ)", part);
        }
    }
    return fmt::format("expected {} got {}{}", show(recorded), show(ours), parts);
}

class SdlForm final : public Form {
  public:
    [[nodiscard]] bool matches(const Json& first) const override {
        if (!first.is_object() || first.empty()) return false;
        if (first.contains("sdl") || first.contains("sdl_b64")) return first.contains("result");
        const auto& entry = first.front();
        return entry.is_object() && entry.contains(kEra) && entry.contains("ok");
    }

    void run(const Json& record, const Options& options, Reporter& reporter) override {
        if (record.contains("result")) {
            run_line(record, reporter);
            return;
        }
        for (const auto& [name, entry] : record.items()) {
            std::ifstream file(options.folder + "/" + name, std::ios::binary);
            if (!file) {
                reporter.report(name, Outcome::skip("the file is not there"));
                continue;
            }
            std::ostringstream bytes;
            bytes << file.rdbuf();
            const std::string text = bytes.str();
            compare(name, {entry[std::string(kEra)]}, answer_to(text), reporter);
        }
    }

  private:
    static void run_line(const Json& record, Reporter& reporter) {
        const auto id = record.value("id", "?");
        std::optional<std::string> text = record.value("sdl", "");
        if (record.contains("sdl_b64")) {
            text = nodes::base64_decode(record.at("sdl_b64").get<std::string>());
        }
        if (!text) {
            reporter.report(id, Outcome::fail("bytes", "text that is no base64"));
            return;
        }
        std::vector<Json> answers{record.at("result")};
        for (const auto& other : record.value("also", Json::array()))
            answers.push_back(other);
        compare(id, answers, answer_to(*text), reporter);
    }

    static void compare(std::string_view id,
                        const std::vector<Json>& recorded,
                        const Json& ours,
                        Reporter& reporter) {
        const bool same = std::any_of(recorded.begin(), recorded.end(), [&ours](const Json& one) {
            return same_answer(one, ours);
        });
        reporter.report(id,
                        same ? Outcome::pass() : Outcome::fail(difference(recorded.front(), ours)));
    }
};

}  // namespace

std::unique_ptr<Form> make_sdl_form() {
    return std::make_unique<SdlForm>();
}

}  // namespace vectors
