#include "gui/session/history.h"

#include "gui/session/words.h"
#include "scenarios/engine/recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {

namespace {

SeriesLabel label_of(const std::string& name) {
    const auto metric = scenarios::metric_named(name);
    if (!metric) return {.name = name, .unit = {}, .about = {}};
    const scenarios::Metric& known = scenarios::metrics()[*metric];
    return {.name = name, .unit = std::string{known.unit}, .about = std::string{known.about}};
}

SeriesSheet samples_sheet(const scenarios::World& world) {
    std::vector<SeriesLabel> labels;
    for (const std::string& name : world.series().names())
        labels.push_back(label_of(name));
    return SeriesSheet(std::move(labels));
}

SeriesSheet blocks_sheet() {
    return SeriesSheet({{"block_seconds", "s", "time between two blocks"},
                        {"block_transactions", "transactions", "transactions in a block"},
                        {"block_failed", "transactions", "refused ones among them"},
                        {"block_gas", "gas", "gas used by a block"},
                        {"block_events", "events", "events of the simulation per block"}});
}

}  // namespace

History::History(const scenarios::World& world) {
    book_.add_sheet(samples_sheet(world));
    book_.add_sheet(blocks_sheet());
    const scenarios::Scenario& scenario = world.scenario();
    const std::int64_t blocks = scenario.run_for.ns / scenario.block.interval.ns;
    blocks_per_row_ = std::max<std::int64_t>(1, (blocks + kBlockRows - 1) / kBlockRows);
}

void History::reach(const scenarios::World& world) {
    if (world.events() < events_) return;
    events_ = world.events();
    reached_ = std::max(reached_, world.now());
}

void History::sampled(const scenarios::World& world) {
    const scenarios::Series& series = world.series();
    const std::size_t last = series.samples() - 1;
    std::vector<double> row(series.names().size());
    for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = series.value(last, i);
    book_.sheet(kSamples).add(series.time(last), row);
    if (last % heat_every_ == 0) heat_column(world);
}

void History::heat_column(const scenarios::World& world) {
    auto column = std::make_shared<HeatColumn>();
    column->at = world.now();
    for (const providers::Provider& provider : world.providers()) {
        const double share = provider.online() ? utilization_of(provider) : -1;
        column->cells.push_back(share < 0 ? HeatMap::kAbsent
                                          : static_cast<std::uint8_t>(share * 200 + 0.5));
    }
    heat_.push_back(std::move(column));
    if (heat_.size() < kHeatMax) return;
    std::vector<std::shared_ptr<const HeatColumn>> kept;
    for (std::size_t i = 0; i < heat_.size(); i += 2)
        kept.push_back(std::move(heat_[i]));
    heat_ = std::move(kept);
    heat_every_ *= 2;
}

void History::block(const scenarios::World& world, const scenarios::BlockSeen& seen) {
    if (seen.transactions > 0 || seen.height.value % scenarios::kDigestEvery == 0) {
        digests_.push(scenarios::digest_row(seen.height, world.digests()));
    }
    ++gathering_.blocks;
    gathering_.transactions += seen.transactions;
    gathering_.failed += seen.failed;
    gathering_.gas += static_cast<double>(seen.gas_used);
    if (seen.height.value % blocks_per_row_ != 0) return;
    const auto blocks = static_cast<double>(gathering_.blocks);
    const std::uint64_t events = world.events() - gathering_.events_before;
    const std::array<double, 5> row{(seen.at - gathering_.since).to_seconds() / blocks,
                                    static_cast<double>(gathering_.transactions) / blocks,
                                    static_cast<double>(gathering_.failed) / blocks,
                                    gathering_.gas / blocks,
                                    static_cast<double>(events) / blocks};
    book_.sheet(kBlocks).add(seen.at, row);
    gathering_ = {.since = seen.at, .events_before = world.events()};
}

