// The inventory service of provider v0.5.4 and v0.5.11, step by step: {"n", "overcommit",
// "cluster", "steps": [{"op", "result", "state", ...}]}. The release is not in the file; it shows
// in the GPU interface and RAM rules, so a case passes when either release gives exactly these
// answers and all cases of a file are held to the first release that a case decides for.
#include "providers/inventory.h"
#include "tests/vectors/provider_group.h"

#include <fmt/format.h>

namespace vectors {
namespace {

using nlohmann::json;
using providers::Inventory;
using providers::InventoryVersion;

nodes::OrderId order_id(std::uint64_t number) {
    return {nodes::Address{1}, number, 1, 1};
}

providers::CardRun card_from(const json& card) {
    return {card.at("vendor"), card.at("name"), card.at("memory_size"), card.at("interface"), 1};
}

providers::Cluster cluster_from(const json& cluster, providers::ClusterUse& use) {
    providers::Cluster made;
    for (const auto& node : cluster.at("nodes")) {
        auto& n = made.nodes.emplace_back();
        n.name = node.at("name");
        n.cpu = node.at("cpu").at(0);
        n.gpu = node.at("gpu").at(0);
        n.memory = node.at("memory").at(0);
        n.disk = node.at("ephemeral").at(0);
        for (const auto& card : node.at("gpu_info"))
            n.cards.push_back(card_from(card));
        n.storage_classes = node.at("storage_classes").get<std::vector<std::string>>();
        use.nodes.push_back({node.at("cpu").at(1),
                             node.at("gpu").at(1),
                             node.at("memory").at(1),
                             node.at("ephemeral").at(1)});
    }
    for (const auto& pool : cluster.at("storage")) {
        made.pools.push_back({pool.at("class"), pool.at("quantity").at(0)});
        use.pools.push_back(pool.at("quantity").at(1));
    }
    return made;
}

providers::ClusterUse use_from(const json& state) {
    providers::ClusterUse use;
    for (const auto& n : state.at("nodes"))
        use.nodes.push_back({n.at(0), n.at(1), n.at(2), n.at(3)});
    for (const auto& pool : state.at("storage"))
        use.pools.push_back(pool);
    return use;
}

json state_of(const Inventory& inventory) {
    json nodes = json::array();
    for (const auto& n : inventory.seen().nodes)
        nodes.push_back({n.cpu, n.gpu, n.memory, n.disk});
    return {{"nodes", nodes}, {"storage", inventory.seen().pools}};
}

json adjusted_of(const nodes::GroupSpec& spec, const providers::Reserved& reserved) {
    json units = json::array();
    for (const auto& entry : providers::make_offer(spec, reserved)) {
        json unit{{"id", entry.resources.id},
                  {"count", entry.count},
                  {"cpu", entry.resources.cpu->value.convert_to<std::int64_t>()},
                  {"gpu", entry.resources.gpu->value.convert_to<std::int64_t>()},
                  {"memory", entry.resources.memory->value.convert_to<std::int64_t>()},
                  {"storage", json::array()}};
        for (const auto& volume : entry.resources.storage) {
            unit["storage"].push_back(volume.bytes.convert_to<std::int64_t>());
        }
        for (const auto& attribute : entry.resources.gpu->attributes) {
            unit["gpu_attributes"].push_back(attribute.key);
        }
        units.push_back(std::move(unit));
    }
    return units;
}

json scheduler_of(const providers::Reserved& reserved) {
    json by_id = json::object();
    // Units are placed from last to first; of two with one id the first is written last.
    for (std::size_t i = reserved.picks.size(); i-- > 0;) {
        const auto& pick = reserved.picks[i];
        const auto id = std::to_string(reserved.demand->units[i].id);
        if (!pick.picked) {
            by_id[id] = nullptr;
        } else {
            by_id[id] = {{"runtime_class", pick.vendor == "nvidia" ? "nvidia" : ""},
                         {"vendor", pick.vendor},
                         {"model", pick.model}};
        }
    }
    return by_id;
}

class Replay {
  public:
    Replay(const json& record, InventoryVersion version) : version_(version) {
        providers::ClusterUse use;
        auto cluster = cluster_from(record.at("cluster"), use);
        providers::InventoryRules rules;
        rules.version = version;
        const auto& factors = record.at("overcommit");
        rules.overcommit = {
            factors.at("cpu"), factors.at("gpu"), factors.at("memory"), factors.at("storage")};
        rules.node_ports = record.at("node_ports");
        rules.ip_operator = !record.at("ip").is_null();
        inventory_ = Inventory(std::move(cluster), rules);
        start_use_ = std::move(use);
        if (rules.ip_operator) ip_ = record.at("ip");
        const json existing = record.value("existing", json::array());
        for (const auto& found : existing)
            add_existing(found);
    }

