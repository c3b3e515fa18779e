// One operation on numbers a line: {"id", "op", "a", "b" or "n" or "s", and "r", "error" or
// "panic"}. Decimals are written with their 18 places, which tells them from integers (vectors
// pos/README.md).
#include "nodes/protocol/amount_text.h"
#include "sim/exact.h"
#include "tests/vectors/form.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace vectors {
namespace {

using nlohmann::json;
using sim::Result;
using sim::Wide;

/// What one record holds, read as its operation wants it.
class Operands {
  public:
    explicit Operands(const json& record) : record_(record) {}

    /// With its 18 places; operands may be wider than any result.
    [[nodiscard]] Wide dec(const char* key = "b") const {
        std::string digits = text(key);
        digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
        return digits_of(digits);
    }

    [[nodiscard]] Wide whole(const char* key = "b") const { return digits_of(text(key)); }

    [[nodiscard]] std::uint64_t n() const { return record_.at("n").get<std::uint64_t>(); }

    [[nodiscard]] std::string text(const char* key) const {
        return record_.at(key).get<std::string>();
    }

  private:
    static Wide digits_of(std::string_view text) {
        const bool negative = text.starts_with('-');
        Wide value = 0;
        for (const char c : text.substr(negative ? 1 : 0)) {
            SIM_ASSERT(
                c >= '0' && c <= '9' && sim::bit_length(value) < 640, "a number, got {}", text);
            value = value * 10 + (c - '0');
        }
        return negative ? Wide(-value) : value;
    }

