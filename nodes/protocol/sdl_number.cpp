#include "nodes/protocol/sdl_number.h"

#include "sim/assert.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace nodes {
namespace {

using Big = boost::multiprecision::cpp_int;

constexpr std::uint64_t kTwo63 = 1ULL << 63U;
constexpr std::uint64_t kTwo53 = 1ULL << 53U;
// Go keeps 800 significant digits; whether more follow is all that can still matter.
constexpr std::size_t kDigitsMax = 800;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

int bit_count(const Big& value) {
    return static_cast<int>(msb(value)) + 1;
}

/// numerator / denominator x 2^exponent rounded to the nearest binary64, ties to even.
Binary64 round_quotient(const Big& numerator, const Big& denominator, int exponent) {
    if (numerator == 0) return {};
    constexpr int kBits = 55;
    int shift = kBits - (bit_count(numerator) - bit_count(denominator));
    Big scaled = numerator;
    Big divisor = denominator;
    if (shift >= 0)
        scaled <<= shift;
    else
        divisor <<= -shift;
    Big rest;
    Big wide;
    divide_qr(scaled, divisor, wide, rest);
    const auto quotient = static_cast<std::uint64_t>(wide);
    const int least = exponent - shift;  // exponent of the quotient's last bit
    const int drop = std::max(bit_count(wide) - 53, -1074 - least);
    if (drop > 60) return {};
    const auto below = quotient & ((1ULL << static_cast<unsigned>(drop)) - 1);
    const auto half = 1ULL << static_cast<unsigned>(drop - 1);
    std::uint64_t mantissa = quotient >> static_cast<unsigned>(drop);
    const bool tie = below == half && rest == 0;
    if (tie ? (mantissa & 1U) != 0 : below >= half) ++mantissa;
    int result = least + drop;
    if (mantissa == kTwo53) {
        mantissa >>= 1U;
        ++result;
    }
    if (mantissa != 0 && result + bit_count(Big(mantissa)) > 1024) {
        return {Binary64::Kind::kInfinity, false, 0, 0};
    }
    return {Binary64::Kind::kFinite, false, mantissa, result};
}

/// The parts of a floating-point text before conversion: digits and the place of the point.
struct FloatText {
    std::string digits;  ///< without leading zeros, '1' appended when cut digits were not all zero
    int point = 0;       ///< digits before the point, counted from the first kept digit
    int exponent = 0;
    bool hexadecimal = false;
    bool negative = false;
};

class FloatReader {
  public:
    explicit FloatReader(std::string_view text) : text_(text) {}

    /// Go's strconv readFloat; nothing when the text is no number.
    std::optional<FloatText> read() {
        if (!text_.empty() && (text_[0] == '+' || text_[0] == '-')) {
            out_.negative = text_[0] == '-';
            at_ = 1;
        }
        if (at_ + 2 < text_.size() && text_[at_] == '0' && lower(text_[at_ + 1]) == 'x') {
            out_.hexadecimal = true;
            at_ += 2;
        }
        read_digits();
        if (!any_digit_ || !read_exponent() || at_ != text_.size()) return std::nullopt;
        if (underscores_ && !underscores_fit()) return std::nullopt;
        if (cut_nonzero_) out_.digits += '1';
        return out_;
    }

