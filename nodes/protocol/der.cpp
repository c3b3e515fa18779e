#include "nodes/protocol/der.h"

namespace nodes::der {
namespace {

/// One number of an object identifier off the front; false when it is none.
bool take_number(std::string_view& rest) {
    constexpr std::size_t kBytesMax = 5;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < rest.size() && i < kBytesMax && value < (1U << 24U); ++i) {
        const auto byte = static_cast<std::uint8_t>(rest[i]);
        if (i == 0 && byte == 0x80) return false;
        value = (value << 7U) | (byte & 0x7fU);
        if ((byte & 0x80U) != 0) continue;
        rest.remove_prefix(i + 1);
        return true;
    }
    return false;
}

bool shortest_integer(std::string_view content) {
    if (content.empty()) return false;
    if (content.size() == 1) return true;
    const auto first = static_cast<std::uint8_t>(content[0]);
    const bool high = (static_cast<std::uint8_t>(content[1]) & 0x80U) != 0;
    return !(first == 0 && !high) && !(first == 0xff && high);
}

}  // namespace

std::optional<Element> Reader::take_any() {
    if (rest_.size() < 2 || (byte(0) & 0x1fU) == 0x1fU) return std::nullopt;
    std::size_t header = 2;
    std::size_t length = byte(1);
    if (length >= 0x80) {
        const std::size_t count = length & 0x7fU;
        if (count == 0 || count > 4 || rest_.size() < 2 + count) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < count; ++i)
            length = (length << 8U) | byte(2 + i);
        if (length < 0x80 || (length >> (8 * (count - 1))) == 0) return std::nullopt;
        header += count;
    }
    if (rest_.size() - header < length) return std::nullopt;
    const Element element{byte(0), rest_.substr(header, length)};
    rest_.remove_prefix(header + length);
    return element;
}

std::optional<std::string_view> Reader::take_object_id() {
    const auto element = take(kObjectId);
    if (!element || element->content.empty()) return std::nullopt;
    for (std::string_view rest = element->content; !rest.empty();) {
        if (!take_number(rest)) return std::nullopt;
    }
    return element->content;
}

std::optional<std::string_view> Reader::take_integer() {
    const auto element = take(kInteger);
    if (!element || !shortest_integer(element->content)) return std::nullopt;
    return element->content;
}

std::optional<Bits> Reader::take_bits() {
    const auto element = take(kBitString);
    if (!element || element->content.empty()) return std::nullopt;
    const auto unused = static_cast<std::uint8_t>(element->content[0]);
    const std::string_view bytes = element->content.substr(1);
    if (unused > 7 || (bytes.empty() && unused != 0)) return std::nullopt;
    if (!bytes.empty() && (static_cast<std::uint8_t>(bytes.back()) & ((1U << unused) - 1U)) != 0)
        return std::nullopt;
    return Bits{bytes, unused};
}

bool Reader::take_boolean() {
    const auto element = take(kBoolean);
    if (!element || element->content.size() != 1) return false;
    const auto value = static_cast<std::uint8_t>(element->content[0]);
    return value == 0 || value == 0xff;
}

}  // namespace nodes::der
