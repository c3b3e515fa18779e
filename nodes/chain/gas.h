// Gas as the real node counts it (cosmos-sdk v0.45.16 store/gaskv; reference akash-chain section
// 20). A charge depends only on the lengths of a key and of an encoded value, so no key-value store
// is kept. When the limit is passed the meter notes where and stops counting; the transaction is
// then undone whatever its handlers still answer, so nobody has to look at the meter in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nodes {

class GasMeter {
  public:
    explicit GasMeter(std::uint64_t limit) : limit_(limit) {}

    [[nodiscard]] std::uint64_t limit() const { return limit_; }

    [[nodiscard]] std::uint64_t used() const { return used_; }

    [[nodiscard]] bool out() const { return !location_.empty(); }

    /// Name of the charge that went over.
    [[nodiscard]] std::string_view location() const { return location_; }

    /// One single charge: added, then compared; the one that goes over counts in full.
    void charge(std::uint64_t amount, std::string_view name) {
        if (out()) return;
        used_ += amount;
        if (used_ > limit_) location_ = name;
    }

    /// R: value 0 when absent.
    void read(std::size_t key, std::size_t value) {
        if (fits(1000 + 3 * (key + value))) return;
        charge(1000, "ReadFlat");
        charge(3 * key, "ReadPerByte");
        charge(3 * value, "ReadPerByte");
    }

    /// W: `value` is the new length.
    void write(std::size_t key, std::size_t value) {
        if (fits(2000 + 30 * (key + value))) return;
        charge(2000, "WriteFlat");
        charge(30 * key, "WritePerByte");
        charge(30 * value, "WritePerByte");
    }

    /// H: present or not.
    void has() { charge(1000, "Has"); }

    /// D.
    void remove() { charge(1000, "Delete"); }

    /// GET of something present; absent costs `has()` alone.
    void get(std::size_t key, std::size_t value) {
        has();
        read(key, value);
    }

    /// H, W.
    void has_write(std::size_t key, std::size_t value) {
        has();
        write(key, value);
    }

    /// A step of an iterator that stands on an item.
    void step(std::size_t key, std::size_t value) {
        if (fits(30 + 3 * (key + value))) return;
        charge(3 * key, "ValuePerByte");
        charge(3 * value, "ValuePerByte");
        charge(30, "IterNextFlat");
    }

    /// A step of an iterator that stands on nothing.
    void step_empty() { charge(30, "IterNextFlat"); }

  private:
    bool fits(std::uint64_t total) {
        if (out() || used_ + total > limit_) return out();
        used_ += total;
        return true;
    }

    std::uint64_t limit_;
    std::uint64_t used_ = 0;
    std::string_view location_;
};

}  // namespace nodes
