// Models of the window made by hand: an empty one, a typical one, and one as large as the window
// must carry. The same every time, so that pictures of them can be compared.
#pragma once

#include "gui/session/view_model.h"

namespace gui::samples {

/// As at the start of a run: nothing has happened.
ViewModel empty();

/// Twelve days of a small market: orders with and without bids, an auction, leases, checks, a tour.
ViewModel typical();

struct Size {
    std::size_t orders = 1'000;
    std::size_t providers = 100;
    std::size_t days = 365;
};

ViewModel large(Size size);

inline ViewModel large() {
    return large({});
}

}  // namespace gui::samples
