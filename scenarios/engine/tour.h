// A guided tour through a run: captions for a class, each at its time. It says what a window may
// show and changes nothing of the run.
#pragma once

#include "sim/units.h"

#include <array>
#include <string>
#include <string_view>

namespace scenarios {

/// The window's screens by their names on the command line.
inline constexpr std::array<std::string_view, 14> kScreenNames{"overview",
                                                               "market",
                                                               "utilization",
                                                               "world",
                                                               "economy",
                                                               "leases",
                                                               "provider",
                                                               "validators",
                                                               "scenario",
                                                               "compare",
                                                               "checks",
                                                               "log",
                                                               "performance",
                                                               "tour"};

struct TourStep {
    sim::SimTime at;
    std::string caption;
    std::string screen;     ///< to open; empty = stay
    std::string highlight;  ///< name of a widget; empty = none
    bool pause = false;
    double speed = -1;  ///< simulated seconds per second, 0 = as fast as possible, -1 = leave

    static void fields(auto& self, auto&& visit) {
        visit("at", self.at);
        visit("caption", self.caption);
        visit("screen", self.screen);
        visit("highlight", self.highlight);
        visit("pause", self.pause);
        visit("speed", self.speed);
    }
};

}  // namespace scenarios
