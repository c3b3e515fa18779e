// A tenant: one account that runs deployments over time. Requests arrive by its demand; each
// becomes a row that goes through named phases, driven by chain news, timers and the provider's
// reports. Everything the future depends on is in the value itself; it reaches the world through
// the AgentPort only.
#pragma once

#include "nodes/chain/agent.h"
#include "sim/rng.h"
#include "tenants/behaviour.h"
#include "tenants/demand.h"
#include "tenants/reference_price.h"
#include "tenants/wallet.h"
#include "tenants/workload.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tenants {

/// Life of one deployment. kReopening waits for a new order after a lease was lost.
enum class Phase : std::uint8_t {
    kFree,
    kCreating,
    kAwaitingBids,
    kChoosing,
    kLeaseRequested,
    kSendingManifest,
    kRunning,
    kReopening,
    kClosing,
    kWaitingToRetry,
};
inline constexpr std::size_t kPhases = 10;
std::string_view text(Phase phase);

/// How a request ended; kRetry has not, it waits for another try.
enum class Outcome : std::uint8_t {
    kCompleted,   ///< ran for as long as it wanted
    kUnserved,    ///< never ran: no acceptable bid
    kBrokenOff,   ///< lost its lease and found no other
    kRanDry,      ///< closed by the chain, escrow used up
    kNotCreated,  ///< the account could not pay, or the chain refused
    kRetry,
};

struct TenantConfig {
    std::string name;  ///< "tenant/17": names its random streams
    nodes::Address account;
    DemandConfig demand;
    Behaviour behaviour;
    ReferencePrices prices = ReferencePrices::defaults();
    MoneyConfig money;
    std::string region;                    ///< wanted value of the providers' attribute "region"
    std::vector<nodes::Address> auditors;  ///< whose signature makes a bid audited

    sim::SimDuration bid_window = sim::SimDuration::seconds(30);  ///< after the first bid
    std::uint32_t deployments_max = 1'000'000;  ///< at once; requests beyond are not created
    std::uint32_t enough_bids = 0;  ///< chooses at once with so many; 0 = waits out the window
    sim::SimDuration patience = sim::SimDuration::seconds(300);  ///< for an acceptable bid
    std::uint32_t retries = 0;                                   ///< after running out of patience
    sim::SimDuration retry_after = sim::SimDuration::seconds(600);
    std::int64_t retry_raise_percent = 20;  ///< of the maximum price, each time
    std::uint32_t relocations = 3;          ///< new leases after a provider broke one off
    sim::SimDuration answer_timeout = sim::SimDuration::seconds(60);  ///< for a transaction's news
    sim::SimDuration manifest_timeout = sim::SimDuration::seconds(60);
    std::uint32_t manifest_tries = 3;
    sim::SimDuration failure_patience = sim::SimDuration::seconds(600);  ///< for a failed workload

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("account", self.account);
        visit("demand", self.demand);
        visit("behaviour", self.behaviour);
        visit("prices", self.prices);
        visit("money", self.money);
        visit("region", self.region);
        visit("auditors", self.auditors);
        visit("deployments_max", self.deployments_max);
        visit("bid_window", self.bid_window);
        visit("enough_bids", self.enough_bids);
        visit("patience", self.patience);
        visit("retries", self.retries);
        visit("retry_after", self.retry_after);
        visit("retry_raise_percent", self.retry_raise_percent);
        visit("relocations", self.relocations);
        visit("answer_timeout", self.answer_timeout);
        visit("manifest_timeout", self.manifest_timeout);
        visit("manifest_tries", self.manifest_tries);
        visit("failure_patience", self.failure_patience);
    }
};

/// One row of the table of deployments. `generation` counts the row's uses and `step` its phases,
/// so that a timer set for an earlier one is recognised.
struct Deployment {
    Phase phase = Phase::kFree;
    std::uint8_t attempt = 0;                           ///< retries so far
    std::uint8_t relocated = 0;                         ///< leases lost so far
    std::uint8_t tries = 0;                             ///< of the present phase's message
    Outcome outcome = Outcome::kCompleted;              ///< intended, while closing
    nodes::Subject criterion = nodes::Subject::kPrice;  ///< of the choice of the bid
    std::uint32_t generation = 0;
    std::uint32_t step = 0;
    std::uint32_t bids = 0;  ///< heard of on the present order
    std::uint32_t gpus = 0;  ///< cards of its group
    std::uint64_t dseq = 0;
    std::uint32_t oseq = 0;
    nodes::Address provider;  ///< of the lease asked for or held
    nodes::Address avoided;   ///< who lost the last lease of this deployment
    nodes::Denom denom;
    std::uint64_t version = 0;  ///< as a manifest carries it
    sim::Dec18 price;           ///< of the lease, per block
    sim::SimTime entered;       ///< the present phase
    sim::SimTime patient_until;
    sim::SimTime ends_at;  ///< 0 until it first runs
    Request request;

