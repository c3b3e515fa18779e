#include "nodes/protocol/sdl_yaml_input.h"

#include "nodes/protocol/sdl_text.h"
#include "sim/assert.h"

#include <algorithm>
#include <array>

namespace nodes {
namespace {

constexpr std::size_t kBlockBytes = 512;

/// Characters YAML 1.1 lets into a text.
bool is_allowed(char32_t c) {
    return c == 0x09 || c == 0x0a || c == 0x0d || (c >= 0x20 && c <= 0x7e) || c == 0x85 ||
           (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
}

std::size_t width_of_lead(unsigned char lead) {
    if ((lead & 0x80U) == 0) return 1;
    if ((lead & 0xe0U) == 0xc0U) return 2;
    if ((lead & 0xf0U) == 0xe0U) return 3;
    return (lead & 0xf8U) == 0xf0U ? 4 : 0;
}

}  // namespace

YamlInput::YamlInput(std::string_view bytes) : bytes_(bytes.empty() ? "\n" : bytes) {
    detect_encoding();
}

void YamlInput::detect_encoding() {
    if (bytes_.starts_with("\xff\xfe")) encoding_ = Encoding::kUtf16Little;
    if (bytes_.starts_with("\xfe\xff")) encoding_ = Encoding::kUtf16Big;
    if (encoding_ != Encoding::kUtf8)
        decoded_ = 2;
    else if (bytes_.starts_with("\xef\xbb\xbf"))
        decoded_ = 3;
    block_ = std::min(bytes_.size(), kBlockBytes);
}

bool YamlInput::ensure(std::size_t count) {
    if (problem_.source != YamlProblem::Source::kNone) return false;
    while (unread_ < count && !ended_) {
        auto step = Step::kTaken;
        while (decoded_ < block_ && step == Step::kTaken) {
            step = encoding_ == Encoding::kUtf8 ? decode_utf8() : decode_utf16();
        }
        if (step == Step::kFailed) return false;
        if (unread_ < count) take_block();
    }
    return true;
}

void YamlInput::take_block() {
    // What is left of a cut character stays in the buffer of 512 bytes.
    const auto room = kBlockBytes - (block_ - decoded_);
    const auto taken = std::min(room, bytes_.size() - block_);
    block_ += taken;
    if (taken != 0) return;
    ended_ = true;
    if (decoded_ < block_) {
        fail(encoding_ == Encoding::kUtf8 ? "incomplete UTF-8 octet sequence"
             : block_ - decoded_ < 2      ? "incomplete UTF-16 character"
                                          : "incomplete UTF-16 surrogate pair");
    }
}

YamlInput::Step YamlInput::decode_utf8() {
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    const auto lead = static_cast<unsigned char>(bytes_[decoded_]);
    const auto width = width_of_lead(lead);
    if (width == 0) return fail("invalid leading UTF-8 octet");
    if (width > block_ - decoded_) return Step::kIncomplete;
    char32_t value = width == 1 ? lead : lead & (0xffU >> (width + 1));
    for (std::size_t k = 1; k < width; ++k) {
        const auto next = static_cast<unsigned char>(bytes_[decoded_ + k]);
        if ((next & 0xc0U) != 0x80U) return fail("invalid trailing UTF-8 octet");
        value = (value << 6U) | (next & 0x3fU);
    }
    if (value < kLeast.at(width)) return fail("invalid length of a UTF-8 sequence");
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
        return fail("invalid Unicode character");
    }
    return append(value, width);
}

char32_t YamlInput::utf16_unit(std::size_t offset) const {
    const auto first = static_cast<unsigned char>(bytes_[decoded_ + offset]);
    const auto second = static_cast<unsigned char>(bytes_[decoded_ + offset + 1]);
    return encoding_ == Encoding::kUtf16Little ? first + second * 256U : second + first * 256U;
}

YamlInput::Step YamlInput::decode_utf16() {
    const auto left = block_ - decoded_;
    if (left < 2) return Step::kIncomplete;
    const auto unit = utf16_unit(0);
    if ((unit & 0xfc00U) == 0xdc00U) return fail("unexpected low surrogate area");
    if ((unit & 0xfc00U) != 0xd800U) return append(unit, 2);
    if (left < 4) return Step::kIncomplete;
    const auto low = utf16_unit(2);
    if ((low & 0xfc00U) != 0xdc00U) return fail("expected low surrogate area");
    return append(0x10000 + ((unit & 0x3ffU) << 10U) + (low & 0x3ffU), 4);
}

YamlInput::Step YamlInput::append(char32_t value, std::size_t width) {
    if (!is_allowed(value)) return fail("control characters are not allowed");
    append_rune(text_, value);
    decoded_ += width;
    ++unread_;
    return Step::kTaken;
}

YamlInput::Step YamlInput::fail(std::string_view text) {
    problem_ = {YamlProblem::Source::kInput, std::string(text), {}, {}};
    return Step::kFailed;
}

bool YamlInput::is_break(std::size_t offset) const {
    const char c = at(offset);
    if (c == '\r' || c == '\n') return true;
    if (c == '\xc2') return at(offset + 1) == '\x85';
    if (c != '\xe2' || at(offset + 1) != '\x80') return false;
    return at(offset + 2) == '\xa8' || at(offset + 2) == '\xa9';
}

bool YamlInput::at_document_indicator(char mark) const {
    return mark_.column == 0 && at(0) == mark && at(1) == mark && at(2) == mark &&
           is_space_or_end(3);
}

bool YamlInput::at_start_with_byte_order_mark() const {
    return position_ == 0 && text_.starts_with("\xef\xbb\xbf");
}

void YamlInput::force_new_line() {
    if (mark_.column == 0) return;
    mark_.column = 0;
    ++mark_.line;
}

std::size_t YamlInput::character_length() const {
    // The text holds whole characters only, so the lead byte tells the length.
    return is_end() ? 0 : width_of_lead(static_cast<unsigned char>(at()));
}

void YamlInput::skip() {
    if (!is_blank()) newlines_ = 0;
    position_ += character_length();
    ++mark_.index;
    ++mark_.column;
    if (unread_ > 0) --unread_;
}

void YamlInput::count_break(int characters) {
    mark_.index += characters;
    mark_.column = 0;
    ++mark_.line;
    ++newlines_;
    const auto count = static_cast<std::size_t>(characters);
    unread_ -= std::min(unread_, count);
}

void YamlInput::skip_line() {
    if (!is_break()) return;
    const bool pair = at() == '\r' && at(1) == '\n';
    position_ += pair ? 2 : character_length();
    count_break(pair ? 2 : 1);
}

void YamlInput::read(std::string& out) {
    const auto length = character_length();
    SIM_ASSERT(length > 0, "a character to read at index {}", mark_.index);
    out.append(text_, position_, length);
    skip();
}

void YamlInput::read_line(std::string& out) {
    if (!is_break()) return;
    if (at() == '\xe2')
        out.append(text_, position_, 3);
    else
        out += '\n';
    skip_line();
}

}  // namespace nodes
