// The hand-over between two threads: whole values only, never an older one after a newer one.
#include "gui/session/triple_buffer.h"

#include "gui/session/chunk_list.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace gui {
namespace {

/// A value that shows when it was read while it was written.
struct Page {
    std::uint64_t first = 0;
    std::vector<std::uint64_t> body;
    std::uint64_t last = 0;
};

TEST(TripleBuffer, TheReaderSeesWholePagesInOrder) {
    constexpr std::uint64_t kPages = 200'000;
    TripleBuffer<Page> buffer;
    std::thread writer([&] {
        for (std::uint64_t n = 1; n <= kPages; ++n) {
            Page& page = buffer.back();
            page.first = n;
            page.body.assign(1 + n % 50, n);
            page.last = n;
            buffer.publish();
        }
    });
    std::uint64_t seen = 0;
    while (seen < kPages) {
        if (!buffer.fetch()) continue;
        const Page& page = buffer.front();
        ASSERT_EQ(page.first, page.last);
        ASSERT_GT(page.first, seen);
        ASSERT_EQ(page.body.size(), 1 + page.first % 50);
        for (const std::uint64_t word : page.body)
            ASSERT_EQ(word, page.first);
        seen = page.first;
    }
    writer.join();
    EXPECT_FALSE(buffer.fetch()) << "nothing newer";
}

TEST(TripleBuffer, WhatWasFetchedStaysAsItIs) {
    TripleBuffer<std::string> buffer;
    buffer.back() = "one";
    buffer.publish();
    ASSERT_TRUE(buffer.fetch());
    buffer.back() = "two";
    buffer.publish();
    buffer.back() = "three";
    EXPECT_EQ(buffer.front(), "one");
    ASSERT_TRUE(buffer.fetch());
    EXPECT_EQ(buffer.front(), "two");
}

TEST(ChunkList, ForgetsTheOldestAndCutsTheNewest) {
    constexpr std::size_t kChunk = 1'024;
    ChunkList<int, kChunk> list(4'000);
    for (int i = 0; i < 10'000; ++i)
        list.push(i);
    EXPECT_LE(list.size(), 4'000 + 2 * kChunk);
    EXPECT_EQ(list[0], static_cast<int>(list.dropped()));
    EXPECT_EQ(list.back(), 9'999);
    const ChunkList<int, kChunk> copy = list;
    list.cut(list.count_while([](int i) { return i <= 9'000; }));
    EXPECT_EQ(list.back(), 9'000);
    list.push(-1);
    EXPECT_EQ(list.back(), -1);
    EXPECT_EQ(copy.back(), 9'999);
    list.cut(0);
    EXPECT_TRUE(list.empty());
}

}  // namespace
}  // namespace gui
