#include "providers/provider_config.h"

#include "nodes/protocol/attributes.h"
#include "providers/gpu_catalog.h"

#include <fmt/format.h>

#include <algorithm>

namespace providers {
namespace {

sim::Error config_error(std::string text) {
    return {{"provider", 1}, std::move(text)};
}

bool known_model(const std::string& model) {
    return find_gpu_model(model) != nullptr;
}

sim::Status check_cards(const NodeKind& kind) {
    for (const auto& cards : kind.gpus) {
        if (!known_model(cards.model)) {
            return config_error(fmt::format("unknown GPU model {}", cards.model));
        }
        if (!cards.actual.empty() && !known_model(cards.actual)) {
            return config_error(fmt::format("unknown GPU model {}", cards.actual));
        }
        if (cards.count < 0) return config_error("a number of cards below zero");
    }
    return sim::ok();
}

void add_attribute(nodes::Attributes& attributes, std::string key, std::string_view value) {
    const bool taken = std::any_of(
        attributes.begin(), attributes.end(), [&key](const auto& a) { return a.key == key; });
    if (!taken) attributes.push_back({std::move(key), std::string(value)});
}

void add_storage(nodes::Attributes& attributes,
                 std::size_t number,
                 std::string_view storage_class,
                 bool persistent) {
    const auto group = fmt::format("capabilities/storage/{}", number);
    add_attribute(attributes, group + "/class", storage_class);
    add_attribute(attributes, group + "/persistent", persistent ? "true" : "false");
}

}  // namespace

sim::Status check_config(const ProviderConfig& config) {
    if (config.strategy >= strategies().size()) return config_error("no such strategy");
    for (const auto& kind : config.nodes) {
        if (kind.count < 0 || kind.cpu < 0 || kind.memory < 0 || kind.disk < 0) {
            return config_error("an amount below zero");
        }
        SIM_CHECK(check_cards(kind));
    }
    const auto times = {config.pricing_time,
                        config.bid_timeout,
                        config.manifest_timeout,
                        config.deploy_time,
                        config.withdraw_every,
                        config.funds_check_every,
                        config.snapshot_delay,
                        config.credit_delay,
                        config.mean_life,
                        config.mean_repair};
    if (std::any_of(times.begin(), times.end(), [](sim::SimDuration d) { return d.ns < 0; })) {
        return config_error("a time below zero");
    }
    if (config.funds_check_every.ns == 0) return config_error("funds are never checked");
    return nodes::validate_provider_attributes(registered_attributes(config));
}

Cluster make_cluster(const ProviderConfig& config) {
    Cluster cluster;
    for (const auto& kind : config.nodes) {
        for (std::int64_t i = 0; i < kind.count; ++i) {
            auto& node = cluster.nodes.emplace_back();
            node.name = fmt::format("node{:06}", cluster.nodes.size());
            node.cpu = kind.cpu;
            node.memory = kind.memory;
            node.disk = kind.disk;
            for (const auto& cards : kind.gpus) {
                const auto* model = find_gpu_model(cards.model);
                node.gpu += cards.count;
                node.cards.push_back({std::string(model->vendor),
                                      std::string(model->key),
                                      std::string(model->memory),
                                      std::string(model->interface),
                                      cards.count});
            }
            for (const auto& pool : config.pools)
                node.storage_classes.push_back(pool.storage_class);
        }
    }
    cluster.pools = config.pools;
    return cluster;
}

nodes::Attributes registered_attributes(const ProviderConfig& config) {
    nodes::Attributes attributes = config.attributes;
    std::size_t number = 1;
    for (const auto& pool : config.pools) {
        add_storage(attributes, number++, pool.storage_class, true);
    }
    add_storage(attributes, number, "ram", false);
    for (const auto& kind : config.nodes) {
        for (const auto& cards : kind.gpus) {
            const auto* model = find_gpu_model(cards.model);
            if (model == nullptr || cards.count == 0) continue;
            const auto plain =
                fmt::format("capabilities/gpu/vendor/{}/model/{}", model->vendor, model->key);
            const auto with_ram = fmt::format("{}/ram/{}", plain, model->memory);
            add_attribute(attributes, plain, "true");
            add_attribute(attributes, with_ram, "true");
            add_attribute(
                attributes, fmt::format("{}/interface/{}", with_ram, model->interface), "true");
        }
    }
    return attributes;
}

std::int64_t fakes_per_million(const ProviderConfig& config, const std::string& model) {
    std::int64_t all = 0;
    std::int64_t fakes = 0;
    for (const auto& kind : config.nodes) {
        for (const auto& cards : kind.gpus) {
            if (cards.model != model) continue;
            all += cards.count * kind.count;
            if (!cards.actual.empty() && cards.actual != cards.model) {
                fakes += cards.count * kind.count;
            }
        }
    }
    return all == 0 ? 0 : fakes * 1'000'000 / all;
}

}  // namespace providers
