// Reads files of recorded cases, whatever their form: gzip or plain, one JSON record per line, one
// JSON document, or YAML. The form is found from the content, never from the name, and lines are
// read one at a time because single records of some files are large.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>

namespace test_support {

/// The file cannot be opened, unpacked or parsed.
struct VectorFileError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class VectorFile {
  public:
    explicit VectorFile(const std::string& path);
    ~VectorFile();
    VectorFile(const VectorFile&) = delete;
    VectorFile& operator=(const VectorFile&) = delete;

    /// The next record, or nullopt at the end. A document that is not a list of lines is one
    /// record.
    std::optional<nlohmann::json> next();

  private:
    struct Source;
    enum class Layout { kUnknown, kLines, kDocument, kDone };

    std::optional<nlohmann::json> next_line();
    nlohmann::json whole_document(std::string text);

    std::string path_;
    std::unique_ptr<Source> source_;
    Layout layout_ = Layout::kUnknown;
};

/// The file below the shared vectors, or empty when this checkout has none.
std::string shared_vector(const std::string& source_dir, const std::string& relative);

}  // namespace test_support
