// An incentive programme: a fixed pool a day, shared pro rata among registered supply, as Akash's
// cancelled liquidity pool, io.net's Ignition and Render's availability pool did. Without
// verification it pays whoever registers; with it, unreal units are found out with some probability
// at each check and lose their stake. Whole micro-units only; what a period's division leaves over
// is carried into the next, so nothing is lost.
#pragma once

#include "nodes/protocol/names.h"
#include "sim/rng.h"
#include "sim/units.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace nodes {

enum class Verification : std::uint8_t { kNone, kChecked };

struct ProgrammeParams {
    Denom denom;
    std::int64_t pool_per_day = 0;
    sim::SimDuration period = sim::SimDuration::seconds(3600);  ///< of checks and payments
    sim::SimTime start;
    sim::SimTime end;  ///< the last period ends here or before
    Verification verification = Verification::kNone;
    std::uint32_t detection_ppm = 0;      ///< chance to find out one unreal unit at one check
    std::int64_t stake_per_unit = 0;      ///< put down when registering
    std::uint32_t slash_ppm = 1'000'000;  ///< share of a found unit's stake that is taken

    static void fields(auto& self, auto&& visit) {
        visit("denom", self.denom);
        visit("pool_per_day", self.pool_per_day);
        visit("period", self.period);
        visit("start", self.start);
        visit("end", self.end);
        visit("verification", self.verification);
        visit("detection_ppm", self.detection_ppm);
        visit("stake_per_unit", self.stake_per_unit);
        visit("slash_ppm", self.slash_ppm);
    }
};

/// One owner's units. Only the simulation knows which are real; the programme pays for both.
struct ProgrammeEntry {
    Address owner;
    std::int64_t real = 0;
    std::int64_t unreal = 0;
    std::int64_t found = 0;  ///< excluded for good
    std::int64_t stake = 0;
    std::int64_t paid = 0;

    static void fields(auto& self, auto&& visit) {
        visit("owner", self.owner);
        visit("real", self.real);
        visit("unreal", self.unreal);
        visit("found", self.found);
        visit("stake", self.stake);
        visit("paid", self.paid);
    }
};

/// What one owner gets and loses at the end of a period. The caller moves the coins.
struct ProgrammePayment {
    Address owner;
    std::int64_t amount = 0;
    std::int64_t slashed = 0;
    std::int64_t found = 0;

    friend bool operator==(const ProgrammePayment&, const ProgrammePayment&) = default;
};

class Programme {
  public:
    Programme() = default;
    /// Amounts must not be negative, the period lies above 0 and within a day.
    explicit Programme(const ProgrammeParams& params);

    struct Units {
        std::int64_t real = 0;
        std::int64_t unreal = 0;
    };

    /// Adds units, or takes away with negative numbers as far as there are any. Returns the stake
    /// to put down (above 0) or to give back (below 0).
    std::int64_t change_units(Address owner, Units change);

    /// Moves the start, before the programme has begun, or the end, before it is over.
    void retime(sim::SimTime start, sim::SimTime end);

    /// End of the next period; nullopt when the programme is over.
    [[nodiscard]] std::optional<sim::SimTime> next_payment() const;
    /// Checks and pays the next period, whose end must have come. Owners in order of their address
    /// index; one that neither gets nor loses anything is left out.
    std::vector<ProgrammePayment> pay(sim::Rng& rng);

    [[nodiscard]] const ProgrammeParams& params() const { return params_; }

    [[nodiscard]] const std::vector<ProgrammeEntry>& entries() const { return entries_; }

    [[nodiscard]] Units units() const;

    /// This owner has units registered.
    [[nodiscard]] bool takes_part(Address owner) const;

    /// The pool so far is paid + withheld + carried: handed out; kept back as the shares of units
    /// that were found out in that period; held over because nobody was there or by division.
    [[nodiscard]] std::int64_t paid() const { return paid_; }

    [[nodiscard]] std::int64_t withheld() const { return withheld_; }

    [[nodiscard]] std::int64_t carried() const { return carried_; }

    [[nodiscard]] std::int64_t slashed() const { return slashed_; }

    static void fields(auto& self, auto&& visit) {
        visit("params", self.params_);
        visit("entries", self.entries_);
        visit("periods", self.periods_);
        visit("paid", self.paid_);
        visit("withheld", self.withheld_);
        visit("carried", self.carried_);
        visit("slashed", self.slashed_);
    }

  private:
    void check(sim::Rng& rng, std::vector<ProgrammePayment>& payments);

    ProgrammeParams params_;
    std::vector<ProgrammeEntry> entries_;  ///< by owner
    std::int64_t periods_ = 0;             ///< paid
    std::int64_t paid_ = 0;
    std::int64_t withheld_ = 0;
    std::int64_t carried_ = 0;
    std::int64_t slashed_ = 0;
};

/// How many of `units` independent trials succeed with this chance each: exact to 2^-32 of the
/// chance, without floating point, some eight random numbers per 64 units.
std::int64_t binomial(std::int64_t units, std::uint32_t chance_ppm, sim::Rng& rng);

/// Units at which a pool pays exactly their cost: N* = R / c, rounded down (free entry, Prat and
/// Walter 2018). Both amounts per day, the cost above 0.
std::int64_t free_entry_units(std::int64_t pool_per_day, std::int64_t cost_per_day);
/// The same for unreal units that are found out with chance q a day and then lose stake S:
/// N* = (1 - q) R / (c + q S), rounded down.
std::int64_t free_entry_unreal_units(const ProgrammeParams& params,
                                     std::int64_t cost_per_day,
                                     std::uint32_t detection_per_day_ppm);

}  // namespace nodes
