// The market screen and the overview's cards: orders with their auctions, and for each provider in
// words why it bid or did not.
#pragma once

#include "gui/session/model_frame.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace gui {

/// A card of the overview. `series` names what the spark line shows over the last 24 hours.
struct Card {
    std::string title;   ///< "GPUs leased"
    std::string value;   ///< "312 of 400"
    std::string unit;    ///< "cards"; empty when the value says it
    std::string change;  ///< "+12 in 24 h", "-3 %"; empty while a day has not passed
    int direction = 0;   ///< of the change: -1, 0, 1
    std::string series;
    std::string detail;  ///< a second line, as the models' prices
};

enum class OrderStage : std::uint8_t { kOpen, kLeased, kClosedUnfilled };

/// Prices: `usd_hour` is dollars an hour for the whole group at the present AKT price; `per_block`
/// is micro-units of the order's denomination per block.
struct Price {
    double usd_hour = 0;
    double per_block = 0;
};

/// A reason and how many providers left it.
struct ReasonCount {
    std::string text;
    std::int64_t count = 0;
};

struct OrderRow {
    Key key = kNoKey;
    std::string id;      ///< "tenant/dseq/gseq/oseq"
    std::string tenant;  ///< name
    Key tenant_key = kNoKey;
    std::string wants;  ///< "2 x a100, 16 CPU, 64 GiB, 100 GiB disk"
    std::string model;  ///< GPU model; "*" any, empty without cards
    std::int64_t gpus = 0;
    std::string region;  ///< wanted; empty = any
    std::string denom;   ///< "uakt", "uusdc"
    Price maximum;
    Price best;  ///< lowest bid; 0 without bids
    std::int64_t bids = 0;
    std::int64_t asked = 0;  ///< providers that heard of it
    std::int64_t age_blocks = 0;
    sim::SimTime created;
    OrderStage stage = OrderStage::kOpen;
    std::string state;                     ///< "open", "leased to foundry/3", "closed, no lease"
    std::vector<ReasonCount> top_reasons;  ///< at most three, when nobody bid
};

/// How one provider answered.
enum class AnswerKind : std::uint8_t { kWon, kBid, kLost, kDeclined, kSilent };

/// Where in the funnel a provider fell out; kWon = it did not.
enum class Funnel : std::uint8_t { kAsked, kMatched, kHadCapacity, kPriced, kBidInTime, kWon };
inline constexpr std::size_t kFunnelStages = 6;

struct AnswerRow {
    Key provider = kNoKey;
    std::string name;
    std::string region;
    bool audited = false;
    AnswerKind kind = AnswerKind::kSilent;
    Price price;                        ///< 0 where there is no bid
    Funnel reached = Funnel::kAsked;    ///< the last stage it stood
    std::string reason;                 ///< one of the fixed list; empty while undecided
    std::string words;                  ///< "wants 2 cards, has 1 free": the numbers that decided
    sim::SimTime at;                    ///< of the answer
    std::int64_t block_in_auction = 0;  ///< blocks since the order, for the ladder's animation
};

struct FunnelStage {
    std::string title;                ///< "had capacity"
    std::int64_t count = 0;           ///< providers that got so far
    std::vector<std::string> names;   ///< of them, at most 200
    std::vector<std::string> fallen;  ///< who stopped here, with the reason, at most 200
};

struct AuctionView {
    bool shown = false;  ///< an order is selected and still remembered
    std::string note;    ///< says why not, when not
    OrderRow order;
    std::vector<std::string> resources;   ///< one line per unit of the group
    std::vector<std::string> attributes;  ///< wanted, "region=us-west"; auditors
    std::vector<AnswerRow> bids;          ///< by price, winner among them
    std::vector<AnswerRow> others;        ///< by reason, then name
    Key winner = kNoKey;                  ///< provider
    std::string criterion;                ///< what the tenant chose by
    std::int64_t blocks_open = 0;         ///< so far, or in all when decided
    sim::SimTime choice_at;               ///< when the tenant will choose; 0 when not known
    std::int64_t blocks_left = -1;        ///< until then; -1 = not known
    std::array<FunnelStage, kFunnelStages> funnel;
};

/// Free cards of the chosen model at what their provider would ask, cheapest first.
struct CapacityStep {
    Key provider = kNoKey;
    std::string name;
    std::string region;
    double usd_card_hour = 0;  ///< of its latest bid for that model; 0 = it has made none
    std::int64_t free = 0;     ///< cards
    std::int64_t leased = 0;
};

/// Prices of one card-hour in the leases of a period.
struct Candle {
    TimeRange range;
    double open = 0, high = 0, low = 0, close = 0;  ///< USD per card-hour
    std::int64_t leases = 0;
};

struct PriceLevel {
    double usd_card_hour = 0;
    std::int64_t leases = 0;
};

struct MarketView {
    std::vector<OrderRow> orders;  ///< open ones first, newest first; then the recently closed
    std::int64_t open = 0;
    std::int64_t open_without_bids = 0;
    std::int64_t forgotten = 0;  ///< closed orders that are not kept any more
    std::vector<std::string> models;
    std::string model;  ///< of what follows
    std::vector<CapacityStep> capacity;
    std::vector<Candle> candles;      ///< of `model`, by time
    std::vector<PriceLevel> profile;  ///< leases of `model` at each price
    AuctionView auction;
};

}  // namespace gui
