// Walks DER as Go's cryptobyte does: lengths in their shortest form, of at most four bytes, and
// values checked when they are taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nodes::der {

inline constexpr std::uint8_t kBoolean = 0x01;
inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kBitString = 0x03;
inline constexpr std::uint8_t kOctetString = 0x04;
inline constexpr std::uint8_t kObjectId = 0x06;
inline constexpr std::uint8_t kUtf8String = 0x0c;
inline constexpr std::uint8_t kNumericString = 0x12;
inline constexpr std::uint8_t kPrintableString = 0x13;
inline constexpr std::uint8_t kTeletexString = 0x14;
inline constexpr std::uint8_t kIa5String = 0x16;
inline constexpr std::uint8_t kUtcTime = 0x17;
inline constexpr std::uint8_t kGeneralizedTime = 0x18;
inline constexpr std::uint8_t kBmpString = 0x1e;
inline constexpr std::uint8_t kSequence = 0x30;
inline constexpr std::uint8_t kSet = 0x31;

struct Element {
    std::uint8_t tag = 0;
    std::string_view content;
};

struct Bits {
    std::string_view bytes;
    std::uint8_t unused = 0;  ///< bits of the last byte
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool empty() const { return rest_.empty(); }

    [[nodiscard]] bool next_is(std::uint8_t tag) const {
        return !rest_.empty() && static_cast<std::uint8_t>(rest_[0]) == tag;
    }

    std::optional<Element> take_any();

    std::optional<Element> take(std::uint8_t tag) {
        return next_is(tag) ? take_any() : std::nullopt;
    }

    /// Its content, numbers in their shortest form and below 2^35.
    std::optional<std::string_view> take_object_id();
    /// Two's complement, in its shortest form.
    std::optional<std::string_view> take_integer();
    /// The unused bits are zero.
    std::optional<Bits> take_bits();
    /// 0 or 255.
    bool take_boolean();

  private:
    [[nodiscard]] std::uint8_t byte(std::size_t i) const {
        return static_cast<std::uint8_t>(rest_[i]);
    }

    std::string_view rest_;
};

}  // namespace nodes::der
