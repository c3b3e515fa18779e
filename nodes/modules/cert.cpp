#include "nodes/modules/cert.h"

#include "nodes/chain/sizes.h"
#include "nodes/protocol/certificate.h"
#include "nodes/protocol/errors.h"

namespace nodes::cert {
namespace {

std::size_t key_length(const ChainState& state, Address owner, const std::string& serial) {
    return sizes::certificate_key(state.account_length(owner), serial.size());
}

std::size_t record_size(const CertificateRecord& record) {
    return sizes::kState + sizes::txt(record.cert.size()) + sizes::txt(record.pubkey.size());
}

}  // namespace

sim::Status create(Context& ctx, const MsgCreateCertificate& msg) {
    SIM_TRY(certificate, certificate_of(msg, ctx.names()));
    const Address owner = ctx.names().addresses.account(msg.owner);
    const std::pair<std::uint32_t, std::string> key{owner.index, certificate.serial};
    ctx.gas.has();
    if (ctx.state.certificates.find(key) != nullptr) return refusal(errors::kCertExists);
    // From here on nothing can fail.
    CertificateRecord record{CertificateState::kValid, msg.cert, msg.pubkey};
    ctx.gas.write(key_length(ctx.state, owner, certificate.serial), record_size(record));
    ctx.state.certificates.put(key, std::make_shared<const CertificateRecord>(std::move(record)));
    return sim::ok();
}

sim::Status revoke(Context& ctx, const MsgRevokeCertificate& msg) {
    const Address owner = ctx.names().addresses.account(msg.owner);
    // A minus sign and leading zeros are ignored: the key holds the absolute value.
    const auto serial = serial_bytes(msg.serial);
    if (!serial) return refusal(errors::kCertInvalidSerialNumber);
    const std::pair<std::uint32_t, std::string> key{owner.index, *serial};
    const auto* found = ctx.state.certificates.find(key);
    const std::size_t length = key_length(ctx.state, owner, *serial);
    ctx.gas.read(length, found == nullptr ? 0 : record_size(**found));
    if (found == nullptr) return refusal(errors::kCertNotFound);
    if ((*found)->state == CertificateState::kRevoked) return refusal(errors::kCertAlreadyRevoked);
    // From here on nothing can fail.
    CertificateRecord record = **found;
    record.state = CertificateState::kRevoked;
    ctx.gas.write(length, record_size(record));
    ctx.state.certificates.put(key, std::make_shared<const CertificateRecord>(std::move(record)));
    return sim::ok();
}

}  // namespace nodes::cert
