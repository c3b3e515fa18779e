// Expected failures travel as values: Result<T> has the interface of std::expected (C++23) as far
// as it is used here. An Error carries the code a real client would see and the full text.
#pragma once

#include "sim/assert.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace sim {

/// Namespace and number of an error: a chain module and its registered code where there is one
/// ("market", 28), else the part of this program that refused ("scenario", 1).
/// `space` must point at storage that outlives the program's run (a literal).
struct ErrorCode {
    std::string_view space;
    std::uint32_t number = 0;

    friend bool operator==(const ErrorCode&, const ErrorCode&) = default;
};

/// How a refusal came about. A panic is one the real software recovers from (undefined/111222); the
/// places that ignore ordinary refusals must let it through.
enum class ErrorKind : std::uint8_t { kRefusal, kPanic };

struct Error {
    ErrorCode code;
    std::string text;
    ErrorKind kind = ErrorKind::kRefusal;
};

template <class T>
class [[nodiscard]] Result {
  public:
    // NOLINTBEGIN(google-explicit-constructor): values and errors convert, as in std::expected
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}

    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }

    explicit operator bool() const { return has_value(); }

    [[nodiscard]] T& value() & {
        SIM_ASSERT(has_value(), "a value, got error: {}", std::get<1>(state_).text);
        return std::get<0>(state_);
    }

    [[nodiscard]] const T& value() const& {
        SIM_ASSERT(has_value(), "a value, got error: {}", std::get<1>(state_).text);
        return std::get<0>(state_);
    }

    [[nodiscard]] T&& value() && { return std::move(value()); }

    [[nodiscard]] T& operator*() & { return value(); }

    [[nodiscard]] const T& operator*() const& { return value(); }

    [[nodiscard]] T* operator->() { return &value(); }

    [[nodiscard]] const T* operator->() const { return &value(); }

    [[nodiscard]] T value_or(T other) const { return has_value() ? value() : std::move(other); }

    [[nodiscard]] const Error& error() const& {
        SIM_ASSERT(!has_value(), "an error, got a value");
        return std::get<1>(state_);
    }

    [[nodiscard]] Error&& error() && {
        SIM_ASSERT(!has_value(), "an error, got a value");
        return std::get<1>(std::move(state_));
    }

  private:
    std::variant<T, Error> state_;
};

/// Success without a value is `ok()`.
using Status = Result<std::monostate>;

inline Status ok() {
    return std::monostate{};
}

}  // namespace sim

#define SIM_CONCAT_INNER(a, b) a##b
#define SIM_CONCAT(a, b) SIM_CONCAT_INNER(a, b)

/// `SIM_TRY(value, expression);` declares `value` or returns the expression's error.
#define SIM_TRY(name, ...)                                        \
    auto SIM_CONCAT(sim_try_, __LINE__) = (__VA_ARGS__);          \
    if (!SIM_CONCAT(sim_try_, __LINE__)) [[unlikely]]             \
        return std::move(SIM_CONCAT(sim_try_, __LINE__)).error(); \
    auto name = std::move(SIM_CONCAT(sim_try_, __LINE__)).value()

/// The same for expressions whose value is not needed.
#define SIM_CHECK(...)                                  \
    do {                                                \
        auto sim_check_result = (__VA_ARGS__);          \
        if (!sim_check_result) [[unlikely]]             \
            return std::move(sim_check_result).error(); \
    } while (false)
