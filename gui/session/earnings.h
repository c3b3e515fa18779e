// What each provider and tenant has earned and spent so far, in dollars at the price of the moment:
// in all, by GPU model, and over the last day by hours. Laid out so that a payment touches few
// places in memory, because there are many and each comes unexpected.
#pragma once

#include "sim/units.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace gui {

/// By an agent's place in the world's list.
class Sums {
  public:
    void add(std::size_t agent, double usd) {
        if (agent >= usd_.size()) usd_.resize(agent + 1);
        usd_[agent] += usd;
    }

    [[nodiscard]] double of(std::size_t agent) const {
        return agent < usd_.size() ? usd_[agent] : 0;
    }

    void clear() { std::fill(usd_.begin(), usd_.end(), 0); }

    [[nodiscard]] std::size_t bytes() const { return usd_.capacity() * sizeof(double); }

  private:
    std::vector<double> usd_;
};

/// Of providers: by model and by hour.
class Earnings {
  public:
    static constexpr std::int64_t kHours = 24;

    /// `model` is the row of the tally's models + 1; 0 without cards.
    void add(std::size_t agent, std::size_t model, sim::SimTime at, double usd) {
        if (model >= models_) grow(model + 1);
        const std::size_t cell = agent * models_ + model;
        if (cell >= by_model_.size()) by_model_.resize((agent + 1) * models_);
        by_model_[cell] += usd;
        if (const std::int64_t hour = hour_of(at); hour > hour_) roll(hour);
        by_hour_.at(place(hour_)).add(agent, usd);
    }

    [[nodiscard]] double all(std::size_t agent) const {
        if ((agent + 1) * models_ > by_model_.size()) return 0;
        const auto first = by_model_.begin() + static_cast<std::ptrdiff_t>(agent * models_);
        return std::accumulate(first, first + static_cast<std::ptrdiff_t>(models_), 0.0);
    }

    /// Of the 24 hours before the end of the hour of `now`.
    [[nodiscard]] double day(std::size_t agent, sim::SimTime now) const {
        double out = 0;
        for (std::int64_t hour = std::max<std::int64_t>(0, hour_of(now) - kHours + 1);
             hour <= hour_;
             ++hour)
            out += by_hour_.at(place(hour)).of(agent);
        return out;
    }

    [[nodiscard]] double of_model(std::size_t agent, std::size_t model) const {
        const std::size_t cell = agent * models_ + model;
        return model < models_ && cell < by_model_.size() ? by_model_[cell] : 0;
    }

    [[nodiscard]] std::size_t bytes() const {
        std::size_t out = by_model_.capacity() * sizeof(double);
        for (const Sums& hour : by_hour_)
            out += hour.bytes();
        return out;
    }

  private:
    static std::int64_t hour_of(sim::SimTime at) { return at.ns / 3'600'000'000'000; }

    static std::size_t place(std::int64_t hour) { return static_cast<std::size_t>(hour % kHours); }

    /// Room for more models, a few at a time.
    void grow(std::size_t least) {
        constexpr std::size_t kStep = 8;
        const std::size_t models = (least + kStep - 1) / kStep * kStep;
        const std::size_t agents = models_ == 0 ? 0 : by_model_.size() / models_;
        std::vector<double> grown(agents * models);
        for (std::size_t agent = 0; agent < agents; ++agent) {
            for (std::size_t model = 0; model < models_; ++model)
                grown[agent * models + model] = by_model_[agent * models_ + model];
        }
        by_model_ = std::move(grown);
        models_ = models;
    }

    void roll(std::int64_t hour) {
        hour_ = std::max(hour_, hour - kHours);
        while (hour_ < hour)
            by_hour_.at(place(++hour_)).clear();
    }

    std::size_t models_ = 0;        ///< cells of one agent
    std::vector<double> by_model_;  ///< agent * models_ + model
    std::array<Sums, kHours> by_hour_;
    std::int64_t hour_ = 0;  ///< the newest
};

}  // namespace gui
