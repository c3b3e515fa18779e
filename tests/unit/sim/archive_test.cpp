#include "sim/archive.h"

#include "sim/event_queue.h"
#include "sim/network.h"
#include "sim/rng.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <unistd.h>

namespace sim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A small world: something of everything that has fields.
struct World {
    EventQueue<std::uint64_t> queue;
    Rng rng = Rng::stream(1, "world", "test");
    Network network{3, LinkQuality{}};
    std::map<std::string, std::optional<std::int64_t>> accounts{{"a", 5}, {"b", std::nullopt}};
    std::variant<std::monostate, std::uint32_t, std::string> state = std::string("serving");

    static void fields(auto& self, auto&& visit) {
        visit("queue", self.queue);
        visit("rng", self.rng);
        visit("network", self.network);
        visit("accounts", self.accounts);
        visit("state", self.state);
    }
};

World sample() {
    World world;
    world.network.add_region("europe");
    world.network.add_region("asia");
    for (std::uint64_t i = 0; i < 300; ++i) {
        world.queue.push(SimTime{} + world.rng.exponential(1_s), i);
    }
    return world;
}

class ArchiveTest : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) / ("archive_" + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }

    void TearDown() override { fs::remove_all(folder_); }

    fs::path folder_;
};

TEST_F(ArchiveTest, ALoadedValueContinuesAsTheSavedOne) {
    World saved = sample();
    World loaded;
    ASSERT_TRUE(save_file(folder_ / "world.sav", saved, 4));
    const Status status = load_file(folder_ / "world.sav", 4, loaded);
    ASSERT_TRUE(status) << status.error().text;
    EXPECT_EQ(field_bytes(loaded), field_bytes(saved));
    EXPECT_EQ(loaded.rng.next_u64(), saved.rng.next_u64());
    while (!saved.queue.empty())
        EXPECT_EQ(loaded.queue.pop().payload, saved.queue.pop().payload);
}

TEST_F(ArchiveTest, EveryFlippedByteIsNoticed) {
    const std::string archive = save_bytes(sample(), 1);
    for (std::size_t i = 0; i < archive.size(); i += i < 64 ? 1 : 97) {
        std::string damaged = archive;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
        World world;
        EXPECT_FALSE(load_bytes(damaged, 1, world)) << "byte " << i;
    }
}

TEST_F(ArchiveTest, EveryCutIsNoticed) {
    const std::string archive = save_bytes(sample(), 1);
    for (std::size_t size = 0; size < archive.size(); size += 31) {
        World world;
        EXPECT_FALSE(load_bytes(std::string_view(archive).substr(0, size), 1, world));
    }
}

// The checksum is right, the content is not: what somebody writes who knows the form.
TEST_F(ArchiveTest, ForeignFieldsUnderAGoodChecksumAreRefusedWithoutACrash) {
    auto rng = Rng::stream(1, "archive", "fuzz");
    const std::string good = field_bytes(sample());
    for (int trial = 0; trial < 300; ++trial) {
        std::string fields = good;
        for (int i = 0; i < 3; ++i) {
            const auto at = rng.uniform_int(0, static_cast<std::int64_t>(fields.size()) - 1);
            fields[static_cast<std::size_t>(at)] = static_cast<char>(rng.next_u64());
        }
        fields.resize(
            static_cast<std::size_t>(rng.uniform_int(0, static_cast<std::int64_t>(fields.size()))));
        World world;
        EXPECT_FALSE(load_bytes(frame_archive(fields, 1), 1, world));
    }
}

TEST_F(ArchiveTest, ErrorsSayWhatIsWrong) {
    World world;
    const std::string archive = save_bytes(sample(), 1);
    EXPECT_THAT(load_bytes(archive, 2, world).error().text, HasSubstr("saved as version 1.1"));
    EXPECT_THAT(load_bytes("SQLite format 3", 1, world).error().text,
                HasSubstr("not a saved state of Orrery"));
    std::string damaged = archive;
    damaged.back() = static_cast<char>(damaged.back() + 1);
    EXPECT_THAT(load_bytes(damaged, 1, world).error().text, HasSubstr("checksum"));
    EXPECT_THAT(load_bytes(archive + "x", 1, world).error().text, HasSubstr("should follow"));
    EXPECT_THAT(load_file(folder_ / "absent", 1, world).error().text, HasSubstr("No such file"));
    EXPECT_THAT(save_file(folder_ / "no" / "world.sav", world, 1).error().text,
                HasSubstr("cannot create"));
}

TEST_F(ArchiveTest, AFileIsReplacedWholeAndLeavesNothingBeside) {
    const fs::path path = folder_ / "world.sav";
    ASSERT_TRUE(write_file_atomically(path, "first"));
    ASSERT_TRUE(write_file_atomically(path, "second"));
    EXPECT_EQ(*read_whole_file(path), "second");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace sim