    static void fields(auto& self, auto&& visit) {
        visit("phase", self.phase);
        visit("attempt", self.attempt);
        visit("relocated", self.relocated);
        visit("tries", self.tries);
        visit("outcome", self.outcome);
        visit("criterion", self.criterion);
        visit("generation", self.generation);
        visit("step", self.step);
        visit("bids", self.bids);
        visit("gpus", self.gpus);
        visit("dseq", self.dseq);
        visit("oseq", self.oseq);
        visit("provider", self.provider);
        visit("avoided", self.avoided);
        visit("denom", self.denom);
        visit("version", self.version);
        visit("price", self.price);
        visit("entered", self.entered);
        visit("patient_until", self.patient_until);
        visit("ends_at", self.ends_at);
        visit("request", self.request);
    }
};

/// How many rows are in a phase, over time: what Little's law is checked with.
struct PhaseClock {
    std::int64_t inside = 0;
    std::int64_t entered = 0;  ///< ever
    std::int64_t left = 0;     ///< ever
    sim::SimTime changed;
    sim::Int128 row_ns = 0;   ///< integral of `inside` up to `changed`
    sim::Int128 stay_ns = 0;  ///< sum of the stays that have ended

    /// The integral up to this moment.
    [[nodiscard]] sim::Int128 row_ns_until(sim::SimTime now) const {
        return row_ns + static_cast<sim::Int128>(inside) * (now - changed).ns;
    }

    static void fields(auto& self, auto&& visit) {
        visit("inside", self.inside);
        visit("entered", self.entered);
        visit("left", self.left);
        visit("changed", self.changed);
        visit("row_ns", self.row_ns);
        visit("stay_ns", self.stay_ns);
    }
};

/// What became of the requests: each ends in exactly one of the first five (see Outcome).
struct TenantCounts {
    std::int64_t completed = 0;
    std::int64_t unserved = 0;
    std::int64_t broken_off = 0;
    std::int64_t ran_dry = 0;
    std::int64_t not_created = 0;
    std::int64_t requests = 0;
    std::int64_t leases = 0;
    std::int64_t leases_lost = 0;
    std::int64_t retries = 0;
    std::int64_t top_ups = 0;
    std::int64_t refused_messages = 0;

    static void fields(auto& self, auto&& visit) {
        visit("completed", self.completed);
        visit("unserved", self.unserved);
        visit("broken_off", self.broken_off);
        visit("ran_dry", self.ran_dry);
        visit("not_created", self.not_created);
        visit("requests", self.requests);
        visit("leases", self.leases);
        visit("leases_lost", self.leases_lost);
        visit("retries", self.retries);
        visit("top_ups", self.top_ups);
        visit("refused_messages", self.refused_messages);
    }
};

struct Experience {
    std::uint32_t successes = 0;
    std::uint32_t failures = 0;

    static void fields(auto& self, auto&& visit) {
        visit("successes", self.successes);
        visit("failures", self.failures);
    }
};

class Tenant {
  public:
    Tenant() = default;
    /// `workloads` are the templates of the demand's classes, in their order; the demand must be
    /// valid.
    Tenant(TenantConfig config, std::vector<WorkloadTemplateRef> workloads, std::uint64_t seed);

    /// Finds each class's workload, among `given` first and then among the built-in ones, and
    /// checks the whole configuration.
    static sim::Result<Tenant> create(TenantConfig config,
                                      std::span<const WorkloadTemplateRef> given,
                                      std::uint64_t seed,
                                      nodes::Names& names);

    void on_start(nodes::AgentPort& port);
    /// News of this tenant's own deployments; others are ignored. Of kTxRefused `id` holds what the
    /// refused message names; without it the tenant finds out by its time-outs.
    void on_news(const nodes::News& news, nodes::AgentPort& port);
    void on_timer(const nodes::AgentTimer& timer, nodes::AgentPort& port);
    void on_report(const nodes::WorkloadReport& report, nodes::AgentPort& port);

    /// Starts one deployment now, besides those of the demand.
    void request_now(const Request& request, nodes::AgentPort& port);
    /// A surge of demand that begins now or later.
    void add_surge(const Surge& surge, nodes::AgentPort& port);

    [[nodiscard]] const TenantConfig& config() const { return *config_; }

