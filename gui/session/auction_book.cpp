#include "gui/session/auction_book.h"

#include "scenarios/engine/recording.h"

#include <algorithm>

namespace gui {

namespace {

void take_bids(const nodes::OrderId& id,
               const nodes::ChainState& chain,
               std::vector<AuctionBid>& bids) {
    bids.clear();
    const std::uint32_t order = chain.find_order(id);
    if (order == nodes::kNoRow) return;
    bids.reserve(chain.orders[order].bids);
    for (std::uint32_t bid = chain.orders[order].first_bid; bid != nodes::kNoRow;
         bid = chain.bids[bid].next) {
        const nodes::BidRow& row = chain.bids[bid];
        bids.push_back({.price = row.price,
                        .height = static_cast<std::uint32_t>(row.created_at.value),
                        .provider = row.id.provider});
    }
}

std::uint32_t first_height(const std::vector<AuctionBid>& bids) {
    const auto first = std::min_element(
        bids.begin(), bids.end(), [](const auto& a, const auto& b) { return a.height < b.height; });
    return first == bids.end() ? 0 : first->height;
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

Auction AuctionBook::Kept::whole() const {
    Auction out = auction;
    out.bids = bids;
    out.answers = answers;
    return out;
}

std::size_t AuctionBook::Kept::bytes() const {
    return sizeof(Kept) + bids.capacity() * sizeof(AuctionBid) +
           answers.capacity() * sizeof(Answer);
}

/// The slot of an auction that can be spoken of.
std::uint32_t AuctionBook::find(const nodes::OrderId& id) {
    if (last_ != kNowhere && slots_[last_].auction.order.id == id) return last_;
    const auto found = places_.find(key_of(id));
    if (found == places_.end()) return kNowhere;
    last_ = found->second;
    return last_;
}

void AuctionBook::created(const nodes::OrderView& order, const Moment& moment) {
    const Key key = key_of(order.id);
    const auto place = static_cast<std::uint32_t>(free_.empty() ? slots_.size() : free_.back());
    if (!places_.emplace(key, place).second) return;
    if (free_.empty()) {
        slots_.emplace_back();
    } else {
        free_.pop_back();
    }
    Kept& slot = slots_[place];
    slot.auction.order = order;
    slot.auction.created = moment.at;
    slot.answers.reserve(answers_);
    open_.push_back(key);
}

std::optional<AuctionEnd> AuctionBook::leased(const nodes::BidId& id,
                                              const Moment& moment,
                                              const nodes::ChainState& chain) {
    Kept* slot = end(id.order(), moment, chain);
    if (slot == nullptr) return std::nullopt;
    slot->auction.leased = true;
    slot->auction.winner = id.provider;
    return AuctionEnd{.created = slot->auction.created,
                      .bids = slot->bids.size(),
                      .first_bid = first_height(slot->bids)};
}

std::optional<AuctionEnd> AuctionBook::closed(const nodes::OrderId& id,
                                              const Moment& moment,
                                              const nodes::ChainState& chain) {
    const Kept* slot = end(id, moment, chain);
    if (slot == nullptr) return std::nullopt;
    return AuctionEnd{.created = slot->auction.created,
                      .bids = slot->bids.size(),
                      .first_bid = first_height(slot->bids)};
}

AuctionBook::Kept* AuctionBook::end(const nodes::OrderId& id,
                                    const Moment& moment,
                                    const nodes::ChainState& chain) {
    const std::uint32_t place = find(id);
    if (place == kNowhere || !slots_[place].auction.open) return nullptr;
    Kept& slot = slots_[place];
    slot.auction.open = false;
    slot.auction.ended = moment.at;
    slot.auction.ended_at = moment.height;
    take_bids(id, chain, slot.bids);
    open_.erase(std::find(open_.begin(), open_.end(), key_of(id)));
    fresh_.push_back(place);
    age();
    return &slot;
}

/// Moves the auction that can no more be spoken of, and forgets the oldest.
void AuctionBook::age() {
    if (fresh_.size() <= kFresh) return;
    const std::uint32_t place = fresh_.front();
    fresh_.pop_front();
    Kept& slot = slots_[place];
    places_.erase(key_of(slot.auction.order.id));
    answers_ = std::max<std::size_t>(8, slot.answers.size());
    if (page_.empty()) page_.reserve(kPage);
    page_.push_back(std::move(slot));
    slot = {};
    ++aged_;
    free_.push_back(place);
    if (last_ == place) last_ = kNowhere;
    if (page_.size() == kPage) turn_page();
}

void AuctionBook::turn_page() {
    full_.push_back(std::make_shared<const Page>(std::move(page_)));
    page_ = {};
    if (closed() + kPage <= kClosed) return;
    full_.pop_front();
    aged_ -= kPage;
    forgotten_ += static_cast<std::int64_t>(kPage);
}

void AuctionBook::note(const nodes::BidNote& note, Author author, sim::SimTime at) {
    const std::uint32_t place = find(note.order);
    if (place == kNowhere) return;
    Kept& slot = slots_[place];
    if (author == Author::kTenant && note.reason == nodes::Reason::kWon) {
        slot.auction.criterion = note.subject;
    }
    slot.answers.push_back({.at = at,
                            .wanted = note.wanted,
                            .had = note.had,
                            .provider = note.provider,
                            .reason = note.reason,
                            .subject = note.subject});
}

std::optional<Auction> AuctionBook::look(Key key, const nodes::ChainState& chain) const {
    if (const auto found = places_.find(key); found != places_.end()) {
        Auction out = slots_[found->second].whole();
        if (!out.open) return out;
        auto bids = std::make_shared<std::vector<AuctionBid>>();
        take_bids(out.order.id, chain, *bids);
        out.bids = *bids;
        out.on_chain = std::move(bids);
        return out;
    }
    // Few are asked for by their name, and it can be any of them.
    for (std::size_t place = 0; place < aged_; ++place) {
        const Kept& one = aged(place);
        if (key_of(one.auction.order.id) == key) return one.whole();
    }
    return std::nullopt;
}

Auction AuctionBook::closed_at(std::size_t place) const {
    return place < aged_ ? aged(place).whole() : slots_[fresh_[place - aged_]].whole();
}

const AuctionBook::Kept& AuctionBook::aged(std::size_t place) const {
    return (place / kPage < full_.size() ? *full_[place / kPage] : page_)[place % kPage];
}

std::size_t AuctionBook::bytes() const {
    std::size_t out = 0;
    for (const Kept& one : slots_)
        out += one.bytes();
    for (std::size_t place = 0; place < aged_; ++place)
        out += aged(place).bytes();
    return out;
}

}  // namespace gui
