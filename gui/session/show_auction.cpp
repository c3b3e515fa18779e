// The auction of one order: what every provider made of it. Providers that left a word are shown
// with it; the others were never reached, and what kept the order from them is found out here.
#include "gui/session/show.h"
#include "providers/bid_engine.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace {

using nodes::Reason;
using scenarios::AgentRef;

constexpr std::size_t kNamesMax = 200;

/// The last stage of the funnel that somebody with this answer stood.
Funnel stage_of(Reason reason, bool bid) {
    if (bid) return reason == Reason::kWon ? Funnel::kWon : Funnel::kBidInTime;
    switch (reason) {
        case Reason::kAttributeMismatch:
        case Reason::kNotAudited:
        case Reason::kModelMismatch:
        case Reason::kProviderOffline:
        case Reason::kDenomRefused:
        case Reason::kProviderAtBidLimit:
        case Reason::kBidDepositLacking:
            return Funnel::kAsked;
        case Reason::kInsufficientCapacity:
            return Funnel::kMatched;
        case Reason::kAboveTenantMaximum:
            return Funnel::kHadCapacity;
        case Reason::kBidAfterClose:
        case Reason::kOrderClosedByTenant:
            return Funnel::kPriced;
        default:
            return Funnel::kBidInTime;
    }
}

/// What keeps the order from a provider that has left no word, by what the chain says of it now.
std::optional<providers::Decline> unheard(const Shown& shown,
                                          const nodes::GroupSpec& spec,
                                          const providers::Provider& provider) {
    const nodes::ChainView view = shown.world.chain().view();
    const nodes::Address account = provider.config().owner;
    const nodes::Attributes* registered = view.provider_attributes(account);
    if (registered == nullptr) return std::nullopt;
    providers::OwnFacts own;
    own.attributes_at_start = registered;
    own.attributes_now = registered;
    own.order_filter = &provider.config().order_filter;
    own.group_volumes_max = provider.config().group_volumes_max;
    for (const auto& [auditor, attributes] : view.audits(account)) {
        own.audited.push_back({.auditor = shown.world.chain().names().addresses.text(auditor),
                               .attributes = attributes});
    }
    return providers::should_bid(spec, own, shown.world.chain().names());
}

void set_answered(const Shown& shown,
                  const Auction& auction,
                  const Answer& answer,
                  AnswerRow& row) {
    const bool bid = row.price.per_block > 0;
    row.reason = nodes::text(answer.reason);
    row.words = answer_words(answer, auction, shown.tag);
    row.at = answer.at;
    row.reached = stage_of(answer.reason, bid);
    row.kind = answer.reason == Reason::kWon ? AnswerKind::kWon
               : bid                         ? AnswerKind::kLost
                                             : AnswerKind::kDeclined;
}

void set_silent(const Shown& shown,
                const Auction& auction,
                const providers::Provider& provider,
                AnswerRow& row) {
    row.kind = AnswerKind::kSilent;
    row.reached = Funnel::kAsked;
    if (provider.has_left()) {
        row.reason = nodes::text(Reason::kProviderOffline);
        row.words = "has left the network";
        return;
    }
    if (const auto decline = unheard(shown, *auction.order.spec, provider)) {
        row.kind = AnswerKind::kDeclined;
        row.reason = nodes::text(decline->reason);
        const nodes::Attributes* registered =
            shown.world.chain().view().provider_attributes(provider.config().owner);
        row.words = decline->reason == Reason::kAttributeMismatch
                        ? mismatch_words(*auction.order.spec, *registered)
                        : answer_words({.wanted = decline->wanted,
                                        .had = decline->had,
                                        .reason = decline->reason,
                                        .subject = decline->subject},
                                       auction,
                                       shown.tag);
        if (row.words.empty()) row.words = decline->text;
        return;
    }
    row.reached = Funnel::kMatched;
    row.reason = provider.online() ? "" : std::string{nodes::text(Reason::kProviderOffline)};
    row.words = !provider.online() ? "is offline now"
                : auction.open     ? "has not answered yet"
                                   : "never answered: not there yet, or the news was lost";
}

AnswerRow answer_row(const Shown& shown, const Auction& auction, std::uint32_t index) {
    const providers::Provider& provider = shown.world.providers()[index];
    const scenarios::AgentSeat& seat = shown.world.seat(AgentRef::provider(index));
    AnswerRow row{.provider = index, .name = seat.name};
    row.region = shown.world.links().region_name(seat.region);
    row.audited = seat.audited != 0;
    if (const AuctionBid* bid = auction.bid_of(seat.account)) {
        row.kind = AnswerKind::kBid;
        row.price = shown.tag.of(bid->price, auction.order.denom);
        row.reached = Funnel::kBidInTime;
        row.at = shown.world.consensus().block_at(sim::Height{bid->height}, 0);
        row.block_in_auction = bid->height - auction.order.created_at.value;
        row.words = auction.open ? "waits for the tenant's choice" : "";
    }
    if (const Answer* answer = auction.answer_of(seat.account)) {
        set_answered(shown, auction, *answer, row);
    } else if (row.kind == AnswerKind::kSilent) {
        set_silent(shown, auction, provider, row);
    }
    if (auction.leased && auction.winner == seat.account) {
        row.kind = AnswerKind::kWon;
        row.reached = Funnel::kWon;
        if (row.reason.empty()) row.reason = nodes::text(Reason::kWon);
    }
    return row;
}

