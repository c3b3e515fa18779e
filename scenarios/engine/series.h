// Time series of the run: the columns that can be asked for, and the samples taken so far.
// Expectations, the recorder and the report read them; agents never do.
#pragma once

#include "sim/units.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios {

class YamlValue;

/// What a metric is also kept for: one GPU model ("gpu_utilization/a100"), one group of providers
/// ("providers_online/foundry") or one programme ("programme_units/airdrop").
enum class Scope : std::uint8_t { kAll, kModel, kGroup, kProgramme };

struct Metric {
    std::string_view name;
    std::string_view unit;
    Scope scope = Scope::kAll;
    std::string_view about;
};

std::span<const Metric> metrics();
/// Position in metrics(); nullopt for an unknown name. The part after '/' is left out of account.
std::optional<std::size_t> metric_named(std::string_view name);

/// "coins_conserved", "invariants": what an expectation may name besides series.
bool is_invariant_name(std::string_view name);

/// Throws LoadError at `value` when the name is neither a series nor an invariant.
void check_series_name(const YamlValue& value, const std::string& name);

class Series {
  public:
    Series() = default;

    explicit Series(std::vector<std::string> names) : names_(std::move(names)) {}

    /// Keeps the series of these names from here on; new ones were 0 so far.
    void rename(std::vector<std::string> names);
    /// One value per name, in order. Times rise.
    void add(sim::SimTime at, std::span<const double> values);

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

    [[nodiscard]] std::size_t samples() const { return times_.size(); }

    [[nodiscard]] sim::SimTime time(std::size_t sample) const { return times_[sample]; }

    [[nodiscard]] double value(std::size_t sample, std::size_t column) const {
        return values_[sample * names_.size() + column];
    }

    /// The last value of a column; 0 before the first sample or for an unknown name.
    [[nodiscard]] double last(std::string_view name) const;

    static void fields(auto& self, auto&& visit) {
        visit("names", self.names_);
        visit("times", self.times_);
        visit("values", self.values_);
    }

  private:
    std::vector<std::string> names_;
    std::vector<sim::SimTime> times_;
    std::vector<double> values_;  ///< row by row
};

}  // namespace scenarios
