// Pending events in (time, sequence) order: equal times come out first in, first out. A ladder
// queue (Tang, Goh, Thng, TOMACS 15, 2005) on one pool of small chunks: far events lie unsorted,
// nearer ones in buckets by time, and only the next few are sorted, so that a push and a pop cost
// the same however many wait, and thousands of ties at a block's time are one chain that nobody
// compares.
//
// A plain value: the copy continues identically. The sequence number is not stored: every container
// keeps its events in order of arrival and no two containers hold the same time. Caller: times are
// not below 0 and not below the last one popped. Nothing is allocated per event once the pool has
// grown.
#pragma once

#include "sim/assert.h"
#include "sim/units.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <type_traits>
#include <vector>

namespace sim {

template <class Payload>
class EventQueue {
    static_assert(std::is_trivially_copyable_v<Payload>, "events are copied as bytes");
    static_assert(sizeof(Payload) <= 32, "events are small");

  public:
    struct Entry {
        SimTime time;
        Payload payload;

        static void fields(auto& self, auto&& visit) {
            visit("time", self.time);
            visit("payload", self.payload);
        }
    };

    [[nodiscard]] bool empty() const { return pushed_ == popped_; }

    [[nodiscard]] std::size_t size() const { return pushed_ - popped_; }

    /// Time of the last event popped.
    [[nodiscard]] SimTime now() const { return now_; }

    /// How many events have ever been pushed.
    [[nodiscard]] std::uint64_t pushed() const { return pushed_; }

    void push(SimTime time, const Payload& payload) {
        SIM_ASSERT(time >= now_, "no event before {} ns, got {} ns", now_.ns, time.ns);
        ++pushed_;
        place(time, payload);
    }

    /// Time of the next event; there must be one.
    [[nodiscard]] SimTime next_time() const {
        SIM_ASSERT(!empty(), "an event to come");
        if (!present_.empty()) return now_;
        if (sorted_count_ > 0) return sorted_time(sorted_count_ - 1);
        if (!ties_.empty()) return ties_time_;
        return first_unsorted();
    }

    /// Removes the next event; there must be one.
    Entry pop() {
        SIM_ASSERT(!empty(), "an event to pop");
        ++popped_;
        if (!present_.empty()) [[unlikely]]
            return pop_present();
        if (sorted_count_ == 0) {
            if (ties_.empty()) refill();
            if (!ties_.empty()) {
                now_ = ties_time_;
                return take_first(ties_);
            }
        }
        const Entry& entry = sorted_[sorted_keys_[--sorted_count_] & kSlotMask];
        now_ = entry.time;
        return Entry{entry.time, entry.payload};
    }

    /// All pending events in the order in which they will be popped.
    [[nodiscard]] std::vector<Entry> in_order() const;
    /// Memory held, on the heap and in the object.
    [[nodiscard]] std::size_t bytes() const;

    /// The saved form is the list of events in order, whatever the layout; loading rebuilds the
    /// layout.
    static void fields(auto& self, auto&& visit) {
        auto pending = self.in_order();
        visit("now", self.now_);
        visit("pushed", self.pushed_);
        visit("pending", pending);
        if constexpr (!std::is_const_v<std::remove_reference_t<decltype(self)>>) {
            self.restore(pending);
        }
    }

  private:
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t kChunk = 4;  ///< entries per chunk of the pool
    static constexpr unsigned kSlotBits = 7;
    /// Slots that the low bits of a key can name.
    static constexpr std::size_t kSortedSlots = std::size_t{1} << kSlotBits;
    static constexpr std::uint64_t kSlotMask = kSortedSlots - 1;
    static constexpr std::size_t kSortMax = 64;     ///< more than this is spread, not sorted
    static constexpr std::size_t kBucketFill = 10;  ///< entries per bucket aimed at
    static constexpr std::size_t kCountMax = 24;    ///< more keys than this go through std::sort
    static constexpr double kHorizonMeans = 2.0;    ///< how far the first rung reaches
    static constexpr int kShiftMax = 54;  ///< so that a key holds a slot and a time within a bucket
    /// Each is at least 16 times finer than the one before, from 2^54 ns on: 15 are enough.
    static constexpr std::size_t kRungs = 16;