    /// Empty, or what differs.
    std::string run(const json& steps) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const auto got = step(steps[i]);
            for (const auto& [key, value] : got.items()) {
                const json expected = steps[i].value(key, json());
                if (expected != value) {
                    return fmt::format(
                        "step {} {}: expected {} got {}", i, key, expected.dump(), value.dump());
                }
            }
        }
        return {};
    }

  private:
    void add_existing(const json& found) {
        auto spec = std::make_shared<nodes::GroupSpec>();
        spec->name = "g";
        spec->resources.push_back(unit_from(found.at("service"), denoms_));
        // v0.5.4 takes the first service's count as 1.
        if (version_ == InventoryVersion::kV054) spec->resources[0].count = 1;
        inventory_.add_existing(order_id(found.at("order")), std::move(spec));
    }

    json step(const json& given) {
        const std::string op = given.at("op");
        if (given.contains("ip")) ip_ = given.at("ip");
        json got;
        if (op == "reserve") {
            got = reserve(given);
        } else if (op == "unreserve") {
            const bool found = inventory_.unreserve(order_id(given.at("order")));
            got["result"] = found ? "ok" : "reservation not found";
        } else {
            got = change(op, given);
        }
        got["state"] = state_of(inventory_);
        const auto& all = inventory_.reservations();
        const auto active =
            std::count_if(all.begin(), all.end(), [](const auto& r) { return r.allocated; });
        got["active"] = active;
        got["pending"] = static_cast<std::int64_t>(all.size()) - active;
        got["free_ports"] = inventory_.free_ports();
        return got;
    }

    json change(const std::string& op, const json& given) {
        std::size_t not_fitting = 0;
        if (op == "start") not_fitting = inventory_.apply_snapshot(start_use_);
        if (op == "poll") not_fitting = inventory_.apply_snapshot(use_from(given.at("allocated")));
        if (op == "deployed" || op == "pending") {
            not_fitting = inventory_.set_deployed(order_id(given.at("order")), op == "deployed");
        }
        ask_ips();
        json got{{"result", "ok"}};
        if (not_fitting > 0) got["pending_not_fitting"] = not_fitting;
        return got;
    }

    json reserve(const json& given) {
        const auto spec = group_from(given.at("group"), denoms_);
        const auto reserved = inventory_.reserve(order_id(given.at("order")), spec);
        if (reserved.result != providers::ReserveResult::kOk) return {{"result", reserved.text}};
        return {{"result", "ok"},
                {"adjusted", adjusted_of(*spec, reserved)},
                {"scheduler", scheduler_of(reserved)}};
    }

    void ask_ips() {
        if (!inventory_.rules().ip_operator) return;
        std::vector<std::pair<nodes::OrderId, std::uint64_t>> confirmed;
        const json status = ip_.value("status", json::object());
        for (const auto& [order, count] : status.items()) {
            confirmed.emplace_back(order_id(std::stoull(order)), count);
        }
        inventory_.update_ips({ip_["total"], ip_["in_use"]}, confirmed);
    }

    InventoryVersion version_;
    Inventory inventory_;
    providers::ClusterUse start_use_;
    json ip_ = json::object();
    nodes::DenomBook denoms_;
};

class InventoryForm final : public Form {
  public:
    [[nodiscard]] bool matches(const json& first) const override {
        return first.is_object() && first.contains("cluster") && first.contains("steps") &&
               first.contains("overcommit");
    }

    void run(const json& record, const Options& /*options*/, Reporter& out) override {
        const auto id = std::to_string(record.value("n", 0));
        const auto v054 = Replay(record, InventoryVersion::kV054).run(record.at("steps"));
        const auto v0511 = Replay(record, InventoryVersion::kV0511).run(record.at("steps"));
        if (v054.empty() != v0511.empty()) {
            const bool older = v054.empty();
            if (!decided_) older_ = older;
            decided_ = true;
            const auto& other = older_ ? v054 : v0511;
            out.report(id, other.empty() ? Outcome::pass() : Outcome::fail(other));
            return;
        }
        out.report(id, v054.empty() ? Outcome::pass() : Outcome::fail(older_ ? v054 : v0511));
    }

  private:
    bool decided_ = false;
    bool older_ = true;
};

}  // namespace

std::unique_ptr<Form> make_provider_inventory_form() {
    return std::make_unique<InventoryForm>();
}

}  // namespace vectors
