// Group specifications for tests, in words.
#pragma once

#include "nodes/protocol/ids.h"
#include "nodes/protocol/resources.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace providers_test {

inline constexpr std::int64_t kGi = std::int64_t{1} << 30;

/// One replica asks for so much; a group of one unit unless more are added.
struct Wish {
    std::int64_t cpu = 1'000;
    std::int64_t memory = kGi;
    std::int64_t disk = kGi;
    std::int64_t gpu = 0;
    std::string gpu_key;  ///< "vendor/nvidia/model/a100"
    std::uint32_t count = 1;
    std::int64_t max_price = 10'000;
};

inline nodes::ResourceUnit unit(const Wish& wish, std::uint32_t id = 1, nodes::Denom denom = {1}) {
    nodes::ResourceUnit made;
    made.resources.id = id;
    made.resources.cpu = nodes::Quantity{wish.cpu, {}};
    made.resources.memory = nodes::Quantity{wish.memory, {}};
    made.resources.gpu = nodes::Quantity{wish.gpu, {}};
    if (!wish.gpu_key.empty()) made.resources.gpu->attributes = {{wish.gpu_key, "true"}};
    made.resources.storage.push_back({"default", wish.disk, {}});
    made.resources.endpoints.push_back({});
    made.count = wish.count;
    made.price = {denom, sim::to_wide(sim::Int128{wish.max_price} * sim::kDecOne)};
    return made;
}

inline std::shared_ptr<nodes::GroupSpec> group(const std::vector<Wish>& wishes) {
    auto spec = std::make_shared<nodes::GroupSpec>();
    spec->name = "westcoast";
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        spec->resources.push_back(unit(wishes[i], static_cast<std::uint32_t>(i + 1)));
    }
    return spec;
}

inline std::shared_ptr<nodes::GroupSpec> group(const Wish& wish) {
    return group(std::vector<Wish>{wish});
}

inline nodes::OrderId order_id(std::uint64_t dseq) {
    return {nodes::Address{1}, dseq, 1, 1};
}

}  // namespace providers_test
