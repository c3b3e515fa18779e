// From a transaction's events to what agents hear.
#include "nodes/chain/app.h"

#include <optional>

namespace nodes {
namespace {

std::optional<NewsKind> news_kind(EventKind kind) {
    switch (kind) {
        case EventKind::kDeploymentCreated:
            return NewsKind::kDeploymentCreated;
        case EventKind::kDeploymentUpdated:
            return NewsKind::kDeploymentUpdated;
        case EventKind::kDeploymentClosed:
            return NewsKind::kDeploymentClosed;
        case EventKind::kGroupClosed:
            return NewsKind::kGroupClosed;
        case EventKind::kGroupPaused:
            return NewsKind::kGroupPaused;
        case EventKind::kGroupStarted:
            return NewsKind::kGroupStarted;
        case EventKind::kOrderCreated:
            return NewsKind::kOrderCreated;
        case EventKind::kOrderClosed:
            return NewsKind::kOrderClosed;
        case EventKind::kBidCreated:
            return NewsKind::kBidCreated;
        case EventKind::kBidClosed:
            return NewsKind::kBidClosed;
        case EventKind::kLeaseCreated:
            return NewsKind::kLeaseCreated;
        case EventKind::kLeaseClosed:
            return NewsKind::kLeaseClosed;
        case EventKind::kProviderCreated:
            return NewsKind::kProviderCreated;
        case EventKind::kProviderUpdated:
            return NewsKind::kProviderUpdated;
        case EventKind::kAuditorCreated:
            return NewsKind::kAttributesSigned;
        case EventKind::kAuditorDeleted:
            return NewsKind::kAttributesDeleted;
        default:
            return std::nullopt;
    }
}

}  // namespace

void append_news(const TxResult& result, sim::Height height, std::vector<News>& news) {
    for (const ChainEvent& event : result.events) {
        const auto kind = news_kind(event.kind);
        if (!kind) continue;
        News item;
        item.kind = *kind;
        item.id = event.id;
        item.denom = event.denom;
        item.price = event.price;
        item.height = height;
        switch (*kind) {
            case NewsKind::kProviderCreated:
            case NewsKind::kProviderUpdated:
                item.id = {};
                item.id.provider = event.id.owner;
                break;
            case NewsKind::kAttributesSigned:
            case NewsKind::kAttributesDeleted:
                // The event has the provider as owner and the auditor behind it; agents hear it the
                // way bids read: the provider as provider.
                item.id.owner = event.id.provider;
                item.id.provider = event.id.owner;
                break;
            default:
                break;
        }
        news.push_back(item);
    }
}

}  // namespace nodes
