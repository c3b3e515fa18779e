#include "tests/vectors/market_state.h"

#include "nodes/protocol/rfc3339.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace vectors {
namespace {

using nlohmann::json;

std::string hex(const std::array<char, 32>& bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        text += kDigits[static_cast<unsigned char>(c) >> 4U];
        text += kDigits[static_cast<unsigned char>(c) & 15U];
    }
    return text;
}

class Writer {
  public:
    Writer(const nodes::ChainState& state, const std::map<std::string, std::string>& names)
        : s_(state), names_(names) {}

    Items all() {
        market();
        escrow();
        registries();
        money();
        return std::move(items_);
    }

  private:
    const std::string& address(nodes::Address a) const { return s_.names.addresses.text(a); }

    /// Keys of the real store are bytes: the text form of the same account.
    const std::string& canonical(nodes::Address a) const {
        return address(s_.names.addresses.account(a));
    }

    const std::string& denom(nodes::Denom d) const { return s_.names.denoms.text(d); }

    std::string deployment_text(const nodes::DeploymentId& id) const {
        return address(id.owner) + "/" + std::to_string(id.dseq);
    }

    std::string order_text(const nodes::OrderId& id) const {
        return deployment_text(id.deployment()) + "/" + std::to_string(id.gseq) + "/" +
               std::to_string(id.oseq);
    }

    std::string bid_text(const nodes::BidId& id) const {
        return order_text(id.order()) + "/" + address(id.provider);
    }

    void market() {
        for (const nodes::DeploymentRow& row : s_.deployments.rows()) {
            if (row.state == nodes::DeploymentState::kInvalid) continue;
            items_["deployment/" + deployment_text(row.id)] = {{"state", text(row.state)},
                                                               {"created_at", row.created_at.value},
                                                               {"version", hex(row.version)}};
        }
        for (const nodes::GroupRow& row : s_.groups.rows()) {
            if (row.state == nodes::GroupState::kInvalid) continue;
            items_["group/" + deployment_text(row.id.deployment()) + "/" +
                   std::to_string(row.id.gseq)] = {{"state", text(row.state)},
                                                   {"created_at", row.created_at.value}};
        }
        for (const nodes::OrderRow& row : s_.orders.rows()) {
            if (row.state == nodes::OrderState::kInvalid) continue;
            items_["order/" + order_text(row.id)] = {{"state", text(row.state)},
                                                     {"created_at", row.created_at.value}};
        }
        for (const nodes::BidRow& row : s_.bids.rows()) {
            if (row.state != nodes::BidState::kInvalid) bid(row);
        }
    }

    void bid(const nodes::BidRow& row) {
        items_["bid/" + bid_text(row.id)] = {{"state", text(row.state)},
                                             {"denom", denom(row.denom)},
                                             {"price", row.price.text()},
                                             {"created_at", row.created_at.value},
                                             {"offers", row.offers}};
        if (row.lease_state == nodes::LeaseState::kInvalid) return;
        items_["lease/" + bid_text(row.id)] = {{"state", text(row.lease_state)},
                                               {"denom", denom(row.denom)},
                                               {"price", row.price.text()},
                                               {"created_at", row.lease_created_at.value},
                                               {"closed_on", row.lease_closed_on.value}};
    }

    std::string account_text(const nodes::EscrowRow& row) const {
        return row.scope == nodes::EscrowScope::kDeployment
                   ? "deployment/" + deployment_text(row.id.deployment())
                   : "bid/" + bid_text(row.id);
    }

    void escrow() {
        for (const nodes::EscrowRow& row : s_.escrows.rows()) {
            if (row.state == nodes::EscrowState::kInvalid) continue;
            items_["account/" + account_text(row)] = {{"state", text(row.state)},
                                                      {"denom", denom(row.denom)},
                                                      {"owner", address(row.owner)},
                                                      {"depositor", address(row.depositor)},
                                                      {"balance", row.balance.text()},
                                                      {"transferred", row.transferred.text()},
                                                      {"funds", row.funds.text()},
                                                      {"settled_at", row.settled_at.value}};
        }
        for (const nodes::PaymentRow& row : s_.payments.rows()) {
            if (row.state == nodes::EscrowState::kInvalid) continue;
            const nodes::EscrowRow& account = s_.escrows[row.account];
            items_["payment/" + account_text(account) + "/" + std::to_string(row.gseq) + "/" +
                   std::to_string(row.oseq) + "/" + address(row.provider)] = {
                {"state", text(row.state)},
                {"denom", denom(account.denom)},
                {"owner", address(row.owner)},
                {"rate", row.rate.text()},
                {"balance", row.balance.text()},
                {"withdrawn", std::to_string(row.withdrawn)}};
        }
    }

