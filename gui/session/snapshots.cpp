#include "gui/session/snapshots.h"

#include "sim/archive.h"

#include <algorithm>

namespace gui {

namespace {

std::uint64_t events_of(const std::shared_ptr<const Present>& one) {
    return one->world.events();
}

/// In memory a world takes more than saved: indexes, spare room of vectors.
std::size_t size_of(const Present& present) {
    constexpr std::size_t kIndexes = 2;
    std::size_t saved = 0;
    auto count = [&saved](const void* /*bytes*/, std::size_t size) { saved += size; };
    sim::FieldWriter writer(count);
    writer.write(present.world);
    return saved * kIndexes + present.memory.bytes() / 4;
}

}  // namespace

bool Snapshots::due(const scenarios::World& world) const {
    if (list_.empty()) return true;
    // The first one that is later than the world, and the one before it.
    const auto after = std::upper_bound(
        list_.begin(), list_.end(), world.events(), [](std::uint64_t events, const auto& one) {
            return events < events_of(one);
        });
    if (after == list_.begin()) return true;
    return world.events() - events_of(*std::prev(after)) >= kEventsBetween &&
           (after == list_.end() || events_of(*after) - world.events() >= kEventsBetween / 2);
}

void Snapshots::take(const Present& present) {
    // The memory of one that is given up is used again: fresh memory costs more than the copy.
    std::shared_ptr<Present> made;
    const bool newest = !list_.empty() && present.world.events() > events_of(list_.back());
    if (const auto old = newest ? needless(present.world.now()) : list_.end(); old != list_.end()) {
        made = std::move(*old);
        list_.erase(old);
    }
    if (made && made.use_count() == 1) {
        *made = present;
    } else {
        made = std::make_shared<Present>(present);
    }
    const auto at = std::upper_bound(
        list_.begin(), list_.end(), events_of(made), [](std::uint64_t events, const auto& one) {
            return events < events_of(one);
        });
    list_.insert(at, std::move(made));
    // Asked rarely, because it takes as long as the copy.
    if (taken_ == 0 || taken_ % 8 == 2) each_ = std::max(each_, size_of(present));
    ++taken_;
    thin();
}

/// One without which its neighbours would not lie too far apart; none within the last day.
Snapshots::List::iterator Snapshots::needless(sim::SimTime newest) {
    for (std::size_t i = list_.size(); i > 2; --i) {
        if (list_[i - 1]->world.now() > newest - kDense) continue;
        const std::uint64_t gap = events_of(list_[i - 1]) - events_of(list_[i - 3]);
        if (gap > kEventsBetweenOld + kEventsBetween / 2) continue;
        return list_.begin() + static_cast<std::ptrdiff_t>(i - 2);
    }
    return list_.end();
}

/// Gives up those that are missed least: close to their neighbours and far from the newest.
void Snapshots::thin() {
    while (list_.size() > 4 && bytes() > budget_) {
        const auto newest = static_cast<double>(events_of(list_.back()));
        std::size_t least = 0;
        double least_missed = 0;
        for (std::size_t i = 1; i + 1 < list_.size(); ++i) {
            const auto gap = static_cast<double>(events_of(list_[i + 1]) - events_of(list_[i - 1]));
            const auto age = newest - static_cast<double>(events_of(list_[i]));
            const double missed = gap / (age + 10.0 * static_cast<double>(kEventsBetween));
            if (least != 0 && missed >= least_missed) continue;
            least = i;
            least_missed = missed;
        }
        list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(least));
    }
}

std::shared_ptr<const Present> Snapshots::before(sim::SimTime at) const {
    const auto after =
        std::upper_bound(list_.begin(), list_.end(), at, [](sim::SimTime t, const auto& one) {
            return t < one->world.now();
        });
    return after == list_.begin() ? nullptr : *std::prev(after);
}

std::shared_ptr<const Present> Snapshots::before(sim::Height height) const {
    const auto after =
        std::upper_bound(list_.begin(), list_.end(), height, [](sim::Height h, const auto& one) {
            return h < one->world.height();
        });
    return after == list_.begin() ? nullptr : *std::prev(after);
}

Snapshots Snapshots::up_to(const scenarios::World& world) const {
    Snapshots out(budget_);
    out.each_ = each_;
    for (const auto& one : list_) {
        if (events_of(one) <= world.events()) out.list_.push_back(one);
    }
    return out;
}

std::vector<sim::SimTime> Snapshots::times() const {
    std::vector<sim::SimTime> out;
    for (const auto& one : list_)
        out.push_back(one->world.now());
    return out;
}

}  // namespace gui
