#include "nodes/protocol/certificate.h"

#include "nodes/protocol/bech32.h"
#include "nodes/protocol/validate_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace nodes {
namespace {

constexpr std::string_view kPubkeyType = "EC PUBLIC KEY";
constexpr std::string_view kCertificateType = "CERTIFICATE";

// ASN.1 tags of what a certificate is made of.
constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kBitString = 0x03;
constexpr std::uint8_t kObjectId = 0x06;
constexpr std::uint8_t kUtf8String = 0x0c;
constexpr std::uint8_t kNumericString = 0x12;
constexpr std::uint8_t kPrintableString = 0x13;
constexpr std::uint8_t kTeletexString = 0x14;
constexpr std::uint8_t kIa5String = 0x16;
constexpr std::uint8_t kUtcTime = 0x17;
constexpr std::uint8_t kGeneralizedTime = 0x18;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kSet = 0x31;
constexpr std::uint8_t kVersionTag = 0xa0;
/// 2.5.4.3, a subject's common name.
constexpr std::string_view kCommonNameId = "\x55\x04\x03";

struct Element {
    std::uint8_t tag = 0;
    std::string_view content;
    std::string_view whole;  ///< with tag and length
};

/// Walks DER, strict about lengths as Go's cryptobyte: the shortest form, at most four bytes.
class Der {
  public:
    explicit Der(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool empty() const { return rest_.empty(); }

    [[nodiscard]] bool next_is(std::uint8_t tag) const {
        return !rest_.empty() && static_cast<std::uint8_t>(rest_[0]) == tag;
    }

    std::optional<Element> take_any() {
        if (rest_.size() < 2 || (byte(0) & 0x1fU) == 0x1fU) return std::nullopt;
        std::size_t header = 2;
        std::size_t length = byte(1);
        if (length >= 0x80) {
            const std::size_t count = length & 0x7fU;
            if (count == 0 || count > 4 || rest_.size() < 2 + count) return std::nullopt;
            length = 0;
            for (std::size_t i = 0; i < count; ++i)
                length = (length << 8U) | byte(2 + i);
            if (length < 0x80 || (length >> (8 * (count - 1))) == 0) return std::nullopt;
            header += count;
        }
        if (rest_.size() - header < length) return std::nullopt;
        const Element element{
            byte(0), rest_.substr(header, length), rest_.substr(0, header + length)};
        rest_.remove_prefix(header + length);
        return element;
    }

    std::optional<Element> take(std::uint8_t tag) {
        return next_is(tag) ? take_any() : std::nullopt;
    }

  private:
    [[nodiscard]] std::uint8_t byte(std::size_t i) const {
        return static_cast<std::uint8_t>(rest_[i]);
    }

    std::string_view rest_;
};

sim::Error x509(std::string_view what) {
    return unregistered(fmt::format("x509: {}", what));
}

/// Integers are never longer than they must be.
bool minimal_integer(std::string_view content) {
    if (content.empty()) return false;
    if (content.size() == 1) return true;
    const auto first = static_cast<std::uint8_t>(content[0]);
    const bool high = (static_cast<std::uint8_t>(content[1]) & 0x80U) != 0;
    return !(first == 0 && !high) && !(first == 0xff && high);
}

/// Magnitude of a two's complement number.
std::string magnitude(std::string_view content) {
    std::string bytes(content);
    if ((static_cast<std::uint8_t>(bytes[0]) & 0x80U) != 0) {
        unsigned carry = 1;
        for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
            const unsigned sum =
                (~static_cast<unsigned>(static_cast<std::uint8_t>(*byte)) & 0xffU) + carry;
            *byte = static_cast<char>(sum & 0xffU);
            carry = sum >> 8U;
        }
    }
    const auto first = std::min(bytes.find_first_not_of('\0'), bytes.size());
    return bytes.substr(first);
}

bool printable(char c) {
    constexpr std::string_view kMarks = " '()+,-./:=?*&";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
}

/// Why a name's value is no text; empty when it is one.
std::string_view string_problem(const Element& value) {
    const auto& text = value.content;
    const auto all = [&text](auto&& test) { return std::all_of(text.begin(), text.end(), test); };
    switch (value.tag) {
        case kTeletexString:
        case kUtf8String:
            return {};
        case kPrintableString:
            return all(printable) ? "" : "invalid PrintableString";
        case kIa5String:
            return all([](char c) { return static_cast<std::uint8_t>(c) < 0x80; })
                       ? ""
                       : "invalid IA5String";
        case kNumericString:
            return all([](char c) { return (c >= '0' && c <= '9') || c == ' '; })
                       ? ""
                       : "invalid NumericString";
        default:
            return "unsupported string type";
    }
}

/// The last common name of a distinguished name; empty when it has none (Go parseName).
sim::Result<std::string> common_name(std::string_view content) {
    constexpr std::string_view kBad = "invalid RDNSequence";
    std::string found;
    for (Der names(content); !names.empty();) {
        const auto set = names.take(kSet);
        if (!set) return x509(kBad);
        for (Der attributes(set->content); !attributes.empty();) {
            const auto attribute = attributes.take(kSequence);
            if (!attribute) return x509(fmt::format("{}: invalid attribute", kBad));
            Der parts(attribute->content);
            const auto type = parts.take(kObjectId);
            if (!type) return x509(fmt::format("{}: invalid attribute type", kBad));
            const auto value = parts.take_any();
            if (!value) return x509(fmt::format("{}: invalid attribute value", kBad));
            if (const auto why = string_problem(*value); !why.empty()) {
                return x509(fmt::format("{}: invalid attribute value: {}", kBad, why));
            }
            if (type->content == kCommonNameId) found = value->content;
        }
    }
    return found;
}

sim::Status check_version(Der& body) {
    if (!body.next_is(kVersionTag)) return sim::ok();
    const auto wrapped = body.take(kVersionTag);
    if (!wrapped) return x509("malformed version");
    Der inner(wrapped->content);
    const auto version = inner.take(kInteger);
    const bool whole = version && inner.empty() && minimal_integer(version->content);
    if (!whole || (static_cast<std::uint8_t>(version->content[0]) & 0x80U) != 0) {
        return x509("malformed version");
    }
    // 0 is the first version; there are three.
    if (version->content.size() > 1 || version->content[0] > 2) return x509("invalid version");
    return sim::ok();
}

sim::Status check_algorithms(Der& body, Der& outer) {
    const auto inner_algorithm = body.take(kSequence);
    if (!inner_algorithm) return x509("malformed signature algorithm identifier");
    const auto outer_algorithm = outer.take(kSequence);
    if (!outer_algorithm) return x509("malformed algorithm identifier");
    if (inner_algorithm->content != outer_algorithm->content) {
        return x509("inner and outer signature algorithm identifiers don't match");
    }
    if (!Der(inner_algorithm->content).take(kObjectId)) return x509("malformed OID");
    return sim::ok();
}

sim::Status check_validity(Der& body) {
    const auto validity = body.take(kSequence);
    if (!validity) return x509("malformed validity");
    Der times(validity->content);
    for (int i = 0; i < 2; ++i) {
        if (!times.take(kUtcTime) && !times.take(kGeneralizedTime)) {
            return x509("unsupported time format");
        }
    }
    return sim::ok();
}

sim::Status check_key(Der& body) {
    const auto key = body.take(kSequence);
    if (!key) return x509("malformed spki");
    Der parts(key->content);
    if (!parts.take(kSequence)) return x509("malformed public key algorithm identifier");
    if (!parts.take(kBitString)) return x509("malformed subjectPublicKey");
    return sim::ok();
}

/// The one block of a field; `code` refuses what is not exactly one, or of another type.
sim::Result<std::string> one_block(std::string_view text,
                                   std::string_view type,
                                   sim::ErrorCode code) {
    auto block = decode_pem(text);
    if (!block || !block->rest.empty()) return refusal(code);
    if (block->type != type) return refusal(code, "invalid pem block type");
    return std::move(block->bytes);
}

}  // namespace

