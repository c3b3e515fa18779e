// Textures on the graphics card. A copy of each picture stays in memory, so that a picture of the
// window can be drawn without reading back from the card.
#pragma once

#include "gui/draw/picture.h"

#include <map>
#include <string>

namespace gui {

class GlTextures final : public Textures {
  public:
    GlTextures() = default;
    ~GlTextures() override;
    GlTextures(const GlTextures&) = delete;
    GlTextures& operator=(const GlTextures&) = delete;
    GlTextures(GlTextures&&) = delete;
    GlTextures& operator=(GlTextures&&) = delete;

    void* put(const std::string& name, std::uint64_t version, const Picture& picture) override;
    void* find(const std::string& name, std::uint64_t version) override;
    [[nodiscard]] const Picture* picture(void* texture) const override;

  private:
    struct Kept {
        unsigned number = 0;
        std::uint64_t version = 0;
        Picture picture;
    };

    std::map<std::string, Kept> kept_;
};

}  // namespace gui
