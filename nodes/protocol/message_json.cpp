#include "nodes/protocol/message_json.h"

#include "nodes/protocol/amount_text.h"
#include "nodes/protocol/base64.h"
#include "nodes/protocol/errors.h"
#include "nodes/protocol/rfc3339.h"
#include "nodes/protocol/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace nodes {
namespace {

using nlohmann::json;

/// Messages inside MsgExec inside MsgExec ...: deeper ones are refused instead of using up the
/// stack.
constexpr std::size_t kDepthMax = 64;
/// Seconds of Go's zero time, the year 1: what a grant without expiration carries.
constexpr std::int64_t kGoZeroTime = -62'135'596'800;

constexpr std::array<std::string_view, 3> kEndpointKinds{"SHARED_HTTP", "RANDOM_PORT", "LEASED_IP"};

/// Without the blanks around it. Other white space reaches Go's number reader as an escape.
std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// "bid_id" as "bidId": both names are taken.
std::string camel_case(std::string_view name) {
    std::string camel;
    bool raise = false;
    for (const char c : name) {
        if (c == '_') {
            raise = true;
            continue;
        }
        camel += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        raise = false;
    }
    return camel;
}

/// Where the reader stands, the books, and the first fault.
struct Decoding {
    Names& names;
    std::string path;
    std::optional<sim::Error> fault;
    std::size_t depth = 0;

    void fail(std::string_view why) {
        if (fault) return;
        fault = sim::Error{errors::kSdkTxDecode,
                           path.empty() ? std::string(why) : fmt::format("{}: {}", path, why)};
    }
};

void read_message(Decoding& decoding, const json& value, Msg& out);
void read_authorization(Decoding& decoding, const json& value, std::optional<Authorization>& out);

/// Reads one JSON object as the real node's jsonpb does (gogo/protobuf v1.3.3): a missing or null
/// field is the default, an unknown one an error. A visitor of schema.h.
class ObjectReader {
  public:
    ObjectReader(Decoding& decoding, const json& value) : decoding_(decoding) {
        if (value.is_object()) {
            object_ = &value;
        } else if (!value.is_null()) {
            decoding.fail("an object was expected");
        }
    }

    /// Call when all fields have been read.
    void finish() {
        if (object_ == nullptr || decoding_.fault) return;
        for (const auto& [key, value] : object_->items()) {
            if (key == "@type" && typed_) continue;
            if (!taken_.contains(key)) decoding_.fail(fmt::format("unknown field \"{}\"", key));
        }
    }

    /// The object may carry its type.
    void allow_type() { typed_ = true; }

    void text(unsigned /*field*/, const char* name, std::string& out) {
        take(name, [&](const json& value) { read_text(value, out); });
    }

    void address(unsigned /*field*/, const char* name, Address& out) {
        std::string written;
        take(name, [&](const json& value) { read_text(value, written); });
        out = decoding_.names.addresses.intern(written);
    }

    void denom(unsigned /*field*/, const char* name, Denom& out) {
        std::string written;
        take(name, [&](const json& value) { read_text(value, written); });
        out = decoding_.names.denoms.intern(written);
    }

    void bytes(unsigned /*field*/, const char* name, std::string& out) {
        take(name, [&](const json& value) { read_bytes(value, out); });
    }

    template <class T>
    void number(unsigned /*field*/, const char* name, T& out) {
        take(name, [&](const json& value) { read_number(value, out); });
    }

    void enumeration(unsigned /*field*/, const char* name, EndpointKind& out) {
        take(name, [&](const json& value) { read_kind(value, out); });
    }

    void integer(unsigned /*field*/, const char* name, sim::Wide& out) {
        take(name, [&](const json& value) { read_amount(value, int_from_text, out); });
    }

    void decimal(unsigned /*field*/, const char* name, sim::Wide& out) {
        take(name, [&](const json& value) { read_amount(value, dec_from_text, out); });
    }

    void timestamp(unsigned /*field*/, const char* name, Timestamp& out) {
        out = {kGoZeroTime, 0};
        take(name, [&](const json& value) { read_timestamp(value, out); });
    }

    void texts(unsigned /*field*/, const char* name, std::vector<std::string>& out) {
        take(name, [&](const json& value) {
            read_list(value, out, [this](const json& v, auto& item) { read_text(v, item); });
        });
    }

    template <class T>
    void message(unsigned /*field*/, const char* name, T& out) {
        group(0, name, [&out](auto& inner) { schema::visit(out, inner); });
    }

    template <class T>
    void list(unsigned /*field*/, const char* name, std::vector<T>& out) {
        take(name, [&](const json& value) {
            read_list(value, out, [this](const json& v, T& item) {
                read_object(v, [&item](auto& inner) { schema::visit(item, inner); });
            });
        });
    }

