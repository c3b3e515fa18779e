// Texts as Go prints them: quoted strings in error texts, and JSON as encoding/json writes it.
// Hashes and recorded error texts depend on every byte of both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nodes {

/// One character of a UTF-8 text. A byte that begins no valid sequence is its own, invalid,
/// character.
struct Rune {
    char32_t value = 0;
    std::uint32_t length = 1;  ///< bytes taken
    bool valid = true;
};

/// The character at `at`, which must be below the text's size. Surrogates and overlong forms are
/// invalid, as in Go's unicode/utf8.
Rune rune_at(std::string_view text, std::size_t at);

/// Appends the UTF-8 form of a character.
void append_rune(std::string& out, char32_t value);

/// strconv.Quote, which is also what %q prints.
std::string go_quote(std::string_view text);

/// The text with each invalid byte replaced by U+FFFD, as encoding/json stores it.
std::string valid_utf8(std::string_view text);

/// Appends the text as a JSON string with Go 1.21's escapes (<, > and & too).
void append_go_json(std::string& out, std::string_view text);

}  // namespace nodes
