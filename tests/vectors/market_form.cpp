// Whole sequences of blocks put through the real node, replayed here: code, codespace, events, gas
// and every changed item after every block (vectors market/README.md).
#include "nodes/chain/app.h"
#include "nodes/protocol/base64.h"
#include "nodes/protocol/message_json.h"
#include "nodes/protocol/signing.h"
#include "tests/vectors/form.h"
#include "tests/vectors/market_state.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace vectors {
namespace {

using nlohmann::json;

constexpr std::int64_t kGenesisSeconds = 1'709'251'200;  // 2024-03-01T00:00:00Z
constexpr std::int64_t kBlockSeconds = 6;

struct Account {
    std::string address;
    std::string secret;
    std::uint64_t number = 0;
};

/// One sequence being replayed; `failure` holds the first difference.
class Replay {
  public:
    Replay(const json& record, const Options& options) : record_(record), options_(options) {}

    Outcome run() {
        sim::Result<nodes::Chain> chain = nodes::Chain::create(genesis());
        if (!chain) return Outcome::fail("genesis: " + chain.error().text);
        chain_ = &*chain;
        for (const auto& [name, account] : accounts_)
            names_[account.address] = name;
        implied_ = state_items(chain_->state(), names_);
        for (const json& block : record_.at("blocks")) {
            run_block(block);
            if (!failure_.empty()) return Outcome::fail(failure_);
        }
        return Outcome::pass();
    }

  private:
    static std::int64_t number(const json& value) {
        return value.is_string() ? std::stoll(value.get<std::string>()) : value.get<std::int64_t>();
    }

    nodes::Genesis genesis() {
        nodes::Genesis genesis;
        genesis.chain_id = record_.at("chain_id");
        const json& params = record_.at("params");
        for (const json& coin : params.at("deployment").at("min_deposits"))
            genesis.params.deployment_min_deposits.push_back(
                {coin.at("denom"), number(coin.at("amount"))});
        const json& bid = params.at("market").at("bid_min_deposit");
        genesis.params.bid_min_deposit = {bid.at("denom"), number(bid.at("amount"))};
        genesis.params.order_max_bids =
            static_cast<std::uint32_t>(number(params.at("market").at("order_max_bids")));
        const json& take = params.at("take");
        genesis.params.default_take_rate =
            static_cast<std::uint32_t>(number(take.at("default_take_rate")));
        for (const json& rate : take.at("denom_take_rates"))
            genesis.params.denom_take_rates.push_back(
                {rate.at("denom"), static_cast<std::uint32_t>(number(rate.at("rate")))});
        add_accounts(genesis);
        return genesis;
    }

    void add_accounts(nodes::Genesis& genesis) {
        std::map<std::uint64_t, std::pair<std::string, std::string>> by_number;
        for (const auto& [name, account] : record_.at("accounts").items()) {
            accounts_[name] = {account.at("address"),
                               account.at("secret"),
                               account.at("account_number").get<std::uint64_t>()};
            by_number[accounts_[name].number] = {account.at("address"), account.at("balances")};
        }
        nodes::Names scratch;
        for (const auto& [account_number, entry] : by_number) {
            nodes::GenesisAccount account{entry.first, {}};
            if (!entry.second.empty()) {
                const auto coins = nodes::coins_from_text(entry.second, scratch).value();
                for (const nodes::Coin& coin : coins) {
                    const auto amount = sim::narrow64(coin.amount);
                    SIM_ASSERT(amount.has_value(), "balances below 2^63, got {}", entry.second);
                    account.balances.push_back({scratch.denoms.text(coin.denom), *amount});
                }
            }
            genesis.accounts.push_back(std::move(account));
        }
    }

    void run_block(const json& block) {
        const std::int64_t height = block.at("height");
        const nodes::Timestamp before{kGenesisSeconds + kBlockSeconds * (height - 1), 0};
        chain_->skip_empty_blocks(sim::BlockCount{height - 1 - chain_->view().height().value},
                                  before);
        chain_->begin_block({height}, {kGenesisSeconds + kBlockSeconds * height, 0});
        int index = 0;
        for (const json& tx : block.at("txs")) {
            where_ = "block " + std::to_string(height) + ", transaction " + std::to_string(++index);
            run_tx(tx);
            if (!failure_.empty()) return;
        }
        chain_->end_block();
        where_ = "block " + std::to_string(height);
        const sim::Status holds = chain_->check_invariants();
        if (!holds) return differ("invariants", "hold", holds.error().text);
        compare_state(block);
    }

    void run_tx(const json& recorded) {
        nodes::Names& names = chain_->names();
        const Account& signer = accounts_.at(recorded.at("signer").get<std::string>());
        nodes::Tx tx;
        tx.signer = names.addresses.intern(signer.address);
        tx.gas_limit = recorded.at("gas_limit").get<std::uint64_t>();
        tx.memo = recorded.value("memo", "");
        if (recorded.contains("sequence"))
            tx.sequence = recorded.at("sequence").get<std::uint64_t>();
        if (recorded.contains("fee"))
            tx.fee = nodes::coins_from_text(recorded.at("fee").get<std::string>(), names).value();
        for (const json& message : recorded.at("messages")) {
            sim::Result<nodes::Msg> msg = nodes::message_from_json(message, names);
            if (!msg) return differ("message", "decodable", msg.error().text);
            tx.messages.push_back(std::move(*msg));
        }
        const std::string signed_as_recorded = signature(tx, signer, recorded);
        const bool imposed = options_.no_gas && impose_gas(recorded, tx);
        chain_->deliver(tx, result_, signed_as_recorded);
        compare_result(recorded, imposed);
    }

