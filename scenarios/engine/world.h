// The world: everything the future of a run depends on, as one value. A copy is a snapshot, a copy
// with another plan is a branch, a saved copy is a save file. This is the one place where chain,
// consensus, providers, tenants, prices and the scenario's plan meet; each of them knows only its
// own contracts.
//
// Time passes by events in (time, sequence) order. Agents act through a port made for each call:
// they submit transactions, which reach the node after their link's delay, and hear news of
// committed blocks after another.
#pragma once

#include "nodes/chain/app.h"
#include "nodes/consensus/steady.h"
#include "providers/match_index.h"
#include "providers/provider.h"
#include "scenarios/engine/economy/price.h"
#include "scenarios/engine/event.h"
#include "scenarios/engine/mailroom.h"
#include "scenarios/engine/market_watch.h"
#include "scenarios/engine/observer.h"
#include "scenarios/engine/programme_desk.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/engine/script_book.h"
#include "scenarios/engine/series.h"
#include "scenarios/engine/supply_desk.h"
#include "scenarios/engine/tx_pool.h"
#include "sim/digest.h"
#include "sim/event_queue.h"
#include "sim/network.h"
#include "tenants/tenant.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios {

/// What the world keeps about an agent besides the agent itself.
struct AgentSeat {
    std::string name;         ///< "a100-farm/3"
    std::uint32_t group = 0;  ///< place in World::group_names()
    nodes::Address account;
    sim::RegionId region;
    sim::Rng link_draws;
    std::uint8_t audited = 0;     ///< of providers: the auditor signs for it
    std::uint8_t registered = 0;  ///< of providers: known on chain

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("group", self.group);
        visit("account", self.account);
        visit("region", self.region);
        visit("link_draws", self.link_draws);
        visit("audited", self.audited);
        visit("registered", self.registered);
    }
};

/// An invariant that did not hold.
struct Breach {
    std::string text;
    sim::Height height;
    sim::SimTime at;

    static void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("height", self.height);
        visit("at", self.at);
    }
};

/// How often the invariants are looked at, in blocks with transactions: the sum of all coins, and
/// everything there is. 0 = never.
struct InvariantChecks {
    std::int64_t coins = 1;
    std::int64_t all = 1'000;

    static void fields(auto& self, auto&& visit) {
        visit("coins", self.coins);
        visit("all", self.all);
    }
};

class World {
  public:
    /// Builds the world of a scenario; seed and everything else is taken from it.
    static sim::Result<World> create(std::shared_ptr<const Scenario> scenario);

    /// Tells the observer of every agent there is.
    void announce(Observer& observer) const;
    /// Runs every event up to and including this moment. Returns early when an invariant broke or
    /// the observer asked to stop.
    void run_until(sim::SimTime until, Observer& observer);
    /// Runs to the end of the next block.
    void run_block(Observer& observer);
    /// Does the next thing that is due by `until`: an entry of the plan, the payment of a programme
    /// or an event. False, and nothing done, when there is none, after a breach or when stopped.
    bool step(sim::SimTime until, Observer& observer);

    /// Goes on under another scenario, which differs in actions still to come only: from here on
    /// the world is the one that the other scenario would have made from its start. Refuses actions
    /// before earliest_action(), and switches of programmes that came too late.
    sim::Status follow(std::shared_ptr<const Scenario> scenario);
    /// The first moment at which a new action can be planned.
    [[nodiscard]] sim::SimTime earliest_action() const;

    [[nodiscard]] sim::SimTime now() const { return now_; }

    [[nodiscard]] sim::Height height() const { return height_; }

    [[nodiscard]] const Scenario& scenario() const { return *scenario_; }

    [[nodiscard]] std::shared_ptr<const Scenario> plan() const { return scenario_; }

    [[nodiscard]] const nodes::Chain& chain() const { return chain_; }

    [[nodiscard]] const nodes::Steady& consensus() const { return consensus_; }

    [[nodiscard]] const sim::Network& links() const { return links_; }

    [[nodiscard]] const std::vector<providers::Provider>& providers() const { return providers_; }

    [[nodiscard]] const std::vector<tenants::Tenant>& tenants() const { return tenants_; }

    [[nodiscard]] const AgentSeat& seat(AgentRef agent) const;

    /// The agent whose account this is; nobody for accounts of scripts and of the chain itself.
    [[nodiscard]] AgentRef agent_with(nodes::Address account) const;

    [[nodiscard]] const std::vector<std::string>& group_names() const { return group_names_; }

    [[nodiscard]] const Series& series() const { return series_; }

    [[nodiscard]] const MarketWatch& market() const { return market_; }

