// A rolling 128-bit hash of what happened, kept per part of the world, so that two runs can be
// compared block by block and a difference says where it began. It finds accidents, not attacks:
// short mixes cost about three nanoseconds per word, long ones go through XXH3.
#pragma once

#include "sim/fields.h"

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

namespace sim {

static_assert(std::endian::native == std::endian::little,
              "digests and save files are little endian");

class Digest {
  public:
    /// Order matters. Up to 32 bytes are padded with zeros to whole words; their number is not
    /// mixed in, so a caller with texts of varying length mixes the length first (FieldWriter
    /// does).
    void mix(const void* bytes, std::size_t size) {
        if (size > 32) {
            mix_long(bytes, size);
            return;
        }
        const char* from = static_cast<const char*>(bytes);
        for (; size > 8; size -= 8, from += 8)
            mix_word(load(from, 8));
        mix_word(load(from, size));
    }

    template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>

    void mix_value(T value) { mix(&value, sizeof value); }

    /// A step that loses nothing: for a given state, different words give different states.
    void mix_word(std::uint64_t word) {
        const std::uint64_t x = std::rotl((low_ ^ word) * 0x9E3779B97F4A7C15ULL, 29);
        high_ = std::rotl((high_ + x) * 0xD6E8FEB86659FD93ULL, 31);
        low_ = x ^ high_;
    }

    /// The two halves after a last scramble.
    [[nodiscard]] std::array<std::uint64_t, 2> value() const;
    /// 32 lower-case hexadecimal digits of value().
    [[nodiscard]] std::string hex() const;

    friend bool operator==(const Digest&, const Digest&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("low", self.low_);
        visit("high", self.high_);
    }

  private:
    static std::uint64_t load(const void* bytes, std::size_t size) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, size);
        return word;
    }

    void mix_long(const void* bytes, std::size_t size);

    std::uint64_t low_ = 0x243F6A8885A308D3ULL;  // digits of pi: any start value will do
    std::uint64_t high_ = 0x13198A2E03707344ULL;
};

/// Digest of one value, through its field list.
template <class T>
Digest digest_of(const T& value) {
    Digest digest;
    auto sink = [&digest](const void* bytes, std::size_t size) { digest.mix(bytes, size); };
    FieldWriter writer(sink);
    writer.write(value);
    return digest;
}

/// The parts whose history is told apart.
enum class Part : std::uint8_t { kKernel, kChain, kMarket, kProviders, kTenants };
inline constexpr std::size_t kPartCount = 5;
/// "kernel", "chain", ...
const char* part_name(Part part);

struct Digests {
    std::array<Digest, kPartCount> parts;

    [[nodiscard]] Digest& of(Part part) { return parts[static_cast<std::size_t>(part)]; }

    [[nodiscard]] const Digest& of(Part part) const {
        return parts[static_cast<std::size_t>(part)];
    }

    /// One digest of all parts in order.
    [[nodiscard]] Digest combined() const;

    friend bool operator==(const Digests&, const Digests&) = default;

    static void fields(auto& self, auto&& visit) { visit("parts", self.parts); }
};

}  // namespace sim
