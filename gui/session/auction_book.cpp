#include "gui/session/auction_book.h"

#include "scenarios/engine/recording.h"

#include <algorithm>

namespace gui {

namespace {

constexpr std::size_t kUsualBids = 16;

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
    const auto found = all_.find(key_of(id));
    if (found == all_.end()) return nullptr;
    if (found->second.use_count() > 1) found->second = std::make_shared<Auction>(*found->second);
    return found->second.get();
}

void AuctionBook::created(const nodes::OrderView& order, const Moment& moment) {
    const Key key = key_of(order.id);
    auto auction = std::make_shared<Auction>();
    auction->order = order;
    auction->created = moment.at;
    auction->bids.reserve(kUsualBids);
    auction->answers.reserve(kUsualBids);
    if (!all_.emplace(key, std::move(auction)).second) return;
    open_.push_back(key);
}

bool AuctionBook::bid(const nodes::BidId& id, sim::Dec18 price, const Moment& moment) {
    Auction* auction = change(id.order());
    if (auction == nullptr) return false;
    auction->bids.push_back(
        {.provider = id.provider, .price = price, .at = moment.at, .height = moment.height});
    return auction->bids.size() == 1;
}

void AuctionBook::leased(const nodes::BidId& id, const Moment& moment) {
    Auction* auction = change(id.order());
    if (auction == nullptr) return;
    auction->leased = true;
    auction->winner = id.provider;
    end(id.order(), moment);
}

void AuctionBook::closed(const nodes::OrderId& id, const Moment& moment) {
    end(id, moment);
}

void AuctionBook::end(const nodes::OrderId& id, const Moment& moment) {
    Auction* auction = change(id);
    if (auction == nullptr || !auction->open) return;
    auction->open = false;
    auction->ended = moment.at;
    auction->ended_at = moment.height;
    const Key key = key_of(id);
    open_.erase(std::find(open_.begin(), open_.end(), key));
    closed_.push_back(key);
    if (closed_.size() <= kClosed) return;
    all_.erase(closed_.front());
    closed_.pop_front();
    ++forgotten_;
}

void AuctionBook::note(const nodes::BidNote& note, Author author, const Moment& moment) {
    Auction* auction = change(note.order);
    if (auction == nullptr) return;
    if (author == Author::kTenant && note.reason == nodes::Reason::kWon) {
        auction->criterion = note.subject;
    }
    const Answer answer{.provider = note.provider,
                        .reason = note.reason,
                        .subject = note.subject,
                        .wanted = note.wanted,
                        .had = note.had,
                        .at = moment.at};
    const auto old = std::find_if(auction->answers.begin(),
                                  auction->answers.end(),
                                  [&](const Answer& a) { return a.provider == note.provider; });
    if (old == auction->answers.end()) {
        auction->answers.push_back(answer);
    } else {
        *old = answer;
    }
}

const Auction* AuctionBook::find(Key key) const {
    const auto found = all_.find(key);
    return found == all_.end() ? nullptr : found->second.get();
}

std::size_t AuctionBook::bytes() const {
    std::size_t out = all_.size() * (sizeof(Auction) + 32);
    for (const auto& [key, auction] : all_) {
        out += auction->bids.capacity() * sizeof(AuctionBid) +
               auction->answers.capacity() * sizeof(Answer);
    }
    return out;
}

}  // namespace gui
