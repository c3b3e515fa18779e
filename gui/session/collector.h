// Watches a world while it runs, for the window: keeps the memory up to date, adds to the history
// what has not been seen before, and says when something happened at which the run shall pause.
#pragma once

#include "gui/session/command.h"
#include "gui/session/history.h"
#include "gui/session/memory.h"
#include "scenarios/engine/observer.h"
#include "scenarios/engine/recorded_run.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gui {

/// Compares the blocks of a run with those of its recording; kept beside the run.
struct Recorded {
    std::vector<scenarios::DigestRow> rows;
    std::size_t compared = 0;
    std::string difference;  ///< empty = none so far
};

class Collector final : public scenarios::Observer {
  public:
    /// All outlive the collector. What happens within the first `history.events()` events of the
    /// run is known already.
    Collector(Memory& memory, History& history) : memory_(memory), history_(history) {}

    /// Stop when this comes about.
    void watch_for(const RunUntil& until) { until_ = until; }

    void compare_with(Recorded& recorded) { recorded_ = &recorded; }

    /// Why the run shall pause; empty = it need not.
    [[nodiscard]] const std::string& reason_to_stop() const { return stop_; }

    /// Whether a block was made or a reason to stop came since the last look.
    [[nodiscard]] bool take_news() {
        const bool news = news_;
        news_ = false;
        return news;
    }

    void agent_joined(const scenarios::World& world, scenarios::AgentRef agent) override;
    void transaction(const scenarios::World& world,
                     const scenarios::TransactionSeen& seen) override;
    void settlement(const scenarios::World& world, const scenarios::SettlementSeen& seen) override;
    void note(const scenarios::World& world,
              scenarios::AgentRef author,
              const nodes::BidNote& note) override;
    void action(const scenarios::World& world, std::string_view text) override;
    void sampled(const scenarios::World& world) override;
    bool block(const scenarios::World& world, const scenarios::BlockSeen& seen) override;

  private:
    [[nodiscard]] bool fresh(const scenarios::World& world) const;
    void log(const scenarios::World& world, const LogEntry& entry);
    void market_event(const scenarios::World& world, const nodes::ChainEvent& event);
    void deployment_made(const scenarios::World& world, const nodes::ChainEvent& event);
    void deployment_closed(const scenarios::World& world, const nodes::ChainEvent& event);
    void order_made(const scenarios::World& world, const nodes::OrderId& id);
    void order_closed(const scenarios::World& world, const nodes::OrderId& id);
    void bid_made(const scenarios::World& world, const nodes::ChainEvent& event);
    void lease_made(const scenarios::World& world, const nodes::ChainEvent& event);
    void lease_closed(const scenarios::World& world, const nodes::ChainEvent& event);
    void deposits(const scenarios::World& world, const nodes::Msg& msg);
    void lease_price(const scenarios::World& world, std::size_t model);
    void escrow_entry(const scenarios::World& world,
                      const nodes::DeploymentId& id,
                      EscrowEntry::Kind kind,
                      std::int64_t amount);
    void compare(const scenarios::World& world, const scenarios::BlockSeen& seen);
    void look_for_failures(const scenarios::World& world);
    void stop(RunUntil::What what, std::string reason);
    [[nodiscard]] bool waits_for(RunUntil::What what) const;

    Memory& memory_;
    History& history_;
    Recorded* recorded_ = nullptr;
    std::optional<RunUntil> until_;
    std::string stop_;
    bool news_ = false;
    std::int64_t online_ = -1;
};

}  // namespace gui
