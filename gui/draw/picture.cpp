#include "gui/draw/picture.h"

#include "sim/archive.h"
#include "sim/assert.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stb_image_write.h>

namespace gui {
namespace {

struct Clip {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
};

unsigned blend_channel(unsigned under, unsigned over, unsigned alpha) {
    return (over * alpha + under * (255 - alpha) + 127) / 255;
}

Rgba blend(Rgba under, Rgba over) {
    const unsigned alpha = channel(over, 3);
    return rgba(blend_channel(channel(under, 0), channel(over, 0), alpha),
                blend_channel(channel(under, 1), channel(over, 1), alpha),
                blend_channel(channel(under, 2), channel(over, 2), alpha));
}

Rgba multiplied(Rgba a, Rgba b) {
    Rgba out = 0;
    for (unsigned i = 0; i < 4; ++i)
        out |= (channel(a, i) * channel(b, i) + 127) / 255 << (8 * i);
    return out;
}

/// Either the fonts' coverage or a picture, looked up without filtering.
class Texture {
  public:
    Texture(const unsigned char* coverage, int width, int height)
        : coverage_(coverage), width_(width), height_(height) {}

    explicit Texture(const Picture& picture)
        : pixels_(picture.pixels.data()), width_(picture.width), height_(picture.height) {}

    [[nodiscard]] Rgba at(float u, float v) const {
        const int x = std::clamp(static_cast<int>(u * static_cast<float>(width_)), 0, width_ - 1);
        const int y = std::clamp(static_cast<int>(v * static_cast<float>(height_)), 0, height_ - 1);
        const auto place = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                           static_cast<std::size_t>(x);
        if (coverage_ != nullptr) return rgba(255, 255, 255, coverage_[place]);
        return pixels_[place];
    }

  private:
    const unsigned char* coverage_ = nullptr;
    const Rgba* pixels_ = nullptr;
    int width_ = 0;
    int height_ = 0;
};

bool same_uv(const ImDrawVert& a, const ImDrawVert& b) {
    return a.uv.x == b.uv.x && a.uv.y == b.uv.y;
}

class Raster {
  public:
    explicit Raster(Picture& picture) : picture_(picture) {}

    /// Axis-parallel, one colour, no picture: by far the most pixels are in these.
    void fill(const ImDrawVert& a, const ImDrawVert& c, Clip clip, Rgba colour) {
        const int x0 = std::max(clip.left, static_cast<int>(std::lround(a.pos.x)));
        const int x1 = std::min(clip.right, static_cast<int>(std::lround(c.pos.x)));
        const int y0 = std::max(clip.top, static_cast<int>(std::lround(a.pos.y)));
        const int y1 = std::min(clip.bottom, static_cast<int>(std::lround(c.pos.y)));
        for (int y = y0; y < y1; ++y) {
            Rgba* row = this->row(y);
            if (channel(colour, 3) == 255) {
                if (x0 < x1) std::fill(row + x0, row + x1, colour);
                continue;
            }
            for (int x = x0; x < x1; ++x)
                row[x] = blend(row[x], colour);
        }
    }

    void triangle(const std::array<const ImDrawVert*, 3>& corners, Clip clip, const Texture& tex) {
        const auto& [a, b, c] = corners;
        const float area = (b->pos.x - a->pos.x) * (c->pos.y - a->pos.y) -
                           (b->pos.y - a->pos.y) * (c->pos.x - a->pos.x);
        if (area == 0 || !std::isfinite(area)) return;
        const auto [left, right] = std::minmax({a->pos.x, b->pos.x, c->pos.x});
        const auto [top, bottom] = std::minmax({a->pos.y, b->pos.y, c->pos.y});
        clip.left = std::max(clip.left, static_cast<int>(std::floor(left)));
        clip.right = std::min(clip.right, static_cast<int>(std::ceil(right)));
        clip.top = std::max(clip.top, static_cast<int>(std::floor(top)));
        clip.bottom = std::min(clip.bottom, static_cast<int>(std::ceil(bottom)));
        const bool one_colour = a->col == b->col && b->col == c->col;
        const bool one_texel = same_uv(*a, *b) && same_uv(*b, *c);
        const Rgba texel = one_texel ? tex.at(a->uv.x, a->uv.y) : 0;
        const float scale = 1 / area;
        for (int y = clip.top; y < clip.bottom; ++y) {
            Rgba* row = this->row(y);
            const float py = static_cast<float>(y) + 0.5F;
            for (int x = clip.left; x < clip.right; ++x) {
                const float px = static_cast<float>(x) + 0.5F;
                const float wb = ((px - a->pos.x) * (c->pos.y - a->pos.y) -
                                  (py - a->pos.y) * (c->pos.x - a->pos.x)) *
                                 scale;
                const float wc = ((b->pos.x - a->pos.x) * (py - a->pos.y) -
                                  (b->pos.y - a->pos.y) * (px - a->pos.x)) *
                                 scale;
                const float wa = 1 - wb - wc;
                if (wa < 0 || wb < 0 || wc < 0) continue;
                const std::array<float, 3> weights{wa, wb, wc};
                Rgba colour = one_colour ? a->col : mix_colours(corners, weights);
                colour = multiplied(colour,
                                    one_texel ? texel
                                              : tex.at(wa * a->uv.x + wb * b->uv.x + wc * c->uv.x,
                                                       wa * a->uv.y + wb * b->uv.y + wc * c->uv.y));
                if (channel(colour, 3) != 0) row[x] = blend(row[x], colour);
            }
        }
    }

