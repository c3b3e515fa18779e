// Any bytes as an SDL file: nothing may crash, hang or grow without measure, and the same bytes
// must give the same answer.
#include "nodes/protocol/sdl.h"
#include "sim/assert.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto first = nodes::sdl_to_json(text);
    const auto second = nodes::sdl_to_json(text);
    SIM_ASSERT(first.has_value() == second.has_value(), "one verdict for {} bytes", size);
    if (first) {
        SIM_ASSERT(*first == *second, "one answer for {} bytes", size);
    } else {
        SIM_ASSERT(!first.error().text.empty(), "a reason for refusing {} bytes", size);
        SIM_ASSERT(first.error().text == second.error().text, "one reason for {} bytes", size);
    }
    return 0;
}