    template <class T>
    void list(unsigned field, const char* name, std::vector<std::shared_ptr<const T>>& out) {
        std::vector<T> items;
        list(field, name, items);
        out.clear();
        for (auto& item : items)
            out.push_back(std::make_shared<const T>(std::move(item)));
    }

    template <class T>
    void list(unsigned field, const char* name, std::shared_ptr<const T>& out) {
        T items;
        list(field, name, items);
        out = items.empty() ? nullptr : std::make_shared<const T>(std::move(items));
    }

    template <class Visit>
    void group(unsigned /*field*/, const char* name, Visit&& visit) {
        bool found = false;
        take(name, [&](const json& value) {
            found = true;
            read_object(value, visit);
        });
        // What stands inside an absent message has its defaults, which are not all zero.
        if (!found) read_object(nullptr, visit);
    }

    template <class T, class Visit>
    void optional_group(unsigned /*field*/,
                        const char* name,
                        std::optional<T>& out,
                        Visit&& visit) {
        out.reset();
        take(name, [&](const json& value) {
            if (value.is_null()) return;
            T& made = out.emplace();
            read_object(value, [&](auto& inner) { visit(made, inner); });
        });
    }

    void any(unsigned /*field*/, const char* name, std::optional<Authorization>& out) {
        take(name, [&](const json& value) {
            if (!value.is_null()) read_authorization(decoding_, value, out);
        });
    }

    void anys(unsigned /*field*/, const char* name, std::vector<Msg>& out) {
        take(name, [&](const json& value) {
            read_list(
                value, out, [this](const json& v, Msg& item) { read_message(decoding_, v, item); });
        });
    }

  private:
    /// Calls `read` with the field's value when there is one; the camel-case name comes first.
    template <class Read>
    void take(std::string_view name, Read&& read) {
        if (object_ == nullptr || decoding_.fault) return;
        auto found = object_->find(name);
        if (found != object_->end()) taken_.insert(found.key());
        if (auto camel = object_->find(camel_case(name)); camel != object_->end()) {
            taken_.insert(camel.key());
            found = camel;
        }
        if (found == object_->end()) return;
        const std::size_t length = decoding_.path.size();
        if (length > 0) decoding_.path += '.';
        decoding_.path += name;
        read(*found);
        decoding_.path.resize(length);
    }

    template <class Visit>
    void read_object(const json& value, Visit&& visit) {
        ObjectReader inner(decoding_, value);
        visit(inner);
        inner.finish();
    }

    template <class T, class Read>
    void read_list(const json& value, std::vector<T>& out, Read&& read) {
        out.clear();
        if (value.is_null()) return;
        if (!value.is_array()) return decoding_.fail("a list was expected");
        out.reserve(value.size());
        for (const auto& item : value) {
            const std::size_t length = decoding_.path.size();
            decoding_.path += fmt::format("[{}]", out.size());
            read(item, out.emplace_back());
            decoding_.path.resize(length);
            if (decoding_.fault) return;
        }
    }

    void read_text(const json& value, std::string& out) {
        if (value.is_null()) return;
        if (!value.is_string()) return decoding_.fail("a text was expected");
        out = value.get_ref<const std::string&>();
    }

    /// Base64; Go also takes a list of numbers.
    void read_bytes(const json& value, std::string& out) {
        out.clear();
        if (value.is_null()) return;
        if (value.is_array()) {
            for (const auto& item : value) {
                std::uint8_t byte = 0;
                if (item.is_string()) return decoding_.fail("a byte was expected");
                read_number(item, byte);
                out += static_cast<char>(byte);
            }
            return;
        }
        if (!value.is_string()) return decoding_.fail("base64 was expected");
        auto decoded = base64_decode(value.get_ref<const std::string&>());
        if (!decoded) return decoding_.fail("illegal base64");
        out = *std::move(decoded);
    }