    /// Entries in order of arrival, in linked chunks of the pool.
    struct Chain {
        std::uint32_t head = kNone;  ///< first chunk
        std::uint32_t end = 0;       ///< slot after the last entry; a multiple of kChunk when full
    };

    /// A chain that is also taken from, at the front.
    struct Fifo {
        Chain chain;
        std::uint32_t first = 0;  ///< slot of the first entry

        [[nodiscard]] bool empty() const { return chain.head == kNone; }
    };

    /// Buckets of equal width; those before `current` are empty for good. After them stands one
    /// bucket more: the first rung keeps there, unsorted, all that is too far for it. The others
    /// leave it empty.
    struct Rung {
        std::vector<Chain> buckets;
        std::size_t bucket_count = 0;
        std::size_t current = 0;
        SimTime start;
        SimTime open_from;  ///< this rung takes times from here on; earlier ones go further down
        int shift = 0;      ///< a bucket is 2^shift ns wide
    };

    static std::uint64_t since(SimTime time, SimTime start) {
        return static_cast<std::uint64_t>(time.ns) - static_cast<std::uint64_t>(start.ns);
    }

    /// Saturates: nothing can be scheduled after the end of time.
    static SimTime later(SimTime time, std::uint64_t by) {
        const std::uint64_t sum = static_cast<std::uint64_t>(time.ns) + by;
        constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
        return SimTime{sum > static_cast<std::uint64_t>(kEnd) ? kEnd
                                                              : static_cast<std::int64_t>(sum)};
    }

    static int width_bits(std::uint64_t v) { return static_cast<int>(std::bit_width(v)); }

    // --- where an event belongs

    // Time and payload travel apart: an entry put together on the stack, field by field, and copied
    // at once as a whole stalls the processor's store forwarding (measured: a quarter of the time).
    void place(SimTime time, const Payload& payload) {
        Rung& first = rungs_[0];
        if (time >= first.open_from) [[likely]] {
            const std::uint64_t bucket = since(time, first.start) >> first.shift;
            append(
                first.buckets[std::min<std::uint64_t>(bucket, first.bucket_count)], time, payload);
            return;
        }
        for (std::size_t i = 1; i < rung_count_; ++i) {
            Rung& rung = rungs_[i];
            if (time < rung.open_from) continue;
            append(rung.buckets[since(time, rung.start) >> rung.shift], time, payload);
            return;
        }
        place_near(time, payload);
    }

    void place_near(SimTime time, const Payload& payload) {
        if (!ties_.empty() && time == ties_time_) {
            append_fifo(ties_, time, payload);
        } else if (time == now_) {
            append_fifo(present_, time, payload);
        } else {
            insert_sorted(time, payload);
        }
    }

    // --- the sorted end: keys descending, so that the next event is the last one

    [[nodiscard]] SimTime sorted_time(std::size_t i) const {
        return sorted_[sorted_keys_[i] & kSlotMask].time;
    }

    void insert_sorted(SimTime time, const Payload& payload) {
        if (sorted_count_ == 0) {
            sorted_slots_ = 0;
            sorted_base_ = now_;
        }
        if (sorted_slots_ == kSortedSlots) {
            make_room();
            place(time, payload);
            return;
        }
        const std::uint64_t key = (since(time, sorted_base_) << kSlotBits) | sorted_slots_;
        write(sorted_[sorted_slots_++], time, payload);
        std::size_t at = sorted_count_++;
        while (at > 0 && sorted_keys_[at - 1] < key) {
            sorted_keys_[at] = sorted_keys_[at - 1];
            --at;
        }
        sorted_keys_[at] = key;
    }

    static void write(Entry& entry, SimTime time, const Payload& payload) {
        entry.time = time;
        entry.payload = payload;
    }

