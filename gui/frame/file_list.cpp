#include "gui/frame/file_list.h"

#include "scenarios/engine/scenario_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>
#include <sys/stat.h>

namespace gui {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kEntriesMax = 10'000;

bool can_be_opened(const fs::path& path) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return ending == ".yaml" || ending == ".yml" || ending == ".db";
}

std::string changed_text(std::time_t at) {
    std::tm parts{};
    if (localtime_r(&at, &parts) == nullptr) return {};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}",
                       parts.tm_year + 1900,
                       parts.tm_mon + 1,
                       parts.tm_mday,
                       parts.tm_hour,
                       parts.tm_min);
}

FileRow row_of(const fs::path& path, std::string name) {
    FileRow row{.name = std::move(name), .path = path};

    struct stat found {};

    if (::stat(path.c_str(), &found) != 0) {
        row.missing = true;
        return row;
    }
    row.folder = S_ISDIR(found.st_mode);
    row.bytes = static_cast<std::uintmax_t>(std::max<off_t>(found.st_size, 0));
    row.changed = changed_text(found.st_mtime);
    return row;
}

bool comes_first(const FileRow& a, const FileRow& b) {
    return a.folder != b.folder ? a.folder : a.name < b.name;
}

}  // namespace

FileList list_folder(const fs::path& folder) {
    FileList out;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (std::size_t seen = 0; !error && entry != fs::directory_iterator() && seen < kEntriesMax;
         entry.increment(error), ++seen) {
        const fs::path& path = entry->path();
        const std::string name = path.filename().string();
        if (name.starts_with('.')) continue;
        // A link that leads nowhere and a file that vanished meanwhile are not there.
        FileRow row = row_of(path, name);
        if (row.missing || (!row.folder && !can_be_opened(path))) continue;
        out.rows.push_back(std::move(row));
    }
    if (error) out.problem = fmt::format("{}: {}", folder.string(), error.message());
    std::sort(out.rows.begin(), out.rows.end(), comes_first);
    return out;
}

std::vector<FileRow> list_files(const std::vector<std::string>& paths) {
    std::vector<FileRow> out;
    for (const std::string& path : paths)
        out.push_back(row_of(path, path));
    return out;
}

std::string size_text(std::uintmax_t bytes) {
    constexpr std::array<const char*, 4> kUnits{"KiB", "MiB", "GiB", "TiB"};
    if (bytes < 1024) return fmt::format("{} B", bytes);
    auto value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit)
        value /= 1024;
    return fmt::format("{:.1f} {}", value, kUnits.at(unit));
}

void remember_file(std::vector<std::string>& recent, const fs::path& path) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(path, error);
    const std::string name = error ? path.string() : whole.string();
    // The settings hold one a line.
    if (name.empty() || name.find('\n') != std::string::npos) return;
    std::vector<std::string> out{name};
    for (const std::string& before : recent) {
        if (before != name && out.size() < kRecentFiles) out.push_back(before);
    }
    recent = std::move(out);
}

fs::path folder_to_begin(const std::vector<std::string>& recent) {
    std::error_code error;
    for (const std::string& file : recent) {
        fs::path folder = fs::path(file).parent_path();
        if (fs::is_directory(folder, error)) return folder;
    }
    for (const fs::path& folder : scenarios::scenario_folders())
        return fs::absolute(folder, error);
    return fs::current_path(error);
}

}  // namespace gui
