#include "providers/match_index.h"

#include "sim/assert.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace providers {
namespace {

/// Lengths before texts, so that different contents never give one key.
void append_size(std::string& key, std::size_t size) {
    const auto bytes = std::bit_cast<std::array<char, 4>>(static_cast<std::uint32_t>(size));
    key.append(bytes.data(), bytes.size());
}

void append_text(std::string& key, std::string_view text) {
    append_size(key, text.size());
    key.append(text);
}

void append_attributes(std::string& key, const nodes::Attributes& attributes) {
    append_size(key, attributes.size());
    for (const auto& attribute : attributes) {
        append_text(key, attribute.key);
        append_text(key, attribute.value);
    }
}

void append_names(std::string& key, const std::vector<std::string>& names) {
    append_size(key, names.size());
    for (const auto& name : names)
        append_text(key, name);
}

std::size_t words_for(std::size_t profiles) {
    return (profiles + 63) / 64;
}

void set_bit(std::vector<std::uint64_t>& bits, std::uint32_t index, bool on) {
    const auto mask = std::uint64_t{1} << (index % 64);
    auto& word = bits[index / 64];
    word = on ? (word | mask) : (word & ~mask);
}

}  // namespace

bool MatchIndex::meets(const Profile& profile, const nodes::GroupSpec& wish) {
    if (profile.members.empty()) return false;
    std::vector<nodes::AuditedAttributes> audited;
    audited.reserve(profile.audits.size());
    for (const auto& [auditor, attributes] : profile.audits) {
        audited.push_back({auditor, &attributes});
    }
    return nodes::match_placement(wish.requirements, profile.registered, audited) &&
           nodes::match_resources(wish, profile.registered);
}

std::uint32_t MatchIndex::profile_for(const nodes::Attributes& registered,
                                      const std::vector<AuditorRecord>& audits) {
    std::string key;
    append_attributes(key, registered);
    for (const auto& [auditor, attributes] : audits) {
        append_text(key, auditor);
        append_attributes(key, attributes);
    }
    if (const auto known = profile_by_key_.find(key); known != profile_by_key_.end()) {
        return known->second;
    }
    std::uint32_t index = 0;
    if (free_profiles_.empty()) {
        index = static_cast<std::uint32_t>(profiles_.size());
        profiles_.emplace_back();
    } else {
        index = free_profiles_.back();
        free_profiles_.pop_back();
    }
    profiles_[index] = {key, registered, audits, {}};
    profile_by_key_.emplace(std::move(key), index);
    return index;
}

void MatchIndex::learn(std::uint32_t profile) {
    for (auto& part : parts_) {
        part.met.resize(words_for(profiles_.size()));
        set_bit(part.met, profile, meets(profiles_[profile], part.wish));
    }
}

void MatchIndex::set(std::uint32_t provider,
                     const nodes::Attributes& registered,
                     const std::vector<AuditorRecord>& audits) {
    SIM_ASSERT(provider != kNone, "an index of a provider");
    if (provider >= profile_of_.size()) profile_of_.resize(provider + 1, kNone);
    const auto index = profile_for(registered, audits);
    if (profile_of_[provider] == index) return;
    remove(provider);
    profile_of_[provider] = index;
    auto& members = profiles_[index].members;
    const bool first = members.empty();
    members.insert(std::lower_bound(members.begin(), members.end(), provider), provider);
    if (first) learn(index);
}

void MatchIndex::remove(std::uint32_t provider) {
    if (!contains(provider)) return;
    const auto index = std::exchange(profile_of_[provider], kNone);
    auto& profile = profiles_[index];
    std::erase(profile.members, provider);
    if (!profile.members.empty()) return;
    profile_by_key_.erase(profile.key);
    profile = {};
    free_profiles_.push_back(index);
    learn(index);
}

void MatchIndex::clear() {
    *this = MatchIndex{};
}

template <class Make>
const std::vector<std::uint64_t>& MatchIndex::part(const std::string& key, Make make) {
    if (const auto known = part_by_key_.find(key); known != part_by_key_.end()) {
        return parts_[known->second].met;
    }
    if (parts_.size() >= kPartsMax) {
        parts_.clear();
        part_by_key_.clear();
    }
    part_by_key_.emplace(key, static_cast<std::uint32_t>(parts_.size()));
    auto& added = parts_.emplace_back();
    make(added.wish);
    added.met.resize(words_for(profiles_.size()));
    for (std::uint32_t i = 0; i < profiles_.size(); ++i) {
        set_bit(added.met, i, meets(profiles_[i], added.wish));
    }
    return added.met;
}

void MatchIndex::narrow(const std::vector<std::uint64_t>& met) {
    SIM_ASSERT(met.size() == left_.size(), "bits of all profiles");
    for (std::size_t i = 0; i < left_.size(); ++i)
        left_[i] &= met[i];
}

void MatchIndex::candidates(const nodes::GroupSpec& spec, std::vector<std::uint32_t>& out) {
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    const auto& placement = spec.requirements;
    key_ = "P";
    append_attributes(key_, placement.attributes);
    append_names(key_, placement.all_of);
    append_names(key_, placement.any_of);
    left_ = part(key_, [&](nodes::GroupSpec& wish) { wish.requirements = placement; });
    for (const auto& unit : spec.resources) {
        const auto& asked = unit.resources;
        if (asked.gpu && asked.gpu->value != 0) {
            key_ = "G";
            append_attributes(key_, asked.gpu->attributes);
            narrow(part(key_, [&asked](nodes::GroupSpec& wish) {
                wish.resources.emplace_back().resources.gpu =
                    nodes::Quantity{1, asked.gpu->attributes};
            }));
        }
        for (const auto& volume : asked.storage) {
            if (volume.attributes.empty()) continue;
            key_ = "S";
            append_attributes(key_, volume.attributes);
            narrow(part(key_, [&volume](nodes::GroupSpec& wish) {
                auto& resources = wish.resources.emplace_back().resources;
                resources.gpu = nodes::Quantity{};
                resources.storage.push_back({{}, 0, volume.attributes});
            }));
        }
    }
    for (std::size_t word = 0; word < left_.size(); ++word) {
        for (auto bits = left_[word]; bits != 0; bits &= bits - 1) {
            const auto& members =
                profiles_[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))].members;
            out.insert(out.end(), members.begin(), members.end());
        }
    }
    // The members of one profile are in order already.
    if (!std::is_sorted(out.begin() + begin, out.end())) std::sort(out.begin() + begin, out.end());
}

}  // namespace providers