std::string History::text_of(const LogRecord& record) const {
    const bool kept = record.text != LogRecord::kNoText && record.text >= texts_.dropped();
    if (!kept) return {};
    const std::size_t place = record.text - texts_.dropped();
    return place < texts_.size() ? texts_[place] : std::string{};
}

std::uint32_t History::number_of(std::string_view text) {
    const bool kept = last_number_ != LogRecord::kNoText && last_number_ >= texts_.dropped();
    if (kept && last_text_ == text) return last_number_;
    last_number_ = add_text(text);
    last_text_ = text;
    return last_number_;
}

std::uint32_t History::add_text(std::string_view text) {
    constexpr std::size_t kKnown = 1'000;
    const std::string key{text};
    const auto known = known_texts_.find(key);
    if (known != known_texts_.end() && known->second >= texts_.dropped()) return known->second;
    const auto number = static_cast<std::uint32_t>(texts_.dropped() + texts_.size());
    texts_.push(key);
    if (known_texts_.size() >= kKnown) known_texts_.clear();
    known_texts_[key] = number;
    return number;
}

void History::log(const scenarios::World& world, const LogEntry& entry) {
    LogRecord record{.event = world.events(),
                     .at = world.now(),
                     .amount = entry.amount,
                     .dseq = entry.id.dseq,
                     .owner = entry.id.owner,
                     .gseq = entry.id.gseq,
                     .oseq = entry.id.oseq,
                     .provider = entry.id.provider,
                     .height = static_cast<std::uint32_t>(world.height().value),
                     .denom = entry.denom,
                     .kind = entry.kind,
                     .severity = entry.severity,
                     .what = entry.what};
    if (!entry.text.empty()) record.text = number_of(entry.text);
    log_.push(record);
}

void History::fork(const scenarios::World& world) {
    const std::uint64_t events = world.events();
    log_.cut(log_.count_while([&](const LogRecord& r) { return r.event <= events; }));
    prices_.cut(prices_.count_while([&](const LeasePrice& p) { return p.event <= events; }));
    digests_.cut(digests_.count_while(
        [&](const scenarios::DigestRow& row) { return row.height <= world.height(); }));
    SeriesSheet& samples = book_.sheet(kSamples);
    samples.cut(world.series().samples());
    for (const std::string& name : world.series().names()) {
        if (!book_.find(name)) samples.add_column(label_of(name));
    }
    book_.sheet(kBlocks).cut(static_cast<std::size_t>(world.height().value / blocks_per_row_));
    const sim::SimTime last =
        samples.samples() == 0 ? sim::SimTime{} : samples.time(samples.samples() - 1);
    std::erase_if(heat_, [&](const auto& column) { return column->at > last; });
    std::erase_if(failures_, [&](const CheckFailure& failure) { return failure.at > last; });
    // The row that is being gathered begins anew.
    if (events < events_) gathering_ = {.since = world.now(), .events_before = events};
    events_ = events;
    reached_ = world.now();
}

std::size_t History::bytes() const {
    std::size_t out = book_.bytes() + log_.bytes() + prices_.bytes() + digests_.bytes();
    for (const auto& column : heat_)
        out += column->cells.capacity() + sizeof(HeatColumn);
    return out;
}

Divergence first_divergence(const History& a, const History& b) {
    const auto& left = a.digests();
    const auto& right = b.digests();
    const std::size_t common = std::min(left.size(), right.size());
    // A rolling digest that differs once differs for good.
    std::size_t from = 0;
    std::size_t count = common;
    while (count > 0) {
        const std::size_t half = count / 2;
        if (left[from + half] == right[from + half]) {
            from += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    Divergence out;
    if (from == common) return out;
    out.found = true;
    out.height = std::min(left[from].height, right[from].height);
    if (from > 0) out.equal_up_to = left[from - 1].height;
    out.part = left[from].height == right[from].height
                   ? scenarios::differing_part(left[from], right[from])
                   : "chain";
    return out;
}

}  // namespace gui
