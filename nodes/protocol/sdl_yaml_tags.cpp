// Directives, anchors and tags of the YAML scanner.
#include "nodes/protocol/sdl_yaml_scanner.h"

#include <string_view>

namespace nodes {
namespace {

bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '-';
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

int octets_of_lead(int lead) {
    if ((lead & 0x80) == 0) return 1;
    if ((lead & 0xe0) == 0xc0) return 2;
    if ((lead & 0xf0) == 0xe0) return 3;
    return (lead & 0xf8) == 0xf0 ? 4 : 0;
}

}  // namespace

bool YamlScanner::skip_blanks() {
    if (!input_.ensure(1)) return false;
    while (input_.is_blank()) {
        input_.skip();
        if (!input_.ensure(1)) return false;
    }
    return true;
}

bool YamlScanner::scan_directive(YamlToken& token) {
    const auto start = input_.mark();
    token.start = start;
    input_.skip();
    std::string name;
    while (input_.ensure(1) && is_word(input_.at()))
        input_.read(name);
    if (name.empty()) return fail(start, "could not find expected directive name");
    if (!input_.is_space_or_end()) {
        return fail(start, "found unexpected non-alphabetical character");
    }
    if (name == "YAML") {
        if (!scan_version(token)) return false;
    } else if (name == "TAG") {
        if (!scan_tag_directive(token)) return false;
    } else {
        return fail(start, "found unknown directive name");
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

bool YamlScanner::scan_version(YamlToken& token) {
    token.type = YamlTokenType::kVersionDirective;
    if (!skip_blanks() || !scan_version_number(token.start, token.major)) return false;
    if (input_.at() != '.') {
        return fail(token.start, "did not find expected digit or '.' character");
    }
    input_.skip();
    return scan_version_number(token.start, token.minor);
}

bool YamlScanner::scan_version_number(const YamlMark& start, int& number) {
    int length = 0;
    number = 0;
    if (!input_.ensure(1)) return false;
    while (input_.at() >= '0' && input_.at() <= '9') {
        if (++length > 2) return fail(start, "found extremely long version number");
        number = number * 10 + (input_.at() - '0');
        input_.skip();
        if (!input_.ensure(1)) return false;
    }
    return length > 0 || fail(start, "did not find expected version number");
}

bool YamlScanner::scan_tag_directive(YamlToken& token) {
    token.type = YamlTokenType::kTagDirective;
    if (!skip_blanks() || !scan_tag_handle(true, token.start, token.value)) return false;
    if (!input_.ensure(1)) return false;
    if (!input_.is_blank()) return fail(token.start, "did not find expected whitespace");
    if (!skip_blanks() || !scan_tag_uri({}, token.start, token.suffix)) return false;
    if (!input_.ensure(1)) return false;
    if (input_.is_space_or_end()) return true;
    return fail(token.start, "did not find expected whitespace or line break");
}

bool YamlScanner::scan_anchor(YamlToken& token) {
    constexpr std::string_view kEnders = "?:,]}%@`";
    token.start = input_.mark();
    input_.skip();
    if (!input_.ensure(1)) return false;
    while (is_word(input_.at())) {
        input_.read(token.value);
        if (!input_.ensure(1)) return false;
    }
    const bool ends =
        input_.is_space_or_end() || kEnders.find(input_.at()) != std::string_view::npos;
    if (!token.value.empty() && ends) return true;
    return fail(token.start, "did not find expected alphabetic or numeric character");
}

bool YamlScanner::scan_tag(YamlToken& token) {
    token.start = input_.mark();
    if (!input_.ensure(2)) return false;
    if (input_.at(1) == '<') {
        input_.skip();
        input_.skip();
        if (!scan_tag_uri({}, token.start, token.suffix)) return false;
        if (input_.at() != '>') return fail(token.start, "did not find the expected '>'");
        input_.skip();
    } else {
        // Either "!handle!rest" or "!rest"; a lone "!" is kept as the whole tag.
        if (!scan_tag_handle(false, token.start, token.value)) return false;
        if (token.value.size() > 1 && token.value.back() == '!') {
            if (!scan_tag_uri({}, token.start, token.suffix)) return false;
        } else {
            const auto head = token.value;
            if (!scan_tag_uri(head, token.start, token.suffix)) return false;
            token.value = "!";
            if (token.suffix.empty()) token.value.swap(token.suffix);
        }
    }
    if (!input_.ensure(1)) return false;
    if (input_.is_space_or_end()) return true;
    return fail(token.start, "did not find expected whitespace or line break");
}

bool YamlScanner::scan_tag_handle(bool directive, const YamlMark& start, std::string& handle) {
    if (!input_.ensure(1)) return false;
    if (input_.at() != '!') return fail(start, "did not find expected '!'");
    input_.read(handle);
    if (!input_.ensure(1)) return false;
    while (is_word(input_.at())) {
        input_.read(handle);
        if (!input_.ensure(1)) return false;
    }
    if (input_.at() == '!') {
        input_.read(handle);
        return true;
    }
    return !directive || handle == "!" || fail(start, "did not find expected '!'");
}

bool YamlScanner::scan_tag_uri(std::string_view head, const YamlMark& start, std::string& uri) {
    constexpr std::string_view kMarks = ";/?:@&=+$,.!~*'()[]%";
    bool any = !head.empty();
    if (head.size() > 1) uri.append(head.substr(1));
    if (!input_.ensure(1)) return false;
    while (is_word(input_.at()) ||
           (!input_.is_end() && kMarks.find(input_.at()) != std::string_view::npos)) {
        if (input_.at() == '%') {
            if (!scan_uri_escape(start, uri)) return false;
        } else {
            input_.read(uri);
        }
        if (!input_.ensure(1)) return false;
        any = true;
    }
    return any || fail(start, "did not find expected tag URI");
}

bool YamlScanner::scan_uri_escape(const YamlMark& start, std::string& uri) {
    int left = 0;
    do {
        if (!input_.ensure(3)) return false;
        const int high = hex_digit(input_.at(1));
        const int low = high < 0 ? -1 : hex_digit(input_.at(2));
        if (input_.at() != '%' || low < 0) return fail(start, "did not find URI escaped octet");
        const int octet = high * 16 + low;
        if (left == 0) {
            left = octets_of_lead(octet);
            if (left == 0) return fail(start, "found an incorrect leading UTF-8 octet");
        } else if ((octet & 0xc0) != 0x80) {
            return fail(start, "found an incorrect trailing UTF-8 octet");
        }
        uri += static_cast<char>(octet);
        for (int k = 0; k < 3; ++k)
            input_.skip();
    } while (--left > 0);
    return true;
}

}  // namespace nodes
