// Go's filepath.Match on Unix, as far as its yes or no goes: a bad pattern is a no. The pattern is
// taken in chunks between stars. A chunk is tried at the present place, then, behind a star, one
// byte further each time, but never beyond a '/'; the first place that fits is kept.
#include "nodes/protocol/attributes.h"

#include <cstdint>
#include <string_view>

namespace nodes {
namespace {

constexpr char32_t kReplacement = 0xfffd;

struct Rune {
    char32_t value = kReplacement;
    std::size_t length = 1;
};

/// One code point; what is no UTF-8 is the replacement character of length 1 (Go utf8.DecodeRune).
Rune decode_rune(std::string_view s) {
    const auto byte = [s](std::size_t i) { return static_cast<std::uint8_t>(s[i]); };
    if (s.empty()) return {kReplacement, 0};
    const std::uint8_t first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || s.size() < length) return {};
    char32_t value = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) return {};
        value = (value << 6U) | (byte(i) & 0x3fU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (overlong || surrogate || value > 0x10ffff) return {};
    return {value, length};
}

/// Takes one character of a class off `chunk`; false when the pattern is bad there.
bool take_class_character(std::string_view& chunk, char32_t& out) {
    if (chunk.empty() || chunk[0] == '-' || chunk[0] == ']') return false;
    if (chunk[0] == '\\') {
        chunk.remove_prefix(1);
        if (chunk.empty()) return false;
    }
    const Rune rune = decode_rune(chunk);
    if (rune.value == kReplacement && rune.length == 1) return false;
    out = rune.value;
    chunk.remove_prefix(rune.length);
    return !chunk.empty();  // a class must be closed
}

/// Takes a class off `chunk`, the '[' being gone already; false when it is bad or `c` is not in it.
bool match_class(std::string_view& chunk, char32_t c) {
    const bool negated = !chunk.empty() && chunk[0] == '^';
    if (negated) chunk.remove_prefix(1);
    bool found = false;
    for (std::size_t ranges = 0;; ++ranges) {
        if (!chunk.empty() && chunk[0] == ']' && ranges > 0) {
            chunk.remove_prefix(1);
            return found != negated;
        }
        char32_t low = 0;
        if (!take_class_character(chunk, low)) return false;
        char32_t high = low;
        if (chunk[0] == '-') {
            chunk.remove_prefix(1);
            if (!take_class_character(chunk, high)) return false;
        }
        found = found || (low <= c && c <= high);
    }
}

/// Matches a chunk without stars at the beginning of `text` and takes off what it used.
bool match_chunk(std::string_view chunk, std::string_view& text) {
    while (!chunk.empty()) {
        if (text.empty()) return false;
        char c = chunk[0];
        chunk.remove_prefix(1);
        if (c == '[') {
            const Rune rune = decode_rune(text);
            text.remove_prefix(rune.length);
            if (!match_class(chunk, rune.value)) return false;
            continue;
        }
        if (c == '?') {
            if (text[0] == '/') return false;
            text.remove_prefix(decode_rune(text).length);
            continue;
        }
        if (c == '\\') {
            if (chunk.empty()) return false;
            c = chunk[0];
            chunk.remove_prefix(1);
        }
        if (c != text[0]) return false;
        text.remove_prefix(1);
    }
    return true;
}

/// Length of the pattern up to its next star outside a class.
std::size_t chunk_length(std::string_view pattern) {
    bool in_class = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        switch (pattern[i]) {
            case '\\':
                ++i;
                break;
            case '[':
                in_class = true;
                break;
            case ']':
                in_class = false;
                break;
            case '*':
                if (!in_class) return i;
                break;
            default:
                break;
        }
    }
    return pattern.size();
}

/// Tries the chunk one byte further each time, as far as the star may reach.
bool match_behind_star(std::string_view chunk, std::string_view& text, bool last) {
    for (std::size_t i = 0; i < text.size() && text[i] != '/'; ++i) {
        std::string_view rest = text.substr(i + 1);
        if (match_chunk(chunk, rest) && (!last || rest.empty())) {
            text = rest;
            return true;
        }
    }
    return false;
}

bool match_pattern(std::string_view pattern, std::string_view text) {
    while (!pattern.empty()) {
        const auto stars = pattern.find_first_not_of('*');
        const bool star = stars != 0;
        if (stars == std::string_view::npos) return text.find('/') == std::string_view::npos;
        pattern.remove_prefix(stars);
        const std::size_t length = chunk_length(pattern);
        const std::string_view chunk = pattern.substr(0, length);
        pattern.remove_prefix(length);
        const bool last = pattern.empty();

        std::string_view rest = text;
        if (match_chunk(chunk, rest) && (!last || rest.empty())) {
            text = rest;
        } else if (!star || !match_behind_star(chunk, text, last)) {
            return false;
        }
    }
    return text.empty();
}

constexpr bool is_special(char c) {
    return c == '*' || c == '?' || c == '[' || c == '\\';
}

}  // namespace

bool glob_match(std::string_view pattern, std::string_view text) {
    // Most keys are plain: compare them without looking for chunks.
    const std::size_t shorter = pattern.size() < text.size() ? pattern.size() : text.size();
    for (std::size_t i = 0; i < shorter; ++i) {
        if (is_special(pattern[i])) return match_pattern(pattern.substr(i), text.substr(i));
        if (pattern[i] != text[i]) return false;
    }
    if (pattern.size() == shorter) return text.size() == shorter;
    return match_pattern(pattern.substr(shorter), {});
}

}  // namespace nodes
