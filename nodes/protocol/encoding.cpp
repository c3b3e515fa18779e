#include "nodes/protocol/encoding.h"

#include "nodes/protocol/protobuf.h"

#include <string_view>
#include <utility>

namespace nodes {
namespace {

using protobuf::Counter;
using protobuf::Writer;

constexpr std::string_view kPublicKeyUrl = "/cosmos.crypto.secp256k1.PubKey";
constexpr std::size_t kPublicKeySize = 33;
constexpr std::size_t kSignatureSize = 64;
constexpr std::uint64_t kSignModeDirect = 1;

/// cosmos.tx.v1beta1.TxBody.
void put_body(const Tx& tx, auto& out) {
    out.anys(1, "messages", tx.messages);
    out.text(2, "memo", tx.memo);
    out.number(3, "timeout_height", tx.timeout_height);
}

/// cosmos.tx.v1beta1.AuthInfo. The length depends on the key's length only.
void put_auth_info(const Tx& tx, std::string_view public_key, std::uint64_t sequence, auto& out) {
    out.nested(1, [&](auto& signer) {
        signer.nested(1, [&](auto& any) {
            any.text(1, "type_url", kPublicKeyUrl);
            any.nested(2, [&](auto& key) { key.bytes(1, "key", public_key); });
        });
        signer.nested(2, [](auto& mode) {
            mode.nested(1, [](auto& single) { single.number(1, "mode", kSignModeDirect); });
        });
        signer.number(3, "sequence", sequence);
    });
    out.nested(2, [&](auto& fee) {
        fee.list(1, "amount", tx.fee);
        fee.number(2, "gas_limit", tx.gas_limit);
    });
}

}  // namespace

std::size_t encoded_size(const GroupSpec& spec, const Names& names) {
    Counter counter(&names);
    schema::visit(spec, counter);
    return counter.sink.size;
}

std::size_t encoded_size(const ResourcesOffer& offer) {
    Counter counter(nullptr);
    counter.list(5, "resources_offer", offer);
    return counter.sink.size;
}

std::size_t encoded_size(const Msg& msg, const Names& names) {
    Counter counter(&names);
    std::visit([&counter](const auto& body) { schema::visit(body, counter); }, msg.body);
    return counter.sink.size;
}

std::string encode(const Msg& msg, const Names& names) {
    Writer writer(&names);
    std::visit([&writer](const auto& body) { schema::visit(body, writer); }, msg.body);
    return std::move(writer.sink.bytes);
}

std::string encode_body(const Tx& tx, const Names& names) {
    Writer writer(&names);
    put_body(tx, writer);
    return std::move(writer.sink.bytes);
}

std::size_t body_size(const Tx& tx, const Names& names) {
    Counter counter(&names);
    put_body(tx, counter);
    return counter.sink.size;
}

std::string encode_auth_info(const Tx& tx,
                             const Names& names,
                             const std::array<std::uint8_t, 33>& public_key,
                             std::uint64_t sequence) {
    const std::string key(public_key.begin(), public_key.end());
    Writer writer(&names);
    put_auth_info(tx, key, sequence, writer);
    return std::move(writer.sink.bytes);
}

// cosmos.tx.v1beta1.TxRaw: three fields of bytes.
std::size_t tx_size(const Tx& tx, const Names& names, std::uint64_t sequence) {
    const std::size_t body = body_size(tx, names);
    Counter auth(&names);
    constexpr std::array<char, kPublicKeySize> kAnyKey{};
    put_auth_info(tx, {kAnyKey.data(), kAnyKey.size()}, sequence, auth);
    const auto field = [](std::size_t size) {
        return size == 0 ? 0 : 1 + protobuf::varint_size(size) + size;
    };
    return field(body) + field(auth.sink.size) + field(kSignatureSize);
}

}  // namespace nodes
