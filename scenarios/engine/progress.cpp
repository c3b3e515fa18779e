#include "scenarios/engine/progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace scenarios {

void ProgressLine::update(sim::SimTime now,
                          sim::SimTime end,
                          sim::Height height,
                          std::uint64_t events) {
    using Seconds = std::chrono::duration<double>;
    if (!shown_) return;
    const Clock::time_point here = Clock::now();
    if (Seconds(here - last_).count() < 0.2) return;
    last_ = here;
    drawn_ = true;
    const double spent = Seconds(here - began_).count();
    const double share = end.ns == 0 ? 1.0 : now.to_seconds() / end.to_seconds();
    const double left = share > 0 ? spent * (1.0 - share) / share : 0;
    const std::string line =
        fmt::format("\r  {:3.0f} %  day {:.1f}  block {}  {:.0f} k events/s  {:.0f} s left   ",
                    share * 100,
                    now.to_seconds() / 86'400,
                    height.value,
                    spent > 0 ? static_cast<double>(events) / spent / 1'000 : 0.0,
                    left);
    static_cast<void>(std::fputs(line.c_str(), stderr));
    static_cast<void>(std::fflush(stderr));
}

void ProgressLine::clear() {
    if (!drawn_) return;
    static_cast<void>(std::fputs("\r\033[K", stderr));
    static_cast<void>(std::fflush(stderr));
    drawn_ = false;
}

}  // namespace scenarios