    [[nodiscard]] const Demand& demand() const { return demand_; }

    /// Rows of the table; free ones among them.
    [[nodiscard]] const std::vector<Deployment>& deployments() const { return rows_; }

    /// Cards that compute right now, in millionths: those of running deployments by how busy their
    /// class of requests keeps them.
    [[nodiscard]] std::int64_t busy_gpus_ppm() const;

    [[nodiscard]] const TenantCounts& counts() const { return counts_; }

    [[nodiscard]] const PhaseClock& clock(Phase phase) const {
        return clocks_[static_cast<std::size_t>(phase)];
    }

    [[nodiscard]] const std::map<nodes::Address, Experience>& experience() const {
        return experience_;
    }

    static void fields(auto& self, auto&& visit) {
        visit("config", self.config_);
        visit("workloads", self.workloads_);
        visit("demand", self.demand_);
        visit("next_arrival", self.next_arrival_);
        visit("arrival_tag", self.arrival_tag_);
        visit("choices", self.choices_);
        visit("rows", self.rows_);
        visit("free_rows", self.free_rows_);
        visit("row_of_dseq", self.row_of_dseq_);
        visit("last_dseq", self.last_dseq_);
        visit("clocks", self.clocks_);
        visit("counts", self.counts_);
        visit("experience", self.experience_);
    }

  private:
    // Rows and phases (tenant.cpp).
    Deployment* find(std::uint64_t dseq);
    Deployment* take_row();
    void release(Deployment& row, Outcome outcome, nodes::AgentPort& port);
    void enter(Deployment& row, Phase phase, nodes::AgentPort& port);
    [[nodiscard]] nodes::AgentTimer timer(const Deployment& row, std::uint8_t kind) const;
    void wait_for_arrival(nodes::AgentPort& port);
    void deployment_news(Deployment& row, const nodes::News& news, nodes::AgentPort& port);
    void deployment_timer(Deployment& row, std::uint8_t kind, nodes::AgentPort& port);
    void refused(Deployment& row, std::uint8_t message, nodes::AgentPort& port);
    [[nodiscard]] nodes::DeploymentId deployment_id(const Deployment& row) const;
    [[nodiscard]] nodes::OrderId order_id(const Deployment& row) const;

    // Steps of a deployment's life (deployment_life.cpp).
    void create(Deployment& row, nodes::AgentPort& port);
    void order_open(Deployment& row, std::uint32_t oseq, nodes::AgentPort& port);
    void bid_heard(Deployment& row, nodes::AgentPort& port);
    void choose_bid(Deployment& row, nodes::AgentPort& port);
    void choose_again(Deployment& row, nodes::AgentPort& port);
    void give_up(Deployment& row, nodes::AgentPort& port);
    void lease_made(Deployment& row, sim::Dec18 price, nodes::AgentPort& port);
    void send_manifest(Deployment& row, nodes::AgentPort& port);
    void manifest_unanswered(Deployment& row, nodes::AgentPort& port);
    void running(Deployment& row, nodes::AgentPort& port);
    void look_at_escrow(Deployment& row, nodes::AgentPort& port);
    void provider_failed(Deployment& row);
    void lease_lost(Deployment& row, nodes::AgentPort& port);
    void leave_lease(Deployment& row, nodes::AgentPort& port);
    void reopen(Deployment& row, nodes::AgentPort& port);
    void close(Deployment& row, Outcome outcome, nodes::AgentPort& port);
    void closed(Deployment& row, nodes::AgentPort& port);
    void answer_missing(Deployment& row, nodes::AgentPort& port);
    void note_outcomes(const Deployment& row, nodes::AgentPort& port) const;
    [[nodiscard]] std::vector<BidInSight> bids_in_sight(const Deployment& row,
                                                        const nodes::AgentPort& port) const;

    /// Shared by copies of the tenant; never null.
    std::shared_ptr<const TenantConfig> config_ = std::make_shared<const TenantConfig>();
    std::vector<WorkloadTemplateRef> workloads_;
    Demand demand_;
    std::optional<sim::SimTime> next_arrival_;
    std::uint64_t arrival_tag_ = 0;  ///< of the arrival's timer that counts
    sim::Rng choices_;
    std::vector<Deployment> rows_;
    std::vector<std::uint32_t> free_rows_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> row_of_dseq_;
    std::uint64_t last_dseq_ = 0;
    std::array<PhaseClock, kPhases> clocks_{};
    TenantCounts counts_;
    std::map<nodes::Address, Experience> experience_;
    WorkloadShelf shelf_;
};

}  // namespace tenants
