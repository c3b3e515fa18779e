// Validators with powers and proposer priorities, as CometBFT 0.34 keeps them
// (types/validator_set.go; reference proof-of-stake 1.4): who proposes next follows from powers and
// history alone, without chance. The set is ordered by power descending, then address ascending.
#pragma once

#include "sim/result.h"
#include "sim/units.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nodes {

struct Validator {
    std::string address;  ///< 20 raw bytes of its consensus key
    std::string name;     ///< for people
    std::int64_t power = 0;
    std::int64_t priority = 0;

    static void fields(auto& self, auto&& visit) {
        visit("address", self.address);
        visit("name", self.name);
        visit("power", self.power);
        visit("priority", self.priority);
    }
};

/// Power 0 removes a validator.
struct ValidatorChange {
    std::string address;
    std::string name;
    std::int64_t power = 0;
};

class ValidatorSet {
  public:
    /// (2^63 - 1) / 8: more power than this in one set is refused.
    static constexpr std::int64_t kTotalPowerMax = INT64_MAX / 8;

    /// Builds a set, as for the first block: the changes applied to nothing, then one increment.
    static sim::Result<ValidatorSet> create(const std::vector<ValidatorChange>& validators);

    /// Moves the priorities on by so many turns and finds the proposer. `times` must be above zero
    /// and the set not empty.
    void increment(std::int64_t times);

    /// Adds, changes and removes validators; on any error the set is as before.
    sim::Status apply(const std::vector<ValidatorChange>& changes);

    /// Index of the proposer that the last increment found.
    [[nodiscard]] std::size_t proposer() const { return proposer_; }

    [[nodiscard]] const std::vector<Validator>& validators() const { return validators_; }

    [[nodiscard]] std::int64_t total_power() const { return total_power_; }

    static void fields(auto& self, auto&& visit) {
        visit("validators", self.validators_);
        visit("total_power", self.total_power_);
        visit("proposer", self.proposer_);
    }

  private:
    void rescale();
    void centre();
    void sort();

    std::vector<Validator> validators_;
    std::int64_t total_power_ = 0;
    std::uint64_t proposer_ = 0;
};

}  // namespace nodes
