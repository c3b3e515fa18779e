// Which providers could match an order, without asking each: the parts of an order (its placement,
// the GPUs of a unit, the attributes of a volume) are met by sets of providers, and these sets are
// remembered by the part's content. The answer equals asking all providers with match_placement and
// match_resources, whatever was asked before.
#pragma once

#include "nodes/protocol/attributes.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace providers {

/// What one auditor signed for a provider.
struct AuditorRecord {
    std::string auditor;  ///< address as text
    nodes::Attributes attributes;
};

class MatchIndex {
  public:
    /// Makes or replaces the entry of a provider. Indices are small and dense.
    void set(std::uint32_t provider,
             const nodes::Attributes& registered,
             const std::vector<AuditorRecord>& audits);
    /// A provider that is not registered (any more) matches nothing.
    void remove(std::uint32_t provider);
    void clear();

    /// Appends the providers that match, in rising order.
    void candidates(const nodes::GroupSpec& spec, std::vector<std::uint32_t>& out);

    [[nodiscard]] bool contains(std::uint32_t provider) const {
        return provider < profile_of_.size() && profile_of_[provider] != kNone;
    }

    /// Distinct sets of attributes and audits.
    [[nodiscard]] std::size_t profiles() const { return profiles_.size() - free_profiles_.size(); }

  private:
    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
    /// Parts remembered at most; beyond that all are forgotten and learnt anew.
    static constexpr std::size_t kPartsMax = 4'096;

    /// Providers that registered the same and are audited alike.
    struct Profile {
        std::string key;
        nodes::Attributes registered;
        std::vector<AuditorRecord> audits;
        std::vector<std::uint32_t> members;  ///< sorted
    };

    /// One part of orders, as a group that asks for nothing else, and who meets it.
    struct Part {
        nodes::GroupSpec wish;
        std::vector<std::uint64_t> met;  ///< a bit per profile
    };

    [[nodiscard]] static bool meets(const Profile& profile, const nodes::GroupSpec& wish);
    [[nodiscard]] std::uint32_t profile_for(const nodes::Attributes& registered,
                                            const std::vector<AuditorRecord>& audits);
    void learn(std::uint32_t profile);
    /// The bits of a part; `make` builds its wish when it is new.
    template <class Make>
    const std::vector<std::uint64_t>& part(const std::string& key, Make make);
    void narrow(const std::vector<std::uint64_t>& met);

    std::vector<Profile> profiles_;
    std::vector<std::uint32_t> free_profiles_;
    boost::unordered_flat_map<std::string, std::uint32_t> profile_by_key_;
    std::vector<std::uint32_t> profile_of_;  ///< by provider
    std::vector<Part> parts_;
    boost::unordered_flat_map<std::string, std::uint32_t> part_by_key_;
    std::vector<std::uint64_t> left_;  ///< scratch: profiles that met every part so far
    std::string key_;                  ///< scratch
};

}  // namespace providers
