#include "tests/vectors/case_steps.h"

#include "nodes/modules/escrow/keeper.h"
#include "tests/support/market_bench.h"
#include "tests/vectors/case_values.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace vectors {
namespace {

using nlohmann::json;
using test_support::MarketBench;

constexpr std::int64_t kGrantSeconds = 10'000'000'000;

/// What X and Y of a case stand for.
const std::map<std::string, std::int64_t, std::less<>>& variables() {
    static const std::map<std::string, std::int64_t, std::less<>> values{{"X", 417}, {"Y", 586}};
    return values;
}

struct Step {
    std::optional<std::int64_t> height;
    std::string work;
    json expect;
};

/// {height, do, expect}, or "h10 AccountDeposit(Y by A) ok".
Step read_step(const json& value) {
    if (value.is_object()) {
        Step step{std::nullopt, text_of(value.at("do")), value.value("expect", json("ok"))};
        if (value.contains("height")) step.height = value.at("height").get<std::int64_t>();
        return step;
    }
    auto text = text_of(value);
    Step step;
    if (text.size() > 1 && text[0] == 'h' && text[1] >= '0' && text[1] <= '9') {
        step.height = first_number(text);
        text.erase(0, text.find(' ') + 1);
    }
    const auto arrow = text.find("->");
    step.work = text.substr(0, arrow);
    step.expect = arrow == std::string::npos ? "ok" : text.substr(arrow + 2);
    return step;
}

/// The single actions of a step: parted by ';', ',' or "then", in order.
std::vector<std::string> actions_of(std::string work) {
    for (const std::string_view word : {", then ", "; ", ", "}) {
        for (auto at = work.find(word); at != std::string::npos; at = work.find(word))
            work.replace(at, word.size(), "\n");
    }
    std::vector<std::string> actions;
    for (std::size_t at = 0; at <= work.size();) {
        const auto end = std::min(work.find('\n', at), work.size());
        if (end > at) actions.push_back(work.substr(at, end - at));
        at = end + 1;
    }
    return actions;
}

/// An amount in brackets by its variable, else the action's own number, else the one given.
std::int64_t amount_in(const std::string& action, std::int64_t otherwise) {
    const auto open = action.find('(');
    for (const auto& [name, value] : variables()) {
        if (open != std::string::npos && action.compare(open + 1, name.size(), name) == 0)
            return value;
    }
    auto text = action;
    if (const auto person = text.find("depositor="); person != std::string::npos) {
        text = text.substr(text.find(' ', person));
    }
    return first_number(text).value_or(otherwise);
}

/// "700", 700 or "X+Y".
std::int64_t sum_of(const std::string& text) {
    std::int64_t sum = 0;
    for (const auto& [name, value] : variables()) {
        if (text.find(name) != std::string::npos) sum += value;
    }
    return sum == 0 ? first_number(text).value_or(0) : sum;
}

/// One deployment's escrow account "1" and its payment "1/1/provider".
class EscrowStory {
  public:
    explicit EscrowStory(const json& setup)
        : bench_(params()),
          deposit_(first_number(text_of(setup.value("deposit", json{}))).value_or(1000)),
          rate_(first_number(text_of(setup.value("rate", json{}))).value_or(10)),
          owner_(bench_.account("owner")),
          start_(bench_.state().height) {
        const auto limit = first_number(text_of(setup.value("grant_spend_limit", json{})));
        if (limit) grant("granter", *limit);
    }

    void at(std::int64_t height) {
        bench_.advance((start_ + sim::BlockCount{height} - bench_.state().height).value);
    }

    Outcome run(const Step& step) {
        const auto money_before = bench_.balance(owner_);
        sim::Status status = sim::ok();
        for (const auto& action : actions_of(step.work)) {
            status = act(action);
            if (!status) break;
        }
        if (step.expect.is_string()) return compare_words(status, step.expect.get<std::string>());
        if (!status) return Outcome::fail("success", status.error().text);
        for (const auto& [key, expected] : step.expect.items()) {
            const auto got = key == "refund_to_owner" || key == "balance_of_owner"
                                 ? std::to_string(bench_.balance(owner_) - money_before)
                                 : fact(key);
            const auto wanted = key == "refund_to_owner" ? std::to_string(sum_of(text_of(expected)))
                                                         : first_word(text_of(expected));
            if (got != wanted) return Outcome::fail(key + " " + wanted, key + " " + got);
        }
        return Outcome::pass();
    }

    /// Everything the owner got back in the whole story.
    [[nodiscard]] std::int64_t refunded() const { return refunded_; }

  private:
    static nodes::ChainParams params() {
        auto params = test_support::bench_params();
        params.deployment_min_deposits = {{"uakt", 1}};
        return params;
    }

    static std::string first_word(const std::string& text) {
        return text.substr(0, text.find(' '));
    }

