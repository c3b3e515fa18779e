#include "gui/session/auction_book.h"

#include "scenarios/engine/recording.h"

#include <algorithm>

namespace gui {

namespace {

void take_bids(Auction& auction, const nodes::ChainState& chain) {
    const std::uint32_t order = chain.find_order(auction.order.id);
    if (order == nodes::kNoRow) return;
    auction.bids.clear();
    auction.bids.reserve(chain.orders[order].bids);
    for (std::uint32_t bid = chain.orders[order].first_bid; bid != nodes::kNoRow;
         bid = chain.bids[bid].next) {
        const nodes::BidRow& row = chain.bids[bid];
        auction.bids.push_back({.price = row.price,
                                .height = static_cast<std::uint32_t>(row.created_at.value),
                                .provider = row.id.provider});
    }
}

}  // namespace

Key key_of(const nodes::OrderId& order) {
    return scenarios::row_key(nodes::bid_id(order, {}));
}

Key key_of(const nodes::DeploymentId& deployment) {
    return scenarios::row_key({deployment.owner, deployment.dseq, 0, 0, {}});
}

const Answer* Auction::answer_of(nodes::Address provider) const {
    const auto found = std::find_if(answers.rbegin(), answers.rend(), [&](const Answer& answer) {
        return answer.provider == provider;
    });
    return found == answers.rend() ? nullptr : &*found;
}

const AuctionBid* Auction::bid_of(nodes::Address provider) const {
    const auto found = std::find_if(
        bids.begin(), bids.end(), [&](const AuctionBid& bid) { return bid.provider == provider; });
    return found == bids.end() ? nullptr : &*found;
}

const AuctionBid* Auction::best_bid() const {
    const auto best = std::min_element(
        bids.begin(), bids.end(), [](const auto& a, const auto& b) { return a.price < b.price; });
    return best == bids.end() ? nullptr : &*best;
}

/// Copies the auction first when a snapshot holds it too.
Auction* AuctionBook::change(const nodes::OrderId& id) {
    const auto found = fresh_.find(key_of(id));
    if (found == fresh_.end()) return nullptr;
    if (found->second.use_count() > 1) found->second = std::make_shared<Auction>(*found->second);
    return found->second.get();
}

void AuctionBook::created(const nodes::OrderView& order, const Moment& moment) {
    const Key key = key_of(order.id);
    auto auction = std::make_shared<Auction>();
    auction->order = order;
    auction->created = moment.at;
    if (!fresh_.emplace(key, std::move(auction)).second) return;
    open_.push_back(key);
}

const Auction* AuctionBook::leased(const nodes::BidId& id,
                                   const Moment& moment,
                                   const nodes::ChainState& chain) {
    Auction* auction = end(id.order(), moment, chain);
    if (auction == nullptr) return nullptr;
    auction->leased = true;
    auction->winner = id.provider;
    return auction;
}

const Auction* AuctionBook::closed(const nodes::OrderId& id,
                                   const Moment& moment,
                                   const nodes::ChainState& chain) {
    return end(id, moment, chain);
}

Auction* AuctionBook::end(const nodes::OrderId& id,
                          const Moment& moment,
                          const nodes::ChainState& chain) {
    Auction* auction = change(id);
    if (auction == nullptr || !auction->open) return nullptr;
    auction->open = false;
    auction->ended = moment.at;
    auction->ended_at = moment.height;
    take_bids(*auction, chain);
    const Key key = key_of(id);
    open_.erase(std::find(open_.begin(), open_.end(), key));
    closed_.push_back(key);
    age();
    return auction;
}

/// Moves the auction that can no more be spoken of, and forgets the oldest.
void AuctionBook::age() {
    if (closed_.size() > kFresh) {
        const auto aged = fresh_.find(closed_[closed_.size() - 1 - kFresh]);
        if (aged != fresh_.end()) {
            old_.emplace(aged->first, std::move(aged->second));
            fresh_.erase(aged);
        }
    }
    if (closed_.size() <= kClosed) return;
    old_.erase(closed_.front());
    closed_.pop_front();
    ++forgotten_;
}

const std::shared_ptr<Auction>* AuctionBook::find(Key key) const {
    for (const Table* table : {&fresh_, &old_}) {
        const auto found = table->find(key);
        if (found != table->end()) return &found->second;
    }
    return nullptr;
}

void AuctionBook::note(const nodes::BidNote& note, Author author, const Moment& moment) {
    Auction* auction = change(note.order);
    if (auction == nullptr) return;
    if (author == Author::kTenant && note.reason == nodes::Reason::kWon) {
        auction->criterion = note.subject;
    }
    auction->answers.push_back({.at = moment.at,
                                .wanted = note.wanted,
                                .had = note.had,
                                .provider = note.provider,
                                .reason = note.reason,
                                .subject = note.subject});
}

std::shared_ptr<const Auction> AuctionBook::look(Key key, const nodes::ChainState& chain) const {
    const std::shared_ptr<Auction>* found = find(key);
    if (found == nullptr) return nullptr;
    if (!(*found)->open) return *found;
    auto copy = std::make_shared<Auction>(**found);
    take_bids(*copy, chain);
    return copy;
}

std::size_t AuctionBook::bytes() const {
    std::size_t out = 0;
    for (const Table* table : {&fresh_, &old_}) {
        for (const auto& [key, auction] : *table) {
            out += sizeof(Auction) + 32 + auction->bids.capacity() * sizeof(AuctionBid) +
                   auction->answers.size() * sizeof(Answer) + 1'024;
        }
    }
    return out;
}

}  // namespace gui