  private:
    void read_digits() {
        bool point_seen = false;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '_') {
                underscores_ = true;
            } else if (c == '.' && !point_seen) {
                point_seen = true;
            } else if (is_digit(c) || (out_.hexadecimal && hex_value(c) >= 0)) {
                take_digit(c, point_seen);
            } else {
                break;
            }
        }
    }

    void take_digit(char c, bool after_point) {
        any_digit_ = true;
        if (c == '0' && out_.digits.empty()) {
            out_.point -= after_point ? 1 : 0;
            return;
        }
        out_.point += after_point ? 0 : 1;
        if (out_.digits.size() < kDigitsMax)
            out_.digits += c;
        else
            cut_nonzero_ = cut_nonzero_ || c != '0';
    }

    bool read_exponent() {
        const char mark = out_.hexadecimal ? 'p' : 'e';
        if (at_ >= text_.size() || lower(text_[at_]) != mark) return !out_.hexadecimal;
        ++at_;
        if (at_ >= text_.size()) return false;
        int sign = 1;
        if (text_[at_] == '+' || text_[at_] == '-') sign = text_[at_++] == '-' ? -1 : 1;
        if (at_ >= text_.size() || !is_digit(text_[at_])) return false;
        int value = 0;
        for (; at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '_'); ++at_) {
            if (text_[at_] == '_')
                underscores_ = true;
            else if (value < 10000)
                value = value * 10 + (text_[at_] - '0');
        }
        out_.exponent = sign * value;
        return true;
    }

    /// Go's underscoreOK: underscores only between digits, or after a base prefix.
    [[nodiscard]] bool underscores_fit() const {
        std::size_t i = text_[0] == '+' || text_[0] == '-' ? 1 : 0;
        bool after_digit = false;
        if (text_.size() >= i + 2 && text_[i] == '0' &&
            std::string_view("box").find(lower(text_[i + 1])) != std::string_view::npos) {
            after_digit = true;
            i += 2;
        }
        bool after_underscore = false;
        for (; i < text_.size(); ++i) {
            const char c = text_[i];
            const bool digit = is_digit(c) || (out_.hexadecimal && hex_value(c) >= 0);
            if (!digit && after_underscore) return false;
            if (c == '_' && !after_digit) return false;
            after_digit = digit;
            after_underscore = c == '_';
        }
        return !after_underscore;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    FloatText out_;
    bool any_digit_ = false;
    bool underscores_ = false;
    bool cut_nonzero_ = false;
};

Big digits_to_number(const FloatText& text) {
    Big value = 0;
    const unsigned base = text.hexadecimal ? 16 : 10;
    for (const char c : text.digits)
        value = value * base + hex_value(c);
    return value;
}

Binary64 convert(const FloatText& text) {
    if (text.digits.empty()) return {};
    // Beyond these limits every value is an infinity or zero; they keep the numbers small.
    constexpr Binary64 kInfinite{Binary64::Kind::kInfinity, false, 0, 0};
    const int digits = static_cast<int>(text.digits.size());
    // `point` may be as large as the file; a sum of two such numbers still fits.
    if (text.hexadecimal) {
        const auto top = std::int64_t{text.point} * 4 + text.exponent;
        if (top > 2000) return kInfinite;
        if (top < -2000) return {};
        return round_quotient(digits_to_number(text), 1, static_cast<int>(top) - digits * 4);
    }
    const auto top = std::int64_t{text.point} + text.exponent;
    if (top > 400) return kInfinite;
    if (top < -400) return {};
    const int scale = static_cast<int>(top) - digits;
    const Big power = pow(Big(10), static_cast<unsigned>(scale < 0 ? -scale : scale));
    const Big number = digits_to_number(text);
    return scale < 0 ? round_quotient(number, power, 0) : round_quotient(number * power, 1, 0);
}

bool equals_ignoring_case(std::string_view text, std::string_view lower_text) {
    return std::equal(
        text.begin(), text.end(), lower_text.begin(), lower_text.end(), [](char a, char b) {
            return lower(a) == b;
        });
}

std::optional<Binary64> special_value(std::string_view text) {
    if (equals_ignoring_case(text, "nan")) return Binary64{Binary64::Kind::kNan, false, 0, 0};
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    if (!equals_ignoring_case(text, "inf") && !equals_ignoring_case(text, "infinity")) {
        return std::nullopt;
    }
    return Binary64{Binary64::Kind::kInfinity, negative, 0, 0};
}

unsigned take_base_prefix(std::string_view& text) {
    if (text.size() < 2 || text[0] != '0') return 10;
    const char mark = lower(text[1]);
    const unsigned base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    if (base != 0 && text.size() >= 3) {
        text.remove_prefix(2);
        return base;
    }
    text.remove_prefix(1);
    return 8;
}

/// The whole part of |value|, or nothing from 2^64 on.
std::optional<std::uint64_t> whole_part(const Binary64& value) {
    if (value.mantissa == 0) return 0;
    if (value.exponent <= -64) return 0;
    if (value.exponent < 0) return value.mantissa >> static_cast<unsigned>(-value.exponent);
    if (value.exponent > 63) return std::nullopt;
    const auto shift = static_cast<unsigned>(value.exponent);
    const auto shifted = value.mantissa << shift;
    if (shifted >> shift != value.mantissa) return std::nullopt;
    return shifted;
}

}  // namespace

