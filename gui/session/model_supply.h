// What is there to be hired and who has it: utilization, the heat-map, the world's regions, the
// inspector of one provider, the validators.
#pragma once

#include "gui/session/model_market.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gui {

/// Cards of one model, as their providers claim them. Series: "gpu_utilization/a100" and so on.
struct ModelRow {
    std::string model;
    std::int64_t total = 0;
    std::int64_t leased = 0;
    std::int64_t fake = 0;
    std::int64_t wanted = 0;    ///< cards asked for by open orders of exactly this model
    std::int64_t shortage = 0;  ///< wanted and not free; 0 when there is enough
    std::int64_t orders_24h = 0;
    std::int64_t unfilled_24h = 0;
    double usd_card_hour = 0;  ///< median of the last leases; 0 = none yet
};

struct AmountRow {
    std::string name;  ///< "CPU", "memory", "storage"
    std::string unit;  ///< "CPUs", "GiB"
    double total = 0;
    double leased = 0;
};

/// Utilization of each provider over time; column 0 is the oldest. One byte a cell: 0 to 200 are
/// halves of a per cent, 255 = not there at that time.
struct HeatMap {
    static constexpr std::uint8_t kAbsent = 255;

    TimeRange range;
    std::size_t columns = 0;
    std::vector<Key> providers;       ///< row by row
    std::vector<std::uint8_t> cells;  ///< row * columns + column
};

struct ProviderRow {
    Key key = kNoKey;
    std::string name;
    std::string group;
    std::string region;
    std::string state;  ///< "online", "offline", "draining", "gone"
    bool online = false;
    bool audited = false;
    std::string models;  ///< "8 x a100, 2 x h100"
    std::int64_t gpus = 0;
    std::int64_t gpus_leased = 0;
    double utilization = 0;  ///< of its cards, or of its CPUs when it has none; 0 to 1
    double cpus = 0;
    double cpus_leased = 0;
    std::string strategy;
    std::int64_t leases = 0;
    std::int64_t open_bids = 0;
    std::int64_t bids = 0;
    std::int64_t won = 0;
    double revenue_usd = 0;      ///< earned since the start, at the price of each settlement
    double revenue_24h_usd = 0;  ///< over the last 24 hours
};

struct SupplyView {
    std::vector<ModelRow> models;  ///< by shortage, then by name
    std::vector<AmountRow> amounts;
    std::vector<ProviderRow> providers;   ///< in order of joining
    std::shared_ptr<const HeatMap> heat;  ///< null until there is one
    std::string busy_note;  ///< how many of the leased cards compute; empty without leases
};

struct RegionRow {
    Key key = kNoKey;  ///< the region's number
    std::string name;  ///< the window knows where it lies
    std::int64_t providers = 0;
    std::int64_t online = 0;
    std::int64_t tenants = 0;
    std::int64_t gpus = 0;
    std::int64_t leased = 0;
    double usd_card_hour = 0;  ///< median of its latest leases; 0 = none
    int partition = 0;         ///< regions of the same number reach each other; 0 = no partition
    bool chain = false;        ///< clients reach the chain through it
};

/// One direction.
struct LinkRow {
    Key from = kNoKey;
    Key to = kNoKey;
    double latency_ms = 0;
    double jitter = 0;
    double loss = 0;  ///< 0 to 1
    bool blocked = false;
};

struct WorldMapView {
    std::vector<RegionRow> regions;
    std::vector<LinkRow> links;
    bool parted = false;
};

enum class CellState : std::uint8_t { kFree, kReserved, kLeased, kFake, kOffline };

/// The cards of one node, one cell each.
struct NodeRow {
    std::string name;
    std::string cards;  ///< "8 x a100 80Gi"
    std::vector<CellState> cells;
    double cpus = 0, cpus_used = 0;
    double memory_gib = 0, memory_used_gib = 0;
    double disk_gib = 0, disk_used_gib = 0;
};

/// A line of a list of facts.
struct Fact {
    std::string name;
    std::string value;
};

struct ProviderView {
    bool shown = false;  ///< a provider is selected
    ProviderRow row;
    std::string address;
    std::vector<NodeRow> nodes;  ///< at most 200
    std::int64_t nodes_left_out = 0;
    std::vector<Fact> pricing;               ///< strategy and its parameters
    std::vector<Fact> attributes;            ///< as registered on chain
    std::vector<std::string> audits;         ///< who signed
    std::vector<ReasonCount> outcomes;       ///< notes left, by reason
    std::vector<ReasonCount> slots;          ///< orders in hand, by state
    std::vector<ReasonCount> model_revenue;  ///< GPU model and whole dollars earned with it
    std::vector<OrderRow> recent;            ///< orders it bid on lately
    std::string programme;                   ///< it takes part in; empty = none
};

struct ValidatorRow {
    Key key = kNoKey;
    std::string name;
    std::string region;
    std::int64_t power = 0;
    double share = 0;  ///< of all power
    std::int64_t priority = 0;
    std::int64_t proposed = 0;  ///< blocks since the start
};

struct ValidatorsView {
    std::vector<ValidatorRow> validators;
    std::vector<std::uint16_t> proposers;  ///< of the last blocks, oldest first; at most 600
    std::int64_t first_height = 0;         ///< of `proposers`
    std::vector<float> block_seconds;      ///< between the same blocks
    std::int64_t transactions = 0;         ///< since the start
    std::int64_t failed = 0;
};

}  // namespace gui
