// What a screen shows as plain rows of text, for copying: a window without a screen reader's bridge
// must be readable in another program.
#pragma once

#include <string>
#include <vector>

namespace gui {

struct TextTable {
    std::string title;
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;
};

using TextTables = std::vector<TextTable>;

/// Columns aligned by blanks.
std::string as_text(const TextTables& tables);
/// Tables one after the other, separated by an empty line; quoted where needed.
std::string as_csv(const TextTables& tables);

}  // namespace gui
