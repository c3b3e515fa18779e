// secp256k1 keys and signatures as the real node makes and checks them: RFC 6979 nonce, low s, over
// the SHA-256 of the SignDoc (reference akash-chain 19.6).
#pragma once

#include "nodes/protocol/encoding.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace nodes {

struct PrivateKey {
    std::array<std::uint8_t, 32> bytes{};
};

/// tendermint's GenPrivKeySecp256k1: SHA-256 of the text, modulo n - 1, plus 1.
PrivateKey key_from_secret(std::string_view secret);
std::array<std::uint8_t, 33> public_key(const PrivateKey& key);
/// RIPEMD-160 of the SHA-256 of the compressed key: the 20 account bytes.
std::string account_bytes(const std::array<std::uint8_t, 33>& public_key);
/// SHA-256 of the module's name, cut to 20 bytes: the account bytes of a module account.
std::string module_account_bytes(std::string_view module);

struct SignedTx {
    std::string bytes;  ///< TxRaw
    std::array<std::uint8_t, 64> signature{};
};

SignedTx sign(const Tx& tx,
              const Names& names,
              const PrivateKey& key,
              std::string_view chain_id,
              std::uint64_t account_number,
              std::uint64_t sequence);

}  // namespace nodes
