// The manifest as JSON, and its hash.
#include "nodes/protocol/manifest.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <openssl/sha.h>

namespace nodes {
namespace {

using Json = nlohmann::ordered_json;

Json texts_json(const std::vector<std::string>& texts) {
    auto out = Json::array();
    for (const auto& text : texts)
        out.push_back(valid_utf8(text));
    return out;
}

Json texts_json(const ManifestTexts& texts) {
    return texts ? texts_json(*texts) : Json(nullptr);
}

Json amount_json(const sim::Wide& amount) {
    return {{"val", sim::to_text(amount)}};
}

/// Empty lists of attributes are left out.
void add_attributes(Json& out, const Attributes& attributes) {
    if (!attributes.empty()) out["attributes"] = attributes_json(attributes);
}

Json quantity_json(std::string_view key, const Quantity& quantity) {
    auto out = Json::object();
    out[std::string(key)] = amount_json(quantity.value);
    add_attributes(out, quantity.attributes);
    return out;
}

Json volumes_json(const std::vector<Volume>& volumes) {
    auto out = Json::array();
    for (const auto& volume : volumes) {
        Json item{{"name", valid_utf8(volume.name)}, {"size", amount_json(volume.bytes)}};
        add_attributes(item, volume.attributes);
        out.push_back(std::move(item));
    }
    return out;
}

Json endpoints_json(const std::vector<Endpoint>& endpoints) {
    auto out = Json::array();
    for (const auto& endpoint : endpoints) {
        auto item = Json::object();
        const auto kind = static_cast<std::uint32_t>(endpoint.kind);
        if (kind != 0) item["kind"] = kind;
        item["sequence_number"] = endpoint.sequence_number;
        out.push_back(std::move(item));
    }
    return out;
}

Json http_options_json(const ManifestHttpOptions& options) {
    return {{"maxBodySize", options.max_body_size},
            {"readTimeout", options.read_timeout},
            {"sendTimeout", options.send_timeout},
            {"nextTries", options.next_tries},
            {"nextTimeout", options.next_timeout},
            {"nextCases", texts_json(options.next_cases)}};
}

Json expose_json(const ManifestExpose& expose) {
    return {{"port", expose.port},
            {"externalPort", expose.external_port},
            {"proto", expose.proto == ServiceProtocol::kTcp ? "TCP" : "UDP"},
            {"service", valid_utf8(expose.service)},
            {"global", expose.global},
            {"hosts", texts_json(expose.hosts)},
            {"httpOptions", http_options_json(expose.http_options)},
            {"ip", valid_utf8(expose.ip)},
            {"endpointSequenceNumber", expose.endpoint_sequence_number}};
}

Json params_json(const std::optional<ManifestParams>& params) {
    if (!params) return nullptr;
    Json storage = nullptr;
    for (const auto& volume : params->storage) {
        storage.push_back({{"name", valid_utf8(volume.name)},
                           {"mount", valid_utf8(volume.mount)},
                           {"readOnly", volume.read_only}});
    }
    return {{"storage", std::move(storage)}};
}

Json service_json(const ManifestService& service) {
    auto exposes = Json::array();
    for (const auto& expose : service.expose)
        exposes.push_back(expose_json(expose));
    return {{"name", valid_utf8(service.name)},
            {"image", valid_utf8(service.image)},
            {"command", texts_json(service.command)},
            {"args", texts_json(service.args)},
            {"env", texts_json(service.env)},
            {"resources", resources_json(service.resources)},
            {"count", service.count},
            {"expose", std::move(exposes)},
            {"params", params_json(service.params)}};
}

/// Objects of `nlohmann::json` are sorted by key.
void append_sorted(std::string& out, const nlohmann::json& value) {
    char separator = value.is_object() ? '{' : '[';
    if (value.is_object()) {
        for (const auto& [key, item] : value.items()) {
            out += std::exchange(separator, ',');
            append_go_json(out, key);
            out += ':';
            append_sorted(out, item);
        }
        out += value.empty() ? "{}" : "}";
    } else if (value.is_array()) {
        for (const auto& item : value) {
            out += std::exchange(separator, ',');
            append_sorted(out, item);
        }
        out += value.empty() ? "[]" : "]";
    } else if (value.is_string()) {
        append_go_json(out, value.get_ref<const std::string&>());
    } else {
        out += value.dump();
    }
}

}  // namespace

nlohmann::ordered_json attributes_json(const Attributes& attributes) {
    auto out = Json::array();
    for (const auto& attribute : attributes) {
        auto item = Json::object();
        if (!attribute.key.empty()) item["key"] = valid_utf8(attribute.key);
        if (!attribute.value.empty()) item["value"] = valid_utf8(attribute.value);
        out.push_back(std::move(item));
    }
    return out;
}

nlohmann::ordered_json resources_json(const Resources& resources) {
    Json out{{"id", resources.id}};
    if (resources.cpu) out["cpu"] = quantity_json("units", *resources.cpu);
    if (resources.memory) out["memory"] = quantity_json("size", *resources.memory);
    if (!resources.storage.empty()) out["storage"] = volumes_json(resources.storage);
    if (resources.gpu) out["gpu"] = quantity_json("units", *resources.gpu);
    out["endpoints"] = endpoints_json(resources.endpoints);
    return out;
}

nlohmann::ordered_json manifest_json(const Manifest& manifest) {
    auto out = Json::array();
    for (const auto& group : manifest) {
        auto services = Json::array();
        for (const auto& service : group.services)
            services.push_back(service_json(service));
        out.push_back({{"name", valid_utf8(group.name)}, {"services", std::move(services)}});
    }
    return out;
}

std::string sorted_manifest_json(const Manifest& manifest) {
    std::string out;
    append_sorted(out, nlohmann::json(manifest_json(manifest)));
    return out;
}

// Source: akash-api v0.0.35 manifest/v2beta2 manifest.go, Version.
std::string manifest_version(const Manifest& manifest) {
    const auto text = sorted_manifest_json(manifest);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return {digest.begin(), digest.end()};
}

}  // namespace nodes
