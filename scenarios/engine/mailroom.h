// What is under way to agents: news, manifests, reports. An event names an item by its sequence
// number; one item may have many readers, and the ring forgets it when the last copy has arrived.
#pragma once

#include "nodes/chain/agent.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/offchain.h"
#include "sim/assert.h"

#include <bit>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace scenarios {

/// News with its error code in a form that can be saved: the code's module is a literal, found
/// again in the table of errors.
struct NewsInFlight {
    nodes::News news;

    static void fields(auto& self, auto&& visit) {
        visit("news", self.news);
        std::string space{self.news.code.space};
        visit("space", space);
        visit("number", self.news.code.number);
        if constexpr (!std::is_const_v<std::remove_reference_t<decltype(self)>>) {
            self.news.code.space = {};
            for (const auto& known : nodes::registered_errors()) {
                if (known.space == space) self.news.code.space = known.space;
            }
            if (space == nodes::errors::kUndefined.space) {
                self.news.code.space = nodes::errors::kUndefined.space;
            }
        }
    }
};

struct ManifestInFlight {
    nodes::ManifestSubmitted manifest;

    static void fields(auto& self, auto&& visit) {
        visit("lease", self.manifest.lease);
        visit("version", self.manifest.version);
    }
};

struct ReportInFlight {
    nodes::WorkloadReport report;

    static void fields(auto& self, auto&& visit) {
        visit("lease", self.report.lease);
        visit("state", self.report.state);
    }
};

/// Items by sequence number, oldest first.
template <class Item>
class Mailroom {
  public:
    /// Keeps the item until `readers` calls of done(); at least one.
    std::uint64_t post(const Item& item, std::uint32_t readers) {
        SIM_ASSERT(readers > 0, "mail with a reader");
        if (count_ == slots_.size()) grow();
        const std::uint64_t sequence = first_ + count_;
        slots_[at(sequence)] = Slot{item, readers};
        ++count_;
        return sequence;
    }

    /// Valid until the next post() or done().
    [[nodiscard]] const Item& read(std::uint64_t sequence) const {
        SIM_ASSERT(sequence >= first_ && sequence < first_ + count_, "mail still held");
        return slots_[at(sequence)].item;
    }

    void done(std::uint64_t sequence) {
        Slot& slot = slots_[at(sequence)];
        SIM_ASSERT(slot.readers > 0, "a reader still to come");
        --slot.readers;
        while (count_ > 0 && slots_[at(first_)].readers == 0) {
            ++first_;
            --count_;
        }
    }

    [[nodiscard]] std::size_t size() const { return count_; }

    static void fields(auto& self, auto&& visit) {
        visit("first", self.first_);
        visit("count", self.count_);
        visit("slots", self.slots_);
    }

  private:
    struct Slot {
        Item item;
        std::uint32_t readers = 0;

        static void fields(auto& self, auto&& visit) {
            visit("item", self.item);
            visit("readers", self.readers);
        }
    };

    [[nodiscard]] std::size_t at(std::uint64_t sequence) const {
        return static_cast<std::size_t>(sequence & (slots_.size() - 1));
    }

    void grow() {
        std::vector<Slot> larger(slots_.empty() ? 64 : slots_.size() * 2);
        for (std::uint64_t i = first_; i < first_ + count_; ++i) {
            larger[i & (larger.size() - 1)] = slots_[at(i)];
        }
        slots_ = std::move(larger);
    }

    std::vector<Slot> slots_;  ///< a power of two of them
    std::uint64_t first_ = 0;
    std::uint64_t count_ = 0;
};

}  // namespace scenarios
