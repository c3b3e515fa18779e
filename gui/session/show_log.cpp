#include "gui/session/show.h"
#include "scenarios/engine/denoms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace gui {

namespace {

/// Words are made for so many records at most, counted from the newest.
constexpr std::size_t kLookedMax = 20'000;

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return out;
}

/// "foundry, -declined": one of the words must be there, and none of those with a minus.
class Words {
  public:
    explicit Words(std::string_view filter) {
        while (!filter.empty()) {
            const std::size_t comma = std::min(filter.find(','), filter.size());
            std::string word = lower(filter.substr(0, comma));
            filter.remove_prefix(std::min(comma + 1, filter.size()));
            word.erase(0, word.find_first_not_of(' '));
            word.erase(word.find_last_not_of(' ') + 1);
            if (word.empty() || word == "-") continue;
            (word[0] == '-' ? without_ : with_).push_back(word[0] == '-' ? word.substr(1) : word);
        }
    }

    [[nodiscard]] bool any() const { return !with_.empty() || !without_.empty(); }

    [[nodiscard]] bool pass(const LogRow& row) const {
        const std::string text = lower(row.actor + " " + row.text);
        const auto found = [&](const std::string& word) {
            return text.find(word) != std::string::npos;
        };
        if (std::any_of(without_.begin(), without_.end(), found)) return false;
        return with_.empty() || std::any_of(with_.begin(), with_.end(), found);
    }

  private:
    std::vector<std::string> with_;
    std::vector<std::string> without_;
};

std::string_view denom_text(const Shown& shown, const LogRecord& record) {
    return scenarios::short_denom(shown.world.chain().names().denoms.text(record.denom));
}

/// Of millionths of a micro-unit.
std::string price_text(const Shown& shown, const LogRecord& record) {
    const double price = static_cast<double>(record.amount) / 1e6;
    return fmt::format("{:.6g} {}", price, denom_text(shown, record));
}

std::string record_text(const Shown& shown, const LogRecord& record) {
    using What = LogRecord::What;
    const std::string order = order_text(shown.world, record.order());
    const std::string deployment =
        fmt::format("{}/{}", name_of(shown.world, record.owner), record.dseq);
    switch (record.what) {
        case What::kText:
            return shown.history.text_of(record);
        case What::kOrderOpen:
            return fmt::format("order {} is open", order);
        case What::kOrderClosed:
            return record.amount == 0
                       ? fmt::format("order {} closed without a bid", order)
                       : fmt::format(
                             "order {} closed, none of {} bids taken", order, record.amount);
        case What::kBid:
            return fmt::format("bids {} a block on {}", price_text(shown, record), order);
        case What::kLease:
            return fmt::format("leased for {} a block to {}", price_text(shown, record), order);
        case What::kLeaseEnded:
            return fmt::format("lease of {} ended", order);
        case What::kDeployment:
            return fmt::format("deployment {}", deployment);
        case What::kDeploymentEnded:
            return fmt::format("deployment {} closed", deployment);
        case What::kTopUp:
            return fmt::format("adds {} {} to the escrow of {}",
                               grouped(record.amount),
                               denom_text(shown, record),
                               deployment);
        case What::kOverdrawn:
            return fmt::format("escrow of {} is used up", deployment);
        case What::kJoined:
            return "joins";
        case What::kRefused:
            return fmt::format(
                "refused with code {}: {}", record.amount, shown.history.text_of(record));
    }
    return {};
}

LogRow row_of(const Shown& shown, const LogRecord& record, std::uint64_t number) {
    LogRow row{.number = number, .at = record.at, .height = record.height};
    row.kind = record.kind;
    row.severity = record.severity;
    if (record.has_actor()) {
        const scenarios::AgentRef actor = shown.world.agent_with(record.actor());
        if (!actor.nobody()) row.actor = shown.world.seat(actor).name;
    }
    row.text = record_text(shown, record);
    if (record.oseq != 0) row.order = key_of(record.order());
    return row;
}

bool passes(const Shown& shown, const LogRecord& record) {
    const LogFilter& filter = shown.interest.log;
    if ((filter.kinds >> static_cast<unsigned>(record.kind) & 1U) == 0) return false;
    if (record.severity < filter.least) return false;
    const TimeRange& range = shown.interest.range;
    return !filter.in_range || range.to <= range.from ||
           (record.at >= range.from && record.at <= range.to);
}

}  // namespace

void show_log(const Shown& shown, LogView& view) {
    const ChunkList<LogRecord>& log = shown.history.log();
    const Words words(shown.interest.log.text);
    view.kept = log.size();
    view.dropped = log.dropped();
    std::size_t at = log.count_while(
        [&](const LogRecord& record) { return record.event <= shown.world.events(); });
    const std::size_t last = at > kLookedMax ? at - kLookedMax : 0;
    while (at > last) {
        const LogRecord& record = log[--at];
        if (!passes(shown, record)) continue;
        const bool full = view.rows.size() >= shown.interest.log.rows;
        if (full && !words.any()) {
            ++view.matched;
            continue;
        }
        LogRow row = row_of(shown, record, log.dropped() + at);
        if (words.any() && !words.pass(row)) continue;
        ++view.matched;
        if (!full) view.rows.push_back(std::move(row));
    }
    std::reverse(view.rows.begin(), view.rows.end());
}

}  // namespace gui
