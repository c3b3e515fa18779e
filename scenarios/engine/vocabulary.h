// What a scenario may name, with a line on each: for `orrery list`, so that nobody has to read the
// source to learn which strategies or series there are.
#pragma once

#include "sim/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace scenarios {

struct Word {
    std::string name;
    std::string about;
};

/// "series", "strategies", ... in the order in which they are told to people.
std::vector<std::string> vocabulary_kinds();

/// The words of one kind; the error names the kinds there are.
sim::Result<std::vector<Word>> vocabulary(std::string_view kind);

}  // namespace scenarios