  private:
    static Rgba mix_colours(const std::array<const ImDrawVert*, 3>& corners,
                            const std::array<float, 3>& weights) {
        Rgba out = 0;
        for (unsigned i = 0; i < 4; ++i) {
            float sum = 0.5F;
            for (std::size_t k = 0; k < 3; ++k)
                sum += weights[k] * static_cast<float>(channel(corners[k]->col, i));
            out |= std::min(255U, static_cast<unsigned>(std::max(0.0F, sum))) << (8 * i);
        }
        return out;
    }

    Rgba* row(int y) {
        return picture_.pixels.data() +
               static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width);
    }

    Picture& picture_;
};

/// ImGui writes a rectangle as the corners 0 1 2 and 0 2 3.
bool is_plain_rectangle(const ImDrawIdx* index, const ImDrawVert* vertices) {
    if (index[0] != index[3] || index[2] != index[4]) return false;
    const ImDrawVert& a = vertices[index[0]];
    const ImDrawVert& b = vertices[index[1]];
    const ImDrawVert& c = vertices[index[2]];
    const ImDrawVert& d = vertices[index[5]];
    return a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x &&
           a.pos.x <= c.pos.x && a.pos.y <= c.pos.y && a.col == b.col && a.col == c.col &&
           a.col == d.col && same_uv(a, c);
}

void draw_command(Raster& raster,
                  const ImDrawCmd& command,
                  const ImDrawList& list,
                  Clip clip,
                  const Texture& texture) {
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        if (i + 5 < command.ElemCount && is_plain_rectangle(index + i, vertices)) {
            const ImDrawVert& corner = vertices[index[i]];
            const Rgba colour = multiplied(corner.col, texture.at(corner.uv.x, corner.uv.y));
            raster.fill(corner, vertices[index[i + 2]], clip, colour);
            i += 3;
            continue;
        }
        raster.triangle(
            {vertices + index[i], vertices + index[i + 1], vertices + index[i + 2]}, clip, texture);
    }
}

}  // namespace

void* MemoryTextures::put(const std::string& name, std::uint64_t version, const Picture& picture) {
    Kept& kept = kept_[name];
    kept.version = version;
    kept.picture = picture;
    return &kept;
}

void* MemoryTextures::find(const std::string& name, std::uint64_t version) {
    const auto found = kept_.find(name);
    const bool fresh = found != kept_.end() && found->second.version == version;
    return fresh ? &found->second : nullptr;
}

const Picture* MemoryTextures::picture(void* texture) const {
    for (const auto& [name, kept] : kept_) {
        if (&kept == texture) return &kept.picture;
    }
    return nullptr;
}

Picture rasterise(const ImDrawData& data,
                  ImFontAtlas& fonts,
                  const Textures& textures,
                  Rgba background) {
    Picture picture;
    picture.width = static_cast<int>(data.DisplaySize.x);
    picture.height = static_cast<int>(data.DisplaySize.y);
    picture.pixels.assign(
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height),
        background);
    unsigned char* coverage = nullptr;
    int width = 0;
    int height = 0;
    fonts.GetTexDataAsAlpha8(&coverage, &width, &height);
    const Texture letters(coverage, width, height);
    Raster raster(picture);
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback != nullptr) continue;
            const Clip clip{std::max(0, static_cast<int>(command.ClipRect.x)),
                            std::max(0, static_cast<int>(command.ClipRect.y)),
                            std::min(picture.width, static_cast<int>(command.ClipRect.z)),
                            std::min(picture.height, static_cast<int>(command.ClipRect.w))};
            const Picture* source = textures.picture(command.TextureId);
            draw_command(
                raster, command, list, clip, source != nullptr ? Texture(*source) : letters);
        }
    }
    return picture;
}

sim::Status write_png(const Picture& picture, const std::string& path) {
    std::string bytes;
    const auto append = [](void* context, void* piece, int size) {
        static_cast<std::string*>(context)->append(static_cast<const char*>(piece),
                                                   static_cast<std::size_t>(size));
    };
    const int made = stbi_write_png_to_func(
        append, &bytes, picture.width, picture.height, 4, picture.pixels.data(), picture.width * 4);
    SIM_ASSERT(made != 0, "memory for a picture of {} x {}", picture.width, picture.height);
    return sim::write_file_atomically(path, bytes);
}

std::uint64_t fingerprint(const Picture& picture) {
    std::uint64_t hash = 1469598103934665603ULL;
    auto mix = [&](std::uint64_t value) {
        hash ^= value;
        hash *= 1099511628211ULL;
    };
    mix(static_cast<std::uint64_t>(picture.width));
    mix(static_cast<std::uint64_t>(picture.height));
    for (const Rgba pixel : picture.pixels)
        mix(pixel);
    return hash;
}

}  // namespace gui
