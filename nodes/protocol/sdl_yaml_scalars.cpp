// Scalars of the YAML scanner: block, quoted and plain.
#include "nodes/protocol/sdl_text.h"
#include "nodes/protocol/sdl_yaml_scanner.h"

#include <algorithm>
#include <utility>

namespace nodes {
namespace {

int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

int hex_digit_of(char c) {
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return digit_of(c);
}

}  // namespace

/// White space that was passed but is not yet part of the text, and where a line must not begin.
struct YamlScanner::Folding {
    std::string blanks;
    std::string first_break;
    std::string more_breaks;
    bool at_line_start = false;    ///< a break was passed since the last character of the text
    bool last_line_blank = false;  ///< block scalars: the line before began with a blank
    int indent = 0;
    bool tabs_indent = true;  ///< tabs may stand where the line's indentation is
    YamlMark start;

    void join(std::string& out) {
        if (at_line_start) {
            if (first_break.starts_with('\n')) {
                if (more_breaks.empty()) out += ' ';
            } else {
                out += first_break;
            }
            out += more_breaks;
            first_break.clear();
            more_breaks.clear();
            at_line_start = false;
        } else {
            out += blanks;
        }
        blanks.clear();
    }
};

bool YamlScanner::scan_block_scalar(YamlToken& token, bool literal) {
    token.type = YamlTokenType::kScalar;
    token.start = input_.mark();
    input_.skip();
    int chomping = 0;
    int increment = 0;
    if (!scan_block_header(token.start, chomping, increment)) return false;
    Folding folding;
    if (increment > 0) folding.indent = indent_ >= 0 ? indent_ + increment : increment;
    if (!scan_block_breaks(folding.indent, folding.more_breaks, token.start)) return false;
    if (!input_.ensure(1)) return false;
    while (input_.mark().column == folding.indent && !input_.is_end()) {
        if (!scan_block_line(literal, folding, token.value)) return false;
        if (!scan_block_breaks(folding.indent, folding.more_breaks, token.start)) return false;
    }
    if (chomping != -1) token.value += folding.first_break;
    if (chomping == 1) token.value += folding.more_breaks;
    return true;
}

bool YamlScanner::scan_block_header(const YamlMark& start, int& chomping, int& increment) {
    // The sign and the digit may come in either order.
    for (int part = 0; part < 2; ++part) {
        if (!input_.ensure(1)) return false;
        const char c = input_.at();
        if ((c == '+' || c == '-') && chomping == 0) {
            chomping = c == '+' ? 1 : -1;
        } else if (digit_of(c) >= 0 && increment == 0) {
            increment = digit_of(c);
            if (increment == 0) return fail(start, "found an indentation indicator equal to 0");
        } else {
            break;
        }
        input_.skip();
    }
    if (!skip_blanks()) return false;
    if (input_.at() == '#') {
        while (!input_.is_break_or_end()) {
            input_.skip();
            if (!input_.ensure(1)) return false;
        }
    }
    if (!input_.is_break_or_end()) {
        return fail(start, "did not find expected comment or line break");
    }
    if (!input_.ensure(2)) return false;
    input_.skip_line();
    return true;
}

bool YamlScanner::scan_block_line(bool literal, Folding& folding, std::string& out) {
    const bool blank = input_.is_blank();
    const bool folds =
        !literal && !folding.last_line_blank && !blank && folding.first_break.starts_with('\n');
    if (!folds)
        out += folding.first_break;
    else if (folding.more_breaks.empty())
        out += ' ';
    out += folding.more_breaks;
    folding.first_break.clear();
    folding.more_breaks.clear();
    folding.last_line_blank = blank;
    while (!input_.is_break_or_end()) {
        input_.read(out);
        if (!input_.ensure(1)) return false;
    }
    if (!input_.ensure(2)) return false;
    input_.read_line(folding.first_break);
    return true;
}

bool YamlScanner::scan_block_breaks(int& indent, std::string& breaks, const YamlMark& start) {
    int widest = 0;
    while (true) {
        if (!input_.ensure(1)) return false;
        while ((indent == 0 || input_.mark().column < indent) && input_.at() == ' ') {
            input_.skip();
            if (!input_.ensure(1)) return false;
        }
        widest = std::max(widest, input_.mark().column);
        if ((indent == 0 || input_.mark().column < indent) && input_.at() == '\t') {
            return fail(start, "found a tab character where an indentation space is expected");
        }
        if (!input_.is_break()) break;
        if (!input_.ensure(2)) return false;
        input_.read_line(breaks);
    }
    if (indent == 0) indent = std::max({widest, indent_ + 1, 1});
    return true;
}

bool YamlScanner::scan_flow_scalar(YamlToken& token, bool single) {
    token.type = YamlTokenType::kScalar;
    token.start = input_.mark();
    input_.skip();
    const char quote = single ? '\'' : '"';
    Folding folding;
    while (true) {
        if (!input_.ensure(4)) return false;
        if (input_.at_document_indicator('-') || input_.at_document_indicator('.')) {
            return fail(token.start, "found unexpected document indicator");
        }
        if (input_.is_end()) return fail(token.start, "found unexpected end of stream");
        folding.at_line_start = false;
        if (!scan_flow_text(single, token.start, folding, token.value)) return false;
        if (!input_.ensure(1)) return false;
        if (input_.at() == quote) break;
        if (!scan_spaces(folding)) return false;
        folding.join(token.value);
    }
    input_.skip();
    return true;
}

bool YamlScanner::scan_flow_text(bool single,
                                 const YamlMark& start,
                                 Folding& folding,
                                 std::string& out) {
    while (!input_.is_space_or_end()) {
        const char c = input_.at();
        if (single && c == '\'') {
            if (input_.at(1) != '\'') return true;
            out += '\'';
            input_.skip();
            input_.skip();
        } else if (!single && c == '"') {
            return true;
        } else if (!single && c == '\\' && input_.is_break(1)) {
            if (!input_.ensure(3)) return false;
            input_.skip();
            input_.skip_line();
            folding.at_line_start = true;
            return true;
        } else if (!single && c == '\\') {
            if (!scan_escape(start, out)) return false;
        } else {
            input_.read(out);
        }
        if (!input_.ensure(2)) return false;
    }
    return true;
}

bool YamlScanner::scan_escape(const YamlMark& start, std::string& out) {
    switch (input_.at(1)) {
        case '0':
            out += '\0';
            break;
        case 'a':
            out += '\a';
            break;
        case 'b':
            out += '\b';
            break;
        case 't':
        case '\t':
            out += '\t';
            break;
        case 'n':
            out += '\n';
            break;
        case 'v':
            out += '\v';
            break;
        case 'f':
            out += '\f';
            break;
        case 'r':
            out += '\r';
            break;
        case 'e':
            out += '\x1b';
            break;
        case ' ':
            out += ' ';
            break;
        case '"':
            out += '"';
            break;
        case '\'':
            out += '\'';
            break;
        case '\\':
            out += '\\';
            break;
        case 'N':
            append_rune(out, 0x85);
            break;
        case '_':
            append_rune(out, 0xa0);
            break;
        case 'L':
            append_rune(out, 0x2028);
            break;
        case 'P':
            append_rune(out, 0x2029);
            break;
        case 'x':
            return scan_escape_code(2, start, out);
        case 'u':
            return scan_escape_code(4, start, out);
        case 'U':
            return scan_escape_code(8, start, out);
        default:
            return fail(start, "found unknown escape character");
    }
    input_.skip();
    input_.skip();
    return true;
}

bool YamlScanner::scan_escape_code(std::size_t digits, const YamlMark& start, std::string& out) {
    input_.skip();
    input_.skip();
    if (!input_.ensure(digits)) return false;
    std::uint64_t value = 0;
    for (std::size_t k = 0; k < digits; ++k) {
        const int digit = hex_digit_of(input_.at(k));
        if (digit < 0) return fail(start, "did not find expected hexdecimal number");
        value = value * 16 + static_cast<std::uint64_t>(digit);
    }
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
        return fail(start, "found invalid Unicode character escape code");
    }
    append_rune(out, static_cast<char32_t>(value));
    for (std::size_t k = 0; k < digits; ++k)
        input_.skip();
    return true;
}

