#include "nodes/protocol/certificate.h"

#include "nodes/protocol/bech32.h"
#include "nodes/protocol/certificate_parts.h"
#include "nodes/protocol/der.h"
#include "nodes/protocol/sdl_text.h"
#include "nodes/protocol/validate_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace nodes {
namespace {

using der::Element;
using der::Reader;
using x509::refused;

constexpr std::string_view kPubkeyType = "EC PUBLIC KEY";
constexpr std::string_view kCertificateType = "CERTIFICATE";

constexpr std::uint8_t kVersionTag = 0xa0;
/// 2.5.4.3, a subject's common name.
constexpr std::string_view kCommonNameId = "\x55\x04\x03";

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
std::string string_problem(const Element& value) {
    const auto& text = value.content;
    const auto all = [&text](auto&& test) { return std::all_of(text.begin(), text.end(), test); };
    switch (value.tag) {
        case der::kTeletexString:
            return {};
        case der::kUtf8String:
            return valid_utf8(text) == text ? "" : "invalid UTF-8 string";
        case der::kBmpString:
            return text.size() % 2 == 0 ? "" : "invalid BMPString";
        case der::kPrintableString:
            return all(printable) ? "" : "invalid PrintableString";
        case der::kIa5String:
            return all([](char c) { return static_cast<std::uint8_t>(c) < 0x80; })
                       ? ""
                       : "invalid IA5String";
        case der::kNumericString:
            return all([](char c) { return (c >= '0' && c <= '9') || c == ' '; })
                       ? ""
                       : "invalid NumericString";
        default:
            return fmt::format("unsupported string type: {}", unsigned{value.tag});
    }
}

/// The last common name of a distinguished name; empty when it has none (Go parseName).
sim::Result<std::string> common_name(std::string_view content) {
    constexpr std::string_view kBad = "invalid RDNSequence";
    std::string found;
    for (Reader names(content); !names.empty();) {
        const auto set = names.take(der::kSet);
        if (!set) return refused(kBad);
        for (Reader attributes(set->content); !attributes.empty();) {
            const auto attribute = attributes.take(der::kSequence);
            if (!attribute) return refused(fmt::format("{}: invalid attribute", kBad));
            Reader parts(attribute->content);
            const auto type = parts.take_object_id();
            if (!type) return refused(fmt::format("{}: invalid attribute type", kBad));
            const auto value = parts.take_any();
            if (!value) return refused(fmt::format("{}: invalid attribute value", kBad));
            if (const auto why = string_problem(*value); !why.empty()) {
                return refused(fmt::format("{}: invalid attribute value: {}", kBad, why));
            }
            if (*type == kCommonNameId) found = value->content;
        }
    }
    return found;
}

/// The version from 1 on.
sim::Result<int> take_version(Reader& body) {
    if (!body.next_is(kVersionTag)) return 1;
    const auto wrapped = body.take(kVersionTag);
    if (!wrapped) return refused("malformed version");
    Reader inner(wrapped->content);
    const auto version = inner.take_integer();
    if (!version || !inner.empty() || (static_cast<std::uint8_t>((*version)[0]) & 0x80U) != 0)
        return refused("malformed version");
    // 0 is the first version; there are three.
    if (version->size() > 1 || (*version)[0] > 2) return refused("invalid version");
    return (*version)[0] + 1;
}

sim::Status check_algorithms(Reader& body, Reader& outer) {
    const auto inner_algorithm = body.take(der::kSequence);
    if (!inner_algorithm) return refused("malformed signature algorithm identifier");
    const auto outer_algorithm = outer.take(der::kSequence);
    if (!outer_algorithm) return refused("malformed algorithm identifier");
    if (inner_algorithm->content != outer_algorithm->content)
        return refused("inner and outer signature algorithm identifiers don't match");
    return x509::check_algorithm(inner_algorithm->content);
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
    Reader input(der);
    const auto outer_element = input.take(der::kSequence);
    if (!outer_element) return refused("malformed certificate");
    Reader outer(outer_element->content);
    const auto body_element = outer.take(der::kSequence);
    if (!body_element) return refused("malformed tbs certificate");
    Reader body(body_element->content);

    SIM_TRY(version, take_version(body));
    const auto serial = body.take_integer();
    if (!serial) return refused("malformed serial number");
    SIM_CHECK(check_algorithms(body, outer));
    const auto issuer = body.take(der::kSequence);
    if (!issuer) return refused("malformed issuer");
    SIM_CHECK(common_name(issuer->content));
    SIM_CHECK(x509::check_validity(body));
    const auto subject = body.take(der::kSequence);
    if (!subject) return refused("malformed issuer");
    SIM_TRY(name, common_name(subject->content));
    SIM_CHECK(x509::check_key(body));
    SIM_CHECK(x509::check_extensions(body, version));
    if (!outer.take_bits()) return refused("malformed signature");
    if (!input.empty()) return refused("trailing data");
    return Certificate{magnitude(*serial), std::move(name)};
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
