// Says in a few lines whether this machine and build can do their work, for bug reports.
#pragma once

#include <string>

namespace scenarios {

std::string doctor_text();

}  // namespace scenarios
