// Base64 with the standard alphabet and padding, as Go's encoding/base64 reads and writes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nodes {

std::string base64_encode(std::string_view bytes);
/// Line ends are skipped; nullopt for anything else that does not belong there.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace nodes
