// SDL files 2.0 and 2.1, read as akash-network/node v0.30.0 reads them, with its verdicts, error
// texts, quirks and overflows: into the groups of a deployment, the manifest for providers and its
// hash. Where Go's random map order decides, one of its possible answers is given, always the same.
#pragma once

#include "nodes/protocol/manifest.h"
#include "nodes/protocol/names.h"
#include "nodes/protocol/resources.h"
#include "sim/result.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace nodes {

/// Whether a group's signedBy lists were written at all: absent ones print as null, empty ones as
/// [].
struct SignedByGiven {
    bool all_of = false;
    bool any_of = false;
};

struct SdlResult {
    std::vector<GroupSpec> groups;
    std::vector<SignedByGiven> signed_by_given;  ///< one per group
    Manifest manifest;
    std::string version;  ///< 32 raw bytes
};

/// Refusals have the real reader's text; where it crashes, the error is of kind kPanic. Limits of
/// our own (code sdl/1) stand against files that expand without measure: 1 MiB of text, 32 MiB
/// decoded.
sim::Result<SdlResult> read_sdl(std::string_view yaml, Names& names);

/// The groups in the JSON form in which the real node shows them.
nlohmann::ordered_json groups_json(const SdlResult& sdl, const Names& names);

/// What `orrery sdl FILE` prints: {"groups": ...}.
sim::Result<std::string> sdl_to_json(std::string_view yaml);

}  // namespace nodes
