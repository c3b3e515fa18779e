#include "scenarios/engine/recording.h"

#include "scenarios/engine/denoms.h"
#include "scenarios/engine/quantities.h"
#include "scenarios/engine/schema.h"
#include "scenarios/engine/subjects.h"
#include "scenarios/engine/world.h"

#include <fmt/format.h>

#include <xxhash.h>

namespace scenarios {

namespace {

double price_of(sim::Dec18 price) {
    return static_cast<double>(price.scaled) / 1e18;
}

/// "MsgCreateBid" of "/akash.market.v1beta4.MsgCreateBid".
std::string_view short_action(const nodes::Tx& tx) {
    if (tx.messages.empty()) return "";
    const std::string_view url = nodes::type_url(tx.messages.front());
    return url.substr(url.rfind('.') + 1);
}

std::int64_t as_cell(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

}  // namespace

std::int64_t row_key(const nodes::BidId& id) {
    const std::array<std::uint64_t, 3> words{
        std::uint64_t{id.owner.index} << 32U | id.provider.index,
        id.dseq,
        std::uint64_t{id.gseq} << 32U | id.oseq};
    return static_cast<std::int64_t>(XXH3_64bits(words.data(), sizeof words) >> 1U);
}

sim::Result<std::unique_ptr<Recording>> Recording::create(const std::filesystem::path& path,
                                                          sim::RecorderOptions::Existing existing,
                                                          const Scenario& scenario) {
    sim::RecorderOptions options;
    options.path = path;
    options.existing = existing;
    options.tables = recording_tables();
    options.views = recording_views();
    options.indexes = recording_indexes();
    SIM_TRY(recorder, sim::Recorder::create(options));
    std::unique_ptr<Recording> out(new Recording(std::move(recorder)));
    out->meta("schema", fmt::format("{}", kSchemaVersion));
    out->meta("version", ORRERY_VERSION);
    out->meta("name", scenario.name);
    out->meta("file", scenario.source.file);
    out->meta("scenario", scenario.source.text);
    out->meta("seed", fmt::format("{}", scenario.seed));
    out->meta("start", date_text(scenario.start));
    out->meta("run_for_ns", fmt::format("{}", scenario.run_for.ns));
    out->words();
    for (const std::string& setting : scenario.source.settings)
        out->meta("setting", setting);
    for (const auto& [name, text] : scenario.source.files) {
        out->recorder_->row(out->tables_.files) << name << text;
    }
    SIM_CHECK(out->recorder_->end_of_block(sim::Height{0}));
    SIM_CHECK(out->recorder_->flush());
    return out;
}

Recording::Recording(std::unique_ptr<sim::Recorder> recorder) : recorder_(std::move(recorder)) {
    const auto table = [&](std::string_view name) { return recorder_->table(name); };
    tables_ = {.meta = table("meta"),
               .files = table("files"),
               .accounts = table("accounts"),
               .agents = table("agents"),
               .blocks = table("blocks"),
               .digests = table("digests"),
               .transactions = table("transactions"),
               .deployments = table("deployments"),
               .deployment_ends = table("deployment_ends"),
               .orders = table("orders"),
               .order_ends = table("order_ends"),
               .bids = table("bids"),
               .bid_ends = table("bid_ends"),
               .answers = table("answers"),
               .leases = table("leases"),
               .lease_ends = table("lease_ends"),
               .settlements = table("settlements"),
               .series = table("series"),
               .actions = table("actions"),
               .checks = table("checks"),
               .inputs = table("inputs"),
               .reasons = table("reasons"),
               .subjects = table("subjects")};
}

void Recording::meta(std::string_view key, std::string_view value) {
    recorder_->row(tables_.meta) << key << value;
}

/// The fixed lists that rows of answers point into.
void Recording::words() {
    for (std::size_t i = 0; i < nodes::kReasonTexts.size(); ++i) {
        recorder_->row(tables_.reasons) << i << nodes::kReasonTexts.at(i);
    }
    for (std::size_t i = 0; i < kSubjectTexts.size(); ++i) {
        recorder_->row(tables_.subjects) << i << kSubjectTexts.at(i);
    }
}

/// Addresses are written when they first come up: the book only grows.
void Recording::accounts(const World& world) {
    const nodes::AddressBook& book = world.chain().names().addresses;
    for (; accounts_written_ < book.size(); ++accounts_written_) {
        const nodes::Address address{static_cast<std::uint32_t>(accounts_written_)};
        recorder_->row(tables_.accounts) << address.index << book.text(address);
    }
}

void Recording::agent_joined(const World& world, AgentRef agent) {
    accounts(world);
    const AgentSeat& seat = world.seat(agent);
    recorder_->row(tables_.agents)
        << (agent.is_tenant() ? "tenant" : "provider") << agent.index() << seat.name
        << world.group_names()[seat.group] << seat.account.index
        << world.links().region_name(seat.region) << world.now().ns;
}

void Recording::transaction(const World& world, const TransactionSeen& seen) {
    const nodes::TxResult& result = *seen.result;
    accounts(world);
    std::int64_t fee = 0;
    if (result.fee_taken && !seen.tx->fee.empty()) {
        fee = sim::narrow64(seen.tx->fee.front().amount).value_or(0);
    }
    recorder_->row(tables_.transactions)
        << seen.height.value << seen.position << seen.tx->signer.index << short_action(*seen.tx)
        << result.code << result.codespace << result.log << as_cell(result.gas_wanted)
        << as_cell(result.gas_used) << fee;
    if (!result.ok()) return;
    for (const nodes::ChainEvent& event : result.events)
        market_event(world, seen, event);
}

void Recording::market_event(const World& world,
                             const TransactionSeen& seen,
                             const nodes::ChainEvent& event) {
    using nodes::EventKind;
    const std::int64_t height = seen.height.value;
    const std::int64_t at = seen.at.ns;
    nodes::BidId deployment;
    deployment.owner = event.id.owner;
    deployment.dseq = event.id.dseq;
    nodes::BidId order = event.id;
    order.provider = {};
    const auto ended = [&](sim::TableIndex table, const nodes::BidId& id) {
        recorder_->row(table) << row_key(id) << height << at;
    };
    switch (event.kind) {
        case EventKind::kDeploymentCreated:
            recorder_->row(tables_.deployments) << row_key(deployment) << event.id.owner.index
                                                << as_cell(event.id.dseq) << height << at;
            break;
        case EventKind::kDeploymentClosed:
            ended(tables_.deployment_ends, deployment);
            break;
        case EventKind::kOrderCreated:
            order_row(world, seen, order);
            break;
        case EventKind::kOrderClosed:
            ended(tables_.order_ends, order);
            break;
        case EventKind::kBidCreated:
        case EventKind::kLeaseCreated: {
            const bool lease = event.kind == EventKind::kLeaseCreated;
            const nodes::ChainState& state = world.chain().state();
            const std::uint32_t row = state.find_bid(event.id);
            if (row == nodes::kNoRow) break;
            const nodes::BidRow& bid = state.bids[row];
            sim::RecordRow cells = recorder_->row(lease ? tables_.leases : tables_.bids);
            cells << row_key(event.id) << row_key(order);
            if (lease) cells << event.id.owner.index;
            cells << event.id.provider.index << height << at
                  << short_denom(state.names.denoms.text(bid.denom)) << price_of(bid.price)
                  << world.market().model_of(row);
            break;
        }
        case EventKind::kBidClosed:
            ended(tables_.bid_ends, event.id);
            break;
        case EventKind::kLeaseClosed:
            ended(tables_.lease_ends, event.id);
            break;
        default:
            break;
    }
}

void Recording::order_row(const World& world, const TransactionSeen& seen, const nodes::BidId& id) {
    const auto order = world.chain().view().order(id.order());
    if (!order) return;
    const GroupTotals totals = totals_of(*order->spec);
    std::string model;
    for (const nodes::ResourceUnit& unit : order->spec->resources) {
        if (model.empty()) model = gpu_model_of(unit.resources);
    }
    recorder_->row(tables_.orders)
        << row_key(id) << row_key({id.owner, id.dseq, 0, 0, {}}) << id.owner.index
        << as_cell(id.dseq) << id.gseq << id.oseq << seen.height.value << seen.at.ns
        << short_denom(world.chain().names().denoms.text(order->denom))
        << price_of(order->max_price) << totals.cpu_milli << totals.memory << totals.storage
        << totals.gpus << model;
}

void Recording::settlement(const World& world, const SettlementSeen& seen) {
    recorder_->row(tables_.settlements)
        << row_key(seen.lease) << seen.height.value << seen.at.ns
        << short_denom(world.chain().names().denoms.text(seen.denom)) << seen.gross << seen.fee;
}

/// What became of a bid is told by both sides; the tenant knows best why it chose, so that the
/// provider's word counts only where the tenant is no agent.
void Recording::note(const World& world, AgentRef author, const nodes::BidNote& note) {
    const bool outcome = note.reason == nodes::Reason::kWon ||
                         note.reason == nodes::Reason::kPriceAboveWinner ||
                         note.reason == nodes::Reason::kTenantPreferredOther;
    const AgentRef tenant = world.agent_with(note.order.owner);
    if (outcome && !author.is_tenant() && !tenant.nobody()) return;
    recorder_->row(tables_.answers)
        << row_key(nodes::bid_id(note.order, {})) << note.provider.index << world.now().ns
        << note.reason << note.subject << note.wanted << note.had;
}

void Recording::action(const World& world, std::string_view text) {
    recorder_->row(tables_.actions) << world.now().ns << text;
}

void Recording::sampled(const World& world) {
    const Series& series = world.series();
    const std::size_t last = series.samples() - 1;
    for (std::size_t i = 0; i < series.names().size(); ++i) {
        recorder_->row(tables_.series)
            << series.names()[i] << series.time(last).ns << series.value(last, i);
    }
}

void Recording::digest_row(const World& world, const BlockSeen& seen) {
    sim::RecordRow row = recorder_->row(tables_.digests);
    row << seen.height.value;
    for (const sim::Digest& part : world.digests().parts)
        row << as_cell(part.value()[0]);
}

bool Recording::block(const World& world, const BlockSeen& seen) {
    if (seen.transactions > 0) {
        recorder_->row(tables_.blocks)
            << seen.height.value << seen.at.ns << seen.stamp.seconds << seen.proposer
            << seen.transactions << seen.failed << as_cell(seen.gas_used);
    }
    if (seen.transactions > 0 || seen.height.value % kDigestEvery == 0) digest_row(world, seen);
    const sim::Status status = recorder_->end_of_block(seen.height);
    if (!status) problem_ = status.error().text;
    return status.has_value();
}

sim::Status Recording::finish(const World& world, const std::vector<CheckResult>& checks) {
    accounts(world);
    for (const CheckResult& check : checks) {
        recorder_->row(tables_.checks)
            << check.title << (check.held ? 1 : 0) << check.text << check.place;
    }
    meta("height", fmt::format("{}", world.height().value));
    meta("ended_ns", fmt::format("{}", world.now().ns));
    meta("digest", world.final_digest().hex());
    return recorder_->finish();
}

}  // namespace scenarios
