// Names that scenarios may use for denominations: "akt" and "usdc" count whole tokens, "uusdc" is
// the bridged dollar of the Akash of 2024, whose real denomination is a hash nobody types.
#pragma once

#include <string>
#include <string_view>

namespace scenarios {

/// axlUSDC on Akash in March 2024 (reference akash-chain section 3).
inline constexpr std::string_view kAxlUsdc =
    "ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1";

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
