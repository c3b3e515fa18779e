// Amounts as texts in messages: the real node reads whole numbers with any Go prefix ("0x10" is
// sixteen) and decimals with up to 18 places, and refuses what does not fit 256 or 315 bits.
#pragma once

#include "sim/wide.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace nodes {

/// cosmos-sdk v0.45.16 Int.UnmarshalJSON: big.Int in base 0, so with the prefixes 0x, 0o, 0b and 0,
/// and with single underscores between digits; at most 256 bits.
std::optional<sim::Wide> int_from_text(std::string_view text);

/// cosmos-sdk v0.45.16 NewDecFromStr: the value times 10^18; at most 315 bits.
std::optional<sim::Wide> dec_from_text(std::string_view text);

/// The value of a whole number that fits 64 bits; nullopt when it is negative or larger. Fast: this
/// is asked of every quantity of every order.
inline std::optional<std::uint64_t> as_uint64(const sim::Wide& value) {
    const auto& backend = value.backend();
    static_assert(sizeof(*backend.limbs()) == sizeof(std::uint64_t));
    if (backend.size() != 1 || backend.sign()) return std::nullopt;
    return *backend.limbs();
}

}  // namespace nodes
