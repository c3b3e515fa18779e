// Numbers as they come in from outside. The real chain's integers have 256 bits and its decimals
// 315 bits (cosmos-sdk v0.45 types/math Int and Dec); messages carry such numbers, so they are read
// and compared at full width. State keeps narrower types (units.h, dec18.h), checked at the border.
#pragma once

#include "sim/units.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace sim {

/// Working width: the product of two 315-bit decimals fits.
using Wide = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<704,
                                           704,
                                           boost::multiprecision::signed_magnitude,
                                           boost::multiprecision::unchecked,
                                           void>,
    boost::multiprecision::et_off>;

/// 10^18, the scale of every decimal.
inline constexpr std::int64_t kDecOne = 1'000'000'000'000'000'000;

/// Decimal digits of |v|; 1 for zero.
int decimal_digits(const Wide& v);
int decimal_digits(Int128 v);
int decimal_digits(std::uint64_t v);

std::string to_text(const Wide& v);
std::string to_text(Int128 v);
/// An 18-digit decimal printed in full: 1.500000000000000000.
std::string dec_to_text(const Wide& scaled);
std::string dec_to_text(Int128 scaled);

Wide to_wide(Int128 v);
/// The value when it fits into 127 bits and a sign.
std::optional<Int128> narrow(const Wide& v);
/// The value when it fits into an int64.
std::optional<std::int64_t> narrow64(const Wide& v);

/// Length in bits of |v|, 0 for zero.
unsigned bit_length(const Wide& v);

template <class T>
struct FieldForm;

/// Saved and digested as a plain number where it fits, else as decimal text (fields.h).
template <>
struct FieldForm<Wide> {
    using Form = std::variant<Int128, std::string>;
    static Form to(const Wide& v);
    /// False when the text is no number of this width.
    static bool from(const Form& form, Wide& v);
};

}  // namespace sim
