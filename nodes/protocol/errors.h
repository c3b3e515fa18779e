// The one table of the real chain's error numbers and their texts, and how refusals are made from
// it. A client sees codespace, number and text; texts of wrapped errors read "detail: registered
// text" (reference akash-chain section 18, vectors errors.json).
#pragma once

#include "sim/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace nodes {

struct RegisteredError {
    std::string_view space;
    std::uint32_t number = 0;
    std::string_view text;
};

/// Every error the real node can name, sorted by codespace and number.
std::span<const RegisteredError> registered_errors();

/// The literal of a codespace that stands in the table; empty for any other text.
std::string_view known_codespace(std::string_view text);

/// The text of a registered error; asserts that there is one.
std::string_view registered_text(sim::ErrorCode code);

/// A refusal with the registered text alone.
sim::Error refusal(sim::ErrorCode code);
/// A wrapped refusal: "detail: registered text".
sim::Error refusal(sim::ErrorCode code, std::string_view detail);
/// A plain Go error, or one wrapped so that its code is lost: undefined/1 with this text.
sim::Error unregistered(std::string text);
/// A panic the real node recovers from: undefined/111222 with the panic's text alone.
sim::Error panic(std::string text);

namespace errors {

// What a client sees of an unregistered error and of a recovered panic.
inline constexpr sim::ErrorCode kUndefined{"undefined", 1};
inline constexpr sim::ErrorCode kPanic{"undefined", 111222};

// cosmos-sdk v0.45.16 types/errors.
inline constexpr sim::ErrorCode kSdkTxDecode{"sdk", 2};
inline constexpr sim::ErrorCode kSdkInvalidSequence{"sdk", 3};
inline constexpr sim::ErrorCode kSdkUnauthorized{"sdk", 4};
inline constexpr sim::ErrorCode kSdkInsufficientFunds{"sdk", 5};
inline constexpr sim::ErrorCode kSdkUnknownRequest{"sdk", 6};
inline constexpr sim::ErrorCode kSdkInvalidAddress{"sdk", 7};
inline constexpr sim::ErrorCode kSdkInvalidPubkey{"sdk", 8};
inline constexpr sim::ErrorCode kSdkUnknownAddress{"sdk", 9};
inline constexpr sim::ErrorCode kSdkInvalidCoins{"sdk", 10};
inline constexpr sim::ErrorCode kSdkOutOfGas{"sdk", 11};
inline constexpr sim::ErrorCode kSdkMemoTooLarge{"sdk", 12};
inline constexpr sim::ErrorCode kSdkInsufficientFee{"sdk", 13};
inline constexpr sim::ErrorCode kSdkNoSignatures{"sdk", 15};
inline constexpr sim::ErrorCode kSdkInvalidRequest{"sdk", 18};
inline constexpr sim::ErrorCode kSdkKeyNotFound{"sdk", 22};
inline constexpr sim::ErrorCode kSdkInvalidType{"sdk", 29};
inline constexpr sim::ErrorCode kSdkTxTimeoutHeight{"sdk", 30};
inline constexpr sim::ErrorCode kSdkWrongSequence{"sdk", 32};
inline constexpr sim::ErrorCode kSdkUnpackAny{"sdk", 34};
inline constexpr sim::ErrorCode kSdkLogic{"sdk", 35};
inline constexpr sim::ErrorCode kSdkConflict{"sdk", 36};
inline constexpr sim::ErrorCode kSdkNotSupported{"sdk", 37};
inline constexpr sim::ErrorCode kSdkNotFound{"sdk", 38};

// akash-api v0.0.35 types/v1beta3: attributes.
inline constexpr sim::ErrorCode kAkashDuplicateAttributeKeys{"akash", 1};
inline constexpr sim::ErrorCode kAkashInvalidAttributeKey{"akash", 2};

// audit v1beta3.
inline constexpr sim::ErrorCode kAuditProviderNotFound{"audit", 1};
inline constexpr sim::ErrorCode kAuditInvalidAddress{"audit", 2};
inline constexpr sim::ErrorCode kAuditAttributeNotFound{"audit", 3};

// cosmos-sdk v0.45.16 x/authz.
inline constexpr sim::ErrorCode kAuthzInvalidExpiration{"authz", 3};

// cosmos-sdk v0.45.16 x/bank.
inline constexpr sim::ErrorCode kBankSendDisabled{"bank", 5};

// cert v1beta3.
inline constexpr sim::ErrorCode kCertNotFound{"cert", 1};
inline constexpr sim::ErrorCode kCertInvalidAddress{"cert", 2};
inline constexpr sim::ErrorCode kCertExists{"cert", 3};
inline constexpr sim::ErrorCode kCertAlreadyRevoked{"cert", 4};
inline constexpr sim::ErrorCode kCertInvalidSerialNumber{"cert", 5};
inline constexpr sim::ErrorCode kCertInvalidCertificateValue{"cert", 6};
inline constexpr sim::ErrorCode kCertInvalidPubkeyValue{"cert", 7};
inline constexpr sim::ErrorCode kCertInvalidState{"cert", 8};
inline constexpr sim::ErrorCode kCertInvalidKeySize{"cert", 9};

// deployment v1beta3.
inline constexpr sim::ErrorCode kDeploymentNameDoesNotExist{"deployment", 1};
inline constexpr sim::ErrorCode kDeploymentInvalidRequest{"deployment", 2};
inline constexpr sim::ErrorCode kDeploymentExists{"deployment", 3};
inline constexpr sim::ErrorCode kDeploymentNotFound{"deployment", 4};
inline constexpr sim::ErrorCode kDeploymentClosed{"deployment", 5};
inline constexpr sim::ErrorCode kDeploymentOwnerAcctMissing{"deployment", 6};
inline constexpr sim::ErrorCode kDeploymentInvalidGroups{"deployment", 7};
inline constexpr sim::ErrorCode kDeploymentInvalidDeploymentId{"deployment", 8};
inline constexpr sim::ErrorCode kDeploymentEmptyVersion{"deployment", 9};
inline constexpr sim::ErrorCode kDeploymentInvalidVersion{"deployment", 10};
inline constexpr sim::ErrorCode kDeploymentInternal{"deployment", 11};
inline constexpr sim::ErrorCode kDeploymentInvalidDeployment{"deployment", 12};
inline constexpr sim::ErrorCode kDeploymentInvalidGroupId{"deployment", 13};
inline constexpr sim::ErrorCode kDeploymentGroupNotFound{"deployment", 14};
inline constexpr sim::ErrorCode kDeploymentGroupClosed{"deployment", 15};
inline constexpr sim::ErrorCode kDeploymentGroupOpen{"deployment", 16};
inline constexpr sim::ErrorCode kDeploymentGroupPaused{"deployment", 17};
inline constexpr sim::ErrorCode kDeploymentGroupNotOpen{"deployment", 18};
inline constexpr sim::ErrorCode kDeploymentGroupSpecInvalid{"deployment", 19};
inline constexpr sim::ErrorCode kDeploymentInvalidDeposit{"deployment", 20};
inline constexpr sim::ErrorCode kDeploymentInvalidIdPath{"deployment", 21};
inline constexpr sim::ErrorCode kDeploymentInvalidParam{"deployment", 22};

// escrow v1beta3.
inline constexpr sim::ErrorCode kEscrowAccountExists{"escrow", 1};
inline constexpr sim::ErrorCode kEscrowAccountClosed{"escrow", 2};
inline constexpr sim::ErrorCode kEscrowAccountNotFound{"escrow", 3};
inline constexpr sim::ErrorCode kEscrowAccountOverdrawn{"escrow", 4};
inline constexpr sim::ErrorCode kEscrowInvalidDenomination{"escrow", 5};
inline constexpr sim::ErrorCode kEscrowPaymentExists{"escrow", 6};
inline constexpr sim::ErrorCode kEscrowPaymentClosed{"escrow", 7};
inline constexpr sim::ErrorCode kEscrowPaymentNotFound{"escrow", 8};
inline constexpr sim::ErrorCode kEscrowPaymentRateZero{"escrow", 9};
inline constexpr sim::ErrorCode kEscrowInvalidPayment{"escrow", 10};
inline constexpr sim::ErrorCode kEscrowInvalidSettlement{"escrow", 11};
inline constexpr sim::ErrorCode kEscrowInvalidAccountId{"escrow", 12};
inline constexpr sim::ErrorCode kEscrowInvalidAccount{"escrow", 13};

// market v1beta4.
inline constexpr sim::ErrorCode kMarketEmptyProvider{"market", 1};
inline constexpr sim::ErrorCode kMarketSameAccount{"market", 2};
inline constexpr sim::ErrorCode kMarketInternal{"market", 3};
inline constexpr sim::ErrorCode kMarketBidOverOrder{"market", 4};
inline constexpr sim::ErrorCode kMarketAttributeMismatch{"market", 5};
inline constexpr sim::ErrorCode kMarketUnknownBid{"market", 6};
inline constexpr sim::ErrorCode kMarketUnknownLease{"market", 7};
inline constexpr sim::ErrorCode kMarketUnknownLeaseForBid{"market", 8};
inline constexpr sim::ErrorCode kMarketUnknownOrderForBid{"market", 9};
inline constexpr sim::ErrorCode kMarketLeaseNotActive{"market", 10};
inline constexpr sim::ErrorCode kMarketBidNotActive{"market", 11};
inline constexpr sim::ErrorCode kMarketBidNotOpen{"market", 12};
inline constexpr sim::ErrorCode kMarketOrderNotOpen{"market", 13};
inline constexpr sim::ErrorCode kMarketNoLeaseForOrder{"market", 14};
inline constexpr sim::ErrorCode kMarketOrderNotFound{"market", 15};
inline constexpr sim::ErrorCode kMarketGroupNotFound{"market", 16};
inline constexpr sim::ErrorCode kMarketGroupNotOpen{"market", 17};
inline constexpr sim::ErrorCode kMarketBidNotFound{"market", 18};
inline constexpr sim::ErrorCode kMarketBidZeroPrice{"market", 19};
inline constexpr sim::ErrorCode kMarketLeaseNotFound{"market", 20};
inline constexpr sim::ErrorCode kMarketBidExists{"market", 21};
inline constexpr sim::ErrorCode kMarketBidInvalidPrice{"market", 22};
inline constexpr sim::ErrorCode kMarketOrderActive{"market", 23};
inline constexpr sim::ErrorCode kMarketOrderClosed{"market", 24};
inline constexpr sim::ErrorCode kMarketOrderExists{"market", 25};
inline constexpr sim::ErrorCode kMarketOrderDurationExceeded{"market", 26};
inline constexpr sim::ErrorCode kMarketOrderTooEarly{"market", 27};
inline constexpr sim::ErrorCode kMarketInvalidDeposit{"market", 28};
inline constexpr sim::ErrorCode kMarketInvalidParam{"market", 29};
inline constexpr sim::ErrorCode kMarketUnknownProvider{"market", 30};
inline constexpr sim::ErrorCode kMarketInvalidBid{"market", 31};
inline constexpr sim::ErrorCode kMarketCapabilitiesMismatch{"market", 32};

// provider v1beta3.
inline constexpr sim::ErrorCode kProviderInvalidHostUri{"provider", 1};
inline constexpr sim::ErrorCode kProviderNotAbsoluteHostUri{"provider", 2};
inline constexpr sim::ErrorCode kProviderNotFound{"provider", 3};
inline constexpr sim::ErrorCode kProviderExists{"provider", 4};
inline constexpr sim::ErrorCode kProviderInvalidAddress{"provider", 5};
inline constexpr sim::ErrorCode kProviderAttributes{"provider", 6};
inline constexpr sim::ErrorCode kProviderIncompatibleAttributes{"provider", 7};
inline constexpr sim::ErrorCode kProviderInvalidWebsite{"provider", 8};
inline constexpr sim::ErrorCode kProviderInternal{"provider", 10};

// take v1beta3.
inline constexpr sim::ErrorCode kTakeInvalidParam{"take", 1};

}  // namespace errors

}  // namespace nodes
