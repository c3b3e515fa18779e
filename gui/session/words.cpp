#include "gui/session/words.h"

#include "nodes/protocol/attributes.h"
#include "scenarios/engine/market_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {

namespace {

using nodes::Reason;
using nodes::Subject;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr double kGib = 1024.0 * 1024.0 * 1024.0;

std::string decimals(double value) {
    std::string out = fmt::format("{:.2f}", value);
    while (out.back() == '0')
        out.pop_back();
    if (out.back() == '.') out.pop_back();
    return out;
}

/// An amount in its subject's unit.
std::string amount_text(Subject subject, std::int64_t amount) {
    const auto number = static_cast<double>(amount);
    switch (subject) {
        case Subject::kCpu:
            return decimals(number / 1e3) + " CPU";
        case Subject::kMemory:
        case Subject::kEphemeralStorage:
        case Subject::kPersistentStorage:
            return decimals(number / kGib) + " GiB";
        case Subject::kGpu:
            return fmt::format("{} {}", amount, amount == 1 ? "card" : "cards");
        case Subject::kLeasedIp:
            return fmt::format("{} leased IPs", amount);
        case Subject::kVolumes:
            return fmt::format("{} volumes", amount);
        case Subject::kDeposit:
            return decimals(number / 1e6) + " AKT of deposit";
        default:
            return grouped(amount);
    }
}

std::string_view subject_text(Subject subject) {
    constexpr std::array<std::string_view, 14> kTexts{"",
                                                      "CPU",
                                                      "memory",
                                                      "GPU",
                                                      "storage",
                                                      "persistent storage",
                                                      "leased IPs",
                                                      "volumes",
                                                      "attributes",
                                                      "price",
                                                      "deposit",
                                                      "region",
                                                      "reputation",
                                                      "audit"};
    return kTexts.at(static_cast<std::size_t>(subject));
}

std::string dollars(double usd_hour) {
    return fmt::format("${:.3g}/h", usd_hour);
}

/// A whole number of micro-units per block as the order's price.
Price price_of(std::int64_t per_block, const Auction& auction, const PriceTag& tag) {
    return tag.of(sim::Dec18{static_cast<sim::Int128>(per_block) * sim::kDecOne},
                  auction.order.denom);
}

/// What somebody bid, exact; the whole micro-units of the note where no bid is known.
Price bid_or(nodes::Address who, std::int64_t noted, const Auction& auction, const PriceTag& tag) {
    const auto bid = std::find_if(
        auction.bids.begin(), auction.bids.end(), [&](const auto& b) { return b.provider == who; });
    if (bid == auction.bids.end()) return price_of(noted, auction, tag);
    return tag.of(bid->price, auction.order.denom);
}

std::string price_words(const Answer& answer, const Auction& auction, const PriceTag& tag) {
    if (answer.reason == Reason::kAboveTenantMaximum) {
        const Price most = tag.of(auction.order.max_price, auction.order.denom);
        if (answer.had == 0) return "cannot serve it for " + dollars(most.usd_hour);
        // The note counts whole micro-units: of small prices that says no more than that.
        if (answer.had <= answer.wanted) return "asks a little over " + dollars(most.usd_hour);
        return fmt::format("asks {}, limit {}",
                           dollars(price_of(answer.had, auction, tag).usd_hour),
                           dollars(most.usd_hour));
    }
    const Price own = bid_or(answer.provider, answer.had, auction, tag);
    const Price winner = bid_or(auction.winner, answer.wanted, auction, tag);
    const double more = own.usd_hour - winner.usd_hour;
    const double share = winner.usd_hour > 0 ? 100 * more / winner.usd_hour : 0;
    return fmt::format("{:+.1f} %, {} more", share, dollars(more));
}

}  // namespace

std::string clock_text(sim::SimTime at) {
    const std::int64_t seconds = at.ns / kSecond;
    return fmt::format("day {}, {:02}:{:02}:{:02}",
                       seconds / 86'400,
                       seconds / 3'600 % 24,
                       seconds / 60 % 60,
                       seconds % 60);
}

