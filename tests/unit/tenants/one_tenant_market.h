// A market of one tenant on a real chain: blocks every six seconds, news at once, providers that do
// what the test tells them. A plain value, so that a test can copy it and let both copies run.
#pragma once

#include "nodes/chain/app.h"
#include "tenants/tenant.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tenants_test {

inline constexpr std::int64_t kAkt = 1'000'000;

/// Bech32 text of the account whose 20 bytes are all `n`.
inline std::string account_text(unsigned char n) {
    nodes::AddressBook book;
    return book.text(book.from_bytes(std::string(20, static_cast<char>(n))));
}

class OneTenantMarket final : public nodes::AgentPort {
  public:
    static constexpr auto kBlock = sim::SimDuration::seconds(6);
    static constexpr unsigned char kTenant = 1;
    static constexpr const char* kAxlUsdc = "ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E5";

    /// Providers 10, 11, 12, 13 with 1,000 AKT each; the tenant has 1,000 of both coins.
    explicit OneTenantMarket(std::int64_t tenant_coins = 1'000 * kAkt)
        : chain_(make_chain(tenant_coins)), view_(chain_.view()) {
        uakt_ = chain_.names().denoms.intern("uakt");
        usdc_ = chain_.names().denoms.intern(kAxlUsdc);
        for (unsigned char n = 10; n < 14; ++n) {
            nodes::MsgCreateProvider message;
            message.owner = provider(n);
            message.host_uri = "https://p" + std::to_string(n) + ".example.org:8443";
            message.attributes = {{"region", n == 12 ? "eu-west" : "us-east"}};
            submit({message});
        }
        advance_block();
    }

    OneTenantMarket(const OneTenantMarket& other)
        : nodes::AgentPort(other),
          tenant(other.tenant),
          chain_(other.chain_),
          view_(chain_.view()),
          uakt_(other.uakt_),
          usdc_(other.usdc_),
          now_(other.now_),
          height_(other.height_),
          pending_(other.pending_),
          timers_(other.timers_),
          timer_number_(other.timer_number_) {
        akt_price = other.akt_price;
        lose_next = other.lose_next;
        answer_manifests = other.answer_manifests;
    }

    OneTenantMarket& operator=(const OneTenantMarket&) = delete;

    // --- what the tenant sees
    [[nodiscard]] sim::SimTime now() const override { return now_; }

    [[nodiscard]] const nodes::ChainView& chain() const override { return view_; }

    [[nodiscard]] const nodes::Names& names() const override { return chain_.names(); }

    [[nodiscard]] std::int64_t akt_micro_usd() const override { return akt_price; }

    [[nodiscard]] nodes::Denom uakt() const override { return uakt_; }

    [[nodiscard]] nodes::Denom axl_usdc() const override { return usdc_; }

    void submit(nodes::Msg msg) override {
        if (lose_next > 0) {
            --lose_next;
            return;
        }
        pending_.push_back(std::move(msg));
    }

    void wake(sim::SimDuration after, const nodes::AgentTimer& timer) override {
        EXPECT_GE(after.ns, 0);
        timers_.emplace(std::pair{now_ + after, timer_number_++}, timer);
    }

    void send(const nodes::ManifestSubmitted& manifest) override {
        manifests.push_back(manifest);
        if (!answer_manifests) return;
        timers_.emplace(std::pair{now_ + sim::SimDuration::seconds(1), timer_number_++},
                        nodes::AgentTimer{kRunsTimer, 0, manifests.size() - 1});
    }

    void send(const nodes::WorkloadReport& /*of providers*/) override {}

    void note(const nodes::BidNote& note) override { notes.push_back(note); }

    // --- what the test does
    [[nodiscard]] nodes::Address account() { return provider(kTenant); }

    nodes::Address provider(unsigned char n) {
        return chain_.names().addresses.intern(account_text(n));
    }

    [[nodiscard]] nodes::Names& mutable_names() { return chain_.names(); }

    [[nodiscard]] const nodes::Chain& real_chain() const { return chain_; }

    /// The tenant's deployment in its first row, and the order it waits with.
    [[nodiscard]] const tenants::Deployment& row(std::size_t i = 0) const {
        return tenant.deployments().at(i);
    }

    [[nodiscard]] nodes::OrderId order() { return {account(), row().dseq, 1, row().oseq}; }

    /// A bid of so many whole units per block with the next block.
    void bid(unsigned char n, std::int64_t price) {
        nodes::MsgCreateBid message;
        message.order = order();
        message.provider = provider(n);
        message.price = {chain_.view().order(order())->denom, sim::to_wide(price) * sim::kDecOne};
        message.deposit = {uakt_, 500'000};
        submit({message});
    }

    /// Comes before everything that waits for the next block.
    void submit_first(nodes::Msg msg) { pending_.insert(pending_.begin(), std::move(msg)); }

    void report(nodes::WorkloadState state) {
        tenant.on_report({nodes::bid_id(order(), row().provider), state}, *this);
    }

    /// Lets time pass, with blocks, timers and answers.
    void run(sim::SimDuration time) {
        const sim::SimTime until = now_ + time;
        for (;;) {
            const sim::SimTime next_block = sim::SimTime{} + kBlock * (height_ + 1);
            const bool timer_first = !timers_.empty() && timers_.begin()->first.first < next_block;
            const sim::SimTime next = timer_first ? timers_.begin()->first.first : next_block;
            if (next > until) break;
            now_ = next;
            if (timer_first) {
                fire_timer();
            } else {
                advance_block();
            }
        }
        now_ = until;
    }

    void run_blocks(std::int64_t blocks) { run(kBlock * blocks); }

    tenants::Tenant tenant;
    std::int64_t akt_price = 5'000'000;
    int lose_next = 0;  ///< so many messages get lost on their way
    bool answer_manifests = true;
    std::vector<nodes::ManifestSubmitted> manifests;
    std::vector<nodes::BidNote> notes;
    std::vector<std::string> refusals;

  private:
    static constexpr std::uint8_t kRunsTimer = 200;

    static nodes::Chain make_chain(std::int64_t tenant_coins) {
        nodes::Genesis genesis;
        genesis.params.deployment_min_deposits = {{"uakt", 500'000}, {kAxlUsdc, 5'000'000}};
        genesis.params.bid_min_deposit = {"uakt", 500'000};
        genesis.params.denom_take_rates = {{"uakt", 2}};
        genesis.accounts.push_back(
            {account_text(kTenant), {{kAxlUsdc, tenant_coins}, {"uakt", tenant_coins}}});
        for (unsigned char n = 10; n < 14; ++n) {
            genesis.accounts.push_back({account_text(n), {{"uakt", 1'000 * kAkt}}});
        }
        return nodes::Chain::create(genesis).value();
    }

    void fire_timer() {
        const nodes::AgentTimer timer = timers_.begin()->second;
        timers_.erase(timers_.begin());
        if (timer.kind == kRunsTimer) {
            const nodes::LeaseId lease = manifests.at(timer.tag).lease;
            tenant.on_report({lease, nodes::WorkloadState::kRunning}, *this);
        } else {
            tenant.on_timer(timer, *this);
        }
    }

    void advance_block() {
        ++height_;
        chain_.begin_block({height_}, {1'700'000'000 + height_ * 6, 0});
        std::vector<nodes::News> news;
        for (const nodes::Msg& message : std::exchange(pending_, {})) {
            nodes::Tx tx;
            tx.signer = nodes::required_signer(message);
            tx.messages = {message};
            tx.gas_limit = 100'000'000;
            nodes::TxResult result;
            chain_.deliver(tx, result);
            if (result.ok()) {
                nodes::append_news(result, {height_}, news);
            } else {
                refusals.push_back(result.log);
                news.push_back(refusal(message));
            }
        }
        chain_.end_block();
        const sim::Status sound = chain_.check_invariants();
        EXPECT_TRUE(sound.has_value()) << (sound ? "" : sound.error().text);
        for (const nodes::News& item : news)
            tenant.on_news(item, *this);
    }

    static nodes::News refusal(const nodes::Msg& message) {
        nodes::News news;
        news.kind = nodes::NewsKind::kTxRefused;
        news.message = static_cast<std::uint8_t>(message.body.index());
        std::visit(
            [&](const auto& body) {
                if constexpr (requires { body.id.dseq; }) news.id.dseq = body.id.dseq;
                if constexpr (requires { body.bid_id.dseq; }) news.id.dseq = body.bid_id.dseq;
                if constexpr (requires { body.lease_id.dseq; }) news.id.dseq = body.lease_id.dseq;
            },
            message.body);
        return news;
    }

    nodes::Chain chain_;
    nodes::ChainView view_;
    nodes::Denom uakt_;
    nodes::Denom usdc_;
    sim::SimTime now_;
    std::int64_t height_ = 0;
    std::vector<nodes::Msg> pending_;
    std::map<std::pair<sim::SimTime, std::uint64_t>, nodes::AgentTimer> timers_;
    std::uint64_t timer_number_ = 0;
};

}  // namespace tenants_test
