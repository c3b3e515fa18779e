#include "providers/bid_engine.h"

#include "nodes/protocol/validate_basic.h"
#include "sim/assert.h"

#include <fmt/format.h>

#include <algorithm>

namespace providers {
namespace {

using nodes::Reason;
using nodes::Subject;

constexpr sim::Int128 kMicro = sim::kDecOne;

Decline declined(DeclinedAt at, Reason reason, Subject subject, std::string text) {
    Decline decline;
    decline.at = at;
    decline.reason = reason;
    decline.subject = subject;
    decline.text = std::move(text);
    return decline;
}

/// True when the group's GPUs alone find no capability.
bool gpus_mismatch(const nodes::GroupSpec& spec, const nodes::Attributes& registered) {
    nodes::GroupSpec gpus_only = spec;
    for (auto& unit : gpus_only.resources)
        unit.resources.storage.clear();
    return !nodes::match_resources(gpus_only, registered);
}

Decline capabilities_decline(const nodes::GroupSpec& spec, const nodes::Attributes& registered) {
    const bool gpus = gpus_mismatch(spec, registered);
    return declined(DeclinedAt::kCapabilities,
                    gpus ? Reason::kModelMismatch : Reason::kAttributeMismatch,
                    gpus ? Subject::kGpu : Subject::kPersistentStorage,
                    "unable to fulfill: incompatible attributes for resources requirements");
}

std::optional<Decline> check_volumes(const nodes::GroupSpec& spec, std::size_t most) {
    for (const auto& unit : spec.resources) {
        const auto volumes = unit.resources.storage.size();
        if (volumes <= most) continue;
        auto decline = declined(
            DeclinedAt::kVolumes,
            Reason::kInsufficientCapacity,
            Subject::kVolumes,
            fmt::format("unable to fulfill: group volumes count exceeds ({} > {})", volumes, most));
        decline.wanted = static_cast<std::int64_t>(volumes);
        decline.had = static_cast<std::int64_t>(most);
        return decline;
    }
    return std::nullopt;
}

/// Of several records of one auditor the last counts.
std::vector<nodes::AuditedAttributes> last_records(
    const std::vector<nodes::AuditedAttributes>& records) {
    std::vector<nodes::AuditedAttributes> last;
    for (const auto& record : records) {
        const auto same = std::find_if(last.begin(), last.end(), [&record](const auto& r) {
            return r.auditor == record.auditor;
        });
        if (same == last.end()) {
            last.push_back(record);
        } else {
            same->attributes = record.attributes;
        }
    }
    return last;
}

std::optional<Decline> check_signatures(const nodes::GroupSpec& spec, const OwnFacts& own) {
    const auto& wanted = spec.requirements;
    if (wanted.all_of.empty() && wanted.any_of.empty()) return std::nullopt;
    const auto unreachable = [&own](const std::string& auditor) {
        const auto& lost = own.unreachable_auditors;
        return std::find(lost.begin(), lost.end(), auditor) != lost.end();
    };
    if (std::any_of(wanted.all_of.begin(), wanted.all_of.end(), unreachable) ||
        std::any_of(wanted.any_of.begin(), wanted.any_of.end(), unreachable)) {
        return declined(DeclinedAt::kQuery, Reason::kNotAudited, Subject::kAudit, "query failed");
    }
    if (nodes::match_placement(wanted, *own.attributes_now, last_records(own.audited))) {
        return std::nullopt;
    }
    return declined(DeclinedAt::kSignatures,
                    Reason::kNotAudited,
                    Subject::kAudit,
                    "attribute signature requirements not met");
}

}  // namespace

std::optional<Decline> should_bid(const nodes::GroupSpec& spec,
                                  const OwnFacts& own,
                                  const nodes::Names& names) {
    SIM_ASSERT(own.attributes_at_start != nullptr && own.order_filter != nullptr, "own attributes");
    const auto& wanted = spec.requirements.attributes;
    if (!nodes::subset_of(wanted, *own.attributes_at_start)) {
        return declined(DeclinedAt::kProviderAttributes,
                        Reason::kAttributeMismatch,
                        Subject::kAttribute,
                        "unable to fulfill: incompatible provider attributes");
    }
    if (!nodes::subset_of(*own.order_filter, wanted)) {
        return declined(DeclinedAt::kOrderAttributes,
                        Reason::kAttributeMismatch,
                        Subject::kAttribute,
                        "unable to fulfill: incompatible order attributes");
    }
    if (own.attributes_now == nullptr) {
        return declined(DeclinedAt::kQuery,
                        Reason::kAttributeMismatch,
                        Subject::kAttribute,
                        "context deadline exceeded");
    }
    if (!nodes::match_resources(spec, *own.attributes_now)) {
        return capabilities_decline(spec, *own.attributes_now);
    }
    if (auto volumes = check_volumes(spec, own.group_volumes_max)) return volumes;
    if (auto signatures = check_signatures(spec, own)) return signatures;
    if (const auto valid = nodes::validate_group(spec, names); !valid) {
        return declined(DeclinedAt::kValidation,
                        Reason::kAttributeMismatch,
                        Subject::kNone,
                        valid.error().text);
    }
    return std::nullopt;
}

std::optional<Decline> check_limits(const Purse& purse) {
    if (!purse.takes_denom) {
        return declined(DeclinedAt::kLimits, Reason::kDenomRefused, Subject::kPrice, {});
    }
    if (purse.open_bids_max > 0 && purse.open_bids >= purse.open_bids_max) {
        auto decline =
            declined(DeclinedAt::kLimits, Reason::kProviderAtBidLimit, Subject::kNone, {});
        decline.wanted = static_cast<std::int64_t>(purse.open_bids) + 1;
        decline.had = purse.open_bids_max;
        return decline;
    }
    if (purse.balance < purse.deposit) {
        auto decline =
            declined(DeclinedAt::kLimits, Reason::kBidDepositLacking, Subject::kDeposit, {});
        decline.wanted = purse.deposit;
        decline.had = purse.balance;
        return decline;
    }
    return std::nullopt;
}

Decline decline_of(const Reserved& refused) {
    SIM_ASSERT(refused.result != ReserveResult::kOk, "a refusal");
    auto decline = declined(
        DeclinedAt::kReservation, Reason::kInsufficientCapacity, refused.subject, refused.text);
    decline.wanted = refused.wanted;
    decline.had = refused.had;
    return decline;
}

Priced price_order(std::uint8_t strategy, const PriceView& view, const StrategyParams& params) {
    SIM_ASSERT(strategy < strategies().size(), "a strategy of the catalog, got {}", strategy);
    const auto asked = strategies()[strategy].price(view, params);
    Priced priced;
    const auto most = static_cast<std::int64_t>(view.max_price.scaled / kMicro);
    if (!asked) {
        const auto code = asked.error().code;
        const auto reason = code == price_errors::kDenom    ? Reason::kDenomRefused
                            : code == price_errors::kScript ? Reason::kAboveTenantMaximum
                                                            : Reason::kInsufficientCapacity;
        priced.declined = declined(DeclinedAt::kPrice, reason, Subject::kPrice, asked.error().text);
        priced.declined->wanted = most;
        return priced;
    }
    priced.price = *asked;
    if (params.price_level != sim::Ratio{1, 1}) {
        priced.price = cut_to_micro(times(priced.price, params.price_level));
    }
    if (priced.price > view.max_price || priced.price.scaled <= 0) {
        priced.declined = declined(DeclinedAt::kPrice,
                                   Reason::kAboveTenantMaximum,
                                   Subject::kPrice,
                                   "Price too high, not bidding");
        priced.declined->wanted = most;
        priced.declined->had = static_cast<std::int64_t>(priced.price.scaled / kMicro);
    }
    return priced;
}

}  // namespace providers
