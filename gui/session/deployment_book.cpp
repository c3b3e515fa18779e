#include "gui/session/deployment_book.h"

#include <algorithm>

namespace gui {

namespace {

/// A quarter goes at once, because the rest moves up.
template <class List, class T>
void push_bounded(List& list, const T& item, std::size_t most) {
    if (list.size() >= most) {
        list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(most / 4));
    }
    list.push_back(item);
}

/// As if it had never been used.
void clear(DeploymentLife& life) {
    life.spec.reset();
    life.ended = {};
    life.overdrawn = false;
    life.orders.clear();
    life.leases.clear();
}

template <class List>
std::size_t heap_bytes(const List& list) {
    return list.capacity() > List::static_capacity ? list.capacity() * sizeof(list[0]) : 0;
}

}  // namespace

DeploymentLife* DeploymentBook::change(const nodes::DeploymentId& id) {
    if (last_ != kNowhere && slots_[last_].id == id) return &slots_[last_];
    const auto found = places_.find(key_of(id));
    if (found == places_.end()) return nullptr;
    last_ = found->second;
    return &slots_[last_];
}

void DeploymentBook::created(const nodes::DeploymentId& id, const Moment& moment) {
    const auto place = static_cast<std::uint32_t>(free_.empty() ? slots_.size() : free_.back());
    if (!places_.emplace(key_of(id), place).second) return;
    if (free_.empty()) {
        slots_.emplace_back();
    } else {
        free_.pop_back();
    }
    DeploymentLife& life = slots_[place];
    life.id = id;
    life.created = moment.at;
    last_ = place;
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
    const LeaseStretch lease{.provider = id.provider,
                             .gseq = id.gseq,
                             .oseq = id.oseq,
                             .price = price,
                             .from = moment.at,
                             .to = {}};
    push_bounded(life->leases, lease, kStretchesMax);
}

void DeploymentBook::lease_closed(const nodes::BidId& id, const Moment& moment) {
    DeploymentLife* life = change(id.deployment());
    if (life == nullptr) return;
    for (LeaseStretch& lease : life->leases) {
        if (lease.is(id) && lease.to.ns == 0) lease.to = moment.at;
    }
}

bool DeploymentBook::overdrawn(const nodes::DeploymentId& id) {
    DeploymentLife* life = change(id);
    if (life == nullptr || life->overdrawn) return false;
    life->overdrawn = true;
    return true;
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
    fresh_.push_back(last_);
    age();
}

/// The end of a deployment is booked in several steps.
void DeploymentBook::age() {
    if (fresh_.size() <= kFresh) return;
    const std::uint32_t place = fresh_.front();
    fresh_.pop_front();
    places_.erase(key_of(slots_[place].id));
    aged_.push(std::move(slots_[place]));
    clear(slots_[place]);
    free_.push_back(place);
    if (last_ == place) last_ = kNowhere;
}

const DeploymentLife* DeploymentBook::find(Key key) const {
    const auto found = places_.find(key);
    if (found != places_.end()) return &slots_[found->second];
    for (std::size_t i = 0; i < aged_.size(); ++i) {
        if (key_of(aged_[i].id) == key) return &aged_[i];
    }
    return nullptr;
}

std::vector<const DeploymentLife*> DeploymentBook::of(nodes::Address owner,
                                                      std::size_t most) const {
    std::vector<const DeploymentLife*> found;
    for (const auto& [key, place] : places_) {
        if (slots_[place].id.owner == owner) found.push_back(&slots_[place]);
    }
    for (std::size_t i = 0; i < aged_.size(); ++i) {
        if (aged_[i].id.owner == owner) found.push_back(&aged_[i]);
    }
    // By content: the table's own order means nothing.
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
        return a->created != b->created ? a->created > b->created : a->id > b->id;
    });
    if (found.size() > most) found.resize(most);
    return found;
}

std::vector<EscrowEntry> DeploymentBook::entries(const nodes::DeploymentId& id) const {
    std::vector<EscrowEntry> out;
    for (std::size_t i = entries_.size(); i > 0 && out.size() < kEntriesMax; --i) {
        const EscrowEntry& entry = entries_[i - 1];
        if (entry.dseq == id.dseq && entry.owner == id.owner) out.push_back(entry);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::size_t DeploymentBook::bytes() const {
    std::size_t out = slots_.capacity() * sizeof(DeploymentLife) + aged_.bytes() + entries_.bytes();
    const auto add = [&out](const DeploymentLife& life) {
        out += heap_bytes(life.orders) + heap_bytes(life.leases);
    };
    for (const DeploymentLife& life : slots_)
        add(life);
    for (std::size_t i = 0; i < aged_.size(); ++i)
        add(aged_[i]);
    return out;
}

}  // namespace gui
