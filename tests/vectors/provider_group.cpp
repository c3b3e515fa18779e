#include "tests/vectors/provider_group.h"

namespace vectors {
namespace {

sim::Wide wide_from(const nlohmann::json& number) {
    if (number.is_string()) return sim::Wide(number.get<std::string>());
    return number.get<std::uint64_t>();
}

nodes::EndpointKind kind_from(const std::string& kind) {
    if (kind == "port") return nodes::EndpointKind::kRandomPort;
    return kind == "ip" ? nodes::EndpointKind::kLeasedIp : nodes::EndpointKind::kSharedHttp;
}

nodes::Quantity quantity_from(const nlohmann::json& number) {
    return {wide_from(number), {}};
}

}  // namespace

nodes::Attributes attributes_from(const nlohmann::json& object, const char* key) {
    nodes::Attributes attributes;
    if (!object.contains(key) || object.at(key).is_null()) return attributes;
    for (const auto& pair : object.at(key)) {
        attributes.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
    }
    return attributes;
}

sim::Wide scaled_from(const std::string& text) {
    std::string digits = text;
    const auto point = digits.find('.');
    std::size_t decimals = 0;
    if (point != std::string::npos) {
        decimals = digits.size() - point - 1;
        digits.erase(point, 1);
    }
    digits.append(18 - decimals, '0');
    // A leading zero would make Boost read octal.
    const bool negative = digits[0] == '-';
    const auto first = digits.find_first_not_of('0', negative ? 1 : 0);
    const sim::Wide value =
        first == std::string::npos ? sim::Wide(0) : sim::Wide(digits.substr(first));
    return negative ? sim::Wide(-value) : value;
}

nodes::ResourceUnit unit_from(const nlohmann::json& unit, nodes::DenomBook& denoms) {
    nodes::ResourceUnit made;
    auto& resources = made.resources;
    resources.id = unit.value("id", 0U);
    made.count = unit.value("count", 0U);
    if (unit.contains("cpu") && !unit.at("cpu").is_null())
        resources.cpu = quantity_from(unit.at("cpu"));
    if (unit.contains("memory") && !unit.at("memory").is_null()) {
        resources.memory = quantity_from(unit.at("memory"));
    }
    if (unit.contains("gpu") && !unit.at("gpu").is_null()) {
        resources.gpu = quantity_from(unit.at("gpu").at("units"));
        resources.gpu->attributes = attributes_from(unit.at("gpu"), "attributes");
    }
    for (const auto& volume : unit.at("storage")) {
        resources.storage.push_back({volume.value("name", ""),
                                     wide_from(volume.at("size")),
                                     attributes_from(volume, "attributes")});
    }
    for (const auto& endpoint : unit.at("endpoints")) {
        resources.endpoints.push_back(
            {kind_from(endpoint.at("kind").get<std::string>()), endpoint.value("seq", 0U)});
    }
    if (unit.contains("price") && !unit.at("price").is_null()) {
        made.price.denom = denoms.intern(unit.at("price").at(0).get<std::string>());
        made.price.scaled = scaled_from(unit.at("price").at(1).get<std::string>());
    }
    return made;
}

nodes::GroupSpecRef group_from(const nlohmann::json& group, nodes::DenomBook& denoms) {
    auto spec = std::make_shared<nodes::GroupSpec>();
    spec->name = group.value("name", "");
    spec->requirements.attributes = attributes_from(group, "attributes");
    if (group.contains("all_of")) {
        spec->requirements.all_of = group.at("all_of").get<std::vector<std::string>>();
    }
    if (group.contains("any_of")) {
        spec->requirements.any_of = group.at("any_of").get<std::vector<std::string>>();
    }
    for (const auto& unit : group.at("units"))
        spec->resources.push_back(unit_from(unit, denoms));
    return spec;
}

}  // namespace vectors
