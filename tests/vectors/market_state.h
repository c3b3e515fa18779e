// The chain's whole state in the words of the market vectors: key -> value.
#pragma once

#include "nodes/chain/state.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace vectors {

using Items = std::map<std::string, nlohmann::json>;

/// `names`: address -> account name. Balances and sequences of other accounts are left out.
Items state_items(const nodes::ChainState& state, const std::map<std::string, std::string>& names);

}  // namespace vectors
