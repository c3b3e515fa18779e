// Log lines stamped with simulated time and height, taken from the thread's assert_context(). Lines
// are for people: nothing in the simulation depends on them. Written to stderr unless told
// otherwise.
#pragma once

#include "sim/result.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace sim {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError, kOff };

/// Lines below this level are dropped; kInfo at first.
void set_log_level(LogLevel level);
[[nodiscard]] bool log_enabled(LogLevel level);

void log_to_stderr();
/// Replaces stderr; an existing file is continued.
Status log_to_file(const std::filesystem::path& path);

/// While one lives, lines go into its text instead. For tests and for the window.
class LogCapture {
  public:
    LogCapture();
    ~LogCapture();
    LogCapture(const LogCapture&) = delete;
    LogCapture& operator=(const LogCapture&) = delete;
    [[nodiscard]] std::string text() const;
};

/// "1d 02:03:04.005 #17 info: ..."
void log_line(LogLevel level, std::string_view text);
/// How a line shows simulated time: days when there are any, then hours to milliseconds.
std::string simulated_time_text(std::int64_t time_ns);

template <class... Args>
void log_debug(fmt::format_string<Args...> form, Args&&... args) {
    if (!log_enabled(LogLevel::kDebug)) return;
    log_line(LogLevel::kDebug, fmt::format(form, std::forward<Args>(args)...));
}

template <class... Args>
void log_info(fmt::format_string<Args...> form, Args&&... args) {
    if (!log_enabled(LogLevel::kInfo)) return;
    log_line(LogLevel::kInfo, fmt::format(form, std::forward<Args>(args)...));
}

template <class... Args>
void log_warning(fmt::format_string<Args...> form, Args&&... args) {
    if (!log_enabled(LogLevel::kWarning)) return;
    log_line(LogLevel::kWarning, fmt::format(form, std::forward<Args>(args)...));
}

template <class... Args>
void log_error(fmt::format_string<Args...> form, Args&&... args) {
    if (!log_enabled(LogLevel::kError)) return;
    log_line(LogLevel::kError, fmt::format(form, std::forward<Args>(args)...));
}

}  // namespace sim
