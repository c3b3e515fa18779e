#include "nodes/protocol/bech32.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace nodes {
namespace {

constexpr std::string_view kCharset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumLength = 6;
constexpr std::size_t kLengthMin = 8;
constexpr std::size_t kLengthMax = 1023;
constexpr std::size_t kAddressBytesMax = 255;

constexpr auto kCharValues = [] {
    std::array<std::int8_t, 128> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kCharset.size(); ++i) {
        values[static_cast<std::uint8_t>(kCharset[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}();

/// The checksum's shift register (BIP-173).
std::uint32_t step(std::uint32_t state, std::uint32_t value) {
    constexpr std::array<std::uint32_t, 5> kGenerator{
        0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    const std::uint32_t top = state >> 25U;
    state = ((state & 0x1ffffffU) << 5U) ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
        if (((top >> i) & 1U) != 0) state ^= kGenerator[i];
    }
    return state;
}

std::string checksum(std::string_view prefix, const std::vector<std::uint8_t>& values) {
    std::uint32_t state = 1;
    for (const char c : prefix)
        state = step(state, static_cast<std::uint32_t>(c) >> 5U);
    state = step(state, 0);
    for (const char c : prefix)
        state = step(state, static_cast<std::uint32_t>(c) & 31U);
    for (const std::uint8_t value : values)
        state = step(state, value);
    for (std::size_t i = 0; i < kChecksumLength; ++i)
        state = step(state, 0);
    state ^= 1U;
    std::string text;
    for (std::size_t i = 0; i < kChecksumLength; ++i) {
        text += kCharset[(state >> (5 * (kChecksumLength - 1 - i))) & 31U];
    }
    return text;
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A byte as Go prints it with %c: the code point of that number in UTF-8.
std::string as_character(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x80) return std::string(1, c);
    return {static_cast<char>(0xc0U | (byte >> 6U)), static_cast<char>(0x80U | (byte & 0x3fU))};
}

/// What is wrong with single characters; empty when nothing is.
std::string character_problem(std::string_view text) {
    bool lower = false;
    bool upper = false;
    for (const char c : text) {
        if (c < 33 || c > 126) {
            return fmt::format("invalid character in string: '{}'", as_character(c));
        }
        lower = lower || is_lower(c);
        upper = upper || is_upper(c);
        if (lower && upper) return "string not all lowercase or all uppercase";
    }
    return {};
}

/// Groups of five bits to bytes. Left over may be at most four bits, all zero.
bool to_bytes(const std::vector<std::uint8_t>& groups, std::string& bytes) {
    std::uint32_t pending = 0;
    unsigned bits = 0;
    bytes.reserve(groups.size() * 5 / 8);
    for (const std::uint8_t group : groups) {
        pending = ((pending << 5U) | group) & 0xfffU;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>((pending >> bits) & 0xffU);
        }
    }
    return bits <= 4 && (pending & ((1U << bits) - 1U)) == 0;
}

Bech32Text problem(std::string why) {
    Bech32Text bad;
    bad.problem = "decoding bech32 failed: " + std::move(why);
    return bad;
}

}  // namespace

Bech32Text bech32_decode(std::string_view text) {
    if (text.size() < kLengthMin || text.size() > kLengthMax) {
        return problem(fmt::format("invalid bech32 string length {}", text.size()));
    }
    if (auto why = character_problem(text); !why.empty()) return problem(std::move(why));

    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    const auto separator = lower.rfind('1');
    const bool absent = separator == std::string::npos;
    if (absent || separator < 1 || separator + kChecksumLength + 1 > lower.size()) {
        const auto index = absent ? -1 : static_cast<std::int64_t>(separator);
        return problem(fmt::format("invalid separator index {}", index));
    }

    std::vector<std::uint8_t> groups;
    groups.reserve(lower.size() - separator);
    for (const char c : std::string_view(lower).substr(separator + 1)) {
        const std::int8_t value = kCharValues[static_cast<std::uint8_t>(c)];
        if (value < 0) {
            return problem(fmt::format("invalid character not part of charset: {}", int{c}));
        }
        groups.push_back(static_cast<std::uint8_t>(value));
    }
    groups.resize(groups.size() - kChecksumLength);

    Bech32Text decoded;
    decoded.prefix = lower.substr(0, separator);
    const auto expected = checksum(decoded.prefix, groups);
    const auto got = std::string_view(lower).substr(lower.size() - kChecksumLength);
    if (expected != got) {
        return problem(fmt::format("invalid checksum (expected {} got {})", expected, got));
    }
    if (!to_bytes(groups, decoded.bytes)) return problem("invalid incomplete group");
    return decoded;
}

std::string bech32_encode(std::string_view prefix, std::string_view bytes) {
    std::vector<std::uint8_t> groups;
    groups.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        pending = ((pending << 8U) | static_cast<std::uint8_t>(c)) & 0xfffU;
        for (bits += 8; bits >= 5;) {
            bits -= 5;
            groups.push_back(static_cast<std::uint8_t>((pending >> bits) & 31U));
        }
    }
    if (bits > 0) groups.push_back(static_cast<std::uint8_t>((pending << (5 - bits)) & 31U));

    std::string text(prefix);
    text += '1';
    for (const std::uint8_t group : groups)
        text += kCharset[group];
    return text + checksum(prefix, groups);
}

AddressText decode_address(std::string_view text) {
    if (text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos) {
        return {{}, "empty address string is not allowed"};
    }
    Bech32Text decoded = bech32_decode(text);
    if (!decoded.problem.empty()) return {{}, std::move(decoded.problem)};
    if (decoded.prefix != kAddressPrefix) {
        return {{},
                fmt::format(
                    "invalid Bech32 prefix; expected {}, got {}", kAddressPrefix, decoded.prefix)};
    }
    if (decoded.bytes.empty()) return {{}, "addresses cannot be empty: unknown address"};
    if (decoded.bytes.size() > kAddressBytesMax) {
        return {{},
                fmt::format("address max length is {}, got {}: unknown address",
                            kAddressBytesMax,
                            decoded.bytes.size())};
    }
    return {std::move(decoded.bytes), {}};
}

}  // namespace nodes
