#include "providers/cluster.h"

#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>

namespace providers {
namespace {

constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

enum class Attempt : std::uint8_t { kPlaced, kNextNode, kHopeless };

std::int64_t free_of(std::int64_t installed, std::int64_t used) {
    return (installed == -1 ? kUnlimited : installed) - used;
}

/// v0.5.11 lower-cases what a card reports and folds sxm4, sxm5, ... to sxm.
std::string plain_interface(std::string_view reported) {
    std::string text(reported);
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text.starts_with("sxm") ? "sxm" : text;
}

bool card_suits(const GpuWish& wish, const CardRun& card, InventoryVersion version) {
    if (!wish.ram.empty() && wish.ram != card.memory) return false;
    if (wish.interface.empty()) return true;
    // v0.5.4 compares the asked RAM with the card's interface by mistake.
    if (version == InventoryVersion::kV054) return wish.ram == card.interface;
    return wish.interface == plain_interface(card.interface);
}

/// An entry for the exact model, else one for any model.
const GpuWish* wish_for(const std::vector<GpuWish>& wishes, const CardRun& card) {
    const GpuWish* any = nullptr;
    for (const auto& wish : wishes) {
        if (wish.vendor != card.vendor) continue;
        if (wish.model == card.model) return &wish;
        if (wish.model == "*") any = &wish;
    }
    return any;
}

GpuPick pick_of(const GpuWish& wish, const CardRun& card) {
    GpuPick pick{true, card.vendor, card.model, {}};
    pick.key = fmt::format("vendor/{}/model/{}", card.vendor, card.model);
    if (!wish.ram.empty()) pick.key += "/ram/" + wish.ram;
    if (!wish.interface.empty()) pick.key += "/interface/" + wish.interface;
    return pick;
}

class Fitting {
  public:
    Fitting(const Cluster& cluster,
            ClusterUse& use,
            const GroupDemand& demand,
            InventoryVersion version)
        : cluster_(cluster), use_(use), demand_(demand), version_(version) {
        fit_.picks.resize(demand.units.size());
        wishes_.resize(demand.units.size());
        pool_marks_.reserve(cluster.pools.size());
    }

    Fit run() {
        fit_.fits = true;
        // Only the last unit left is ever tried: a miss goes to the next node, a finished unit
        // restarts the scan.
        for (std::size_t left = demand_.units.size(); left > 0 && fit_.fits; --left) {
            fit_.fits = place_unit(left - 1);
        }
        if (!fit_.fits) take_out(cluster_, use_, demand_, fit_.placements);
        return std::move(fit_);
    }

  private:
    bool place_unit(std::size_t index) {
        const auto& unit = demand_.units[index];
        if (unit.wishes) wishes_[index] = *unit.wishes;
        std::uint32_t left = unit.count;
        for (std::size_t node = 0; node < cluster_.nodes.size(); ++node) {
            std::uint32_t placed = 0;
            auto attempt = Attempt::kPlaced;
            while (left > 0 && attempt == Attempt::kPlaced) {
                attempt = place_replica(index, node);
                if (attempt == Attempt::kPlaced) {
                    ++placed;
                    --left;
                }
            }
            if (placed > 0) {
                fit_.placements.push_back(
                    {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(node), placed});
            }
            if (left == 0) return true;
            if (attempt == Attempt::kHopeless) return false;
        }
        return false;
    }

    Attempt place_replica(std::size_t index, std::size_t node_index) {
        const auto& unit = demand_.units[index];
        const auto& node = cluster_.nodes[node_index];
        NodeUse used = use_.nodes[node_index];
        if (!take(Lack::kCpu, node.cpu, used.cpu, unit.cpu)) return Attempt::kNextNode;
        if (unit.gpu > 0 && !take_gpus(index, node, used)) return Attempt::kNextNode;
        if (!take(Lack::kMemory, node.memory, used.memory, unit.memory)) return Attempt::kNextNode;
        pool_marks_ = use_.pools;
        for (const auto& volume : unit.volumes) {
            const auto attempt = take_volume(volume, node, used);
            if (attempt != Attempt::kPlaced) return attempt;
        }
        use_.nodes[node_index] = used;
        use_.pools = pool_marks_;
        return Attempt::kPlaced;
    }

    /// Adds `amount` to `used` when that much is free.
    bool take(Lack what, std::int64_t installed, std::int64_t& used, std::int64_t amount) {
        const auto available = free_of(installed, used);
        if (available < amount) return miss(what, amount, available);
        used += amount;
        return true;
    }

