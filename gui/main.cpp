// The program behind `orrery window`: opens the window, or makes a picture of it where there is
// none.
#include "gui/frame/arguments.h"
#include "gui/pictures/film.h"
#include "gui/pictures/screenshot.h"
#include "gui/screen/window.h"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    try {
        const gui::Arguments arguments =
            gui::parse_arguments(std::vector<std::string>(argv + 1, argv + argc));
        if (!arguments.error.empty()) {
            std::fputs(("orrery window: " + arguments.error + "\n").c_str(), stderr);
            return 2;
        }
        if (arguments.help) {
            std::fputs(gui::usage_text().c_str(), stdout);
            return 0;
        }
        if (!arguments.screenshot.empty()) return gui::make_screenshot(arguments);
        if (!arguments.frames.empty()) return gui::make_film(arguments);
        return gui::run_window(arguments);
    } catch (const std::exception& error) {
        std::fputs(("orrery window: " + std::string(error.what()) + "\n").c_str(), stderr);
        return 2;
    }
}
