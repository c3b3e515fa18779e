#include "scenarios/engine/tally.h"

#include <algorithm>

namespace scenarios {

void ModelTally::add_price(std::int64_t micro_usd_hour) {
    if (last_prices.size() < kPrices) {
        last_prices.push_back(micro_usd_hour);
    } else {
        last_prices[priced % kPrices] = micro_usd_hour;
    }
    ++priced;
}

std::int64_t ModelTally::median_price() const {
    if (last_prices.empty()) return 0;
    std::vector<std::int64_t> sorted = last_prices;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

ModelTally& Tally::model(const std::string& name) {
    for (ModelTally& one : models) {
        if (one.model == name) return one;
    }
    models.push_back({.model = name, .leased = 0, .last_prices = {}, .priced = 0});
    return models.back();
}

}  // namespace scenarios
