// PEM as Go 1.21 reads it (encoding/pem Decode): a block that is damaged is passed over.
#include "nodes/protocol/base64.h"
#include "nodes/protocol/certificate.h"

#include <algorithm>
#include <utility>

namespace nodes {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";

/// Takes one line off the text; the line loses its end and the blanks before it.
std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    while (line.ends_with(' ') || line.ends_with('\t'))
        line.remove_suffix(1);
    return line;
}

/// Moves behind the next "-----BEGIN " at the beginning of a line.
bool skip_to_block(std::string_view& text) {
    if (text.starts_with(kBegin)) {
        text.remove_prefix(kBegin.size());
        return true;
    }
    const std::string wanted = "\n" + std::string(kBegin);
    const auto at = text.find(wanted);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + wanted.size());
    return true;
}

struct Trailer {
    std::string_view body;   ///< what stands between the headers and the end line
    std::string_view after;  ///< what stands behind the type on the end line
};

/// Finds the line that ends a block of this type.
std::optional<Trailer> find_end(std::string_view text, std::string_view type, bool has_headers) {
    Trailer found;
    if (!has_headers && text.starts_with(kEnd)) {
        found.after = text.substr(kEnd.size());
    } else {
        const std::string wanted = "\n" + std::string(kEnd);
        const auto at = text.find(wanted);
        if (at == std::string_view::npos) return std::nullopt;
        found.body = text.substr(0, at);
        found.after = text.substr(at + wanted.size());
    }
    if (!found.after.starts_with(type)) return std::nullopt;
    found.after.remove_prefix(type.size());
    if (!found.after.starts_with(kDashes)) return std::nullopt;
    found.after.remove_prefix(kDashes.size());
    return found;
}

}  // namespace

std::optional<PemBlock> decode_pem(std::string_view text) {
    while (skip_to_block(text)) {
        std::string_view type = take_line(text);
        if (!type.ends_with(kDashes)) continue;
        type.remove_suffix(kDashes.size());

        bool has_headers = false;
        while (true) {
            if (text.empty()) return std::nullopt;
            std::string_view next = text;
            if (take_line(next).find(':') == std::string_view::npos) break;
            has_headers = true;
            text = next;
        }

        auto trailer = find_end(text, type, has_headers);
        if (!trailer) continue;
        std::string_view rest = trailer->after;
        if (!take_line(rest).empty()) continue;

        std::string digits(trailer->body);
        std::erase_if(digits, [](char c) { return c == ' ' || c == '\t'; });
        auto bytes = base64_decode(digits);
        if (!bytes) continue;
        return PemBlock{std::string(type), *std::move(bytes), rest};
    }
    return std::nullopt;
}

}  // namespace nodes
