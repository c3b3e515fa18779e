#include "nodes/protocol/certificate_parts.h"

#include "nodes/protocol/errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace nodes::x509 {
namespace {

using der::Reader;

constexpr std::string_view kEcKey{"\x2a\x86\x48\xce\x3d\x02\x01", 7};  // 1.2.840.10045.2.1
constexpr std::array<std::pair<std::string_view, int>, 4> kCurves{{
    {{"\x2b\x81\x04\x00\x21", 5}, NID_secp224r1},
    {{"\x2a\x86\x48\xce\x3d\x03\x01\x07", 8}, NID_X9_62_prime256v1},
    {{"\x2b\x81\x04\x00\x22", 5}, NID_secp384r1},
    {{"\x2b\x81\x04\x00\x23", 5}, NID_secp521r1},
}};
/// 2.5.29, the extensions that Go looks into, by their last number.
constexpr std::string_view kExtensionId{"\x55\x1d", 2};
constexpr char kKeyUsage = 15;
constexpr char kSubjectKeyId = 14;
constexpr char kBasicConstraints = 19;
constexpr char kAuthorityKeyId = 35;
constexpr char kExtendedKeyUsage = 37;
constexpr std::uint8_t kIssuerUniqueId = 0x81;
constexpr std::uint8_t kSubjectUniqueId = 0x82;
constexpr std::uint8_t kExtensions = 0xa3;
constexpr std::uint8_t kKeyIdOfAuthority = 0x80;

/// Two digits as a number, -1 when they are none.
int two_digits(std::string_view text, std::size_t at) {
    if (at + 2 > text.size()) return -1;
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    return digit(at) && digit(at + 1) ? (text[at] - '0') * 10 + (text[at + 1] - '0') : -1;
}

int days_of(int year, int month) {
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

/// Z, or an offset that Go would write the same way: whole minutes, not zero, at most a day.
bool zone_ok(std::string_view zone) {
    if (zone == "Z") return true;
    if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-')) return false;
    const int hours = two_digits(zone, 1);
    const int minutes = two_digits(zone, 3);
    return hours >= 0 && hours <= 24 && minutes >= 0 && minutes < 60 && hours + minutes > 0;
}

/// Month, day, hour, minute and what follows; seconds may only be missing from a UTCTime.
bool moment_ok(int year, std::string_view text, bool seconds_optional) {
    const int month = two_digits(text, 0);
    const int day = two_digits(text, 2);
    const int hour = two_digits(text, 4);
    const int minute = two_digits(text, 6);
    if (month < 1 || month > 12 || day < 1 || day > days_of(year, month)) return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
    const int second = two_digits(text, 8);
    if (second >= 0) return second <= 59 && zone_ok(text.substr(10));
    return seconds_optional && zone_ok(text.substr(8));
}

bool utc_time_ok(std::string_view text) {
    const int year = two_digits(text, 0);
    if (year < 0) return false;
    return moment_ok(year + (year >= 69 ? 1900 : 2000), text.substr(2), true);
}

bool generalized_time_ok(std::string_view text) {
    const int century = two_digits(text, 0);
    const int year = two_digits(text, 2);
    if (century < 0 || year < 0) return false;
    return moment_ok(century * 100 + year, text.substr(4), false);
}

bool on_curve(int curve, const der::Bits& key) {
    // A key that is no whole number of bytes is aligned to the right and no point any more.
    if (key.unused != 0) return false;
    const std::string_view point = key.bytes;
    const std::unique_ptr<EC_GROUP, void (*)(EC_GROUP*)> group(EC_GROUP_new_by_curve_name(curve),
                                                               EC_GROUP_free);
    const std::unique_ptr<EC_POINT, void (*)(EC_POINT*)> made(EC_POINT_new(group.get()),
                                                              EC_POINT_free);
    // Uncompressed only; the length is checked by whoever reads it.
    return !point.empty() && point[0] == 4 &&
           EC_POINT_oct2point(group.get(),
                              made.get(),
                              reinterpret_cast<const unsigned char*>(point.data()),
                              point.size(),
                              nullptr) == 1;
}

sim::Status check_ec_key(Reader parameters, const der::Bits& key) {
    const auto curve = parameters.take_object_id();
    if (!curve) return refused("invalid ECDSA parameters");
    const auto* const known = std::find_if(
        kCurves.begin(), kCurves.end(), [&](const auto& entry) { return entry.first == *curve; });
    if (known == kCurves.end()) return refused("unsupported elliptic curve");
    if (!on_curve(known->second, key)) return refused("failed to unmarshal elliptic curve point");
    return sim::ok();
}

sim::Status check_basic_constraints(Reader value) {
    const auto content = value.take(der::kSequence);
    if (!content) return refused("invalid basic constraints");
    Reader parts(content->content);
    if (parts.next_is(der::kBoolean) && !parts.take_boolean())
        return refused("invalid basic constraints");
    if (parts.next_is(der::kInteger) && !parts.take_integer())
        return refused("invalid basic constraints");
    return sim::ok();
}

sim::Status check_extended_key_usage(Reader value) {
    const auto content = value.take(der::kSequence);
    if (!content) return refused("invalid extended key usages");
    for (Reader usages(content->content); !usages.empty();) {
        if (!usages.take_object_id()) return refused("invalid extended key usages");
    }
    return sim::ok();
}

sim::Status check_authority_key_id(Reader value) {
    const auto content = value.take(der::kSequence);
    if (!content) return refused("invalid authority key identifier");
    Reader parts(content->content);
    if (parts.next_is(kKeyIdOfAuthority) && !parts.take_any())
        return refused("invalid authority key identifier");
    return sim::ok();
}

/// What stands inside an extension that Go looks into.
sim::Status check_extension_value(std::string_view id, std::string_view content) {
    if (id.size() != 3 || !id.starts_with(kExtensionId)) return sim::ok();
    Reader value(content);
    switch (id[2]) {
        case kKeyUsage:
            return value.take_bits() ? sim::ok() : sim::Status(refused("invalid key usage"));
        case kSubjectKeyId:
            return value.take(der::kOctetString)
                       ? sim::ok()
                       : sim::Status(refused("invalid subject key identifier"));
        case kBasicConstraints:
            return check_basic_constraints(value);
        case kAuthorityKeyId:
            return check_authority_key_id(value);
        case kExtendedKeyUsage:
            return check_extended_key_usage(value);
        default:
            return sim::ok();
    }
}

using Extension = std::pair<std::string_view, std::string_view>;

sim::Result<Extension> take_extension(Reader& list) {
    const auto whole = list.take(der::kSequence);
    if (!whole) return refused("malformed extension");
    Reader parts(whole->content);
    const auto id = parts.take_object_id();
    if (!id) return refused("malformed extension OID field");
    if (parts.next_is(der::kBoolean) && !parts.take_boolean())
        return refused("malformed extension critical field");
    const auto value = parts.take(der::kOctetString);
    if (!value) return refused("malformed extension value field");
    return Extension{*id, value->content};
}

}  // namespace

sim::Error refused(std::string_view what) {
    return unregistered(fmt::format("x509: {}", what));
}

sim::Status check_validity(Reader& body) {
    const auto validity = body.take(der::kSequence);
    if (!validity) return refused("malformed validity");
    Reader times(validity->content);
    for (int i = 0; i < 2; ++i) {
        const bool utc = times.next_is(der::kUtcTime);
        if (!utc && !times.next_is(der::kGeneralizedTime))
            return refused("unsupported time format");
        const auto moment = times.take_any();
        const bool good =
            moment && (utc ? utc_time_ok(moment->content) : generalized_time_ok(moment->content));
        if (!good) return refused(utc ? "malformed UTCTime" : "malformed GeneralizedTime");
    }
    return sim::ok();
}

sim::Status check_algorithm(std::string_view content) {
    Reader parts(content);
    if (!parts.take_object_id()) return refused("malformed OID");
    if (!parts.empty() && !parts.take_any()) return refused("malformed parameters");
    return sim::ok();
}

sim::Status check_key(Reader& body) {
    const auto key = body.take(der::kSequence);
    if (!key) return refused("malformed spki");
    Reader parts(key->content);
    const auto algorithm = parts.take(der::kSequence);
    if (!algorithm) return refused("malformed public key algorithm identifier");
    SIM_CHECK(check_algorithm(algorithm->content));
    const auto bits = parts.take_bits();
    if (!bits) return refused("malformed subjectPublicKey");
    Reader parameters(algorithm->content);
    if (parameters.take_object_id() != kEcKey) return sim::ok();
    return check_ec_key(parameters, *bits);
}

sim::Status check_extensions(Reader& body, int version) {
    if (version < 2) return sim::ok();
    if (body.next_is(kIssuerUniqueId) && !body.take_any())
        return refused("malformed issuerUniqueID");
    if (body.next_is(kSubjectUniqueId) && !body.take_any())
        return refused("malformed subjectUniqueID");
    if (version != 3 || !body.next_is(kExtensions)) return sim::ok();
    const auto wrapped = body.take_any();
    if (!wrapped) return refused("malformed extensions");
    const auto list = Reader(wrapped->content).take(der::kSequence);
    if (!list) return refused("malformed extensions");
    std::vector<Extension> found;
    std::set<std::string_view> ids;
    for (Reader extensions(list->content); !extensions.empty();) {
        SIM_TRY(extension, take_extension(extensions));
        if (!ids.insert(extension.first).second)
            return refused("certificate contains duplicate extensions");
        found.push_back(extension);
    }
    for (const auto& [id, value] : found)
        SIM_CHECK(check_extension_value(id, value));
    return sim::ok();
}

}  // namespace nodes::x509
