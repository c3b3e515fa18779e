// From an order to the providers that could bid on it, without asking all of them: an index over
// what providers have registered and what auditors have signed. The answer is the same as asking
// everybody for match_placement and match_resources (nodes/protocol/attributes.h), which a test
// compares.
#pragma once

#include "nodes/protocol/resources.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace providers {

/// What one auditor signed for a provider; `auditor` is the bech32 text.
struct AuditorRecord {
    std::string auditor;
    nodes::Attributes attributes;
};

class MatchIndex {
  public:
    /// What is known of a provider from now on; replaces what was known. Providers are numbered by
    /// the caller, from 0, and most numbers should be in use.
    void set(std::uint32_t provider,
             nodes::Attributes registered,
             std::vector<AuditorRecord> audited);
    /// Forgets a provider; nothing when it is not known.
    void remove(std::uint32_t provider);

    /// Appends the providers that match, ascending.
    void candidates(const nodes::GroupSpec& spec, std::vector<std::uint32_t>& found) const;

    [[nodiscard]] std::size_t size() const { return known_; }

  private:
    using Postings = std::vector<std::uint32_t>;  ///< ascending
    /// Key and value of an attribute, or an auditor with an empty value.
    using Term = std::pair<std::string, std::string>;

    struct Entry {
        bool known = false;
        nodes::Attributes registered;
        std::vector<AuditorRecord> audited;
    };

    void post(const Term& term, std::uint32_t provider);
    void unpost(const Term& term, std::uint32_t provider);
    /// The shortest list that is sure to hold every match; null = nothing is sure, ask everybody.
    [[nodiscard]] const Postings* shortest(const nodes::GroupSpec& spec) const;
    [[nodiscard]] bool matches(const Entry& entry, const nodes::GroupSpec& spec) const;

    std::vector<Entry> entries_;
    std::size_t known_ = 0;
    std::map<Term, Postings> by_registered_;
    std::map<Term, Postings> by_auditor_;
};

}  // namespace providers