    Outcome compare_words(const sim::Status& status, const std::string& words) {
        auto outcome = compare(status, words);
        if (outcome.verdict == Verdict::kPass && words.find("stays OPEN") != std::string::npos &&
            fact("payment_state") != "open") {
            return Outcome::fail("payment_state open", "payment_state " + fact("payment_state"));
        }
        return outcome;
    }

    void grant(const std::string& granter, std::int64_t limit) {
        nodes::MsgGrant message;
        message.granter = bench_.account(granter);
        message.grantee = owner_;
        message.authorization = nodes::DepositAuthorization{bench_.coin(limit)};
        message.expiration.seconds = kGrantSeconds;
        const auto status = bench_.send({message});
        SIM_ASSERT(status.has_value(), "a grant, got {}", status.error().text);
    }

    nodes::Address person_in(const std::string& action) {
        const auto at = action.find("depositor=");
        if (at == std::string::npos) return owner_;
        const auto name = action.substr(at + 10, action.find(' ', at) - at - 10);
        if (name == "O") return owner_;
        return bench_.account(name == "G" ? "granter" : "nobody");
    }

    nodes::LeaseId payment_id() { return bench_.bid_id(); }

    sim::Status create_account(std::int64_t amount, nodes::Address depositor) {
        auto message = bench_.create_deployment();
        message.deposit = bench_.coin(amount);
        message.depositor = depositor;
        return bench_.send({message});
    }

    sim::Status create_payment(const nodes::LeaseId& id, sim::Dec18 rate) {
        const auto denom = bench_.denom("uakt");
        return bench_.step([&](nodes::Context& context) {
            return nodes::escrow::create_payment(context, id, id.provider, denom, rate);
        });
    }

    sim::Status deposit(std::int64_t amount, nodes::Address depositor) {
        const auto coin = bench_.coin(amount);
        const auto id = bench_.deployment_id();
        return bench_.step([&](nodes::Context& context) {
            return nodes::escrow::deposit(context, id, depositor, coin);
        });
    }

    sim::Status payment_step(sim::Status (*work)(nodes::Context&, const nodes::LeaseId&)) {
        const auto id = payment_id();
        return bench_.step([&](nodes::Context& context) { return work(context, id); });
    }

    sim::Status close_account() {
        const auto before = bench_.balance(owner_);
        const auto row = account_row();
        auto status = bench_.step(
            [&](nodes::Context& context) { return nodes::escrow::close_account(context, row); });
        refunded_ += bench_.balance(owner_) - before;
        return status;
    }

    /// Settling has no message of its own: a second payment, of the smallest rate, settles first.
    sim::Status settle() {
        auto id = payment_id();
        id.oseq = 2;
        return create_payment(id, sim::Dec18{1});
    }

    sim::Status act(std::string action) {
        if (action.starts_with("height +1 ")) {
            bench_.advance(1);
            action.erase(0, 10);
        }
        if (action.starts_with("escrow ")) action.erase(0, 7);
        const auto is = [&](std::string_view verb) { return action.starts_with(verb); };
        if (is("AccountCreate")) return create_account(amount_in(action, deposit_), owner_);
        if (is("MsgCreateDeployment"))
            return create_account(amount_in(action, deposit_), person_in(action));
        if (is("AccountDeposit")) return deposit(amount_in(action, deposit_), owner_);
        if (is("MsgDepositDeployment")) {
            return bench_.send(
                {nodes::MsgDepositDeployment{bench_.deployment_id(),
                                             bench_.coin(amount_in(action, deposit_)),
                                             person_in(action)}});
        }
        if (is("PaymentCreate"))
            return create_payment(payment_id(), sim::Dec18::from_int(amount_in(action, rate_)));
        if (is("PaymentWithdraw")) return payment_step(nodes::escrow::withdraw_payment);
        if (is("PaymentClose")) return payment_step(nodes::escrow::close_payment);
        if (is("AccountClose")) return close_account();
        if (is("AccountSettle")) return settle();
        if (is("MsgCloseDeployment"))
            return bench_.send({nodes::MsgCloseDeployment{bench_.deployment_id()}});
        return sim::Error{{"case", 1}, "no step called " + action};
    }

    std::uint32_t account_row() {
        return nodes::escrow::find_account(bench_.state(), bench_.deployment_id());
    }

