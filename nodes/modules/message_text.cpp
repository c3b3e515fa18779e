#include "nodes/modules/message_text.h"

#include <variant>

namespace nodes {
namespace {

/// gogo-proto's compact text: every field ends in a blank, a message in "> ".
class Printer {
  public:
    explicit Printer(const Names& names) : names_(names) {}

    std::string take() { return std::move(text_); }

    void operator()(const MsgCreateDeployment& m) {
        message("id", m.id);
        // Group specifications hold custom number types whose text form was never recorded; left
        // out.
        bytes("version", m.version);
        coin("deposit", m.deposit);
        address("depositor", m.depositor);
    }

    void operator()(const MsgDepositDeployment& m) {
        message("id", m.id);
        coin("amount", m.amount);
        address("depositor", m.depositor);
    }

    void operator()(const MsgUpdateDeployment& m) {
        message("id", m.id);
        bytes("version", m.version);
    }

    void operator()(const MsgCloseDeployment& m) { message("id", m.id); }

    void operator()(const MsgCloseGroup& m) { message("id", m.id); }

    void operator()(const MsgPauseGroup& m) { message("id", m.id); }

    void operator()(const MsgStartGroup& m) { message("id", m.id); }

    void operator()(const MsgCreateBid& m) {
        message("order", m.order);
        address("provider", m.provider);
        open("price");
        field("denom", names_.denoms.text(m.price.denom));
        field("amount", sim::to_text(m.price.scaled));
        close();
        coin("deposit", m.deposit);
    }

    void operator()(const MsgCreateLease& m) { message("bid_id", m.bid_id); }

    void operator()(const MsgWithdrawLease& m) { message("bid_id", m.bid_id); }

    void operator()(const MsgCloseLease& m) { message("lease_id", m.lease_id); }

    void operator()(const MsgCloseBid& m) { message("bid_id", m.bid_id); }

    void operator()(const MsgCreateProvider& m) { provider(m); }

    void operator()(const MsgUpdateProvider& m) { provider(m); }

    void operator()(const MsgDeleteProvider& m) { address("owner", m.owner); }

    void operator()(const MsgSignProviderAttributes& m) {
        address("owner", m.owner);
        address("auditor", m.auditor);
        attributes(m.attributes);
    }

    void operator()(const MsgDeleteProviderAttributes& m) {
        address("owner", m.owner);
        address("auditor", m.auditor);
        for (const std::string& key : m.keys)
            field("keys", key);
    }

    void operator()(const MsgCreateCertificate& m) {
        address("owner", m.owner);
        bytes("cert", m.cert);
        bytes("pubkey", m.pubkey);
    }

    void operator()(const MsgRevokeCertificate& m) {
        open("id");
        address("owner", m.owner);
        field("serial", m.serial);
        close();
    }

    void operator()(const MsgSend& m) {
        address("from_address", m.from);
        address("to_address", m.to);
        for (const Coin& c : m.amount)
            coin("amount", c);
    }

    void operator()(const MsgGrant& m) {
        address("granter", m.granter);
        address("grantee", m.grantee);
    }

    void operator()(const MsgRevoke& m) {
        address("granter", m.granter);
        address("grantee", m.grantee);
        field("msg_type_url", m.msg_type_url);
    }

    void operator()(const MsgExec&) {
        text_ =
            "%!v(PANIC=String method: reflect.Value.Interface: cannot return value obtained from "
            "unexported field or method)";
    }

  private:
    void open(std::string_view name) { text_.append(name).append(":<"); }

    void close() { text_ += "> "; }

    /// A text field; empty ones are left out.
    void field(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        text_.append(name).append(":\"").append(value).append("\" ");
    }

    void number(std::string_view name, std::uint64_t value) {
        if (value == 0) return;
        text_.append(name).append(":").append(std::to_string(value)).append(" ");
    }

    /// Bytes print like text, with everything but plain characters in octal.
    void bytes(std::string_view name, std::string_view value) {
        std::string escaped;
        for (const char c : value) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == '\n') {
                escaped += "\\n";
            } else if (c == '"' || c == '\\') {
                escaped += {'\\', c};
            } else if (byte >= 0x20 && byte < 0x7F) {
                escaped += c;
            } else {
                escaped += {'\\',
                            static_cast<char>('0' + (byte >> 6U)),
                            static_cast<char>('0' + ((byte >> 3U) & 7U)),
                            static_cast<char>('0' + (byte & 7U))};
            }
        }
        field(name, escaped);
    }

    void address(std::string_view name, Address a) { field(name, names_.addresses.text(a)); }

    void coin(std::string_view name, const Coin& coin) {
        open(name);
        field("denom", names_.denoms.text(coin.denom));
        field("amount", sim::to_text(coin.amount));
        close();
    }

    void attributes(const Attributes& attributes) {
        for (const Attribute& a : attributes) {
            open("attributes");
            field("key", a.key);
            field("value", a.value);
            close();
        }
    }

    void provider(const auto& m) {
        address("owner", m.owner);
        field("host_uri", m.host_uri);
        attributes(m.attributes);
        open("info");
        field("email", m.info.email);
        field("website", m.info.website);
        close();
    }

    void parts(const DeploymentId& id) {
        address("owner", id.owner);
        number("dseq", id.dseq);
    }

    void parts(const GroupId& id) {
        parts(id.deployment());
        number("gseq", id.gseq);
    }

    void parts(const OrderId& id) {
        parts(id.group());
        number("oseq", id.oseq);
    }

    void parts(const BidId& id) {
        parts(id.order());
        address("provider", id.provider);
    }

    void message(std::string_view name, const auto& id) {
        open(name);
        parts(id);
        close();
    }

    const Names& names_;
    std::string text_;
};

}  // namespace

std::string message_text(const Msg& msg, const Names& names) {
    Printer printer(names);
    std::visit(printer, msg.body);
    return printer.take();
}

}  // namespace nodes
