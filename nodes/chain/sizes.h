// Lengths of protobuf encodings, from which gas is charged (reference akash-chain 20.2). Each
// stored entity has its length in the header of its module; these are the pieces.
#pragma once

#include "nodes/protocol/ids.h"
#include "sim/dec18.h"
#include "sim/wide.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace nodes::sizes {

/// V(n): bytes of a varint.
constexpr std::size_t varint(std::uint64_t n) {
    return n == 0 ? 1 : (static_cast<std::size_t>(std::bit_width(n)) + 6) / 7;
}

/// num(n): a number field, left out when zero.
constexpr std::size_t num(std::uint64_t n) {
    return n == 0 ? 0 : 1 + varint(n);
}

/// txt(s): a text or bytes field of this length, left out when empty.
constexpr std::size_t txt(std::size_t length) {
    return length == 0 ? 0 : 1 + varint(length) + length;
}

/// msg(n): a message-typed field (Int and Dec too), always written.
constexpr std::size_t msg(std::size_t length) {
    return 1 + varint(length) + length;
}

/// State fields are never 0.
inline constexpr std::size_t kState = 2;

/// Digits as Int and Dec print them: a minus sign counts.
inline std::size_t digits(sim::Int128 v) {
    return static_cast<std::size_t>(sim::decimal_digits(v)) + (v < 0 ? 1 : 0);
}

inline std::size_t digits(const sim::Wide& v) {
    return static_cast<std::size_t>(sim::decimal_digits(v)) + (v < 0 ? 1 : 0);
}

inline std::size_t unsigned_digits(std::uint64_t v) {
    return static_cast<std::size_t>(sim::decimal_digits(v));
}

/// Coin and DecCoin are alike: denomination text and digits.
inline std::size_t coin(std::size_t denom_length, std::size_t digit_count) {
    return txt(denom_length) + msg(digit_count);
}

inline std::size_t id(const DeploymentId& id, const Names& names) {
    return txt(names.addresses.text(id.owner).size()) + num(id.dseq);
}

inline std::size_t id(const GroupId& gid, const Names& names) {
    return id(gid.deployment(), names) + num(gid.gseq);
}

inline std::size_t id(const OrderId& oid, const Names& names) {
    return id(oid.group(), names) + num(oid.oseq);
}

inline std::size_t id(const BidId& bid, const Names& names) {
    return id(bid.order(), names) + txt(names.addresses.text(bid.provider).size());
}

/// Lengths of store keys; `n` and `m` are lengths of raw account bytes (20 for keys).
constexpr std::size_t account_key(std::size_t n) {
    return 1 + n;
}

constexpr std::size_t balance_key(std::size_t n, std::size_t denom) {
    return 2 + n + denom;
}

constexpr std::size_t deployment_key(std::size_t n) {
    return 10 + n;
}

constexpr std::size_t group_key(std::size_t n) {
    return 14 + n;
}

constexpr std::size_t order_key(std::size_t n) {
    return 19 + n;
}

constexpr std::size_t bid_key(std::size_t n, std::size_t m) {
    return 20 + n + m;
}

constexpr std::size_t provider_key(std::size_t n) {
    return 1 + n;
}

constexpr std::size_t audit_key(std::size_t n, std::size_t m) {
    return 3 + n + m;
}

constexpr std::size_t certificate_key(std::size_t n, std::size_t serial) {
    return 2 + n + serial;
}

constexpr std::size_t grant_key(std::size_t n, std::size_t m, std::size_t url) {
    return 3 + n + m + url;
}

}  // namespace nodes::sizes
