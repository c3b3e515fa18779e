// Any bytes as a saved state: the frame refuses what is damaged, and fields in a whole frame are
// read or refused within the memory that the bytes justify. What was read is written to the same
// bytes again.
#include "scenarios/engine/scenario.h"
#include "sim/archive.h"
#include "sim/assert.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    scenarios::Scenario scenario;
    const sim::Status loaded = sim::load_bytes(text, 1, scenario);
    SIM_ASSERT(loaded.has_value() || !loaded.error().text.empty(), "a reason for refusing");

    // The checksum keeps a fuzzer out, so it gets a whole frame around its bytes.
    const std::string archive = sim::frame_archive(text, 1);
    scenarios::Scenario framed;
    if (!sim::load_bytes(archive, 1, framed)) return 0;
    const std::string written = sim::field_bytes(framed);
    scenarios::Scenario again;
    SIM_ASSERT(sim::read_field_bytes(written, again), "what was written can be read");
    SIM_ASSERT(sim::field_bytes(again) == written, "one state");
    return 0;
}
