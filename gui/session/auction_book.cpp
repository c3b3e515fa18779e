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

void AuctionBook::Page::take(Slot& slot) {
    rows.push_back({.auction = std::move(slot.auction),
                    .first_bid = static_cast<std::uint32_t>(bids.size()),
                    .bids = static_cast<std::uint32_t>(slot.bids.size()),
                    .first_answer = static_cast<std::uint32_t>(answers.size()),
                    .answers = static_cast<std::uint32_t>(slot.answers.size())});
    bids.insert(bids.end(), slot.bids.begin(), slot.bids.end());
    answers.insert(answers.end(), slot.answers.begin(), slot.answers.end());
    slot.bids.clear();
    slot.answers.clear();
}

Auction AuctionBook::Page::at(std::size_t row) const {
    const Row& kept = rows[row];
    Auction out = kept.auction;
    out.bids = std::span(bids).subspan(kept.first_bid, kept.bids);
    out.answers = std::span(answers).subspan(kept.first_answer, kept.answers);
    return out;
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
    Slot& slot = slots_[place];
    slot.auction = {};
    slot.auction.order = order;
    slot.auction.created = moment.at;
    open_.push_back(key);
}

std::optional<AuctionEnd> AuctionBook::leased(const nodes::BidId& id,
                                              const Moment& moment,
                                              const nodes::ChainState& chain) {
    Slot* slot = end(id.order(), moment, chain);
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
    const Slot* slot = end(id, moment, chain);
    if (slot == nullptr) return std::nullopt;
    return AuctionEnd{.created = slot->auction.created,
                      .bids = slot->bids.size(),
                      .first_bid = first_height(slot->bids)};
}

AuctionBook::Slot* AuctionBook::end(const nodes::OrderId& id,
                                    const Moment& moment,
                                    const nodes::ChainState& chain) {
    const std::uint32_t place = find(id);
    if (place == kNowhere || !slots_[place].auction.open) return nullptr;
    Slot& slot = slots_[place];
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
    Slot& slot = slots_[place];
    places_.erase(key_of(slot.auction.order.id));
    page_.take(slot);
    ++aged_;
    free_.push_back(place);
    if (last_ == place) last_ = kNowhere;
    if (page_.rows.size() == kPage) turn_page();
}

/// The next page is about as large as this one, and takes the memory of one that nobody shares.
void AuctionBook::turn_page() {
    full_.push_back(std::make_shared<Page>(std::move(page_)));
    page_ = {};
    if (closed() + kPage > kClosed) {
        const std::shared_ptr<Page> oldest = std::move(full_.front());
        full_.pop_front();
        aged_ -= kPage;
        forgotten_ += static_cast<std::int64_t>(kPage);
        if (oldest.use_count() == 1) page_ = std::move(*oldest);
    }
    page_.rows.clear();
    page_.bids.clear();
    page_.answers.clear();
    page_.rows.reserve(kPage);
    page_.bids.reserve(full_.back()->bids.size() * 9 / 8);
    page_.answers.reserve(full_.back()->answers.size() * 9 / 8);
}

void AuctionBook::note(const nodes::BidNote& note, Author author, sim::SimTime at) {
    const std::uint32_t place = find(note.order);
    if (place == kNowhere) return;
    Slot& slot = slots_[place];
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
        const Slot& slot = slots_[found->second];
        Auction out = slot.auction;
        out.answers = slot.answers;
        if (out.open) {
            auto bids = std::make_shared<std::vector<AuctionBid>>();
            take_bids(out.order.id, chain, *bids);
            out.on_chain = bids;
        }
        out.bids = out.open ? *out.on_chain : slot.bids;
        return out;
    }
    // Few are asked for by their name, and it can be any of them.
    for (std::size_t place = 0; place < aged_; ++place) {
        const Page& page = place / kPage < full_.size() ? *full_[place / kPage] : page_;
        if (key_of(page.rows[place % kPage].auction.order.id) == key) return closed_at(place);
    }
    return std::nullopt;
}

Auction AuctionBook::closed_at(std::size_t place) const {
    if (place >= aged_) {
        const Slot& slot = slots_[fresh_[place - aged_]];
        Auction out = slot.auction;
        out.bids = slot.bids;
        out.answers = slot.answers;
        return out;
    }
    return (place / kPage < full_.size() ? *full_[place / kPage] : page_).at(place % kPage);
}

std::size_t AuctionBook::bytes() const {
    const auto size_of = [](const auto& list) { return list.capacity() * sizeof list[0]; };
    std::size_t out = size_of(slots_);
    for (const Slot& slot : slots_)
        out += size_of(slot.bids) + size_of(slot.answers);
    out += size_of(page_.rows) + size_of(page_.bids) + size_of(page_.answers);
    for (const auto& page : full_)
        out += size_of(page->rows) + size_of(page->bids) + size_of(page->answers);
    return out;
}

}  // namespace gui
