// Money: the economy as a whole, and one tenant with its deployments and their escrow.
#pragma once

#include "gui/session/model_supply.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace gui {

struct DenomRow {
    std::string denom;     ///< "uakt", "uusdc"
    double spent = 0;      ///< micro-units paid for leases, fees included
    double fees = 0;       ///< the take module's part
    double take_rate = 0;  ///< now, 0 to 1
    double escrow = 0;     ///< micro-units held by the escrow module
    double community_pool = 0;
    double supply = 0;
};

struct ProgrammeRow {
    std::string name;
    std::string denom;
    TimeRange runs;
    bool running = false;
    double pool_per_day = 0;  ///< whole tokens
    double paid = 0;          ///< whole tokens so far
    std::int64_t members = 0;
    std::int64_t units = 0;   ///< cards registered
    std::int64_t unreal = 0;  ///< fakes among them
    std::int64_t found_out = 0;
    double per_unit = 0;  ///< whole tokens that one card got in the last period
};

struct EconomyView {
    double akt_usd = 0;
    std::vector<DenomRow> denoms;
    std::vector<ProgrammeRow> programmes;
    double spent_usd = 0;
    double spent_24h_usd = 0;
    std::vector<std::string> earners_models;  ///< the columns of `earners`

    struct Earner {
        Key provider = kNoKey;
        std::string name;
        double usd = 0;
        double usd_24h = 0;
        std::vector<double> by_model;  ///< USD, in the order of `earners_models`
    };

    std::vector<Earner> earners;  ///< by revenue, at most 200
};

struct TenantRow {
    Key key = kNoKey;
    std::string name;
    std::string group;
    std::string region;
    std::string behaviour;
    std::int64_t requests = 0;
    std::int64_t completed = 0;
    std::int64_t unserved = 0;
    std::int64_t running = 0;  ///< deployments with a lease
    std::int64_t waiting = 0;  ///< without one
    double spent_usd = 0;
};

enum class BarPhase : std::uint8_t { kOrder, kBids, kLease };

/// A stretch of a deployment's life.
struct Bar {
    BarPhase phase = BarPhase::kOrder;
    TimeRange range;
    std::string text;  ///< "lease with foundry/3 at 1.20 USD/h"
};

struct DeploymentRow {
    Key key = kNoKey;
    std::string id;  ///< "tenant/dseq"
    std::string wants;
    std::string state;  ///< phase in words, or how it ended
    bool ended = false;
    sim::SimTime created;
    sim::SimTime ended_at;  ///< when `ended`
    std::vector<Bar> bars;
    std::string provider;  ///< of the lease held
    Price price;
};

/// Something that changed an escrow account.
struct EscrowStep {
    enum class Kind : std::uint8_t { kDeposit, kTopUp, kSettled, kRate, kOverdrawn, kClosed };

    sim::SimTime at;
    std::int64_t height = 0;
    Kind kind = Kind::kDeposit;
    double balance = 0;  ///< micro-units after it
    double amount = 0;   ///< micro-units put in, paid out, or the new rate per block
};

struct EscrowRunOff {
    bool shown = false;  ///< a deployment is selected and its account known
    std::string denom;
    std::string state;          ///< "open", "overdrawn", "closed"
    double balance = 0;         ///< micro-units, as settled
    double balance_now = 0;     ///< less what has been spent since
    double rate_per_block = 0;  ///< micro-units
    std::int64_t settled_height = 0;
    std::int64_t empty_height = -1;  ///< first block it cannot pay in full; -1 = never
    sim::SimTime empty_at;
    std::string words;              ///< "empties at block 48,113, in 3 h 12 min"
    std::vector<EscrowStep> steps;  ///< by time, at most 500
};

struct TenantView {
    bool shown = false;
    TenantRow row;
    std::string address;
    std::vector<Fact> facts;                 ///< balances, demand, budget, patience
    std::vector<ReasonCount> counts;         ///< requests by what became of them
    std::vector<ReasonCount> phases;         ///< deployments by phase
    std::vector<DeploymentRow> deployments;  ///< newest first, at most 200
    EscrowRunOff escrow;                     ///< of the selected deployment
};

struct LeasesView {
    std::vector<TenantRow> tenants;
    TenantView tenant;
};

}  // namespace gui
