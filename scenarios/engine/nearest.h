// The nearest known name to one that was mistyped, for error messages that say how to go on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenarios {

/// Edits (insert, delete, replace, swap neighbours) from one text to the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known name with the fewest edits, when it is near enough to have been meant; else empty.
std::string nearest_name(std::string_view typed, const std::vector<std::string>& known);

/// ", did you mean 'x'?" or an empty text.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known);

}  // namespace scenarios
