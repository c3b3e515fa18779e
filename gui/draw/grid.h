// A table with a head that sorts, rows that can be chosen, and columns that give way when it gets
// narrow. Only visible rows are drawn, so ten thousand cost as much as forty.
#pragma once

#include "gui/draw/ui.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace gui {

struct GridColumn {
    const char* title = "";
    float width = 5;  ///< in heights of text
    int rank = 0;     ///< 0 = always there; the highest go first when it gets narrow
    const char* tip = nullptr;
};

/// Kept by the caller between frames.
struct GridState {
    std::vector<std::uint32_t> order;  ///< rows as shown
    std::uint64_t stamp = ~0ULL;
    int column = -1;
    bool descending = false;
    int step = 0;  ///< rows to move the choice by, from the keyboard; done when drawn
};

struct Grid {
    const char* id = "";
    std::span<const GridColumn> columns;
    std::size_t rows = 0;
    std::uint64_t stamp = 0;  ///< changes with the rows or the filter: they are sorted anew
    ImVec2 size{0, 0};
    /// Draws one cell; the cursor is there.
    std::function<void(std::size_t row, std::size_t column)> cell;
    /// Below 0: `a` comes first. Without it the rows keep their order and the head does not sort.
    std::function<int(std::size_t a, std::size_t b, std::size_t column)> compare{};
    std::function<bool(std::size_t row)> keeps{};  ///< the filter
    std::function<std::string(std::size_t row)>
        name{};  ///< of the row, for tests; makes it clickable
    std::function<bool(std::size_t row)> chosen{};
    std::function<void(std::size_t row)> choose{};
    std::function<Rgba(std::size_t row)> tint{};  ///< behind the row; 0 = none
};

void draw_grid(const Grid& grid, GridState& state);

/// -1, 0 or 1, for compare functions.
template <typename T>
int three_way(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

/// Whether any of the words in `filter` (separated by commas: or) is in `text`, in any case; words
/// that begin with '-' must not be in it.
bool passes_filter(std::string_view filter, std::string_view text);

/// Mixes what a grid's rows depend on into one number.
std::uint64_t stamp_of(std::uint64_t number, std::string_view text);

}  // namespace gui
