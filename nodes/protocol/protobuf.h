// Protobuf encoding of whatever schema.h describes. One encoder serves both uses: into bytes, and
// into a mere count, which builds nothing because every transaction is charged by it.
#pragma once

#include "nodes/protocol/amount_text.h"
#include "nodes/protocol/schema.h"
#include "sim/wide.h"

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace nodes::protobuf {

/// Bytes of a varint.
constexpr std::size_t varint_size(std::uint64_t n) {
    return n == 0 ? 1 : (static_cast<std::size_t>(std::bit_width(n)) + 6) / 7;
}

/// Characters of a number as text, a minus sign included.
inline std::size_t text_size(const sim::Wide& value) {
    if (const auto small = as_uint64(value)) {
        return static_cast<std::size_t>(sim::decimal_digits(*small));
    }
    return static_cast<std::size_t>(sim::decimal_digits(value)) + (value < 0 ? 1 : 0);
}

/// What becomes of a nested message without content.
enum class Empty : bool { kWritten, kLeftOut };

struct CountSink {
    std::size_t size = 0;

    static constexpr bool kCounts = true;

    void varint(std::uint64_t n) { size += varint_size(n); }

    void raw(std::string_view bytes) { size += bytes.size(); }
};

struct ByteSink {
    std::string bytes;

    static constexpr bool kCounts = false;

    void varint(std::uint64_t n) {
        for (; n >= 0x80; n >>= 7U)
            bytes += static_cast<char>((n & 0x7fU) | 0x80U);
        bytes += static_cast<char>(n);
    }

    void raw(std::string_view more) { bytes += more; }
};

/// A visitor of schema.h. `names` may be null for types without addresses and denominations.
template <class Sink>
class Encoder {
  public:
    explicit Encoder(const Names* names) : names_(names) {}

    Sink sink;

    /// Every text of bytes is left out when empty.
    void text(unsigned field, const char* /*name*/, std::string_view value) {
        if (!value.empty()) write(field, value);
    }

    void bytes(unsigned field, const char* name, std::string_view value) {
        text(field, name, value);
    }

    void address(unsigned field, const char* name, Address value) {
        text(field, name, names_->addresses.text(value));
    }

    void denom(unsigned field, const char* name, Denom value) {
        text(field, name, names_->denoms.text(value));
    }

    void number(unsigned field, const char* /*name*/, std::uint64_t value) {
        if (value == 0) return;
        tag(field, kVarint);
        sink.varint(value);
    }

    /// Enumerations are signed on the wire: what is negative takes ten bytes.
    void enumeration(unsigned field, const char* name, EndpointKind value) {
        const auto signed_value = static_cast<std::int32_t>(value);
        number(field, name, static_cast<std::uint64_t>(std::int64_t{signed_value}));
    }

    /// Int and Dec are decimal digits, always written.
    void integer(unsigned field, const char* /*name*/, const sim::Wide& value) {
        if constexpr (Sink::kCounts) {
            tag(field, kLengthDelimited);
            const std::size_t size = text_size(value);
            sink.varint(size);
            sink.size += size;
        } else {
            write(field, sim::to_text(value));
        }
    }

    void decimal(unsigned field, const char* name, const sim::Wide& value) {
        integer(field, name, value);
    }

    void texts(unsigned field, const char* /*name*/, const std::vector<std::string>& values) {
        for (const auto& value : values)
            write(field, value);
    }

    template <class T>
    void message(unsigned field, const char* /*name*/, const T& value) {
        nested(field, [&value](auto& inner) { schema::visit(value, inner); });
    }

    template <class T>
    void list(unsigned field, const char* name, const std::vector<T>& values) {
        for (const auto& value : values)
            message(field, name, value);
    }

    template <class T>
    void list(unsigned field,
              const char* name,
              const std::vector<std::shared_ptr<const T>>& values) {
        for (const auto& value : values)
            message(field, name, *value);
    }

    template <class T>
    void list(unsigned field, const char* name, const std::shared_ptr<const T>& values) {
        if (values) list(field, name, *values);
    }

    template <class Visit>
    void group(unsigned field, const char* /*name*/, Visit&& visit) {
        nested(field, visit);
    }

    template <class T, class Visit>
    void optional_group(unsigned field,
                        const char* /*name*/,
                        const std::optional<T>& value,
                        Visit&& visit) {
        if (value) nested(field, [&](auto& inner) { visit(*value, inner); });
    }

    void timestamp(unsigned field, const char* /*name*/, const Timestamp& value) {
        nested(field, [&value](auto& inner) {
            inner.number(1, "seconds", static_cast<std::uint64_t>(value.seconds));
            inner.number(2, "nanos", static_cast<std::uint64_t>(std::int64_t{value.nanos}));
        });
    }

    void any(unsigned field, const char* /*name*/, const std::optional<Authorization>& value) {
        if (value) any_of(field, *value);
    }

    void anys(unsigned field, const char* /*name*/, const std::vector<Msg>& values) {
        for (const auto& value : values)
            any_of(field, value.body);
    }

    /// A message behind its type URL.
    template <class... Ts>
    void any_of(unsigned field, const std::variant<Ts...>& value) {
        std::visit(
            [&](const auto& held) {
                using Held = std::remove_cvref_t<decltype(held)>;
                nested(field, [&held](auto& inner) {
                    inner.text(1, "type_url", Held::kTypeUrl);
                    inner.template nested<Empty::kLeftOut>(
                        2, [&held](auto& bytes) { schema::visit(held, bytes); });
                });
            },
            value);
    }

    /// A message that `body` writes. Message-typed fields are written even when they hold nothing.
    template <Empty kEmpty = Empty::kWritten, class Body>
    void nested(unsigned field, Body&& body) {
        Encoder<CountSink> counter(names_);
        body(counter);
        if (kEmpty == Empty::kLeftOut && counter.sink.size == 0) return;
        tag(field, kLengthDelimited);
        sink.varint(counter.sink.size);
        if constexpr (Sink::kCounts) {
            sink.size += counter.sink.size;
        } else {
            body(*this);
        }
    }

  private:
    template <class>
    friend class Encoder;

    static constexpr unsigned kVarint = 0;
    static constexpr unsigned kLengthDelimited = 2;

    void tag(unsigned field, unsigned wire_type) { sink.varint((field << 3U) | wire_type); }

    void write(unsigned field, std::string_view value) {
        tag(field, kLengthDelimited);
        sink.varint(value.size());
        sink.raw(value);
    }

    const Names* names_;
};

using Counter = Encoder<CountSink>;
using Writer = Encoder<ByteSink>;

}  // namespace nodes::protobuf
