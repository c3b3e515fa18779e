// The real chain's Int (256 bits) and Dec (18 places, 315 bits) at full width, with its panics:
// what it recovers from is an Error of kind kPanic with the panic's text. For numbers that outgrow
// Dec18 and for rules that must fail where the real ones do. Decimals are scaled values. Source:
// cosmos-sdk v0.45.16 types/int.go, types/decimal.go.
#pragma once

#include "sim/result.h"
#include "sim/wide.h"

#include <cstdint>

namespace sim::exact {

inline constexpr unsigned kIntBits = 256;
inline constexpr unsigned kDecBits = 315;

Error panic(std::string text);

Result<Wide> int_add(const Wide& a, const Wide& b);
Result<Wide> int_sub(const Wide& a, const Wide& b);
Result<Wide> int_mul(const Wide& a, const Wide& b);
/// Cut towards zero.
Result<Wide> int_quo(const Wide& a, const Wide& b);
/// The Euclidean remainder, never below zero.
Result<Wide> int_mod(const Wide& a, const Wide& b);
/// n x 10^places.
Result<Wide> int_with_decimal(std::int64_t n, unsigned places);
Result<std::int64_t> to_int64(const Wide& a);
Result<std::uint64_t> to_uint64(const Wide& a);

Result<Wide> dec_add(const Wide& a, const Wide& b);
Result<Wide> dec_sub(const Wide& a, const Wide& b);
/// Half to even at the 18th place.
Result<Wide> dec_mul(const Wide& a, const Wide& b);
Result<Wide> dec_mul_truncate(const Wide& a, const Wide& b);
Result<Wide> dec_mul_int(const Wide& a, const Wide& n);
Result<Wide> dec_quo(const Wide& a, const Wide& b);
Result<Wide> dec_quo_truncate(const Wide& a, const Wide& b);
/// Away from zero when positive, cut when negative.
Result<Wide> dec_quo_round_up(const Wide& a, const Wide& b);
/// Cut towards zero, and not checked for its width, which cannot grow.
Result<Wide> dec_quo_int(const Wide& a, const Wide& n);
Result<Wide> dec_power(const Wide& a, std::uint64_t power);
/// Newton's method, at most 100 steps; an overflow on the way is a plain refusal.
Result<Wide> dec_approx_root(const Wide& a, std::uint64_t root);
Wide dec_ceil(const Wide& a);
/// Whole units, cut towards zero; panics beyond 256 bits.
Result<Wide> dec_truncate_int(const Wide& a);
/// Whole units, half to even; panics beyond 256 bits.
Result<Wide> dec_round_int(const Wide& a);
/// Whole units as an int64.
Result<std::int64_t> dec_truncate_int64(const Wide& a);
Result<std::int64_t> dec_round_int64(const Wide& a);
bool dec_is_integer(const Wide& a);

}  // namespace sim::exact