    [[nodiscard]] const ScriptBook& script() const { return script_; }

    [[nodiscard]] const ProgrammeDesk& programmes() const { return programmes_; }

    [[nodiscard]] const sim::Digests& digests() const { return digests_; }

    [[nodiscard]] const std::optional<Breach>& breach() const { return breach_; }

    /// The observer asked to stop.
    [[nodiscard]] bool stopped() const { return stopped_; }

    [[nodiscard]] std::uint64_t events() const { return events_; }

    /// Events done, by EventKind.
    [[nodiscard]] const std::array<std::uint64_t, kEventKinds>& event_counts() const {
        return event_counts_;
    }

    [[nodiscard]] std::size_t pending_events() const { return queue_.size(); }

    /// All of them in order; takes time.
    [[nodiscard]] std::vector<sim::EventQueue<WorldEvent>::Entry> pending() const {
        return queue_.in_order();
    }

    /// Entries of the plan that have been carried out.
    [[nodiscard]] std::size_t actions_done() const { return actions_done_; }

    /// Transactions that wait for the next block.
    [[nodiscard]] std::size_t mempool() const { return mempool_.size(); }

    /// Price of one AKT now; takes a moment.
    [[nodiscard]] std::int64_t akt_micro_usd() const {
        return PriceProcess(price_).micro_usd(now_);
    }

    [[nodiscard]] nodes::Denom uakt() const { return uakt_; }

    [[nodiscard]] nodes::Denom axl_usdc() const { return axl_usdc_; }

    /// The parts' histories and the present state of chain and agents in one digest.
    [[nodiscard]] sim::Digest final_digest() const;

    void set_checks(const InvariantChecks& checks) { checks_ = checks; }

    /// Looks at all invariants now; what is broken is in breach().
    void check_everything();

    static void fields(auto& self, auto&& visit) {
        visit("scenario", self.scenario_);
        visit("now", self.now_);
        visit("height", self.height_);
        visit("events", self.events_);
        visit("event_counts", self.event_counts_);
        visit("actions_done", self.actions_done_);
        visit("queue", self.queue_);
        visit("chain", self.chain_);
        visit("consensus", self.consensus_);
        visit("block_draws", self.block_draws_);
        visit("links", self.links_);
        visit("chain_region", self.chain_region_);
        visit("uakt", self.uakt_);
        visit("axl_usdc", self.axl_usdc_);
        visit("price", self.price_);
        visit("group_names", self.group_names_);
        visit("providers", self.providers_);
        visit("provider_seats", self.provider_seats_);
        visit("tenants", self.tenants_);
        visit("tenant_seats", self.tenant_seats_);
        visit("agents_by_account", self.agents_by_account_);
        visit("auditor", self.auditor_);
        visit("pool", self.pool_);
        visit("mempool", self.mempool_);
        visit("news", self.news_);
        visit("manifests", self.manifests_);
        visit("reports", self.reports_);
        visit("programmes", self.programmes_);
        visit("supply", self.supply_);
        visit("script", self.script_);
        visit("market", self.market_);
        visit("series", self.series_);
        visit("digests", self.digests_);
        visit("blocks_with_transactions", self.blocks_with_transactions_);
        visit("breach", self.breach_);
    }

    /// After loading: rebuilds search indexes and what is found by them.
    void rebuild_index();

  private:
    class Port;
    friend class Port;
    friend class AgentMaker;
    friend class WorldBuilder;

    // Events (world.cpp).
    void handle(const WorldEvent& event, Observer& observer);
    void wake_agent(const WorldEvent& event, Observer& observer);
    void deliver_news(const WorldEvent& event, Observer& observer);
    [[nodiscard]] AgentSeat& seat_of(AgentRef agent);

    [[nodiscard]] std::int64_t ask_price() { return price_.micro_usd(now_); }

    // Blocks (world_block.cpp).
    void make_block(Observer& observer);
    void run_mempool(BlockSeen& block, Observer& observer);
    void run_script(const ScriptBlock& script, BlockSeen& block, Observer& observer);
    void deliver(const nodes::Tx& tx, AgentRef sender, BlockSeen& block, Observer& observer);
    void mix_result(const nodes::TxResult& result);
    void schedule_block();
    void check_invariants();
    void broken(const std::string& text);

