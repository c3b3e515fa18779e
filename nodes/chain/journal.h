// Containers of the chain's state that can take back what a failed transaction did. Every change
// goes through edit/add/put, which keep the value before; `rollback` restores it. Between
// transactions the journals are empty, so a copy of the state is a copy of plain rows.
#pragma once

#include "sim/assert.h"
#include "sim/fields.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace nodes {

inline constexpr std::uint32_t kNoRow = 0xFFFFFFFF;

/// Rows addressed by index, reused after `remove`. Row must be trivially copyable.
template <class Row>
class Table {
  public:
    [[nodiscard]] const Row& operator[](std::uint32_t index) const { return rows_[index]; }

    /// The row for writing; its old value comes back on rollback. The reference dies with the next
    /// add.
    Row& edit(std::uint32_t index) {
        undo_.push_back({index, false, rows_[index]});
        return rows_[index];
    }

    std::uint32_t add(const Row& row) {
        std::uint32_t index = 0;
        if (free_.empty()) {
            index = static_cast<std::uint32_t>(rows_.size());
            rows_.push_back(row);
        } else {
            index = free_.back();
            free_.pop_back();
            rows_[index] = row;
        }
        undo_.push_back({index, true, Row{}});
        return index;
    }

    /// Frees a row for good. Only between transactions.
    void remove(std::uint32_t index) {
        SIM_ASSERT(undo_.empty(), "no open transaction while rows are freed");
        rows_[index] = Row{};
        free_.push_back(index);
    }

    [[nodiscard]] std::size_t mark() const { return undo_.size(); }

    /// Restores the values at the mark; `dropped(row)` sees each row that had been added since.
    template <class Dropped>
    void rollback(std::size_t mark, Dropped&& dropped) {
        while (undo_.size() > mark) {
            Undo& last = undo_.back();
            if (last.added) {
                dropped(static_cast<const Row&>(rows_[last.index]));
                rows_[last.index] = Row{};
                free_.push_back(last.index);
            } else {
                rows_[last.index] = last.before;
            }
            undo_.pop_back();
        }
    }

    void rollback(std::size_t mark) {
        rollback(mark, [](const Row&) {});
    }

    void commit() { undo_.clear(); }

    /// All rows ever made, freed ones too (default values).
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

    [[nodiscard]] std::size_t live() const { return rows_.size() - free_.size(); }

    static void fields(auto& self, auto&& visit) {
        visit("rows", self.rows_);
        visit("free", self.free_);
    }

  private:
    struct Undo {
        std::uint32_t index;
        bool added;
        Row before;
    };

    std::vector<Row> rows_;
    std::vector<std::uint32_t> free_;
    std::vector<Undo> undo_;
};

/// Rows that exist for every index (default values until first written), as balances of addresses
/// do.
template <class Row>
class Slots {
  public:
    /// The default value where nothing was written yet.
    [[nodiscard]] Row get(std::uint32_t index) const {
        return index < rows_.size() ? rows_[index] : Row{};
    }

    Row& edit(std::uint32_t index) {
        if (index >= rows_.size()) rows_.resize(index + 1U);
        undo_.push_back({index, rows_[index]});
        return rows_[index];
    }

    [[nodiscard]] std::size_t mark() const { return undo_.size(); }

    void rollback(std::size_t mark) {
        while (undo_.size() > mark) {
            rows_[undo_.back().index] = undo_.back().before;
            undo_.pop_back();
        }
    }

    void commit() { undo_.clear(); }

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

    static void fields(auto& self, auto&& visit) { visit("rows", self.rows_); }

  private:
    struct Undo {
        std::uint32_t index;
        Row before;
    };

    std::vector<Row> rows_;
    std::vector<Undo> undo_;
};

/// A searchable map whose entries can be put and erased, with the same way back.
template <class Map>
class JournaledMap {
  public:
    using Key = typename Map::key_type;
    using Value = typename Map::mapped_type;

    [[nodiscard]] const Value* find(const Key& key) const {
        const auto it = map_.find(key);
        return it == map_.end() ? nullptr : &it->second;
    }

    void put(const Key& key, Value value) {
        remember(key);
        map_[key] = std::move(value);
    }

    void erase(const Key& key) {
        remember(key);
        map_.erase(key);
    }

    [[nodiscard]] std::size_t mark() const { return undo_.size(); }

    void rollback(std::size_t mark) {
        while (undo_.size() > mark) {
            auto& [key, before] = undo_.back();
            if (before) {
                map_[key] = std::move(*before);
            } else {
                map_.erase(key);
            }
            undo_.pop_back();
        }
    }

    void commit() { undo_.clear(); }

    [[nodiscard]] const Map& map() const { return map_; }

    static void fields(auto& self, auto&& visit) { visit("map", self.map_); }

  private:
    void remember(const Key& key) {
        const Value* old = find(key);
        undo_.emplace_back(key, old ? std::optional<Value>(*old) : std::nullopt);
    }

    Map map_;
    std::vector<std::pair<Key, std::optional<Value>>> undo_;
};

}  // namespace nodes