bool YamlScanner::scan_plain_scalar(YamlToken& token) {
    token.type = YamlTokenType::kScalar;
    token.start = input_.mark();
    token.plain = true;
    Folding folding;
    folding.indent = indent_ + 1;
    folding.tabs_indent = false;
    folding.start = token.start;
    while (true) {
        if (!input_.ensure(4)) return false;
        if (input_.at_document_indicator('-') || input_.at_document_indicator('.')) break;
        if (input_.at() == '#') break;
        if (!scan_plain_text(folding, token.value)) return false;
        if (!input_.is_blank() && !input_.is_break()) break;
        if (!scan_spaces(folding)) return false;
        if (flow_level_ == 0 && input_.mark().column < folding.indent) break;
    }
    if (folding.at_line_start) simple_key_allowed_ = true;
    return true;
}

bool YamlScanner::scan_plain_text(Folding& folding, std::string& out) {
    constexpr std::string_view kFlowEnders = ",?[]{}";
    while (!input_.is_space_or_end()) {
        const char c = input_.at();
        if (c == ':' && input_.is_space_or_end(1)) break;
        if (flow_level_ > 0 && kFlowEnders.find(c) != std::string_view::npos) break;
        folding.join(out);
        input_.read(out);
        if (!input_.ensure(2)) return false;
    }
    return true;
}

bool YamlScanner::scan_spaces(Folding& folding) {
    if (!input_.ensure(1)) return false;
    while (input_.is_blank() || input_.is_break()) {
        if (input_.is_blank()) {
            if (!folding.tabs_indent && folding.at_line_start && input_.at() == '\t' &&
                input_.mark().column < folding.indent) {
                return fail(folding.start, "found a tab character that violates indentation");
            }
            if (folding.at_line_start)
                input_.skip();
            else
                input_.read(folding.blanks);
        } else {
            if (!input_.ensure(2)) return false;
            if (folding.at_line_start) {
                input_.read_line(folding.more_breaks);
            } else {
                folding.blanks.clear();
                input_.read_line(folding.first_break);
                folding.at_line_start = true;
            }
        }
        if (!input_.ensure(1)) return false;
    }
    return true;
}

}  // namespace nodes
