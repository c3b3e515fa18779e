// History as numbers: named series in sheets of common times, each a pyramid of minima, maxima and
// sums. Finished parts are immutable and shared, so that a copy of a book, for the window or for a
// branch, costs a few pointers and no samples. Appending and cutting are for the one who owns it.
#pragma once

#include "gui/session/model_frame.h"
#include "sim/units.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

/// "gpu_utilization/a100", unit "share". The time of a sample is simulated time.
struct SeriesLabel {
    std::string name;
    std::string unit;
    std::string about;
};

/// Names a series of the book it was asked from, and of every copy of that book.
struct SeriesRef {
    std::uint32_t sheet = 0;
    std::uint32_t column = 0;
};

struct Sample {
    sim::SimTime at;
    double value = 0;
};

/// All samples of a pixel column taken together; `count` 0 = none, the rest is then meaningless.
struct Extent {
    double least = 0;
    double most = 0;
    double sum = 0;
    std::uint64_t count = 0;

    [[nodiscard]] double mean() const { return sum / static_cast<double>(count); }

    void add(double value);
    void add(const Extent& other);
};

/// Series that are sampled together.
class SeriesSheet {
  public:
    static constexpr std::size_t kLeaf = 128;   ///< samples
    static constexpr std::size_t kShelf = 128;  ///< leaves

    SeriesSheet() = default;
    explicit SeriesSheet(std::vector<SeriesLabel> labels);

    [[nodiscard]] std::span<const SeriesLabel> labels() const;

    [[nodiscard]] std::size_t samples() const { return full_leaves() * kLeaf + open_.times.size(); }

    [[nodiscard]] sim::SimTime time(std::size_t sample) const;
    [[nodiscard]] double value(std::size_t sample, std::size_t column) const;
    /// How many samples are not later than this.
    [[nodiscard]] std::size_t samples_until(sim::SimTime at) const;
    /// Of the samples [from, to).
    [[nodiscard]] Extent extent(std::size_t column, std::size_t from, std::size_t to) const;
    [[nodiscard]] std::size_t bytes() const;

    /// A value per column; times rise.
    void add(sim::SimTime at, std::span<const double> values);
    /// Keeps the first `count` samples.
    void cut(std::size_t count);
    /// One more column, 0 for all samples so far.
    void add_column(SeriesLabel label);

  private:
    /// So many samples, column by column; columns added later are not in it.
    struct Leaf {
        std::vector<sim::SimTime> times;
        std::vector<double> values;  ///< column * kLeaf + place
        std::vector<Extent> extents;
    };

    struct Shelf {
        std::vector<std::shared_ptr<const Leaf>> leaves;
        std::vector<Extent> extents;
    };

    [[nodiscard]] const Leaf& leaf(std::size_t index) const;

    [[nodiscard]] std::size_t full_leaves() const {
        return shelves_.size() * kShelf + leaves_.size();
    }

    void close_leaf();
    void close_shelf();

    std::shared_ptr<const std::vector<SeriesLabel>> labels_;
    std::vector<std::shared_ptr<const Shelf>> shelves_;  ///< full ones
    std::vector<std::shared_ptr<const Leaf>> leaves_;    ///< full ones after them
    Leaf open_;
};

class SeriesBook {
  public:
    /// Every series of every sheet.
    [[nodiscard]] std::vector<SeriesLabel> labels() const;
    [[nodiscard]] std::optional<SeriesRef> find(std::string_view name) const;
    [[nodiscard]] const SeriesLabel& label(SeriesRef series) const;
    [[nodiscard]] std::size_t samples(SeriesRef series) const;
    /// The last sample not later than this; nullopt before the first.
    [[nodiscard]] std::optional<Sample> at(SeriesRef series, sim::SimTime when) const;
    [[nodiscard]] std::optional<Sample> last(SeriesRef series) const;

    /// Splits the range evenly into out.size() pixel columns. A column without a sample of its own
    /// holds the last value before it (count 1), so that lines have no gaps; before the first
    /// sample count is 0, after the last one too.
    void columns(SeriesRef series, const TimeRange& range, std::span<Extent> out) const;
    /// The samples of a range, every one, at most `most`.
    [[nodiscard]] std::vector<Sample> read(SeriesRef series,
                                           const TimeRange& range,
                                           std::size_t most = 1'000'000) const;

    [[nodiscard]] std::size_t bytes() const;

    // For the owner.
    std::uint32_t add_sheet(SeriesSheet sheet);

    [[nodiscard]] SeriesSheet& sheet(std::uint32_t index) { return sheets_[index]; }

    [[nodiscard]] const SeriesSheet& sheet(std::uint32_t index) const { return sheets_[index]; }

  private:
    std::vector<SeriesSheet> sheets_;
};

}  // namespace gui
