#include "providers/match_index.h"

#include "nodes/protocol/attributes.h"

#include <algorithm>

namespace providers {
namespace {

/// A key without pattern characters matches itself only, so its list holds every match.
bool is_plain(std::string_view key) {
    return key.find_first_of("*?[\\") == std::string_view::npos;
}

}  // namespace

void MatchIndex::post(const Term& term, std::uint32_t provider) {
    Postings& list = by_registered_[term];
    const auto at = std::lower_bound(list.begin(), list.end(), provider);
    if (at == list.end() || *at != provider) list.insert(at, provider);
}

void MatchIndex::unpost(const Term& term, std::uint32_t provider) {
    const auto it = by_registered_.find(term);
    if (it == by_registered_.end()) return;
    std::erase(it->second, provider);
    if (it->second.empty()) by_registered_.erase(it);
}

void MatchIndex::set(std::uint32_t provider,
                     nodes::Attributes registered,
                     std::vector<AuditorRecord> audited) {
    remove(provider);
    if (provider >= entries_.size()) entries_.resize(provider + 1U);
    for (const nodes::Attribute& a : registered)
        post({a.key, a.value}, provider);
    for (const AuditorRecord& record : audited) {
        Postings& list = by_auditor_[{record.auditor, ""}];
        const auto at = std::lower_bound(list.begin(), list.end(), provider);
        if (at == list.end() || *at != provider) list.insert(at, provider);
    }
    entries_[provider] = {true, std::move(registered), std::move(audited)};
    ++known_;
}

void MatchIndex::remove(std::uint32_t provider) {
    if (provider >= entries_.size() || !entries_[provider].known) return;
    Entry& entry = entries_[provider];
    for (const nodes::Attribute& a : entry.registered)
        unpost({a.key, a.value}, provider);
    for (const AuditorRecord& record : entry.audited) {
        const auto it = by_auditor_.find({record.auditor, ""});
        if (it == by_auditor_.end()) continue;
        std::erase(it->second, provider);
        if (it->second.empty()) by_auditor_.erase(it);
    }
    entry = {};
    --known_;
}

const MatchIndex::Postings* MatchIndex::shortest(const nodes::GroupSpec& spec) const {
    static const Postings kNobody;
    const Postings* best = nullptr;
    const auto consider = [&](const std::map<Term, Postings>& index, const Term& term) {
        const auto it = index.find(term);
        const Postings* list = it == index.end() ? &kNobody : &it->second;
        if (best == nullptr || list->size() < best->size()) best = list;
    };
    const nodes::PlacementRequirements& placement = spec.requirements;
    for (const std::string& auditor : placement.all_of)
        consider(by_auditor_, {auditor, ""});
    // With signatures asked for, a provider's own registration is not consulted for placement.
    if (placement.all_of.empty() && placement.any_of.empty()) {
        for (const nodes::Attribute& a : placement.attributes) {
            if (is_plain(a.key)) consider(by_registered_, {a.key, a.value});
        }
    }
    for (const nodes::ResourceUnit& unit : spec.resources) {
        // One GPU attribute alone must be offered; of several, any one will do.
        if (!unit.resources.gpu || unit.resources.gpu->value <= 0) continue;
        const nodes::Attributes& models = unit.resources.gpu->attributes;
        if (models.size() == 1 && is_plain(models[0].key))
            consider(by_registered_, {"capabilities/gpu/" + models[0].key, models[0].value});
    }
    return best;
}

bool MatchIndex::matches(const Entry& entry, const nodes::GroupSpec& spec) const {
    std::vector<nodes::AuditedAttributes> audited;
    audited.reserve(entry.audited.size());
    for (const AuditorRecord& record : entry.audited)
        audited.push_back({record.auditor, &record.attributes});
    return nodes::match_placement(spec.requirements, entry.registered, audited) &&
           nodes::match_resources(spec, entry.registered);
}

void MatchIndex::candidates(const nodes::GroupSpec& spec, std::vector<std::uint32_t>& found) const {
    if (const Postings* list = shortest(spec)) {
        for (const std::uint32_t provider : *list) {
            if (matches(entries_[provider], spec)) found.push_back(provider);
        }
        return;
    }
    for (std::uint32_t provider = 0; provider < entries_.size(); ++provider) {
        if (entries_[provider].known && matches(entries_[provider], spec))
            found.push_back(provider);
    }
}

}  // namespace providers
