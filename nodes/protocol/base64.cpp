#include "nodes/protocol/base64.h"

#include <array>
#include <cstdint>

namespace nodes {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kValues = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        values[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}();

}  // namespace

std::string base64_encode(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            const auto byte = j < count ? static_cast<std::uint8_t>(bytes[i + j]) : std::uint8_t{0};
            group = (group << 8U) | byte;
        }
        for (std::size_t j = 0; j < 4; ++j) {
            text += j <= count ? kAlphabet[(group >> (18 - 6 * j)) & 63U] : '=';
        }
    }
    return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    std::size_t digits = 0;   // of the group
    std::size_t padding = 0;  // of the last group
    bool ended = false;
    for (const char c : text) {
        if (c == '\n' || c == '\r') continue;
        if (ended) return std::nullopt;
        if (c == '=') {
            if (digits < 2) return std::nullopt;
            ++padding;
        } else {
            const std::int8_t value = kValues[static_cast<std::uint8_t>(c)];
            if (value < 0 || padding > 0) return std::nullopt;
            group = (group << 6U) | static_cast<std::uint32_t>(value);
            ++digits;
        }
        if (digits + padding < 4) continue;
        group <<= 6 * padding;
        for (std::size_t j = 0; j + 1 < digits; ++j) {
            bytes += static_cast<char>((group >> (16 - 8 * j)) & 0xffU);
        }
        ended = padding > 0;
        group = 0;
        digits = 0;
        padding = 0;
    }
    if (digits + padding != 0) return std::nullopt;
    return bytes;
}

}  // namespace nodes