    std::string fact(const std::string& key) {
        const auto row = account_row();
        if (row == nodes::kNoRow) return "none";
        const auto& account = bench_.state().escrows[row];
        if (key == "account_state") return std::string(nodes::text(account.state));
        if (key == "settled_at") return std::to_string((account.settled_at - start_).value);
        if (key == "balance") return short_text(account.balance);
        if (key == "funds") return short_text(account.funds);
        if (key == "transferred") return short_text(account.transferred);
        if (key == "owner") return account.owner == owner_ ? "O" : "someone else";
        if (key == "depositor") {
            return account.depositor == owner_                      ? "O"
                   : account.depositor == bench_.account("granter") ? "G"
                                                                    : "someone else";
        }
        const auto payment_row = nodes::escrow::find_payment(bench_.state(), row, payment_id());
        if (payment_row == nodes::kNoRow) return "none";
        const auto& payment = bench_.state().payments[payment_row];
        if (key == "payment_state") return std::string(nodes::text(payment.state));
        if (key == "payment_balance") return short_text(payment.balance);
        if (key == "withdrawn") return std::to_string(payment.withdrawn);
        return "nothing known of " + key;
    }

    MarketBench bench_;
    std::int64_t deposit_;
    std::int64_t rate_;
    nodes::Address owner_;
    sim::Height start_;
    std::int64_t refunded_ = 0;
};

/// The grant's limit after a step; nullopt when it is gone.
std::optional<sim::Wide> limit_left(MarketBench& bench) {
    const nodes::GrantKey key{bench.account("granter"),
                              bench.account("owner"),
                              std::string(nodes::MsgDepositDeployment::kTypeUrl)};
    const auto* grant = bench.state().grants.find(key);
    if (grant == nullptr) return std::nullopt;
    const auto* limit = std::get_if<nodes::DepositAuthorization>(&grant->authorization);
    return limit == nullptr ? std::nullopt : std::optional(limit->spend_limit.amount);
}

/// Any message but a deposit, sent for the granter on the strength of a deposit grant.
sim::Status send_wrong_type(MarketBench& bench) {
    nodes::MsgExec exec;
    exec.grantee = bench.account("owner");
    nodes::MsgSend other;
    other.from = bench.account("granter");
    other.to = bench.account("owner");
    other.amount = {bench.coin(1)};
    exec.msgs.push_back({other});
    return bench.send({exec});
}

Outcome compare_grant(const sim::Status& status, const json& expect, MarketBench& bench) {
    if (expect.is_string()) return compare(status, expect.get<std::string>());
    const auto left = limit_left(bench);
    if (status.has_value() != expect.value("accept", true)) {
        return Outcome::fail("accept " + expect.at("accept").dump(),
                             status ? "accepted" : status.error().text);
    }
    if (expect.contains("delete") && expect.at("delete").get<bool>() == left.has_value())
        return Outcome::fail("delete " + expect.at("delete").dump(), left ? "kept" : "deleted");
    const auto got = left ? sim::to_text(*left) : std::string("none");
    if (expect.contains("left") && text_of(expect.at("left")) != got)
        return Outcome::fail("left " + text_of(expect.at("left")), got);
    return Outcome::pass();
}

Outcome in_step(std::size_t index, Outcome outcome) {
    if (outcome.verdict == Verdict::kFail)
        outcome.text = fmt::format("step {}: {}", index + 1, outcome.text);
    return outcome;
}

}  // namespace

Outcome run_escrow_steps(const json& test) {
    EscrowStory story(test.at("setup"));
    const auto& steps = test.at("steps");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto step = read_step(steps[i]);
        if (step.height) story.at(*step.height);
        auto outcome = in_step(i, story.run(step));
        if (outcome.verdict != Verdict::kPass) return outcome;
    }
    const auto expect = test.value("expect", json{});
    if (expect.is_object() && expect.contains("refund_to_owner")) {
        const auto wanted = sum_of(text_of(expect.at("refund_to_owner")));
        if (story.refunded() != wanted) {
            return Outcome::fail(fmt::format("refund {}", wanted),
                                 fmt::format("{}", story.refunded()));
        }
    }
    return Outcome::pass();
}

Outcome run_grant_steps(const json& test) {
    MarketBench bench;
    if (const auto made = bench.send({bench.create_deployment()}); !made)
        return Outcome::fail("a deployment", made.error().text);
    nodes::MsgGrant grant;
    grant.granter = bench.account("granter");
    grant.grantee = bench.account("owner");
    const auto limit = first_number(text_of(test.at("setup").at("spend_limit"))).value_or(0);
    grant.authorization = nodes::DepositAuthorization{bench.coin(limit)};
    grant.expiration.seconds = kGrantSeconds;
    if (const auto granted = bench.send({grant}); !granted)
        return Outcome::fail("a grant", granted.error().text);
    const auto& steps = test.at("steps");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto step = read_step(steps[i]);
        const auto status = step.work.find("wrong message type") != std::string::npos
                                ? send_wrong_type(bench)
                                : bench.send({nodes::MsgDepositDeployment{
                                      bench.deployment_id(),
                                      bench.coin(first_number(step.work).value_or(0)),
                                      bench.account("granter")}});
        auto outcome = in_step(i, compare_grant(status, step.expect, bench));
        if (outcome.verdict != Verdict::kPass) return outcome;
    }
    return Outcome::pass();
}

}  // namespace vectors