    /// All slots are taken: packs the live entries together, or spreads them when they are many.
    /// Those that wait for the present instant go in front of present_, since a rung would hide
    /// them.
    void make_room() {
        Chain waiting;
        while (sorted_count_ > 0 && sorted_time(sorted_count_ - 1) == now_) {
            append_entry(waiting, sorted_[sorted_keys_[--sorted_count_] & kSlotMask]);
        }
        if (waiting.head != kNone) {
            while (!present_.empty())
                append_entry(waiting, take_first(present_));
            present_ = Fifo{waiting, waiting.head * kChunk};
        }
        if (sorted_count_ == 0) return;
        Chain live;
        const std::size_t count = sorted_count_;
        for (std::size_t i = count; i-- > 0;)
            append_entry(live, sorted_[sorted_keys_[i] & kSlotMask]);
        const SimTime last = sorted_time(0);
        sorted_count_ = 0;
        if (count <= kSortMax) {
            sort_chain(live, now_);
        } else {
            // From now on, not from the first one, so that no push before it asks for a rung again.
            add_rung(live, count, later(now_, 1), last);
        }
    }

    /// Moves a chain of at most kSortMax entries into the sorted end. No time is before `base`.
    void sort_chain(const Chain& chain, SimTime base) {
        sorted_base_ = base;
        const std::uint32_t last = (chain.end - 1) / kChunk;
        std::size_t count = 0;
        for (std::uint32_t chunk = chain.head;;) {
            // Whole chunks, without asking how many slots of the last one count.
            const Entry* from = &pool_[std::size_t{chunk} * kChunk];
            for (std::size_t i = 0; i < kChunk; ++i) {
                sorted_[count + i] = from[i];
                sorted_keys_[count + i] = (since(from[i].time, base) << kSlotBits) | (count + i);
            }
            const std::uint32_t next = next_[chunk];
            release(chunk);
            if (chunk == last) break;
            count += kChunk;
            chunk = next;
        }
        count += chain.end - last * kChunk;
        sorted_slots_ = count;
        sorted_count_ = count;
        sort_keys(count);
    }

    /// Few keys are placed by counting how many are larger: that takes more comparisons than
    /// insertion but none that the processor can guess wrongly.
    void sort_keys(std::size_t count) {
        if (count > kCountMax) {
            std::sort(sorted_keys_.begin(),
                      sorted_keys_.begin() + static_cast<std::ptrdiff_t>(count),
                      std::greater<>{});
            return;
        }
        std::array<std::uint64_t, kCountMax> keys;
        std::copy_n(sorted_keys_.begin(), count, keys.begin());
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t larger = 0;
            for (std::size_t j = 0; j < count; ++j)
                larger += keys[j] > keys[i] ? 1U : 0U;
            sorted_keys_[larger] = keys[i];
        }
    }

    // --- refilling the sorted end

    /// Brings the next events into the sorted end or into ties_; both are empty, others exist.
    void refill() {
        for (;;) {
            Rung& rung = rungs_[rung_count_ - 1];
            while (rung.current < rung.bucket_count && rung.buckets[rung.current].head == kNone) {
                ++rung.current;
            }
            if (rung.current < rung.bucket_count) {
                if (open_bucket(rung)) return;
            } else if (rung_count_ > 1) {
                --rung_count_;
            } else if (open_far()) {
                return;
            }
        }
    }

    /// Takes the rung's current bucket; false when its content went into a finer rung.
    bool open_bucket(Rung& rung) {
        const Chain chain = rung.buckets[rung.current];
        rung.buckets[rung.current] = Chain{};
        const SimTime start = later(rung.start, std::uint64_t{rung.current} << rung.shift);
        if (rung.current + 1 < rung.bucket_count) prefetch(rung.buckets[rung.current + 1]);
        if (at_most(chain, kSortMax)) {
            reopen_finest(later(start, std::uint64_t{1} << rung.shift));
            sort_chain(chain, start);
            return true;
        }
        std::size_t count = 0;
        SimTime first = kEndOfTime;
        SimTime last{};
        each(chain, [&](const Entry& entry) {
            first = std::min(first, entry.time);
            last = std::max(last, entry.time);
            ++count;
        });
        if (first == last) {
            reopen_finest(later(first, 1));
            ties_ = Fifo{chain, chain.head * kChunk};
            ties_time_ = first;
            return true;
        }
        reopen_finest(later(start, std::uint64_t{1} << rung.shift));
        add_rung(chain, count, first, last);
        return false;
    }

