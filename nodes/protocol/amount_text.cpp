#include "nodes/protocol/amount_text.h"

#include <algorithm>

namespace nodes {
namespace {

constexpr unsigned kIntBitsMax = 256;
constexpr unsigned kDecBitsMax = 315;
constexpr std::size_t kDecPlaces = 18;

struct Signed {
    std::string_view digits;
    bool negative = false;
};

Signed take_sign(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    return {text, negative};
}

unsigned digit_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A') + 10;
    return 99;
}

/// Appends digits to `value`; false on a character that is none and as soon as the limit is passed,
/// so that a text of any length cannot overflow the working width.
bool append_digits(std::string_view digits, unsigned base, unsigned bits_max, sim::Wide& value) {
    for (const char c : digits) {
        const unsigned digit = digit_value(c);
        if (digit >= base) return false;
        value *= base;
        value += digit;
        if (sim::bit_length(value) > bits_max) return false;
    }
    return true;
}

struct Prefixed {
    std::string_view digits;
    unsigned base = 10;
    bool has_prefix = false;
};

/// math/big's base 0: 0x, 0o and 0b, and a lone leading 0 for octal.
Prefixed take_prefix(std::string_view text) {
    if (text.size() < 2 || text[0] != '0') return {text, 10, false};
    switch (text[1]) {
        case 'x':
        case 'X':
            return {text.substr(2), 16, true};
        case 'o':
        case 'O':
            return {text.substr(2), 8, true};
        case 'b':
        case 'B':
            return {text.substr(2), 2, true};
        default:
            return {text.substr(1), 8, true};
    }
}

/// Underscores may stand between digits and behind a prefix, one at a time.
bool underscores_ok(const Prefixed& number) {
    char before = number.has_prefix ? '0' : '_';
    for (const char c : number.digits) {
        if (c == '_' && before == '_') return false;
        before = c;
    }
    return before != '_';
}

}  // namespace

std::optional<sim::Wide> int_from_text(std::string_view text) {
    const Signed number = take_sign(text);
    const Prefixed prefixed = take_prefix(number.digits);
    if (prefixed.digits.empty() || !underscores_ok(prefixed)) return std::nullopt;
    sim::Wide value = 0;
    for (std::string_view rest = prefixed.digits; !rest.empty();) {
        const auto end = std::min(rest.find('_'), rest.size());
        if (!append_digits(rest.substr(0, end), prefixed.base, kIntBitsMax, value)) {
            return std::nullopt;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return number.negative ? sim::Wide(-value) : value;
}

std::optional<sim::Wide> dec_from_text(std::string_view text) {
    const bool minus = text.starts_with('-');
    if (minus) text.remove_prefix(1);
    const auto point = text.find('.');
    std::string_view places;
    if (point != std::string_view::npos) {
        places = text.substr(point + 1);
        text = text.substr(0, point);
        if (places.empty() || places.size() > kDecPlaces) return std::nullopt;
    }
    if (text.empty()) return std::nullopt;
    // The node hands digits and places to a reader that takes a sign of its own: "--5" is 5.
    const Signed number = take_sign(text);
    sim::Wide value = 0;
    if (!append_digits(number.digits, 10, kDecBitsMax, value)) return std::nullopt;
    if (!append_digits(places, 10, kDecBitsMax, value)) return std::nullopt;
    for (std::size_t i = places.size(); i < kDecPlaces; ++i) {
        if (!append_digits("0", 10, kDecBitsMax, value)) return std::nullopt;
    }
    return minus != number.negative ? sim::Wide(-value) : value;
}

}  // namespace nodes
