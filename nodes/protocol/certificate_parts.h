// The parts of a certificate that the chain does not use but refuses when they are broken: moments,
// keys, extensions (Go 1.21 crypto/x509 parser.go). Alternative names, name constraints, policies
// and addresses of services are taken as they come.
#pragma once

#include "nodes/protocol/der.h"
#include "sim/result.h"

#include <string_view>

namespace nodes::x509 {

/// "x509: <what>", an error without a code.
sim::Error refused(std::string_view what);

/// Two moments, UTCTime or GeneralizedTime.
sim::Status check_validity(der::Reader& body);
/// Algorithm and key; a point of a curve that Go knows must lie on it.
sim::Status check_key(der::Reader& body);
/// Unique ids and extensions of the versions that have them; `version` counts from 1.
sim::Status check_extensions(der::Reader& body, int version);
/// An algorithm with its parameters, whatever they are.
sim::Status check_algorithm(std::string_view content);

}  // namespace nodes::x509
