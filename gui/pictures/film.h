// A run as numbered pictures with a fixed step of simulated time between them, for a film. Made
// without a display; the same bytes on each run.
#pragma once

#include "gui/frame/arguments.h"
#include "sim/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace gui {

struct FilmPlan {
    sim::SimTime from;
    sim::SimTime until;  ///< not later than this
    sim::SimDuration every;
    std::int64_t frames = 0;

    /// Of a frame, from 1.
    [[nodiscard]] sim::SimTime at(std::int64_t frame) const { return from + every * (frame - 1); }
};

inline constexpr std::int64_t kFilmFramesMax = 100'000;

/// From the start to the run's `end` every ten minutes, where the arguments say nothing else.
/// Refuses what is empty, too long, or later than the end.
sim::Result<FilmPlan> plan_film(const Arguments& arguments, sim::SimTime end);

/// Makes the folder; refuses one that holds frames already.
sim::Status prepare_folder(const std::filesystem::path& folder);

/// "frame_00001.png"
std::string frame_name(std::int64_t frame);

/// The command that makes a film of the frames.
std::string ffmpeg_line(const std::filesystem::path& folder, StageSize size);

/// Writes the frames and says on the terminal how far it is, then what to do with them. The exit
/// code of the program: 0, or 2 with what is wrong.
int make_film(const Arguments& arguments);

}  // namespace gui
