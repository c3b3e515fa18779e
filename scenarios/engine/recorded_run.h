// Reads back what a recorded run says about itself.
#pragma once

#include "scenarios/engine/scenario.h"
#include "sim/digest.h"
#include "sim/recorder.h"
#include "sim/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace scenarios {

struct DigestRow {
    sim::Height height;
    std::array<std::int64_t, sim::kPartCount> parts{};

    friend bool operator==(const DigestRow&, const DigestRow&) = default;
};

struct RecordedRun {
    sim::Database database;
    std::string name{};
    std::string version{};
    std::uint64_t seed = 0;
    ScenarioSource source{};
    std::vector<DigestRow> digests{};
    std::string final_digest{};  ///< empty when the run was cut off
};

/// Refuses what is no run of this program, or one of another schema.
sim::Result<RecordedRun> read_recorded_run(const std::filesystem::path& path);

/// The digests of a live world as a row.
DigestRow digest_row(sim::Height height, const sim::Digests& digests);

/// The first part in which two rows differ; empty when they are equal.
std::string differing_part(const DigestRow& a, const DigestRow& b);

}  // namespace scenarios
