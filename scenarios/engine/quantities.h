// Quantities as people write them in a scenario: "30d", "6.098s", "1/1000", "35%", "16Gi", "500m",
// "5000000uakt", "2024-03-20T12:00:00Z". Everything is read with integers, so that "6.098s" is
// exactly 6,098,000,000 ns. Errors are short sentences; the loader adds the place.
#pragma once

#include "nodes/chain/params.h"
#include "nodes/protocol/messages.h"
#include "sim/dec18.h"
#include "sim/result.h"
#include "sim/units.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace scenarios {

/// One or more of number + unit (ns us ms s min h d w), as in "1d12h"; "0" needs no unit.
sim::Result<sim::SimDuration> parse_duration(std::string_view text);

/// "0.35", "35%" or "1/1000".
sim::Result<double> parse_ratio(std::string_view text);

/// A plain decimal number.
sim::Result<double> parse_number(std::string_view text);

/// A whole number; '_' and ',' may group digits.
sim::Result<std::int64_t> parse_integer(std::string_view text);

/// Bytes: a number with k M G T P (powers of 1000) or Ki Mi Gi Ti Pi (powers of 1024), or none.
sim::Result<std::int64_t> parse_bytes(std::string_view text);

/// Milli-CPU: "500m" or whole or decimal CPUs.
sim::Result<std::int64_t> parse_milli_cpu(std::string_view text);

/// "5000000uakt"; "5akt" and "5usdc" are the same in whole tokens (axlUSDC for the latter).
sim::Result<nodes::DenomAmount> parse_amount(std::string_view text);

/// A decimal of at most 18 places, exactly.
sim::Result<sim::Dec18> parse_dec(std::string_view text);

/// "0.025uakt" as units per gas times 10^18.
struct GasPrice {
    std::int64_t scaled = 0;
    std::string denom;
};

sim::Result<GasPrice> parse_gas_price(std::string_view text);

/// RFC 3339 in UTC: "2024-03-20" or "2024-03-20T12:00:00Z".
sim::Result<nodes::Timestamp> parse_date(std::string_view text);

/// "3d 4h 5min 6.098s", without the parts that are zero.
std::string duration_text(sim::SimDuration duration);

/// "3d4h5min6s98ms", exactly: what parse_duration reads back.
std::string duration_code(sim::SimDuration duration);

/// "2024-03-20T12:00:00Z", the fraction of a second cut.
std::string date_text(const nodes::Timestamp& time);

}  // namespace scenarios
