// Copies of the world at earlier moments, so that going back is one of them plus a short replay.
// They are taken so densely that the replay is short, and thinned out, first far from the newest
// one, when they take more memory than they may.
#pragma once

#include "gui/session/memory.h"
#include "scenarios/engine/world.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace gui {

/// The present of a run: all that is needed to go on from here.
struct Present {
    scenarios::World world;
    Memory memory;
};

class Snapshots {
  public:
    /// A snapshot of the last simulated day about every so many events; a replay from one takes
    /// less than half a second. Older ones lie further apart.
    static constexpr std::uint64_t kEventsBetween = 700'000;
    static constexpr std::uint64_t kEventsBetweenOld = 3 * kEventsBetween;
    static constexpr sim::SimDuration kDense = sim::SimDuration::seconds(86'400);

    explicit Snapshots(std::size_t budget_bytes) : budget_(budget_bytes) {}

    /// Whether a snapshot is due, by the number of events done.
    [[nodiscard]] bool due(const scenarios::World& world) const;
    void take(const Present& present);

    /// The last one not later than this; null when there is none.
    [[nodiscard]] std::shared_ptr<const Present> before(sim::SimTime at) const;
    [[nodiscard]] std::shared_ptr<const Present> before(sim::Height height) const;

    /// Those up to the present of a world: a branch begins with them.
    [[nodiscard]] Snapshots up_to(const scenarios::World& world) const;

    [[nodiscard]] std::vector<sim::SimTime> times() const;

    [[nodiscard]] std::size_t size() const { return list_.size(); }

    /// Estimated from the size of a saved world.
    [[nodiscard]] std::size_t bytes() const { return list_.size() * each_; }

    [[nodiscard]] std::size_t budget() const { return budget_; }

  private:
    using List = std::vector<std::shared_ptr<Present>>;

    [[nodiscard]] List::iterator needless(sim::SimTime newest);
    void thin();

    std::size_t budget_;
    std::size_t each_ = 0;  ///< bytes of one
    std::uint64_t taken_ = 0;
    List list_;  ///< by events; handed out as constants
};

}  // namespace gui
