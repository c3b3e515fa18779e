// The books of auctions, deployments and earnings: what they remember, for how long, and that a
// copy stays as it was while the original goes on.
#include "gui/session/auction_book.h"
#include "gui/session/deployment_book.h"
#include "gui/session/earnings.h"

#include <gtest/gtest.h>

namespace gui {
namespace {

constexpr std::int64_t kHourNs = 3'600'000'000'000;

nodes::OrderId order_id(std::uint64_t dseq) {
    return {nodes::Address{7}, dseq, 1, 1};
}

nodes::OrderView order_of(std::uint64_t dseq) {
    nodes::OrderView order;
    order.id = order_id(dseq);
    order.spec = std::make_shared<const nodes::GroupSpec>();
    return order;
}

/// A chain that has heard of some accounts, the owner's among them, and of no order.
nodes::ChainState empty_chain() {
    nodes::ChainState chain;
    for (char account = 'a'; account < 'k'; ++account)
        chain.names.addresses.from_bytes(std::string(20, account));
    return chain;
}

Moment moment(std::int64_t block) {
    return {.at = sim::SimTime{block * 6'000'000'000}, .height = sim::Height{block}};
}

void say(AuctionBook& book, std::uint64_t dseq, std::uint32_t provider, nodes::Reason reason) {
    nodes::BidNote note;
    note.order = order_id(dseq);
    note.provider = nodes::Address{provider};
    note.reason = reason;
    note.had = static_cast<std::int64_t>(dseq);
    book.note(note, AuctionBook::Author::kProvider, {});
}

TEST(AuctionBook, RemembersTheLastClosedWithTheirAnswers) {
    const nodes::ChainState chain = empty_chain();
    AuctionBook book;
    constexpr std::uint64_t kOrders = 5'000;
    for (std::uint64_t dseq = 1; dseq <= kOrders; ++dseq) {
        book.created(order_of(dseq), moment(static_cast<std::int64_t>(dseq)));
        for (std::uint32_t provider = 0; provider < dseq % 7; ++provider)
            say(book, dseq, provider, nodes::Reason::kInsufficientCapacity);
        EXPECT_EQ(book.open().size(), 1U);
        EXPECT_TRUE(book.closed(order_id(dseq), moment(static_cast<std::int64_t>(dseq)), chain));
        EXPECT_FALSE(book.closed(order_id(dseq), moment(0), chain)) << "it has ended";
        EXPECT_LE(book.closed(), AuctionBook::kClosed);
    }
    EXPECT_GE(book.closed(), AuctionBook::kClosed - 100);
    EXPECT_EQ(book.closed() + static_cast<std::size_t>(book.forgotten()), kOrders);
    EXPECT_FALSE(book.look(key_of(order_id(1)), chain));
    for (std::size_t i = 0; i < book.closed(); ++i) {
        const std::uint64_t dseq = kOrders - book.closed() + i + 1;
        for (const Auction& auction :
             {book.closed_at(i), book.look(key_of(order_id(dseq)), chain).value()}) {
            ASSERT_EQ(auction.order.id.dseq, dseq);
            EXPECT_FALSE(auction.open);
            ASSERT_EQ(auction.answers.size(), dseq % 7);
            for (const Answer& answer : auction.answers)
                EXPECT_EQ(answer.had, static_cast<std::int64_t>(dseq));
        }
    }
}

TEST(AuctionBook, LateAnswersReachTheLastClosed) {
    const nodes::ChainState chain = empty_chain();
    AuctionBook book;
    for (std::uint64_t dseq = 1; dseq <= AuctionBook::kFresh + 1; ++dseq) {
        book.created(order_of(dseq), moment(1));
        (void)book.closed(order_id(dseq), moment(2), chain);
    }
    say(book, 1, 3, nodes::Reason::kBidAfterClose);
    say(book, 2, 3, nodes::Reason::kInsufficientCapacity);
    say(book, 2, 3, nodes::Reason::kBidAfterClose);
    EXPECT_TRUE(book.look(key_of(order_id(1)), chain)->answers.empty()) << "too late";
    const Auction auction = book.look(key_of(order_id(2)), chain).value();
    EXPECT_EQ(auction.answers.size(), 2U);
    EXPECT_EQ(auction.answer_of(nodes::Address{3})->reason, nodes::Reason::kBidAfterClose);
    EXPECT_EQ(auction.answer_of(nodes::Address{4}), nullptr);
}

TEST(AuctionBook, ACopyStaysAsItWas) {
    const nodes::ChainState chain = empty_chain();
    AuctionBook book;
    book.created(order_of(9'999), moment(0));
    say(book, 9'999, 1, nodes::Reason::kProviderOffline);
    for (std::uint64_t dseq = 1; dseq <= 1'000; ++dseq) {
        book.created(order_of(dseq), moment(1));
        say(book, dseq, 1, nodes::Reason::kProviderOffline);
        (void)book.closed(order_id(dseq), moment(2), chain);
    }
    const AuctionBook copy = book;
    say(book, 9'999, 2, nodes::Reason::kProviderOffline);
    (void)book.closed(order_id(9'999), moment(3), chain);
    for (std::uint64_t dseq = 1'001; dseq <= 4'000; ++dseq) {
        book.created(order_of(dseq), moment(4));
        (void)book.closed(order_id(dseq), moment(5), chain);
    }
    EXPECT_EQ(copy.open().size(), 1U);
    EXPECT_EQ(copy.look(key_of(order_id(9'999)), chain)->answers.size(), 1U);
    ASSERT_EQ(copy.closed(), 1'000U);
    for (std::size_t i = 0; i < copy.closed(); ++i) {
        EXPECT_EQ(copy.closed_at(i).order.id.dseq, i + 1);
        EXPECT_EQ(copy.closed_at(i).answers.size(), 1U);
    }
}

nodes::DeploymentId deployment_id(std::uint64_t dseq) {
    return order_id(dseq).deployment();
}

nodes::BidId lease_id(std::uint64_t dseq) {
    return nodes::bid_id(order_id(dseq), nodes::Address{3});
}

TEST(DeploymentBook, RemembersWhatLivesAndTheLastEnded) {
    DeploymentBook book;
    book.created(deployment_id(9'999), moment(1));
    for (std::uint64_t dseq = 1; dseq <= 5'000; ++dseq) {
        const Moment now = moment(static_cast<std::int64_t>(dseq));
        book.created(deployment_id(dseq), now);
        book.ordered(order_of(dseq), now);
        book.order_closed(order_id(dseq), now.at, now);
        book.leased(lease_id(dseq), {}, now);
        book.entry({.at = now.at, .amount = 1, .dseq = 9'999, .owner = nodes::Address{7}});
        book.closed(deployment_id(dseq), now);
        EXPECT_TRUE(book.overdrawn(deployment_id(dseq))) << "its end comes in steps";
        EXPECT_FALSE(book.overdrawn(deployment_id(dseq)));
        EXPECT_LE(book.ended(), DeploymentBook::kEnded);
    }
    EXPECT_GE(book.ended(), DeploymentBook::kEnded - 300);
    EXPECT_EQ(book.find(key_of(deployment_id(1))), nullptr);
    const DeploymentLife* old = book.find(key_of(deployment_id(4'000)));
    ASSERT_NE(old, nullptr);
    EXPECT_EQ(old->orders.size(), 1U);
    EXPECT_EQ(old->leases.size(), 1U);
    EXPECT_EQ(old->leases[0].to, old->ended);
    EXPECT_TRUE(old->leases[0].is(lease_id(4'000)));
    EXPECT_TRUE(old->overdrawn);
    const DeploymentLife* living = book.find(key_of(deployment_id(9'999)));
    ASSERT_NE(living, nullptr);
    const auto entries = book.entries(deployment_id(9'999));
    ASSERT_EQ(entries.size(), DeploymentBook::kEntriesMax);
    EXPECT_EQ(entries.front().at, moment(4'801).at);
    EXPECT_EQ(entries.back().at, moment(5'000).at);
    EXPECT_TRUE(book.entries(deployment_id(1)).empty());
    const auto found = book.of(nodes::Address{7}, 10);
    ASSERT_EQ(found.size(), 10U);
    EXPECT_EQ(found[0]->id.dseq, 5'000U);
    EXPECT_EQ(found[9]->id.dseq, 4'991U);
}

TEST(DeploymentBook, ACopyStaysAsItWas) {
    DeploymentBook book;
    book.created(deployment_id(1), moment(1));
    book.created(deployment_id(2), moment(1));
    book.closed(deployment_id(2), moment(2));
    const DeploymentBook copy = book;
    for (int i = 0; i < 20; ++i)
        book.entry({.amount = 5, .dseq = 1, .owner = nodes::Address{7}});
    book.closed(deployment_id(1), moment(3));
    for (std::uint64_t dseq = 3; dseq <= 3'000; ++dseq) {
        book.created(deployment_id(dseq), moment(4));
        book.closed(deployment_id(dseq), moment(5));
    }
    ASSERT_NE(copy.find(key_of(deployment_id(1))), nullptr);
    EXPECT_TRUE(copy.entries(deployment_id(1)).empty());
    EXPECT_EQ(copy.find(key_of(deployment_id(1)))->ended.ns, 0);
    EXPECT_EQ(copy.find(key_of(deployment_id(2)))->ended, moment(2).at);
    EXPECT_EQ(copy.ended(), 1U);
    EXPECT_EQ(book.find(key_of(deployment_id(2))), nullptr);
}

TEST(Earnings, AddUpByModelAndOverTheLastDay) {
    Earnings earned;
    for (std::int64_t hour = 0; hour < 48; ++hour)
        earned.add(3, hour < 24 ? 0 : 12, sim::SimTime{hour * kHourNs + 1}, 2);
    earned.add(100, 1, sim::SimTime{47 * kHourNs}, 5);
    EXPECT_DOUBLE_EQ(earned.all(3), 96);
    EXPECT_DOUBLE_EQ(earned.of_model(3, 0), 48);
    EXPECT_DOUBLE_EQ(earned.of_model(3, 12), 48);
    EXPECT_DOUBLE_EQ(earned.of_model(3, 5), 0);
    EXPECT_DOUBLE_EQ(earned.of_model(3, 99), 0);
    EXPECT_DOUBLE_EQ(earned.day(3, sim::SimTime{47 * kHourNs}), 48);
    EXPECT_DOUBLE_EQ(earned.day(3, sim::SimTime{57 * kHourNs}), 28) << "ten hours have passed";
    EXPECT_DOUBLE_EQ(earned.day(3, sim::SimTime{99 * kHourNs}), 0);
    EXPECT_DOUBLE_EQ(earned.all(100), 5);
    EXPECT_DOUBLE_EQ(earned.all(101), 0);
    earned.add(3, 0, sim::SimTime{200 * kHourNs}, 1);
    EXPECT_DOUBLE_EQ(earned.day(3, sim::SimTime{200 * kHourNs}), 1);
}

}  // namespace
}  // namespace gui
