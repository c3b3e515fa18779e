// Between an SDL document and its result: building groups and manifest, and the reader's own
// checks.
#pragma once

#include "nodes/protocol/sdl.h"
#include "nodes/protocol/sdl_document.h"

namespace nodes {

/// Groups and manifest, sorted by placement. References between sections need not fit yet; a price
/// that is missing or null leaves a price without denomination.
sim::Result<SdlResult> build_sdl_groups(const SdlDocument& document, Names& names);

/// References, endpoints, ports and volumes (sdl/v2.go, validate).
sim::Status validate_sdl(const SdlDocument& document);

}  // namespace nodes
