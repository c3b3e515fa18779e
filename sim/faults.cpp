#include "sim/faults.h"

namespace sim {

// Whether a point is on is the first draw of its own stream.
FaultPoint& FaultPoints::point(std::string_view name) {
    const auto known = points_.find(name);
    if (known != points_.end()) return known->second;
    FaultPoint fresh;
    fresh.rng = Rng::stream(seed_, name, "fault point");
    fresh.on = fresh.rng.happens(settings_.on);
    fresh.fires = settings_.fires;
    return points_.emplace(name, fresh).first->second;
}

bool FaultPoints::fires(std::string_view name) {
    FaultPoint& asked = point(name);
    ++asked.asked;
    if (stopped_ || !asked.on || !asked.rng.happens(asked.fires)) return false;
    ++asked.fired;
    return true;
}

void FaultPoints::set(std::string_view name, Ratio share) {
    FaultPoint& chosen = point(name);
    chosen.on = share.numerator > 0;
    chosen.fires = share;
}

}  // namespace sim
