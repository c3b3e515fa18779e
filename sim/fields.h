// One field list per stored struct. A struct says what it holds once:
//
//     static void fields(auto& self, auto&& visit) { visit("owner", self.owner); visit("dseq",
//     self.dseq); }
//
// and digest, save file, golden text and tables are made from it. This header walks any value built
// from such structs, numbers, enums, text, containers, optionals and variants, in a fixed order, so
// that equal values give equal bytes on every machine. Unordered containers are written sorted by
// key.
#pragma once

#include "sim/assert.h"
#include "sim/units.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace sim {

namespace detail {
struct IgnoreField {
    void operator()(const char*, const auto&) const {}
};
}  // namespace detail

template <class T>
concept HasFields = requires(T& value) {
    T::fields(value, detail::IgnoreField{});
};

template <class T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::same_as<T, Int128> ||
    std::same_as<T, Uint128>;

template <class T>
concept MapLike = requires {
    typename T::key_type;
    typename T::mapped_type;
};

template <class T>
concept SequenceLike = requires(T& c, typename T::value_type v) {
    c.begin();
    c.size();
    c.push_back(std::move(v));
}

&&!std::same_as<T, std::string>;

/// How a type that is no struct of ours is written: specialised beside the type with
/// `to(value)`, which gives something that can be written, and `from(that, value)`, false when
/// damaged.
template <class T>
struct FieldForm;

template <class T>
concept HasFieldForm = requires(const T& value) {
    FieldForm<T>::to(value);
};

/// Writes any value to `sink`, which takes (const void*, size).
template <class Sink>
class FieldWriter {
  public:
    explicit FieldWriter(Sink& sink) : sink_(sink) {}

    template <class T>
    void operator()(const char* /*name*/, const T& value) {
        write(value);
    }

    template <class T>
    void write(const T& value) {
        if constexpr (Scalar<T>) {
            sink_(&value, sizeof value);
        } else if constexpr (std::same_as<T, std::string>) {
            size(value.size());
            sink_(value.data(), value.size());
        } else if constexpr (MapLike<T>) {
            write_map(value);
        } else if constexpr (SequenceLike<T>) {
            size(value.size());
            for (const auto& item : value)
                write(static_cast<const typename T::value_type&>(item));
        } else if constexpr (HasFields<const T>) {
            T::fields(value, *this);
        } else if constexpr (HasFieldForm<T>) {
            write(FieldForm<T>::to(value));
        } else {
            write_other(value);
        }
    }

  private:
    void size(std::size_t n) {
        const std::uint64_t wide = n;
        sink_(&wide, sizeof wide);
    }

    template <class T>
    void write_map(const T& value) {
        std::vector<const typename T::value_type*> items;
        items.reserve(value.size());
        for (const auto& item : value)
            items.push_back(&item);
        std::sort(items.begin(), items.end(), [](auto* a, auto* b) { return a->first < b->first; });
        size(items.size());
        for (const auto* item : items) {
            write(item->first);
            write(item->second);
        }
    }

    template <class T, std::size_t N>
    void write_other(const std::array<T, N>& value) {
        for (const auto& item : value)
            write(item);
    }

    template <class A, class B>
    void write_other(const std::pair<A, B>& value) {
        write(value.first);
        write(value.second);
    }

    template <class T>
    void write_other(const std::optional<T>& value) {
        size(value.has_value() ? 1 : 0);
        if (value) write(*value);
    }

    template <class T>
    void write_other(const std::shared_ptr<const T>& value) {
        size(value ? 1 : 0);
        if (value) write(*value);
    }

    template <class... Ts>
    void write_other(const std::variant<Ts...>& value) {
        size(value.index());
        std::visit([this](const auto& held) { this->write(held); }, value);
    }

    void write_other(const std::monostate&) {}

    Sink& sink_;
};

/// Reads what FieldWriter wrote. `source` takes (void*, size) and returns false when it has run
/// dry; after the first failure everything else is left as it is and `ok()` is false.
template <class Source>
class FieldReader {
  public:
    explicit FieldReader(Source& source) : source_(source) {}

    [[nodiscard]] bool ok() const { return ok_; }

    template <class T>
    void operator()(const char* /*name*/, T& value) {
        read(value);
    }

    template <class T>
    void read(T& value) {
        if (!ok_) return;
        if constexpr (Scalar<T>) {
            bytes(&value, sizeof value);
        } else if constexpr (std::same_as<T, std::string>) {
            value.clear();
            read_text(value);
        } else if constexpr (MapLike<T>) {
            value.clear();
            const std::uint64_t n = size();
            for (std::uint64_t i = 0; i < n && ok_; ++i) {
                typename T::key_type key{};
                typename T::mapped_type mapped{};
                read(key);
                read(mapped);
                value.emplace(std::move(key), std::move(mapped));
            }
        } else if constexpr (SequenceLike<T>) {
            value.clear();
            const std::uint64_t n = size();
            for (std::uint64_t i = 0; i < n && ok_; ++i) {
                typename T::value_type item{};
                read(item);
                value.push_back(std::move(item));
            }
        } else if constexpr (HasFields<T>) {
            T::fields(value, *this);
        } else if constexpr (HasFieldForm<T>) {
            decltype(FieldForm<T>::to(value)) form;
            read(form);
            ok_ = ok_ && FieldForm<T>::from(form, value);
        } else {
            read_other(value);
        }
    }

  private:
    void bytes(void* to, std::size_t n) {
        if (ok_) ok_ = source_(to, n);
    }

    std::uint64_t size() {
        std::uint64_t n = 0;
        bytes(&n, sizeof n);
        return ok_ ? n : 0;
    }

    void read_text(std::string& value) {
        // In pieces, so that a damaged length cannot ask for all memory at once.
        constexpr std::uint64_t kPiece = 1U << 16U;
        for (std::uint64_t left = size(); left > 0 && ok_;) {
            const std::uint64_t n = left < kPiece ? left : kPiece;
            const std::size_t at = value.size();
            value.resize(at + n);
            bytes(value.data() + at, n);
            left -= n;
        }
    }

    template <class T, std::size_t N>
    void read_other(std::array<T, N>& value) {
        for (auto& item : value)
            read(item);
    }

    template <class A, class B>
    void read_other(std::pair<A, B>& value) {
        read(value.first);
        read(value.second);
    }

    template <class T>
    void read_other(std::optional<T>& value) {
        value.reset();
        if (size() != 0) read(value.emplace());
    }

    template <class T>
    void read_other(std::shared_ptr<const T>& value) {
        value.reset();
        if (size() == 0) return;
        auto made = std::make_shared<T>();
        read(*made);
        value = std::move(made);
    }

    template <class... Ts>
    void read_other(std::variant<Ts...>& value) {
        const std::uint64_t index = size();
        if (index >= sizeof...(Ts)) ok_ = false;
        if (ok_) read_alternative<0>(value, index);
    }

    template <std::size_t I, class... Ts>
    void read_alternative(std::variant<Ts...>& value, std::uint64_t index) {
        if constexpr (I < sizeof...(Ts)) {
            if (index == I) {
                read(value.template emplace<I>());
            } else {
                read_alternative<I + 1>(value, index);
            }
        }
    }

    void read_other(std::monostate&) {}

    Source& source_;
    bool ok_ = true;
};

}  // namespace sim
