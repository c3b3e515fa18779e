#include "nodes/protocol/encoding.h"
#include "nodes/protocol/message_json.h"
#include "nodes/protocol/rfc3339.h"
#include "nodes/protocol/schema.h"
#include "sim/rng.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace nodes {
namespace {

/// Fills every field of a message with something odd. A visitor of schema.h, so that a new message
/// is tested without a line here.
class Filler {
  public:
    Filler(sim::Rng& random, Names& names) : random_(random), names_(names) {}

    void text(unsigned /*field*/, const char* /*name*/, std::string& out) { out = letters(); }

    void bytes(unsigned /*field*/, const char* /*name*/, std::string& out) {
        out = letters();
        for (char& c : out)
            c = static_cast<char>(random_.next_u64());
    }

    void address(unsigned /*field*/, const char* /*name*/, Address& out) {
        out = below(4) == 0 ? names_.addresses.intern(letters())
                            : names_.addresses.from_bytes(std::string(20, letter()));
    }

    void denom(unsigned /*field*/, const char* /*name*/, Denom& out) {
        out = names_.denoms.intern(letters());
    }

    template <class T>
    void number(unsigned /*field*/, const char* /*name*/, T& out) {
        out = static_cast<T>(random_.next_u64() >> below(64));
        if (below(5) == 0) out = 0;
    }

