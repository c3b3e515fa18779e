// Regions as providers and clouds name them. Longer names come before those they begin with.
#include "gui/map/coastline.h"

#include <array>
#include <utility>

namespace gui {
namespace {

using Named = std::pair<std::string_view, Place>;

constexpr std::array<Named, 44> kPlaces{{
    {"us-west", {-120, 38}},
    {"us-east", {-77, 39}},
    {"us-central", {-97, 41}},
    {"us-south", {-97, 31}},
    {"us-north", {-93, 45}},
    {"us", {-98, 39}},
    {"ca-west", {-120, 51}},
    {"ca-central", {-75, 46}},
    {"ca-east", {-71, 46}},
    {"ca", {-97, 52}},
    {"mx", {-100, 22}},
    {"sa-east", {-46, -23}},
    {"sa-west", {-70, -33}},
    {"sa", {-58, -15}},
    {"eu-west", {-2, 51}},
    {"eu-central", {10, 50}},
    {"eu-east", {24, 50}},
    {"eu-north", {18, 60}},
    {"eu-south", {12, 42}},
    {"eu", {10, 50}},
    {"uk", {-1, 52}},
    {"de", {10, 51}},
    {"fr", {2, 47}},
    {"fi", {26, 62}},
    {"me-west", {35, 31}},
    {"me-central", {51, 25}},
    {"me", {47, 25}},
    {"af-south", {24, -29}},
    {"af-north", {10, 32}},
    {"af", {20, 5}},
    {"asia-southeast", {104, 2}},
    {"asia-northeast", {139, 36}},
    {"asia-south", {77, 21}},
    {"asia-east", {121, 25}},
    {"asia-west", {60, 35}},
    {"asia", {103, 36}},
    {"ap-southeast", {104, 2}},
    {"ap-northeast", {139, 36}},
    {"ap-south", {77, 21}},
    {"ap-east", {114, 22}},
    {"ap", {115, 15}},
    {"jp", {138, 36}},
    {"oceania", {149, -34}},
    {"au", {149, -34}},
}};

}  // namespace

std::optional<Place> place_of(std::string_view region) {
    for (const auto& [name, place] : kPlaces) {
        if (region.starts_with(name)) return place;
    }
    return std::nullopt;
}

}  // namespace gui
