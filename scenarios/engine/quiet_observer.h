// An observer that looks away.
#pragma once

#include "scenarios/engine/observer.h"

namespace scenarios {

class QuietObserver final : public Observer {
  public:
    void agent_joined(const World& /*world*/, AgentRef /*agent*/) override {}

    void transaction(const World& /*world*/, const TransactionSeen& /*seen*/) override {}

    void settlement(const World& /*world*/, const SettlementSeen& /*seen*/) override {}

    void note(const World& /*world*/,
              AgentRef /*author*/,
              const nodes::BidNote& /*note*/) override {}

    void action(const World& /*world*/, std::string_view /*text*/) override {}

    void sampled(const World& /*world*/) override {}

    bool block(const World& /*world*/, const BlockSeen& /*seen*/) override { return true; }
};

}  // namespace scenarios
