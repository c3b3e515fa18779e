// A list that only grows at its end and is forgotten at its beginning. Full chunks are immutable
// and shared, so that a copy, for a branch of the run, costs a pointer per chunk. A list and its
// copies are for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace gui {

/// `kChunk` items are taken at once: much at a time, because many large pieces make malloc tidy up
/// again and again.
template <class T, std::size_t kChunk = 16'384>
class ChunkList {
  public:
    /// More than `most` items are not kept, up to a chunk.
    explicit ChunkList(std::size_t most = SIZE_MAX) : most_(most) {}

    void push(T item) {
        if (open_.empty()) open_.reserve(kChunk);
        open_.push_back(std::move(item));
        // The next one comes much later: without this its place would have left the caches.
        __builtin_prefetch(open_.data() + open_.size(), 1);
        if (open_.size() == kChunk) close();
    }

    [[nodiscard]] std::size_t size() const { return full_.size() * kChunk + open_.size(); }

    [[nodiscard]] bool empty() const { return size() == 0; }

    /// How many were forgotten at the beginning.
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

    [[nodiscard]] const T& operator[](std::size_t i) const {
        const std::size_t chunk = i / kChunk;
        return chunk < full_.size() ? (*full_[chunk])[i % kChunk] : open_[i % kChunk];
    }

    [[nodiscard]] const T& back() const { return (*this)[size() - 1]; }

    /// Keeps the first `count` items.
    void cut(std::size_t count) {
        if (count >= size()) return;
        const std::size_t chunk = count / kChunk;
        if (chunk < full_.size()) {
            open_.assign(full_[chunk]->begin(), full_[chunk]->end());
            full_.resize(chunk);
        }
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(count % kChunk), open_.end());
    }

    /// How many items at the beginning satisfy a condition that once false stays false.
    template <class Condition>
    [[nodiscard]] std::size_t count_while(Condition condition) const {
        std::size_t from = 0;
        std::size_t count = size();
        while (count > 0) {
            const std::size_t half = count / 2;
            if (condition((*this)[from + half])) {
                from += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        return from;
    }

    [[nodiscard]] std::size_t bytes() const { return size() * sizeof(T); }

  private:
    void close() {
        full_.push_back(std::make_shared<std::vector<T>>(std::move(open_)));
        open_ = {};
        if (full_.size() * kChunk <= most_ + kChunk) return;
        const std::shared_ptr<std::vector<T>> oldest = std::move(full_.front());
        full_.pop_front();
        dropped_ += kChunk;
        // Fresh memory costs more than what is written there.
        if (oldest.use_count() > 1) return;
        open_ = std::move(*oldest);
        open_.clear();
    }

    std::size_t most_;
    std::uint64_t dropped_ = 0;
    std::deque<std::shared_ptr<std::vector<T>>> full_;  ///< shared, so not changed
    std::vector<T> open_;
};

}  // namespace gui
