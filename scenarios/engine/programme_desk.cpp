#include "scenarios/engine/programme_desk.h"

namespace scenarios {

namespace {

struct Transfer {
    nodes::Address from;
    nodes::Address to;
    nodes::Denom denom;
    std::int64_t amount = 0;
};

nodes::Msg send(const Transfer& transfer) {
    return {nodes::MsgSend{.from = transfer.from,
                           .to = transfer.to,
                           .amount = {{.denom = transfer.denom, .amount = transfer.amount}}}};
}

}  // namespace

void ProgrammeDesk::add(const ProgrammeGroup& group,
                        nodes::Denom denom,
                        nodes::Address treasury,
                        std::uint64_t seed) {
    nodes::ProgrammeParams params;
    params.denom = denom;
    params.pool_per_day = group.pool_per_day.amount;
    params.period = group.period;
    params.start = group.start;
    params.end = group.end;
    params.verification =
        group.verified ? nodes::Verification::kChecked : nodes::Verification::kNone;
    params.detection_ppm = group.detection_ppm;
    params.stake_per_unit = group.stake_per_unit;
    params.slash_ppm = group.slash_ppm;
    rows_.push_back({.name = group.name,
                     .programme = nodes::Programme(params),
                     .treasury = treasury,
                     .checks = sim::Rng::stream(seed, "programme/" + group.name, "checks")});
}

ProgrammeDesk::Row* ProgrammeDesk::find(const std::string& name) {
    for (Row& row : rows_) {
        if (row.name == name) return &row;
    }
    return nullptr;
}

std::optional<ProgrammeDesk::Due> ProgrammeDesk::next() const {
    std::optional<Due> out;
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
        const auto at = rows_[i].programme.next_payment();
        if (at && (!out || *at < out->at)) out = Due{.at = *at, .index = i};
    }
    return out;
}

void ProgrammeDesk::retime(Row& row, sim::SimTime start, sim::SimTime end) {
    row.programme.retime(start, end);
}

void ProgrammeDesk::change_units(Row& row,
                                 nodes::Address owner,
                                 nodes::Programme::Units change,
                                 std::vector<nodes::Msg>& messages) {
    const std::int64_t stake = row.programme.change_units(owner, change);
    const nodes::Denom denom = row.programme.params().denom;
    if (stake > 0) messages.push_back(send({owner, row.treasury, denom, stake}));
    if (stake < 0) messages.push_back(send({row.treasury, owner, denom, -stake}));
}

std::vector<nodes::Address> ProgrammeDesk::pay(std::uint32_t index,
                                               std::vector<nodes::Msg>& messages) {
    Row& row = rows_[index];
    const nodes::ProgrammeParams& params = row.programme.params();
    const nodes::Programme::Units units = row.programme.units();
    const std::int64_t before = row.programme.paid();
    std::vector<nodes::Address> found_out;
    row.members = 0;
    for (const nodes::ProgrammePayment& payment : row.programme.pay(row.checks)) {
        if (payment.amount > 0) ++row.members;
        const std::int64_t stake_back = payment.found * params.stake_per_unit - payment.slashed;
        const std::int64_t amount = payment.amount + stake_back;
        if (amount > 0) {
            messages.push_back(send({row.treasury, payment.owner, params.denom, amount}));
        }
        if (payment.found > 0 && !row.programme.takes_part(payment.owner)) {
            found_out.push_back(payment.owner);
        }
    }
    const std::int64_t paid = row.programme.paid() - before;
    const std::int64_t sharing = units.real + units.unreal;
    row.last_per_unit = sharing > 0 ? paid / sharing : 0;
    return found_out;
}

std::int64_t ProgrammeDesk::paid(nodes::Denom denom) const {
    std::int64_t sum = 0;
    for (const Row& row : rows_) {
        if (row.programme.params().denom == denom) sum += row.programme.paid();
    }
    return sum;
}

std::int64_t ProgrammeDesk::members() const {
    std::int64_t sum = 0;
    for (const Row& row : rows_)
        sum += row.members;
    return sum;
}

}  // namespace scenarios