    void enumeration(unsigned /*field*/, const char* /*name*/, EndpointKind& out) {
        out = static_cast<EndpointKind>(below(5) == 0 ? 0xffff'ffffU : below(5));
    }

    void integer(unsigned /*field*/, const char* /*name*/, sim::Wide& out) {
        out = 0;
        for (auto limbs = below(4); limbs > 0; --limbs)
            out = (out << 64) + random_.next_u64();
        out >>= static_cast<unsigned>(below(64));
        if (below(4) == 0) out = -out;
    }

    void decimal(unsigned field, const char* name, sim::Wide& out) { integer(field, name, out); }

    void timestamp(unsigned /*field*/, const char* /*name*/, Timestamp& out) {
        out.seconds = static_cast<std::int64_t>(below(4'000'000'000)) - 1'000'000'000;
        out.nanos = below(2) == 0 ? 0 : static_cast<std::int32_t>(below(1'000'000'000));
    }

    void texts(unsigned /*field*/, const char* /*name*/, std::vector<std::string>& out) {
        out.resize(below(4));
        for (auto& item : out)
            item = letters();
    }

    template <class T>
    void message(unsigned /*field*/, const char* /*name*/, T& out) {
        schema::visit(out, *this);
    }

    template <class T>
    void list(unsigned /*field*/, const char* /*name*/, std::vector<T>& out) {
        out.resize(below(4));
        for (auto& item : out)
            schema::visit(item, *this);
    }

    template <class T>
    void list(unsigned /*field*/,
              const char* /*name*/,
              std::vector<std::shared_ptr<const T>>& out) {
        for (auto n = below(3); n > 0; --n) {
            T item;
            schema::visit(item, *this);
            out.push_back(std::make_shared<const T>(std::move(item)));
        }
    }

    template <class T>
    void list(unsigned field, const char* name, std::shared_ptr<const T>& out) {
        T items;
        list(field, name, items);
        if (!items.empty()) out = std::make_shared<const T>(std::move(items));
    }

    void group(unsigned /*field*/, const char* /*name*/, auto&& visit) { visit(*this); }

    template <class T>
    void optional_group(unsigned /*field*/,
                        const char* /*name*/,
                        std::optional<T>& out,
                        auto&& visit) {
        if (below(4) != 0) visit(out.emplace(), *this);
    }

    void any(unsigned /*field*/, const char* /*name*/, std::optional<Authorization>& out) {
        if (below(2) == 0) out.emplace(GenericAuthorization{letters()});
        if (below(2) == 0) {
            DepositAuthorization deposit;
            schema::visit(deposit, *this);
            out.emplace(std::move(deposit));
        }
    }

    void anys(unsigned /*field*/, const char* /*name*/, std::vector<Msg>& out) {
        out.resize(depth_ > 2 ? 0 : below(3));
        ++depth_;
        for (auto& item : out)
            fill(item);
        --depth_;
    }

    template <std::size_t... I>
    void fill_alternative(Msg& out, std::size_t wanted, std::index_sequence<I...> /*all*/) {
        static_cast<void>(((I == wanted && (out.body.emplace<I>(), true)) || ...));
        std::visit([this](auto& body) { schema::visit(body, *this); }, out.body);
    }

    void fill(Msg& out) {
        constexpr auto kTypes = std::variant_size_v<Msg::Body>;
        fill_alternative(out, below(kTypes), std::make_index_sequence<kTypes>{});
    }

    std::uint64_t below(std::uint64_t n) { return random_.next_u64() % n; }

  private:
    char letter() { return static_cast<char>('a' + below(26)); }

    std::string letters() {
        constexpr std::array<std::size_t, 6> kLengths{0, 1, 9, 60, 127, 128};
        return std::string(kLengths[below(kLengths.size())], letter());
    }

    sim::Rng& random_;
    Names& names_;
    int depth_ = 0;
};

TEST(Encoding, CountingGivesTheLengthOfTheBytes) {
    sim::Rng random = sim::Rng::stream(7, "encoding", "messages");
    Names names;
    Filler filler(random, names);
    for (int i = 0; i < 2000; ++i) {
        Tx tx;
        tx.messages.resize(filler.below(3));
        for (auto& msg : tx.messages)
            filler.fill(msg);
        filler.text(2, "memo", tx.memo);
        filler.number(2, "gas_limit", tx.gas_limit);
        for (const auto& msg : tx.messages) {
            ASSERT_EQ(encoded_size(msg, names), encode(msg, names).size()) << type_url(msg);
        }
        ASSERT_EQ(body_size(tx, names), encode_body(tx, names).size());
    }
}

TEST(Encoding, SpecificationsAndOffersCountAsInTheirMessages) {
    sim::Rng random = sim::Rng::stream(8, "encoding", "messages");
    Names names;
    Filler filler(random, names);
    for (int i = 0; i < 200; ++i) {
        GroupSpec spec;
        schema::visit(spec, filler);
        const auto size = encoded_size(spec, names);
        MsgCreateDeployment msg;
        const auto without = encoded_size(Msg{msg}, names);
        msg.groups.push_back(std::make_shared<const GroupSpec>(spec));
        const auto with = encoded_size(Msg{msg}, names);
        const std::size_t header = size < 128 ? 2 : size < 16384 ? 3 : 4;
        EXPECT_EQ(with - without, header + size);

        ResourcesOffer offer;
        filler.list(5, "resources_offer", offer);
        MsgCreateBid bid;
        const auto bare = encoded_size(Msg{bid}, names);
        bid.resources_offer = std::make_shared<const ResourcesOffer>(offer);
        EXPECT_EQ(encoded_size(Msg{bid}, names) - bare, encoded_size(offer));
    }
}

// Ids of 46 + 2 bytes and more, by hand: reference akash-chain 20.2.
TEST(Encoding, CountsAnIdByHand) {
    Names names;
    MsgCloseGroup msg;
    msg.id.owner = names.addresses.from_bytes(std::string(20, 'x'));
    msg.id.dseq = 300;
    msg.id.gseq = 1;
    // owner 1 + 1 + 44, dseq 1 + 2, gseq 1 + 1; the message around it 1 + 1.
    EXPECT_EQ(encoded_size(Msg{msg}, names), 2U + 46U + 3U + 2U);
    msg.id.gseq = 0;  // left out
    EXPECT_EQ(encoded_size(Msg{msg}, names), 2U + 46U + 3U);
}

TEST(Encoding, AmountsAreWrittenEvenWhenZeroAndMessagesEvenWhenEmpty) {
    Names names;
    // deposit {amount "0"}: 1 + 1 + (1 + 1 + 1); id: 1 + 1; price the same as deposit.
    EXPECT_EQ(encoded_size(Msg{MsgDepositDeployment{}}, names), 2U + 5U);
    EXPECT_EQ(encode(Msg{MsgDepositDeployment{}}, names),
              (std::string{"\x0a\0\x12\x03\x12\x01"
                           "0",
                           7}));
}

TEST(MessageJson, ReadsWhatItWrites) {
    sim::Rng random = sim::Rng::stream(9, "encoding", "messages");
    Names names;
    Filler filler(random, names);
    for (int i = 0; i < 2000; ++i) {
        Msg msg;
        filler.fill(msg);
        const auto json = nlohmann::json::parse(message_to_json(msg, names).dump());
        const auto again = message_from_json(json, names);
        ASSERT_TRUE(again) << again.error().text << "\n" << json;
        ASSERT_EQ(encode(*again, names), encode(msg, names)) << json;
    }
}

sim::Result<Msg> read(std::string_view fields) {
    static Names names;
    return message_from_json(nlohmann::json::parse(fields), names);
}

template <class T>
T read_as(std::string_view fields) {
    auto msg = read(fields);
    EXPECT_TRUE(msg) << msg.error().text;
    return std::get<T>((*msg).body);
}

TEST(MessageJson, TakesNumbersAsNumbersOrTexts) {
    const auto group = [](std::string_view dseq, std::string_view gseq) {
        return read(
            std::string(R"({"@type":"/akash.deployment.v1beta3.MsgCloseGroup","id":{"dseq":)")
                .append(dseq)
                .append(R"(,"gseq":)")
                .append(gseq)
                .append("}}"));
    };
    const auto id = [&](std::string_view dseq, std::string_view gseq) {
        return std::get<MsgCloseGroup>((*group(dseq, gseq)).body).id;
    };
    EXPECT_EQ(id("5", "6").dseq, 5U);
    EXPECT_EQ(id("\"18446744073709551615\"", "\"6\"").dseq, 18446744073709551615ULL);
    EXPECT_EQ(id("null", "\" 7 \"").gseq, 7U);
    EXPECT_EQ(id("\"null\"", "\"4294967295\"").gseq, 4294967295U);
    for (const auto* bad : {"-1",
                            "\"\\t7\"",
                            "-0",
                            "\"-0\"",
                            "1.5",
                            "1e3",
                            "\"\"",
                            "\"abc\"",
                            "\"01\"",
                            "\"-1\"",
                            "\"1e3\"",
                            "true",
                            "[]",
                            "{}",
                            "18446744073709551616"}) {
        EXPECT_FALSE(group(bad, "1")) << bad;
    }
    EXPECT_FALSE(group("1", "4294967296"));
}

TEST(MessageJson, ReadsAmountsWithGoPrefixes) {
    const auto amount = [](std::string_view text) {
        return read_as<MsgDepositDeployment>(
                   std::string(R"({"@type":"/akash.deployment.v1beta3.MsgDepositDeployment",)")
                       .append(R"("amount":{"denom":"uakt","amount":")")
                       .append(text)
                       .append(R"("}})"))
            .amount.amount;
    };
    EXPECT_EQ(amount("0x10"), 16);
    EXPECT_EQ(amount("-017"), -15);
    EXPECT_EQ(amount("1_000"), 1000);
    EXPECT_EQ(amount("+5"), 5);
}

TEST(MessageJson, NamesTheFieldThatIsWrong) {
    const auto bad = read(R"({"@type":"/akash.deployment.v1beta3.MsgCreateDeployment",
        "groups":[{"resources":[{"count":1},{"count":"x"}]}]})");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().text, "groups[0].resources[1].count: \"x\" is no number of 32 bits");
    EXPECT_EQ(bad.error().code, (sim::ErrorCode{"sdk", 2}));
}

TEST(MessageJson, RefusesUnknownFieldsAndTypesAndTakesCamelCase) {
    EXPECT_FALSE(read(R"({"@type":"/akash.market.v1beta4.MsgCloseBid","bogus":1})"));
    EXPECT_FALSE(read(R"({"@type":"/akash.market.v1beta4.MsgNothing"})"));
    EXPECT_FALSE(read(R"({"bid_id":{}})"));
    const auto msg = read_as<MsgCloseBid>(
        R"({"@type":"/akash.market.v1beta4.MsgCloseBid","bidId":{"dseq":"9"}})");
    EXPECT_EQ(msg.bid_id.dseq, 9U);
}

TEST(MessageJson, AGrantWithoutExpirationEndsInTheYearOne) {
    const auto grant = read_as<MsgGrant>(R"({"@type":"/cosmos.authz.v1beta1.MsgGrant"})");
    EXPECT_EQ(grant.expiration.seconds, -62135596800);
    EXPECT_FALSE(grant.authorization.has_value());
}

TEST(CoinTexts, AreReadInTheOrderWritten) {
    Names names;
    const auto coins = coins_from_text("5000000uakt,-2ibc/17", names);
    ASSERT_TRUE(coins);
    ASSERT_EQ((*coins).size(), 2U);
    EXPECT_EQ((*coins)[0].amount, 5000000);
    EXPECT_EQ(names.denoms.text((*coins)[1].denom), "ibc/17");
    EXPECT_EQ((*coins)[1].amount, -2);
    EXPECT_EQ((*coins_from_text("010uakt", names))[0].amount, 10);
    EXPECT_TRUE((*coins_from_text("", names)).empty());
    EXPECT_FALSE(coins_from_text("uakt", names));
    EXPECT_FALSE(coins_from_text("5", names));
    EXPECT_FALSE(coins_from_text("1-2uakt", names));
}

TEST(Rfc3339, ReadsAndWritesMoments) {
    const auto seconds = [](std::string_view text) { return time_from_rfc3339(text)->seconds; };
    EXPECT_EQ(seconds("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(seconds("2024-03-01T00:00:06Z"), 1709251206);
    EXPECT_EQ(seconds("2024-02-29T23:59:59+01:00"), 1709247599);
    EXPECT_EQ(seconds("0001-01-01T00:00:00Z"), -62135596800);
    EXPECT_EQ(time_from_rfc3339("2024-03-01T00:00:06.25Z")->nanos, 250'000'000);
    for (const auto* bad : {"",
                            "2023-02-29T00:00:00Z",
                            "2024-03-01",
                            "2024-03-01T24:00:00Z",
                            "2024-03-01T00:00:00",
                            "2024-03-01 00:00:00Z",
                            "2024-13-01T00:00:00Z",
                            "0000-12-31T23:59:59Z",
                            "0001-01-01T00:00:00+00:01",
                            "9999-12-31T23:59:59-00:01",
                            "2024-03-01T00:00:00+00:61"}) {
        EXPECT_FALSE(time_from_rfc3339(bad)) << bad;
    }
    // Go's time.Parse takes these too: one digit of an hour, a comma, whole days as offset.
    EXPECT_EQ(seconds("2024-03-01T7:00:06Z"), 1709251206 + 7 * 3600);
    EXPECT_EQ(time_from_rfc3339("2024-03-01T00:00:06,5Z")->nanos, 500'000'000);
    EXPECT_EQ(seconds("2024-03-02T00:00:06+24:00"), 1709251206);
    EXPECT_EQ(seconds("2024-03-01T01:00:06+00:60"), 1709251206);
    EXPECT_EQ(time_to_rfc3339({1709251206, 250'000'000}), "2024-03-01T00:00:06.25Z");
    EXPECT_EQ(time_to_rfc3339({-62135596800, 0}), "0001-01-01T00:00:00Z");
    for (std::int64_t s = -62135596800; s < 4'000'000'000; s += 86'400 * 13 + 7) {
        ASSERT_EQ(time_from_rfc3339(time_to_rfc3339({s, 0}))->seconds, s);
    }
}

}  // namespace
}  // namespace nodes
