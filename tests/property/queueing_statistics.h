// Means with honest error bars: values of one run depend on each other, so they are grouped into
// long batches whose means hardly do (method of batch means). A comparison with theory passes
// within 3.5 standard errors, which a right program misses once in 2,000 comparisons; seeds are
// fixed, so a test that has passed passes always. `precise` keeps a test from passing because its
// error bar is wide.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace statistics {

struct Estimate {
    double mean = 0;
    double error = 0;  ///< standard error of the mean
};

class BatchMeans {
  public:
    explicit BatchMeans(std::size_t batch_size) : batch_size_(batch_size) {}

    void add(double value) {
        sum_ += value;
        if (++count_ < batch_size_) return;
        means_.push_back(sum_ / static_cast<double>(batch_size_));
        sum_ = 0;
        count_ = 0;
    }

    /// An unfinished last batch is left out.
    [[nodiscard]] Estimate estimate() const {
        const auto n = static_cast<double>(means_.size());
        double mean = 0;
        for (const double m : means_)
            mean += m / n;
        double squares = 0;
        for (const double m : means_)
            squares += (m - mean) * (m - mean);
        return {mean, std::sqrt(squares / (n - 1) / n)};
    }

  private:
    std::size_t batch_size_;
    std::size_t count_ = 0;
    double sum_ = 0;
    std::vector<double> means_;
};

/// The estimate agrees with theory and is precise enough (standard error at most `precise` of it)
/// to say so.
inline testing::AssertionResult agrees(const Estimate& seen, double theory, double precise) {
    if (!(seen.error <= precise * std::abs(theory))) {
        return testing::AssertionFailure()
               << "the run is too short: standard error " << seen.error << " of " << theory;
    }
    if (std::abs(seen.mean - theory) > 3.5 * seen.error) {
        return testing::AssertionFailure()
               << "saw " << seen.mean << " +- " << seen.error << ", theory says " << theory;
    }
    return testing::AssertionSuccess();
}

}  // namespace statistics
