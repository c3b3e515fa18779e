#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace nodes {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// Characters above ASCII that unicode.IsPrint refuses: controls, formats, spaces, private use.
// Unassigned code points are taken as printable; they only change how an error text shows them.
constexpr std::array<Range, 21> kNotPrintable{{
    {0x80, 0xa0},        {0xad, 0xad},       {0x600, 0x605},     {0x61c, 0x61c},
    {0x6dd, 0x6dd},      {0x70f, 0x70f},     {0x1680, 0x1680},   {0x180e, 0x180e},
    {0x2000, 0x200f},    {0x2028, 0x202f},   {0x205f, 0x206f},   {0x3000, 0x3000},
    {0xd800, 0xf8ff},    {0xfeff, 0xfeff},   {0xfff0, 0xfffb},   {0xfffe, 0xffff},
    {0x110bd, 0x110bd},  {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff},
    {0xf0000, 0x10ffff},
}};

bool is_printable(char32_t value) {
    if (value < 0x80) return value >= 0x20 && value < 0x7f;
    return std::none_of(kNotPrintable.begin(), kNotPrintable.end(), [value](const Range& range) {
        return value >= range.first && value <= range.last;
    });
}

constexpr std::string_view kQuotedFrom = "\a\b\f\n\r\t\v\\\"";
constexpr std::string_view kQuotedTo = "abfnrtv\\\"";

void append_quoted(std::string& out, std::string_view text, std::size_t at, const Rune& rune) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (!rune.valid) {
        fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
        return;
    }
    if (const auto known = kQuotedFrom.find(text[at]); byte < 0x80 && known != kQuotedFrom.npos) {
        out += '\\';
        out += kQuotedTo[known];
    } else if (is_printable(rune.value)) {
        out.append(text.substr(at, rune.length));
    } else if (rune.value < 0x80) {
        fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    } else if (rune.value < 0x10000) {
        fmt::format_to(
            std::back_inserter(out), "\\u{:04x}", static_cast<std::uint32_t>(rune.value));
    } else {
        fmt::format_to(
            std::back_inserter(out), "\\U{:08x}", static_cast<std::uint32_t>(rune.value));
    }
}

std::uint32_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if ((lead & 0xf0U) == 0xe0U) return 3;
    if (lead >= 0xf0 && lead <= 0xf4) return 4;
    return 0;
}

}  // namespace

Rune rune_at(std::string_view text, std::size_t at) {
    constexpr Rune kInvalid{0xfffd, 1, false};
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto length = sequence_length(lead);
    if (length == 1) return {lead, 1, true};
    if (length == 0 || length > text.size() - at) return kInvalid;
    char32_t value = lead & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
        const auto next = static_cast<unsigned char>(text[at + k]);
        if ((next & 0xc0U) != 0x80U) return kInvalid;
        value = (value << 6U) | (next & 0x3fU);
    }
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < kLeast.at(length) || value > 0x10ffff || surrogate) return kInvalid;
    return {value, length, true};
}

void append_rune(std::string& out, char32_t value) {
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xc0U | (value >> 6U));
        put(0x80U | (value & 0x3fU));
    } else if (value < 0x10000) {
        put(0xe0U | (value >> 12U));
        put(0x80U | ((value >> 6U) & 0x3fU));
        put(0x80U | (value & 0x3fU));
    } else {
        put(0xf0U | (value >> 18U));
        put(0x80U | ((value >> 12U) & 0x3fU));
        put(0x80U | ((value >> 6U) & 0x3fU));
        put(0x80U | (value & 0x3fU));
    }
}

std::string go_quote(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const auto rune = rune_at(text, at);
        append_quoted(out, text, at, rune);
        at += rune.length;
    }
    return out + '"';
}

std::string valid_utf8(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rune = rune_at(text, at);
        append_rune(out, rune.value);
        at += rune.length;
    }
    return out;
}

void append_go_json(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const auto rune = rune_at(text, at);
        const auto c = rune.value;
        if (c == '"' || c == '\\') {
            out += '\\';
            out += text[at];
        } else if (c == '\n' || c == '\r' || c == '\t') {
            out += '\\';
            out += c == '\n' ? 'n' : c == '\r' ? 'r' : 't';
        } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<std::uint32_t>(c));
        } else {
            append_rune(out, c);
        }
        at += rune.length;
    }
    out += '"';
}

}  // namespace nodes
