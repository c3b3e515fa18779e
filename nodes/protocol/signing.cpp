#include "nodes/protocol/signing.h"

#include "nodes/protocol/protobuf.h"
#include "sim/assert.h"

#include <algorithm>
#include <memory>
#include <openssl/evp.h>
#include <secp256k1.h>
#include <utility>

namespace nodes {
namespace {

using Hash256 = std::array<std::uint8_t, 32>;

template <std::size_t N>
std::array<std::uint8_t, N> hash(const EVP_MD* method, std::string_view bytes) {
    SIM_ASSERT(method != nullptr, "a hash function that this OpenSSL has");
    std::array<std::uint8_t, N> out{};
    unsigned size = 0;
    const int done = EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, method, nullptr);
    SIM_ASSERT(done == 1 && size == N, "a hash of {} bytes, got {}", N, size);
    return out;
}

Hash256 sha256(std::string_view bytes) {
    return hash<32>(EVP_sha256(), bytes);
}

template <std::size_t N>
std::string_view as_text(const std::array<std::uint8_t, N>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Tables for signing; nothing in them changes, but making them takes a while.
class Curve {
  public:
    Curve() : context_(secp256k1_context_create(SECP256K1_CONTEXT_SIGN)) {}

    ~Curve() { secp256k1_context_destroy(context_); }

    Curve(const Curve&) = delete;
    Curve& operator=(const Curve&) = delete;
    Curve(Curve&&) = delete;
    Curve& operator=(Curve&&) = delete;

    [[nodiscard]] const secp256k1_context* get() const { return context_; }

  private:
    secp256k1_context* context_;
};

const secp256k1_context* curve() {
    static const Curve tables;
    return tables.get();
}

/// n - 1, where n is the order of the group.
constexpr Hash256 kOrderMinusOne{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48,
                                 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x40};

/// a - b for numbers with a >= b, big-endian.
Hash256 subtract(const Hash256& a, const Hash256& b) {
    Hash256 out{};
    int borrow = 0;
    for (std::size_t i = out.size(); i-- > 0;) {
        const int digit = int{a[i]} - int{b[i]} - borrow;
        borrow = digit < 0 ? 1 : 0;
        out[i] = static_cast<std::uint8_t>(digit + 256 * borrow);
    }
    return out;
}

void add_one(Hash256& number) {
    for (std::size_t i = number.size(); i-- > 0;) {
        if (++number[i] != 0) return;
    }
}

/// cosmos.tx.v1beta1.SignDoc.
std::string sign_doc(std::string_view body,
                     std::string_view auth_info,
                     std::string_view chain_id,
                     std::uint64_t account_number) {
    protobuf::Writer writer(nullptr);
    writer.bytes(1, "body_bytes", body);
    writer.bytes(2, "auth_info_bytes", auth_info);
    writer.text(3, "chain_id", chain_id);
    writer.number(4, "account_number", account_number);
    return std::move(writer.sink.bytes);
}

std::array<std::uint8_t, 64> sign_hash(const PrivateKey& key, const Hash256& digest) {
    secp256k1_ecdsa_signature signature{};
    // The default nonce is RFC 6979 with SHA-256, and s comes out low.
    const int made = secp256k1_ecdsa_sign(
        curve(), &signature, digest.data(), key.bytes.data(), nullptr, nullptr);
    SIM_ASSERT(made == 1, "a signature from a valid key");
    std::array<std::uint8_t, 64> out{};
    secp256k1_ecdsa_signature_serialize_compact(curve(), out.data(), &signature);
    return out;
}

}  // namespace

PrivateKey key_from_secret(std::string_view secret) {
    Hash256 number = sha256(secret);
    // One subtraction is enough: n - 1 is more than half of 2^256.
    if (number >= kOrderMinusOne) number = subtract(number, kOrderMinusOne);
    add_one(number);
    return {number};
}

std::array<std::uint8_t, 33> public_key(const PrivateKey& key) {
    secp256k1_pubkey point{};
    const int made = secp256k1_ec_pubkey_create(curve(), &point, key.bytes.data());
    SIM_ASSERT(made == 1, "a private key between 1 and the order of the group");
    std::array<std::uint8_t, 33> out{};
    std::size_t size = out.size();
    secp256k1_ec_pubkey_serialize(curve(), out.data(), &size, &point, SECP256K1_EC_COMPRESSED);
    SIM_ASSERT(size == out.size(), "{} bytes of a compressed key, got {}", out.size(), size);
    return out;
}

std::string account_bytes(const std::array<std::uint8_t, 33>& public_key) {
    const auto account = hash<20>(EVP_ripemd160(), as_text(sha256(as_text(public_key))));
    return std::string(as_text(account));
}

std::string module_account_bytes(std::string_view module) {
    return std::string(as_text(sha256(module)).substr(0, 20));
}

SignedTx sign(const Tx& tx,
              const Names& names,
              const PrivateKey& key,
              std::string_view chain_id,
              std::uint64_t account_number,
              std::uint64_t sequence) {
    const std::string body = encode_body(tx, names);
    const std::string auth_info = encode_auth_info(tx, names, public_key(key), sequence);
    SignedTx out;
    out.signature = sign_hash(key, sha256(sign_doc(body, auth_info, chain_id, account_number)));

    protobuf::Writer raw(nullptr);
    raw.bytes(1, "body_bytes", body);
    raw.bytes(2, "auth_info_bytes", auth_info);
    raw.bytes(3, "signatures", as_text(out.signature));
    out.bytes = std::move(raw.sink.bytes);
    return out;
}

}  // namespace nodes
