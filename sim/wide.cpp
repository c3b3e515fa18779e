#include "sim/wide.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sim {
namespace {

constexpr auto kPowersOfTen = [] {
    std::array<Uint128, 39> powers{};
    Uint128 p = 1;
    for (auto& power : powers) {
        power = p;
        p *= 10;  // the last product wraps and is not used
    }
    return powers;
}();

Uint128 magnitude(Int128 v) {
    return v < 0 ? Uint128{0} - static_cast<Uint128>(v) : static_cast<Uint128>(v);
}

int bit_width(Uint128 v) {
    const auto high = static_cast<std::uint64_t>(v >> 64);
    const auto low = static_cast<std::uint64_t>(v);
    if (high != 0) return 128 - __builtin_clzll(high);
    return low == 0 ? 0 : 64 - __builtin_clzll(low);
}

std::string place_point(std::string digits, bool negative) {
    if (digits.size() < 19) digits.insert(0, 19 - digits.size(), '0');
    digits.insert(digits.size() - 18, 1, '.');
    return negative ? "-" + digits : digits;
}

}  // namespace

int decimal_digits(Int128 v) {
    const Uint128 m = magnitude(v);
    if (m == 0) return 1;
    // 1233 / 4096 is log10(2) from below, close enough to be off by one at the most.
    const int guess = bit_width(m) * 1233 / 4096;
    return guess + (m >= kPowersOfTen[static_cast<std::size_t>(guess)] ? 1 : 0);
}

int decimal_digits(std::uint64_t v) {
    return decimal_digits(static_cast<Int128>(v));
}

int decimal_digits(const Wide& v) {
    if (const auto small = narrow(v)) return decimal_digits(*small);
    return static_cast<int>(Wide(abs(v)).str().size());
}

std::string to_text(Int128 v) {
    std::array<char, 41> buffer{};
    auto* end = buffer.data() + buffer.size();
    auto* p = end;
    Uint128 m = magnitude(v);
    do {
        *--p = static_cast<char>('0' + static_cast<int>(m % 10));
        m /= 10;
    } while (m != 0);
    if (v < 0) *--p = '-';
    return {p, end};
}

std::string to_text(const Wide& v) {
    return v.str();
}

std::string dec_to_text(Int128 scaled) {
    std::string digits = to_text(scaled);
    const bool negative = scaled < 0;
    return place_point(negative ? digits.substr(1) : digits, negative);
}

std::string dec_to_text(const Wide& scaled) {
    return place_point(Wide(abs(scaled)).str(), scaled < 0);
}

Wide to_wide(Int128 v) {
    const Uint128 m = magnitude(v);
    Wide wide = static_cast<std::uint64_t>(m >> 64);
    wide <<= 64;
    wide |= static_cast<std::uint64_t>(m);
    return v < 0 ? Wide(-wide) : wide;
}

std::optional<Int128> narrow(const Wide& v) {
    if (v == 0) return Int128{0};
    if (bit_length(v) > 127) return std::nullopt;
    const Wide m = abs(v);
    const auto low = static_cast<std::uint64_t>(m & std::numeric_limits<std::uint64_t>::max());
    const auto high = static_cast<std::uint64_t>(m >> 64);
    const auto value = static_cast<Int128>((static_cast<Uint128>(high) << 64) | low);
    return v < 0 ? -value : value;
}

std::optional<std::int64_t> narrow64(const Wide& v) {
    const auto wide = narrow(v);
    if (!wide || *wide > std::numeric_limits<std::int64_t>::max() ||
        *wide < std::numeric_limits<std::int64_t>::min()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*wide);
}

unsigned bit_length(const Wide& v) {
    return v == 0 ? 0U : static_cast<unsigned>(msb(Wide(abs(v)))) + 1U;
}

FieldForm<Wide>::Form FieldForm<Wide>::to(const Wide& v) {
    if (const auto small = narrow(v)) return *small;
    return v.str();
}

bool FieldForm<Wide>::from(const Form& form, Wide& v) {
    if (const auto* small = std::get_if<Int128>(&form)) {
        v = to_wide(*small);
        return true;
    }
    // 704 bits have at most 212 digits.
    std::string_view digits = std::get<std::string>(form);
    if (digits.starts_with('-')) digits.remove_prefix(1);
    const bool number =
        !digits.empty() && digits.size() <= 211 && digits.front() != '0' &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (number) v = Wide(std::get<std::string>(form));
    return number;
}

}  // namespace sim
