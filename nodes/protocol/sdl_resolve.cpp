#include "nodes/protocol/sdl_resolve.h"

#include "nodes/protocol/base64.h"
#include "nodes/protocol/errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace nodes {
namespace {

using Kind = YamlValue::Kind;

constexpr std::string_view kLongPrefix = "tag:yaml.org,2002:";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

YamlValue value_of(Kind kind, std::string_view tag) {
    YamlValue value;
    value.kind = kind;
    value.tag = tag;
    return value;
}

YamlValue float_value(const Binary64& number) {
    auto value = value_of(Kind::kFloat, "!!float");
    value.floating = number;
    return value;
}

YamlValue int_value(std::int64_t number) {
    auto value = value_of(Kind::kInt, "!!int");
    value.integer = number;
    return value;
}

YamlValue text_value(std::string_view tag, std::string_view text) {
    auto value = value_of(Kind::kText, tag);
    value.text = text;
    return value;
}

/// Texts with a meaning of their own.
std::optional<YamlValue> known_word(std::string_view text) {
    constexpr std::array<std::string_view, 5> kNulls{"", "~", "null", "Null", "NULL"};
    constexpr std::array<std::string_view, 3> kTrue{"true", "True", "TRUE"};
    constexpr std::array<std::string_view, 3> kFalse{"false", "False", "FALSE"};
    constexpr std::array<std::string_view, 3> kNan{".nan", ".NaN", ".NAN"};
    constexpr std::array<std::string_view, 3> kInf{".inf", ".Inf", ".INF"};
    const auto among = [](const auto& words, std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (among(kNulls, text)) return value_of(Kind::kNull, "!!null");
    if (among(kTrue, text) || among(kFalse, text)) {
        auto value = value_of(Kind::kBool, "!!bool");
        value.boolean = among(kTrue, text);
        return value;
    }
    if (among(kNan, text)) return float_value({Binary64::Kind::kNan, false, 0, 0});
    const bool signs = text.starts_with('+') || text.starts_with('-');
    if (among(kInf, signs ? text.substr(1) : text)) {
        return float_value({Binary64::Kind::kInfinity, text.starts_with('-'), 0, 0});
    }
    return std::nullopt;
}

/// Reads a time the way Go's time.Parse does with yaml.v3's four layouts.
class TimestampReader {
  public:
    explicit TimestampReader(std::string_view text) : text_(text) {}

    bool reads() {
        int month = 0;
        int day = 0;
        const bool four =
            text_.size() > 4 &&
            std::all_of(text_.begin(), text_.begin() + 4, [](char c) { return is_digit(c); });
        if (!four || text_[4] != '-') return false;
        const int year = (text_[0] - '0') * 1000 + (text_[1] - '0') * 100 + (text_[2] - '0') * 10 +
                         (text_[3] - '0');
        at_ = 5;
        if (!number(month) || month < 1 || month > 12 || !take('-') || !number(day)) return false;
        if (day < 1 || day > days_in(month, year)) return false;
        if (at_ == text_.size()) return true;
        const char separator = text_[at_++];
        if (separator != 'T' && separator != 't' && separator != ' ') return false;
        if (!clock()) return false;
        return separator == ' ' ? at_ == text_.size() : zone();
    }

  private:
    static int days_in(int month, int year) {
        constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return kDays.at(static_cast<std::size_t>(month - 1)) + (month == 2 && leap ? 1 : 0);
    }

    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    /// One or two digits.
    bool number(int& out) {
        if (at_ >= text_.size() || !is_digit(text_[at_])) return false;
        out = text_[at_++] - '0';
        if (at_ < text_.size() && is_digit(text_[at_])) out = out * 10 + (text_[at_++] - '0');
        return true;
    }

    bool two_digits(int& out) {
        const auto before = at_;
        return number(out) && at_ == before + 2;
    }

    bool clock() {
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (!number(hour) || hour > 23 || !take(':')) return false;
        if (!number(minute) || minute > 59 || !take(':')) return false;
        if (!number(second) || second > 59) return false;
        if (at_ + 1 < text_.size() && (text_[at_] == '.' || text_[at_] == ',') &&
            is_digit(text_[at_ + 1])) {
            ++at_;
            while (at_ < text_.size() && is_digit(text_[at_]))
                ++at_;
        }
        return true;
    }

    bool zone() {
        if (take('Z')) return at_ == text_.size();
        int hours = 0;
        int minutes = 0;
        if (!take('+') && !take('-')) return false;
        return two_digits(hours) && hours <= 24 && take(':') && two_digits(minutes) &&
               minutes <= 60 && at_ == text_.size();
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

/// ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
bool looks_like_float(std::string_view text) {
    std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const auto digits = [&] {
        const auto before = at;
        while (at < text.size() && is_digit(text[at]))
            ++at;
        return at - before;
    };
    const auto whole = digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0 && whole == 0) return false;
    } else if (whole == 0) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        if (digits() == 0) return false;
    }
    return at == text.size();
}

std::optional<YamlValue> integer_of(std::string_view text, IntegerFormat format) {
    const auto integer = parse_int(text, format);
    if (integer.problem == NumberProblem::kNone) return int_value(integer.value);
    const auto natural = parse_uint(text, format);
    if (natural.problem != NumberProblem::kNone) return std::nullopt;
    auto value = value_of(Kind::kUint, "!!int");
    value.natural = natural.value;
    return value;
}

/// Prefixes that Go's base 0 does not read, because a sign stands after them.
std::optional<YamlValue> prefixed_integer(std::string_view plain) {
    for (const auto& [prefix, base] : {std::pair{"0b", 2U}, std::pair{"0o", 8U}}) {
        if (plain.starts_with(prefix)) return integer_of(plain.substr(2), {base, 64});
        if (plain.starts_with('-') && plain.substr(1).starts_with(prefix)) {
            const auto integer = parse_int("-" + std::string(plain.substr(3)), {base, 64});
            if (integer.problem == NumberProblem::kNone) return int_value(integer.value);
        }
    }
    return std::nullopt;
}

std::optional<YamlValue> number_of(std::string_view tag, std::string_view text) {
    if (text[0] == '.') {
        const auto number = parse_float(text);
        if (number.problem == NumberProblem::kNone) return float_value(number.value);
        return std::nullopt;
    }
    if ((tag.empty() || tag == "!!timestamp") && TimestampReader(text).reads()) {
        return value_of(Kind::kTimestamp, "!!timestamp");
    }
    std::string plain(text);
    std::erase(plain, '_');
    if (auto integer = integer_of(plain, {0, 64})) return integer;
    if (looks_like_float(plain)) {
        const auto number = parse_float(plain);
        if (number.problem == NumberProblem::kNone) return float_value(number.value);
    }
    return prefixed_integer(plain);
}

YamlValue untagged_value(std::string_view tag, std::string_view text) {
    if (auto word = known_word(text)) return *word;
    const char first = text[0];
    const bool numeric = is_digit(first) || first == '+' || first == '-' || first == '.';
    if (numeric) {
        if (auto number = number_of(tag, text)) return *number;
    }
    return text_value("!!str", text);
}

}  // namespace

