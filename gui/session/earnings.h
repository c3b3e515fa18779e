// What each provider and tenant has earned and spent so far, in dollars at the price of the moment:
// in all, by GPU model, and over the last day by hours.
#pragma once

#include "sim/units.h"

#include <array>
#include <cstdint>
#include <vector>

namespace gui {

/// A sum in all and over the last 24 hours, hour by hour.
class DaySum {
  public:
    void add(sim::SimTime at, double usd) {
        roll(hour_of(at));
        all_ += usd;
        hours_[static_cast<std::size_t>(hour_ % kHours)] += usd;
    }

    [[nodiscard]] double all() const { return all_; }

    /// Of the 24 hours before the end of the hour of `now`.
    [[nodiscard]] double day(sim::SimTime now) const {
        double out = 0;
        const std::int64_t hour = hour_of(now);
        for (std::int64_t h = 0; h < kHours; ++h) {
            const std::int64_t at = hour_ - h;
            if (at >= 0 && at > hour - kHours) out += hours_[static_cast<std::size_t>(at % kHours)];
        }
        return out;
    }

  private:
    static constexpr std::int64_t kHours = 24;

    static std::int64_t hour_of(sim::SimTime at) { return at.ns / 3'600'000'000'000; }

    void roll(std::int64_t hour) {
        for (; hour_ < hour; ++hour_) {
            if (hour - hour_ > kHours) hour_ = hour - kHours;
            hours_[static_cast<std::size_t>((hour_ + 1) % kHours)] = 0;
        }
    }

    double all_ = 0;
    std::array<double, kHours> hours_{};
    std::int64_t hour_ = 0;
};

/// By an agent's place in the world's list.
class Earnings {
  public:
    void add(std::size_t agent, std::size_t model, sim::SimTime at, double usd) {
        if (agent >= rows_.size()) rows_.resize(agent + 1);
        Row& row = rows_[agent];
        row.sum.add(at, usd);
        if (model >= row.by_model.size()) row.by_model.resize(model + 1);
        row.by_model[model] += usd;
    }

    [[nodiscard]] double all(std::size_t agent) const {
        return agent < rows_.size() ? rows_[agent].sum.all() : 0;
    }

    [[nodiscard]] double day(std::size_t agent, sim::SimTime now) const {
        return agent < rows_.size() ? rows_[agent].sum.day(now) : 0;
    }

    /// `model` is the row of the tally's models + 1; 0 without cards.
    [[nodiscard]] double of_model(std::size_t agent, std::size_t model) const {
        if (agent >= rows_.size() || model >= rows_[agent].by_model.size()) return 0;
        return rows_[agent].by_model[model];
    }

    [[nodiscard]] std::size_t bytes() const { return rows_.size() * (sizeof(Row) + 80); }

  private:
    struct Row {
        DaySum sum;
        std::vector<double> by_model;
    };

    std::vector<Row> rows_;
};

}  // namespace gui
