// Decimal numbers as providers' configurations and price scripts use them: a whole number of digits
// and how many of them stand after the point. Stored values are short (38 digits); everything
// computed is wide. No floating point, so a price is the same on every machine.
#pragma once

#include "sim/dec18.h"
#include "sim/units.h"
#include "sim/wide.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace providers {

/// digits * 10^-scale, as configured.
struct Decimal {
    sim::Int128 digits = 0;
    std::int32_t scale = 0;  ///< 0 or more

    static void fields(auto& self, auto&& visit) {
        visit("digits", self.digits);
        visit("scale", self.scale);
    }
};

/// The same while computing.
struct WideDecimal {
    sim::Wide digits = 0;
    int scale = 0;

    WideDecimal() = default;

    // NOLINTNEXTLINE(google-explicit-constructor): a wider form of the same number
    WideDecimal(const Decimal& d) : digits(sim::to_wide(d.digits)), scale(d.scale) {}

    WideDecimal(sim::Wide digits_in, int scale_in)
        : digits(std::move(digits_in)), scale(scale_in) {}
};

/// A decimal of 127 bits for the everyday case; once a result does not fit, `fits` stays false and
/// the caller falls back to WideDecimal.
struct QuickDecimal {
    sim::Int128 digits = 0;
    int scale = 0;
    bool fits = true;

    QuickDecimal() = default;

    // NOLINTNEXTLINE(google-explicit-constructor): the same number
    QuickDecimal(const Decimal& d) : digits(d.digits), scale(d.scale) {}

    QuickDecimal(sim::Int128 digits_in, int scale_in) : digits(digits_in), scale(scale_in) {}

    /// The same value with more places.
    [[nodiscard]] QuickDecimal at_scale(int places) const;
};

QuickDecimal add(const QuickDecimal& a, const QuickDecimal& b);
QuickDecimal multiply(const QuickDecimal& a, const QuickDecimal& b);
/// The value when its decimals after the 18th are all zero and it fits.
std::optional<sim::Dec18> to_dec18(const QuickDecimal& value);

/// 10^n for 0 <= n <= 38.
sim::Int128 quick_power_of_ten(int n);
/// 10^n for 0 <= n <= 200.
const sim::Wide& power_of_ten(int n);

/// What shopspring/decimal v1.3 reads: a sign, digits with at most one point anywhere, an exponent.
/// Nothing when it is no number or longer than a Decimal holds.
std::optional<Decimal> parse_decimal(std::string_view text);
/// A micro-unit count as a decimal with six places.
Decimal from_micro(std::int64_t micro);

WideDecimal add(const WideDecimal& a, const WideDecimal& b);
WideDecimal multiply(const WideDecimal& a, const WideDecimal& b);
/// -1, 0 or 1.
int compare(const WideDecimal& a, const WideDecimal& b);
/// a / divisor with this many places, halves away from zero. divisor > 0.
WideDecimal divide_half_away(const WideDecimal& a, const sim::Wide& divisor, int places);
/// Without zeros at the end of the decimals.
WideDecimal trimmed(WideDecimal value);
/// "12.5", "0.004", "-3": as it is, without trimming.
std::string to_text(const WideDecimal& value);

/// Arithmetic of GNU bc with `scale=20` (bc -l): products keep
/// min(a + b, max(20, a, b)) places and quotients 20, both cut towards zero.
WideDecimal bc_multiply(const WideDecimal& a, const WideDecimal& b);
/// b must not be zero.
WideDecimal bc_divide(const WideDecimal& a, const WideDecimal& b);

/// The nearest binary number with this many mantissa bits (53: double, 64: x87 long double), ties
/// to even, printed with `places` decimals as C's printf prints it. 0 <= places <= 40.
std::string printf_fixed(const WideDecimal& value, int mantissa_bits, int places);

/// The value when it has at most 18 decimals and fits.
std::optional<sim::Dec18> to_dec18(const WideDecimal& value);
/// Cut to six decimals.
sim::Dec18 cut_to_micro(sim::Dec18 value);

}  // namespace providers