// Source of the order: Go 1.21 crypto/x509 parser.go, ParseCertificate.
sim::Result<Certificate> parse_certificate(std::string_view der) {
    Der input(der);
    const auto outer_element = input.take(kSequence);
    if (!outer_element) return x509("malformed certificate");
    Der outer(outer_element->content);
    const auto body_element = outer.take(kSequence);
    if (!body_element) return x509("malformed tbs certificate");
    Der body(body_element->content);

    SIM_CHECK(check_version(body));
    const auto serial = body.take(kInteger);
    if (!serial || !minimal_integer(serial->content)) return x509("malformed serial number");
    SIM_CHECK(check_algorithms(body, outer));
    const auto issuer = body.take(kSequence);
    if (!issuer) return x509("malformed issuer");
    SIM_CHECK(common_name(issuer->content));
    SIM_CHECK(check_validity(body));
    const auto subject = body.take(kSequence);
    if (!subject) return x509("malformed issuer");
    SIM_TRY(name, common_name(subject->content));
    SIM_CHECK(check_key(body));
    if (!outer.take(kBitString)) return x509("malformed signature");
    if (!input.empty()) return x509("trailing data");
    return Certificate{magnitude(serial->content), std::move(name)};
}

// Source: akash-api v0.0.35 cert/v1beta3 cert.go, ParseAndValidateCertificate. The bytes of the
// public key are never looked at.
sim::Result<Certificate> certificate_of(const MsgCreateCertificate& msg, const Names& names) {
    SIM_CHECK(one_block(msg.pubkey, kPubkeyType, errors::kCertInvalidPubkeyValue));
    SIM_TRY(der, one_block(msg.cert, kCertificateType, errors::kCertInvalidCertificateValue));
    SIM_TRY(certificate, parse_certificate(der));
    const AddressText subject = decode_address(certificate.common_name);
    if (!subject.problem.empty()) {
        return refusal(errors::kCertInvalidCertificateValue, subject.problem);
    }
    if (subject.bytes != names.addresses[msg.owner].bytes) {
        return refusal(errors::kCertInvalidCertificateValue, "CommonName does not match owner");
    }
    return certificate;
}

