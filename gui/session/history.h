// What a run has left behind so far, by time: series, log, digests, prices, the heat-map's columns.
// It only grows, and outlasts going back: what was seen of the future stays known until an
// injection makes it another run, which takes a copy cut at the fork.
#pragma once

#include "gui/session/chunk_list.h"
#include "gui/session/model_run.h"
#include "gui/session/model_supply.h"
#include "gui/session/series_book.h"
#include "nodes/protocol/ids.h"
#include "scenarios/engine/event.h"
#include "scenarios/engine/recorded_run.h"
#include "scenarios/engine/world.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace gui {

/// A line of the log before it is words: small, because most are never read. Who did it is found
/// when it is read.
struct LogRecord {
    enum class What : std::uint8_t {
        kText,  ///< `text` says it
        kOrderOpen,
        kOrderClosed,
        kBid,
        kLease,
        kLeaseEnded,
        kDeployment,
        kDeploymentEnded,
        kTopUp,
        kOverdrawn,
        kJoined,
        kRefused,
    };

    static constexpr std::uint32_t kNoText = 0xFFFF'FFFF;

    std::uint64_t event = 0;  ///< how many events had been done
    sim::SimTime at;
    std::int64_t amount = 0;  ///< prices are in millionths of a micro-unit
    std::uint64_t dseq = 0;
    nodes::Address owner;  ///< the signer of what was refused
    std::uint32_t gseq = 0;
    std::uint32_t oseq = 0;
    nodes::Address provider;  ///< who joined
    std::uint32_t height = 0;
    std::uint32_t text = kNoText;  ///< number of its text
    nodes::Denom denom;            ///< of the amount
    LogKind kind = LogKind::kAction;
    Severity severity = Severity::kNormal;
    What what = What::kText;

    [[nodiscard]] nodes::OrderId order() const { return {owner, dseq, gseq, oseq}; }

    /// Nobody's where it is only text.
    [[nodiscard]] bool has_actor() const { return what != What::kText; }

    [[nodiscard]] nodes::Address actor() const {
        const bool of_provider = what == What::kBid || what == What::kLease ||
                                 what == What::kLeaseEnded || what == What::kJoined;
        return of_provider ? provider : owner;
    }
};

static_assert(sizeof(LogRecord) == 64 && std::is_trivially_copyable_v<LogRecord>);

/// What to log.
struct LogEntry {
    LogKind kind = LogKind::kAction;
    Severity severity = Severity::kNormal;
    LogRecord::What what = LogRecord::What::kText;
    nodes::BidId id{};
    std::int64_t amount = 0;
    nodes::Denom denom{};
    std::string_view text{};
};

/// What one card cost per hour in a lease that was made.
struct LeasePrice {
    std::uint64_t event = 0;
    sim::SimTime at;
    std::uint32_t model = 0;  ///< row of the tally's models
    double usd_card_hour = 0;
};

/// Each provider's share in use at one moment, in halves of a per cent.
struct HeatColumn {
    sim::SimTime at;
    std::vector<std::uint8_t> cells;
};

/// An expectation that failed, when it was first seen.
struct CheckFailure {
    sim::SimTime at;
    std::string title;
};

class History {
  public:
    static constexpr std::size_t kLogMax = 200'000;
    static constexpr std::size_t kPricesMax = 400'000;
    static constexpr std::size_t kDigestsMax = 4'000'000;
    static constexpr std::size_t kHeatMax = 480;        ///< columns; then every second one goes
    static constexpr std::int64_t kBlockRows = 50'000;  ///< rows of the blocks' sheet, about

    explicit History(const scenarios::World& world);

    /// The run has been at this moment and with so many events.
    [[nodiscard]] sim::SimTime reached() const { return reached_; }

    [[nodiscard]] std::uint64_t events() const { return events_; }

    void reach(const scenarios::World& world);

    [[nodiscard]] const SeriesBook& book() const { return book_; }

    [[nodiscard]] const ChunkList<LogRecord>& log() const { return log_; }

    [[nodiscard]] const ChunkList<LeasePrice>& prices() const { return prices_; }

    [[nodiscard]] const ChunkList<scenarios::DigestRow>& digests() const { return digests_; }

    [[nodiscard]] const std::vector<std::shared_ptr<const HeatColumn>>& heat() const {
        return heat_;
    }

    [[nodiscard]] const std::vector<CheckFailure>& failures() const { return failures_; }

    /// The text of a record; empty when it has none.
    [[nodiscard]] std::string text_of(const LogRecord& record) const;

    // Growing; only for what lies beyond events().
    void log(const scenarios::World& world, const LogEntry& entry);

    void price(const LeasePrice& price) { prices_.push(price); }

    void failed(CheckFailure failure) { failures_.push_back(std::move(failure)); }

    void sampled(const scenarios::World& world);
    void block(const scenarios::World& world, const scenarios::BlockSeen& seen);

    /// Forgets what lies beyond the present of a world that will go another way, and takes on the
    /// series of its new plan.
    void fork(const scenarios::World& world);

    [[nodiscard]] std::size_t bytes() const;

  private:
    static constexpr std::uint32_t kSamples = 0;  ///< sheets
    static constexpr std::uint32_t kBlocks = 1;

    std::uint32_t number_of(std::string_view text);
    std::uint32_t add_text(std::string_view text);
    void heat_column(const scenarios::World& world);

    sim::SimTime reached_;
    std::uint64_t events_ = 0;
    SeriesBook book_;
    ChunkList<LogRecord> log_{kLogMax};
    ChunkList<std::string, 64> texts_{kLogMax};
    boost::unordered_flat_map<std::string, std::uint32_t> known_texts_;  ///< the same come often
    std::string last_text_;  ///< and one after the other
    std::uint32_t last_number_ = LogRecord::kNoText;
    ChunkList<LeasePrice> prices_{kPricesMax};
    ChunkList<scenarios::DigestRow> digests_{kDigestsMax};
    std::vector<std::shared_ptr<const HeatColumn>> heat_;
    std::size_t heat_every_ = 1;  ///< samples
    std::vector<CheckFailure> failures_;

    // The row of the blocks' sheet that is being gathered.
    struct BlockRow {
        std::int64_t blocks = 0;
        std::int64_t transactions = 0;
        std::int64_t failed = 0;
        double gas = 0;
        sim::SimTime since;
        std::uint64_t events_before = 0;
    };

    BlockRow gathering_;
    std::int64_t blocks_per_row_ = 1;
};

/// First block whose digests differ, from two runs with a common past.
struct Divergence {
    bool found = false;
    sim::Height height;       ///< the first that differs
    sim::Height equal_up_to;  ///< 0 = from the start
    std::string part;         ///< "market"
};

Divergence first_divergence(const History& a, const History& b);

}  // namespace gui
