// Draws small decisions from a fuzzer's bytes; when they run out, everything is zero.
#pragma once

#include "sim/wide.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace fuzz {

class ByteReader {
  public:
    ByteReader(const std::uint8_t* bytes, std::size_t size) : at_(bytes), left_(size) {}

    [[nodiscard]] bool empty() const { return left_ == 0; }

    std::uint8_t byte() {
        if (left_ == 0) return 0;
        --left_;
        return *at_++;
    }

    /// 0 .. count - 1.
    std::size_t below(std::size_t count) { return byte() % count; }

    std::uint64_t word() {
        std::uint64_t out = 0;
        for (int i = 0; i < 8; ++i)
            out = out << 8U | byte();
        return out;
    }

    template <class T, std::size_t N>
    T among(const std::array<T, N>& choices) {
        return choices[below(N)];
    }

    /// Usually one that makes sense, at times any number there is.
    std::uint64_t number(std::uint64_t usual_most) {
        const std::uint8_t first = byte();
        if (first < 0xF0) return first % (usual_most + 1);
        return first < 0xF8 ? word() : UINT64_MAX - (first - 0xF8U);
    }

    /// An amount around `usual`, or none, or far too much, or below zero.
    sim::Wide amount(std::int64_t usual) {
        switch (below(8)) {
            case 0:
                return 0;
            case 1:
                return -1;
            case 2:
                return sim::Wide{INT64_MAX} + byte();
            case 3:
                return sim::Wide{1} << (byte() % 255U);
            case 4:
                return sim::Wide{word()};
            default:
                return sim::Wide{usual} + byte() - 128;
        }
    }

  private:
    const std::uint8_t* at_;
    std::size_t left_;
};

}  // namespace fuzz
