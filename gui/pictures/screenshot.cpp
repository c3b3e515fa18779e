#include "gui/pictures/screenshot.h"

#include "gui/pictures/camera.h"

#include <fmt/format.h>

#include <cstdio>

namespace gui {
namespace {

int complain(const std::string& text) {
    std::fputs(fmt::format("orrery window: {}\n", text).c_str(), stderr);
    return 2;
}

}  // namespace

int make_screenshot(const Arguments& arguments) {
    const auto camera = Camera::open(arguments);
    if (!camera) return complain(camera.error().text);
    // A run that fails on the way is worth a picture, too: its status line says why.
    if (arguments.has_at) (void)camera.value()->go_to(arguments.at);
    const sim::Status written = write_png(camera.value()->take(), arguments.screenshot);
    if (!written) return complain(written.error().text);
    std::fputs(fmt::format("{}: {}\n", arguments.screenshot, camera.value()->caption()).c_str(),
               stdout);
    return 0;
}

}  // namespace gui
