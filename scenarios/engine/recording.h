// Writes a run into a database as it happens: the scenario it came from, every block with
// transactions, every transaction, order, bid, answer, lease and settlement, the series and the
// checks. The schema and its stable views are described in sim/README.md.
#pragma once

#include "scenarios/engine/expectations.h"
#include "scenarios/engine/observer.h"
#include "scenarios/engine/scenario.h"
#include "sim/recorder.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace scenarios {

/// Version of the tables; a program reads databases of its own version only.
inline constexpr int kSchemaVersion = 1;

/// A digest row is written for each block with transactions, and every so many blocks.
inline constexpr std::int64_t kDigestEvery = 100;

class Recording final : public Observer {
  public:
    static sim::Result<std::unique_ptr<Recording>> create(const std::filesystem::path& path,
                                                          sim::RecorderOptions::Existing existing,
                                                          const Scenario& scenario);

    void agent_joined(const World& world, AgentRef agent) override;
    void transaction(const World& world, const TransactionSeen& seen) override;
    void settlement(const World& world, const SettlementSeen& seen) override;
    void note(const World& world, AgentRef author, const nodes::BidNote& note) override;
    void action(const World& world, std::string_view text) override;
    void sampled(const World& world) override;
    bool block(const World& world, const BlockSeen& seen) override;

    /// The run is over: the checks and the last words.
    sim::Status finish(const World& world, const std::vector<CheckResult>& checks);

    /// Why the writer failed, when it did.
    [[nodiscard]] const std::string& problem() const { return problem_; }

  private:
    explicit Recording(std::unique_ptr<sim::Recorder> recorder);

    void words();
    void meta(std::string_view key, std::string_view value);
    void accounts(const World& world);
    void market_event(const World& world,
                      const TransactionSeen& seen,
                      const nodes::ChainEvent& event);
    void order_row(const World& world, const TransactionSeen& seen, const nodes::BidId& id);
    void digest_row(const World& world, const BlockSeen& seen);

    struct Tables {
        sim::TableIndex meta, files, accounts, agents, blocks, digests, transactions, deployments,
            deployment_ends, orders, order_ends, bids, bid_ends, answers, leases, lease_ends,
            settlements, series, actions, checks, inputs, reasons, subjects;
    };

    std::unique_ptr<sim::Recorder> recorder_;
    Tables tables_;
    std::size_t accounts_written_ = 0;
    std::string problem_;
};

/// The number under which tables name a lease, bid (with provider), order, group or deployment: a
/// 63-bit hash of its id, so that rows join without a table of names.
std::int64_t row_key(const nodes::BidId& id);

}  // namespace scenarios
