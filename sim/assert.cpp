#include "sim/assert.h"

#include <cstdio>
#include <cstdlib>

namespace sim {

AssertContext& assert_context() {
    thread_local AssertContext context;
    return context;
}

void assert_failed(std::string_view file,
                   int line,
                   std::string_view condition,
                   std::string_view text) {
    const AssertContext& context = assert_context();
    if (context.throws) {
        throw AssertionFailed(
            fmt::format("assertion failed: {} ({} at {}:{})", text, condition, file, line));
    }
    fmt::print(
        stderr,
        "assertion failed: {}\n  {}\n  at {}:{}\n  seed {}, simulated time {} ns, height {}\n",
        text,
        condition,
        file,
        line,
        context.seed,
        context.time_ns,
        context.height);
    static_cast<void>(std::fflush(stderr));
    std::abort();
}

}  // namespace sim
