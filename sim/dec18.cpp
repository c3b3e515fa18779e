#include "sim/dec18.h"

#include "sim/assert.h"

namespace sim {
namespace {

/// Drops 18 digits, half to even.
Wide chop_bankers(const Wide& v) {
    Wide m = abs(v);
    Wide rest = m % kDecOne;
    m /= kDecOne;
    const Wide half = kDecOne / 2;
    if (rest > half || (rest == half && (m & 1) == 1)) m += 1;
    return v < 0 ? Wide(-m) : m;
}

Int128 fit(const Wide& v) {
    const auto narrowed = narrow(v);
    SIM_ASSERT(narrowed.has_value(), "a decimal of at most 127 bits, got {}", v.str());
    return *narrowed;
}

}  // namespace

Wide mul_bankers(const Wide& a, const Wide& b) {
    return chop_bankers(a * b);
}

Wide quo_bankers(const Wide& a, const Wide& b) {
    SIM_ASSERT(b != 0, "a divisor other than zero");
    Wide numerator = a;
    numerator *= kDecOne;
    numerator *= kDecOne;
    return chop_bankers(numerator / b);
}

Dec18 mul_bankers(Dec18 a, Dec18 b) {
    return {fit(mul_bankers(to_wide(a.scaled), to_wide(b.scaled)))};
}

Dec18 quo_bankers(Dec18 a, Dec18 b) {
    return {fit(quo_bankers(to_wide(a.scaled), to_wide(b.scaled)))};
}

std::optional<Dec18> checked_mul(Dec18 a, Int128 n) {
    Int128 product = 0;
    if (__builtin_mul_overflow(a.scaled, n, &product)) return std::nullopt;
    return Dec18{product};
}

std::optional<Dec18> checked_add(Dec18 a, Dec18 b) {
    Int128 sum = 0;
    if (__builtin_add_overflow(a.scaled, b.scaled, &sum)) return std::nullopt;
    return Dec18{sum};
}

}  // namespace sim
