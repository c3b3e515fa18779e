// Where the land ends: lines of points for drawing a world map, and where the regions of scenarios
// lie on it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gui {

/// Stands between two lines instead of a point.
inline constexpr std::int16_t kLineEnd = 9999;

/// Longitude, latitude, longitude, ... in tenths of a degree.
std::span<const std::int16_t> coastline();

struct Place {
    float longitude = 0;
    float latitude = 0;
};

/// Of a region's name as providers write it ("us-west", "eu-central-1"); nullopt when not known.
std::optional<Place> place_of(std::string_view region);

}  // namespace gui
