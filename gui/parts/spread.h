// How far several runs of one figure lie apart, for a band in a plot.
#pragma once

#include "gui/session/series_book.h"

#include <vector>

namespace gui {

/// For each pixel column the least and the most of the runs' means, with their median as the mean;
/// of an even number of runs the lower of the two in the middle. Runs without values there do not
/// count.
std::vector<Extent> spread(const std::vector<std::vector<Extent>>& runs);

}  // namespace gui
