// Quantities that must not be mixed up: each is an own type over int64. No implicit construction
// from a number; the literals below (6_s, 30_days) and `Height{5}` say the unit.
#pragma once

#include "sim/assert.h"

#include <compare>
#include <cstdint>

namespace sim {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

/// A count of something, additive with itself only.
template <class Tag>
struct Quantity {
    std::int64_t value = 0;

    constexpr Quantity() = default;

    constexpr explicit Quantity(std::int64_t v) : value(v) {}

    friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;

    friend constexpr Quantity operator+(Quantity a, Quantity b) {
        return Quantity{a.value + b.value};
    }

    friend constexpr Quantity operator-(Quantity a, Quantity b) {
        return Quantity{a.value - b.value};
    }

    constexpr Quantity& operator+=(Quantity b) { return *this = *this + b; }

    constexpr Quantity& operator-=(Quantity b) { return *this = *this - b; }

    static void fields(auto& self, auto&& visit) { visit("value", self.value); }
};

using BlockCount = Quantity<struct BlockCountTag>;
using GpuCount = Quantity<struct GpuCountTag>;
using MilliCpu = Quantity<struct MilliCpuTag>;
using Bytes = Quantity<struct BytesTag>;

/// Nanoseconds of simulated time between two moments; may be negative.
struct SimDuration {
    std::int64_t ns = 0;

    static constexpr SimDuration seconds(std::int64_t s) { return {s * 1'000'000'000}; }

    static constexpr SimDuration from_seconds(double s) {
        return {static_cast<std::int64_t>(s * 1e9)};
    }

    [[nodiscard]] constexpr double to_seconds() const { return static_cast<double>(ns) / 1e9; }

    friend constexpr auto operator<=>(const SimDuration&, const SimDuration&) = default;

    friend constexpr SimDuration operator+(SimDuration a, SimDuration b) { return {a.ns + b.ns}; }

    friend constexpr SimDuration operator-(SimDuration a, SimDuration b) { return {a.ns - b.ns}; }

    friend constexpr SimDuration operator*(SimDuration a, std::int64_t k) { return {a.ns * k}; }

    static void fields(auto& self, auto&& visit) { visit("ns", self.ns); }
};

/// Nanoseconds since the scenario's start.
struct SimTime {
    std::int64_t ns = 0;

    [[nodiscard]] constexpr double to_seconds() const { return static_cast<double>(ns) / 1e9; }

    friend constexpr auto operator<=>(const SimTime&, const SimTime&) = default;

    friend constexpr SimDuration operator-(SimTime a, SimTime b) { return {a.ns - b.ns}; }

    friend constexpr SimTime operator+(SimTime a, SimDuration d) { return {a.ns + d.ns}; }

    friend constexpr SimTime operator-(SimTime a, SimDuration d) { return {a.ns - d.ns}; }

    static void fields(auto& self, auto&& visit) { visit("ns", self.ns); }
};

/// Height of a block; the first block has height 1.
struct Height {
    std::int64_t value = 0;

    friend constexpr auto operator<=>(const Height&, const Height&) = default;

    friend constexpr BlockCount operator-(Height a, Height b) {
        return BlockCount{a.value - b.value};
    }

    friend constexpr Height operator+(Height a, BlockCount n) { return {a.value + n.value}; }

    static void fields(auto& self, auto&& visit) { visit("value", self.value); }
};

/// A share or a probability: numerator over a positive denominator, 1/1000 rather than 0.001.
struct Ratio {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;

    [[nodiscard]] constexpr double to_double() const {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }

    /// Compares the values, so 1/2 equals 2/4.
    friend constexpr std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
        return static_cast<Int128>(a.numerator) * b.denominator <=>
               static_cast<Int128>(b.numerator) * a.denominator;
    }

    friend constexpr bool operator==(const Ratio& a, const Ratio& b) { return (a <=> b) == 0; }

    static void fields(auto& self, auto&& visit) {
        visit("numerator", self.numerator);
        visit("denominator", self.denominator);
    }
};

inline namespace literals {
constexpr SimDuration operator""_ms(unsigned long long n) {
    return {static_cast<std::int64_t>(n) * 1'000'000};
}

constexpr SimDuration operator""_s(unsigned long long n) {
    return SimDuration::seconds(static_cast<std::int64_t>(n));
}

constexpr SimDuration operator""_min(unsigned long long n) {
    return SimDuration::seconds(static_cast<std::int64_t>(n) * 60);
}

constexpr SimDuration operator""_h(unsigned long long n) {
    return SimDuration::seconds(static_cast<std::int64_t>(n) * 3600);
}

constexpr SimDuration operator""_days(unsigned long long n) {
    return SimDuration::seconds(static_cast<std::int64_t>(n) * 86400);
}
}  // namespace literals

}  // namespace sim
