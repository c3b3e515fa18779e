// Pictures in memory: made from what Dear ImGui wants drawn, without graphics card or display, and
// written as PNG. Also where textures come from, so that a heat-map looks the same on a screen and
// in a picture.
#pragma once

#include "gui/plot/colour.h"
#include "sim/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

struct ImDrawData;
struct ImFontAtlas;

namespace gui {

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<Rgba> pixels;  ///< row by row, from the top

    bool operator==(const Picture&) const = default;
};

/// Gives a picture to whatever draws. The answer is ImGui's texture number (ImTextureID).
class Textures {
  public:
    virtual ~Textures() = default;
    /// The texture called `name`; drawn into anew only when `version` has changed.
    virtual void* put(const std::string& name, std::uint64_t version, const Picture& picture) = 0;
    /// Whether `name` is already there in this version, so that the picture need not be made.
    virtual void* find(const std::string& name, std::uint64_t version) = 0;
    /// What lies behind a texture number; null for an unknown one.
    [[nodiscard]] virtual const Picture* picture(void* texture) const = 0;
};

/// Keeps textures as pictures: for tests and for pictures without a display.
class MemoryTextures final : public Textures {
  public:
    void* put(const std::string& name, std::uint64_t version, const Picture& picture) override;
    void* find(const std::string& name, std::uint64_t version) override;
    [[nodiscard]] const Picture* picture(void* texture) const override;

  private:
    struct Kept {
        std::uint64_t version = 0;
        Picture picture;
    };

    std::map<std::string, Kept> kept_;
};

/// What ImGui has just rendered, at one pixel per unit, on `background`.
Picture rasterise(const ImDrawData& data,
                  ImFontAtlas& fonts,
                  const Textures& textures,
                  Rgba background);

/// The error names the file and says what went wrong, as a disk that is full.
sim::Status write_png(const Picture& picture, const std::string& path);

/// Hash of size and pixels (FNV-1a).
std::uint64_t fingerprint(const Picture& picture);

}  // namespace gui
