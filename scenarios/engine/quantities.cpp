#include "scenarios/engine/quantities.h"

#include "scenarios/engine/denoms.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace scenarios {

namespace {

sim::Error wrong(std::string text) {
    return {{"scenario", 1}, std::move(text)};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// A decimal at the start of a text, as digits x 10^-places.
struct Decimal {
    sim::Int128 digits = 0;
    int places = 0;
    std::size_t length = 0;  ///< characters read; 0 = no number here
};

Decimal read_decimal(std::string_view text) {
    constexpr int kMostDigits = 30;
    Decimal out;
    bool point = false;
    int digits = 0;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (text[i] == '.' && !point && digits > 0) {
            point = true;
        } else if (is_digit(text[i]) && digits < kMostDigits) {
            out.digits = out.digits * 10 + (text[i] - '0');
            out.places += point ? 1 : 0;
            ++digits;
        } else {
            break;
        }
    }
    if (digits == 0 || (point && out.places == 0)) return {};
    out.length = i;
    return out;
}

/// digits x unit / 10^places when it is whole and fits an int64.
sim::Result<std::int64_t> scaled(const Decimal& number, std::int64_t unit) {
    constexpr sim::Int128 kMost = INT64_MAX;
    sim::Int128 divisor = 1;
    for (int i = 0; i < number.places; ++i)
        divisor *= 10;
    if (number.digits != 0 && unit > (sim::Int128{1} << 100) / number.digits) {
        return wrong("the number is too large");
    }
    const sim::Int128 product = number.digits * unit;
    if (product % divisor != 0) return wrong("too many decimals for this unit");
    if (product / divisor > kMost) return wrong("the number is too large");
    return static_cast<std::int64_t>(product / divisor);
}

struct Unit {
    std::string_view name;
    std::int64_t factor;
};

constexpr std::int64_t kSecond = 1'000'000'000;

constexpr std::array<Unit, 9> kDurations{{{"ns", 1},
                                          {"us", 1'000},
                                          {"ms", 1'000'000},
                                          {"min", 60 * kSecond},
                                          {"s", kSecond},
                                          {"h", 3'600 * kSecond},
                                          {"d", 86'400 * kSecond},
                                          {"w", 7 * 86'400 * kSecond},
                                          {"m", 60 * kSecond}}};

constexpr std::array<Unit, 11> kBytes{{{"", 1},
                                       {"k", 1'000},
                                       {"M", 1'000'000},
                                       {"G", 1'000'000'000},
                                       {"T", 1'000'000'000'000},
                                       {"P", 1'000'000'000'000'000},
                                       {"Ki", 1LL << 10},
                                       {"Mi", 1LL << 20},
                                       {"Gi", 1LL << 30},
                                       {"Ti", 1LL << 40},
                                       {"Pi", 1LL << 50}}};

std::size_t letters(std::string_view text) {
    std::size_t n = 0;
    while (n < text.size() && !is_digit(text[n]) && text[n] != ' ')
        ++n;
    return n;
}

}  // namespace

sim::Result<sim::SimDuration> parse_duration(std::string_view text) {
    constexpr std::int64_t kMost = 100LL * 366 * 86'400 * kSecond;
    constexpr const char* kExample = "write a duration such as 30d, 12h, 5min or 6.098s";
    text = trimmed(text);
    if (text == "0") return sim::SimDuration{};
    if (text.empty()) return wrong(kExample);
    std::int64_t total = 0;
    while (!text.empty()) {
        const Decimal number = read_decimal(text);
        if (number.length == 0) return wrong(kExample);
        text.remove_prefix(number.length);
        const std::string_view name = text.substr(0, letters(text));
        const Unit* unit = nullptr;
        for (const Unit& u : kDurations) {
            if (u.name == name) unit = &u;
        }
        if (unit == nullptr) return wrong(kExample);
        SIM_TRY(ns, scaled(number, unit->factor));
        if (ns > kMost - total) return wrong("longer than 100 years");
        total += ns;
        text = trimmed(text.substr(name.size()));
    }
    return sim::SimDuration{total};
}

sim::Result<double> parse_number(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return wrong("write a number such as 0.35");
    }
    return value;
}

sim::Result<double> parse_ratio(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with('%')) {
        SIM_TRY(percent, parse_number(text.substr(0, text.size() - 1)));
        return percent / 100.0;
    }
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        SIM_TRY(above, parse_number(text.substr(0, slash)));
        SIM_TRY(below, parse_number(text.substr(slash + 1)));
        if (below == 0.0) return wrong("the number below the stroke is zero");
        return above / below;
    }
    return parse_number(text);
}

sim::Result<std::int64_t> parse_integer(std::string_view text) {
    text = trimmed(text);
    std::string plain;
    for (const char c : text) {
        if (c != '_' && c != ',') plain += c;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error == std::errc::result_out_of_range) return wrong("the number is too large");
    if (error != std::errc{} || end != plain.data() + plain.size()) {
        return wrong("write a whole number");
    }
    return value;
}

sim::Result<std::int64_t> parse_bytes(std::string_view text) {
    text = trimmed(text);
    const Decimal number = read_decimal(text);
    if (number.length == 0) return wrong("write a size such as 16Gi or 500M");
    const std::string_view name = trimmed(text.substr(number.length));
    for (const Unit& unit : kBytes) {
        if (unit.name == name) return scaled(number, unit.factor);
    }
    return wrong("write a size such as 16Gi or 500M");
}

sim::Result<std::int64_t> parse_milli_cpu(std::string_view text) {
    text = trimmed(text);
    const Decimal number = read_decimal(text);
    const std::string_view unit = number.length == 0 ? text : text.substr(number.length);
    if (number.length == 0 || (!unit.empty() && unit != "m")) {
        return wrong("write CPUs such as 4, 0.5 or 500m");
    }
    return scaled(number, unit.empty() ? 1'000 : 1);
}

sim::Result<nodes::DenomAmount> parse_amount(std::string_view text) {
    constexpr std::int64_t kMicro = 1'000'000;
    text = trimmed(text);
    const Decimal number = read_decimal(text);
    const std::string_view denom = trimmed(text.substr(number.length));
    if (number.length == 0 || denom.empty()) {
        return wrong("write an amount such as 5000000uakt, 5akt or 20usdc");
    }
    const DenomName known = denom_named(denom);
    SIM_TRY(amount, scaled(number, known.whole_token ? kMicro : 1));
    return nodes::DenomAmount{.denom = known.denom, .amount = amount};
}

sim::Result<sim::Dec18> parse_dec(std::string_view text) {
    constexpr int kPlaces = 18;
    text = trimmed(text);
    const bool negative = text.starts_with('-');
    const Decimal number = read_decimal(negative ? text.substr(1) : text);
    const bool all = number.length + (negative ? 1U : 0U) == text.size();
    if (number.length == 0 || !all || number.places > kPlaces) {
        return wrong("write a decimal of at most 18 places");
    }
    constexpr sim::Int128 kMost = sim::Int128{1} << 120;
    sim::Int128 value = number.digits;
    for (int i = number.places; i < kPlaces; ++i) {
        if (value > kMost / 10) return wrong("the number is too large");
        value *= 10;
    }
    return sim::Dec18{negative ? -value : value};
}

sim::Result<GasPrice> parse_gas_price(std::string_view text) {
    text = trimmed(text);
    const Decimal number = read_decimal(text);
    const std::string_view denom = trimmed(text.substr(number.length));
    if (number.length == 0 || denom.empty()) return wrong("write a gas price such as 0.025uakt");
    SIM_TRY(price, scaled(number, sim::kDecOne));
    return GasPrice{.scaled = price, .denom = denom_named(denom).denom};
}

sim::Result<nodes::Timestamp> parse_date(std::string_view text) {
    constexpr const char* kExample = "write a date such as 2024-03-20 or 2024-03-20T12:00:00Z";
    text = trimmed(text);
    std::array<int, 6> part{0, 1, 1, 0, 0, 0};
    constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
    if (text.size() != 10 && text.size() != kForm.size()) return wrong(kExample);
    std::size_t at = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (kForm[i] == '0') {
            if (!is_digit(text[i])) return wrong(kExample);
            if (i == 0 || !is_digit(kForm[i - 1])) part.at(at) = 0;
            part.at(at) = part.at(at) * 10 + (text[i] - '0');
        } else {
            if (text[i] != kForm[i]) return wrong(kExample);
            ++at;
        }
    }
    namespace chrono = std::chrono;
    const chrono::year_month_day day{chrono::year{part[0]},
                                     chrono::month{static_cast<unsigned>(part[1])},
                                     chrono::day{static_cast<unsigned>(part[2])}};
    if (!day.ok() || part[3] > 23 || part[4] > 59 || part[5] > 59) return wrong("no such date");
    const auto days = chrono::sys_days{day}.time_since_epoch();
    const std::int64_t seconds =
        days.count() * std::int64_t{86'400} + part[3] * 3'600 + part[4] * 60 + part[5];
    return nodes::Timestamp{.seconds = seconds, .nanos = 0};
}

std::string duration_text(sim::SimDuration duration) {
    std::int64_t left = duration.ns;
    std::string out;
    const auto take = [&](std::int64_t unit, std::string_view name) {
        if (const std::int64_t n = left / unit; n > 0) {
            out += fmt::format("{}{}{}", out.empty() ? "" : " ", n, name);
            left -= n * unit;
        }
    };
    take(86'400 * kSecond, "d");
    take(3'600 * kSecond, "h");
    take(60 * kSecond, "min");
    if (left > 0 || out.empty()) {
        out += fmt::format("{}{:g}s", out.empty() ? "" : " ", static_cast<double>(left) / 1e9);
    }
    return out;
}

std::string duration_code(sim::SimDuration duration) {
    constexpr std::array<Unit, 7> kUnits{{{"d", 86'400 * kSecond},
                                          {"h", 3'600 * kSecond},
                                          {"min", 60 * kSecond},
                                          {"s", kSecond},
                                          {"ms", 1'000'000},
                                          {"us", 1'000},
                                          {"ns", 1}}};
    std::string out;
    std::int64_t left = duration.ns;
    for (const Unit& unit : kUnits) {
        if (left < unit.factor) continue;
        out += fmt::format("{}{}", left / unit.factor, unit.name);
        left %= unit.factor;
    }
    return out.empty() ? "0" : out;
}

std::string date_text(const nodes::Timestamp& time) {
    namespace chrono = std::chrono;
    const chrono::sys_seconds moment{chrono::seconds{time.seconds}};
    const auto days = chrono::floor<chrono::days>(moment);
    const chrono::year_month_day day{days};
    const chrono::hh_mm_ss clock{moment - days};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                       static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()),
                       clock.hours().count(),
                       clock.minutes().count(),
                       clock.seconds().count());
}

}  // namespace scenarios
