// Any bytes as a story of blocks and transactions on a small chain: well-formed messages with
// hostile fields, several to a transaction, wrapped in grants, signed by the wrong account, short
// of gas. After each block every invariant holds, and a second chain that hears the same story
// comes to the same state.
#include "nodes/chain/app.h"
#include "nodes/networks/akash.h"
#include "nodes/protocol/signing.h"
#include "sim/assert.h"
#include "sim/digest.h"
#include "tests/fuzz/byte_reader.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using fuzz::ByteReader;

constexpr std::size_t kAccounts = 5;
constexpr std::int64_t kBalance = 50'000'000;
constexpr std::int64_t kBlockSeconds = 6;
constexpr std::int64_t kStart = 1'709'251'200;
constexpr std::size_t kTransactionsMost = 200;
constexpr std::array<const char*, 3> kDenoms{"uakt", "uusdc", ""};

std::string account_bytes(std::size_t i) {
    return nodes::module_account_bytes("fuzz/" + std::to_string(i));
}

class Story {
  public:
    explicit Story(ByteReader reader) : reader_(reader) {
        nodes::Genesis genesis;
        const std::uint8_t rules = reader_.byte();
        genesis.rules = rules % 2 == 0 ? nodes::RuleSet::faithful() : nodes::RuleSet::clean();
        genesis.params = nodes::akash::params({"fuzz", rules % 101U, 20});
        genesis.prune_closed_after = sim::BlockCount{rules % 4 == 3 ? 2 : 0};
        nodes::Names names;
        for (std::size_t i = 0; i < kAccounts; ++i) {
            const nodes::Address address = names.addresses.from_bytes(account_bytes(i));
            genesis.accounts.push_back(
                {names.addresses.text(address), {{"uakt", kBalance}, {"uusdc", kBalance}}});
        }
        chain_ = std::move(nodes::Chain::create(genesis)).value();
        nodes::AddressBook& book = chain_.names().addresses;
        for (std::size_t i = 0; i < kAccounts; ++i)
            addresses_.push_back(book.from_bytes(account_bytes(i)));
        addresses_.push_back(nodes::Address{});
        addresses_.push_back(book.intern("akash1nobody"));
        addresses_.push_back(book.from_bytes(nodes::module_account_bytes("escrow")));
        for (const char* denom : kDenoms)
            denoms_.push_back(chain_.names().denoms.intern(denom));
    }

    void run() {
        std::int64_t height = 0;
        for (std::size_t sent = 0; !reader_.empty() && sent < kTransactionsMost;) {
            // Mostly the next block; at times a month of empty ones before it.
            const std::uint8_t step = reader_.byte();
            const std::int64_t skipped = step < 200 ? 0 : std::int64_t{1} << (step - 200U) % 19U;
            chain_.skip_empty_blocks(sim::BlockCount{skipped}, time_at(height + skipped));
            height += skipped + 1;
            chain_.begin_block(sim::Height{height}, time_at(height));
            for (std::size_t left = step % 5U; left > 0; --left, ++sent)
                deliver();
            chain_.end_block();
            const sim::Status whole = chain_.check_invariants();
            SIM_ASSERT(whole.has_value(), "height {}: {}", height, whole.error().text);
        }
    }

    [[nodiscard]] std::string digest() const { return sim::digest_of(chain_).hex(); }

  private:
    static nodes::Timestamp time_at(std::int64_t height) {
        return {kStart + kBlockSeconds * height, 0};
    }

