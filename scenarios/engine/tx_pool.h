// Transactions on their way to the node and waiting for a block: slots that are used again, so that
// a long run allocates nothing per transaction.
#pragma once

#include "nodes/protocol/messages.h"
#include "scenarios/engine/event.h"
#include "sim/assert.h"

#include <cstdint>
#include <vector>

namespace scenarios {

struct PendingTx {
    AgentRef sender;
    nodes::Msg msg;

    static void fields(auto& self, auto&& visit) {
        visit("sender", self.sender);
        visit("msg", self.msg);
    }
};

class TxPool {
  public:
    std::uint32_t add(AgentRef sender, nodes::Msg&& msg) {
        if (free_.empty()) {
            slots_.push_back({sender, std::move(msg)});
            return static_cast<std::uint32_t>(slots_.size() - 1);
        }
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        slots_[slot] = {sender, std::move(msg)};
        return slot;
    }

    [[nodiscard]] PendingTx& at(std::uint32_t slot) { return slots_[slot]; }

    void release(std::uint32_t slot) {
        slots_[slot] = PendingTx{};
        free_.push_back(slot);
    }

    [[nodiscard]] std::size_t waiting() const { return slots_.size() - free_.size(); }

    static void fields(auto& self, auto&& visit) {
        visit("slots", self.slots_);
        visit("free", self.free_);
    }

  private:
    std::vector<PendingTx> slots_;
    std::vector<std::uint32_t> free_;
};

}  // namespace scenarios
