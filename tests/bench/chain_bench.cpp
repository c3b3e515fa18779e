// The chain alone: market messages through blocks with ante chain, events and exact gas, unsigned
// as agents send them. One cycle is a deployment's life: create, five bids, lease, withdrawals,
// close.
#include "nodes/chain/app.h"
#include "nodes/networks/akash.h"
#include "nodes/protocol/signing.h"

#include <benchmark/benchmark.h>
#include <string>
#include <vector>

namespace {

constexpr int kTenants = 64;
constexpr int kProviders = 32;
constexpr int kBidsPerOrder = 5;
constexpr int kWithdrawals = 3;
constexpr std::uint64_t kGasLimit = 2'000'000;

nodes::GroupSpecRef make_spec(nodes::Names& names) {
    nodes::ResourceUnit unit;
    unit.resources.id = 1;
    unit.resources.cpu = nodes::Quantity{4000, {}};
    unit.resources.memory = nodes::Quantity{sim::Wide(16) << 30, {}};
    unit.resources.storage.push_back({"default", sim::Wide(100) << 30, {}});
    unit.resources.gpu = nodes::Quantity{1, {{"vendor/nvidia/model/a100", "true"}}};
    unit.resources.endpoints.push_back({nodes::EndpointKind::kSharedHttp, 0});
    unit.count = 1;
    unit.price = {names.denoms.intern("uakt"), sim::Wide(10'000) * sim::kDecOne};
    nodes::GroupSpec spec;
    spec.name = "west";
    spec.requirements.attributes = {{"region", "us-west"}};
    spec.resources.push_back(unit);
    return std::make_shared<const nodes::GroupSpec>(std::move(spec));
}

/// A chain with funded accounts and registered providers, one message a transaction.
class Market {
  public:
    Market() : chain_(nodes::Chain::create(genesis()).value()) {
        nodes::Names& names = chain_.names();
        uakt_ = names.denoms.intern("uakt");
        spec_ = make_spec(names);
        for (int i = 0; i < kTenants; ++i)
            tenants_.push_back(address("tenant", i));
        for (int i = 0; i < kProviders; ++i)
            providers_.push_back(address("provider", i));
        next_block();
        for (const nodes::Address provider : providers_) {
            deliver(nodes::MsgCreateProvider{
                provider,
                "https://provider.example.com:8443",
                {{"region", "us-west"}, {"capabilities/gpu/vendor/nvidia/model/a100", "true"}},
                {}});
        }
    }

    void life_of_a_deployment() {
        const nodes::Address tenant = tenants_[cycle_ % kTenants];
        const nodes::DeploymentId id{tenant, ++cycle_};
        const nodes::OrderId order{tenant, id.dseq, 1, 1};
        deliver(nodes::MsgCreateDeployment{
            id, {spec_}, std::string(32, 'v'), {uakt_, 5'000'000}, tenant});
        next_block();
        for (int i = 0; i < kBidsPerOrder; ++i) {
            deliver(nodes::MsgCreateBid{order,
                                        provider(i),
                                        {uakt_, sim::Wide(1000 + i) * sim::kDecOne},
                                        {uakt_, 500'000},
                                        nullptr});
        }
        next_block();
        const nodes::LeaseId lease = nodes::bid_id(order, provider(0));
        deliver(nodes::MsgCreateLease{lease});
        for (int i = 0; i < kWithdrawals; ++i) {
            next_block();
            deliver(nodes::MsgWithdrawLease{lease});
        }
        next_block();
        deliver(nodes::MsgCloseDeployment{id});
    }

    [[nodiscard]] std::int64_t delivered() const { return delivered_; }

    [[nodiscard]] const nodes::Chain& chain() const { return chain_; }

  private:
    static nodes::Genesis genesis() {
        nodes::Genesis genesis;
        genesis.params = nodes::akash::params(nodes::akash::take_preset("code").value());
        genesis.prune_closed_after = sim::BlockCount{1000};
        nodes::Names names;
        const auto add = [&](const std::string& kind, int count) {
            for (int i = 0; i < count; ++i) {
                const std::string bytes = account_of(kind, i);
                genesis.accounts.push_back({names.addresses.text(names.addresses.from_bytes(bytes)),
                                            {{"uakt", 10'000'000'000'000}}});
            }
        };
        add("tenant", kTenants);
        add("provider", kProviders);
        return genesis;
    }

    static std::string account_of(const std::string& kind, int i) {
        return nodes::module_account_bytes(kind + "/" + std::to_string(i));
    }

    nodes::Address address(const std::string& kind, int i) {
        return chain_.names().addresses.from_bytes(account_of(kind, i));
    }

    nodes::Address provider(int i) const {
        return providers_[(cycle_ * 7 + static_cast<std::uint64_t>(i)) % kProviders];
    }

    void next_block() {
        const sim::Height height = chain_.view().height() + sim::BlockCount{1};
        chain_.begin_block(height, {1'709'251'200 + 6 * height.value, 0});
    }

    void deliver(nodes::Msg::Body body) {
        nodes::Msg msg{std::move(body)};
        tx_.signer = nodes::required_signer(msg);
        tx_.messages.clear();
        tx_.messages.push_back(std::move(msg));
        tx_.gas_limit = kGasLimit;
        tx_.fee.assign(1, {uakt_, 5000});
        chain_.deliver(tx_, result_);
        if (!result_.ok()) throw std::runtime_error(result_.log);
        ++delivered_;
    }

    nodes::Chain chain_;
    nodes::Denom uakt_;
    nodes::GroupSpecRef spec_;
    std::vector<nodes::Address> tenants_;
    std::vector<nodes::Address> providers_;
    nodes::Tx tx_;
    nodes::TxResult result_;
    std::uint64_t cycle_ = 0;
    std::int64_t delivered_ = 0;
};

/// At least 300,000 messages a second are asked for; the real keepers did 5,016 on this kind of
/// machine.
void chain_market_messages(benchmark::State& state) {
    Market market;
    const std::int64_t before = market.delivered();
    for (auto _ : state)
        market.life_of_a_deployment();
    state.counters["messages_per_second"] = benchmark::Counter(
        static_cast<double>(market.delivered() - before), benchmark::Counter::kIsRate);
}

void chain_copy(benchmark::State& state) {
    Market market;
    for (int i = 0; i < 2000; ++i)
        market.life_of_a_deployment();
    for (auto _ : state) {
        nodes::Chain copy = market.chain();
        benchmark::DoNotOptimize(copy);
    }
}

}  // namespace

BENCHMARK(chain_market_messages)->Unit(benchmark::kMicrosecond);
BENCHMARK(chain_copy)->Unit(benchmark::kMillisecond);
