#include "sim/log.h"

#include "sim/assert.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>
#include <mutex>
#include <sstream>

namespace sim {
namespace {

/// The program's one log. It belongs to the process as stderr does and holds no simulation state.
class Log {
  public:
    Log() { use(std::make_shared<spdlog::sinks::stderr_sink_mt>()); }

    void use(spdlog::sink_ptr sink) {
        const std::lock_guard lock(mutex_);
        const auto level = logger_ ? logger_->level() : spdlog::level::info;
        logger_ = std::make_shared<spdlog::logger>("orrery", std::move(sink));
        logger_->set_pattern("%v");  // the stamp is ours: wall time says nothing about a run
        logger_->set_level(level);
        logger_->flush_on(spdlog::level::warn);
    }

    [[nodiscard]] std::shared_ptr<spdlog::logger> logger() const {
        const std::lock_guard lock(mutex_);
        return logger_;
    }

    std::ostringstream captured;

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<spdlog::logger> logger_;
};

Log& program_log() {
    static Log log;
    return log;
}

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::kDebug:
            return spdlog::level::debug;
        case LogLevel::kInfo:
            return spdlog::level::info;
        case LogLevel::kWarning:
            return spdlog::level::warn;
        case LogLevel::kError:
            return spdlog::level::err;
        case LogLevel::kOff:
            return spdlog::level::off;
    }
    SIM_UNREACHABLE("a log level, got {}", static_cast<int>(level));
}

}  // namespace

void set_log_level(LogLevel level) {
    program_log().logger()->set_level(level_of(level));
}

bool log_enabled(LogLevel level) {
    return program_log().logger()->should_log(level_of(level));
}

void log_to_stderr() {
    program_log().use(std::make_shared<spdlog::sinks::stderr_sink_mt>());
}

Status log_to_file(const std::filesystem::path& path) {
    try {
        program_log().use(std::make_shared<spdlog::sinks::basic_file_sink_mt>(path.string()));
    } catch (const spdlog::spdlog_ex& refused) {
        return Error{{"log", 1}, std::string("cannot write the log: ") + refused.what()};
    }
    return ok();
}

LogCapture::LogCapture() {
    program_log().captured.str("");
    program_log().use(std::make_shared<spdlog::sinks::ostream_sink_mt>(program_log().captured));
}

LogCapture::~LogCapture() {
    log_to_stderr();
}

std::string LogCapture::text() const {
    return program_log().captured.str();
}

std::string simulated_time_text(std::int64_t time_ns) {
    const std::int64_t milliseconds = time_ns / 1'000'000;
    const std::int64_t seconds = milliseconds / 1000;
    const std::int64_t days = seconds / 86'400;
    const std::string clock = fmt::format("{:02}:{:02}:{:02}.{:03}",
                                          seconds / 3600 % 24,
                                          seconds / 60 % 60,
                                          seconds % 60,
                                          milliseconds % 1000);
    return days > 0 ? fmt::format("{}d {}", days, clock) : clock;
}

void log_line(LogLevel level, std::string_view text) {
    constexpr std::array kNames{"debug", "info", "warning", "error", "off"};
    const AssertContext& context = assert_context();
    const std::string line = fmt::format("{} #{} {}: {}",
                                         simulated_time_text(context.time_ns),
                                         context.height,
                                         kNames.at(static_cast<std::size_t>(level)),
                                         text);
    // As a string view, so that braces in the text are not taken for a format.
    program_log().logger()->log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace sim
