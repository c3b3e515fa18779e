#include "scenarios/engine/nearest.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0U : 1U;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

std::string nearest_name(std::string_view typed, const std::vector<std::string>& known) {
    constexpr std::size_t kLongestTyped = 64;
    if (typed.empty() || typed.size() > kLongestTyped) return {};
    // A third of the letters may be wrong; one letter always.
    std::size_t best = std::max<std::size_t>(1, typed.size() / 3) + 1;
    std::string found;
    for (const std::string& name : known) {
        const std::size_t distance = edit_distance(typed, name);
        if (distance < best) {
            best = distance;
            found = name;
        }
    }
    return found;
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known) {
    const std::string near = nearest_name(typed, known);
    return near.empty() ? std::string{} : fmt::format(", did you mean '{}'?", near);
}

}  // namespace scenarios
