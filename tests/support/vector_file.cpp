#include "tests/support/vector_file.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <utility>
#include <yaml-cpp/yaml.h>
#include <zlib.h>

namespace test_support {
namespace {

constexpr int kDepthMax = 100;

std::optional<nlohmann::json> parse_json(const std::string& text) {
    auto value = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (value.is_discarded()) return std::nullopt;
    return value;
}

/// A plain scalar is a number, a truth value or null where it reads as one; a quoted one is text.
nlohmann::json scalar_to_json(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") return text;
    if (text.empty() || text == "null" || text == "~") return nullptr;
    if (text == "true") return true;
    if (text == "false") return false;
    const char* end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, whole);
        error == std::errc{} && at == end) {
        return whole;
    }
    double real = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, real);
        error == std::errc{} && at == end) {
        return real;
    }
    return text;
}

nlohmann::json yaml_to_json(const YAML::Node& node, int depth) {
    if (depth > kDepthMax) throw VectorFileError("YAML nested too deep");
    if (node.IsMap()) {
        auto object = nlohmann::json::object();
        for (const auto& item : node) {
            object[item.first.Scalar()] = yaml_to_json(item.second, depth + 1);
        }
        return object;
    }
    if (node.IsSequence()) {
        auto list = nlohmann::json::array();
        for (const auto& item : node)
            list.push_back(yaml_to_json(item, depth + 1));
        return list;
    }
    return node.IsScalar() ? scalar_to_json(node) : nlohmann::json(nullptr);
}

}  // namespace

/// gzread passes plain files through, so both kinds are read the same way.
struct VectorFile::Source {
    gzFile file = nullptr;

    ~Source() {
        if (file != nullptr) gzclose(file);
    }

    /// One line without its end; nullopt at the end of the file.
    std::optional<std::string> line() {
        std::string text;
        std::array<char, 1U << 16U> piece{};
        while (gzgets(file, piece.data(), static_cast<int>(piece.size())) != nullptr) {
            text += piece.data();
            if (text.ends_with('\n')) {
                text.pop_back();
                return text;
            }
        }
        int error = Z_OK;
        const char* why = gzerror(file, &error);
        if (error != Z_OK && error != Z_STREAM_END) throw VectorFileError(why);
        if (text.empty()) return std::nullopt;
        return text;
    }
};

VectorFile::VectorFile(const std::string& path) : path_(path), source_(std::make_unique<Source>()) {
    if (!std::filesystem::is_regular_file(path)) throw VectorFileError(path + ": no such file");
    source_->file = gzopen(path.c_str(), "rb");
    if (source_->file == nullptr) throw VectorFileError(path + ": cannot be opened");
}

VectorFile::~VectorFile() = default;

std::optional<nlohmann::json> VectorFile::next() {
    if (layout_ == Layout::kLines) return next_line();
    if (layout_ != Layout::kUnknown) return std::nullopt;
    auto first = source_->line();
    if (!first) {
        layout_ = Layout::kDone;
        return std::nullopt;
    }
    // A first line that is an object by itself says that every line is a record.
    if (auto record = parse_json(*first); record && record->is_object()) {
        layout_ = Layout::kLines;
        return record;
    }
    layout_ = Layout::kDocument;
    return whole_document(std::move(*first));
}

std::optional<nlohmann::json> VectorFile::next_line() {
    while (auto text = source_->line()) {
        if (text->find_first_not_of(" \t\r") == std::string::npos) continue;
        if (auto record = parse_json(*text)) return record;
        throw VectorFileError(path_ + ": a line that is no JSON");
    }
    layout_ = Layout::kDone;
    return std::nullopt;
}

nlohmann::json VectorFile::whole_document(std::string text) {
    text += '\n';
    while (auto line = source_->line())
        text.append(*line).push_back('\n');
    if (auto document = parse_json(text)) return *std::move(document);
    try {
        return yaml_to_json(YAML::Load(text), 0);
    } catch (const YAML::Exception& e) {
        throw VectorFileError(path_ + ": neither JSON nor YAML: " + e.what());
    }
}

std::string shared_vector(const std::string& source_dir, const std::string& relative) {
    const auto path = std::filesystem::path(source_dir) / ".." / "shared" / "vectors" / relative;
    return std::filesystem::exists(path) ? path.lexically_normal().string() : std::string{};
}

}  // namespace test_support
