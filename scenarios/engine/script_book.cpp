#include "scenarios/engine/script_book.h"

#include "nodes/protocol/message_json.h"
#include "scenarios/engine/denoms.h"
#include "scenarios/engine/nearest.h"
#include "scenarios/engine/quantities.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

namespace scenarios {

namespace {

using Accounts = std::map<std::string, nodes::Address>;

sim::Error mistake(const std::string& place, const std::string& text) {
    return {{"scenario", 2}, fmt::format("{}: {}", place, text)};
}

/// Replaces "$alice" by alice's address and "$usdc" by the bridged dollar's denomination.
sim::Status replace_names(nlohmann::json& json,
                          const Accounts& accounts,
                          const nodes::Names& names) {
    if (json.is_string()) {
        const std::string text = json.get<std::string>();
        if (!text.starts_with('$')) return sim::ok();
        const std::string name = text.substr(1);
        if (name == "usdc") {
            json = std::string{kAxlUsdc};
            return sim::ok();
        }
        const auto found = accounts.find(name);
        if (found == accounts.end()) {
            std::vector<std::string> known;
            for (const auto& [account, address] : accounts)
                known.push_back(account);
            return sim::Error{{"scenario", 2},
                              fmt::format("no account '{}'{}", name, did_you_mean(name, known))};
        }
        json = names.addresses.text(found->second);
        return sim::ok();
    }
    if (json.is_structured()) {
        for (auto& item : json)
            SIM_CHECK(replace_names(item, accounts, names));
    }
    return sim::ok();
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts{""};
    for (const char c : text) {
        if (c == '/') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

const char* subject_name(Subject subject) {
    constexpr std::array<const char*, 10> kNames{"balance",
                                                 "deployment",
                                                 "group",
                                                 "order",
                                                 "bid",
                                                 "lease",
                                                 "escrow",
                                                 "payment",
                                                 "community pool",
                                                 "supply"};
    return kNames.at(static_cast<std::size_t>(subject));
}

/// How many parts each subject's id has, in the order of Subject.
constexpr std::array<std::size_t, 10> kIdParts{1, 2, 3, 4, 5, 5, 2, 5, 1, 1};

/// What the chain says about the subject, as (field, text) pairs; decimals in full.
using Facts = std::vector<std::pair<std::string, std::string>>;

std::string money_text(sim::Dec18 value) {
    return value.text();
}

Facts escrow_facts(const nodes::ChainView& view, const nodes::DeploymentId& id) {
    const auto escrow = view.escrow(id);
    if (!escrow) return {};
    return {{"state", std::string{nodes::text(escrow->state)}},
            {"balance", money_text(escrow->balance)},
            {"funds", money_text(escrow->funds)},
            {"transferred", money_text(escrow->transferred)},
            {"settled_at", fmt::format("{}", escrow->settled_at.value)}};
}

Facts payment_facts(const nodes::ChainState& state, const nodes::BidId& id) {
    const auto slot = state.escrow_slots.find(nodes::OwnerDseq{id.owner.index, id.dseq});
    if (slot == state.escrow_slots.end() || slot->second == nodes::kNoRow) return {};
    for (std::uint32_t row = state.escrows[slot->second].first_payment; row != nodes::kNoRow;
         row = state.payments[row].next) {
        const nodes::PaymentRow& payment = state.payments[row];
        if (payment.gseq != id.gseq || payment.oseq != id.oseq) continue;
        if (!state.names.addresses.same_account(payment.provider, id.provider)) continue;
        return {{"state", std::string{nodes::text(payment.state)}},
                {"rate", money_text(payment.rate)},
                {"balance", money_text(payment.balance)},
                {"withdrawn", fmt::format("{}", payment.withdrawn)}};
    }
    return {};
}

Facts market_facts(const nodes::ChainView& view, Subject subject, const nodes::BidId& id) {
    const auto one = [](auto state) { return Facts{{"state", std::string{nodes::text(state)}}}; };
    if (subject == Subject::kDeployment) {
        const auto found = view.deployment(id.deployment());
        return found ? one(found->state) : Facts{};
    }
    if (subject == Subject::kGroup) {
        const auto found = view.group(id.group());
        return found ? one(found->state) : Facts{};
    }
    if (subject == Subject::kOrder) {
        const auto found = view.order(id.order());
        return found ? one(found->state) : Facts{};
    }
    if (subject == Subject::kBid) {
        const auto found = view.bid(id);
        if (!found) return {};
        return {{"state", std::string{nodes::text(found->state)}}, {"price", found->price.text()}};
    }
    const auto found = view.lease(id);
    if (!found) return {};
    return {{"state", std::string{nodes::text(found->state)}}, {"price", found->price.text()}};
}

/// Equal as texts, or as decimals.
bool same(const std::string& wanted, const std::string& found) {
    if (wanted == found) return true;
    const auto left = parse_dec(wanted);
    const auto right = parse_dec(found);
    return left && right && left.value() == right.value();
}

}  // namespace

sim::Result<nodes::Address> ScriptBook::address(const std::string& name,
                                                nodes::Names& names) const {
    const std::string plain = name.starts_with('$') ? name.substr(1) : name;
    const auto found = accounts_.find(plain);
    if (found != accounts_.end()) return found->second;
    const nodes::Address address = names.addresses.intern(name);
    if (names.addresses.valid(address)) return address;
    std::vector<std::string> known;
    for (const auto& [account, unused] : accounts_)
        known.push_back(account);
    return sim::Error{{"scenario", 2},
                      fmt::format("no account '{}'{}", name, did_you_mean(plain, known))};
}

sim::Result<ScriptBook::Ids> ScriptBook::read_id(const StateCheck& check,
                                                 nodes::Names& names) const {
    const std::size_t wanted = kIdParts.at(static_cast<std::size_t>(check.subject));
    const bool is_denom =
        check.subject == Subject::kCommunityPool || check.subject == Subject::kSupply;
    Ids out;
    if (is_denom) {
        out.denom = denom_named(check.id).denom;
        return out;
    }
    const std::vector<std::string> parts = split(check.id);
    if (parts.size() != wanted) {
        return mistake(check.place, fmt::format("'{}' has not {} parts", check.id, wanted));
    }
    const auto owner = address(parts[0], names);
    if (!owner) return mistake(check.place, owner.error().text);
    out.id.owner = owner.value();
    out.parts = parts.size();
    std::array<std::int64_t, 3> numbers{0, 0, 0};
    for (std::size_t i = 1; i < parts.size() && i <= numbers.size(); ++i) {
        const auto number = parse_integer(parts[i]);
        if (!number || number.value() < 0) {
            return mistake(check.place, fmt::format("'{}' is no number", parts[i]));
        }
        numbers.at(i - 1) = number.value();
    }
    out.id.dseq = static_cast<std::uint64_t>(numbers[0]);
    out.id.gseq = static_cast<std::uint32_t>(numbers[1]);
    out.id.oseq = static_cast<std::uint32_t>(numbers[2]);
    if (parts.size() == kIdParts[4]) {
        const auto provider = address(parts[4], names);
        if (!provider) return mistake(check.place, provider.error().text);
        out.id.provider = provider.value();
    }
    return out;
}

sim::Result<ScriptBook> ScriptBook::create(const std::vector<ScriptBlock>& script,
                                           Accounts accounts,
                                           nodes::Names& names) {
    ScriptBook book;
    book.accounts_ = std::move(accounts);
    for (const ScriptBlock& block : script) {
        for (const ScriptTx& tx : block.transactions) {
            const auto made = book.transaction(tx, names);
            if (!made) return made.error();
        }
        for (const StateCheck& check : block.checks) {
            const auto id = book.read_id(check, names);
            if (!id) return id.error();
        }
    }
    return book;
}

const ScriptBlock* ScriptBook::take(const std::vector<ScriptBlock>& script, sim::Height height) {
    if (next_ >= script.size() || script[next_].height != height) return nullptr;
    return &script[next_++];
}

sim::Result<nodes::Tx> ScriptBook::transaction(const ScriptTx& tx, nodes::Names& names) const {
    nodes::Tx out;
    for (const std::string& text : tx.messages) {
        nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
        if (json.is_discarded()) return mistake(tx.place, "the message is no JSON");
        if (auto replaced = replace_names(json, accounts_, names); !replaced) {
            return mistake(tx.place, replaced.error().text);
        }
        auto msg = nodes::message_from_json(json, names);
        if (!msg) return mistake(tx.place, msg.error().text);
        out.messages.push_back(std::move(msg).value());
    }
    if (tx.from.empty()) {
        out.signer = nodes::required_signer(out.messages.front());
    } else {
        const auto signer = address(tx.from, names);
        if (!signer) return mistake(tx.place, signer.error().text);
        out.signer = signer.value();
    }
    for (const nodes::DenomAmount& coin : tx.fee) {
        out.fee.push_back({.denom = names.denoms.intern(coin.denom), .amount = coin.amount});
    }
    out.gas_limit = static_cast<std::uint64_t>(tx.gas);
    out.memo = tx.memo;
    return out;
}

void ScriptBook::check_result(const ScriptTx& tx, const nodes::TxResult& result) {
    const std::string found =
        result.ok() ? "ok" : fmt::format("{}/{}", result.codespace, result.code);
    CheckResult line{.title = tx.title,
                     .held = found == tx.expect,
                     .text = result.ok() ? found : fmt::format("{} ({})", found, result.log),
                     .place = tx.place};
    if (tx.gas_used && static_cast<std::uint64_t>(*tx.gas_used) != result.gas_used) {
        line.held = false;
        line.text += fmt::format("; gas {} instead of {}", result.gas_used, *tx.gas_used);
    }
    if (found != tx.expect) line.text += fmt::format("; wanted {}", tx.expect);
    results_.push_back(std::move(line));
}

void ScriptBook::check_state(const StateCheck& check, nodes::Chain& chain) {
    const auto ids = read_id(check, chain.names());
    SIM_ASSERT(ids.has_value(), "an id that was read at the start");
    const nodes::ChainView view = chain.view();
    const nodes::ChainState& state = chain.state();
    for (const auto& [field, text] : check.expected) {
        std::string wanted = text;
        std::string found = "nothing there";
        if (check.subject == Subject::kBalance) {
            const auto amount = parse_amount(text);
            wanted = amount ? fmt::format("{}", amount.value().amount) : text;
            const std::string denom = amount ? amount.value().denom : "uakt";
            found = fmt::format(
                "{}", view.balance(ids.value().id.owner, chain.names().denoms.intern(denom)));
        } else if (check.subject == Subject::kCommunityPool || check.subject == Subject::kSupply) {
            const nodes::Denom denom = chain.names().denoms.intern(ids.value().denom);
            found = "0";
            if (check.subject == Subject::kSupply) {
                if (denom.index < state.supply.size()) {
                    found = fmt::format("{}", state.supply[denom.index]);
                }
            } else {
                for (const nodes::PoolCoin& coin : state.community_pool) {
                    if (coin.denom == denom) found = coin.amount.text();
                }
            }
        } else {
            const Facts facts = check.subject == Subject::kEscrow
                                    ? escrow_facts(view, ids.value().id.deployment())
                                : check.subject == Subject::kPayment
                                    ? payment_facts(state, ids.value().id)
                                    : market_facts(view, check.subject, ids.value().id);
            for (const auto& [name, value] : facts) {
                if (name == field) found = value;
            }
        }
        const bool held = same(wanted, found);
        results_.push_back(
            {.title = fmt::format("{} {} {}", subject_name(check.subject), check.id, field),
             .held = held,
             .text = held ? found : fmt::format("{}; wanted {}", found, wanted),
             .place = check.place});
    }
}

}  // namespace scenarios
