// Numbers as the Go reader of SDL files understands them: strconv's grammar, IEEE binary64 values
// and amd64's conversions to integers. Done in integers, so that the result is the same everywhere.
#pragma once

#include <cstdint>
#include <string_view>

namespace nodes {

/// A binary64 value: (-1)^negative x mantissa x 2^exponent, mantissa below 2^53.
struct Binary64 {
    enum class Kind : std::uint8_t { kFinite, kInfinity, kNan };

    Kind kind = Kind::kFinite;
    bool negative = false;
    std::uint64_t mantissa = 0;
    int exponent = 0;
};

/// How strconv failed: "invalid syntax" or "value out of range".
enum class NumberProblem : std::uint8_t { kNone, kSyntax, kRange };

/// The text of a problem inside strconv's error: `strconv.ParseFloat: parsing "x": invalid syntax`.
std::string_view problem_text(NumberProblem problem);

struct ParsedFloat {
    Binary64 value;
    NumberProblem problem = NumberProblem::kNone;
};

struct ParsedUint {
    std::uint64_t value = 0;
    NumberProblem problem = NumberProblem::kNone;
};

struct ParsedInt {
    std::int64_t value = 0;
    NumberProblem problem = NumberProblem::kNone;
};

/// strconv.ParseFloat(text, 64): decimal, hexadecimal with a binary exponent, inf and nan.
ParsedFloat parse_float(std::string_view text);

struct IntegerFormat {
    unsigned base = 10;  ///< 0: by prefix (0x, 0o, 0b, 0), as in Go; else 2, 8, 10 or 16
    unsigned bits = 64;
};

/// strconv.ParseUint and ParseInt. Underscores are refused in every base (callers remove them).
ParsedUint parse_uint(std::string_view text, IntegerFormat format);
ParsedInt parse_int(std::string_view text, IntegerFormat format);

/// The rounded product with a factor that binary64 can hold.
Binary64 multiply(const Binary64& value, std::uint64_t factor);

/// value < 0 (false for NaN and for minus zero).
bool below_zero(const Binary64& value);
/// value <= 2^64 (false for NaN).
bool at_most_two_to_64(const Binary64& value);

/// uint64(value) on amd64: what does not fit, infinities and NaN give 2^63.
std::uint64_t to_uint64(const Binary64& value);
/// uint32(value) on amd64: the low half of the 64-bit conversion, so too large values give 0.
std::uint32_t to_uint32(const Binary64& value);

}  // namespace nodes
