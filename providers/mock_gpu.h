// GPUs that exist in the catalogue only: cards that work, break and are repaired, and fakes that
// claim to be another model.
#pragma once

#include "providers/hardware.h"
#include "sim/rng.h"
#include "sim/units.h"

#include <string>
#include <vector>

namespace providers {

/// One card. `actual` empty = it is what it claims to be.
struct MockCard {
    std::string claimed;
    std::string actual;
    bool broken = false;

    [[nodiscard]] bool fake() const { return !actual.empty() && actual != claimed; }

    static void fields(auto& self, auto&& visit) {
        visit("claimed", self.claimed);
        visit("actual", self.actual);
        visit("broken", self.broken);
    }
};

/// Models that are not in the catalogue answer as devices without speed and never finish.
class MockHardware final : public Hardware {
  public:
    explicit MockHardware(std::vector<MockCard> cards) : cards_(std::move(cards)) {}

    [[nodiscard]] std::size_t devices() const override { return cards_.size(); }

    [[nodiscard]] DeviceFacts facts(std::size_t device) const override;
    WorkResult run(std::size_t device, std::int64_t gflop) override;

    [[nodiscard]] std::vector<MockCard>& cards() { return cards_; }

  private:
    std::vector<MockCard> cards_;
};

/// When the first of so many parts fails, each having this mean life; 0 = never, when the mean life
/// is 0 or there are no parts.
sim::SimDuration time_to_first_failure(sim::SimDuration mean_life,
                                       std::int64_t parts,
                                       sim::Rng& rng);

}  // namespace providers
