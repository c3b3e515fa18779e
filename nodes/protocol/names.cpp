#include "nodes/protocol/names.h"

#include "nodes/protocol/bech32.h"
#include "sim/assert.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nodes {
namespace {

constexpr std::size_t kDenomLengthMin = 3;
constexpr std::size_t kDenomLengthMax = 128;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool denom_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '/' || c == '-';
}

bool valid_denom(std::string_view text) {
    return text.size() >= kDenomLengthMin && text.size() <= kDenomLengthMax &&
           is_letter(text.front()) && std::all_of(text.begin(), text.end(), denom_character);
}

std::string lower_case(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::uint32_t next_index(std::size_t size) {
    SIM_ASSERT(size < std::numeric_limits<std::uint32_t>::max(), "room in a book of {}", size);
    return static_cast<std::uint32_t>(size);
}

}  // namespace

AddressBook::AddressBook() {
    intern({});
}

Address AddressBook::intern(std::string_view text) {
    if (const auto found = by_text_.find(text); found != by_text_.end()) return {found->second};

    AddressText decoded = decode_address(text);
    Entry entry;
    entry.text = text;
    entry.bytes = std::move(decoded.bytes);
    entry.problem = std::move(decoded.problem);
    const std::string lower = entry.bytes.empty() ? entry.text : lower_case(entry.text);
    const bool canonical = lower == entry.text;
    // The lower-case entry of the same account comes first, so that its index is known here.
    const Address account = canonical ? Address{next_index(entries_.size())} : intern(lower);
    const Address self{next_index(entries_.size())};
    entry.account = account;
    by_text_.emplace(entry.text, self.index);
    entries_.push_back(std::move(entry));
    return self;
}

Address AddressBook::from_bytes(std::string_view bytes) {
    SIM_ASSERT(!bytes.empty(), "account bytes, got none");
    return intern(bech32_encode(kAddressPrefix, bytes));
}

void AddressBook::rebuild_index() {
    by_text_.clear();
    by_text_.reserve(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        by_text_.emplace(entries_[i].text, static_cast<std::uint32_t>(i));
    }
}

DenomBook::DenomBook() {
    intern({});
}

Denom DenomBook::intern(std::string_view text) {
    if (const auto found = by_text_.find(text); found != by_text_.end()) return {found->second};
    const Denom self{next_index(texts_.size())};
    texts_.emplace_back(text);
    valid_.push_back(valid_denom(text) ? 1 : 0);
    by_text_.emplace(texts_.back(), self.index);
    return self;
}

void DenomBook::rebuild_index() {
    valid_.clear();
    by_text_.clear();
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        valid_.push_back(valid_denom(texts_[i]) ? 1 : 0);
        by_text_.emplace(texts_[i], static_cast<std::uint32_t>(i));
    }
}

}  // namespace nodes