    bool take_gpus(std::size_t index, const Node& node, NodeUse& used) {
        const auto wanted = demand_.units[index].gpu;
        const auto available = free_of(node.gpu, used.gpu);
        if (available == 0 || !demand_.units[index].wishes) return miss(Lack::kGpu, wanted, 0);
        std::int64_t matching = 0;
        for (const auto& card : node.cards) {
            const auto* wish = wish_for(wishes_[index], card);
            if (wish == nullptr || !card_suits(*wish, card, version_)) continue;
            matching += card.count;
            if (matching < wanted) continue;
            // Cards present are counted, not free cards of that model.
            if (!take(Lack::kGpu, node.gpu, used.gpu, wanted)) return false;
            // The model is pinned from here on for all replicas and nodes, even when this node then
            // lacks memory or disk.
            fit_.picks[index] = pick_of(*wish, card);
            wishes_[index] = {{card.vendor, card.model, wish->ram, wish->interface}};
            return true;
        }
        return miss(Lack::kGpu, wanted, std::min(matching, available));
    }

    Attempt take_volume(const VolumeDemand& volume, const Node& node, NodeUse& used) {
        const auto next = [](bool taken) { return taken ? Attempt::kPlaced : Attempt::kNextNode; };
        switch (volume.kind) {
            case VolumeKind::kNodeDisk:
                return next(take(Lack::kDisk, node.disk, used.disk, volume.bytes));
            case VolumeKind::kNodeMemory:
                return next(take(Lack::kMemory, node.memory, used.memory, volume.bytes));
            case VolumeKind::kImpossible:
                miss(Lack::kPool, volume.bytes, 0);
                return Attempt::kHopeless;
            case VolumeKind::kPool:
                break;
        }
        const auto& classes = node.storage_classes;
        if (std::find(classes.begin(), classes.end(), volume.storage_class) == classes.end()) {
            miss(Lack::kPool, volume.bytes, 0);
            return Attempt::kNextNode;
        }
        for (std::size_t i = 0; i < cluster_.pools.size(); ++i) {
            const auto& pool = cluster_.pools[i];
            if (pool.storage_class != volume.storage_class) continue;
            const bool taken = take(Lack::kPool, pool.bytes, pool_marks_[i], volume.bytes);
            return taken ? Attempt::kPlaced : Attempt::kHopeless;
        }
        miss(Lack::kPool, volume.bytes, 0);
        return Attempt::kHopeless;
    }

    /// Remembers the lack of the node that came furthest, and the most that such a node had.
    bool miss(Lack what, std::int64_t wanted, std::int64_t had) {
        had = std::max<std::int64_t>(had, 0);
        if (what > fit_.lack) {
            fit_.lack = what;
            fit_.wanted = wanted;
            fit_.had = had;
        } else if (what == fit_.lack && had > fit_.had) {
            fit_.wanted = wanted;
            fit_.had = had;
        }
        return false;
    }

    const Cluster& cluster_;
    ClusterUse& use_;
    const GroupDemand& demand_;
    InventoryVersion version_;
    Fit fit_;
    std::vector<std::vector<GpuWish>> wishes_;
    std::vector<std::int64_t> pool_marks_;
};

void take_out_volume(const Cluster& cluster,
                     ClusterUse& use,
                     const VolumeDemand& volume,
                     NodeUse& node,
                     std::int64_t replicas) {
    if (volume.kind == VolumeKind::kNodeDisk) node.disk -= volume.bytes * replicas;
    if (volume.kind == VolumeKind::kNodeMemory) node.memory -= volume.bytes * replicas;
    if (volume.kind != VolumeKind::kPool) return;
    for (std::size_t i = 0; i < cluster.pools.size(); ++i) {
        if (cluster.pools[i].storage_class != volume.storage_class) continue;
        use.pools[i] -= volume.bytes * replicas;
        return;
    }
}

}  // namespace

ClusterUse idle_use(const Cluster& cluster) {
    return {std::vector<NodeUse>(cluster.nodes.size()),
            std::vector<std::int64_t>(cluster.pools.size())};
}

Fit first_fit(const Cluster& cluster,
              ClusterUse& use,
              const GroupDemand& demand,
              InventoryVersion version) {
    SIM_ASSERT(use.nodes.size() == cluster.nodes.size(), "use of the same cluster");
    return Fitting(cluster, use, demand, version).run();
}

void take_out(const Cluster& cluster,
              ClusterUse& use,
              const GroupDemand& demand,
              const std::vector<Placement>& placements) {
    for (const auto& placement : placements) {
        SIM_ASSERT(placement.unit < demand.units.size(), "the demand that was placed");
        const auto& unit = demand.units[placement.unit];
        auto& node = use.nodes[placement.node];
        const std::int64_t replicas = placement.replicas;
        node.cpu -= unit.cpu * replicas;
        node.gpu -= unit.gpu * replicas;
        node.memory -= unit.memory * replicas;
        for (const auto& volume : unit.volumes) {
            take_out_volume(cluster, use, volume, node, replicas);
        }
    }
}

}  // namespace providers