    /// The finest rung takes times from `from` on.
    void reopen_finest(SimTime from) {
        Rung& rung = rungs_[rung_count_ - 1];
        rung.open_from = from;
        const std::uint64_t bucket = since(from, rung.start) >> rung.shift;
        rung.current = std::min<std::uint64_t>(bucket, rung.bucket_count);
    }

    /// Spreads a chain over a new finest rung that reaches from `first` to `last`.
    void add_rung(Chain chain, std::size_t count, SimTime first, SimTime last) {
        SIM_ASSERT(rung_count_ < kRungs, "no more than {} rungs", kRungs);
        const std::size_t wanted = std::max<std::size_t>(count / kBucketFill, 32);
        const std::uint64_t range = since(last, first);
        const int shift = width_bits(range / wanted);
        const std::size_t buckets = (range >> shift) + 1;
        const SimTime end = later(first, std::uint64_t{buckets} << shift);
        reopen_finest(std::min(end, rungs_[rung_count_ - 1].open_from));
        ++rung_count_;
        Rung& rung = lay_out(rungs_[rung_count_ - 1], first, shift, buckets);
        consume(chain, [&](const Entry& entry) {
            append_entry(rung.buckets[since(entry.time, first) >> shift], entry);
        });
    }

    static Rung& lay_out(Rung& rung, SimTime start, int shift, std::size_t buckets) {
        if (rung.buckets.size() <= buckets) rung.buckets.resize(buckets + 1);
        rung.bucket_count = buckets;
        rung.current = 0;
        rung.start = start;
        rung.open_from = start;
        rung.shift = shift;
        return rung;
    }

    /// Nothing but far events is left. A few are sorted at once (true); of many, those up to a few
    /// mean distances are spread over the first rung and the others stay far.
    bool open_far() {
        Rung& rung = rungs_[0];
        const Chain chain = rung.buckets[rung.bucket_count];
        rung.buckets[rung.bucket_count] = Chain{};
        SimTime first = kEndOfTime;
        double sum = 0;
        std::size_t count = 0;
        each(chain, [&](const Entry& entry) {
            first = std::min(first, entry.time);
            sum += static_cast<double>(since(entry.time, now_));
            ++count;
        });
        if (count <= kSortMax) {
            open_few(chain, first);
            return true;
        }
        const auto clamped = [](double ns) {
            return static_cast<std::uint64_t>(std::clamp(ns, 0.0, 0x1.0p62));
        };
        const double mean =
            sum / static_cast<double>(count) - static_cast<double>(since(first, now_));
        const double fill = static_cast<double>(kBucketFill) / static_cast<double>(count);
        const int shift = std::min(width_bits(clamped(mean * fill)), kShiftMax);
        lay_out(rung, first, shift, (clamped(mean * kHorizonMeans) >> shift) + 1);
        consume(chain, [&](const Entry& entry) {
            const std::uint64_t bucket = since(entry.time, first) >> shift;
            append_entry(rung.buckets[std::min<std::uint64_t>(bucket, rung.bucket_count)], entry);
        });
        return false;
    }

    void open_few(const Chain& chain, SimTime first) {
        Rung& rung = lay_out(rungs_[0], first, 0, 0);
        Chain near;
        consume(chain, [&](const Entry& entry) {
            if (since(entry.time, first) < std::uint64_t{1} << kShiftMax) {
                append_entry(near, entry);
                rung.open_from = std::max(rung.open_from, later(entry.time, 1));
            } else {
                append_entry(rung.buckets[0], entry);
            }
        });
        sort_chain(near, first);
    }

