#include "providers/decimal.h"

#include "sim/assert.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace providers {
namespace {

using sim::Int128;
using sim::Wide;

constexpr int kPowers = 201;
constexpr int kBcScale = 20;

struct Aligned {
    Wide a;
    Wide b;
    int scale = 0;
};

Aligned align(const WideDecimal& a, const WideDecimal& b) {
    const int scale = std::max(a.scale, b.scale);
    if (a.scale == b.scale) return {a.digits, b.digits, scale};
    return {
        a.digits * power_of_ten(scale - a.scale), b.digits * power_of_ten(scale - b.scale), scale};
}

/// |a| / b rounded half to even; b > 0.
Wide quotient_half_even(const Wide& a, const Wide& b) {
    const Wide quotient = a / b;
    const Wide twice = (a - quotient * b) * 2;
    if (twice > b || (twice == b && (quotient & 1) != 0)) return quotient + 1;
    return quotient;
}

/// Cut towards zero to at most this many places.
WideDecimal cut(WideDecimal value, int places) {
    if (value.scale > places) {
        value.digits /= power_of_ten(value.scale - places);
        value.scale = places;
    }
    return value;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Sign and digits as Go's integer parsers take them; at most 38 digits after leading zeros.
std::optional<Int128> parse_whole(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    if (text.empty() || !all_digits(text)) return std::nullopt;
    while (text.size() > 1 && text[0] == '0')
        text.remove_prefix(1);
    if (text.size() > 38) return std::nullopt;
    Int128 value = 0;
    for (const char c : text)
        value = value * 10 + (c - '0');
    return negative ? -value : value;
}

/// The exponent after 'e': a sign and digits, within the range that a Decimal can use.
std::optional<int> parse_exponent(std::string_view text) {
    if (!text.empty() && text[0] == '+') text.remove_prefix(1);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return std::abs(value) <= 100 ? std::optional(value) : std::nullopt;
}

}  // namespace

const Wide& power_of_ten(int n) {
    static const auto kTable = [] {
        std::array<Wide, kPowers> table;
        table[0] = 1;
        for (std::size_t i = 1; i < table.size(); ++i)
            table[i] = table[i - 1] * 10;
        return table;
    }();
    SIM_ASSERT(n >= 0 && n < kPowers, "a power of ten up to {}, got {}", kPowers - 1, n);
    return kTable[static_cast<std::size_t>(n)];
}

sim::Int128 quick_power_of_ten(int n) {
    static constexpr auto kTable = [] {
        std::array<Int128, 39> table{};
        Int128 power = 1;
        for (std::size_t i = 0; i < table.size(); ++i) {
            table[i] = power;
            if (i + 1 < table.size()) power *= 10;
        }
        return table;
    }();
    SIM_ASSERT(n >= 0 && n < 39, "a power of ten up to 38, got {}", n);
    return kTable[static_cast<std::size_t>(n)];
}

QuickDecimal QuickDecimal::at_scale(int places) const {
    SIM_ASSERT(places >= scale, "no fewer places");
    QuickDecimal result{0, places};
    result.fits = fits && places - scale <= 38 &&
                  !__builtin_mul_overflow(
                      digits, quick_power_of_ten(std::min(places - scale, 38)), &result.digits);
    return result;
}

QuickDecimal add(const QuickDecimal& a, const QuickDecimal& b) {
    const int scale = std::max(a.scale, b.scale);
    const auto left = a.at_scale(scale);
    const auto right = b.at_scale(scale);
    QuickDecimal sum{0, scale};
    sum.fits =
        left.fits && right.fits && !__builtin_add_overflow(left.digits, right.digits, &sum.digits);
    return sum;
}

QuickDecimal multiply(const QuickDecimal& a, const QuickDecimal& b) {
    QuickDecimal product{0, a.scale + b.scale};
    product.fits = a.fits && b.fits && !__builtin_mul_overflow(a.digits, b.digits, &product.digits);
    return product;
}

std::optional<sim::Dec18> to_dec18(const QuickDecimal& value) {
    if (!value.fits || value.scale > 56) return std::nullopt;
    if (value.scale <= 18) {
        const auto scaled = value.at_scale(18);
        return scaled.fits ? std::optional(sim::Dec18{scaled.digits}) : std::nullopt;
    }
    const auto unit = quick_power_of_ten(value.scale - 18);
    if (value.digits % unit != 0) return std::nullopt;
    return sim::Dec18{value.digits / unit};
}

std::optional<Decimal> parse_decimal(std::string_view text) {
    int exponent = 0;
    if (const auto e = text.find_first_of("Ee"); e != std::string_view::npos) {
        const auto parsed = parse_exponent(text.substr(e + 1));
        if (!parsed) return std::nullopt;
        exponent = *parsed;
        text = text.substr(0, e);
    }
    std::string digits(text);
    if (const auto point = text.find('.'); point != std::string_view::npos) {
        exponent -= static_cast<int>(text.size() - point - 1);
        digits.erase(point, 1);
    }
    auto whole = parse_whole(digits);
    if (!whole || exponent < -200) return std::nullopt;
    if (exponent <= 0) return Decimal{*whole, -exponent};
    for (int i = 0; i < exponent; ++i) {
        if (__builtin_mul_overflow(*whole, Int128{10}, &*whole)) return std::nullopt;
    }
    return Decimal{*whole, 0};
}

Decimal from_micro(std::int64_t micro) {
    return {micro, 6};
}

WideDecimal add(const WideDecimal& a, const WideDecimal& b) {
    const auto aligned = align(a, b);
    return {aligned.a + aligned.b, aligned.scale};
}

WideDecimal multiply(const WideDecimal& a, const WideDecimal& b) {
    return {a.digits * b.digits, a.scale + b.scale};
}

int compare(const WideDecimal& a, const WideDecimal& b) {
    const auto aligned = align(a, b);
    return aligned.a.compare(aligned.b);
}

WideDecimal divide_half_away(const WideDecimal& a, const Wide& divisor, int places) {
    SIM_ASSERT(divisor > 0, "a positive divisor");
    const int grow = places - a.scale;
    const Wide numerator = Wide(abs(a.digits)) * power_of_ten(std::max(grow, 0));
    const Wide denominator = divisor * power_of_ten(std::max(-grow, 0));
    Wide quotient = numerator / denominator;
    if ((numerator - quotient * denominator) * 2 >= denominator) quotient += 1;
    return {a.digits < 0 ? Wide(-quotient) : quotient, places};
}

WideDecimal trimmed(WideDecimal value) {
    if (value.digits == 0) return {0, 0};
    while (value.scale > 0 && value.digits % 10 == 0) {
        value.digits /= 10;
        --value.scale;
    }
    return value;
}

std::string to_text(const WideDecimal& value) {
    std::string digits = sim::to_text(Wide(abs(value.digits)));
    const auto scale = static_cast<std::size_t>(value.scale);
    if (scale > 0) {
        if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - scale, 1, '.');
    }
    return value.digits < 0 ? "-" + digits : digits;
}

