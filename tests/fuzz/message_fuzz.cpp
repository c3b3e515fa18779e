// Any bytes as a message in JSON: it is read or refused with a reason; what was read is written,
// read again and then the same; and the stateless checks and the wire form bear every message.
#include "nodes/protocol/encoding.h"
#include "nodes/protocol/message_json.h"
#include "nodes/protocol/names.h"
#include "nodes/protocol/validate_basic.h"
#include "sim/archive.h"
#include "sim/assert.h"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return 0;
    nodes::Names names;
    const auto read = nodes::message_from_json(json, names);
    if (!read) {
        SIM_ASSERT(!read.error().text.empty(), "a reason for refusing {} bytes", size);
        return 0;
    }
    const std::string written = nodes::message_to_json(*read, names).dump();
    const auto again = nodes::message_from_json(nlohmann::json::parse(written), names);
    SIM_ASSERT(again.has_value(), "what was written can be read, {}", again.error().text);
    SIM_ASSERT(sim::field_bytes(*read) == sim::field_bytes(*again), "one message, {}", written);
    const std::string twice = nodes::message_to_json(*again, names).dump();
    SIM_ASSERT(written == twice, "one text, {} and {}", written, twice);

    SIM_ASSERT(nodes::encoded_size(*read, names) == nodes::encode(*read, names).size(),
               "the length of the wire form, {}",
               written);
    const sim::Status valid = nodes::validate_basic(*read, names);
    const sim::Status same = nodes::validate_basic(*again, names);
    SIM_ASSERT(valid.has_value() == same.has_value(), "one verdict on {}", written);
    if (!valid) SIM_ASSERT(valid.error().text == same.error().text, "one reason, {}", written);
    return 0;
}