/// A stage counts everybody who stood it, so that the counts fall from stage to stage.
void fill_funnel(AuctionView& view) {
    constexpr std::array<const char*, kFunnelStages> kTitles{
        "asked", "matched", "had capacity", "priced", "bid in time", "won"};
    for (std::size_t stage = 0; stage < kFunnelStages; ++stage) {
        FunnelStage& out = view.funnel.at(stage);
        out.title = kTitles.at(stage);
        for (const auto* rows : {&view.bids, &view.others}) {
            for (const AnswerRow& row : *rows) {
                const auto reached = static_cast<std::size_t>(row.reached);
                if (reached < stage) continue;
                ++out.count;
                if (out.names.size() < kNamesMax) out.names.push_back(row.name);
                if (reached != stage || stage + 1 == kFunnelStages) continue;
                if (out.fallen.size() < kNamesMax) {
                    out.fallen.push_back(fmt::format("{}: {}", row.name, row.words));
                }
            }
        }
    }
}

/// When the tenant will choose, where it waits for that.
void set_choice(const Shown& shown, const Auction& auction, AuctionView& view) {
    const AgentRef agent = shown.world.agent_with(auction.order.id.owner);
    if (!auction.open || agent.nobody() || !agent.is_tenant()) return;
    const tenants::Tenant& tenant = shown.world.tenants()[agent.index()];
    for (const tenants::Deployment& row : tenant.deployments()) {
        if (row.dseq != auction.order.id.dseq || row.phase != tenants::Phase::kChoosing) continue;
        view.choice_at = row.entered + tenant.config().bid_window;
        const std::int64_t block_ns = shown.world.scenario().block.interval.ns;
        view.blocks_left = std::max<std::int64_t>(
            0, ((view.choice_at - shown.world.now()).ns + block_ns - 1) / block_ns);
    }
}

void set_order(const Shown& shown, const Auction& auction, AuctionView& view) {
    view.shown = true;
    view.order = order_row(shown, auction);
    view.resources = resource_lines(*auction.order.spec);
    for (const nodes::Attribute& wanted : auction.order.spec->requirements.attributes)
        view.attributes.push_back(fmt::format("{}={}", wanted.key, wanted.value));
    const nodes::PlacementRequirements& wishes = auction.order.spec->requirements;
    for (const std::string& auditor : wishes.all_of)
        view.attributes.push_back("signed by " + auditor);
    for (const std::string& auditor : wishes.any_of)
        view.attributes.push_back("signed by any of " + auditor);
    view.blocks_open = view.order.age_blocks;
    set_choice(shown, auction, view);
}

}  // namespace

void show_auction(const Shown& shown, AuctionView& view) {
    if (shown.interest.order == kNoKey) {
        view.note = "select an order to see its auction";
        return;
    }
    const auto auction = shown.auction(shown.interest.order);
    if (!auction) {
        view.note = "this order is not known here: not made yet, or closed long ago";
        return;
    }
    set_order(shown, *auction, view);
    const auto count = static_cast<std::uint32_t>(shown.world.providers().size());
    for (std::uint32_t i = 0; i < count; ++i) {
        AnswerRow row = answer_row(shown, *auction, i);
        if (row.kind == AnswerKind::kWon) view.winner = row.provider;
        const bool bid = row.price.per_block > 0;
        (bid ? view.bids : view.others).push_back(std::move(row));
    }
    if (view.winner != kNoKey) {
        view.criterion = auction->criterion == nodes::Subject::kNone ||
                                 auction->criterion == nodes::Subject::kPrice
                             ? "price"
                             : "another criterion than the price";
        if (auction->criterion == nodes::Subject::kRegion) view.criterion = "region";
        if (auction->criterion == nodes::Subject::kReputation) view.criterion = "reputation";
        if (auction->criterion == nodes::Subject::kAudit) view.criterion = "audit";
    }
    std::stable_sort(view.bids.begin(), view.bids.end(), [](const auto& a, const auto& b) {
        return a.price.per_block < b.price.per_block;
    });
    std::stable_sort(view.others.begin(), view.others.end(), [](const auto& a, const auto& b) {
        return a.reason != b.reason ? a.reason < b.reason : a.name < b.name;
    });
    fill_funnel(view);
}

}  // namespace gui
