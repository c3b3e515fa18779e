// Names that scenarios may use for denominations: "akt" and "usdc" count whole tokens, "uusdc" is
// the bridged dollar of the Akash of 2024, whose real denomination is a hash nobody types.
#pragma once

#include "nodes/networks/akash.h"

#include <string>
#include <string_view>

namespace scenarios {

using nodes::akash::kAxlUsdc;

struct DenomName {
    std::string denom;         ///< as the chain has it
    bool whole_token = false;  ///< the amount before it counts millions of micro-units
};

/// Any other text is taken as the chain's own denomination.
inline DenomName denom_named(std::string_view text) {
    if (text == "akt") return {"uakt", true};
    if (text == "usdc" || text == "axlusdc") return {std::string{kAxlUsdc}, true};
    if (text == "uusdc" || text == "uaxlusdc") return {std::string{kAxlUsdc}, false};
    return {std::string{text}, false};
}

/// The short name for people: "uakt", "uusdc", or the text itself.
inline std::string_view short_denom(std::string_view denom) {
    return denom == kAxlUsdc ? std::string_view{"uusdc"} : denom;
}

}  // namespace scenarios