std::string_view problem_text(NumberProblem problem) {
    return problem == NumberProblem::kRange ? "value out of range" : "invalid syntax";
}

ParsedFloat parse_float(std::string_view text) {
    if (const auto special = special_value(text)) return {*special, NumberProblem::kNone};
    const auto parts = FloatReader(text).read();
    if (!parts) return {{}, NumberProblem::kSyntax};
    auto value = convert(*parts);
    value.negative = parts->negative;
    const bool overflow = value.kind == Binary64::Kind::kInfinity;
    return {value, overflow ? NumberProblem::kRange : NumberProblem::kNone};
}

ParsedUint parse_uint(std::string_view text, IntegerFormat format) {
    SIM_ASSERT(format.bits == 32 || format.bits == 64, "32 or 64 bits, got {}", format.bits);
    if (text.empty()) return {0, NumberProblem::kSyntax};
    const unsigned base = format.base == 0 ? take_base_prefix(text) : format.base;
    const std::uint64_t most = format.bits == 32 ? 0xffff'ffffULL : ~0ULL;
    ParsedUint out;
    for (const char c : text) {
        const int digit = hex_value(c);
        if (digit < 0 || static_cast<unsigned>(digit) >= base) return {0, NumberProblem::kSyntax};
        const auto add = static_cast<std::uint64_t>(digit);
        // As in Go, a text that is too large and malformed further on is a range error.
        if (out.value > (most - add) / base) return {most, NumberProblem::kRange};
        out.value = out.value * base + add;
    }
    return out;
}

ParsedInt parse_int(std::string_view text, IntegerFormat format) {
    SIM_ASSERT(format.bits == 64, "64 bits, got {}", format.bits);
    if (text.empty()) return {0, NumberProblem::kSyntax};
    const bool negative = text[0] == '-';
    if (text[0] == '+' || text[0] == '-') text.remove_prefix(1);
    const auto magnitude = parse_uint(text, format);
    if (magnitude.problem != NumberProblem::kNone) return {0, magnitude.problem};
    if (magnitude.value > (negative ? kTwo63 : kTwo63 - 1)) return {0, NumberProblem::kRange};
    return {static_cast<std::int64_t>(negative ? 0 - magnitude.value : magnitude.value),
            NumberProblem::kNone};
}

Binary64 multiply(const Binary64& value, std::uint64_t factor) {
    SIM_ASSERT(factor > 0, "a factor above zero, got {}", factor);
    if (value.kind != Binary64::Kind::kFinite) return value;
    auto product = round_quotient(Big(value.mantissa) * factor, 1, value.exponent);
    product.negative = value.negative;
    return product;
}

bool below_zero(const Binary64& value) {
    if (value.kind == Binary64::Kind::kNan || !value.negative) return false;
    return value.kind == Binary64::Kind::kInfinity || value.mantissa != 0;
}

bool at_most_two_to_64(const Binary64& value) {
    if (value.kind == Binary64::Kind::kNan) return false;
    if (below_zero(value)) return true;
    if (value.kind == Binary64::Kind::kInfinity) return false;
    if (whole_part(value)) return true;
    return Big(value.mantissa) << static_cast<unsigned>(value.exponent) == Big(1) << 64U;
}

std::uint64_t to_uint64(const Binary64& value) {
    if (value.kind != Binary64::Kind::kFinite) return kTwo63;
    const auto whole = whole_part(value);
    if (!whole) return kTwo63;
    if (!value.negative) return *whole;
    return *whole > kTwo63 ? kTwo63 : 0 - *whole;
}

std::uint32_t to_uint32(const Binary64& value) {
    if (value.kind != Binary64::Kind::kFinite) return 0;
    const auto whole = whole_part(value);
    if (!whole || *whole >= kTwo63) return 0;
    return static_cast<std::uint32_t>(value.negative ? 0 - *whole : *whole);
}

}  // namespace nodes