WideDecimal bc_multiply(const WideDecimal& a, const WideDecimal& b) {
    const int keep = std::min(a.scale + b.scale, std::max({kBcScale, a.scale, b.scale}));
    return cut(multiply(a, b), keep);
}

WideDecimal bc_divide(const WideDecimal& a, const WideDecimal& b) {
    SIM_ASSERT(b.digits != 0, "a divisor that is not zero");
    const int grow = kBcScale + b.scale - a.scale;
    const Wide numerator = a.digits * power_of_ten(std::max(grow, 0));
    return {numerator / (b.digits * power_of_ten(std::max(-grow, 0))), kBcScale};
}

std::string printf_fixed(const WideDecimal& value, int mantissa_bits, int places) {
    const Wide numerator = abs(value.digits);
    if (numerator == 0) return to_text({0, places});
    const Wide& denominator = power_of_ten(value.scale);
    // value = mantissa * 2^-shift with exactly mantissa_bits bits; the first guess of the shift is
    // one too small at the most, and rounding up may carry into one bit more, which is harmless.
    int shift = mantissa_bits - static_cast<int>(sim::bit_length(numerator)) +
                static_cast<int>(sim::bit_length(denominator));
    const auto scaled = [&](int by) {
        return by >= 0 ? quotient_half_even(numerator << by, denominator)
                       : quotient_half_even(numerator, denominator << -by);
    };
    Wide mantissa = scaled(shift);
    if (sim::bit_length(mantissa) > static_cast<unsigned>(mantissa_bits)) {
        --shift;
        mantissa = scaled(shift);
    }
    Wide digits = mantissa * power_of_ten(places);
    digits = shift >= 0 ? quotient_half_even(digits, Wide(1) << shift) : digits << -shift;
    return to_text({value.digits < 0 ? Wide(-digits) : digits, places});
}

std::optional<sim::Dec18> to_dec18(const WideDecimal& value) {
    const auto short_form = trimmed(value);
    if (short_form.scale > 18) return std::nullopt;
    const auto scaled = sim::narrow(short_form.digits * power_of_ten(18 - short_form.scale));
    if (!scaled) return std::nullopt;
    return sim::Dec18{*scaled};
}

sim::Dec18 cut_to_micro(sim::Dec18 value) {
    constexpr Int128 kMicro = sim::kDecOne / 1'000'000;
    return {value.scaled / kMicro * kMicro};
}

}  // namespace providers
