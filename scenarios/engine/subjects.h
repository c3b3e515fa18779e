// Names of what a lack or mismatch was about, as the database shows them.
#pragma once

#include "nodes/protocol/reasons.h"

#include <array>
#include <string_view>

namespace scenarios {

inline constexpr std::array<std::string_view, 14> kSubjectTexts{"",
                                                                "cpu",
                                                                "memory",
                                                                "gpu",
                                                                "ephemeral storage",
                                                                "persistent storage",
                                                                "leased ip",
                                                                "volumes",
                                                                "attribute",
                                                                "price",
                                                                "deposit",
                                                                "region",
                                                                "reputation",
                                                                "audit"};

constexpr std::string_view subject_text(nodes::Subject subject) {
    return kSubjectTexts[static_cast<std::size_t>(subject)];
}

}  // namespace scenarios
