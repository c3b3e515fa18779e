#include "gui/parts/spread.h"

#include <algorithm>

namespace gui {

std::vector<Extent> spread(const std::vector<std::vector<Extent>>& runs) {
    std::size_t columns = 0;
    for (const auto& run : runs)
        columns = std::max(columns, run.size());
    std::vector<Extent> out(columns);
    std::vector<double> values;
    for (std::size_t i = 0; i < columns; ++i) {
        values.clear();
        for (const auto& run : runs) {
            if (i < run.size() && run[i].count > 0) values.push_back(run[i].mean());
        }
        if (values.empty()) continue;
        std::sort(values.begin(), values.end());
        out[i] = {.least = values.front(),
                  .most = values.back(),
                  .sum = values[(values.size() - 1) / 2],
                  .count = 1};
    }
    return out;
}

}  // namespace gui
