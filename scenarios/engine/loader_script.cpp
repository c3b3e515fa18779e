// The keys `accounts` and `script`.
#include "nodes/protocol/errors.h"
#include "scenarios/engine/loader_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace scenarios {

namespace {

constexpr std::size_t kMost = 10'000;

/// Messages are YAML written like the chain's JSON: quoted values are texts, plain numbers and
/// truth values are what they look like.
nlohmann::json to_json(const YAML::Node& node, int depth) {
    if (depth > kYamlDepthMax) throw LoadError("a message nested too deeply");
    if (node.IsSequence()) {
        nlohmann::json out = nlohmann::json::array();
        for (const auto& item : node)
            out.push_back(to_json(item, depth + 1));
        return out;
    }
    if (node.IsMap()) {
        nlohmann::json out = nlohmann::json::object();
        for (const auto& item : node)
            out[item.first.Scalar()] = to_json(item.second, depth + 1);
        return out;
    }
    if (node.IsNull()) return nullptr;
    const std::string& text = node.Scalar();
    const bool quoted = node.Tag() == "!";
    if (quoted) return text;
    if (text == "true" || text == "false") return text == "true";
    const auto whole = parse_integer(text);
    const bool plain = text.find_first_not_of("-0123456789") == std::string::npos;
    if (plain && whole) return whole.value();
    return text;
}

void check_expected(const YamlValue& value, const std::string& text) {
    if (text == "ok") return;
    const auto slash = text.find('/');
    const auto number =
        slash == std::string::npos ? parse_integer("") : parse_integer(text.substr(slash + 1));
    if (slash == 0 || !number || number.value() <= 0) {
        value.fail("write ok, or the error as module/number such as market/28");
    }
}

ScriptTx read_transaction(const YamlValue& value) {
    const YamlObject object(
        value,
        {"from", "message", "messages", "fee", "gas", "memo", "expect", "gas_used", "about"});
    ScriptTx tx;
    tx.place = value.place();
    if (const auto from = object.optional("from")) tx.from = from->text(128);
    if (object.has("message") == object.has("messages")) {
        object.fail("write either 'message' or 'messages'");
    }
    const auto one = object.optional("message");
    const std::vector<YamlValue> list =
        one ? std::vector<YamlValue>{*one} : object.required("messages").items(100);
    for (const YamlValue& message : list) {
        if (!message.is_map() || !message.node()["@type"]) {
            message.fail("a message is a map with \"@type\" and the fields of the real chain");
        }
        tx.messages.push_back(to_json(message.node(), 0).dump());
        const std::string type = message.node()["@type"].Scalar();
        if (tx.title.empty()) tx.title = type.substr(type.rfind('.') + 1);
    }
    if (const auto about = object.optional("about")) {
        tx.title += ", " + about->text(1'000);
    }
    if (const auto fee = object.optional("fee")) tx.fee = read_amounts(*fee);
    if (const auto gas = object.optional("gas")) tx.gas = gas->integer({1, INT64_MAX});
    if (const auto memo = object.optional("memo")) tx.memo = memo->text(10'000);
    if (const auto used = object.optional("gas_used")) tx.gas_used = used->integer({0, INT64_MAX});
    const auto expect = object.optional("expect");
    tx.expect = expect ? expect->text(64) : "ok";
    if (expect) check_expected(*expect, tx.expect);
    return tx;
}

const std::vector<std::string> kSubjects{"balance",
                                         "deployment",
                                         "group",
                                         "order",
                                         "bid",
                                         "lease",
                                         "escrow",
                                         "payment",
                                         "community_pool",
                                         "supply"};

/// Fields that a check of each subject may ask for, in the order of kSubjects.
const std::vector<std::vector<std::string>> kSubjectFields{
    {"is"},
    {"state"},
    {"state"},
    {"state"},
    {"state", "price"},
    {"state", "price"},
    {"state", "balance", "funds", "transferred", "settled_at"},
    {"state", "rate", "balance", "withdrawn"},
    {"is"},
    {"is"},
};

StateCheck read_check(const YamlValue& value) {
    std::vector<std::string> keys = kSubjects;
    for (const auto& fields : kSubjectFields) {
        for (const std::string& field : fields) {
            if (std::find(keys.begin(), keys.end(), field) == keys.end()) keys.push_back(field);
        }
    }
    const YamlObject object(value, keys);
    StateCheck check;
    check.place = value.place();
    std::size_t subject = kSubjects.size();
    for (std::size_t i = 0; i < kSubjects.size(); ++i) {
        // "balance" is both a subject and a field of others; as a subject it goes with "is".
        const bool field = i == 0 && !object.has("is");
        if (!object.has(kSubjects[i]) || field) continue;
        if (subject != kSubjects.size()) object.fail("a check looks at one thing");
        subject = i;
    }
    if (subject == kSubjects.size()) object.fail("say what to look at: balance, lease, escrow, …");
    check.subject = static_cast<Subject>(subject);
    check.id = object.required(kSubjects[subject]).text(512);
    for (const auto& [key, entry] : value.entries(20)) {
        if (key == kSubjects[subject]) continue;
        const auto& fields = kSubjectFields[subject];
        if (std::find(fields.begin(), fields.end(), key) == fields.end()) {
            entry.fail(fmt::format("a {} has no '{}'", kSubjects[subject], key));
        }
        check.expected.emplace_back(key, entry.text(128));
    }
    if (check.expected.empty()) object.fail("say what it must be");
    return check;
}

}  // namespace

std::vector<AccountSpec> read_accounts(const YamlValue& value) {
    std::vector<AccountSpec> out;
    for (const YamlValue& item : value.items(kMost)) {
        const YamlObject object(item, {"name", "address", "balance", "about"});
        AccountSpec account;
        account.name = object.required("name").text(64);
        if (account.name.find_first_of("/ $") != std::string::npos || account.name.empty()) {
            object.required("name").fail("a name has no '/', '$' or space");
        }
        for (const AccountSpec& earlier : out) {
            if (earlier.name == account.name) item.fail("an account of this name came before");
        }
        if (const auto address = object.optional("address")) account.address = address->text(128);
        if (const auto balance = object.optional("balance")) {
            account.balances = read_amounts(*balance);
        }
        out.push_back(std::move(account));
    }
    return out;
}

std::vector<ScriptBlock> read_script(const YamlValue& value) {
    std::vector<ScriptBlock> out;
    for (const YamlValue& item : value.items(kMost)) {
        const YamlObject object(item, {"at", "send", "check", "about"});
        ScriptBlock block;
        const YamlValue at = object.required("at");
        block.height = sim::Height{at.integer({1, 1'000'000'000})};
        if (!out.empty() && out.back().height >= block.height) {
            at.fail("blocks come in rising order of height");
        }
        if (const auto send = object.optional("send")) {
            for (const YamlValue& tx : send->items_or_one(kMost)) {
                block.transactions.push_back(read_transaction(tx));
            }
        }
        if (const auto check = object.optional("check")) {
            for (const YamlValue& one : check->items_or_one(kMost)) {
                block.checks.push_back(read_check(one));
            }
        }
        out.push_back(std::move(block));
    }
    return out;
}

}  // namespace scenarios
