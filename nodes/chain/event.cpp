#include "nodes/chain/event.h"

#include "nodes/chain/app.h"

#include <array>
#include <string_view>

namespace nodes {
namespace {

/// Module and action of an akash.v1 event.
struct Action {
    std::string_view module;
    std::string_view action;
};

Action action_of(EventKind kind) {
    switch (kind) {
        case EventKind::kDeploymentCreated:
            return {"deployment", "deployment-created"};
        case EventKind::kDeploymentUpdated:
            return {"deployment", "deployment-updated"};
        case EventKind::kDeploymentClosed:
            return {"deployment", "deployment-closed"};
        case EventKind::kGroupClosed:
            return {"deployment", "group-closed"};
        case EventKind::kGroupPaused:
            return {"deployment", "group-paused"};
        case EventKind::kGroupStarted:
            return {"deployment", "group-started"};
        case EventKind::kOrderCreated:
            return {"market", "order-created"};
        case EventKind::kOrderClosed:
            return {"market", "order-closed"};
        case EventKind::kBidCreated:
            return {"market", "bid-created"};
        case EventKind::kBidClosed:
            return {"market", "bid-closed"};
        case EventKind::kLeaseCreated:
            return {"market", "lease-created"};
        case EventKind::kLeaseClosed:
            return {"market", "lease-closed"};
        case EventKind::kProviderCreated:
            return {"provider", "provider-created"};
        case EventKind::kProviderUpdated:
            return {"provider", "provider-updated"};
        case EventKind::kAuditorCreated:
            return {"audit", "audit-trusted-auditor-created"};
        case EventKind::kAuditorDeleted:
            return {"audit", "audit-trusted-auditor-deleted"};
        default:
            return {};
    }
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

class Renderer {
  public:
    Renderer(const TxResult& result, const Names& names) : result_(result), names_(names) {}

    std::vector<RenderedEvent> all() {
        for (const ChainEvent& event : result_.events) {
            const std::size_t first = events_.size();
            one(event);
            if (event.exec != 0) add_exec_indexes(first, event.exec);
        }
        return std::move(events_);
    }

  private:
    void one(const ChainEvent& event) {
        switch (event.kind) {
            case EventKind::kTransfer:
                transfer(event);
                return;
            case EventKind::kMessageAction:
                start("message").emplace_back("action", text(event));
                return;
            case EventKind::kMessageModule:
                start("message").emplace_back("module", text(event));
                return;
            case EventKind::kTxFee: {
                auto& attributes = start("tx");
                attributes.emplace_back("fee", text(event));
                attributes.emplace_back("fee_payer", address(event.id.owner));
                return;
            }
            case EventKind::kTxSequence:
                start("tx").emplace_back(
                    "acc_seq", address(event.id.owner) + "/" + std::to_string(event.sequence));
                return;
            case EventKind::kTxSignature:
                start("tx").emplace_back("signature", text(event));
                return;
            case EventKind::kGrant:
                grant("cosmos.authz.v1beta1.EventGrant", event);
                return;
            case EventKind::kRevoke:
                grant("cosmos.authz.v1beta1.EventRevoke", event);
                return;
            default:
                akash(event);
        }
    }

    void transfer(const ChainEvent& event) {
        const std::string amount =
            event.text != kNoText ? text(event)
                                  : std::to_string(event.amount) + names_.denoms.text(event.denom);
        const std::string& from = address(event.id.owner);
        const std::string& to = address(event.id.provider);
        events_.push_back({"coin_spent", {{"spender", from}, {"amount", amount}}});
        events_.push_back({"coin_received", {{"receiver", to}, {"amount", amount}}});
        events_.push_back({"transfer", {{"recipient", to}, {"sender", from}, {"amount", amount}}});
        events_.push_back({"message", {{"sender", from}}});
    }

    void grant(std::string_view type, const ChainEvent& event) {
        const auto quoted = [](const std::string& value) { return '"' + value + '"'; };
        auto& attributes = start(std::string(type));
        attributes.emplace_back("grantee", quoted(address(event.id.provider)));
        attributes.emplace_back("granter", quoted(address(event.id.owner)));
        attributes.emplace_back("msg_type_url", quoted(text(event)));
    }

    void akash(const ChainEvent& event) {
        const Action action = action_of(event.kind);
        auto& attributes = start("akash.v1");
        attributes.emplace_back("module", action.module);
        attributes.emplace_back("action", action.action);
        if (event.kind == EventKind::kDeploymentCreated ||
            event.kind == EventKind::kDeploymentUpdated)
            attributes.emplace_back("version", hex(text(event)));
        attributes.emplace_back("owner", address(event.id.owner));
        if (action.module == "provider") return;
        if (action.module == "audit") {
            attributes.emplace_back("auditor", address(event.id.provider));
            return;
        }
        attributes.emplace_back("dseq", std::to_string(event.id.dseq));
        if (event.id.gseq != 0) attributes.emplace_back("gseq", std::to_string(event.id.gseq));
        if (event.id.oseq != 0) attributes.emplace_back("oseq", std::to_string(event.id.oseq));
        if (event.id.provider.index != 0) {
            attributes.emplace_back("provider", address(event.id.provider));
            attributes.emplace_back("price-denom", names_.denoms.text(event.denom));
            attributes.emplace_back("price-amount", event.price.text());
        }
    }

    void add_exec_indexes(std::size_t first, std::uint32_t exec) {
        for (std::size_t i = first; i < events_.size(); ++i) {
            for (const std::uint32_t index : result_.exec_paths[exec - 1])
                events_[i].attributes.emplace_back("authz_msg_index", std::to_string(index));
        }
    }

    std::vector<std::pair<std::string, std::string>>& start(std::string type) {
        return events_.emplace_back(RenderedEvent{std::move(type), {}}).attributes;
    }

    [[nodiscard]] const std::string& text(const ChainEvent& event) const {
        return result_.texts[event.text];
    }

    [[nodiscard]] const std::string& address(Address a) const { return names_.addresses.text(a); }

    const TxResult& result_;
    const Names& names_;
    std::vector<RenderedEvent> events_;
};

}  // namespace

std::vector<RenderedEvent> render_events(const TxResult& result, const Names& names) {
    return Renderer(result, names).all();
}

}  // namespace nodes
