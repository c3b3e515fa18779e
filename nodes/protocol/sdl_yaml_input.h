// The characters of a YAML text. Bytes are decoded in blocks of 512 as they are needed, because a
// bad byte is reported as soon as its block is read, even when an error of syntax stands further up
// in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nodes {

/// A place in the text, counted from 0 in characters.
struct YamlMark {
    int index = 0;
    int line = 0;
    int column = 0;
};

/// Why reading stopped. Lines of scanner errors are told one higher than those of parser errors.
struct YamlProblem {
    enum class Source : std::uint8_t { kNone, kInput, kScanner, kParser };

    Source source = Source::kNone;
    std::string text;
    YamlMark context;
    YamlMark place;
};

/// Positions are byte offsets from the current character; behind the end stands a zero byte, which
/// no text contains. After an error the input looks ended, and `problem` says what happened.
class YamlInput {
  public:
    explicit YamlInput(std::string_view bytes);

    /// Decodes until `count` characters are there (or the text ends); false after an error.
    bool ensure(std::size_t count);

    [[nodiscard]] char at(std::size_t offset = 0) const {
        const auto place = position_ + offset;
        return place < text_.size() ? text_[place] : '\0';
    }

    [[nodiscard]] bool is_end(std::size_t offset = 0) const { return at(offset) == '\0'; }

    [[nodiscard]] bool is_blank(std::size_t offset = 0) const {
        return at(offset) == ' ' || at(offset) == '\t';
    }

    /// CR, LF, NEL, LS or PS.
    [[nodiscard]] bool is_break(std::size_t offset = 0) const;

    [[nodiscard]] bool is_break_or_end(std::size_t offset = 0) const {
        return is_break(offset) || is_end(offset);
    }

    [[nodiscard]] bool is_space_or_end(std::size_t offset = 0) const {
        return is_blank(offset) || is_break_or_end(offset);
    }

    /// `mark` three times at the start of a line, followed by space: "---" or "...".
    [[nodiscard]] bool at_document_indicator(char mark) const;

    /// Passes one character.
    void skip();
    /// Passes a line break, if there is one.
    void skip_line();
    /// Moves one character into `out`.
    void read(std::string& out);
    /// Moves a line break into `out`, as LF except for LS and PS.
    void read_line(std::string& out);

    [[nodiscard]] const YamlMark& mark() const { return mark_; }

    /// Line breaks passed since the last character that is no blank.
    [[nodiscard]] int newlines() const { return newlines_; }

    [[nodiscard]] const YamlProblem& problem() const { return problem_; }

    [[nodiscard]] bool at_start_with_byte_order_mark() const;
    /// The end of the text counts as the start of a line.
    void force_new_line();

  private:
    enum class Encoding : std::uint8_t { kUtf8, kUtf16Little, kUtf16Big };
    enum class Step : std::uint8_t { kTaken, kIncomplete, kFailed };

    void detect_encoding();
    void take_block();
    Step decode_utf8();
    Step decode_utf16();
    [[nodiscard]] char32_t utf16_unit(std::size_t offset) const;
    Step append(char32_t value, std::size_t width);
    Step fail(std::string_view text);
    [[nodiscard]] std::size_t character_length() const;
    void count_break(int characters);

    std::string_view bytes_;
    std::size_t decoded_ = 0;  ///< bytes turned into text
    std::size_t block_ = 0;    ///< end of what has been read of the bytes
    bool ended_ = false;
    Encoding encoding_ = Encoding::kUtf8;
    std::string text_;
    std::size_t position_ = 0;
    std::size_t unread_ = 0;  ///< characters decoded but not passed
    YamlMark mark_;
    int newlines_ = 0;
    YamlProblem problem_;
};

}  // namespace nodes