std::string serial_text(std::string_view serial) {
    std::string digits;  // least significant first
    for (const char c : serial) {
        unsigned carry = static_cast<std::uint8_t>(c);
        for (char& digit : digits) {
            carry += static_cast<unsigned>(digit - '0') * 256;
            digit = static_cast<char>('0' + carry % 10);
            carry /= 10;
        }
        for (; carry > 0; carry /= 10)
            digits += static_cast<char>('0' + carry % 10);
    }
    if (digits.empty()) return "0";
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::optional<std::string> serial_bytes(std::string_view decimal) {
    if (decimal.starts_with('-') || decimal.starts_with('+')) decimal.remove_prefix(1);
    if (decimal.empty()) return std::nullopt;
    std::string bytes;  // least significant first
    for (const char c : decimal) {
        if (c < '0' || c > '9') return std::nullopt;
        auto carry = static_cast<unsigned>(c - '0');
        for (char& byte : bytes) {
            carry += static_cast<unsigned>(static_cast<std::uint8_t>(byte)) * 10;
            byte = static_cast<char>(carry & 0xffU);
            carry >>= 8U;
        }
        if (carry > 0) bytes += static_cast<char>(carry);
    }
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

namespace checks {

sim::Status message(const MsgCreateCertificate& msg, const Names& names) {
    SIM_CHECK(address(msg.owner, names, "MsgCreate: Invalid Owner Address"));
    SIM_CHECK(certificate_of(msg, names));
    return sim::ok();
}

sim::Status message(const MsgRevokeCertificate& msg, const Names& names) {
    SIM_CHECK(address(msg.owner, names, "MsgRevoke: Invalid Owner Address"));
    if (!serial_bytes(msg.serial)) return refusal(errors::kCertInvalidSerialNumber);
    return sim::ok();
}

}  // namespace checks
}  // namespace nodes
