// Gas of messages that the recorded sequences hardly have, added up by hand from the lengths of
// keys and values (reference akash-chain 20.2 to 20.7). A price is a sum of the operations' names
// there.
#include "tests/support/market_bench.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using test_support::MarketBench;
using Gas = std::uint64_t;

constexpr Gas kHas = 1000;
constexpr Gas kDelete = 1000;
constexpr Gas kText44 = 46;  // an address

constexpr Gas read(Gas key, Gas value) {
    return 1000 + 3 * (key + value);
}

constexpr Gas write(Gas key, Gas value) {
    return 2000 + 30 * (key + value);
}

constexpr Gas step(Gas key, Gas value) {
    return 3 * (key + value) + 30;
}

/// A text field, or any other of a length below 128.
constexpr Gas field(Gas length) {
    return 2 + length;
}

constexpr Gas coin(Gas denom, Gas digits) {
    return field(denom) + field(digits);
}

/// An account without key and sequence whose number takes one byte.
constexpr Gas account(std::uint64_t number) {
    return field(32) + field(kText44 + (number == 0 ? 0 : 2));
}

Gas gas_of(MarketBench& bench, const nodes::Msg& message, std::string_view expected = "ok") {
    Gas used = 0;
    const auto status = bench.step([&](nodes::Context& context) {
        auto answer = nodes::handle_message(context, message);
        used = context.gas.used();
        return answer;
    });
    EXPECT_EQ(test_support::code_of(status), expected);
    return used;
}

std::uint64_t number_of(MarketBench& bench, nodes::Address address) {
    return bench.state().accounts.get(address.index).number;
}

TEST(ChainGas, TwoCoinsToANewAccount) {
    MarketBench bench;
    const auto from = bench.account("sender");
    nodes::Address to;
    ASSERT_TRUE(bench.step([&](nodes::Context& context) {
        to = context.state.names.addresses.from_bytes("a stranger of twenty");
        return sim::ok();
    }));
    const Gas next = bench.state().next_account_number;
    // 10^15 loses a digit.
    const Gas expected = 2 * (read(16, 2) + read(23, 4)) +
                         read(21, account(number_of(bench, from))) + read(26, coin(4, 16)) +
                         write(26, coin(4, 15)) + read(27, coin(5, 16)) + write(27, coin(5, 15)) +
                         read(26, 0) + write(26, coin(4, 1)) + read(27, 0) + write(27, coin(5, 2)) +
                         kHas + read(19, 2) + write(19, 2) + write(21, account(next));
    EXPECT_EQ(gas_of(bench, {nodes::MsgSend{from, to, {bench.coin(5), bench.coin(12, "uusdc")}}}),
              expected);
    EXPECT_EQ(bench.balance(to, "uusdc"), 12);
}

TEST(ChainGas, GrantsAreReadBeforeTheyGo) {
    MarketBench bench;
    const auto granter = bench.account("granter");
    const auto grantee = bench.account("grantee");
    const std::string url(nodes::MsgSend::kTypeUrl);
    const Gas key = 43 + url.size();
    const Gas value =
        field(field(nodes::GenericAuthorization::kTypeUrl.size()) + field(field(url.size()))) +
        field(6);
    const nodes::MsgRevoke revoke{granter, grantee, url};
    EXPECT_EQ(gas_of(bench, {revoke}, "sdk/38"), read(key, 0));
    const nodes::MsgGrant grant{
        granter, grantee, nodes::GenericAuthorization{url}, {1'000'000'000, 0}};
    EXPECT_EQ(gas_of(bench, {grant}), write(key, value));
    EXPECT_EQ(gas_of(bench, {revoke}), read(key, value) + kDelete);
    EXPECT_EQ(gas_of(bench,
                     {nodes::MsgGrant{granter, grantee, nodes::GenericAuthorization{"/x"}, {}}},
                     "sdk/29"),
              0U);
    // Expired: found, found again by who deletes it, refused.
    gas_of(bench, {nodes::MsgGrant{granter, grantee, nodes::GenericAuthorization{url}, {-1, 0}}});
    nodes::MsgExec exec;
    exec.grantee = grantee;
    exec.msgs.push_back({nodes::MsgSend{granter, grantee, {bench.coin(1)}}});
    const Gas expired = value + 5;  // a moment before 1970 takes ten bytes instead of five
    EXPECT_EQ(gas_of(bench, {exec}, "sdk/4"), 2 * read(key, expired) + kDelete);
}

TEST(ChainGas, AuditRecordsAreReadOnceAndWrittenOnce) {
    MarketBench bench;
    const auto owner = bench.account("provider");
    const auto auditor = bench.account("auditor");
    const auto record = [](std::initializer_list<Gas> attributes) {
        Gas size = 2 * kText44;
        for (const Gas a : attributes)
            size += field(a);
        return size;
    };
    const Gas region = field(6) + field(4);
    const Gas tier = field(4) + field(1);
    const nodes::MsgSignProviderAttributes first{owner, auditor, {{"region", "west"}}};
    EXPECT_EQ(gas_of(bench, {first}), read(43, 0) + write(43, record({region})));
    const nodes::MsgSignProviderAttributes second{owner, auditor, {{"tier", "1"}}};
    EXPECT_EQ(gas_of(bench, {second}),
              read(43, record({region})) + write(43, record({region, tier})));
    const nodes::MsgDeleteProviderAttributes missing{owner, auditor, {"none"}};
    EXPECT_EQ(gas_of(bench, {missing}, "audit/3"), read(43, record({region, tier})));
    const nodes::MsgDeleteProviderAttributes one{owner, auditor, {"region"}};
    EXPECT_EQ(gas_of(bench, {one}), read(43, record({region, tier})) + write(43, record({tier})));
    const nodes::MsgDeleteProviderAttributes all{owner, auditor, {}};
    EXPECT_EQ(gas_of(bench, {all}), read(43, record({tier})) + kDelete);
    EXPECT_EQ(gas_of(bench, {all}, "audit/1"), read(43, 0));
}

TEST(ChainGas, AnUpdateOfAProviderWalksEveryLease) {
    MarketBench bench;
    const auto owner = bench.account("provider");
    const nodes::MsgUpdateProvider update{owner, "https://provider.example", {}, {}};
    const Gas provider = kText44 + field(24) + field(0);
    EXPECT_EQ(gas_of(bench, {update}, "undefined/1"), kHas);
    ASSERT_TRUE(bench.open_lease());
    const auto& bid = bench.state().bids.rows().at(0);
    const auto& order = bench.state().orders.rows().at(0);
    // Its own text has 92 bytes of addresses and one each of dseq, gseq and oseq; price 10^18.
    const Gas lease =
        field(2 * kText44 + 6) + 2 + field(coin(4, 19)) + (bid.lease_created_at.value == 0 ? 0 : 2);
    const Gas walk = 2 * step(60, lease) + kHas + read(39, order.size);
    EXPECT_EQ(gas_of(bench, {update}),
              kHas + read(21, provider) + walk + kHas + write(21, provider));
    // Another provider pays for the walk, but reads no order.
    bench.account("other");
    ASSERT_TRUE(bench.send({bench.create_provider("other")}));
    auto other = update;
    other.owner = bench.account("other");
    EXPECT_EQ(gas_of(bench, {other}),
              kHas + read(21, provider) + 2 * step(60, lease) + kHas + write(21, provider));
}

}  // namespace
