// What a transaction did, as compact records; the real chain's event types and attributes are made
// from them on demand by `render_events` (reference akash-chain sections 10, 19.2 and 19.4).
#pragma once

#include "nodes/protocol/messages.h"
#include "sim/dec18.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nodes {

struct TxResult;

enum class EventKind : std::uint8_t {
    kTransfer,           ///< four events: coin_spent, coin_received, transfer, message.sender
    kMessageAction,      ///< message{action}; text = type URL
    kMessageModule,      ///< message{module: bank}
    kTxFee,              ///< tx{fee, fee_payer}
    kTxSequence,         ///< tx{acc_seq}
    kTxSignature,        ///< tx{signature}; text = base64
    kDeploymentCreated,  ///< text = version, raw bytes
    kDeploymentUpdated,  ///< text = version, raw bytes
    kDeploymentClosed,
    kGroupClosed,
    kGroupPaused,
    kGroupStarted,
    kOrderCreated,
    kOrderClosed,
    kBidCreated,
    kBidClosed,
    kLeaseCreated,
    kLeaseClosed,
    kProviderCreated,
    kProviderUpdated,
    kAuditorCreated,  ///< provider in id.owner, auditor in id.provider
    kAuditorDeleted,
    kGrant,  ///< granter in id.owner, grantee in id.provider; text = type URL
    kRevoke,
};

inline constexpr std::uint32_t kNoText = 0xFFFFFFFF;

/// Transfers: payer in id.owner, receiver in id.provider, `amount` whole units of `denom`, or the
/// coins' text when there is not exactly one coin. Market events: id and, for bids and leases, the
/// price.
struct ChainEvent {
    EventKind kind = EventKind::kTransfer;
    /// Index + 1 into TxResult::exec_paths for what happened inside MsgExec, else 0.
    std::uint32_t exec = 0;
    std::uint32_t text = kNoText;  ///< index into TxResult::texts
    Denom denom;
    BidId id;
    std::int64_t amount = 0;
    sim::Dec18 price;
    std::uint64_t sequence = 0;
};

struct RenderedEvent {
    std::string type;
    std::vector<std::pair<std::string, std::string>> attributes;
};

/// All events of a result as the real node shows them.
std::vector<RenderedEvent> render_events(const TxResult& result, const Names& names);

}  // namespace nodes
