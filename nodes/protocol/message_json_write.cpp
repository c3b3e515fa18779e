// The writing half of message_json.h: every field with its real name, defaults included.
#include "nodes/protocol/base64.h"
#include "nodes/protocol/message_json.h"
#include "nodes/protocol/rfc3339.h"
#include "nodes/protocol/schema.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace nodes {
namespace {

using nlohmann::ordered_json;

/// A visitor of schema.h.
class ObjectWriter {
  public:
    explicit ObjectWriter(const Names& names) : names_(names) {}

    ordered_json object = ordered_json::object();

    void text(unsigned /*field*/, const char* name, const std::string& value) {
        object[name] = value;
    }

    void address(unsigned /*field*/, const char* name, Address value) {
        object[name] = names_.addresses.text(value);
    }

    void denom(unsigned /*field*/, const char* name, Denom value) {
        object[name] = names_.denoms.text(value);
    }

    void bytes(unsigned /*field*/, const char* name, const std::string& value) {
        object[name] = base64_encode(value);
    }

    void number(unsigned /*field*/, const char* name, std::uint32_t value) { object[name] = value; }

    /// 64 bits are too wide for a JSON number.
    void number(unsigned /*field*/, const char* name, std::uint64_t value) {
        object[name] = std::to_string(value);
    }

    void enumeration(unsigned /*field*/, const char* name, EndpointKind value) {
        constexpr std::array<const char*, 3> kKinds{"SHARED_HTTP", "RANDOM_PORT", "LEASED_IP"};
        const auto number = static_cast<std::int32_t>(value);
        if (number >= 0 && static_cast<std::size_t>(number) < kKinds.size()) {
            object[name] = kKinds[static_cast<std::size_t>(number)];
        } else {
            object[name] = number;
        }
    }

    void integer(unsigned /*field*/, const char* name, const sim::Wide& value) {
        object[name] = sim::to_text(value);
    }

    void decimal(unsigned /*field*/, const char* name, const sim::Wide& value) {
        object[name] = sim::dec_to_text(value);
    }

    void timestamp(unsigned /*field*/, const char* name, const Timestamp& value) {
        object[name] = time_to_rfc3339(value);
    }

    void texts(unsigned /*field*/, const char* name, const std::vector<std::string>& values) {
        auto& out = object[name] = ordered_json::array();
        for (const auto& value : values)
            out.push_back(value);
    }

    template <class T>
    void message(unsigned /*field*/, const char* name, const T& value) {
        object[name] = write([&value](auto& inner) { schema::visit(value, inner); });
    }

    template <class T>
    void list(unsigned /*field*/, const char* name, const std::vector<T>& values) {
        auto& out = object[name] = ordered_json::array();
        for (const auto& value : values) {
            out.push_back(write([&value](auto& inner) { schema::visit(value, inner); }));
        }
    }

    template <class T>
    void list(unsigned /*field*/,
              const char* name,
              const std::vector<std::shared_ptr<const T>>& values) {
        auto& out = object[name] = ordered_json::array();
        for (const auto& value : values) {
            out.push_back(write([&value](auto& inner) { schema::visit(*value, inner); }));
        }
    }

    template <class T>
    void list(unsigned field, const char* name, const std::shared_ptr<const T>& values) {
        list(field, name, values ? *values : T{});
    }

    template <class Visit>
    void group(unsigned /*field*/, const char* name, Visit&& visit) {
        object[name] = write(visit);
    }

    template <class T, class Visit>
    void optional_group(unsigned /*field*/,
                        const char* name,
                        const std::optional<T>& value,
                        Visit&& visit) {
        auto& out = object[name] = nullptr;
        if (value) out = write([&](auto& inner) { visit(*value, inner); });
    }

    void any(unsigned /*field*/, const char* name, const std::optional<Authorization>& value) {
        auto& out = object[name] = nullptr;
        if (value) out = write_any(*value);
    }

    void anys(unsigned /*field*/, const char* name, const std::vector<Msg>& values) {
        auto& out = object[name] = ordered_json::array();
        for (const auto& value : values)
            out.push_back(write_any(value.body));
    }

    template <class... Ts>
    [[nodiscard]] ordered_json write_any(const std::variant<Ts...>& value) const {
        ObjectWriter inner(names_);
        std::visit(
            [&inner](const auto& held) {
                inner.object["@type"] = std::remove_cvref_t<decltype(held)>::kTypeUrl;
                schema::visit(held, inner);
            },
            value);
        return std::move(inner.object);
    }

  private:
    template <class Visit>
    [[nodiscard]] ordered_json write(Visit&& visit) const {
        ObjectWriter inner(names_);
        visit(inner);
        return std::move(inner.object);
    }

    const Names& names_;
};

}  // namespace

nlohmann::ordered_json group_spec_to_json(const GroupSpec& spec, const Names& names) {
    ObjectWriter writer(names);
    schema::visit(spec, writer);
    return std::move(writer.object);
}

nlohmann::ordered_json message_to_json(const Msg& msg, const Names& names) {
    return ObjectWriter(names).write_any(msg.body);
}

}  // namespace nodes
