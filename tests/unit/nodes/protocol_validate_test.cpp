#include "nodes/protocol/amount_text.h"
#include "nodes/protocol/certificate.h"
#include "nodes/protocol/url.h"
#include "nodes/protocol/validate_basic.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace nodes {
namespace {

struct Parties {
    Names names;
    Address tenant = names.addresses.from_bytes(std::string(20, 't'));
    Address provider = names.addresses.from_bytes(std::string(20, 'p'));
    Denom uakt = names.denoms.intern("uakt");

    [[nodiscard]] std::string answer(Msg::Body body) const {
        const auto status = validate_basic(Msg{std::move(body)}, names);
        if (status) return "ok";
        const auto& error = status.error();
        return std::string(error.code.space) + "/" + std::to_string(error.code.number) + " " +
               error.text;
    }
};

GroupSpec good_group(const Parties& parties) {
    GroupSpec spec;
    spec.name = "west";
    auto& unit = spec.resources.emplace_back();
    unit.resources.id = 1;
    unit.resources.cpu = Quantity{100, {}};
    unit.resources.memory = Quantity{1 << 20, {}};
    unit.resources.gpu = Quantity{0, {}};
    unit.resources.storage.push_back({"default", 5 << 20, {}});
    unit.count = 1;
    unit.price = {parties.uakt, *dec_from_text("1.5")};
    return spec;
}

MsgCreateDeployment good_deployment(const Parties& parties, GroupSpec spec) {
    MsgCreateDeployment msg;
    msg.id = {parties.tenant, 7};
    msg.groups.push_back(std::make_shared<const GroupSpec>(std::move(spec)));
    msg.version = std::string(32, 'v');
    msg.deposit = {parties.uakt, 5'000'000};
    msg.depositor = parties.tenant;
    return msg;
}

TEST(ValidateGroup, TakesAGoodOne) {
    const Parties parties;
    EXPECT_EQ(parties.answer(good_deployment(parties, good_group(parties))), "ok");
}

TEST(ValidateGroup, NamesTheFirstFault) {
    const Parties parties;
    const auto answer = [&parties](auto&& change) {
        auto spec = good_group(parties);
        change(spec);
        return parties.answer(good_deployment(parties, spec));
    };
    EXPECT_EQ(answer([](auto& s) { s.name.clear(); }),
              "undefined/1 empty group spec name denomination");
    EXPECT_EQ(answer([](auto& s) { s.resources.clear(); }),
              "undefined/1 invalid total CPU (19200000 > 0 > 0 fails)");
    EXPECT_EQ(answer([](auto& s) { s.resources.push_back(s.resources[0]); }),
              "undefined/1 duplicate resources ID (1) within group");
    EXPECT_EQ(answer([](auto& s) { s.resources[0].resources.storage[0].bytes = 5; }),
              "undefined/1 error: invalid unit storage (35184372088832 > 5 > 5242880 fails)");
    EXPECT_EQ(answer([](auto& s) { s.resources[0].resources.memory.reset(); }),
              "undefined/1 error: invalid unit memory, cannot be nil");
    EXPECT_EQ(answer([](auto& s) { s.resources[0].count = 192'001; }),
              "undefined/1 invalid total CPU (19200000 > 19200100 > 0 fails)");
    EXPECT_EQ(answer([](auto& s) { s.resources[0].resources.cpu->value = -1; }),
              "undefined/111222 Uint64() out of bounds");
    EXPECT_EQ(answer([](auto& s) { s.resources[0].price.scaled += *dec_from_text("10000000"); }),
              "undefined/1 group west: error: invalid unit price "
              "(10000000 > 10000001.500000000000000000uakt fails)");
}

TEST(ValidateBasic, ASelfBidIsFoundByTextButABidOnOnesOwnOrderByAccount) {
    Parties parties;
    std::string upper = parties.names.addresses.text(parties.tenant);
    for (char& c : upper)
        c = static_cast<char>(std::toupper(c));
    const Address loud = parties.names.addresses.intern(upper);
    EXPECT_EQ(parties.answer(MsgCloseBid{{parties.tenant, 1, 1, 1, parties.tenant}}),
              "sdk/36 BidID: self-bid: conflict");
    EXPECT_EQ(parties.answer(MsgCloseBid{{parties.tenant, 1, 1, 1, loud}}), "ok");
    MsgCreateBid bid;
    bid.order = {parties.tenant, 1, 1, 1};
    bid.provider = loud;
    EXPECT_EQ(parties.answer(bid), "market/2 owner and provider are the same account");
    bid.provider = parties.provider;
    EXPECT_EQ(parties.answer(bid), "market/19 invalid bid: zero price");
}

TEST(ValidateBasic, SendsNeedSortedPositiveCoins) {
    Parties parties;
    const Denom zzz = parties.names.denoms.intern("zzz");
    const auto send = [&parties](std::vector<Coin> coins) {
        return parties.answer(MsgSend{parties.tenant, parties.provider, std::move(coins)});
    };
    EXPECT_EQ(send({{parties.uakt, 1}, {zzz, 2}}), "ok");
    EXPECT_EQ(send({}), "sdk/10 : invalid coins");
    EXPECT_EQ(send({{zzz, 2}, {parties.uakt, 1}}), "sdk/10 2zzz,1uakt: invalid coins");
    EXPECT_EQ(send({{zzz, 2}, {zzz, 2}}), "sdk/10 2zzz,2zzz: invalid coins");
    EXPECT_EQ(send({{zzz, -2}}), "sdk/10 -2zzz: invalid coins");
    const Address bad = parties.names.addresses.intern("akash1");
    EXPECT_EQ(parties.answer(MsgSend{bad, parties.provider, {}}),
              "sdk/7 Invalid sender address "
              "(decoding bech32 failed: invalid bech32 string length 6): invalid address");
    EXPECT_EQ(parties.answer(MsgSend{parties.tenant, Address{}, {}}),
              "sdk/7 Invalid recipient address (empty address string is not allowed): "
              "invalid address");
}

TEST(ValidateBasic, GrantsAndExec) {
    const Parties parties;
    MsgGrant grant{parties.tenant, parties.provider, GenericAuthorization{"/x"}, {}};
    EXPECT_EQ(parties.answer(grant), "ok");
    grant.authorization = DepositAuthorization{{parties.uakt, 0}};
    EXPECT_EQ(parties.answer(grant), "sdk/10 spend limit cannot be negative: invalid coins");
    grant.grantee = parties.tenant;
    EXPECT_EQ(parties.answer(grant), "sdk/18 granter and grantee cannot be same: invalid request");
    grant.grantee = Address{};
    EXPECT_EQ(parties.answer(grant), "sdk/7 invalid granter address: invalid address");
    EXPECT_EQ(parties.answer(MsgRevoke{parties.tenant, Address{}, "/x"}),
              "sdk/7 invalid grantee address: invalid address");
    EXPECT_EQ(parties.answer(MsgRevoke{parties.tenant, parties.provider, ""}),
              "sdk/18 missing method name: invalid request");
    EXPECT_EQ(parties.answer(MsgExec{parties.tenant, {}}),
              "sdk/18 messages cannot be empty: invalid request");
    // What is inside is checked when it runs.
    EXPECT_EQ(parties.answer(MsgExec{parties.tenant, {Msg{MsgCloseDeployment{}}}}), "ok");
}

TEST(Url, IsReadAsGoReadsIt) {
    const auto parsed = parse_url("HTTPS://user:pw@a.b:8443?q=/x#f");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->scheme, "https");
    EXPECT_EQ(parsed->host, "a.b:8443");
    EXPECT_EQ(parsed->path, "");
    EXPECT_EQ(parse_url("https://a.b/")->path, "/");
    EXPECT_EQ(parse_url("https:a.b")->host, "");
    EXPECT_EQ(parse_url("//a.b")->scheme, "");
    for (const auto* good : {"",
                             "x",
                             "x y",
                             "mailto:x@y",
                             "https://[::1]:1",
                             "https://[fe80::1%25en0]",
                             "http://a%c3%a9",
                             "/a:b",
                             "*"}) {
        EXPECT_TRUE(parse_url(good)) << good;
    }
    for (const auto* bad : {"::",
                            ":x",
                            "%zz",
                            "https://%zz",
                            "http://[::1",

                            "http://a:x",
                            "http://a b",
                            "http://a%41",
                            "1a:b",
                            "x\n",
                            "http://u^@a",
                            "#%"}) {
        EXPECT_FALSE(parse_url(bad)) << bad;
    }
}

TEST(Url, IsQuotedAsGoQuotesIt) {
    EXPECT_EQ(in_quotes("a\"b\\c\n\x01"), R"("a\"b\\c\n\x01")");
}

constexpr std::string_view kBlock = "-----BEGIN X-----\nZm9v\n-----END X-----\n";

TEST(Pem, IsFoundBehindOtherText) {
    const auto block = decode_pem("hello\n" + std::string(kBlock));
    ASSERT_TRUE(block);
    EXPECT_EQ(block->type, "X");
    EXPECT_EQ(block->bytes, "foo");
    EXPECT_EQ(block->rest, "");
}

TEST(Pem, WhatStandsBehindIsTheRest) {
    const auto text = std::string(kBlock) + "more";
    EXPECT_EQ(decode_pem(text)->rest, "more");
}

TEST(Pem, ADamagedBlockIsPassedOver) {
    EXPECT_FALSE(decode_pem(""));
    EXPECT_FALSE(decode_pem("-----BEGIN X-----\nMI"));
    EXPECT_FALSE(decode_pem("-----BEGIN X-----\nZm9v\n-----END Y-----\n"));
    EXPECT_FALSE(decode_pem("x-----BEGIN X-----\nZm9v\n-----END X-----\n"));
    const auto text = "-----BEGIN X-----\n!!!\n-----END X-----\n" + std::string(kBlock);
    EXPECT_EQ(decode_pem(text)->bytes, "foo");
    EXPECT_EQ(decode_pem("-----BEGIN X-----\nA: b\n\nZm9v\n-----END X-----")->bytes, "foo");
}

TEST(Serial, IsReadAndWritten) {
    EXPECT_EQ(serial_text(""), "0");
    EXPECT_EQ(serial_text("\x01\x02"), "258");
    EXPECT_EQ(serial_bytes("258"), "\x01\x02");
    EXPECT_EQ(serial_bytes("-5"), serial_bytes("+05"));
    EXPECT_EQ(serial_bytes("00"), "");
    const auto big = serial_bytes("340282366920938463463374607431768211456");
    ASSERT_TRUE(big);
    EXPECT_EQ(*big, "\x01" + std::string(16, '\0'));
    EXPECT_EQ(serial_text(*big), "340282366920938463463374607431768211456");
    for (const auto* bad : {"", "-", " 5", "1e3", "1_0", "1x", "0x1", "--5"}) {
        EXPECT_FALSE(serial_bytes(bad)) << bad;
    }
}

std::string element(char tag, const std::string& content) {
    return std::string{tag, static_cast<char>(content.size())} + content;
}

/// The smallest structure that the chain reads as a certificate.
std::string certificate(const std::string& serial, const std::string& subject) {
    const auto algorithm = element('\x30', element('\x06', "\x2a\x03"));
    const auto name = element(
        '\x30', element('\x31', element('\x30', element('\x06', "\x55\x04\x03") + subject)));
    const auto time = element('\x17', "240301000000Z");
    const auto key = element('\x30', algorithm + element('\x03', std::string("\0k", 2)));
    const auto body = element(
        '\x30',
        element('\x02', serial) + algorithm + name + element('\x30', time + time) + name + key);
    return element('\x30', body + algorithm + element('\x03', std::string("\0s", 2)));
}

TEST(Certificates, TellSerialAndCommonName) {
    const auto parsed = parse_certificate(certificate("\x05", element('\x13', "abc")));
    ASSERT_TRUE(parsed) << parsed.error().text;
    EXPECT_EQ((*parsed).serial, "\x05");
    EXPECT_EQ((*parsed).common_name, "abc");
    // Two's complement: -256 is ff 00, and its absolute value 01 00.
    EXPECT_EQ(
        (*parse_certificate(certificate(std::string("\xff\0", 2), element('\x0c', "x")))).serial,
        std::string("\x01\0", 2));
}

TEST(Certificates, AreRefusedInGosWords) {
    const auto answer = [](const std::string& der) { return parse_certificate(der).error().text; };
    EXPECT_EQ(answer("hello"), "x509: malformed certificate");
    EXPECT_EQ(answer(""), "x509: malformed certificate");
    EXPECT_EQ(answer(element('\x30', "")), "x509: malformed tbs certificate");
    const auto good = certificate("\x05", element('\x13', "abc"));
    EXPECT_EQ(answer(good + "x"), "x509: trailing data");
    EXPECT_EQ(answer(certificate(std::string("\0\x05", 2), element('\x13', "abc"))),
              "x509: malformed serial number");
    EXPECT_EQ(answer(certificate("\x05", element('\x13', "a_b"))),
              "x509: invalid RDNSequence: invalid attribute value: invalid PrintableString");
}

}  // namespace
}  // namespace nodes
