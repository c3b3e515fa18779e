// Client certificates as far as the chain reads them: PEM blocks, and of the X.509 structure the
// serial number and the subject's common name. What is malformed is refused with the words of Go's
// crypto/x509 (reference akash-chain sections 11 and 19.3; certificate_parts.h says what is left
// out).
#pragma once

#include "nodes/protocol/messages.h"
#include "sim/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace nodes {

struct PemBlock {
    std::string type;
    std::string bytes;
    std::string_view rest;  ///< what stands behind the block
};

/// The first block, as Go's pem.Decode finds it; text before it is skipped.
std::optional<PemBlock> decode_pem(std::string_view text);

struct Certificate {
    /// Absolute value, big-endian without leading zeros: empty for 0. As in the store's key.
    std::string serial;
    std::string common_name;
};

/// From the DER bytes of one certificate.
sim::Result<Certificate> parse_certificate(std::string_view der);

/// The certificate of a message that passed validate_basic; the refusals are those of
/// validate_basic.
sim::Result<Certificate> certificate_of(const MsgCreateCertificate& msg, const Names& names);

/// Decimal text of serial bytes, and back. The text may have a sign, which is dropped; nullopt when
/// it is no number.
std::string serial_text(std::string_view serial);
std::optional<std::string> serial_bytes(std::string_view decimal);

}  // namespace nodes
