#include "nodes/protocol/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace nodes {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool contains(std::string_view set, char c) {
    return set.find(c) != std::string_view::npos;
}

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Part : std::uint8_t { kHost, kZone, kOther };

/// ASCII that may stand in a host without escape (RFC 3986 plus what Go lets through).
bool plain_in_host(char c) {
    return is_letter(c) || is_digit(c) || contains("-_.~!$&'()*+,;=:[]<>\"", c);
}

/// True when every escape of the part is well formed and allowed there.
bool escapes_ok(std::string_view text, Part part) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return false;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return false;
            const bool percent = high == 2 && low == 5;
            // A host may escape bytes beyond ASCII and the percent sign of a zone only.
            if (part == Part::kHost && high < 8 && !percent) return false;
            const auto value = static_cast<char>(high * 16 + low);
            if (part == Part::kZone && !percent && value != ' ' && !plain_in_host(value)) {
                return false;
            }
            i += 2;
        } else if (part != Part::kOther && static_cast<std::uint8_t>(text[i]) < 0x80 &&
                   !plain_in_host(text[i])) {
            return false;
        }
    }
    return true;
}

/// Nothing, or a colon and digits.
bool optional_port_ok(std::string_view port) {
    return port.empty() || (port[0] == ':' && std::all_of(port.begin() + 1, port.end(), is_digit));
}

bool host_ok(std::string_view host) {
    if (host.starts_with('[')) {
        const auto end = host.rfind(']');
        if (end == std::string_view::npos || !optional_port_ok(host.substr(end + 1))) return false;
        const auto zone = host.substr(0, end).find("%25");
        if (zone != std::string_view::npos) {
            return escapes_ok(host.substr(0, zone), Part::kHost) &&
                   escapes_ok(host.substr(zone, end - zone), Part::kZone) &&
                   escapes_ok(host.substr(end), Part::kHost);
        }
    } else if (const auto colon = host.rfind(':'); colon != std::string_view::npos) {
        if (!optional_port_ok(host.substr(colon))) return false;
    }
    return escapes_ok(host, Part::kHost);
}

bool user_ok(std::string_view user) {
    const auto allowed = [](char c) {
        return is_letter(c) || is_digit(c) || contains("-._:~!$&'()*+,;=%@", c);
    };
    return std::all_of(user.begin(), user.end(), allowed) && escapes_ok(user, Part::kOther);
}

enum class SchemeFound : std::uint8_t { kNo, kYes, kBad };

/// Takes "https:" off the text.
SchemeFound take_scheme(std::string_view& text, std::string& scheme) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_letter(c)) continue;
        if (is_digit(c) || c == '+' || c == '-' || c == '.') {
            if (i == 0) return SchemeFound::kNo;
            continue;
        }
        if (c != ':') return SchemeFound::kNo;
        if (i == 0) return SchemeFound::kBad;
        for (const char s : text.substr(0, i)) {
            scheme += s >= 'A' && s <= 'Z' ? static_cast<char>(s - 'A' + 'a') : s;
        }
        text.remove_prefix(i + 1);
        return SchemeFound::kYes;
    }
    return SchemeFound::kNo;
}

bool is_control(char c) {
    return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
    const auto hash = std::min(text.find('#'), text.size());
    std::string_view rest = text.substr(0, hash);
    const auto fragment = text.substr(std::min(hash + 1, text.size()));
    if (std::any_of(rest.begin(), rest.end(), is_control)) return std::nullopt;
    if (!escapes_ok(fragment, Part::kOther)) return std::nullopt;

    Url url;
    if (rest == "*") {
        url.path = rest;
        return url;
    }
    if (take_scheme(rest, url.scheme) == SchemeFound::kBad) return std::nullopt;
    rest = rest.substr(0, rest.find('?'));
    if (!rest.starts_with('/')) {
        if (!url.scheme.empty()) return url;  // opaque, as in mailto:x@y
        if (contains(rest.substr(0, rest.find('/')), ':')) return std::nullopt;
    }
    if (rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"))) {
        const auto end = std::min(rest.find('/', 2), rest.size());
        const auto authority = rest.substr(2, end - 2);
        rest.remove_prefix(end);
        const auto at = authority.rfind('@');
        url.host = at == std::string_view::npos ? authority : authority.substr(at + 1);
        if (!host_ok(url.host)) return std::nullopt;
        if (at != std::string_view::npos && !user_ok(authority.substr(0, at))) return std::nullopt;
    }
    if (!escapes_ok(rest, Part::kOther)) return std::nullopt;
    url.path = rest;
    return url;
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\a':
                out += "\\a";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\v':
                out += "\\v";
                break;
            default:
                if (is_control(c)) {
                    out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
                } else {
                    out += c;
                }
        }
    }
    return out + '"';
}

}  // namespace nodes
