// Assertions for programmer errors. They are on in every build: a simulation that has gone wrong
// must stop at once, with the seed, the simulated time and the height, instead of giving plausible
// numbers.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace sim {

/// What an assertion prints besides its own text: set by the runner, per thread.
struct AssertContext {
    std::uint64_t seed = 0;
    std::int64_t time_ns = 0;
    std::int64_t height = 0;
    /// Throw AssertionFailed instead of stopping: for programs that run many independent cases and
    /// must name the one that failed. What the case had made is thrown away with it.
    bool throws = false;
};

struct AssertionFailed : std::logic_error {
    using std::logic_error::logic_error;
};

/// The calling thread's context; the runner keeps it up to date at every block.
AssertContext& assert_context();

/// Prints place, condition, text and context to stderr and aborts, or throws
/// (AssertContext::throws).
[[noreturn]] void assert_failed(std::string_view file,
                                int line,
                                std::string_view condition,
                                std::string_view text);

}  // namespace sim

/// One condition each; the text says what was expected.
#define SIM_ASSERT(condition, ...)                                                            \
    do {                                                                                      \
        if (!(condition)) [[unlikely]]                                                        \
            ::sim::assert_failed(__FILE__, __LINE__, #condition, ::fmt::format(__VA_ARGS__)); \
    } while (false)

/// Says that both cases are legal and have been thought of.
#define SIM_MAYBE(condition) static_cast<void>(condition)

#define SIM_UNREACHABLE(...) \
    ::sim::assert_failed(__FILE__, __LINE__, "unreachable", ::fmt::format(__VA_ARGS__))
