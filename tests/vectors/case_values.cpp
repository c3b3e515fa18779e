#include "tests/vectors/case_values.h"

#include <array>
#include <cctype>
#include <charconv>
#include <utility>

namespace vectors {
namespace {

constexpr std::size_t kPlaces = 18;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Errors that cases call by their Go name alone.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNamedErrors{{
    {"ErrEmptyVersion", "deployment/9"},
    {"ErrInvalidVersion", "deployment/10"},
    {"ErrInvalidGroups", "deployment/7"},
    {"ErrGroupClosed", "deployment/15"},
    {"ErrGroupPaused", "deployment/17"},
    {"ErrGroupOpen", "deployment/16"},
    {"ErrUnauthorized", "sdk/4"},
    {"ErrAttributesDuplicateKeys", "akash/1"},
    {"ErrInvalidAttributeKey", "akash/2"},
}};

}  // namespace

std::string text_of(const nlohmann::json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_primitive() && !value.is_null() ? value.dump() : std::string{};
}

std::optional<sim::Dec18> decimal_of(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    std::string digits(text.substr(0, point));
    std::string places(point == std::string_view::npos ? "" : text.substr(point + 1));
    if (digits.empty() || places.size() > kPlaces || digits.size() > kPlaces) return std::nullopt;
    places.resize(kPlaces, '0');
    digits += places;
    sim::Int128 scaled = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return std::nullopt;
        scaled = scaled * 10 + (c - '0');
    }
    return sim::Dec18{negative ? -scaled : scaled};
}

std::optional<std::int64_t> first_number(std::string_view text) {
    const auto at = text.find_first_of("0123456789");
    if (at == std::string_view::npos) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    return at > 0 && text[at - 1] == '-' ? -number : number;
}

std::string short_text(sim::Dec18 value) {
    std::string text = value.text();
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

nodes::Attributes attributes_of(const nlohmann::json& map) {
    nodes::Attributes attributes;
    if (!map.is_object()) return attributes;
    for (const auto& [key, value] : map.items())
        attributes.push_back({key, text_of(value)});
    return attributes;
}

std::string error_in(std::string_view text) {
    for (auto slash = text.find('/'); slash != std::string_view::npos;
         slash = text.find('/', slash + 1)) {
        auto first = slash;
        while (first > 0 && is_letter(text[first - 1]))
            --first;
        auto last = slash + 1;
        while (last < text.size() && is_digit(text[last]))
            ++last;
        if (first < slash && last > slash + 1) return std::string(text.substr(first, last - first));
    }
    for (const auto& [name, code] : kNamedErrors) {
        if (text.find(name) != std::string_view::npos) return std::string(code);
    }
    return {};
}

bool says_error(std::string_view text) {
    if (text.find("no error") != std::string_view::npos) return false;
    return !error_in(text).empty() || text.find("error") != std::string_view::npos ||
           text.find("Err") != std::string_view::npos ||
           text.find("panic") != std::string_view::npos;
}

Outcome compare(const sim::Status& got, std::string_view expected) {
    const auto got_text = got ? std::string("ok")
                              : std::string(got.error().code.space) + "/" +
                                    std::to_string(got.error().code.number) + " (" +
                                    got.error().text + ")";
    if (!says_error(expected)) return got ? Outcome::pass() : Outcome::fail(expected, got_text);
    if (got) return Outcome::fail(expected, got_text);
    const auto code = error_in(expected);
    if (code.empty() || got_text.starts_with(code + " ")) return Outcome::pass();
    return Outcome::fail(expected, got_text);
}

}  // namespace vectors
