// Stateless checks of providers (akash-api v0.0.35 provider/v1beta3 msgs.go, types.go).
#include "nodes/protocol/attributes.h"
#include "nodes/protocol/url.h"
#include "nodes/protocol/validate_checks.h"

#include <fmt/format.h>

namespace nodes::checks {
namespace {

sim::Status host_uri(const std::string& text) {
    const auto url = parse_url(text);
    if (!url) return refusal(errors::kProviderInvalidHostUri);
    if (url->scheme.empty()) {
        return refusal(errors::kProviderNotAbsoluteHostUri,
                       fmt::format("validating {} for absolute URI", in_quotes(text)));
    }
    const auto invalid = [&text](std::string_view before, std::string_view after) {
        return refusal(errors::kProviderInvalidHostUri,
                       fmt::format("{} {} {}", before, in_quotes(text), after));
    };
    if (url->scheme != "https") return invalid("scheme in", "should be https");
    if (url->host.empty()) return invalid("validating", "for valid host");
    if (!url->path.empty()) return invalid("path in", "should be empty");
    return sim::ok();
}

/// Creation and update differ in the name that a bad owner is told.
template <class Message>
sim::Status provider(const Message& msg, const Names& names, std::string_view owner_detail) {
    SIM_CHECK(host_uri(msg.host_uri));
    SIM_CHECK(address(msg.owner, names, owner_detail));
    SIM_CHECK(validate_provider_attributes(msg.attributes));
    if (!msg.info.website.empty() && !parse_url(msg.info.website)) {
        return refusal(errors::kProviderInvalidWebsite);
    }
    return sim::ok();
}

}  // namespace

sim::Status message(const MsgCreateProvider& msg, const Names& names) {
    return provider(msg, names, "MsgCreate: Invalid Provider Address");
}

sim::Status message(const MsgUpdateProvider& msg, const Names& names) {
    return provider(msg, names, "MsgUpdate: Invalid Provider Address");
}

sim::Status message(const MsgDeleteProvider& msg, const Names& names) {
    return address(msg.owner, names, "MsgDelete: Invalid Provider Address");
}

}  // namespace nodes::checks
