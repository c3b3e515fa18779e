#include "nodes/chain/states.h"

#include <array>

namespace nodes {
namespace {

template <std::size_t N, class State>
std::string_view pick(const std::array<std::string_view, N>& texts, State state) {
    const auto index = static_cast<std::size_t>(state);
    return index < N ? texts[index] : "invalid";
}

constexpr std::array<std::string_view, 3> kDeploymentTexts{"invalid", "active", "closed"};
constexpr std::array<std::string_view, 5> kGroupTexts{
    "invalid", "open", "paused", "insufficient_funds", "closed"};
constexpr std::array<std::string_view, 4> kOrderTexts{"invalid", "open", "active", "closed"};
constexpr std::array<std::string_view, 5> kBidTexts{"invalid", "open", "active", "lost", "closed"};
constexpr std::array<std::string_view, 4> kLeaseTexts{
    "invalid", "active", "insufficient_funds", "closed"};
constexpr std::array<std::string_view, 4> kEscrowTexts{"invalid", "open", "closed", "overdrawn"};
constexpr std::array<std::string_view, 3> kCertificateTexts{"invalid", "valid", "revoked"};

}  // namespace

std::string_view text(DeploymentState state) {
    return pick(kDeploymentTexts, state);
}

std::string_view text(GroupState state) {
    return pick(kGroupTexts, state);
}

std::string_view text(OrderState state) {
    return pick(kOrderTexts, state);
}

std::string_view text(BidState state) {
    return pick(kBidTexts, state);
}

std::string_view text(LeaseState state) {
    return pick(kLeaseTexts, state);
}

std::string_view text(EscrowState state) {
    return pick(kEscrowTexts, state);
}

std::string_view text(CertificateState state) {
    return pick(kCertificateTexts, state);
}

}  // namespace nodes
