#include "providers/lease_monitor.h"

#include "sim/assert.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace providers {
namespace {

using sim::SimDuration;

constexpr SimDuration kBlockTime{6'500'000'000};
constexpr SimDuration kRetryAfterEmpty = SimDuration::seconds(600);
constexpr SimDuration kRetryAfterError = SimDuration::seconds(60);

/// The nearest double, as Go's Dec.MustFloat64 gets it through the decimal's text.
double to_double(sim::Dec18 value) {
    const auto text = value.text();
    double result = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    SIM_ASSERT(error == std::errc{} && end != text.data(), "a decimal's own text");
    return result;
}

/// Go's conversion of a double that is too large or no number gives the smallest int64.
std::int64_t to_int(double value) {
    constexpr double kLimit = 9223372036854775808.0;
    if (!(value < kLimit) || value < -kLimit) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(value);
}

/// Blocks that the account lasts, told in whole numbers; 0 when they cannot tell.
sim::Int128 blocks_left(const FundsView& view) {
    if (view.rate.scaled <= 0) return 0;
    sim::Int128 spent = 0;
    const sim::Int128 elapsed = (view.height - view.settled_at).value;
    if (__builtin_mul_overflow(view.rate.scaled, elapsed, &spent)) return 0;
    return (view.balance.scaled - spent) / view.rate.scaled;
}

/// An account that lasts this much longer than to the next check is found lasting by the doubles of
/// the real provider too, and nearly all checks end here.
constexpr std::int64_t kClearBlocks = 2;

/// How many of the checks that follow are bound to find the account lasting, when `left` blocks are
/// paid for now and each check looks `ahead` blocks further.
std::int64_t silent_checks(const FundsView& view, sim::Int128 left, std::int64_t ahead) {
    if (view.block_time.ns <= 0) return 0;
    constexpr sim::Int128 kMost = 1'000;
    const std::int64_t passing = 2 * (kBlockTime.ns * ahead / view.block_time.ns + 1);
    const sim::Int128 spare = left - ahead - kClearBlocks - 1;
    return static_cast<std::int64_t>(std::min(spare / passing, kMost));
}

}  // namespace

FundsAnswer check_funds(const FundsView& view) {
    FundsAnswer answer;
    if (view.withdrawal_due) answer.state = FundsState::kScheduledWithdraw;
    if (!view.reachable) {
        answer.check_after = kRetryAfterError;
        return answer;
    }
    const auto per_interval = view.check_every.ns / kBlockTime.ns;
    const auto left = blocks_left(view);
    if (left > sim::Int128{per_interval} + kClearBlocks) {
        answer.check_after =
            kBlockTime * per_interval * (1 + silent_checks(view, left, per_interval));
        return answer;
    }
    const double rate = to_double(view.rate);
    const auto elapsed = static_cast<double>((view.height - view.settled_at).value);
    const double remaining = to_double(view.balance) - elapsed * rate;
    const auto blocks = to_int(remaining / rate);
    if (blocks <= 0) {
        answer.state = FundsState::kOutOfFunds;
        answer.check_after = kRetryAfterEmpty;
        return answer;
    }
    answer.check_after = kBlockTime * std::min(blocks, per_interval);
    return answer;
}

SimDuration patience_with_failure(sim::Rng& rng) {
    constexpr int kChecks = 41;
    constexpr std::int64_t kRetryNs = 4'000'000'000;
    constexpr std::int64_t kJitterNs = 15'000'000'000;
    SimDuration total;
    for (int i = 0; i < kChecks; ++i) {
        total = total + SimDuration{kRetryNs + rng.uniform_int(0, kJitterNs - 1)};
    }
    return total;
}

}  // namespace providers
