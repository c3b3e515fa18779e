// States of what the chain stores, with the real chain's numbers (reference akash-chain section 2).
#pragma once

#include <cstdint>
#include <string_view>

namespace nodes {

enum class DeploymentState : std::uint8_t { kInvalid = 0, kActive = 1, kClosed = 2 };
enum class GroupState : std::uint8_t {
    kInvalid = 0,
    kOpen = 1,
    kPaused = 2,
    kInsufficientFunds = 3,
    kClosed = 4,
};
enum class OrderState : std::uint8_t { kInvalid = 0, kOpen = 1, kActive = 2, kClosed = 3 };
enum class BidState : std::uint8_t { kInvalid = 0, kOpen = 1, kActive = 2, kLost = 3, kClosed = 4 };
enum class LeaseState : std::uint8_t {
    kInvalid = 0,
    kActive = 1,
    kInsufficientFunds = 2,
    kClosed = 3,
};
/// Escrow accounts and payments.
enum class EscrowState : std::uint8_t { kInvalid = 0, kOpen = 1, kClosed = 2, kOverdrawn = 3 };
enum class CertificateState : std::uint8_t { kInvalid = 0, kValid = 1, kRevoked = 2 };

/// Lower-case words as the vectors and queries print them: "active", "insufficient_funds", ...
std::string_view text(DeploymentState state);
std::string_view text(GroupState state);
std::string_view text(OrderState state);
std::string_view text(BidState state);
std::string_view text(LeaseState state);
std::string_view text(EscrowState state);
std::string_view text(CertificateState state);

}  // namespace nodes
