// Hands values from one thread to another without either ever waiting: the producer fills its own
// slot and swaps it with the middle one, the consumer swaps its own with the middle one when that
// is newer. Exactly one thread on each side.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace gui {

template <class T>
class TripleBuffer {
  public:
    /// Producer: what to fill; holds an older value.
    [[nodiscard]] T& back() { return slots_[back_]; }

    /// Producer: hands out back(); a value that nobody fetched is overwritten later.
    void publish() { back_ = middle_.exchange(back_ | kFresh, std::memory_order_acq_rel) & kIndex; }

    /// Consumer: true when front() is a newer value from now on.
    bool fetch() {
        if ((middle_.load(std::memory_order_relaxed) & kFresh) == 0) return false;
        front_ = middle_.exchange(front_, std::memory_order_acq_rel) & kIndex;
        return true;
    }

    /// Consumer: stays as it is until the next fetch().
    [[nodiscard]] const T& front() const { return slots_[front_]; }

  private:
    static constexpr std::uint32_t kIndex = 3;
    static constexpr std::uint32_t kFresh = 4;

    std::array<T, 3> slots_{};
    std::uint32_t back_ = 0;
    std::atomic<std::uint32_t> middle_{1};
    std::uint32_t front_ = 2;
};

}  // namespace gui
