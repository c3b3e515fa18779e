// Bech32 texts as the real chain writes and reads them (BIP-173 without its limit of 90 characters;
// cosmos-sdk v0.45.16 types/bech32), with the words that a real node uses about a bad one.
#pragma once

#include <string>
#include <string_view>

namespace nodes {

/// The prefix of every account address.
inline constexpr std::string_view kAddressPrefix = "akash";

struct Bech32Text {
    std::string prefix;   ///< lower case
    std::string bytes;    ///< eight bits each
    std::string problem;  ///< why the text is none; empty when it is one
};

Bech32Text bech32_decode(std::string_view text);
std::string bech32_encode(std::string_view prefix, std::string_view bytes);

struct AddressText {
    std::string bytes;    ///< raw account bytes; empty when the text is bad
    std::string problem;  ///< as the node words it; empty when the text is an address
};

/// AccAddressFromBech32: prefix "akash", 1 to 255 bytes.
AddressText decode_address(std::string_view text);

}  // namespace nodes
