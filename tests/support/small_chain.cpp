#include "tests/support/small_chain.h"

#include "nodes/networks/akash.h"
#include "nodes/protocol/signing.h"

namespace test_support {
namespace {

constexpr std::uint64_t kAmpleGas = 100'000'000;
constexpr std::int64_t kGenesisSeconds = 1'709'251'200;

std::string account_bytes_of(const std::string& name) {
    return nodes::module_account_bytes(name);
}

nodes::Genesis genesis(const SmallChainOptions& options) {
    nodes::Genesis genesis;
    genesis.params = nodes::akash::params({"test", options.take_percent, 20});
    genesis.rules = options.rules;
    genesis.prune_closed_after = options.prune_closed_after;
    nodes::Names names;
    const auto add = [&](const std::string& name) {
        const nodes::Address address = names.addresses.from_bytes(account_bytes_of(name));
        genesis.accounts.push_back({names.addresses.text(address), {{"uakt", options.balance}}});
    };
    add("test tenant");
    for (int i = 0; i < options.providers; ++i)
        add("test provider " + std::to_string(i));
    return genesis;
}

nodes::GroupSpecRef plain_group(int index, nodes::Denom uakt) {
    nodes::ResourceUnit unit;
    unit.resources.id = 1;
    unit.resources.cpu = nodes::Quantity{1000, {}};
    unit.resources.memory = nodes::Quantity{sim::Wide(1) << 30, {}};
    unit.resources.storage.push_back({"default", sim::Wide(1) << 30, {}});
    unit.resources.gpu = nodes::Quantity{0, {}};
    unit.count = 1;
    unit.price = {uakt, sim::Wide(10'000'000) * sim::kDecOne};
    nodes::GroupSpec spec;
    spec.name = "group-" + std::to_string(index);
    spec.resources.push_back(unit);
    return std::make_shared<const nodes::GroupSpec>(std::move(spec));
}

}  // namespace

SmallChain::SmallChain(const SmallChainOptions& options)
    : chain(nodes::Chain::create(genesis(options)).value()) {
    uakt = chain.names().denoms.intern("uakt");
    tenant = chain.names().addresses.from_bytes(account_bytes_of("test tenant"));
    go_to(1);
    for (int i = 0; i < options.providers; ++i) {
        providers.push_back(chain.names().addresses.from_bytes(
            account_bytes_of("test provider " + std::to_string(i))));
        send(nodes::MsgCreateProvider{
            providers.back(), "https://provider.example.com:8443", {{"region", "us-west"}}, {}});
    }
}

void SmallChain::go_to(std::int64_t height) {
    const std::int64_t now = chain.view().height().value;
    chain.skip_empty_blocks(sim::BlockCount{height - now - 1},
                            {kGenesisSeconds + 6 * (height - 1), 0});
    chain.begin_block({height}, {kGenesisSeconds + 6 * height, 0});
}

const nodes::TxResult& SmallChain::send(nodes::Msg::Body body) {
    nodes::Tx tx;
    nodes::Msg msg{std::move(body)};
    tx.signer = nodes::required_signer(msg);
    tx.gas_limit = kAmpleGas;
    tx.messages.push_back(std::move(msg));
    chain.deliver(tx, last);
    return last;
}

std::string SmallChain::answer() const {
    return last.ok() ? "ok" : std::string(last.codespace) + "/" + std::to_string(last.code);
}

std::vector<nodes::GroupSpecRef> SmallChain::plain_groups(int count) const {
    std::vector<nodes::GroupSpecRef> groups;
    for (int i = 0; i < count; ++i)
        groups.push_back(plain_group(i, uakt));
    return groups;
}

const nodes::TxResult& SmallChain::create_deployment(std::uint64_t dseq,
                                                     std::int64_t deposit,
                                                     int groups) {
    nodes::MsgCreateDeployment msg;
    msg.id = deployment(dseq);
    for (int i = 0; i < groups; ++i)
        msg.groups.push_back(plain_group(i, uakt));
    msg.version = std::string(32, 'v');
    msg.deposit = {uakt, deposit};
    msg.depositor = tenant;
    return send(std::move(msg));
}

const nodes::TxResult& SmallChain::create_bid(const nodes::BidId& bid, std::int64_t price) {
    return send(nodes::MsgCreateBid{bid.order(),
                                    bid.provider,
                                    {uakt, sim::Wide(price) * sim::kDecOne},
                                    {uakt, 500'000},
                                    nullptr});
}

void SmallChain::lease(std::int64_t height,
                       std::uint64_t dseq,
                       std::int64_t deposit,
                       std::int64_t price) {
    go_to(height);
    create_deployment(dseq, deposit);
    go_to(height + 1);
    create_bid(bid(dseq, 0), price);
    go_to(height + 2);
    send(nodes::MsgCreateLease{bid(dseq, 0)});
}

}  // namespace test_support
