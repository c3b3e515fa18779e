#include "sim/digest.h"

#include <fmt/format.h>

#include <xxhash.h>

namespace sim {

void Digest::mix_long(const void* bytes, std::size_t size) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, size, low_);
    mix_word(hash.low64);
    mix_word(hash.high64);
}

std::array<std::uint64_t, 2> Digest::value() const {
    Digest last = *this;
    for (int i = 0; i < 4; ++i)
        last.mix_word(0);
    return {last.low_, last.high_};
}

std::string Digest::hex() const {
    const auto [low, high] = value();
    return fmt::format("{:016x}{:016x}", high, low);
}

const char* part_name(Part part) {
    switch (part) {
        case Part::kKernel:
            return "kernel";
        case Part::kChain:
            return "chain";
        case Part::kMarket:
            return "market";
        case Part::kProviders:
            return "providers";
        case Part::kTenants:
            return "tenants";
    }
    SIM_UNREACHABLE("a part of the world, got {}", static_cast<int>(part));
}

Digest Digests::combined() const {
    Digest all;
    for (const Digest& part : parts) {
        for (const std::uint64_t word : part.value())
            all.mix_word(word);
    }
    return all;
}

}  // namespace sim
