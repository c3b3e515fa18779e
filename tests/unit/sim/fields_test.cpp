#include "sim/fields.h"

#include "sim/archive.h"

#include <gtest/gtest.h>

#include <unordered_map>

namespace sim {
namespace {

enum class Colour : std::uint8_t { kRed, kGreen };

struct Inner {
    std::int32_t a = 0;
    bool b = false;

    friend bool operator==(const Inner&, const Inner&) = default;

    static void fields(auto& self, auto&& visit) {
        visit("a", self.a);
        visit("b", self.b);
    }
};

struct Everything {
    std::int64_t number = 0;
    double price = 0;
    Int128 large = 0;
    Colour colour = Colour::kRed;
    std::string text;
    std::vector<Inner> list;
    std::deque<std::int32_t> queue;
    std::array<std::uint16_t, 3> three{};
    std::map<std::string, Inner> by_name;
    std::optional<Inner> maybe;
    std::pair<std::int32_t, std::string> both;
    std::variant<std::monostate, std::int64_t, Inner> choice;
    std::shared_ptr<const std::string> shared;
    SimTime time;

    static void fields(auto& self, auto&& visit) {
        visit("number", self.number);
        visit("price", self.price);
        visit("large", self.large);
        visit("colour", self.colour);
        visit("text", self.text);
        visit("list", self.list);
        visit("queue", self.queue);
        visit("three", self.three);
        visit("by_name", self.by_name);
        visit("maybe", self.maybe);
        visit("both", self.both);
        visit("choice", self.choice);
        visit("shared", self.shared);
        visit("time", self.time);
    }
};

Everything sample() {
    Everything all;
    all.number = -5;
    all.price = 0.25;
    all.large = static_cast<Int128>(1) << 100U;
    all.colour = Colour::kGreen;
    all.text = std::string("a\0b", 3);
    all.list = {{1, true}, {2, false}};
    all.queue = {7, 8};
    all.three = {1, 2, 3};
    all.by_name = {{"x", {1, true}}, {"y", {2, false}}};
    all.maybe = Inner{9, true};
    all.both = {4, "four"};
    all.choice = Inner{3, true};
    all.shared = std::make_shared<const std::string>("kept once");
    all.time = SimTime{99};
    return all;
}

TEST(Fields, WhatIsWrittenIsReadBack) {
    const Everything saved = sample();
    Everything loaded;
    loaded.list = {{5, true}};  // what was there before is replaced
    loaded.maybe = Inner{};
    ASSERT_TRUE(read_field_bytes(field_bytes(saved), loaded));
    EXPECT_EQ(field_bytes(loaded), field_bytes(saved));
    EXPECT_EQ(loaded.text, saved.text);
    EXPECT_EQ(loaded.list, saved.list);
    EXPECT_EQ(loaded.by_name, saved.by_name);
    EXPECT_EQ(loaded.maybe, saved.maybe);
    EXPECT_EQ(loaded.choice, saved.choice);
    EXPECT_EQ(*loaded.shared, "kept once");
    EXPECT_EQ(loaded.large, saved.large);
}

TEST(Fields, TheBytesAreFixed) {
    const std::string bytes = field_bytes(Inner{0x01020304, true});
    EXPECT_EQ(bytes, std::string("\x04\x03\x02\x01\x01", 5));
    EXPECT_EQ(field_bytes(std::string("ab")), std::string("\x02\0\0\0\0\0\0\0ab", 10));
    EXPECT_EQ(field_bytes(std::optional<bool>()), std::string(8, '\0'));
}

TEST(Fields, UnorderedContainersAreWrittenByKey) {
    std::unordered_map<std::int32_t, bool> forward;
    std::unordered_map<std::int32_t, bool> backward(500);
    for (std::int32_t i = 0; i < 50; ++i) {
        forward[i] = true;
        backward[49 - i] = true;
    }
    EXPECT_EQ(field_bytes(forward), field_bytes(backward));
}

TEST(Fields, ReadingStopsAtTheEndOfTheBytes) {
    const std::string bytes = field_bytes(sample());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Everything loaded;
        ASSERT_FALSE(read_field_bytes(std::string_view(bytes).substr(0, size), loaded)) << size;
    }
    Everything loaded;
    EXPECT_FALSE(read_field_bytes(bytes + "x", loaded));
}

TEST(Fields, AnAbsurdLengthDoesNotAskForAllMemory) {
    const std::uint64_t length = ~std::uint64_t{0};
    const std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
    std::string text;
    EXPECT_FALSE(read_field_bytes(bytes, text));
    std::vector<std::int64_t> list;
    EXPECT_FALSE(read_field_bytes(bytes, list));
    std::variant<std::monostate, std::int64_t> choice;
    EXPECT_FALSE(read_field_bytes(bytes, choice));
}

}  // namespace
}  // namespace sim
