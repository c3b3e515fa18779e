#include "gui/screen/gl_textures.h"

#include <GLFW/glfw3.h>

#include <cstdint>

namespace gui {
namespace {

/// ImGui's OpenGL back end takes the number itself for a pointer.
void* id_of(unsigned number) {
    return reinterpret_cast<void*>(static_cast<std::uintptr_t>(number));  // NOLINT
}

}  // namespace

GlTextures::~GlTextures() {
    for (const auto& [name, kept] : kept_)
        glDeleteTextures(1, &kept.number);
}

void* GlTextures::put(const std::string& name, std::uint64_t version, const Picture& picture) {
    Kept& kept = kept_[name];
    if (kept.number == 0) glGenTextures(1, &kept.number);
    kept.version = version;
    kept.picture = picture;
    glBindTexture(GL_TEXTURE_2D, kept.number);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexImage2D(GL_TEXTURE_2D,
                 0,
                 GL_RGBA,
                 picture.width,
                 picture.height,
                 0,
                 GL_RGBA,
                 GL_UNSIGNED_BYTE,
                 picture.pixels.data());
    return id_of(kept.number);
}

void* GlTextures::find(const std::string& name, std::uint64_t version) {
    const auto found = kept_.find(name);
    const bool fresh = found != kept_.end() && found->second.version == version;
    return fresh ? id_of(found->second.number) : nullptr;
}

const Picture* GlTextures::picture(void* texture) const {
    for (const auto& [name, kept] : kept_) {
        if (id_of(kept.number) == texture) return &kept.picture;
    }
    return nullptr;
}

}  // namespace gui