std::string short_yaml_tag(std::string_view tag) {
    if (!tag.starts_with(kLongPrefix)) return std::string(tag);
    return "!!" + std::string(tag.substr(kLongPrefix.size()));
}

std::string plain_tag(std::string_view text) {
    return untagged_value("", text).tag;
}

sim::Result<YamlValue> resolve_yaml(std::string_view tag, std::string_view text) {
    constexpr std::array<std::string_view, 6> kResolvable{
        "!!str", "!!bool", "!!int", "!!float", "!!null", "!!timestamp"};
    if (tag == "!!binary") {
        const auto bytes = base64_decode(text);
        if (bytes) return text_value(tag, *bytes);
        return unregistered("yaml: !!binary value contains invalid base64 data");
    }
    if (tag == "!!str") return text_value(tag, text);
    if (std::find(kResolvable.begin(), kResolvable.end(), tag) == kResolvable.end()) {
        return text_value(tag, text);
    }
    auto value = untagged_value(tag, text);
    if (value.tag == tag) return value;
    if (tag == "!!float" && value.kind == Kind::kInt) {
        // An int64 as a float; numbers of fields never come this way, so the digits do as well.
        return float_value(parse_float(fmt::format("{}", value.integer)).value);
    }
    return unregistered(fmt::format("yaml: cannot decode {} `{}` as a {}", value.tag, text, tag));
}

}  // namespace nodes
