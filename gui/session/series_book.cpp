#include "gui/session/series_book.h"

#include "sim/assert.h"

#include <algorithm>

namespace gui {

namespace {

Extent extent_of(std::span<const double> values) {
    Extent out;
    for (const double value : values)
        out.add(value);
    return out;
}

}  // namespace

void Extent::add(double value) {
    least = count == 0 ? value : std::min(least, value);
    most = count == 0 ? value : std::max(most, value);
    sum += value;
    ++count;
}

void Extent::add(const Extent& other) {
    if (other.count == 0) return;
    least = count == 0 ? other.least : std::min(least, other.least);
    most = count == 0 ? other.most : std::max(most, other.most);
    sum += other.sum;
    count += other.count;
}

SeriesSheet::SeriesSheet(std::vector<SeriesLabel> labels)
    : labels_(std::make_shared<const std::vector<SeriesLabel>>(std::move(labels))) {
    open_.values.resize(labels_->size() * kLeaf);
}

std::span<const SeriesLabel> SeriesSheet::labels() const {
    return labels_ ? std::span<const SeriesLabel>(*labels_) : std::span<const SeriesLabel>();
}

const SeriesSheet::Leaf& SeriesSheet::leaf(std::size_t index) const {
    if (index < shelves_.size() * kShelf) return *shelves_[index / kShelf]->leaves[index % kShelf];
    index -= shelves_.size() * kShelf;
    return index < leaves_.size() ? *leaves_[index] : open_;
}

sim::SimTime SeriesSheet::time(std::size_t sample) const {
    return leaf(sample / kLeaf).times[sample % kLeaf];
}

double SeriesSheet::value(std::size_t sample, std::size_t column) const {
    const std::vector<double>& values = leaf(sample / kLeaf).values;
    const std::size_t place = column * kLeaf + sample % kLeaf;
    return place < values.size() ? values[place] : 0.0;
}

std::size_t SeriesSheet::samples_until(sim::SimTime at) const {
    std::size_t from = 0;
    std::size_t count = samples();
    while (count > 0) {
        const std::size_t half = count / 2;
        if (time(from + half) <= at) {
            from += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return from;
}

Extent SeriesSheet::extent(std::size_t column, std::size_t from, std::size_t to) const {
    constexpr std::size_t kPerShelf = kLeaf * kShelf;
    Extent out;
    while (from < to) {
        if (from % kPerShelf == 0 && from + kPerShelf <= to && from / kPerShelf < shelves_.size()) {
            const std::vector<Extent>& extents = shelves_[from / kPerShelf]->extents;
            out.add(column < extents.size() ? extents[column] : Extent{0, 0, 0, kPerShelf});
            from += kPerShelf;
        } else if (from % kLeaf == 0 && from + kLeaf <= to && from / kLeaf < full_leaves()) {
            const std::vector<Extent>& extents = leaf(from / kLeaf).extents;
            out.add(column < extents.size() ? extents[column] : Extent{0, 0, 0, kLeaf});
            from += kLeaf;
        } else {
            const std::size_t end = std::min(to, (from / kLeaf + 1) * kLeaf);
            for (; from < end; ++from)
                out.add(value(from, column));
        }
    }
    return out;
}

std::size_t SeriesSheet::bytes() const {
    const std::size_t columns = labels().size();
    return (full_leaves() + 1) * kLeaf * (columns + 1) * sizeof(double);
}

void SeriesSheet::add(sim::SimTime at, std::span<const double> values) {
    SIM_ASSERT(values.size() == labels().size(), "a value per column, got {}", values.size());
    SIM_ASSERT(samples() == 0 || time(samples() - 1) < at, "rising times, got {} ns", at.ns);
    const std::size_t place = open_.times.size();
    open_.times.push_back(at);
    for (std::size_t column = 0; column < values.size(); ++column)
        open_.values[column * kLeaf + place] = values[column];
    if (place + 1 == kLeaf) close_leaf();
}

void SeriesSheet::close_leaf() {
    const std::size_t columns = labels().size();
    for (std::size_t column = 0; column < columns; ++column) {
        open_.extents.push_back(
            extent_of(std::span<const double>(open_.values).subspan(column * kLeaf, kLeaf)));
    }
    leaves_.push_back(std::make_shared<const Leaf>(std::move(open_)));
    open_ = {};
    open_.values.resize(columns * kLeaf);
    if (leaves_.size() == kShelf) close_shelf();
}

void SeriesSheet::close_shelf() {
    Shelf shelf{.leaves = std::move(leaves_), .extents = std::vector<Extent>(labels().size())};
    leaves_.clear();
    for (const auto& leaf : shelf.leaves) {
        for (std::size_t column = 0; column < shelf.extents.size(); ++column) {
            shelf.extents[column].add(column < leaf->extents.size() ? leaf->extents[column]
                                                                    : Extent{0, 0, 0, kLeaf});
        }
    }
    shelves_.push_back(std::make_shared<const Shelf>(std::move(shelf)));
}

void SeriesSheet::cut(std::size_t kept) {
    if (kept >= samples()) return;
    const std::size_t full = kept / kLeaf;
    if (full < shelves_.size() * kShelf) {
        const std::size_t shelf = full / kShelf;
        std::vector<std::shared_ptr<const Leaf>> leaves = shelves_[shelf]->leaves;
        shelves_.resize(shelf);
        leaves_ = std::move(leaves);
    }
    if (full < full_leaves()) {
        open_ = leaf(full);
        open_.extents.clear();
        open_.values.resize(labels().size() * kLeaf);
        leaves_.resize(full - shelves_.size() * kShelf);
    }
    open_.times.resize(kept % kLeaf);
}

void SeriesSheet::add_column(SeriesLabel label) {
    std::vector<SeriesLabel> labels(this->labels().begin(), this->labels().end());
    labels.push_back(std::move(label));
    labels_ = std::make_shared<const std::vector<SeriesLabel>>(std::move(labels));
    open_.values.resize(labels_->size() * kLeaf);
}

std::vector<SeriesLabel> SeriesBook::labels() const {
    std::vector<SeriesLabel> out;
    for (const SeriesSheet& sheet : sheets_)
        out.insert(out.end(), sheet.labels().begin(), sheet.labels().end());
    return out;
}

std::optional<SeriesRef> SeriesBook::find(std::string_view name) const {
    for (std::uint32_t i = 0; i < sheets_.size(); ++i) {
        const std::span<const SeriesLabel> labels = sheets_[i].labels();
        for (std::uint32_t column = 0; column < labels.size(); ++column) {
            if (labels[column].name == name) return SeriesRef{.sheet = i, .column = column};
        }
    }
    return std::nullopt;
}

const SeriesLabel& SeriesBook::label(SeriesRef series) const {
    return sheets_[series.sheet].labels()[series.column];
}

std::size_t SeriesBook::samples(SeriesRef series) const {
    return sheets_[series.sheet].samples();
}

std::optional<Sample> SeriesBook::at(SeriesRef series, sim::SimTime when) const {
    const SeriesSheet& sheet = sheets_[series.sheet];
    const std::size_t until = sheet.samples_until(when);
    if (until == 0) return std::nullopt;
    return Sample{.at = sheet.time(until - 1), .value = sheet.value(until - 1, series.column)};
}

std::optional<Sample> SeriesBook::last(SeriesRef series) const {
    return at(series, sim::SimTime{INT64_MAX});
}

void SeriesBook::columns(SeriesRef series, const TimeRange& range, std::span<Extent> out) const {
    const SeriesSheet& sheet = sheets_[series.sheet];
    const std::size_t all = sheet.samples();
    const auto width = static_cast<sim::Int128>(range.to.ns) - range.from.ns + 1;
    const auto edge = [&](std::size_t column) {
        const sim::Int128 shift =
            width * static_cast<std::int64_t>(column) / static_cast<std::int64_t>(out.size());
        return sim::SimTime{range.from.ns + static_cast<std::int64_t>(shift) - 1};
    };
    std::size_t from = sheet.samples_until(edge(0));
    for (std::size_t column = 0; column < out.size(); ++column) {
        const std::size_t to = sheet.samples_until(edge(column + 1));
        out[column] = sheet.extent(series.column, from, to);
        if (out[column].count == 0 && from > 0 && from < all) {
            out[column].add(sheet.value(from - 1, series.column));
        }
        from = to;
    }
}

std::vector<Sample> SeriesBook::read(SeriesRef series,
                                     const TimeRange& range,
                                     std::size_t most) const {
    const SeriesSheet& sheet = sheets_[series.sheet];
    std::vector<Sample> out;
    const std::size_t to = sheet.samples_until(range.to);
    for (std::size_t i = sheet.samples_until(sim::SimTime{range.from.ns - 1}); i < to; ++i) {
        if (out.size() == most) break;
        out.push_back({.at = sheet.time(i), .value = sheet.value(i, series.column)});
    }
    return out;
}

std::size_t SeriesBook::bytes() const {
    std::size_t out = 0;
    for (const SeriesSheet& sheet : sheets_)
        out += sheet.bytes();
    return out;
}

std::uint32_t SeriesBook::add_sheet(SeriesSheet sheet) {
    sheets_.push_back(std::move(sheet));
    return static_cast<std::uint32_t>(sheets_.size() - 1);
}

}  // namespace gui