    /// A number, or a text that holds a number as JSON writes it.
    template <class T>
    void read_number(const json& value, T& out) {
        if (value.is_null()) return;
        std::uint64_t number = std::numeric_limits<std::uint64_t>::max();
        // What is read from "-0" is zero with a sign, which Go's reader of unsigned numbers
        // refuses.
        bool valid = value.is_number_unsigned() ||
                     (value.is_number_integer() && value.get<std::int64_t>() > 0);
        if (valid) number = value.get<std::uint64_t>();
        if (value.is_string()) {
            const auto text = trim(value.get_ref<const std::string&>());
            if (text == "null") return;
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), number);
            const bool leading_zero = text.size() > 1 && text.front() == '0';
            valid = error == std::errc{} && end == text.data() + text.size() && !leading_zero;
        }
        if (!valid || number > std::numeric_limits<T>::max()) {
            return decoding_.fail(
                fmt::format("{} is no number of {} bits", value.dump(), sizeof(T) * 8));
        }
        out = static_cast<T>(number);
    }

    void read_kind(const json& value, EndpointKind& out) {
        if (value.is_null()) return;
        if (value.is_string()) {
            for (std::size_t i = 0; i < kEndpointKinds.size(); ++i) {
                if (kEndpointKinds[i] == value.get_ref<const std::string&>()) {
                    out = static_cast<EndpointKind>(i);
                    return;
                }
            }
        }
        const bool fits =
            value.is_number_integer() &&
            (value.is_number_unsigned()
                 ? value.get<std::uint64_t>() <=
                       std::uint64_t{std::numeric_limits<std::int32_t>::max()}
                 : value.get<std::int64_t>() >= std::numeric_limits<std::int32_t>::min());
        if (!fits) return decoding_.fail(value.dump() + " is no kind of endpoint");
        out = static_cast<EndpointKind>(value.get<std::int32_t>());
    }

    /// Amounts are texts only; unlike other fields they may not be null (Int and Dec
    /// UnmarshalJSON).
    void read_amount(const json& value,
                     std::optional<sim::Wide> (*parse)(std::string_view),
                     sim::Wide& out) {
        if (!value.is_string()) return decoding_.fail("an amount was expected, as a text");
        auto amount = parse(value.get_ref<const std::string&>());
        if (!amount) return decoding_.fail(value.dump() + " is no amount");
        out = *std::move(amount);
    }

    void read_timestamp(const json& value, Timestamp& out) {
        if (!value.is_string()) return decoding_.fail("a time was expected");
        const auto time = time_from_rfc3339(value.get_ref<const std::string&>());
        if (!time) return decoding_.fail(value.dump() + " is no time");
        out = *time;
    }

    Decoding& decoding_;
    const json* object_ = nullptr;
    std::set<std::string, std::less<>> taken_;
    bool typed_ = false;
};

/// Makes the alternative of `Variant` whose type URL this is; false when there is none.
template <class Variant, std::size_t I = 0>
bool emplace_by_url(std::string_view url, Variant& out) {
    if constexpr (I == std::variant_size_v<Variant>) {
        return false;
    } else {
        if (std::variant_alternative_t<I, Variant>::kTypeUrl != url) {
            return emplace_by_url<Variant, I + 1>(url, out);
        }
        out.template emplace<I>();
        return true;
    }
}

template <class Variant>
void read_any(Decoding& decoding, const json& value, Variant& out) {
    if (!value.is_object()) return decoding.fail("an object was expected");
    const auto type = value.find("@type");
    if (type == value.end() || !type->is_string()) {
        return decoding.fail("a message without \"@type\"");
    }
    if (!emplace_by_url(type->get_ref<const std::string&>(), out)) {
        return decoding.fail(fmt::format("unable to resolve type URL {}", type->dump()));
    }
    if (++decoding.depth > kDepthMax) return decoding.fail("messages nested too deep");
    ObjectReader reader(decoding, value);
    reader.allow_type();
    std::visit([&reader](auto& body) { schema::visit(body, reader); }, out);
    reader.finish();
    --decoding.depth;
}

void read_message(Decoding& decoding, const json& value, Msg& out) {
    read_any(decoding, value, out.body);
}

void read_authorization(Decoding& decoding, const json& value, std::optional<Authorization>& out) {
    read_any(decoding, value, out.emplace());
}

/// Digits with an optional minus; a leading zero does not make them octal here.
std::optional<sim::Wide> decimal_amount(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty() || text.find('-') != std::string_view::npos) return std::nullopt;
    const auto first = std::min(text.find_first_not_of('0'), text.size() - 1);
    auto amount = int_from_text(text.substr(first));
    if (amount && negative) *amount = -*amount;
    return amount;
}

}  // namespace

sim::Result<Msg> message_from_json(const nlohmann::json& json, Names& names) {
    Decoding decoding{.names = names, .path = {}, .fault = {}, .depth = 0};
    Msg msg;
    read_message(decoding, json, msg);
    if (decoding.fault) return *std::move(decoding.fault);
    return msg;
}

sim::Result<std::vector<Coin>> coins_from_text(std::string_view text, Names& names) {
    std::vector<Coin> coins;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        const auto coin = text.substr(0, end);
        const auto digits = coin.find_first_not_of("-0123456789");
        auto amount = decimal_amount(coin.substr(0, digits));
        if (!amount || digits == std::string_view::npos) {
            return sim::Error{errors::kSdkInvalidCoins,
                              fmt::format("invalid coin expression: {}", coin)};
        }
        coins.push_back({names.denoms.intern(coin.substr(digits)), *std::move(amount)});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return coins;
}

}  // namespace nodes