    /// --no-gas: where the node ran out of gas, the same happens here; elsewhere gas is ample.
    static bool impose_gas(const json& recorded, nodes::Tx& tx) {
        const bool out = recorded.at("code") == 11 && recorded.value("codespace", "") == "sdk";
        if (!out) tx.gas_limit = 1'000'000'000'000;
        return out;
    }

    std::string signature(const nodes::Tx& tx, const Account& signer, const json& recorded) {
        if (record_.at("mode") != "fees") return {};
        const nodes::Names& names = chain_->names();
        const std::uint64_t own =
            chain_->state().accounts.get(names.addresses.account(tx.signer).index).sequence;
        const nodes::SignedTx signed_tx = nodes::sign(tx,
                                                      names,
                                                      nodes::key_from_secret(signer.secret),
                                                      chain_->state().chain_id,
                                                      signer.number,
                                                      tx.sequence.value_or(own));
        const std::string bytes = nodes::base64_encode(signed_tx.bytes);
        if (recorded.contains("tx_bytes") && recorded.at("tx_bytes") != bytes)
            differ("tx_bytes", recorded.at("tx_bytes").get<std::string>(), bytes);
        return nodes::base64_encode({reinterpret_cast<const char*>(signed_tx.signature.data()),
                                     signed_tx.signature.size()});
    }

    void compare_result(const json& recorded, bool imposed) {
        const auto code = recorded.at("code").get<std::uint32_t>();
        if (result_.code != code || result_.codespace != recorded.value("codespace", "")) {
            return differ("result",
                          recorded.value("codespace", "") + "/" + std::to_string(code) + " " +
                              recorded.value("log", ""),
                          std::string(result_.codespace) + "/" + std::to_string(result_.code) +
                              " " + result_.log);
        }
        const auto gas = recorded.at("gas_used").get<std::uint64_t>();
        if (!options_.no_gas && result_.gas_used != gas)
            return differ("gas_used", std::to_string(gas), std::to_string(result_.gas_used));
        if (!imposed) compare_log(recorded);
        const json events = rendered_events();
        if (events != recorded.at("events"))
            differ("events", recorded.at("events").dump(), events.dump());
    }

    /// Logs are compared where the model prints them in full: the recorded one is cut at 600
    /// characters.
    void compare_log(const json& recorded) {
        const std::string expected = recorded.value("log", "");
        std::string got = result_.log.substr(0, expected.size());
        if (got != expected || (expected.size() < 600 && result_.log.size() > expected.size() + 1))
            differ("log", expected, result_.log);
    }

    json rendered_events() const {
        json events = json::array();
        for (const nodes::RenderedEvent& event : nodes::render_events(result_, chain_->names())) {
            if (event.type == "tx" && record_.at("mode") != "fees") continue;
            json attributes = json::array();
            for (const auto& [key, value] : event.attributes)
                attributes.push_back(json::array({key, value}));
            events.push_back({{"type", event.type}, {"attributes", std::move(attributes)}});
        }
        return events;
    }

    void compare_state(const json& block) {
        Items now = state_items(chain_->state(), names_);
        for (const auto& [key, value] : block.at("changed").items())
            expected_[key] = value;
        if (block.contains("removed")) {
            for (const json& key : block.at("removed"))
                expected_.erase(key.get<std::string>());
        }
        for (const auto& [key, value] : expected_) {
            const auto it = now.find(key);
            if (it == now.end()) return differ(key, value.dump(), "nothing");
            if (it->second != value) return differ(key, value.dump(), it->second.dump());
        }
        // What genesis implies is not listed until it changes.
        for (const auto& [key, value] : now) {
            if (expected_.count(key) != 0) continue;
            const auto it = implied_.find(key);
            if (it == implied_.end() || it->second != value)
                return differ(key, "nothing changed", value.dump());
        }
    }

    void differ(std::string_view what, std::string_view expected, std::string_view got) {
        if (!failure_.empty()) return;
        failure_ = where_ + ": " + std::string(what) + ": expected " + std::string(expected) +
                   " got " + std::string(got);
    }

    const json& record_;
    const Options& options_;
    nodes::Chain* chain_ = nullptr;
    nodes::TxResult result_;
    std::map<std::string, Account> accounts_;
    std::map<std::string, std::string> names_;  ///< address -> name
    Items expected_;
    Items implied_;  ///< as genesis has it
    std::string where_;
    std::string failure_;
};

class MarketForm final : public Form {
  public:
    [[nodiscard]] bool matches(const json& first) const override {
        return first.is_object() && first.contains("blocks") && first.contains("params") &&
               first.at("params").contains("take") && first.contains("mode");
    }

    void run(const json& record, const Options& options, Reporter& reporter) override {
        reporter.report(record.at("id").get<std::string>(), Replay(record, options).run());
    }
};

}  // namespace

std::unique_ptr<Form> make_market_form() {
    return std::make_unique<MarketForm>();
}

}  // namespace vectors
