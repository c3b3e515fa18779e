#include "gui/session/deployment_book.h"

#include <algorithm>

namespace gui {

namespace {

template <class List, class T>
void push_bounded(List& list, const T& item, std::size_t most) {
    if (list.size() >= most) list.erase(list.begin());
    list.push_back(item);
}

}  // namespace

DeploymentLife* DeploymentBook::change(const nodes::DeploymentId& id) {
    const auto found = all_.find(key_of(id));
    if (found == all_.end()) return nullptr;
    if (found->second.use_count() > 1) {
        found->second = std::make_shared<DeploymentLife>(*found->second);
    }
    return found->second.get();
}

void DeploymentBook::created(const nodes::DeploymentId& id, const Moment& moment) {
    auto life = std::make_shared<DeploymentLife>();
    life->id = id;
    life->created = moment.at;
    all_[key_of(id)] = std::move(life);
}

void DeploymentBook::ordered(const nodes::OrderView& order, const Moment& moment) {
    DeploymentLife* life = change(order.id.deployment());
    if (life == nullptr) return;
    if (!life->spec) life->spec = order.spec;
    life->denom = order.denom;
    const OrderStretch stretch{.id = order.id, .from = moment.at, .first_bid = {}, .to = {}};
    push_bounded(life->orders, stretch, kStretchesMax);
}

void DeploymentBook::order_closed(const nodes::OrderId& id,
                                  sim::SimTime first_bid,
                                  const Moment& moment) {
    DeploymentLife* life = change(id.deployment());
    if (life == nullptr) return;
    for (OrderStretch& order : life->orders) {
        if (order.id != id || order.to.ns != 0) continue;
        order.first_bid = first_bid;
        order.to = moment.at;
    }
}

void DeploymentBook::leased(const nodes::BidId& id, sim::Dec18 price, const Moment& moment) {
    DeploymentLife* life = change(id.deployment());
    if (life == nullptr) return;
    const LeaseStretch lease{
        .provider = id.provider, .price = price, .from = moment.at, .to = sim::SimTime{}};
    push_bounded(life->leases, lease, kStretchesMax);
}

void DeploymentBook::lease_closed(const nodes::BidId& id, const Moment& moment) {
    DeploymentLife* life = change(id.deployment());
    if (life == nullptr) return;
    for (LeaseStretch& lease : life->leases) {
        if (lease.provider == id.provider && lease.to.ns == 0) lease.to = moment.at;
    }
}

const DeploymentLife* DeploymentBook::entry(const nodes::DeploymentId& id,
                                            const EscrowEntry& entry) {
    DeploymentLife* life = change(id);
    if (life == nullptr) return nullptr;
    if (entry.kind == EscrowEntry::Kind::kOverdrawn) life->overdrawn = true;
    push_bounded(life->entries, entry, kEntriesMax);
    return life;
}

void DeploymentBook::closed(const nodes::DeploymentId& id, const Moment& moment) {
    DeploymentLife* life = change(id);
    if (life == nullptr || life->ended.ns != 0) return;
    life->ended = moment.at;
    for (OrderStretch& order : life->orders) {
        if (order.to.ns == 0) order.to = moment.at;
    }
    for (LeaseStretch& lease : life->leases) {
        if (lease.to.ns == 0) lease.to = moment.at;
    }
    ended_.push_back(key_of(id));
    if (ended_.size() <= kEnded) return;
    all_.erase(ended_.front());
    ended_.pop_front();
}

const DeploymentLife* DeploymentBook::find(Key key) const {
    const auto found = all_.find(key);
    return found == all_.end() ? nullptr : found->second.get();
}

std::vector<Key> DeploymentBook::of(nodes::Address owner, std::size_t most) const {
    std::vector<const DeploymentLife*> found;
    for (const auto& [key, life] : all_) {
        if (life->id.owner == owner) found.push_back(life.get());
    }
    // By content: the table's own order means nothing.
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
        return a->created != b->created ? a->created > b->created : a->id > b->id;
    });
    std::vector<Key> out;
    for (const DeploymentLife* life : found) {
        if (out.size() == most) break;
        out.push_back(key_of(life->id));
    }
    return out;
}

std::size_t DeploymentBook::bytes() const {
    std::size_t out = all_.size() * (sizeof(DeploymentLife) + 32);
    for (const auto& [key, life] : all_) {
        out += life->orders.capacity() * sizeof(OrderStretch) +
               life->leases.capacity() * sizeof(LeaseStretch) +
               life->entries.size() * sizeof(EscrowEntry);
    }
    return out;
}

}  // namespace gui
