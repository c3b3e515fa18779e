// Where agents and the chain meet. An agent (provider, tenant) is a plain value; each of its
// handlers is called with an AgentPort, which says what the agent may know and do at that instant.
// Agents reach the chain as real clients do: they submit transactions to a node and hear news after
// a link's delay.
#pragma once

#include "nodes/chain/view.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/messages.h"
#include "nodes/protocol/offchain.h"
#include "nodes/protocol/reasons.h"
#include "sim/result.h"
#include "sim/units.h"

#include <cstdint>
#include <string>
#include <type_traits>

namespace nodes {

/// What an agent can hear about the chain. The names follow the chain's own events.
enum class NewsKind : std::uint8_t {
    kDeploymentCreated,
    kDeploymentUpdated,
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
    kAttributesSigned,  ///< provider in `id.provider`, auditor in `id.owner`
    kAttributesDeleted,
    kTxRefused,  ///< only to its signer: `message` and `code` say what and why
};

struct News {
    NewsKind kind = NewsKind::kOrderCreated;
    std::uint8_t message = 0;  ///< index into Msg::Body of a refused transaction's first message
    BidId id;                  ///< the parts that the kind has; others 0
    Denom denom;               ///< of price, where there is one
    sim::Dec18 price;
    sim::Height height;
    sim::ErrorCode code;  ///< of kTxRefused

    static void fields(auto& self, auto&& visit) {
        visit("kind", self.kind);
        visit("message", self.message);
        visit("id", self.id);
        visit("denom", self.denom);
        visit("price", self.price);
        visit("height", self.height);
        // A codespace is a literal of this program: its text is kept, and found again.
        std::string space(self.code.space);
        visit("space", space);
        visit("number", self.code.number);
        if constexpr (!std::is_const_v<std::remove_reference_t<decltype(self)>>) {
            self.code.space = known_codespace(space);
        }
    }
};

/// A timer an agent set for itself. `slot` and `tag` mean what the agent wants: typically a row of
/// its own table and the generation of that row, so that a stale timer is recognised and dropped.
struct AgentTimer {
    std::uint8_t kind = 0;
    std::uint32_t slot = 0;
    std::uint64_t tag = 0;
};

class AgentPort {
  public:
    virtual ~AgentPort() = default;

    [[nodiscard]] virtual sim::SimTime now() const = 0;
    [[nodiscard]] virtual const ChainView& chain() const = 0;
    [[nodiscard]] virtual const Names& names() const = 0;
    /// Price of one AKT in micro-USD, as a price service would tell it.
    [[nodiscard]] virtual std::int64_t akt_micro_usd() const = 0;
    [[nodiscard]] virtual Denom uakt() const = 0;
    [[nodiscard]] virtual Denom axl_usdc() const = 0;

    /// Sends one message, signed by its required signer, with the scenario's gas price. It reaches
    /// a node after the agent's link delay and, when refused, comes back as News kTxRefused.
    virtual void submit(Msg msg) = 0;
    /// Calls the agent's on_timer after this long (0 or more).
    virtual void wake(sim::SimDuration after, const AgentTimer& timer) = 0;
    /// Hands a manifest to the lease's provider over the link.
    virtual void send(const ManifestSubmitted& manifest) = 0;
    /// Tells the lease's tenant how its workload does, over the link.
    virtual void send(const WorkloadReport& report) = 0;
    /// Leaves the reason of a refusal or a lost bid for the record.
    virtual void note(const BidNote& note) = 0;
};

}  // namespace nodes
