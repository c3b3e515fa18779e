// Values of the chain's cases as the file writes them: exact decimals in quotes or not, names of
// errors with or without their number, attributes as maps.
#pragma once

#include "nodes/protocol/resources.h"
#include "sim/dec18.h"
#include "sim/result.h"
#include "tests/vectors/form.h"

#include <optional>
#include <string>
#include <string_view>

namespace vectors {

/// A scalar's text; empty for null and for what is no scalar.
std::string text_of(const nlohmann::json& value);
/// "9.5" or "-0.000000000000000001"; nullopt for what is no decimal of at most 18 places.
std::optional<sim::Dec18> decimal_of(std::string_view text);
/// The first whole number in a text: 100 of "100uakt/block".
std::optional<std::int64_t> first_number(std::string_view text);
/// 100 without its zeros: "100", "3.15".
std::string short_text(sim::Dec18 value);

/// {"key": "value"} as attributes, in the file's order of keys.
nodes::Attributes attributes_of(const nlohmann::json& map);

/// "escrow/7" of "error (ErrPaymentClosed escrow/7)" or of a known name alone; empty when the text
/// names no error.
std::string error_in(std::string_view text);
/// True when the text says that the step must be refused.
bool says_error(std::string_view text);

/// Compares a step's outcome with what the text expects: "ok", an error with code, any error.
Outcome compare(const sim::Status& got, std::string_view expected);

}  // namespace vectors