std::string span_text(sim::SimDuration span) {
    const std::int64_t seconds = span.ns / kSecond;
    if (seconds >= 86'400) return fmt::format("{} d {} h", seconds / 86'400, seconds / 3'600 % 24);
    if (seconds >= 3'600) return fmt::format("{} h {} min", seconds / 3'600, seconds / 60 % 60);
    if (seconds >= 60) return fmt::format("{} min {} s", seconds / 60, seconds % 60);
    return fmt::format("{} s", seconds);
}

std::string grouped(std::int64_t number) {
    std::string out = fmt::format("{}", number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t at = out.size(); at > first + 3;) {
        at -= 3;
        out.insert(at, ",");
    }
    return out;
}

std::string wants_text(const nodes::GroupSpec& spec) {
    const scenarios::GroupTotals totals = scenarios::totals_of(spec);
    std::string out;
    if (totals.gpus > 0) out = fmt::format("{} x {}, ", totals.gpus, model_wanted(spec));
    return out + fmt::format("{} CPU, {} GiB, {} GiB disk",
                             decimals(static_cast<double>(totals.cpu_milli) / 1e3),
                             decimals(static_cast<double>(totals.memory) / kGib),
                             decimals(static_cast<double>(totals.storage) / kGib));
}

std::vector<std::string> resource_lines(const nodes::GroupSpec& spec) {
    std::vector<std::string> out;
    for (const nodes::ResourceUnit& unit : spec.resources) {
        nodes::GroupSpec one;
        one.resources = {unit};
        one.resources.front().count = 1;
        out.push_back(fmt::format("{} x ({})", unit.count, wants_text(one)));
    }
    return out;
}

std::string model_wanted(const nodes::GroupSpec& spec) {
    for (const nodes::ResourceUnit& unit : spec.resources) {
        std::string model = scenarios::gpu_model_of(unit.resources);
        if (!model.empty()) return model;
    }
    return {};
}

std::string region_wanted(const nodes::GroupSpec& spec) {
    for (const nodes::Attribute& attribute : spec.requirements.attributes) {
        if (attribute.key == "region") return attribute.value;
    }
    return {};
}

PriceTag::PriceTag(const scenarios::World& world)
    : akt_usd_(static_cast<double>(world.akt_micro_usd()) / 1e6),
      blocks_per_hour_(3'600.0 / world.scenario().block.interval.to_seconds()),
      uakt_(world.uakt()) {}

Price PriceTag::of(sim::Dec18 per_block, nodes::Denom denom) const {
    const double units = static_cast<double>(per_block.scaled) / 1e18;
    return {.usd_hour = usd(units, denom) * blocks_per_hour_, .per_block = units};
}

double PriceTag::usd(double micro_units, nodes::Denom denom) const {
    return micro_units / 1e6 * (denom == uakt_ ? akt_usd_ : 1.0);
}

std::string answer_words(const Answer& answer, const Auction& auction, const PriceTag& tag) {
    switch (answer.reason) {
        case Reason::kWon:
            return answer.subject == Subject::kPrice || answer.subject == Subject::kNone
                       ? "won by its price"
                       : fmt::format("won by {}", subject_text(answer.subject));
        case Reason::kPriceAboveWinner:
        case Reason::kAboveTenantMaximum:
            return price_words(answer, auction, tag);
        case Reason::kInsufficientCapacity:
        case Reason::kBidDepositLacking:
            if (answer.wanted == 0 && answer.had == 0) break;
            return fmt::format("wants {}, has {} free",
                               amount_text(answer.subject, answer.wanted),
                               amount_text(answer.subject, answer.had));
        case Reason::kProviderAtBidLimit:
            return fmt::format("has {} open bids and makes no more", answer.had);
        case Reason::kTenantPreferredOther:
            return fmt::format("the tenant chose by {}", subject_text(answer.subject));
        case Reason::kModelMismatch:
            return fmt::format("has no {}", model_wanted(*auction.order.spec));
        case Reason::kBidAfterClose:
            return "the order was closed when its bid came";
        case Reason::kOrderClosedByTenant:
            return "the tenant closed the order";
        default:
            break;
    }
    return std::string{nodes::text(answer.reason)};
}

std::string mismatch_words(const nodes::GroupSpec& spec, const nodes::Attributes& registered) {
    for (const nodes::Attribute& wanted : spec.requirements.attributes) {
        if (nodes::subset_of({wanted}, registered)) continue;
        const auto has = std::find_if(registered.begin(), registered.end(), [&](const auto& a) {
            return a.key == wanted.key;
        });
        if (has == registered.end()) {
            return fmt::format("wants {}={}, has no {}", wanted.key, wanted.value, wanted.key);
        }
        return fmt::format("wants {}={}, has {}", wanted.key, wanted.value, has->value);
    }
    return {};
}

double utilization_of(const providers::Provider& provider) {
    const providers::Cluster& cluster = provider.inventory().cluster();
    const providers::ClusterUse& running = provider.inventory().running();
    std::int64_t gpus = 0;
    std::int64_t gpus_used = 0;
    std::int64_t cpus = 0;
    std::int64_t cpus_used = 0;
    for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
        gpus += cluster.nodes[i].gpu;
        cpus += cluster.nodes[i].cpu;
        gpus_used += running.nodes[i].gpu;
        cpus_used += running.nodes[i].cpu;
    }
    const std::int64_t whole = gpus > 0 ? gpus : cpus;
    const std::int64_t used = gpus > 0 ? gpus_used : cpus_used;
    if (whole <= 0) return 0;
    return std::clamp(static_cast<double>(used) / static_cast<double>(whole), 0.0, 1.0);
}

std::string name_of(const scenarios::World& world, nodes::Address account) {
    const scenarios::AgentRef agent = world.agent_with(account);
    return agent.nobody() ? world.chain().names().addresses.text(account) : world.seat(agent).name;
}

std::string order_text(const scenarios::World& world, const nodes::OrderId& id) {
    return fmt::format("{}/{}/{}/{}", name_of(world, id.owner), id.dseq, id.gseq, id.oseq);
}

}  // namespace gui
