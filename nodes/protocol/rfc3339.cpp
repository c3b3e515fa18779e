#include "nodes/protocol/rfc3339.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace nodes {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

bool leap(std::int64_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

std::int64_t month_days(std::int64_t year, std::int64_t month) {
    constexpr std::array<std::int64_t, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap(year) ? 1 : 0);
}

/// Days from 0000-01-01 to the first day of a year, in the Gregorian calendar carried back.
std::int64_t days_before_year(std::int64_t year) {
    const std::int64_t y = year - 1;
    return year <= 0 ? 0 : 366 + y * 365 + y / 4 - y / 100 + y / 400;
}

constexpr std::int64_t kEpochYear = 1970;
/// google.protobuf.Timestamp holds the years 1 to 9999.
constexpr std::int64_t kSecondsMin = -62'135'596'800;
constexpr std::int64_t kSecondsMax = 253'402'300'799;

/// Reads numbers and signs from the front of a text; remembers whether anything was missing.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    std::int64_t digits(std::size_t count) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') {
                ok_ = false;
                return 0;
            }
            value = value * 10 + (rest_[0] - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }

    /// Hours, which Go takes with one digit too.
    std::int64_t one_or_two_digits() {
        const bool two = rest_.size() > 1 && rest_[1] >= '0' && rest_[1] <= '9';
        return digits(two ? 2 : 1);
    }

    bool accept(char c) {
        const bool there = rest_.starts_with(c);
        if (there) rest_.remove_prefix(1);
        return there;
    }

    void expect(char c) { ok_ = accept(c) && ok_; }

    /// Places behind the point as nanoseconds; what is beyond the ninth is cut.
    std::int64_t nanoseconds() {
        std::int64_t value = 0;
        std::int64_t unit = 100'000'000;
        std::size_t count = 0;
        for (; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; ++count) {
            value += (rest_[0] - '0') * unit;
            unit /= 10;
            rest_.remove_prefix(1);
        }
        ok_ = ok_ && count > 0;
        return value;
    }

    [[nodiscard]] bool ok() const { return ok_; }

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

/// Seconds to take off for "Z" or "+02:00".
std::int64_t offset_seconds(Scanner& scanner, bool& valid) {
    if (scanner.accept('Z')) return 0;
    const bool west = scanner.accept('-');
    if (!west) scanner.expect('+');
    const std::int64_t hours = scanner.digits(2);
    scanner.expect(':');
    const std::int64_t minutes = scanner.digits(2);
    valid = hours <= 24 && minutes <= 60;  // Go lets 24 hours and 60 minutes through
    const std::int64_t seconds = hours * 3600 + minutes * 60;
    return west ? -seconds : seconds;
}

}  // namespace

std::optional<Timestamp> time_from_rfc3339(std::string_view text) {
    Scanner scanner(text);
    const std::int64_t year = scanner.digits(4);
    scanner.expect('-');
    const std::int64_t month = scanner.digits(2);
    scanner.expect('-');
    const std::int64_t day = scanner.digits(2);
    scanner.expect('T');
    const std::int64_t hour = scanner.one_or_two_digits();
    scanner.expect(':');
    const std::int64_t minute = scanner.digits(2);
    scanner.expect(':');
    const std::int64_t second = scanner.digits(2);
    const std::int64_t nanos =
        scanner.accept('.') || scanner.accept(',') ? scanner.nanoseconds() : 0;
    bool offset_valid = true;
    const std::int64_t offset = offset_seconds(scanner, offset_valid);
    if (!scanner.ok() || !scanner.at_end() || !offset_valid) return std::nullopt;
    if (month < 1 || month > 12 || day < 1 || day > month_days(year, month)) return std::nullopt;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;

    std::int64_t days = days_before_year(year) - days_before_year(kEpochYear) + day - 1;
    for (std::int64_t m = 1; m < month; ++m)
        days += month_days(year, m);
    const std::int64_t seconds = days * kDaySeconds + hour * 3600 + minute * 60 + second - offset;
    if (seconds < kSecondsMin || seconds > kSecondsMax) return std::nullopt;
    return Timestamp{seconds, static_cast<std::int32_t>(nanos)};
}

std::string time_to_rfc3339(const Timestamp& time) {
    std::int64_t days = time.seconds / kDaySeconds;
    std::int64_t second = time.seconds % kDaySeconds;
    if (second < 0) {
        second += kDaySeconds;
        --days;
    }
    days += days_before_year(kEpochYear);
    std::int64_t year = days / 366;
    while (days_before_year(year + 1) <= days)
        ++year;
    days -= days_before_year(year);
    std::int64_t month = 1;
    for (; days >= month_days(year, month); ++month)
        days -= month_days(year, month);

    auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                            year,
                            month,
                            days + 1,
                            second / 3600,
                            second / 60 % 60,
                            second % 60);
    if (time.nanos != 0) {
        text += fmt::format(".{:09}", time.nanos);
        text.resize(text.find_last_not_of('0') + 1);
    }
    return text + 'Z';
}

}  // namespace nodes
