#include "nodes/networks/programme.h"

#include "sim/assert.h"

#include <algorithm>
#include <bit>

namespace nodes {

namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kDayNs = 86'400'000'000'000;

/// numerator x a / b without overflow; b above 0.
std::int64_t scaled(std::int64_t amount, std::int64_t numerator, std::int64_t denominator) {
    return static_cast<std::int64_t>(static_cast<sim::Int128>(amount) * numerator / denominator);
}

std::int64_t counted(const ProgrammeEntry& entry) {
    return entry.real + entry.unreal;
}

/// The smaller in size of what is wished and what is there; additions pass.
std::int64_t possible(std::int64_t change, std::int64_t present) {
    return std::max(change, -present);
}

}  // namespace

Programme::Programme(const ProgrammeParams& params) : params_(params) {
    SIM_ASSERT(params.pool_per_day >= 0, "a pool not below 0, got {}", params.pool_per_day);
    SIM_ASSERT(params.stake_per_unit >= 0, "a stake not below 0, got {}", params.stake_per_unit);
    SIM_ASSERT(params.period.ns > 0 && params.period.ns <= kDayNs,
               "a period of at most a day, got {} ns",
               params.period.ns);
    SIM_ASSERT(params.slash_ppm <= kMillion, "a share, got {} ppm", params.slash_ppm);
}

std::int64_t Programme::change_units(Address owner, Units change) {
    auto at = std::lower_bound(
        entries_.begin(), entries_.end(), owner, [](const ProgrammeEntry& e, Address a) {
            return e.owner < a;
        });
    if (at == entries_.end() || at->owner != owner) at = entries_.insert(at, {owner});
    const std::int64_t before = counted(*at);
    at->real += possible(change.real, at->real);
    at->unreal += possible(change.unreal, at->unreal);
    const std::int64_t stake = (counted(*at) - before) * params_.stake_per_unit;
    at->stake += stake;
    SIM_ASSERT(at->stake == counted(*at) * params_.stake_per_unit, "a stake for every unit");
    return stake;
}

void Programme::retime(sim::SimTime start, sim::SimTime end) {
    SIM_ASSERT(start == params_.start || periods_ == 0, "no period paid, got {}", periods_);
    params_.start = start;
    params_.end = end;
}

std::optional<sim::SimTime> Programme::next_payment() const {
    const sim::SimTime next = params_.start + params_.period * (periods_ + 1);
    return next <= params_.end ? std::optional{next} : std::nullopt;
}

/// A found unit is out for good; what is left of its stake goes back with it.
void Programme::check(sim::Rng& rng, std::vector<ProgrammePayment>& payments) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        ProgrammeEntry& entry = entries_[i];
        const std::int64_t found = binomial(entry.unreal, params_.detection_ppm, rng);
        if (found == 0) continue;
        entry.unreal -= found;
        entry.found += found;
        const std::int64_t stake = found * params_.stake_per_unit;
        entry.stake -= stake;
        payments[i].found = found;
        payments[i].slashed = scaled(stake, params_.slash_ppm, kMillion);
        slashed_ += payments[i].slashed;
    }
}

/// The pool of a period is the difference of two cumulated amounts, so that periods which do not
/// divide a day lose nothing either. Shares are by the units before the check and cut to whole
/// micro-units.
std::vector<ProgrammePayment> Programme::pay(sim::Rng& rng) {
    SIM_ASSERT(next_payment().has_value(), "a period that is not over");
    std::vector<ProgrammePayment> payments;
    payments.reserve(entries_.size());
    for (const ProgrammeEntry& entry : entries_)
        payments.push_back({entry.owner});
    const Units all = units();
    const std::int64_t total = all.real + all.unreal;
    if (params_.verification == Verification::kChecked) check(rng, payments);

    const auto granted = [&](std::int64_t periods) {
        return scaled(params_.pool_per_day, params_.period.ns * periods, kDayNs);
    };
    const std::int64_t pool = granted(periods_ + 1) - granted(periods_) + carried_;
    ++periods_;
    std::int64_t left = pool;
    for (std::size_t i = 0; total > 0 && i < entries_.size(); ++i) {
        const std::int64_t share = scaled(pool, counted(entries_[i]), total);
        const std::int64_t forfeited = scaled(pool, payments[i].found, total);
        payments[i].amount = share;
        entries_[i].paid += share;
        paid_ += share;
        withheld_ += forfeited;
        left -= share + forfeited;
    }
    SIM_ASSERT(left >= 0 && left <= pool, "no more paid than the pool, {} of {} left", left, pool);
    carried_ = left;
    std::erase_if(payments, [](const auto& p) { return p.amount == 0 && p.found == 0; });
    return payments;
}

Programme::Units Programme::units() const {
    Units sum;
    for (const ProgrammeEntry& entry : entries_) {
        sum.real += entry.real;
        sum.unreal += entry.unreal;
    }
    return sum;
}

bool Programme::takes_part(Address owner) const {
    const auto at = std::lower_bound(
        entries_.begin(), entries_.end(), owner, [](const ProgrammeEntry& e, Address a) {
            return e.owner < a;
        });
    return at != entries_.end() && at->owner == owner && counted(*at) > 0;
}

/// 64 trials at once: bit by bit, from the highest, a word of random bits is compared with the
/// chance's binary digits until every trial is decided; some eight words on average.
std::int64_t binomial(std::int64_t units, std::uint32_t chance_ppm, sim::Rng& rng) {
    if (units <= 0 || chance_ppm == 0) return 0;
    if (chance_ppm >= kMillion) return units;
    const std::uint64_t digits = (static_cast<std::uint64_t>(chance_ppm) << 32U) / kMillion;
    std::int64_t hits = 0;
    for (std::int64_t done = 0; done < units; done += 64) {
        const std::int64_t trials = std::min<std::int64_t>(64, units - done);
        std::uint64_t open = ~std::uint64_t{0} >> static_cast<unsigned>(64 - trials);
        std::uint64_t hit = 0;
        for (unsigned bit = 32; bit-- > 0 && open != 0;) {
            const std::uint64_t word = rng.next_u64();
            const bool digit = (digits >> bit & 1U) != 0;
            if (digit) hit |= open & ~word;
            open &= digit ? word : ~word;
        }
        hits += std::popcount(hit);
    }
    return hits;
}

std::int64_t free_entry_units(std::int64_t pool_per_day, std::int64_t cost_per_day) {
    SIM_ASSERT(cost_per_day > 0, "a cost above 0, got {}", cost_per_day);
    return pool_per_day / cost_per_day;
}

std::int64_t free_entry_unreal_units(const ProgrammeParams& params,
                                     std::int64_t cost_per_day,
                                     std::uint32_t detection_per_day_ppm) {
    const auto q = static_cast<sim::Int128>(detection_per_day_ppm);
    const sim::Int128 income = (kMillion - q) * params.pool_per_day;
    const sim::Int128 lost =
        static_cast<sim::Int128>(scaled(params.stake_per_unit, params.slash_ppm, kMillion)) * q;
    const sim::Int128 expense = static_cast<sim::Int128>(cost_per_day) * kMillion + lost;
    SIM_ASSERT(expense > 0, "an expense above 0");
    return static_cast<std::int64_t>(income / expense);
}

}  // namespace nodes