    static json attributes(const nodes::Attributes& list) {
        if (list.empty()) return nullptr;
        json all = json::array();
        for (const nodes::Attribute& a : list) {
            json one = json::object();
            if (!a.key.empty()) one["key"] = a.key;
            if (!a.value.empty()) one["value"] = a.value;
            all.push_back(std::move(one));
        }
        return all;
    }

    void registries() {
        for (const auto& [owner, record] : s_.providers.map()) {
            items_["provider/" + canonical(record->owner)] = {
                {"attributes", attributes(record->attributes)},
                {"email", record->info.email},
                {"host_uri", record->host_uri},
                {"website", record->info.website}};
        }
        for (const auto& [owner, records] : s_.audits.map()) {
            for (const auto& record : records)
                items_["audit/" + canonical(record->owner) + "/" + canonical(record->auditor)] = {
                    {"attributes", attributes(record->attributes)}};
        }
        for (const auto& [key, record] : s_.certificates.map()) {
            items_["certificate/" + address(nodes::Address{key.first}) + "/" +
                   decimal(key.second)] = {{"state", text(record->state)}};
        }
        for (const auto& [key, record] : s_.grants.map())
            grant(key, record);
    }

    static std::string decimal(const std::string& big_endian) {
        sim::Wide value = 0;
        for (const char c : big_endian) {
            value *= 256;
            value += static_cast<unsigned char>(c);
        }
        return sim::to_text(value);
    }

    void grant(const nodes::GrantKey& key, const nodes::GrantRecord& record) {
        json item = {{"expiration", nodes::time_to_rfc3339(record.expiration)}};
        if (const auto* deposit = std::get_if<nodes::DepositAuthorization>(&record.authorization))
            item["spend_limit"] =
                sim::to_text(deposit->spend_limit.amount) + denom(deposit->spend_limit.denom);
        items_["grant/" + address(key.granter) + "/" + address(key.grantee) + "/" +
               key.type_url.substr(1)] = std::move(item);
    }

    std::string coins(const nodes::Wallet& wallet) const {
        std::vector<std::pair<std::string, std::int64_t>> sorted;
        for (const nodes::Balance& balance : wallet)
            sorted.emplace_back(denom(balance.denom), balance.amount);
        std::sort(sorted.begin(), sorted.end());
        std::string all;
        for (const auto& [name, amount] : sorted)
            all += (all.empty() ? "" : ",") + std::to_string(amount) + name;
        return all;
    }

    std::string wallet_text(nodes::Address account) const {
        return account.index < s_.wallets.size() ? coins(s_.wallets[account.index]) : "";
    }

    void money() {
        for (const auto& [account, name] : names_) {
            for (std::uint32_t i = 1; i < s_.names.addresses.size(); ++i) {
                if (address(nodes::Address{i}) != account) continue;
                items_["balance/" + name] = wallet_text(nodes::Address{i});
                items_["sequence/" + name] = s_.accounts.get(i).sequence;
            }
        }
        items_["balance/module:escrow"] = wallet_text(s_.modules.escrow);
        items_["balance/module:fee_collector"] = wallet_text(s_.modules.fee_collector);
        items_["balance/module:distribution"] = wallet_text(s_.modules.distribution);
        std::string pool;
        for (const nodes::PoolCoin& coin : s_.community_pool)
            pool += (pool.empty() ? "" : ",") + coin.amount.text() + denom(coin.denom);
        items_["community_pool"] = pool;
    }

    const nodes::ChainState& s_;
    const std::map<std::string, std::string>& names_;
    Items items_;
};

}  // namespace

Items state_items(const nodes::ChainState& state, const std::map<std::string, std::string>& names) {
    return Writer(state, names).all();
}

}  // namespace vectors
