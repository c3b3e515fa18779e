// Messages printed as gogo-proto's compact text, which error texts of MsgExec contain:
// bid_id:<owner:"akash1.." dseq:9 gseq:1 oseq:1 provider:"akash1.." > (reference akash-chain 19.5).
// A message with another one inside (MsgExec, MsgGrant) makes the real printer stumble; its text
// says so.
#pragma once

#include "nodes/protocol/messages.h"

#include <string>

namespace nodes {

std::string message_text(const Msg& msg, const Names& names);

}  // namespace nodes