    [[nodiscard]] SimTime first_unsorted() const {
        for (std::size_t i = rung_count_; i-- > 0;) {
            const Rung& rung = rungs_[i];
            for (std::size_t b = rung.current; b <= rung.bucket_count; ++b) {
                if (rung.buckets[b].head == kNone) continue;
                SimTime first = kEndOfTime;
                each(rung.buckets[b], [&](const Entry& e) { first = std::min(first, e.time); });
                return first;
            }
        }
        SIM_UNREACHABLE("a pending event in some bucket");
    }

    // --- chains and the pool

    void append(Chain& chain, SimTime time, const Payload& payload) {
        std::uint32_t slot = chain.end;
        if (slot % kChunk == 0) slot = extend(chain);
        chain.end = slot + 1;
        write(pool_[slot], time, payload);
    }

    void append_entry(Chain& chain, const Entry& entry) {
        append(chain, entry.time, entry.payload);
    }

    void append_fifo(Fifo& fifo, SimTime time, const Payload& payload) {
        const bool was_empty = fifo.empty();
        append(fifo.chain, time, payload);
        if (was_empty) fifo.first = fifo.chain.head * kChunk;
    }

    Entry take_first(Fifo& fifo) {
        const Entry entry = pool_[fifo.first++];
        const std::uint32_t head = fifo.chain.head;
        if (fifo.first == fifo.chain.end) {
            fifo = Fifo{};
            release(head);
        } else if (fifo.first % kChunk == 0) {
            fifo.chain.head = next_[head];
            fifo.first = fifo.chain.head * kChunk;
            release(head);
        }
        return entry;
    }

    /// Events of the present instant come after those that were waiting for it.
    Entry pop_present() {
        if (sorted_count_ > 0 && sorted_time(sorted_count_ - 1) == now_) {
            return sorted_[sorted_keys_[--sorted_count_] & kSlotMask];
        }
        return take_first(present_);
    }

    /// Adds a chunk; its first slot.
    std::uint32_t extend(Chain& chain) {
        std::uint32_t chunk = free_;
        if (chunk != kNone) {
            free_ = next_[chunk];
        } else {
            chunk = grow();
        }
        if (chain.head == kNone) {
            chain.head = chunk;
        } else {
            next_[(chain.end - 1) / kChunk] = chunk;
        }
        return chunk * kChunk;
    }

    std::uint32_t grow() {
        const std::size_t chunks = next_.size();
        SIM_ASSERT(chunks < kNone / kChunk, "fewer than 2^32 pending events");
        if (chunks == next_.capacity()) {
            // A fifth more, not the usual double: the pool is nearly all of the queue's memory.
            const std::size_t more = chunks + chunks / 5 + 16;
            next_.reserve(more);
            pool_.reserve(more * kChunk);
        }
        next_.push_back(kNone);
        pool_.resize(pool_.size() + kChunk);
        return static_cast<std::uint32_t>(chunks);
    }

    void release(std::uint32_t chunk) {
        next_[chunk] = free_;
        free_ = chunk;
    }

    void prefetch(const Chain& chain) const {
        if (chain.head != kNone) __builtin_prefetch(&pool_[std::size_t{chain.head} * kChunk]);
    }

    [[nodiscard]] bool at_most(const Chain& chain, std::size_t limit) const {
        const std::uint32_t last = (chain.end - 1) / kChunk;
        std::size_t full = 0;
        for (std::uint32_t chunk = chain.head; chunk != last; chunk = next_[chunk]) {
            full += kChunk;
            if (full >= limit) return false;
        }
        return full + (chain.end - last * kChunk) <= limit;
    }

    /// Shows every entry in order of arrival.
    void each(const Chain& chain, auto&& show) const {
        if (chain.head == kNone) return;
        const std::uint32_t last = (chain.end - 1) / kChunk;
        for (std::uint32_t chunk = chain.head;; chunk = next_[chunk]) {
            const std::uint32_t end = chunk == last ? chain.end : (chunk + 1) * kChunk;
            for (std::uint32_t slot = chunk * kChunk; slot != end; ++slot)
                show(pool_[slot]);
            if (chunk == last) return;
        }
    }

