// Protobuf encoding of messages and transactions, and its lengths. The chain charges gas by the
// length, so the counting form must not build the bytes (reference akash-chain 19.6 and 20.2).
#pragma once

#include "nodes/protocol/messages.h"

#include <array>
#include <cstdint>
#include <string>

namespace nodes {

/// Length of the message's own encoding, without the Any around it.
std::size_t encoded_size(const Msg& msg, const Names& names);
std::string encode(const Msg& msg, const Names& names);

/// TxBody without extension options.
std::string encode_body(const Tx& tx, const Names& names);
/// Length of encode_body.
std::size_t body_size(const Tx& tx, const Names& names);
/// AuthInfo for one secp256k1 key in SIGN_MODE_DIRECT with this sequence.
std::string encode_auth_info(const Tx& tx,
                             const Names& names,
                             const std::array<std::uint8_t, 33>& public_key,
                             std::uint64_t sequence);
/// Bytes of the whole transaction with one 64-byte signature: what the size charge is made from.
std::size_t tx_size(const Tx& tx, const Names& names, std::uint64_t sequence);

}  // namespace nodes
