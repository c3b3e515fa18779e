#include "nodes/consensus/validator_set.h"

#include <fmt/format.h>

#include <algorithm>

namespace nodes {

namespace {

constexpr std::int64_t kPriorityWindowFactor = 2;

sim::Error refused(std::string text) {
    return {{"validator_set", 1}, std::move(text)};
}

std::int64_t add_clipped(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return a < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

std::int64_t subtract_clipped(std::int64_t a, std::int64_t b) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a, b, &difference)) return a < 0 ? INT64_MIN : INT64_MAX;
    return difference;
}

const Validator* find(const std::vector<Validator>& validators, const std::string& address) {
    for (const Validator& validator : validators) {
        if (validator.address == address) return &validator;
    }
    return nullptr;
}

/// Each change by itself, and that somebody is left; by address.
sim::Status check_each(const std::vector<ValidatorChange>& sorted,
                       const std::vector<Validator>& validators) {
    constexpr std::int64_t kMost = ValidatorSet::kTotalPowerMax;
    std::size_t removals = 0;
    bool adds = false;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const ValidatorChange& change = sorted[i];
        if (i > 0 && sorted[i - 1].address == change.address) {
            return refused(fmt::format("duplicate entry {}", change.name));
        }
        if (change.power < 0) return refused(fmt::format("negative power of {}", change.name));
        if (change.power > kMost) {
            return refused(fmt::format("power of {} is above {}", change.name, kMost));
        }
        if (change.power == 0) ++removals;
        adds = adds || (change.power > 0 && find(validators, change.address) == nullptr);
    }
    if (removals >= validators.size() && removals > 0 && !adds) {
        return refused("applying the validator changes would result in empty set");
    }
    return sim::ok();
}

}  // namespace

sim::Result<ValidatorSet> ValidatorSet::create(const std::vector<ValidatorChange>& validators) {
    for (const ValidatorChange& validator : validators) {
        if (validator.power == 0) return refused("a new set takes no validator without power");
    }
    if (validators.empty()) return refused("a set needs a validator");
    ValidatorSet set;
    SIM_CHECK(set.apply(validators));
    set.increment(1);
    return set;
}

// RescalePriorities with diffMax = 2 x total power.
void ValidatorSet::rescale() {
    const auto by_priority = [](const Validator& a, const Validator& b) {
        return a.priority < b.priority;
    };
    const auto [low, high] =
        std::minmax_element(validators_.begin(), validators_.end(), by_priority);
    const sim::Int128 difference_max = sim::Int128{kPriorityWindowFactor} * total_power_;
    const sim::Int128 difference = sim::Int128{high->priority} - low->priority;
    if (difference <= difference_max) return;
    const sim::Int128 ratio = (difference + difference_max - 1) / difference_max;
    for (Validator& validator : validators_) {
        validator.priority = static_cast<std::int64_t>(validator.priority / ratio);
    }
}

// ShiftByAvgProposerPriority: the sum divided as Euclid does, which for a positive divisor is
// downwards.
void ValidatorSet::centre() {
    sim::Int128 sum = 0;
    for (const Validator& validator : validators_)
        sum += validator.priority;
    const auto count = static_cast<std::int64_t>(validators_.size());
    auto average = static_cast<std::int64_t>(sum / count);
    if (sum % count < 0) --average;
    if (average == 0) return;
    for (Validator& validator : validators_) {
        validator.priority = subtract_clipped(validator.priority, average);
    }
}

void ValidatorSet::increment(std::int64_t times) {
    SIM_ASSERT(times > 0, "turns above zero, got {}", times);
    SIM_ASSERT(!validators_.empty(), "a set with validators");
    rescale();
    centre();
    for (std::int64_t turn = 0; turn < times; ++turn) {
        std::size_t most = 0;
        for (std::size_t i = 0; i < validators_.size(); ++i) {
            Validator& validator = validators_[i];
            validator.priority = add_clipped(validator.priority, validator.power);
            const Validator& best = validators_[most];
            const bool above = validator.priority > best.priority;
            const bool tie = validator.priority == best.priority;
            if (above || (tie && validator.address < best.address)) most = i;
        }
        validators_[most].priority = subtract_clipped(validators_[most].priority, total_power_);
        proposer_ = most;
    }
}

void ValidatorSet::sort() {
    const std::string proposer =
        proposer_ < validators_.size() ? validators_[proposer_].address : "";
    std::sort(validators_.begin(), validators_.end(), [](const Validator& a, const Validator& b) {
        return a.power != b.power ? a.power > b.power : a.address < b.address;
    });
    proposer_ = 0;
    for (std::size_t i = 0; i < validators_.size(); ++i) {
        if (validators_[i].address == proposer) proposer_ = i;
    }
}

// The order of the checks is the real one (reference proof-of-stake 1.4, EXECUTED details).
sim::Status ValidatorSet::apply(const std::vector<ValidatorChange>& changes) {
    if (changes.empty()) return sim::ok();
    std::vector<ValidatorChange> sorted = changes;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.address < b.address;
    });
    SIM_CHECK(check_each(sorted, validators_));
    sim::Int128 total_before_removals = total_power_;
    sim::Int128 total = total_power_;
    for (const ValidatorChange& change : sorted) {
        const Validator* old = find(validators_, change.address);
        if (change.power == 0 && old == nullptr) {
            return refused(fmt::format("failed to find validator {} to remove", change.name));
        }
        const sim::Int128 delta = sim::Int128{change.power} - (old == nullptr ? 0 : old->power);
        total += delta;
        if (change.power > 0) total_before_removals += delta;
    }
    if (total > kTotalPowerMax) {
        return refused(fmt::format("total voting power is above {}", kTotalPowerMax));
    }
    // From here on nothing can fail.
    const auto updated = static_cast<std::int64_t>(total_before_removals);
    for (const ValidatorChange& change : sorted) {
        const auto same = [&](const Validator& v) { return v.address == change.address; };
        const auto old = std::find_if(validators_.begin(), validators_.end(), same);
        if (change.power == 0) {
            validators_.erase(old);
        } else if (old != validators_.end()) {
            old->power = change.power;
        } else {
            // A newcomer starts last, so that leaving and coming back does not pay.
            validators_.push_back({.address = change.address,
                                   .name = change.name,
                                   .power = change.power,
                                   .priority = -(updated + (updated >> 3))});
        }
    }
    total_power_ = static_cast<std::int64_t>(total);
    rescale();
    centre();
    sort();
    return sim::ok();
}

}  // namespace nodes
