// The rules of the house that a program can check, each a function from a file's path and text to
// findings. Paths are relative to the top of the checkout. tidy_test.cpp applies them to made-up
// files, to prove that each can fail, and to this checkout.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

/// Printed as "path:line: what is wrong", so that a terminal or editor can jump there.
using Findings = std::vector<std::string>;

/// The folders of the house, in the order in which they may include each other.
const std::vector<std::string>& folders();

/// Who includes whom, and which libraries only few files may know.
Findings check_includes(std::string_view path, std::string_view text);
/// Words that would make a run depend on more than its seed; comments and strings do not count.
Findings check_code_words(std::string_view path, std::string_view text);
/// Open work and paths of one machine, anywhere in the text.
Findings check_text_words(std::string_view path, std::string_view text);
/// Length of the file, spaces at the end of lines, the last line's end.
Findings check_lines(std::string_view path, std::string_view text);
/// At most 70 lines a function, 100 when it draws.
Findings check_functions(std::string_view path, std::string_view text);
/// A header says what it is for and is guarded; other files pass.
Findings check_header(std::string_view path, std::string_view text);
/// A README begins with its title.
Findings check_readme(std::string_view path, std::string_view text);
/// `names` are the entries of the top level; what .gitignore names passes.
Findings check_top_level(const std::set<std::string>& names);
/// Each plug-in among `files` is named in the text of its folder's catalog.
Findings check_catalog(std::string_view folder,
                       const std::set<std::string>& files,
                       std::string_view catalog);

}  // namespace tidy
