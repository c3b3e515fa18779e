// What a folder holds that the window can open: its folders, then scenarios and databases. Plain
// values, read when the dialog asks; nothing here draws.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gui {

struct FileRow {
    std::string name;  ///< as listed; a file opened before has its whole path
    std::filesystem::path path;
    bool folder = false;
    bool missing = false;  ///< opened before, and not there any more
    std::uintmax_t bytes = 0;
    std::string changed{};  ///< "2024-03-31 09:26", in the user's time; empty when not known
};

struct FileList {
    std::vector<FileRow> rows;
    std::string problem;  ///< why the folder cannot be read; empty when it can
};

/// Folders first, then *.yaml, *.yml and *.db, each by name; hidden ones are left out. Of a folder
/// with more than 10,000 entries the first ones.
FileList list_folder(const std::filesystem::path& folder);

/// The same columns for files opened before, in their order.
std::vector<FileRow> list_files(const std::vector<std::string>& paths);

/// "640 B", "12.3 KiB".
std::string size_text(std::uintmax_t bytes);

inline constexpr std::size_t kRecentFiles = 10;

/// Puts a file on top of those opened before, and forgets the eleventh.
void remember_file(std::vector<std::string>& recent, const std::filesystem::path& path);

/// Where a dialog best begins: beside the newest of the files opened before that is still there,
/// else among the shipped scenarios, else here.
std::filesystem::path folder_to_begin(const std::vector<std::string>& recent);

}  // namespace gui
