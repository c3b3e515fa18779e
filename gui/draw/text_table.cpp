#include "gui/draw/text_table.h"

#include <algorithm>

namespace gui {
namespace {

std::vector<std::size_t> widths_of(const TextTable& table) {
    std::vector<std::size_t> widths;
    const auto measure = [&](const std::vector<std::string>& row) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    };
    measure(table.head);
    for (const auto& row : table.rows)
        measure(row);
    return widths;
}

std::string text_line(const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        line += row[i];
        if (i + 1 < row.size()) line.append(widths[i] - row[i].size() + 2, ' ');
    }
    return line + "\n";
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string csv_line(const std::vector<std::string>& row) {
    std::string line;
    for (const auto& cell : row)
        line += (line.empty() && &cell == row.data() ? "" : ",") + quoted(cell);
    return line + "\n";
}

}  // namespace

std::string as_text(const TextTables& tables) {
    std::string out;
    for (const auto& table : tables) {
        if (!out.empty()) out += "\n";
        const auto widths = widths_of(table);
        out += table.title + "\n";
        if (!table.head.empty()) out += text_line(table.head, widths);
        for (const auto& row : table.rows)
            out += text_line(row, widths);
    }
    return out;
}

std::string as_csv(const TextTables& tables) {
    std::string out;
    for (const auto& table : tables) {
        if (!out.empty()) out += "\n";
        if (!table.head.empty()) out += csv_line(table.head);
        for (const auto& row : table.rows)
            out += csv_line(row);
    }
    return out;
}

}  // namespace gui
