// Addresses and denominations as small numbers. Messages come with texts; every distinct text is
// kept once in a book and travels as its index, so that ids are plain 4-byte values and copying
// state is a memory copy. A book keeps bad texts too, with the reason why they are bad: a message
// may carry them and must be refused in the right order (reference akash-chain 19.3).
#pragma once

#include "sim/fields.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nodes {

/// Lets a book be searched by a view, without making a string of it.
struct TextHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

/// Texts to their places. Only ever searched: its order is not the same on every machine.
using TextIndex = boost::unordered_flat_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

/// Index into an AddressBook. 0 is the empty text, which is no valid address.
struct Address {
    std::uint32_t index = 0;

    friend constexpr auto operator<=>(const Address&, const Address&) = default;

    static void fields(auto& self, auto&& visit) { visit("index", self.index); }
};

/// Index into a DenomBook. 0 is the empty text, which is no valid denomination.
struct Denom {
    std::uint32_t index = 0;

    friend constexpr auto operator<=>(const Denom&, const Denom&) = default;

    static void fields(auto& self, auto&& visit) { visit("index", self.index); }
};

class AddressBook {
  public:
    struct Entry {
        std::string text;  ///< as written: all lower or all upper case when valid
        std::string
            bytes;  ///< raw account bytes (20 for keys, other lengths are legal); empty = bad
        std::string problem;  ///< why the text is no address; empty when it is one
        Address account;      ///< the entry of the lower-case text: equal accounts, equal index

        static void fields(auto& self, auto&& visit) {
            visit("text", self.text);
            visit("bytes", self.bytes);
            visit("problem", self.problem);
            visit("account", self.account);
        }
    };

    AddressBook();

    /// The index of a text; bad texts get one too. Checks bech32 and the prefix "akash".
    Address intern(std::string_view text);
    /// The address of raw account bytes.
    Address from_bytes(std::string_view bytes);

    [[nodiscard]] const Entry& operator[](Address a) const { return entries_[a.index]; }

    [[nodiscard]] bool valid(Address a) const { return !entries_[a.index].bytes.empty(); }

    [[nodiscard]] const std::string& text(Address a) const { return entries_[a.index].text; }

    /// The canonical entry of the same account.
    [[nodiscard]] Address account(Address a) const { return entries_[a.index].account; }

    [[nodiscard]] bool same_account(Address a, Address b) const { return account(a) == account(b); }

    /// Order of the raw bytes, as keys of the real store sort.
    [[nodiscard]] bool bytes_less(Address a, Address b) const {
        return entries_[a.index].bytes < entries_[b.index].bytes;
    }

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    static void fields(auto& self, auto&& visit) { visit("entries", self.entries_); }

    /// After loading: rebuilds the search index from the entries.
    void rebuild_index();

  private:
    std::vector<Entry> entries_;
    TextIndex by_text_;
};

class DenomBook {
  public:
    DenomBook();

    Denom intern(std::string_view text);

    [[nodiscard]] const std::string& text(Denom d) const { return texts_[d.index]; }

    /// A letter, then 2..127 of letters, digits, '/' and '-', as cosmos-sdk v0.45.16 accepts.
    [[nodiscard]] bool valid(Denom d) const { return valid_[d.index] != 0; }

    [[nodiscard]] bool less(Denom a, Denom b) const { return texts_[a.index] < texts_[b.index]; }

    [[nodiscard]] std::size_t size() const { return texts_.size(); }

    static void fields(auto& self, auto&& visit) { visit("texts", self.texts_); }

    void rebuild_index();

  private:
    std::vector<std::string> texts_;
    std::vector<std::uint8_t> valid_;
    TextIndex by_text_;
};

/// The books of one world. Part of its state; two worlds never share them.
struct Names {
    AddressBook addresses;
    DenomBook denoms;

    static void fields(auto& self, auto&& visit) {
        visit("addresses", self.addresses);
        visit("denoms", self.denoms);
    }

    void rebuild_index() {
        addresses.rebuild_index();
        denoms.rebuild_index();
    }
};

}  // namespace nodes
