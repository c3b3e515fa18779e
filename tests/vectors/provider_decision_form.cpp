// Decisions of provider v0.5.4: whether to bid on a group (order.shouldBid, {"attributes_at_start",
// "signatures", "group", "bid", "reason"}) and what the balance checker does next ({"settled_at",
// "active_lease_prices", "state", "check_after_ns"}).
#include "providers/bid_engine.h"
#include "providers/lease_monitor.h"
#include "tests/vectors/provider_group.h"

namespace vectors {
namespace {

using nlohmann::json;
using providers::DeclinedAt;

Outcome compare(const json& expected, const json& got) {
    return expected == got ? Outcome::pass() : Outcome::fail(expected.dump(), got.dump());
}

json decline_json(const std::optional<providers::Decline>& decline) {
    if (!decline) return {{"bid", true}, {"reason", ""}, {"detail", ""}, {"error", false}};
    if (decline->at == DeclinedAt::kQuery) {
        return {{"bid", false}, {"reason", ""}, {"detail", ""}, {"error", true}};
    }
    if (decline->at == DeclinedAt::kValidation) {
        return {{"bid", false},
                {"reason", "unable to fulfill: group validation error"},
                {"detail", decline->text},
                {"error", false}};
    }
    return {{"bid", false}, {"reason", decline->text}, {"detail", ""}, {"error", false}};
}

Outcome run_decision(const json& record) {
    const auto at_start = attributes_from(record, "attributes_at_start");
    const auto now = attributes_from(record, "attributes_now");
    const auto filter = attributes_from(record, "config_attributes");
    // A list first: the records point into it.
    std::vector<std::pair<std::string, nodes::Attributes>> signatures;
    providers::OwnFacts own;
    for (const auto& [auditor, answer] : record.at("signatures").items()) {
        if (answer.contains("error")) own.unreachable_auditors.push_back(auditor);
        for (const auto& set : answer.at("sets")) {
            signatures.emplace_back(auditor, attributes_from(json{{"set", set}}, "set"));
        }
    }
    for (const auto& [auditor, attributes] : signatures) {
        own.audited.push_back({auditor, &attributes});
    }
    own.attributes_at_start = &at_start;
    own.attributes_now = record.contains("attributes_error") ? nullptr : &now;
    own.order_filter = &filter;
    own.group_volumes_max = record.at("max_group_volumes");
    nodes::Names names;
    const auto spec = group_from(record.at("group"), names.denoms);
    const json expected{{"bid", record.at("bid")},
                        {"reason", record.value("reason", "")},
                        {"detail", record.value("detail", "")},
                        {"error", record.contains("error")}};
    return compare(expected, decline_json(providers::should_bid(*spec, own, names)));
}

sim::Dec18 amount_from(const std::string& text) {
    return {sim::narrow(scaled_from(text)).value_or(0)};
}

Outcome run_balance(const json& record) {
    providers::FundsView view;
    view.balance = amount_from(record.at("balance")) + amount_from(record.at("funds"));
    for (const auto& price : record.at("active_lease_prices"))
        view.rate += amount_from(price);
    view.height = {record.at("height")};
    view.settled_at = {record.at("settled_at")};
    view.check_every = {record.at("interval_ns")};
    view.withdrawal_due = record.at("scheduled_withdraw");
    view.reachable = !record.at("syncing").get<bool>() && !record.contains("query_error");
    const auto answer = providers::check_funds(view);
    const char* state = answer.state == providers::FundsState::kNextCheck    ? "next check"
                        : answer.state == providers::FundsState::kOutOfFunds ? "out of funds"
                                                                             : "scheduled withdraw";
    // A failed check reports no time of its own; the caller retries in a minute.
    const std::int64_t after = view.reachable ? answer.check_after.ns : 0;
    return compare(json{record.at("state"), record.value("check_after_ns", std::int64_t{0})},
                   json{state, after});
}

class DecisionForm final : public Form {
  public:
    [[nodiscard]] bool matches(const json& first) const override {
        return first.is_object() &&
               (first.contains("attributes_at_start") || first.contains("active_lease_prices"));
    }

    void run(const json& record, const Options& /*options*/, Reporter& out) override {
        const auto id = std::to_string(record.value("n", 0));
        const bool decision = record.contains("attributes_at_start");
        out.report(id, decision ? run_decision(record) : run_balance(record));
    }
};

}  // namespace

std::unique_ptr<Form> make_provider_decision_form() {
    return std::make_unique<DecisionForm>();
}

}  // namespace vectors