    void deliver() {
        nodes::Tx tx;
        const std::uint8_t form = reader_.byte();
        for (std::size_t left = form % 8U == 7U ? 3 : 1; left > 0; --left)
            tx.messages.push_back(message(0));
        tx.signer = nodes::required_signer(tx.messages.front());
        tx.gas_limit = 50'000'000;
        if (form >= 0xE0) {
            tx.signer = address();
        } else if (form >= 0xC0) {
            tx.gas_limit = reader_.number(255) * 2'000;
        } else if (form >= 0xA0) {
            tx.fee.push_back(coin(5'000));
            tx.memo = std::string(reader_.byte() * 2U, 'm');
        } else if (form >= 0x90) {
            tx.sequence = reader_.number(8);
            tx.timeout_height = reader_.number(8);
        }
        chain_.deliver(tx, result_);
        SIM_ASSERT(
            result_.ok() == result_.log.empty(), "a text with each refusal, {}", result_.code);
    }

    nodes::Address address() { return addresses_[reader_.below(addresses_.size())]; }

    nodes::Coin coin(std::int64_t usual) {
        const nodes::Denom denom = denoms_[reader_.byte() % 8U % denoms_.size()];
        return {denom, reader_.amount(usual)};
    }

    nodes::DeploymentId deployment() { return {address(), reader_.number(4)}; }

    nodes::GroupId group() {
        const nodes::DeploymentId id = deployment();
        return {id.owner, id.dseq, static_cast<std::uint32_t>(reader_.number(2))};
    }

    nodes::BidId bid() {
        const nodes::GroupId id = group();
        const auto oseq = static_cast<std::uint32_t>(reader_.number(2));
        return {id.owner, id.dseq, id.gseq, oseq, address()};
    }

    nodes::Attributes attributes() {
        nodes::Attributes out;
        for (std::size_t left = reader_.below(3); left > 0; --left) {
            constexpr std::array<const char*, 4> kKeys{"region", "host", "", "*"};
            out.push_back({reader_.among(kKeys), reader_.among(kKeys)});
        }
        return out;
    }

    std::optional<nodes::Quantity> quantity(std::int64_t usual) {
        const std::uint8_t form = reader_.byte();
        if (form == 0xFF) return std::nullopt;
        if (form >= 0xF0) return nodes::Quantity{reader_.amount(usual), attributes()};
        return nodes::Quantity{usual, {}};
    }

    nodes::GroupSpecRef group_spec(std::size_t index) {
        nodes::GroupSpec spec;
        spec.name = "group-" + std::to_string(index);
        spec.requirements.attributes = attributes();
        for (std::size_t left = 1 + reader_.below(2); left > 0; --left) {
            nodes::ResourceUnit unit;
            unit.resources.id = static_cast<std::uint32_t>(left);
            unit.resources.cpu = quantity(1'000);
            unit.resources.memory = quantity(std::int64_t{1} << 30U);
            unit.resources.storage.push_back({"default", std::int64_t{1} << 30U, {}});
            unit.resources.gpu = quantity(0);
            unit.count = static_cast<std::uint32_t>(1 + reader_.number(3));
            unit.price = {denoms_[0], reader_.amount(100'000) * sim::kDecOne};
            spec.resources.push_back(std::move(unit));
        }
        return std::make_shared<const nodes::GroupSpec>(std::move(spec));
    }

    nodes::Msg::Body create_deployment() {
        nodes::MsgCreateDeployment msg;
        msg.id = deployment();
        for (std::size_t left = 1 + reader_.below(3); left > 0; --left)
            msg.groups.push_back(group_spec(left));
        msg.version = std::string(32, 'v');
        msg.deposit = coin(600'000);
        msg.depositor = reader_.below(4) == 3 ? address() : msg.id.owner;
        return msg;
    }

    nodes::Msg::Body create_bid() {
        const nodes::BidId id = bid();
        // All digits of the decimal, so that remainders appear.
        const sim::Wide price = reader_.amount(60'000) * sim::kDecOne + reader_.word() % 1'000;
        return nodes::MsgCreateBid{
            id.order(), id.provider, {denoms_[0], price}, coin(600'000), nullptr};
    }

    nodes::Msg::Body market_message(std::size_t kind) {
        switch (kind) {
            case 0:
                return create_deployment();
            case 1:
                return create_bid();
            case 2:
                return nodes::MsgCreateLease{bid()};
            case 3:
                return nodes::MsgWithdrawLease{bid()};
            case 4:
                return nodes::MsgCloseLease{bid()};
            case 5:
                return nodes::MsgCloseBid{bid()};
            case 6: {
                const nodes::DeploymentId id = deployment();
                return nodes::MsgDepositDeployment{
                    id, coin(100'000), reader_.below(4) == 3 ? address() : id.owner};
            }
            case 7:
                return nodes::MsgCloseDeployment{deployment()};
            case 8:
                return nodes::MsgCloseGroup{group()};
            case 9:
                return nodes::MsgPauseGroup{group()};
            case 10:
                return nodes::MsgStartGroup{group()};
            default:
                return nodes::MsgUpdateDeployment{
                    deployment(), std::string(reader_.below(2) == 0 ? 32 : 31, 'w')};
        }
    }

    nodes::Msg::Body other_message(std::size_t kind, int depth) {
        switch (kind) {
            case 0:
            case 1:
                return nodes::MsgCreateProvider{
                    address(), "https://provider.example.com:8443", attributes(), {}};
            case 2:
                return nodes::MsgUpdateProvider{
                    address(), "https://provider.example.com", attributes(), {}};
            case 3:
                return nodes::MsgDeleteProvider{address()};
            case 4:
                return nodes::MsgSignProviderAttributes{address(), address(), attributes()};
            case 5:
                return nodes::MsgDeleteProviderAttributes{address(), address(), {"region"}};
            case 6:
                return nodes::MsgSend{address(), address(), {coin(1'000)}};
            case 7:
                return grant();
            case 8:
                return nodes::MsgRevoke{
                    address(), address(), std::string{nodes::MsgDepositDeployment::kTypeUrl}};
            default:
                return execute(depth);
        }
    }

    nodes::Msg::Body grant() {
        nodes::MsgGrant msg;
        msg.granter = address();
        msg.grantee = address();
        if (reader_.below(2) == 0) {
            msg.authorization = nodes::DepositAuthorization{coin(1'000'000)};
        } else {
            constexpr std::array kTypes{nodes::MsgCreateDeployment::kTypeUrl,
                                        nodes::MsgCloseDeployment::kTypeUrl,
                                        nodes::MsgSend::kTypeUrl,
                                        nodes::MsgExec::kTypeUrl};
            msg.authorization = nodes::GenericAuthorization{std::string{reader_.among(kTypes)}};
        }
        msg.expiration = {kStart + static_cast<std::int64_t>(reader_.word() % 1'000'000), 0};
        return msg;
    }

    nodes::Msg::Body execute(int depth) {
        nodes::MsgExec msg;
        msg.grantee = address();
        for (std::size_t left = depth < 3 ? 1 + reader_.below(2) : 0; left > 0; --left)
            msg.msgs.push_back(message(depth + 1));
        return msg;
    }

    nodes::Msg message(int depth) {
        const std::size_t kind = reader_.below(40);
        if (kind < 30) return {market_message(kind % 12)};
        return {other_message(kind - 30, depth)};
    }

    ByteReader reader_;
    nodes::Chain chain_;
    std::vector<nodes::Address> addresses_;
    std::vector<nodes::Denom> denoms_;
    nodes::TxResult result_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    Story first(ByteReader(bytes, size));
    first.run();
    Story second(ByteReader(bytes, size));
    second.run();
    SIM_ASSERT(first.digest() == second.digest(), "one state after {} bytes", size);
    return 0;
}