    // News (world_news.cpp).
    void refuse(const nodes::Tx& tx, const nodes::TxResult& result, AgentRef sender);
    void route(const nodes::News& news);
    void tell(AgentRef agent, const nodes::News& news);
    void tell_all(const std::vector<AgentRef>& readers, const nodes::News& news);
    void find_readers(const nodes::News& news, std::vector<AgentRef>& readers);
    enum class Bidders : std::uint8_t { kAll, kNotLost };
    void add_bidders(const nodes::OrderId& id, Bidders which, std::vector<AgentRef>& readers);
    void add_leaseholders(const nodes::DeploymentId& id, std::vector<AgentRef>& readers);
    void provider_changed(const nodes::News& news);
    void refresh_index(AgentRef provider);

    // Messages of agents and of the world itself (world_port.cpp).
    void submit(AgentRef sender, nodes::Msg&& msg);
    bool carry(AgentRef from, AgentRef to, WorldEvent event);

    // What is planned (world_plan.cpp): it comes before the events of the same moment and lies
    // outside their queue, so that it does not matter when it became known.
    void look_ahead();
    void do_planned(Observer& observer);
    [[nodiscard]] sim::Status check_plan(const Scenario& scenario) const;
    [[nodiscard]] sim::Status retime_programmes(const Scenario& scenario);

    // Carrying out actions (world_actions.cpp).
    void act(std::uint32_t index, Observer& observer);
    void join(const ProviderGroup& group, sim::SimDuration over, Observer& observer);
    void change(const ChangeProviders& change, Observer& observer);
    void surge(const DemandSurge& surge, Observer& observer);
    void found_auditor();
    void recover(AgentRef provider, Observer& observer);
    void set_links(const LinkChange& change);
    void set_partition(const Partition& partition);

    // Programmes (world_programmes.cpp).
    void pay_programme(std::uint32_t index, Observer& observer);
    void weigh_supply(std::uint32_t index, Observer& observer);
    enum class Membership : std::uint8_t { kJoins, kLeaves };
    void enter_programme(AgentRef provider, Membership change);
    [[nodiscard]] const ProviderGroup* group_of(AgentRef provider) const;
    [[nodiscard]] std::int64_t in_micro_usd(const nodes::ProgrammeParams& params,
                                            sim::Int128 amount);
    [[nodiscard]] std::int64_t reward_per_card_day(const ProviderGroup& group);
    [[nodiscard]] std::int64_t expected_slash_per_day(const ProviderGroup& group);
    void send_own(std::vector<nodes::Msg>& messages);
    [[nodiscard]] double programme_paid_usd();

    // Series (world_sample.cpp).
    void sample(Observer& observer);

    std::shared_ptr<const Scenario> scenario_;
    sim::SimTime now_;
    sim::Height height_;
    std::uint64_t events_ = 0;
    std::array<std::uint64_t, kEventKinds> event_counts_{};
    sim::EventQueue<WorldEvent> queue_;
    std::size_t actions_done_ = 0;
    sim::SimTime planned_at_;  ///< of the next planned thing; found again after loading

    nodes::Chain chain_;
    nodes::Steady consensus_;
    sim::Rng block_draws_;
    sim::Network links_;
    sim::RegionId chain_region_;
    nodes::Denom uakt_;
    nodes::Denom axl_usdc_;
    PriceProcess price_;

    std::vector<std::string> group_names_;
    std::vector<providers::Provider> providers_;
    std::vector<AgentSeat> provider_seats_;
    std::vector<tenants::Tenant> tenants_;
    std::vector<AgentSeat> tenant_seats_;
    std::vector<AgentRef> agents_by_account_;  ///< by index of the canonical address
    nodes::Address auditor_;
    providers::MatchIndex match_index_;  ///< rebuilt after loading

    TxPool pool_;
    std::vector<std::uint32_t> mempool_;  ///< slots of the pool, in order of arrival
    Mailroom<NewsInFlight> news_;
    Mailroom<ManifestInFlight> manifests_;
    Mailroom<ReportInFlight> reports_;

    ProgrammeDesk programmes_;
    SupplyDesk supply_;
    ScriptBook script_;
    MarketWatch market_;
    Series series_;
    sim::Digests digests_;
    InvariantChecks checks_;
    std::int64_t blocks_with_transactions_ = 0;
    std::optional<Breach> breach_;
    bool stopped_ = false;  ///< by the observer

    // Buffers that are empty between events; kept so that nothing is allocated per transaction.
    nodes::Tx tx_;
    nodes::TxResult result_;
    std::vector<nodes::News> fresh_news_;
    std::vector<AgentRef> readers_;
    std::vector<std::uint32_t> candidates_;
    std::vector<SettlementSeen> settlements_;
    std::vector<std::uint32_t> for_next_block_;

    struct Arrival {
        AgentRef agent;
        sim::SimDuration after;
    };

    std::vector<Arrival> arrivals_;
};

}  // namespace scenarios
