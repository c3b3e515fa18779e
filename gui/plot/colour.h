// Colours as numbers: the palettes that people with colour-vision deficiencies can tell apart, maps
// from an amount to a colour, and the contrast of two colours as the accessibility guidelines
// define it. Knows no window library.
#pragma once

#include <array>
#include <cstdint>

namespace gui {

/// Red in the lowest byte, alpha in the highest.
using Rgba = std::uint32_t;

constexpr Rgba rgba(unsigned red, unsigned green, unsigned blue, unsigned alpha = 255) {
    return red | green << 8U | blue << 16U | alpha << 24U;
}

constexpr unsigned channel(Rgba colour, unsigned index) {
    return colour >> (8U * index) & 255U;
}

/// The same colour, seen through: alpha is multiplied.
Rgba faded(Rgba colour, double share);
/// Between two colours, alpha included.
Rgba mixed(Rgba from, Rgba to, double share);

/// Relative luminance, 0 to 1, of an opaque colour.
double luminance(Rgba colour);
/// 1 (equal) to 21 (black on white).
double contrast(Rgba a, Rgba b);

enum class ColourMap : std::uint8_t { kViridis, kCividis };

/// `share` is held between 0 and 1.
Rgba map_colour(ColourMap map, double share);

/// Okabe and Ito's eight colours, black replaced by grey; on white, the light ones darkened until
/// they reach 3:1 with their hue kept.
const std::array<Rgba, 8>& categories_on_dark();
const std::array<Rgba, 8>& categories_on_light();

}  // namespace gui
