#include "sim/exact.h"

#include <utility>

namespace sim::exact {
namespace {

constexpr int kRootStepsMax = 100;

Result<Wide> fit(Wide value, unsigned bits) {
    if (bit_length(value) > bits) return panic("Int overflow");
    return value;
}

/// Drops 18 digits, half to even.
Wide chop(const Wide& v) {
    Wide whole = abs(v);
    const Wide rest = whole % kDecOne;
    whole /= kDecOne;
    const Wide half = kDecOne / 2;
    if (rest > half || (rest == half && (whole & 1) == 1)) whole += 1;
    return v < 0 ? Wide(-whole) : whole;
}

/// The numerator times 10^36 divided, cut towards zero: 18 digits more than the result has.
Wide long_quotient(const Wide& a, const Wide& b) {
    Wide numerator = a;
    numerator *= kDecOne;
    numerator *= kDecOne;
    return numerator / b;
}

Error zero_divisor() {
    return panic("division by zero");
}

}  // namespace

Error panic(std::string text) {
    return {{"undefined", 111222}, std::move(text), ErrorKind::kPanic};
}

Result<Wide> int_add(const Wide& a, const Wide& b) {
    return fit(a + b, kIntBits);
}

Result<Wide> int_sub(const Wide& a, const Wide& b) {
    return fit(a - b, kIntBits);
}

Result<Wide> int_mul(const Wide& a, const Wide& b) {
    return fit(a * b, kIntBits);
}

Result<Wide> int_quo(const Wide& a, const Wide& b) {
    if (b == 0) return panic("Division by zero");
    return Wide(a / b);
}

Result<Wide> int_mod(const Wide& a, const Wide& b) {
    if (b == 0) return panic("division-by-zero");
    Wide rest = a % b;
    if (rest < 0) rest += abs(b);
    return rest;
}

Result<Wide> int_with_decimal(std::int64_t n, unsigned places) {
    Wide value = n;
    for (unsigned i = 0; i < places && value != 0; ++i) {
        value *= 10;
        if (bit_length(value) > kIntBits) return panic("NewIntWithDecimal() out of bound");
    }
    return value;
}

Result<std::int64_t> to_int64(const Wide& a) {
    const auto narrow = narrow64(a);
    if (!narrow) return panic("Int64() out of bound");
    return *narrow;
}

Result<std::uint64_t> to_uint64(const Wide& a) {
    if (a < 0 || bit_length(a) > 64) return panic("Uint64() out of bounds");
    return a.convert_to<std::uint64_t>();
}

Result<Wide> dec_add(const Wide& a, const Wide& b) {
    return fit(a + b, kDecBits);
}

Result<Wide> dec_sub(const Wide& a, const Wide& b) {
    return fit(a - b, kDecBits);
}

Result<Wide> dec_mul(const Wide& a, const Wide& b) {
    return fit(chop(a * b), kDecBits);
}

Result<Wide> dec_mul_truncate(const Wide& a, const Wide& b) {
    return fit(a * b / kDecOne, kDecBits);
}

Result<Wide> dec_mul_int(const Wide& a, const Wide& n) {
    return fit(a * n, kDecBits);
}

Result<Wide> dec_quo(const Wide& a, const Wide& b) {
    if (b == 0) return zero_divisor();
    return fit(chop(long_quotient(a, b)), kDecBits);
}

Result<Wide> dec_quo_truncate(const Wide& a, const Wide& b) {
    if (b == 0) return zero_divisor();
    return fit(long_quotient(a, b) / kDecOne, kDecBits);
}

Result<Wide> dec_quo_round_up(const Wide& a, const Wide& b) {
    if (b == 0) return zero_divisor();
    const Wide quotient = long_quotient(a, b);
    Wide value = quotient / kDecOne;
    if (quotient > 0 && quotient % kDecOne != 0) value += 1;
    return fit(std::move(value), kDecBits);
}

Result<Wide> dec_quo_int(const Wide& a, const Wide& n) {
    if (n == 0) return zero_divisor();
    return Wide(a / n);
}

Result<Wide> dec_power(const Wide& a, std::uint64_t power) {
    if (power == 0) return Wide(kDecOne);
    Wide odd = kDecOne;
    Wide square = a;
    for (std::uint64_t i = power; i > 1; i /= 2) {
        if (i % 2 != 0) {
            SIM_TRY(next, dec_mul(odd, square));
            odd = std::move(next);
        }
        SIM_TRY(next, dec_mul(square, square));
        square = std::move(next);
    }
    return dec_mul(square, odd);
}

Result<Wide> dec_approx_root(const Wide& a, std::uint64_t root) {
    if (a < 0) {
        SIM_TRY(value, dec_approx_root(-a, root));
        return Wide(-value);
    }
    if (root == 1 || a == 0 || a == kDecOne) return a;
    if (root == 0) return Wide(kDecOne);
    const auto refused = [](const Error& error) {
        return Error{error.code, "out of bounds", ErrorKind::kRefusal};
    };
    Wide guess = kDecOne;
    Wide delta = kDecOne;
    for (int step = 0; abs(delta) > 1 && step < kRootStepsMax; ++step) {
        const auto power = dec_power(guess, root - 1);
        if (!power) return refused(power.error());
        const auto quotient = dec_quo(a, *power == 0 ? Wide(1) : *power);
        if (!quotient) return refused(quotient.error());
        const auto difference = dec_sub(*quotient, guess);
        if (!difference) return refused(difference.error());
        delta = *difference / Wide(root);
        const auto next = dec_add(guess, delta);
        if (!next) return refused(next.error());
        guess = *next;
    }
    return guess;
}

Wide dec_ceil(const Wide& a) {
    Wide whole = a / kDecOne;
    if (a % kDecOne > 0) whole += 1;
    return whole * kDecOne;
}

Result<Wide> dec_truncate_int(const Wide& a) {
    Wide whole = a / kDecOne;
    if (bit_length(whole) > kIntBits) return panic("NewIntFromBigInt() out of bound");
    return whole;
}

Result<Wide> dec_round_int(const Wide& a) {
    Wide whole = chop(a);
    if (bit_length(whole) > kIntBits) return panic("NewIntFromBigInt() out of bound");
    return whole;
}

Result<std::int64_t> dec_truncate_int64(const Wide& a) {
    return to_int64(a / kDecOne);
}

Result<std::int64_t> dec_round_int64(const Wide& a) {
    return to_int64(chop(a));
}

bool dec_is_integer(const Wide& a) {
    return a % kDecOne == 0;
}

}  // namespace sim::exact
