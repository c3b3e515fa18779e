// A market on a real chain with a few providers as agents, and a tenant whose moves the test makes:
// blocks every six seconds, news at once. A plain value, so that a test can copy it and let both
// copies run.
#pragma once

#include "nodes/chain/app.h"
#include "providers/provider.h"

#include <gtest/gtest.h>

#include "groups.h"
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace providers_test {

inline constexpr std::int64_t kAkt = 1'000'000;
inline constexpr const char* kUsdc =
    "ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1";
/// A manifest's version as the deployment has it, and as manifests carry it.
inline const std::string kVersion(32, '\x01');
inline constexpr std::uint64_t kVersionNumber = 0x0101010101010101;

/// Bech32 text of the account whose 20 bytes are all `n`.
inline std::string account_text(unsigned char n) {
    nodes::AddressBook book;
    return book.text(book.from_bytes(std::string(20, static_cast<char>(n))));
}

/// One node with eight a100, no failures, cost plus a quarter.
inline providers::ProviderConfig usual_config(const std::string& name) {
    providers::ProviderConfig config;
    config.name = name;
    config.attributes = {{"region", "us-west"}};
    config.nodes = {{.count = 1,
                     .cpu = 64'000,
                     .memory = 256 * kGi,
                     .disk = 1'000 * kGi,
                     .gpus = {{"a100", 8, ""}}}};
    config.strategy = *providers::strategy_named("cost_plus");
    config.own_cost = sim::Dec18::from_int(400);
    return config;
}

class ProviderMarket final : public nodes::AgentPort {
  public:
    static constexpr auto kBlock = sim::SimDuration::seconds(6);
    static constexpr unsigned char kTenant = 1;
    static constexpr unsigned char kFirstProvider = 10;

    explicit ProviderMarket(std::vector<providers::ProviderConfig> configs,
                            std::int64_t provider_coins = 1'000 * kAkt)
        : chain_(make_chain(configs.size(), provider_coins)), view_(chain_.view()) {
        uakt_ = chain_.names().denoms.intern("uakt");
        usdc_ = chain_.names().denoms.intern(kUsdc);
        for (std::size_t i = 0; i < configs.size(); ++i) {
            configs[i].owner = account(static_cast<unsigned char>(kFirstProvider + i));
            auto made = providers::Provider::create(std::move(configs[i]), 42);
            EXPECT_TRUE(made) << (made ? "" : made.error().text);
            agents.push_back(std::move(made).value());
        }
        for (std::size_t i = 0; i < agents.size(); ++i) {
            current_ = i;
            agents[i].on_start(*this);
        }
        run_blocks(1);
    }

    ProviderMarket(const ProviderMarket& other)
        : nodes::AgentPort(other),
          agents(other.agents),
          chain_(other.chain_),
          view_(chain_.view()),
          uakt_(other.uakt_),
          usdc_(other.usdc_),
          now_(other.now_),
          height_(other.height_),
          dseq_(other.dseq_),
          pending_(other.pending_),
          timers_(other.timers_),
          timer_number_(other.timer_number_) {}

    ProviderMarket& operator=(const ProviderMarket&) = delete;

    // What a provider sees.
    [[nodiscard]] sim::SimTime now() const override { return now_; }

    [[nodiscard]] const nodes::ChainView& chain() const override { return view_; }

    [[nodiscard]] const nodes::Names& names() const override { return chain_.names(); }

    [[nodiscard]] std::int64_t akt_micro_usd() const override { return 4'000'000; }

    [[nodiscard]] nodes::Denom uakt() const override { return uakt_; }

    [[nodiscard]] nodes::Denom axl_usdc() const override { return usdc_; }

    void submit(nodes::Msg msg) override { pending_.emplace_back(current_, std::move(msg)); }

    void wake(sim::SimDuration after, const nodes::AgentTimer& timer) override {
        EXPECT_GE(after.ns, 0);
        timers_.emplace(std::pair{now_ + after, timer_number_++}, std::pair{current_, timer});
    }

    void send(const nodes::ManifestSubmitted& /*of tenants*/) override {}

    void send(const nodes::WorkloadReport& report) override { reports.push_back(report.state); }

    void note(const nodes::BidNote& note) override { notes.push_back(note); }

    // What the test does.
    nodes::Address account(unsigned char n) {
        return chain_.names().addresses.intern(account_text(n));
    }

    nodes::Names& mutable_names() { return chain_.names(); }

    providers::Provider& provider(std::size_t i = 0) {
        current_ = i;
        return agents[i];
    }

    /// The provider's only tracked order.
    [[nodiscard]] const providers::OrderSlot& slot(std::size_t i = 0) const {
        for (const auto& slot : agents[i].slots()) {
            if (slot.state != providers::SlotState::kFree) return slot;
        }
        static const providers::OrderSlot kNone;
        return kNone;
    }

    /// A deployment of this group in uakt with the next block; returns its order.
    nodes::OrderId order(const Wish& wish, std::int64_t deposit = 500 * kAkt) {
        auto spec = group(wish);
        for (auto& unit : spec->resources)
            unit.price.denom = uakt_;
        return order(std::move(spec), deposit);
    }

    nodes::OrderId order(nodes::GroupSpecRef spec, std::int64_t deposit = 500 * kAkt) {
        nodes::MsgCreateDeployment message;
        message.id = {account(kTenant), ++dseq_};
        message.groups = {std::move(spec)};
        message.version = kVersion;
        message.deposit = {uakt_, deposit};
        message.depositor = message.id.owner;
        from_tenant({std::move(message)});
        return {account(kTenant), dseq_, 1, 1};
    }

    void lease(const nodes::OrderId& order, std::size_t winner = 0) {
        from_tenant({nodes::MsgCreateLease{nodes::bid_id(order, owner(winner))}});
    }

    void close(const nodes::OrderId& order) {
        from_tenant({nodes::MsgCloseDeployment{order.deployment()}});
    }

    void manifest(const nodes::OrderId& order,
                  std::uint64_t version = kVersionNumber,
                  std::size_t to = 0) {
        current_ = to;
        agents[to].on_manifest({nodes::bid_id(order, owner(to)), version}, *this);
    }

    [[nodiscard]] nodes::Address owner(std::size_t i) const { return agents[i].config().owner; }

    void from_tenant(nodes::Msg msg) { pending_.emplace_back(kNobody, std::move(msg)); }

    /// Lets time pass, with blocks and timers.
    void run(sim::SimDuration time) {
        const sim::SimTime until = now_ + time;
        for (;;) {
            const sim::SimTime next_block = sim::SimTime{} + kBlock * (height_ + 1);
            const bool timer_first = !timers_.empty() && timers_.begin()->first.first < next_block;
            const sim::SimTime next = timer_first ? timers_.begin()->first.first : next_block;
            if (next > until) break;
            now_ = next;
            timer_first ? fire_timer() : advance_block();
        }
        now_ = until;
    }

    void run_blocks(std::int64_t blocks) { run(kBlock * blocks); }

    [[nodiscard]] std::size_t noted(nodes::Reason reason) const {
        return static_cast<std::size_t>(std::count_if(
            notes.begin(), notes.end(), [reason](const auto& n) { return n.reason == reason; }));
    }

    [[nodiscard]] std::int64_t balance(std::size_t i) const {
        return view_.balance(owner(i), uakt_);
    }

    std::vector<providers::Provider> agents;
    std::vector<nodes::WorkloadState> reports;
    std::vector<nodes::BidNote> notes;
    std::vector<std::string> refusals;

  private:
    static constexpr std::size_t kNobody = 1'000;

    static nodes::Chain make_chain(std::size_t providers, std::int64_t provider_coins) {
        nodes::Genesis genesis;
        genesis.params.deployment_min_deposits = {{"uakt", 500'000}, {kUsdc, 500'000}};
        genesis.params.bid_min_deposit = {"uakt", 500'000};
        genesis.params.denom_take_rates = {{"uakt", 2}};
        genesis.accounts.push_back(
            {account_text(kTenant), {{kUsdc, 1'000'000 * kAkt}, {"uakt", 1'000'000 * kAkt}}});
        for (std::size_t i = 0; i < providers; ++i) {
            const auto n = static_cast<unsigned char>(kFirstProvider + i);
            genesis.accounts.push_back({account_text(n), {{"uakt", provider_coins}}});
        }
        return nodes::Chain::create(genesis).value();
    }

    void fire_timer() {
        const auto [who, timer] = timers_.begin()->second;
        timers_.erase(timers_.begin());
        current_ = who;
        agents[who].on_timer(timer, *this);
    }

    void advance_block() {
        ++height_;
        chain_.begin_block({height_}, {1'700'000'000 + height_ * 6, 0});
        std::vector<nodes::News> news;
        std::vector<std::pair<std::size_t, nodes::News>> refused;
        for (const auto& [who, message] : std::exchange(pending_, {})) {
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
                refused.emplace_back(who, refusal(message, result));
            }
        }
        chain_.end_block();
        const sim::Status sound = chain_.check_invariants();
        EXPECT_TRUE(sound.has_value()) << (sound ? "" : sound.error().text);
        for (const auto& item : news)
            tell_all(item);
        for (const auto& [who, item] : refused) {
            if (who == kNobody) continue;
            current_ = who;
            agents[who].on_news(item, *this);
        }
    }

    void tell_all(const nodes::News& news) {
        for (std::size_t i = 0; i < agents.size(); ++i) {
            current_ = i;
            agents[i].on_news(news, *this);
        }
    }

    static nodes::News refusal(const nodes::Msg& message, const nodes::TxResult& result) {
        nodes::News news;
        news.kind = nodes::NewsKind::kTxRefused;
        news.message = static_cast<std::uint8_t>(message.body.index());
        news.code = {result.codespace, result.code};
        if (const auto* bid = std::get_if<nodes::MsgCreateBid>(&message.body)) {
            news.id = nodes::bid_id(bid->order, bid->provider);
        }
        if (const auto* close = std::get_if<nodes::MsgCloseBid>(&message.body)) {
            news.id = close->bid_id;
        }
        return news;
    }

    nodes::Chain chain_;
    nodes::ChainView view_;
    nodes::Denom uakt_;
    nodes::Denom usdc_;
    sim::SimTime now_;
    std::int64_t height_ = 0;
    std::uint64_t dseq_ = 0;
    std::size_t current_ = 0;
    std::vector<std::pair<std::size_t, nodes::Msg>> pending_;
    std::map<std::pair<sim::SimTime, std::uint64_t>, std::pair<std::size_t, nodes::AgentTimer>>
        timers_;
    std::uint64_t timer_number_ = 0;
};

}  // namespace providers_test