    const json& record_;
};

Result<json> dec_json(const Result<Wide>& value) {
    if (!value) return value.error();
    return json(sim::dec_to_text(*value));
}

Result<json> whole_json(const Result<Wide>& value) {
    if (!value) return value.error();
    return json(sim::to_text(*value));
}

template <class Number>
Result<json> small_json(const Result<Number>& value) {
    if (!value) return value.error();
    return json(std::to_string(*value));
}

Result<json> comparison(const Wide& a, const Wide& b) {
    return json{{"eq", a == b}, {"gt", a > b}, {"gte", a >= b}, {"lt", a < b}, {"lte", a <= b}};
}

/// A double as its whole mantissa and the power of two beside it: "4875367966755320p-49".
Result<json> float_json(const std::string& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    if (value == 0) return json("0p-1074");
    constexpr unsigned kMantissaBits = 52;
    const auto bits = std::bit_cast<std::uint64_t>(std::fabs(value));
    const std::uint64_t mantissa = (bits & ((1ULL << kMantissaBits) - 1)) | (1ULL << kMantissaBits);
    const auto exponent = static_cast<int>(bits >> kMantissaBits) - 1075;
    return json((value < 0 ? "-" : "") + std::to_string(mantissa) + "p" +
                (exponent < 0 ? "" : "+") + std::to_string(exponent));
}

using Operation = std::function<Result<json>(const Operands&)>;
using Operations = std::map<std::string, Operation, std::less<>>;

Operations decimal_operations() {
    using namespace sim::exact;
    return {
        {"add", [](const auto& o) { return dec_json(dec_add(o.dec("a"), o.dec())); }},
        {"sub", [](const auto& o) { return dec_json(dec_sub(o.dec("a"), o.dec())); }},
        {"mul", [](const auto& o) { return dec_json(dec_mul(o.dec("a"), o.dec())); }},
        {"mul_truncate",
         [](const auto& o) { return dec_json(dec_mul_truncate(o.dec("a"), o.dec())); }},
        {"mul_int", [](const auto& o) { return dec_json(dec_mul_int(o.dec("a"), o.whole())); }},
        {"mul_int64", [](const auto& o) { return dec_json(dec_mul_int(o.dec("a"), o.whole())); }},
        {"quo", [](const auto& o) { return dec_json(dec_quo(o.dec("a"), o.dec())); }},
        {"quo_truncate",
         [](const auto& o) { return dec_json(dec_quo_truncate(o.dec("a"), o.dec())); }},
        {"quo_round_up",
         [](const auto& o) { return dec_json(dec_quo_round_up(o.dec("a"), o.dec())); }},
        {"quo_int", [](const auto& o) { return dec_json(dec_quo_int(o.dec("a"), o.whole())); }},
        {"quo_int64", [](const auto& o) { return dec_json(dec_quo_int(o.dec("a"), o.whole())); }},
        {"power", [](const auto& o) { return dec_json(dec_power(o.dec("a"), o.n())); }},
        {"approx_root", [](const auto& o) { return dec_json(dec_approx_root(o.dec("a"), o.n())); }},
        {"approx_sqrt", [](const auto& o) { return dec_json(dec_approx_root(o.dec("a"), 2)); }},
        {"ceil", [](const auto& o) { return dec_json(dec_ceil(o.dec("a"))); }},
        {"truncate_dec",
         [](const auto& o) { return dec_json(Wide(o.dec("a") / sim::kDecOne * sim::kDecOne)); }},
        {"truncate_int", [](const auto& o) { return whole_json(dec_truncate_int(o.dec("a"))); }},
        {"round_int", [](const auto& o) { return whole_json(dec_round_int(o.dec("a"))); }},
        {"truncate_int64",
         [](const auto& o) { return small_json(dec_truncate_int64(o.dec("a"))); }},
        {"round_int64", [](const auto& o) { return small_json(dec_round_int64(o.dec("a"))); }},
        {"is_integer",
         [](const auto& o) { return Result<json>(json(dec_is_integer(o.dec("a")))); }},
        {"cmp", [](const auto& o) { return comparison(o.dec("a"), o.dec()); }},
        {"float64", [](const auto& o) { return float_json(o.text("a")); }},
    };
}

Operations integer_operations() {
    using namespace sim::exact;
    return {
        {"add", [](const auto& o) { return whole_json(int_add(o.whole("a"), o.whole())); }},
        {"sub", [](const auto& o) { return whole_json(int_sub(o.whole("a"), o.whole())); }},
        {"mul", [](const auto& o) { return whole_json(int_mul(o.whole("a"), o.whole())); }},
        {"quo", [](const auto& o) { return whole_json(int_quo(o.whole("a"), o.whole())); }},
        {"mod", [](const auto& o) { return whole_json(int_mod(o.whole("a"), o.whole())); }},
        {"neg", [](const auto& o) { return whole_json(Wide(-o.whole("a"))); }},
        {"cmp", [](const auto& o) { return comparison(o.whole("a"), o.whole()); }},
        {"int64", [](const auto& o) { return small_json(to_int64(o.whole("a"))); }},
        {"uint64", [](const auto& o) { return small_json(to_uint64(o.whole("a"))); }},
        {"to_dec", [](const auto& o) { return dec_json(Wide(o.whole("a") * sim::kDecOne)); }},
        {"with_decimal",
         [](const auto& o) {
             return whole_json(int_with_decimal(o.whole("a").template convert_to<std::int64_t>(),
                                                o.whole().template convert_to<unsigned>()));
         }},
    };
}

/// A text is read as what its outcome is.
Result<json> parse(const json& record) {
    const auto text = record.at("s").get<std::string>();
    const bool whole = record.contains("r")
                           ? record.at("r").get<std::string>().find('.') == std::string::npos
                           : record.at("error") == "not ok";
    const auto value = whole ? nodes::int_from_text(text) : nodes::dec_from_text(text);
    if (!value) return sim::Error{{"parse", 1}, "no number: " + text};
    return whole ? whole_json(*value) : dec_json(*value);
}

const Operation* operation_of(const json& record) {
    static const Operations decimals = decimal_operations();
    static const Operations integers = integer_operations();
    const bool point = record.at("a").get<std::string>().find('.') != std::string::npos;
    const Operations& all = point ? decimals : integers;
    const auto found = all.find(record.at("op").get<std::string>());
    return found == all.end() ? nullptr : &found->second;
}

/// A panic is compared with its text. What is refused, or has no outcome at all, is refused by a
/// Go error, whose text is left to Go.
Outcome compare(const json& record, const Result<json>& got) {
    const auto text = got ? got->dump() : got.error().text;
    if (record.contains("panic")) {
        const auto expected = record.at("panic").get<std::string>();
        const bool same =
            !got && got.error().kind == sim::ErrorKind::kPanic && got.error().text == expected;
        return same ? Outcome::pass() : Outcome::fail("panic " + expected, text);
    }
    if (!record.contains("r")) return got ? Outcome::fail("an error", text) : Outcome::pass();
    const json& expected = record.at("r");
    return got && *got == expected ? Outcome::pass() : Outcome::fail(expected.dump(), text);
}

class NumbersForm final : public Form {
  public:
    [[nodiscard]] bool matches(const json& first) const override {
        if (!first.is_object() || !first.contains("op")) return false;
        const char* key = first.value("op", "") == "parse" ? "s" : "a";
        if (!first.contains(key) || !first.at(key).is_string()) return false;
        if (first.value("error", "").find("coin") != std::string::npos) return false;
        // Lists of coins have letters.
        const auto& text = first.at(key).get_ref<const std::string&>();
        const bool coins = first.contains("r") && first.at("r").is_string() &&
                           has_letters(first.at("r").get_ref<const std::string&>());
        const bool floats = first.value("op", "") == "float64";
        return !has_letters(text) && (!coins || floats) && !text.empty();
    }

    void run(const json& record, const Options& /*options*/, Reporter& out) override {
        const auto id = record.value("id", "?");
        if (record.value("op", "") == "parse")
            return out.report(id, compare(record, parse(record)));
        const Operation* operation = operation_of(record);
        if (operation == nullptr) {
            return out.report(id, Outcome::fail("no operation called " + record.value("op", "")));
        }
        out.report(id, compare(record, (*operation)(Operands(record))));
    }

  private:
    static bool has_letters(std::string_view text) {
        return text.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos;
    }
};

}  // namespace

std::unique_ptr<Form> make_numbers_form() {
    return std::make_unique<NumbersForm>();
}

}  // namespace vectors
