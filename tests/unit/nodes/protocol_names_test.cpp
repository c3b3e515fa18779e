#include "nodes/protocol/bech32.h"
#include "nodes/protocol/names.h"
#include "nodes/protocol/signing.h"

#include <gtest/gtest.h>

#include <string>

namespace nodes {
namespace {

constexpr std::string_view kOnes = "akash1qyqszqgpqyqszqgpqyqszqgpqyqszqgplgve5x";

TEST(Bech32, ReadsWhatItWrites) {
    for (std::size_t size = 1; size <= 40; ++size) {
        const std::string bytes(size, static_cast<char>(0xf0 + size % 16));
        const auto decoded = bech32_decode(bech32_encode("akash", bytes));
        EXPECT_EQ(decoded.problem, "");
        EXPECT_EQ(decoded.prefix, "akash");
        EXPECT_EQ(decoded.bytes, bytes);
    }
}

// BIP-173's own example of a valid text.
TEST(Bech32, TakesTheExampleOfItsStandard) {
    const auto decoded = bech32_decode("A12UEL5L");
    EXPECT_EQ(decoded.problem, "");
    EXPECT_EQ(decoded.prefix, "a");
    EXPECT_EQ(decoded.bytes, "");
}

TEST(Bech32, SaysWhatIsWrongInTheNodesWords) {
    const auto problem = [](std::string_view text) { return decode_address(text).problem; };
    EXPECT_EQ(problem(""), "empty address string is not allowed");
    EXPECT_EQ(problem(" \t "), "empty address string is not allowed");
    EXPECT_EQ(problem("xx"), "decoding bech32 failed: invalid bech32 string length 2");
    EXPECT_EQ(problem("not an address"),
              "decoding bech32 failed: invalid character in string: ' '");
    EXPECT_EQ(problem("Akash1qqqqqq"),
              "decoding bech32 failed: string not all lowercase or all uppercase");
    EXPECT_EQ(problem("akashakash"), "decoding bech32 failed: invalid separator index -1");
    EXPECT_EQ(problem("akash1abc"), "decoding bech32 failed: invalid separator index 5");
    EXPECT_EQ(problem("akash1bqqqqqq"),
              "decoding bech32 failed: invalid character not part of charset: 98");
    EXPECT_EQ(problem("akash1qyqszqgpqyqszqgpqyqszqgpqyqszqgplgve5q"),
              "decoding bech32 failed: invalid checksum (expected lgve5x got lgve5q)");
    EXPECT_EQ(problem("cosmos1qyqszqgpqyqszqgpqyqszqgpqyqszqgpjnp7du"),
              "invalid Bech32 prefix; expected akash, got cosmos");
    EXPECT_EQ(problem(bech32_encode("akash", "")), "addresses cannot be empty: unknown address");
    EXPECT_EQ(problem(bech32_encode("akash", std::string(300, 'x'))),
              "address max length is 255, got 300: unknown address");
}

TEST(AddressBook, GivesEqualTextsEqualIndexesAndKeepsBadOnes) {
    AddressBook book;
    const Address good = book.intern(kOnes);
    EXPECT_EQ(book.intern(kOnes), good);
    EXPECT_TRUE(book.valid(good));
    EXPECT_EQ(book[good].bytes, std::string(20, '\1'));
    const Address bad = book.intern("nonsense");
    EXPECT_FALSE(book.valid(bad));
    EXPECT_EQ(book.text(bad), "nonsense");
    EXPECT_EQ(book.account(bad), bad);
    EXPECT_FALSE(book.valid(Address{}));
    EXPECT_EQ(book.text(Address{}), "");
}

TEST(AddressBook, UpperCaseIsTheSameAccountWithAnotherText) {
    AddressBook book;
    std::string upper(kOnes);
    for (char& c : upper)
        c = static_cast<char>(std::toupper(c));
    const Address loud = book.intern(upper);
    const Address quiet = book.intern(kOnes);
    EXPECT_NE(loud, quiet);
    EXPECT_TRUE(book.same_account(loud, quiet));
    EXPECT_EQ(book.account(loud), quiet);
    EXPECT_EQ(book.account(quiet), quiet);
    EXPECT_EQ(book.text(loud), upper);
    EXPECT_EQ(book.from_bytes(std::string(20, '\1')), quiet);
}

TEST(AddressBook, FindsEverythingAfterItsIndexIsRebuilt) {
    AddressBook book;
    const Address a = book.intern(kOnes);
    const Address b = book.intern("nonsense");
    AddressBook copy = book;
    copy.rebuild_index();
    EXPECT_EQ(copy.intern(kOnes), a);
    EXPECT_EQ(copy.intern("nonsense"), b);
    EXPECT_EQ(copy.size(), book.size());
}

TEST(DenomBook, KnowsWhatTheChainAccepts) {
    DenomBook book;
    const auto valid = [&book](std::string_view text) { return book.valid(book.intern(text)); };
    EXPECT_TRUE(valid("uakt"));
    EXPECT_TRUE(valid("UAKT"));
    EXPECT_TRUE(valid("abc"));
    EXPECT_TRUE(valid("ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1"));
    EXPECT_TRUE(valid("a-b"));
    EXPECT_TRUE(valid(std::string(128, 'a')));
    for (const auto* bad : {"", "u", "ua", "1akt", "u akt", "u.akt", "u_akt", "u:akt", "-akt"}) {
        EXPECT_FALSE(valid(bad)) << bad;
    }
    EXPECT_FALSE(valid(std::string(129, 'a')));
    EXPECT_TRUE(book.less(book.intern("UAKT"), book.intern("uakt")));
}

TEST(ModuleAccounts, HaveTheAddressesOfTheRealChain) {
    AddressBook book;
    const auto address = [&book](std::string_view module) {
        return book.text(book.from_bytes(module_account_bytes(module)));
    };
    EXPECT_EQ(address("escrow"), "akash14pphss726thpwws3yc458hggufynm9x77l4l2u");
    EXPECT_EQ(address("distribution"), "akash1jv65s3grqf6v6jl3dp4t6c9t9rk99cd82yfms9");
    EXPECT_EQ(address("fee_collector"), "akash17xpfvakm2amg962yls6f84z3kell8c5lazw8j8");
}

TEST(Keys, ComeFromSecretsAsTheRealNodeMakesThem) {
    AddressBook book;
    const auto address = [&book](std::string_view secret) {
        return book.text(book.from_bytes(account_bytes(public_key(key_from_secret(secret)))));
    };
    // Accounts of recorded sequences.
    EXPECT_EQ(address("orrery t0"), "akash12a4q0x3tfp60wgz5fnk29ww3y2y35aumj8y9p2");
    EXPECT_EQ(address("orrery p0"), "akash1mcqcrf2yg0ueepmmjq7nqye32fe3gry989c7mt");
}

}  // namespace
}  // namespace nodes
