#include "nodes/modules/message_text.h"

#include "nodes/protocol/schema.h"

#include <array>
#include <variant>

namespace nodes {
namespace {

/// gogo-proto's compact text: every field ends in a blank, a message in "> "; what is zero or empty
/// is left out, but for numbers of any size and messages (gogo/protobuf v1.3.3 proto/text.go). A
/// visitor of schema.h.
class Printer {
  public:
    explicit Printer(const Names& names) : names_(names) {}

    std::string take() { return std::move(text_); }

    void text(unsigned /*field*/, const char* name, std::string_view value) {
        if (!value.empty()) quoted(name, value);
    }

    void bytes(unsigned field, const char* name, std::string_view value) {
        text(field, name, value);
    }

    void address(unsigned field, const char* name, Address value) {
        text(field, name, names_.addresses.text(value));
    }

    void denom(unsigned field, const char* name, Denom value) {
        text(field, name, names_.denoms.text(value));
    }

    void number(unsigned /*field*/, const char* name, std::uint64_t value) {
        if (value != 0) plain(name, std::to_string(value));
    }

    void enumeration(unsigned /*field*/, const char* name, EndpointKind value) {
        constexpr std::array<const char*, 3> kKinds{"SHARED_HTTP", "RANDOM_PORT", "LEASED_IP"};
        const auto number = static_cast<std::int32_t>(value);
        if (number == 0) return;
        const bool known = number > 0 && static_cast<std::size_t>(number) < kKinds.size();
        plain(name, known ? kKinds[static_cast<std::size_t>(number)] : std::to_string(number));
    }

    /// Int and Dec are custom types and print the bytes of their encoding: all digits, no point.
    void integer(unsigned /*field*/, const char* name, const sim::Wide& value) {
        quoted(name, sim::to_text(value));
    }

    void decimal(unsigned field, const char* name, const sim::Wide& value) {
        integer(field, name, value);
    }

    void texts(unsigned /*field*/, const char* name, const std::vector<std::string>& values) {
        for (const std::string& value : values)
            quoted(name, value);
    }

    template <class T>
    void message(unsigned field, const char* name, const T& value) {
        group(field, name, [&value](auto& inner) { schema::visit(value, inner); });
    }

    template <class T>
    void list(unsigned field, const char* name, const std::vector<T>& values) {
        for (const auto& value : values)
            message(field, name, value);
    }

    template <class T>
    void list(unsigned field,
              const char* name,
              const std::vector<std::shared_ptr<const T>>& values) {
        for (const auto& value : values)
            message(field, name, *value);
    }

    template <class T>
    void list(unsigned field, const char* name, const std::shared_ptr<const T>& values) {
        if (values) list(field, name, *values);
    }

    template <class Visit>
    void group(unsigned /*field*/, const char* name, Visit&& visit) {
        text_.append(name).append(":<");
        visit(*this);
        text_ += "> ";
    }

    template <class T, class Visit>
    void optional_group(unsigned field,
                        const char* name,
                        const std::optional<T>& value,
                        Visit&& visit) {
        if (value) group(field, name, [&](auto& inner) { visit(*value, inner); });
    }

    void timestamp(unsigned field, const char* name, const Timestamp& value) {
        group(field, name, [&value](auto& inner) {
            if (value.seconds != 0) inner.plain("seconds", std::to_string(value.seconds));
            if (value.nanos != 0) inner.plain("nanos", std::to_string(value.nanos));
        });
    }

    void any(unsigned /*field*/, const char* /*name*/, const std::optional<Authorization>& value) {
        stumbles_ = stumbles_ || value.has_value();
    }

    void anys(unsigned /*field*/, const char* /*name*/, const std::vector<Msg>& values) {
        stumbles_ = stumbles_ || !values.empty();
    }

    /// The real printer stumbles over the cached value of an Any.
    [[nodiscard]] bool stumbles() const { return stumbles_; }

  private:
    void plain(std::string_view name, std::string_view value) {
        text_.append(name).append(":").append(value).append(" ");
    }

    /// Byte by byte, with everything but plain characters in octal.
    void quoted(std::string_view name, std::string_view value) {
        text_.append(name).append(":\"");
        for (const char c : value)
            add(c);
        text_ += "\" ";
    }

    void add(char c) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '\n':
                text_ += "\\n";
                return;
            case '\r':
                text_ += "\\r";
                return;
            case '\t':
                text_ += "\\t";
                return;
            case '"':
            case '\\':
                text_ += '\\';
                text_ += c;
                return;
            default:
                break;
        }
        if (byte >= 0x20 && byte < 0x7F) {
            text_ += c;
            return;
        }
        text_ += '\\';
        for (const unsigned shift : {6U, 3U, 0U})
            text_ += static_cast<char>('0' + ((byte >> shift) & 7U));
    }

    const Names& names_;
    std::string text_;
    bool stumbles_ = false;
};

}  // namespace

std::string message_text(const Msg& msg, const Names& names) {
    Printer printer(names);
    std::visit([&printer](const auto& body) { schema::visit(body, printer); }, msg.body);
    if (printer.stumbles())
        return "%!v(PANIC=String method: reflect.Value.Interface: cannot return value obtained "
               "from unexported field or method)";
    return printer.take();
}

}  // namespace nodes
