#include "gui/pictures/film.h"

#include "gui/pictures/camera.h"
#include "gui/plot/scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace gui {

namespace fs = std::filesystem;

namespace {

constexpr sim::SimDuration kTenMinutes{600'000'000'000};

sim::Error refuse(std::string text) {
    return {{"window", 3}, std::move(text)};
}

std::string moment(sim::SimTime at) {
    return clock(seconds(at));
}

bool is_frame(const std::string& name) {
    return name.starts_with("frame_") && name.ends_with(".png");
}

/// For a shell: in quotes when it needs them.
std::string quoted(const std::string& text) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+%";
    if (text.find_first_not_of(kPlain) == std::string::npos) return text;
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// One line that is written over on a terminal, and ten lines elsewhere.
class Progress {
  public:
    explicit Progress(std::int64_t frames)
        : frames_(frames), terminal_(isatty(STDERR_FILENO) == 1) {}

    void show(std::int64_t frame, sim::SimTime at) {
        const std::int64_t tenth = frame * 10 / frames_;
        if (!terminal_ && tenth == shown_) return;
        shown_ = tenth;
        std::fputs(fmt::format("{}frame {} of {}, {}{}",
                               terminal_ ? "\r" : "",
                               frame,
                               frames_,
                               moment(at),
                               terminal_ ? "\033[K" : "\n")
                       .c_str(),
                   stderr);
    }

    void end() const {
        if (terminal_) std::fputs("\n", stderr);
    }

  private:
    std::int64_t frames_;
    bool terminal_;
    std::int64_t shown_ = 0;
};

sim::Status shoot(Camera& camera, const FilmPlan& plan, const fs::path& folder) {
    Progress progress(plan.frames);
    for (std::int64_t frame = 1; frame <= plan.frames; ++frame) {
        const sim::SimTime at = plan.at(frame);
        const auto stopped = [&](const sim::Error& error, const char* remedy) {
            progress.end();
            return refuse(fmt::format(
                "{}{}; {} of {} frames are complete", error.text, remedy, frame - 1, plan.frames));
        };
        if (const auto there = camera.go_to(at); !there) {
            return stopped(there.error(), ", so the film ends here");
        }
        const sim::Status written = write_png(camera.take(), (folder / frame_name(frame)).string());
        if (!written) {
            return stopped(written.error(),
                           ": make room there, or name another folder after --frames");
        }
        progress.show(frame, at);
    }
    progress.end();
    return sim::ok();
}

sim::Status film(const Arguments& arguments) {
    const fs::path folder = arguments.frames;
    SIM_TRY(camera, Camera::open(arguments));
    SIM_TRY(plan, plan_film(arguments, camera->end()));
    SIM_CHECK(prepare_folder(folder));
    SIM_CHECK(shoot(*camera, plan, folder));
    std::fputs(fmt::format("{}: {} frames from {} to {}; a film of 25 a second:\n{}\n",
                           folder.string(),
                           plan.frames,
                           moment(plan.from),
                           moment(plan.at(plan.frames)),
                           ffmpeg_line(folder, arguments.size))
                   .c_str(),
               stdout);
    return sim::ok();
}

}  // namespace

sim::Result<FilmPlan> plan_film(const Arguments& arguments, sim::SimTime end) {
    FilmPlan plan{.from = arguments.from.value_or(sim::SimTime{}),
                  .until = arguments.until.value_or(end),
                  .every = arguments.every.value_or(kTenMinutes)};
    if (plan.every.ns <= 0) return refuse("--every 0 makes no step: name a time, as 10min");
    if (plan.until > end) {
        return refuse(fmt::format(
            "--until {} is later than the run's end, {}", moment(plan.until), moment(end)));
    }
    if (plan.until <= plan.from) {
        return refuse(fmt::format("nothing lies between --from {} and --until {}",
                                  moment(plan.from),
                                  moment(plan.until)));
    }
    plan.frames = (plan.until - plan.from).ns / plan.every.ns + 1;
    if (plan.frames > kFilmFramesMax) {
        return refuse(fmt::format("{} frames are too many, {} the most: name a longer --every",
                                  with_commas(plan.frames),
                                  with_commas(kFilmFramesMax)));
    }
    return plan;
}

sim::Status prepare_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    // It says nothing when a file of this name is there.
    if (!error && !fs::is_directory(folder, error) && !error) {
        return refuse(fmt::format("{}: a file, not a folder", folder.string()));
    }
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        if (!is_frame(entry->path().filename().string())) continue;
        return refuse(
            fmt::format("{} holds frames already, as {}: name another folder, or remove "
                        "them",
                        folder.string(),
                        entry->path().filename().string()));
    }
    if (error) return refuse(fmt::format("{}: {}", folder.string(), error.message()));
    return sim::ok();
}

std::string frame_name(std::int64_t frame) {
    return fmt::format("frame_{:05}.png", frame);
}

std::string ffmpeg_line(const fs::path& folder, StageSize size) {
    // The usual colours of films come in blocks of two by two pixels.
    const bool odd = size.width % 2 != 0 || size.height % 2 != 0;
    return fmt::format("ffmpeg -framerate 25 -i {} {}-c:v libx264 -pix_fmt yuv420p {}",
                       quoted((folder / "frame_%05d.png").string()),
                       odd ? "-vf 'pad=ceil(iw/2)*2:ceil(ih/2)*2' " : "",
                       quoted((folder / "film.mp4").string()));
}

int make_film(const Arguments& arguments) {
    const sim::Status made = film(arguments);
    if (made) return 0;
    std::fputs(fmt::format("orrery window: {}\n", made.error().text).c_str(), stderr);
    return 2;
}

}  // namespace gui
