#include "tests/support/market_bench.h"

#include "nodes/protocol/validate_basic.h"
#include "sim/assert.h"

#include <limits>
#include <memory>
#include <utility>

namespace test_support {
namespace {

constexpr std::int64_t kPlenty = 1'000'000'000'000'000;
constexpr std::int64_t kDeposit = 5'000'000;
constexpr std::int64_t kMebibyte = 1'048'576;

nodes::ChainState fresh_state(const nodes::ChainParams& params, const nodes::RuleSet& rules) {
    nodes::Genesis genesis;
    genesis.params = params;
    genesis.rules = rules;
    auto chain = nodes::Chain::create(genesis);
    SIM_ASSERT(chain.has_value(), "parameters of a genesis, got {}", chain.error().text);
    chain->begin_block(sim::Height{1}, nodes::Timestamp{1'709'251'200, 0});
    return chain->state();
}

}  // namespace

nodes::ChainParams bench_params() {
    nodes::ChainParams params;
    params.deployment_min_deposits = {{"uakt", kDeposit}, {"uusdc", kDeposit}};
    params.bid_min_deposit = {"uakt", kDeposit};
    params.default_take_rate = 20;
    params.denom_take_rates = {{"uakt", 2}};
    return params;
}

MarketBench::MarketBench(const nodes::ChainParams& params, const nodes::RuleSet& rules)
    : state_(fresh_state(params, rules)) {}

nodes::Address MarketBench::account(const std::string& name) {
    const auto known = accounts_.find(name);
    if (known != accounts_.end()) return known->second;
    // Twenty bytes: the name, filled up; names are short and differ within their first twenty
    // letters.
    std::string bytes = name.substr(0, 20);
    bytes.resize(20, '.');
    const auto address = state_.names.addresses.from_bytes(bytes);
    auto& row = state_.accounts.edit(address.index);
    row.exists = 1;
    row.number = state_.next_account_number++;
    for (const auto* text : {"uakt", "uusdc"}) {
        const auto money = denom(text);
        if (state_.supply.size() <= money.index) state_.supply.resize(money.index + 1U);
        state_.supply[money.index] += kPlenty;
        state_.set_balance(address, money, kPlenty);
    }
    state_.commit();
    accounts_.emplace(name, address);
    return address;
}

nodes::Coin MarketBench::coin(std::int64_t amount, std::string_view denom_text) {
    return {denom(denom_text), amount};
}

nodes::GroupSpecRef MarketBench::group(const GroupOptions& options) {
    nodes::ResourceUnit unit;
    unit.resources.id = 1;
    unit.resources.cpu = nodes::Quantity{10, {}};
    unit.resources.memory = nodes::Quantity{kMebibyte, {}};
    unit.resources.storage = {nodes::Volume{"default", 5 * kMebibyte, {}}};
    unit.resources.gpu = nodes::Quantity{0, {}};
    unit.count = options.count;
    unit.price = {denom(options.denom), sim::Wide(options.price) * sim::kDecOne};
    nodes::GroupSpec spec;
    spec.name = options.name;
    spec.requirements.attributes = options.attributes;
    spec.resources = {unit};
    return std::make_shared<const nodes::GroupSpec>(std::move(spec));
}

sim::Status MarketBench::send(const nodes::Msg& message) {
    if (auto valid = nodes::validate_basic(message, state_.names); !valid) return valid;
    return handle(message);
}

sim::Status MarketBench::handle(const nodes::Msg& message) {
    return step([&](nodes::Context& context) { return nodes::handle_message(context, message); });
}

sim::Status MarketBench::step(const std::function<sim::Status(nodes::Context&)>& work) {
    result_.clear();
    nodes::GasMeter gas(std::numeric_limits<std::int64_t>::max());
    nodes::Context context{state_, gas, result_};
    const auto before = state_.mark();
    auto status = work(context);
    if (!status) state_.rollback(before);
    state_.commit();
    return status;
}

void MarketBench::advance(std::int64_t blocks) {
    state_.height = state_.height + sim::BlockCount{blocks};
    state_.time.seconds += 6 * blocks;
}

std::int64_t MarketBench::balance(nodes::Address account, std::string_view denom_text) {
    return state_.balance(state_.names.addresses.account(account), denom(denom_text));
}

std::int64_t MarketBench::community_pool() {
    for (const auto& coin : state_.community_pool) {
        if (coin.denom == denom("uakt")) return coin.amount.truncate();
    }
    return 0;
}

nodes::DeploymentId MarketBench::deployment_id(std::uint64_t dseq) {
    return {account("owner"), dseq};
}

nodes::OrderId MarketBench::order_id(std::uint64_t dseq, std::uint32_t oseq) {
    return {account("owner"), dseq, 1, oseq};
}

nodes::BidId MarketBench::bid_id(const std::string& provider,
                                 std::uint64_t dseq,
                                 std::uint32_t oseq) {
    return nodes::bid_id(order_id(dseq, oseq), account(provider));
}

nodes::MsgCreateDeployment MarketBench::create_deployment(std::uint64_t dseq,
                                                          std::vector<nodes::GroupSpecRef> groups) {
    if (groups.empty()) groups.push_back(group());
    nodes::MsgCreateDeployment message;
    message.id = deployment_id(dseq);
    message.groups = std::move(groups);
    message.version = std::string(32, 'v');
    message.deposit = coin(kDeposit);
    message.depositor = account("owner");
    return message;
}

nodes::MsgCreateBid MarketBench::create_bid(const std::string& provider,
                                            std::int64_t price,
                                            std::uint64_t dseq) {
    nodes::MsgCreateBid message;
    message.order = order_id(dseq);
    message.provider = account(provider);
    message.price = {denom("uakt"), sim::Wide(price) * sim::kDecOne};
    message.deposit = coin(kDeposit);
    return message;
}

nodes::MsgCreateProvider MarketBench::create_provider(const std::string& name,
                                                      nodes::Attributes attributes) {
    nodes::MsgCreateProvider message;
    message.owner = account(name);
    message.host_uri = "https://provider.example";
    message.attributes = std::move(attributes);
    return message;
}

sim::Status MarketBench::open_lease(std::int64_t price) {
    SIM_CHECK(send({create_deployment()}));
    SIM_CHECK(send({create_provider()}));
    SIM_CHECK(send({create_bid("provider", price)}));
    return send({nodes::MsgCreateLease{bid_id()}});
}

std::string code_of(const sim::Status& status) {
    if (status) return "ok";
    const auto& code = status.error().code;
    return std::string(code.space) + "/" + std::to_string(code.number);
}

}  // namespace test_support
