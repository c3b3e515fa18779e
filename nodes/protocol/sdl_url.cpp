// Go's net/url, as far as it refuses host names of an SDL file (url.ParseRequestURI, go 1.21).
#include "nodes/protocol/sdl_document.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace nodes {
namespace {

using Problem = std::optional<std::string>;

enum class Part : std::uint8_t { kHost, kZone, kUser, kPath };

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool stands_in_host(char c) {
    constexpr std::string_view kAllowed = "!$&'()*+,;=:[]<>\"-_.~";
    return is_alphanumeric(c) || kAllowed.find(c) != std::string_view::npos;
}

Problem bad_escape(std::string_view text) {
    return "invalid URL escape " + go_quote(text.substr(0, 3));
}

/// url.unescape, whose result is not needed.
Problem check_part(std::string_view text, Part part) {
    const bool host = part == Part::kHost || part == Part::kZone;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '%') {
            if (host && static_cast<unsigned char>(text[i]) < 0x80 && !stands_in_host(text[i])) {
                return fmt::format("invalid character {} in host name",
                                   go_quote(text.substr(i, 1)));
            }
            ++i;
            continue;
        }
        const auto rest = text.substr(i);
        if (rest.size() < 3 || hex_value(rest[1]) < 0 || hex_value(rest[2]) < 0) {
            return bad_escape(rest);
        }
        const bool percent = rest.substr(0, 3) == "%25";
        if (part == Part::kHost && hex_value(rest[1]) < 8 && !percent) return bad_escape(rest);
        const auto value = static_cast<char>(hex_value(rest[1]) * 16 + hex_value(rest[2]));
        if (part == Part::kZone && !percent && value != ' ' && !stands_in_host(value)) {
            return bad_escape(rest);
        }
        i += 3;
    }
    return std::nullopt;
}

Problem check_port(std::string_view text) {
    const bool good = text.empty() || (text[0] == ':' && text.find_first_not_of("0123456789", 1) ==
                                                             std::string_view::npos);
    if (good) return std::nullopt;
    return fmt::format("invalid port {} after host", go_quote(text));
}

Problem check_host(std::string_view host) {
    if (host.starts_with('[')) {
        const auto end = host.rfind(']');
        if (end == std::string_view::npos) return "missing ']' in host";
        if (auto problem = check_port(host.substr(end + 1))) return problem;
        const auto zone = host.substr(0, end).find("%25");
        if (zone != std::string_view::npos) {
            if (auto problem = check_part(host.substr(0, zone), Part::kHost)) return problem;
            if (auto problem = check_part(host.substr(zone, end - zone), Part::kZone)) {
                return problem;
            }
            return check_part(host.substr(end), Part::kHost);
        }
    } else if (const auto colon = host.rfind(':'); colon != std::string_view::npos) {
        if (auto problem = check_port(host.substr(colon))) return problem;
    }
    return check_part(host, Part::kHost);
}

bool valid_user(std::string_view text) {
    static constexpr std::string_view kAllowed = "-._:~!$&'()*+,;=%@";
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_alphanumeric(c) || kAllowed.find(c) != std::string_view::npos;
    });
}

Problem check_authority(std::string_view authority) {
    const auto at = authority.rfind('@');
    if (at == std::string_view::npos) return check_host(authority);
    if (auto problem = check_host(authority.substr(at + 1))) return problem;
    const auto user = authority.substr(0, at);
    if (!valid_user(user)) return "net/url: invalid userinfo";
    const auto colon = user.find(':');
    if (auto problem = check_part(user.substr(0, colon), Part::kUser)) return problem;
    if (colon == std::string_view::npos) return std::nullopt;
    return check_part(user.substr(colon + 1), Part::kUser);
}

Problem check_url(std::string_view host) {
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(host.begin(), host.end(), control)) {
        return "net/url: invalid control character in URL";
    }
    const auto rest = host.substr(0, host.find('?'));
    const auto slash = rest.find('/');
    if (auto problem = check_authority(rest.substr(0, slash))) return problem;
    if (slash == std::string_view::npos) return std::nullopt;
    return check_part(rest.substr(slash), Part::kPath);
}

}  // namespace

std::optional<std::string> url_problem(std::string_view host) {
    const auto problem = check_url(host);
    if (!problem) return std::nullopt;
    return fmt::format("parse {}: {}", go_quote("http://" + std::string(host)), *problem);
}

}  // namespace nodes
