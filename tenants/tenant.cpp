#include "tenants/tenant.h"

#include "sim/assert.h"
#include "tenants/timers.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

namespace tenants {

namespace {

template <class Message, class... Ts>
constexpr std::uint8_t position(const std::variant<Ts...>* /*body*/) {
    std::uint8_t row = 0;
    static_cast<void>(((std::is_same_v<Message, Ts> || (++row, false)) || ...));
    return row;
}

/// News of a refusal name the message by its row in the list of messages.
template <class Message>
constexpr std::uint8_t message_row() {
    return position<Message>(static_cast<const nodes::Msg::Body*>(nullptr));
}

std::int64_t& count_of(TenantCounts& counts, Outcome outcome) {
    switch (outcome) {
        case Outcome::kCompleted:
            return counts.completed;
        case Outcome::kUnserved:
            return counts.unserved;
        case Outcome::kBrokenOff:
            return counts.broken_off;
        case Outcome::kRanDry:
            return counts.ran_dry;
        case Outcome::kNotCreated:
            return counts.not_created;
        case Outcome::kRetry:
            return counts.retries;
    }
    SIM_UNREACHABLE("an outcome");
}

sim::Error refuse(std::string text) {
    return {{"tenants", 5}, std::move(text)};
}

sim::Status validate(const TenantConfig& config) {
    if (config.name.empty()) return refuse("a tenant needs a name");
    if (config.money.block_interval.ns <= 0) return refuse("block_interval must be above 0");
    if (config.answer_timeout.ns <= 0) return refuse("answer_timeout must be above 0");
    if (config.manifest_timeout.ns <= 0) return refuse("manifest_timeout must be above 0");
    if (config.behaviour.row >= behaviours().size()) return refuse("no such behaviour");
    if (config.retries > 200 || config.relocations > 200 || config.manifest_tries > 200) {
        return refuse("retries, relocations and manifest_tries are at most 200");
    }
    return validate(config.demand);
}

}  // namespace

std::string_view text(Phase phase) {
    constexpr std::array<std::string_view, kPhases> kTexts{"free",
                                                           "creating",
                                                           "awaiting bids",
                                                           "choosing",
                                                           "lease requested",
                                                           "sending manifest",
                                                           "running",
                                                           "reopening",
                                                           "closing",
                                                           "waiting to retry"};
    return kTexts[static_cast<std::size_t>(phase)];
}

Tenant::Tenant(TenantConfig config, std::vector<WorkloadTemplateRef> workloads, std::uint64_t seed)
    : config_(std::make_shared<const TenantConfig>(std::move(config))),
      workloads_(std::move(workloads)),
      demand_(std::shared_ptr<const DemandConfig>(config_, &config_->demand), seed, config_->name),
      choices_(sim::Rng::stream(seed, config_->name, "choices")) {
    SIM_ASSERT(workloads_.size() == config_->demand.classes.size(),
               "a workload for each of {} classes, got {}",
               config_->demand.classes.size(),
               workloads_.size());
}

sim::Result<Tenant> Tenant::create(TenantConfig config,
                                   std::span<const WorkloadTemplateRef> given,
                                   std::uint64_t seed,
                                   nodes::Names& names) {
    SIM_CHECK(validate(config));
    std::vector<WorkloadTemplateRef> workloads;
    for (const auto& row : config.demand.classes) {
        const std::string& wanted = row.value.workload;
        const auto found = std::find_if(given.begin(), given.end(), [&](const auto& workload) {
            return workload->name == wanted;
        });
        if (found != given.end()) {
            workloads.push_back(*found);
            continue;
        }
        SIM_TRY(workload, builtin_workload(wanted, names));
        workloads.push_back(std::move(workload));
    }
    return Tenant{std::move(config), std::move(workloads), seed};
}

void Tenant::on_start(nodes::AgentPort& port) {
    next_arrival_ = demand_.next_arrival(port.now());
    wait_for_arrival(port);
}

void Tenant::on_news(const nodes::News& news, nodes::AgentPort& port) {
    const bool is_refusal = news.kind == nodes::NewsKind::kTxRefused;
    if (is_refusal) ++counts_.refused_messages;
    if (!is_refusal && news.id.owner != config_->account) return;
    Deployment* row = find(news.id.dseq);
    if (row == nullptr) return;
    if (is_refusal) {
        refused(*row, news.message, port);
    } else {
        deployment_news(*row, news, port);
    }
}

void Tenant::deployment_news(Deployment& row, const nodes::News& news, nodes::AgentPort& port) {
    const bool leased = row.phase == Phase::kSendingManifest || row.phase == Phase::kRunning;
    // News of a lease may come after the tenant has stopped waiting for them.
    const bool may_be_leased = row.phase == Phase::kLeaseRequested ||
                               row.phase == Phase::kChoosing || row.phase == Phase::kAwaitingBids;
    switch (news.kind) {
        case nodes::NewsKind::kOrderCreated:
            if (row.phase == Phase::kCreating || row.phase == Phase::kReopening) {
                order_open(row, news.id.oseq, port);
            }
            return;
        case nodes::NewsKind::kBidCreated:
            if (news.id.oseq == row.oseq) bid_heard(row, port);
            return;
        case nodes::NewsKind::kLeaseCreated:
            if (may_be_leased && news.id.oseq == row.oseq) {
                row.provider = news.id.provider;
                lease_made(row, news.price, port);
            }
            return;
        case nodes::NewsKind::kLeaseClosed:
            if (leased && news.id.oseq == row.oseq) lease_lost(row, port);
            return;
        case nodes::NewsKind::kGroupPaused:
            if (leased) lease_lost(row, port);
            return;
        case nodes::NewsKind::kDeploymentClosed:
            closed(row, port);
            return;
        default:
            return;  // the other kinds change nothing for a tenant
    }
}

void Tenant::refused(Deployment& row, std::uint8_t message, nodes::AgentPort& port) {
    if (message == message_row<nodes::MsgCreateDeployment>() && row.phase == Phase::kCreating) {
        // A repeated message is refused because the first one got through after all.
        if (port.chain().deployment(deployment_id(row))) {
            answer_missing(row, port);
        } else {
            release(row, Outcome::kNotCreated, port);
        }
        return;
    }
    if (message == message_row<nodes::MsgCreateLease>() && row.phase == Phase::kLeaseRequested) {
        answer_missing(row, port);
        return;
    }
    // Refused deposits are tried again at the next look at the escrow, refused closings and
    // restarts when the answer's time is over.
}

void Tenant::on_timer(const nodes::AgentTimer& timer, nodes::AgentPort& port) {
    if (timer.kind == kArrivalTimer) {
        if (timer.tag != arrival_tag_) return;
        request_now(demand_.draw_request(), port);
        next_arrival_ = demand_.next_arrival(port.now());
        wait_for_arrival(port);
        return;
    }
    if (timer.slot >= rows_.size()) return;
    Deployment& row = rows_[timer.slot];
    const bool stale = row.phase == Phase::kFree || timer.tag != this->timer(row, timer.kind).tag;
    if (!stale) deployment_timer(row, timer.kind, port);
}

void Tenant::deployment_timer(Deployment& row, std::uint8_t kind, nodes::AgentPort& port) {
    switch (kind) {
        case kAnswerTimer:
            answer_missing(row, port);
            return;
        case kBidTimer:
        case kPatienceTimer:
            choose_bid(row, port);
            return;
        case kManifestTimer:
            manifest_unanswered(row, port);
            return;
        case kFailureTimer:
            leave_lease(row, port);
            return;
        case kReopenTimer:
            reopen(row, port);
            return;
        case kRetryTimer:
            create(row, port);
            return;
        case kEscrowTimer:
            look_at_escrow(row, port);
            return;
        case kEndTimer:
            if (row.phase == Phase::kClosing) return;
            close(row,
                  row.phase == Phase::kRunning ? Outcome::kCompleted : Outcome::kBrokenOff,
                  port);
            return;
        default:
            SIM_UNREACHABLE("a kind of timer, got {}", kind);
    }
}

void Tenant::on_report(const nodes::WorkloadReport& report, nodes::AgentPort& port) {
    if (report.lease.owner != config_->account) return;
    Deployment* row = find(report.lease.dseq);
    if (row == nullptr || row->oseq != report.lease.oseq ||
        row->provider != report.lease.provider) {
        return;
    }
    const bool sending = row->phase == Phase::kSendingManifest;
    const bool runs = row->phase == Phase::kRunning;
    switch (report.state) {
        case nodes::WorkloadState::kRunning:
            if (sending) running(*row, port);
            return;
        case nodes::WorkloadState::kRefused:
            if (sending) leave_lease(*row, port);
            return;
        case nodes::WorkloadState::kFailed:
            if (runs) port.wake(config_->failure_patience, timer(*row, kFailureTimer));
            return;
        case nodes::WorkloadState::kRecovered:
            if (runs) ++row->step;  // makes the failure's timer stale
            return;
    }
}

void Tenant::request_now(const Request& request, nodes::AgentPort& port) {
    ++counts_.requests;
    Deployment* row = take_row();
    if (row == nullptr) {
        ++counts_.not_created;
        return;
    }
    row->request = request;
    create(*row, port);
}

void Tenant::add_surge(const Surge& surge, nodes::AgentPort& port) {
    next_arrival_ = demand_.add_surge(surge, port.now(), next_arrival_);
    wait_for_arrival(port);
}

/// An earlier timer for the arrival becomes stale.
void Tenant::wait_for_arrival(nodes::AgentPort& port) {
    ++arrival_tag_;
    if (next_arrival_) port.wake(*next_arrival_ - port.now(), {kArrivalTimer, 0, arrival_tag_});
}

Deployment* Tenant::find(std::uint64_t dseq) {
    const auto it = row_of_dseq_.find(dseq);
    return it == row_of_dseq_.end() ? nullptr : &rows_[it->second];
}

Deployment* Tenant::take_row() {
    std::uint32_t number = 0;
    if (!free_rows_.empty()) {
        number = free_rows_.back();
        free_rows_.pop_back();
    } else {
        if (rows_.size() >= config_->deployments_max) return nullptr;
        number = static_cast<std::uint32_t>(rows_.size());
        rows_.emplace_back();
    }
    Deployment& row = rows_[number];
    SIM_ASSERT(row.phase == Phase::kFree, "a free row, got one {}", text(row.phase));
    const std::uint32_t generation = row.generation + 1;
    row = Deployment{};
    row.generation = generation;
    return &row;
}

void Tenant::release(Deployment& row, Outcome outcome, nodes::AgentPort& port) {
    SIM_ASSERT(outcome != Outcome::kRetry, "a final outcome");
    row_of_dseq_.erase(row.dseq);
    ++count_of(counts_, outcome);
    enter(row, Phase::kFree, port);
    free_rows_.push_back(static_cast<std::uint32_t>(&row - rows_.data()));
}

void Tenant::enter(Deployment& row, Phase phase, nodes::AgentPort& port) {
    const sim::SimTime now = port.now();
    const auto turn = [&](Phase of, std::int64_t by) -> PhaseClock& {
        PhaseClock& clock = clocks_[static_cast<std::size_t>(of)];
        clock.row_ns = clock.row_ns_until(now);
        clock.changed = now;
        clock.inside += by;
        return clock;
    };
    if (row.phase != Phase::kFree) {
        PhaseClock& clock = turn(row.phase, -1);
        ++clock.left;
        clock.stay_ns += (now - row.entered).ns;
    }
    if (phase != Phase::kFree) ++turn(phase, +1).entered;
    row.phase = phase;
    row.entered = now;
    row.tries = 0;
    ++row.step;
}

nodes::AgentTimer Tenant::timer(const Deployment& row, std::uint8_t kind) const {
    std::uint32_t low = row.step;
    if (kind == kEscrowTimer) low = row.oseq;
    if (kind == kEndTimer) low = 0;
    return {kind,
            static_cast<std::uint32_t>(&row - rows_.data()),
            (static_cast<std::uint64_t>(row.generation) << 32U) | low};
}

std::int64_t Tenant::busy_gpus_ppm() const {
    std::int64_t out = 0;
    for (const Deployment& row : rows_) {
        if (row.phase != Phase::kRunning || row.gpus == 0) continue;
        out += row.gpus * config_->demand.classes[row.request.class_row].value.busy_ppm;
    }
    return out;
}

nodes::DeploymentId Tenant::deployment_id(const Deployment& row) const {
    return {config_->account, row.dseq};
}

nodes::OrderId Tenant::order_id(const Deployment& row) const {
    return {config_->account, row.dseq, 1, row.oseq};
}

}  // namespace tenants
