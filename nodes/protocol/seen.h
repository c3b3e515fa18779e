// Has this value come before? Lists in messages are short, so the first values are compared one by
// one; a set takes over where that would become slow.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace nodes {

template <class T>
class Seen {
  public:
    /// True when the value is new.
    bool add(T value) {
        if (count_ < few_.size()) {
            const auto end = few_.begin() + static_cast<std::ptrdiff_t>(count_);
            if (std::find(few_.begin(), end, value) != end) return false;
            few_[count_++] = value;
            return true;
        }
        if (many_.empty()) many_.insert(few_.begin(), few_.end());
        return many_.insert(value).second;
    }

  private:
    std::array<T, 24> few_{};
    std::size_t count_ = 0;
    boost::unordered_flat_set<T> many_;
};

}  // namespace nodes
