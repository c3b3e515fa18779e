// 18-digit fixed point as state holds it: a 128-bit scaled integer, which covers 1.7e20 units, more
// than any supply in micro-units. The rounding is named in every call. Intermediate products use
// the wide type when they do not fit. Rules: cosmos-sdk v0.45 types/decimal.go (Mul, Quo half to
// even).
#pragma once

#include "sim/wide.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace sim {

struct Dec18 {
    Int128 scaled = 0;

    static constexpr Dec18 from_int(std::int64_t units) {
        return {static_cast<Int128>(units) * kDecOne};
    }

    /// Whole units, cut towards zero.
    [[nodiscard]] constexpr std::int64_t truncate() const {
        return static_cast<std::int64_t>(scaled / kDecOne);
    }

    [[nodiscard]] std::string text() const { return dec_to_text(scaled); }

    friend constexpr auto operator<=>(const Dec18&, const Dec18&) = default;

    friend constexpr Dec18 operator+(Dec18 a, Dec18 b) { return {a.scaled + b.scaled}; }

    friend constexpr Dec18 operator-(Dec18 a, Dec18 b) { return {a.scaled - b.scaled}; }

    constexpr Dec18& operator+=(Dec18 b) { return *this = *this + b; }

    constexpr Dec18& operator-=(Dec18 b) { return *this = *this - b; }

    static void fields(auto& self, auto&& visit) { visit("scaled", self.scaled); }
};

/// Product rounded half to even at the 18th digit.
Dec18 mul_bankers(Dec18 a, Dec18 b);
/// Quotient: the numerator times 10^36 is divided truncating, then 18 digits are dropped half to
/// even. `b` must not be zero.
Dec18 quo_bankers(Dec18 a, Dec18 b);
/// Exact product with a whole number; nullopt when it leaves 127 bits.
std::optional<Dec18> checked_mul(Dec18 a, Int128 n);
std::optional<Dec18> checked_add(Dec18 a, Dec18 b);

/// The same two roundings at full width, on scaled values, for numbers that only messages carry.
Wide mul_bankers(const Wide& a, const Wide& b);
Wide quo_bankers(const Wide& a, const Wide& b);

}  // namespace sim