    /// The same, giving the chunks back; `take` may append to other chains.
    void consume(const Chain& chain, auto&& take) {
        if (chain.head == kNone) return;
        const std::uint32_t last = (chain.end - 1) / kChunk;
        for (std::uint32_t chunk = chain.head;;) {
            const std::uint32_t end = chunk == last ? chain.end : (chunk + 1) * kChunk;
            for (std::uint32_t slot = chunk * kChunk; slot != end; ++slot) {
                const Entry entry = pool_[slot];  // a copy: the pool may move
                take(entry);
            }
            const std::uint32_t next = next_[chunk];
            release(chunk);
            if (chunk == last) return;
            chunk = next;
        }
    }

    /// At first everything is far.
    static std::array<Rung, kRungs> first_rung() {
        std::array<Rung, kRungs> rungs;
        rungs[0].buckets.resize(1);
        return rungs;
    }

    void restore(std::vector<Entry>& pending);

    static constexpr SimTime kEndOfTime{std::numeric_limits<std::int64_t>::max()};

    SimTime now_;
    std::uint64_t pushed_ = 0;
    std::uint64_t popped_ = 0;

    std::size_t sorted_count_ = 0;
    std::size_t sorted_slots_ = 0;
    SimTime sorted_base_;
    std::array<std::uint64_t, kSortedSlots> sorted_keys_{};  ///< (time - base, slot), descending
    std::array<Entry, kSortedSlots> sorted_{};

    Fifo present_;  ///< pushed for now_ at now_
    Fifo ties_;     ///< all at ties_time_
    SimTime ties_time_;

    std::array<Rung, kRungs> rungs_ = first_rung();
    std::size_t rung_count_ = 1;

    std::vector<Entry> pool_;          ///< kChunk entries per chunk
    std::vector<std::uint32_t> next_;  ///< per chunk: the next of its chain, or of the free ones
    std::uint32_t free_ = kNone;
};

template <class Payload>
std::vector<typename EventQueue<Payload>::Entry> EventQueue<Payload>::in_order() const {
    std::vector<Entry> pending;
    pending.reserve(size());
    const auto collect = [&pending](const Entry& entry) { pending.push_back(entry); };
    for (std::size_t i = sorted_count_; i-- > 0;)
        collect(sorted_[sorted_keys_[i] & kSlotMask]);
    for (const Fifo* fifo : {&ties_, &present_}) {
        std::uint32_t skip = fifo->empty() ? 0 : fifo->first % kChunk;
        each(fifo->chain, [&](const Entry& entry) {
            if (skip == 0) {
                collect(entry);
            } else {
                --skip;
            }
        });
    }
    for (std::size_t i = rung_count_; i-- > 0;) {
        for (std::size_t b = rungs_[i].current; b <= rungs_[i].bucket_count; ++b) {
            each(rungs_[i].buckets[b], collect);
        }
    }
    std::stable_sort(pending.begin(), pending.end(), [](const Entry& a, const Entry& b) {
        return a.time < b.time;
    });
    SIM_ASSERT(pending.size() == size(), "{} pending events, found {}", size(), pending.size());
    return pending;
}

template <class Payload>
std::size_t EventQueue<Payload>::bytes() const {
    std::size_t total =
        sizeof *this + pool_.capacity() * sizeof(Entry) + next_.capacity() * sizeof(std::uint32_t);
    for (const Rung& rung : rungs_)
        total += rung.buckets.capacity() * sizeof(Chain);
    return total;
}

// What was read may be damaged in ways no checksum saw; it is put in order rather than trusted.
template <class Payload>
void EventQueue<Payload>::restore(std::vector<Entry>& pending) {
    const SimTime now = std::max(now_, SimTime{});
    const std::uint64_t pushed = pushed_;
    *this = EventQueue{};
    now_ = now;
    for (const Entry& entry : pending)
        push(std::max(entry.time, now), entry.payload);
    popped_ = pushed - std::min<std::uint64_t>(pushed, pending.size());
    pushed_ += popped_;
}

}  // namespace sim
