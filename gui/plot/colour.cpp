#include "gui/plot/colour.h"

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

struct Stop {
    double red;
    double green;
    double blue;
};

/// Nine even stops of each map; between them the true maps are close to straight lines.
constexpr std::array<Stop, 9> kViridis{{{68, 1, 84},
                                        {71, 44, 122},
                                        {59, 81, 139},
                                        {44, 113, 142},
                                        {33, 144, 141},
                                        {39, 173, 129},
                                        {92, 200, 99},
                                        {170, 220, 50},
                                        {253, 231, 37}}};
constexpr std::array<Stop, 9> kCividis{{{0, 32, 77},
                                        {0, 51, 111},
                                        {57, 71, 107},
                                        {87, 92, 109},
                                        {112, 113, 115},
                                        {138, 135, 121},
                                        {166, 157, 117},
                                        {203, 186, 105},
                                        {255, 234, 70}}};

unsigned byte_of(double value) {
    return static_cast<unsigned>(std::clamp(std::lround(value), 0L, 255L));
}

double linear(unsigned byte) {
    const double share = byte / 255.0;
    return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

}  // namespace

Rgba faded(Rgba colour, double share) {
    const unsigned alpha = byte_of(channel(colour, 3) * share);
    return (colour & 0x00ffffffU) | alpha << 24U;
}

Rgba mixed(Rgba from, Rgba to, double share) {
    Rgba out = 0;
    for (unsigned i = 0; i < 4; ++i) {
        const double a = channel(from, i);
        out |= byte_of(a + (channel(to, i) - a) * share) << (8U * i);
    }
    return out;
}

double luminance(Rgba colour) {
    return 0.2126 * linear(channel(colour, 0)) + 0.7152 * linear(channel(colour, 1)) +
           0.0722 * linear(channel(colour, 2));
}

double contrast(Rgba a, Rgba b) {
    const double lighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

Rgba map_colour(ColourMap map, double share) {
    const auto& stops = map == ColourMap::kViridis ? kViridis : kCividis;
    const double at = std::clamp(std::isnan(share) ? 0.0 : share, 0.0, 1.0) *
                      static_cast<double>(stops.size() - 1);
    const std::size_t below = std::min(stops.size() - 2, static_cast<std::size_t>(at));
    const double rest = at - static_cast<double>(below);
    const auto& from = stops[below];
    const auto& to = stops[below + 1];
    return rgba(byte_of(from.red + (to.red - from.red) * rest),
                byte_of(from.green + (to.green - from.green) * rest),
                byte_of(from.blue + (to.blue - from.blue) * rest));
}

const std::array<Rgba, 8>& categories_on_dark() {
    static constexpr std::array<Rgba, 8> kColours{rgba(86, 180, 233),
                                                  rgba(230, 159, 0),
                                                  rgba(0, 158, 115),
                                                  rgba(204, 121, 167),
                                                  rgba(240, 228, 66),
                                                  rgba(213, 94, 0),
                                                  rgba(20, 128, 204),
                                                  rgba(153, 153, 153)};
    return kColours;
}

const std::array<Rgba, 8>& categories_on_light() {
    static constexpr std::array<Rgba, 8> kColours{rgba(42, 138, 196),
                                                  rgba(186, 126, 0),
                                                  rgba(0, 139, 101),
                                                  rgba(184, 95, 146),
                                                  rgba(148, 138, 0),
                                                  rgba(200, 84, 0),
                                                  rgba(0, 96, 160),
                                                  rgba(120, 120, 120)};
    return kColours;
}

}  // namespace gui
