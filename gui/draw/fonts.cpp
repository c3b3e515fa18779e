#include "gui/draw/fonts.h"

#include <imgui.h>
#include <imgui_freetype.h>

#include <algorithm>
#include <array>
#include <fontconfig/fontconfig.h>
#include <memory>
#include <strings.h>

namespace gui {
namespace {

constexpr float kTextPixels = 15;
constexpr float kLargePixels = 21;
constexpr float kFixedPixels = 14;
constexpr float kEmbeddedPixels = 13;

/// Latin with accents, dashes and quotes, arrows.
constexpr std::array<ImWchar, 7> kGlyphs{0x20, 0x17f, 0x2010, 0x2027, 0x2190, 0x2193, 0};

ImFont* embedded(ImFontAtlas& atlas, float scale) {
    ImFontConfig config;
    config.SizePixels = std::max(8.0F, kEmbeddedPixels * scale);
    return atlas.AddFontDefault(&config);
}

/// ImGui stops the program when a font file cannot be read, so it is opened by hand before.
bool readable(const std::string& file) {
    if (file.empty()) return false;
    std::FILE* handle = std::fopen(file.c_str(), "rb");
    if (handle == nullptr) return false;
    (void)std::fclose(handle);
    return true;
}

struct Found {
    std::string family;
    std::string file;
};

Found first_of(std::initializer_list<std::string> families) {
    for (const auto& family : families) {
        const std::string file = font_file(family);
        if (readable(file)) return {family, file};
    }
    return {};
}

ImFont* add(ImFontAtlas& atlas, const std::string& file, float pixels, float scale) {
    if (file.empty()) return embedded(atlas, scale * pixels / kTextPixels);
    ImFont* font = atlas.AddFontFromFileTTF(file.c_str(), pixels * scale, nullptr, kGlyphs.data());
    return font != nullptr ? font : embedded(atlas, scale * pixels / kTextPixels);
}

}  // namespace

std::string font_file(const std::string& family) {
    if (family.empty()) return {};
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> pattern(FcPatternCreate(),
                                                                          &FcPatternDestroy);
    const auto* name = reinterpret_cast<const FcChar8*>(family.c_str());
    FcPatternAddString(pattern.get(), FC_FAMILY, name);
    FcPatternAddInteger(pattern.get(), FC_WEIGHT, FC_WEIGHT_REGULAR);
    FcPatternAddInteger(pattern.get(), FC_SLANT, FC_SLANT_ROMAN);
    FcPatternAddBool(pattern.get(), FC_SCALABLE, FcTrue);
    FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());
    FcResult result = FcResultNoMatch;
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> match(
        FcFontMatch(nullptr, pattern.get(), &result), &FcPatternDestroy);
    if (!match) return {};
    FcChar8* file = nullptr;
    FcChar8* found = nullptr;
    FcPatternGetString(match.get(), FC_FILE, 0, &file);
    FcPatternGetString(match.get(), FC_FAMILY, 0, &found);
    if (file == nullptr || found == nullptr) return {};
    const auto* answer = reinterpret_cast<const char*>(found);
    if (strncasecmp(answer, family.c_str(), family.size()) != 0) return {};
    return reinterpret_cast<const char*>(file);
}

Fonts load_fonts(const FontWish& wish, ImFontAtlas& atlas) {
    atlas.Clear();
    const auto scale = static_cast<float>(wish.scale);
    Found text;
    Found fixed;
    if (wish.family != "embedded") {
        text = first_of({wish.family, "Inter", "Roboto", "DejaVu Sans"});
        fixed = first_of({"JetBrains Mono", "DejaVu Sans Mono"});
    }
    Fonts fonts;
    fonts.family = text.file.empty() ? "embedded" : text.family;
    fonts.text = add(atlas, text.file, kTextPixels, scale);
    fonts.large = add(atlas, text.file, kLargePixels, scale);
    fonts.fixed = add(atlas, fixed.file, kFixedPixels, scale);
    if (!text.file.empty()) {
        atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
        atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
    }
    atlas.Build();
    return fonts;
}

}  // namespace gui
