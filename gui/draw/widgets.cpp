#include "gui/draw/widgets.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gui {
namespace {

const char* begin_of(std::string_view text) {
    return text.data();
}

const char* end_of(std::string_view text) {
    return text.data() + text.size();
}

/// Draws an icon from triangles and bars within a square of side `size` whose corner is `at`.
class IconPen {
  public:
    IconPen(ImVec2 at, float size, Rgba colour) : at_(at), size_(size), colour_(colour) {}

    void triangle(float x, float width, bool to_right) const {
        const float tip = to_right ? x + width : x;
        const float back = to_right ? x : x + width;
        ImDrawList& list = *ImGui::GetWindowDrawList();
        if (to_right) {
            list.AddTriangleFilled(
                point(back, 0.12F), point(tip, 0.5F), point(back, 0.88F), colour_);
        } else {
            list.AddTriangleFilled(
                point(back, 0.12F), point(back, 0.88F), point(tip, 0.5F), colour_);
        }
    }

    void bar(float x, float width) const {
        ImGui::GetWindowDrawList()->AddRectFilled(
            point(x, 0.12F), point(x + width, 0.88F), colour_);
    }

    void diamond(float x, float radius) const {
        ImGui::GetWindowDrawList()->AddQuadFilled(point(x, 0.5F - radius),
                                                  point(x + radius, 0.5F),
                                                  point(x, 0.5F + radius),
                                                  point(x - radius, 0.5F),
                                                  colour_);
    }

  private:
    [[nodiscard]] ImVec2 point(float x, float y) const {
        return {at_.x + x * size_, at_.y + y * size_};
    }

    ImVec2 at_;
    float size_;
    Rgba colour_;
};

void draw_icon(Icon icon, ImVec2 at, float size, Rgba colour) {
    const IconPen pen(at, size, colour);
    switch (icon) {
        case Icon::kStart:
            pen.bar(0.05F, 0.14F);
            pen.triangle(0.22F, 0.7F, false);
            break;
        case Icon::kBackMarker:
            pen.triangle(0.0F, 0.55F, false);
            pen.diamond(0.8F, 0.2F);
            break;
        case Icon::kBackBlock:
            pen.triangle(0.1F, 0.55F, false);
            pen.bar(0.7F, 0.14F);
            break;
        case Icon::kPlay:
            pen.triangle(0.15F, 0.75F, true);
            break;
        case Icon::kPause:
            pen.bar(0.18F, 0.24F);
            pen.bar(0.58F, 0.24F);
            break;
        case Icon::kBlock:
            pen.bar(0.16F, 0.14F);
            pen.triangle(0.35F, 0.55F, true);
            break;
        case Icon::kNextMarker:
            pen.diamond(0.2F, 0.2F);
            pen.triangle(0.45F, 0.55F, true);
            break;
        case Icon::kLatest:
            pen.triangle(0.08F, 0.7F, true);
            pen.bar(0.81F, 0.14F);
            break;
    }
}

void after_item(std::string_view name, const char* tip) {
    mark(name);
    if (tip != nullptr && ImGui::IsItemHovered()) tooltip(tip);
}

}  // namespace

void mark(std::string_view name) {
    ui().probe.add(name, ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
}

void tooltip(std::string_view text) {
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(em() * 28);
    ImGui::TextUnformatted(begin_of(text), end_of(text));
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

bool button(const char* label, const char* tip) {
    const bool pressed = ImGui::Button(label);
    after_item(label, tip);
    return pressed;
}

bool toggle(const char* label, bool on, const char* tip) {
    if (on) ImGui::PushStyleColor(ImGuiCol_Button, ui().theme.chosen);
    const bool pressed = ImGui::Button(label);
    if (on) ImGui::PopStyleColor();
    after_item(label, tip);
    return pressed;
}

bool key_pressed(ImGuiKey key) {
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key));
}

bool entered() {
    const bool here =
        ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows) && !ImGui::GetIO().NavVisible;
    return here && (key_pressed(ImGuiKey_Enter) || key_pressed(ImGuiKey_KeyPadEnter));
}

bool icon_button(Icon icon, const char* name, const char* tip) {
    const float height = ImGui::GetFrameHeight();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(name);
    const bool pressed = ImGui::Button("##icon", {height * 1.15F, height});
    ImGui::PopID();
    const float size = em() * 0.8F;
    draw_icon(icon,
              {at.x + (height * 1.15F - size) / 2, at.y + (height - size) / 2},
              size,
              ui().theme.text);
    after_item(name, tip);
    return pressed;
}

bool choice(std::span<const char* const> options, int& chosen) {
    bool changed = false;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(1, ImGui::GetStyle().ItemSpacing.y));
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (i > 0) ImGui::SameLine();
        const bool on = chosen == static_cast<int>(i);
        if (toggle(options[i], on) && !on) {
            chosen = static_cast<int>(i);
            changed = true;
        }
    }
    ImGui::PopStyleVar();
    return changed;
}

bool checkbox(const char* label, bool& value) {
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1.0F);
    const bool changed = ImGui::Checkbox(label, &value);
    ImGui::PopStyleVar();
    mark(label);
    return changed;
}

bool text_field(const char* name, const char* hint, std::string& text, float width) {
    ImGui::SetNextItemWidth(width);
    ImGui::PushID(name);
    const bool changed = ImGui::InputTextWithHint("##field", hint, &text);
    ImGui::PopID();
    mark(name);
    return changed;
}

bool drop_down(const char* name, std::string& value, std::span<const std::string> options) {
    bool changed = false;
    ImGui::PushID(name);
    const bool open = ImGui::BeginCombo("##list", value.c_str());
    mark(name);
    if (open) {
        for (const std::string& option : options) {
            if (ImGui::Selectable(option.c_str(), option == value)) {
                changed = option != value;
                value = option;
            }
            mark(option);
        }
        ImGui::EndCombo();
    }
    ImGui::PopID();
    return changed;
}

bool link(const char* label, const char* tip) {
    ImGui::PushStyleColor(ImGuiCol_Button, 0U);
    ImGui::PushStyleColor(ImGuiCol_Text, ui().theme.accent);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(2, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0F);
    const bool pressed = ImGui::SmallButton(label);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
    after_item(label, tip);
    return pressed;
}

void flow(float width) {
    ImGui::SameLine();
    if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
}

float button_width(const char* label) {
    return ImGui::CalcTextSize(label, nullptr, true).x + ImGui::GetStyle().FramePadding.x * 2;
}

void text(std::string_view text) {
    ImGui::TextUnformatted(begin_of(text), end_of(text));
}

void text(Rgba colour, std::string_view content) {
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    text(content);
    ImGui::PopStyleColor();
}

void dim(std::string_view content) {
    text(ui().theme.dim, content);
}

void wrapped(std::string_view content) {
    ImGui::PushTextWrapPos(0);
    text(content);
    ImGui::PopTextWrapPos();
}

void wrapped_dim(std::string_view content) {
    ImGui::PushTextWrapPos(0);
    dim(content);
    ImGui::PopTextWrapPos();
}

float text_width(std::string_view content) {
    return ImGui::CalcTextSize(begin_of(content), end_of(content)).x;
}

std::string cut(std::string_view content, float width) {
    if (text_width(content) <= width) return std::string(content);
    const float dots = text_width("...");
    const char* rest = nullptr;
    ImGui::GetFont()->CalcTextSizeA(
        em(), std::max(0.0F, width - dots), 0, begin_of(content), end_of(content), &rest);
    const auto kept =
        static_cast<std::size_t>(std::max(rest, begin_of(content)) - begin_of(content));
    return std::string(content.substr(0, kept)) + "...";
}

void fitted(Rgba colour, std::string_view content, float width) {
    if (text_width(content) <= width) {
        text(colour, content);
        return;
    }
    text(colour, cut(content, width));
    if (ImGui::IsItemHovered()) tooltip(content);
}

void fitted(std::string_view content, float width) {
    fitted(ui().theme.text, content, width);
}

void right(Rgba colour, std::string_view content) {
    const float space = ImGui::GetContentRegionAvail().x - text_width(content);
    if (space > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + space);
    text(colour, content);
}

void right(std::string_view content) {
    right(ui().theme.text, content);
}

void draw_text(ImVec2 at, Rgba colour, std::string_view content) {
    ImGui::GetWindowDrawList()->AddText(
        {std::floor(at.x), std::floor(at.y)}, colour, begin_of(content), end_of(content));
}

void draw_centred(float x, float y, Range limits, Rgba colour, std::string_view content) {
    const float width = text_width(content);
    const float left = std::clamp(
        x - width / 2,
        static_cast<float>(limits.from),
        std::max(static_cast<float>(limits.from), static_cast<float>(limits.to) - width));
    draw_text({left, y}, colour, content);
}

void empty_state(std::string_view what, std::string_view advice) {
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const float width = std::min(space.x, em() * 30);
    const float left = ImGui::GetCursorPosX() + (space.x - width) / 2;
    const float down = std::clamp(space.y * 0.5F - em() * 2.5F, 0.0F, em() * 8);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + down);
    for (const auto& [colour, content] :
         {std::pair{ui().theme.text, what}, std::pair{ui().theme.dim, advice}}) {
        const float own = std::min(width, text_width(content));
        ImGui::SetCursorPosX(left + (width - own) / 2);
        ImGui::PushTextWrapPos(left + (width + own) / 2 + 1);
        text(colour, content);
        ImGui::PopTextWrapPos();
    }
}

Box::Box(const char* title, ImVec2 size, std::string_view subtitle) {
    ImGui::PushStyleColor(ImGuiCol_ChildBg, ui().theme.panel);
    visible_ = ImGui::BeginChild(title, size, true);
    ImGui::PopStyleColor();
    if (!visible_ || *title == '#') return;
    const std::string_view whole = title;
    text(whole.substr(0, whole.find("##")));
    if (subtitle.empty()) return;
    ImGui::SameLine();
    fitted(ui().theme.dim, subtitle, ImGui::GetContentRegionAvail().x);
}

Box::~Box() {
    ImGui::EndChild();
}

void meter(double share, std::string_view content, Rgba colour, ImVec2 size) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Theme& theme = ui().theme;
    const auto filled = static_cast<float>(std::clamp(share, 0.0, 1.0)) * size.x;
    list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, theme.field, 3);
    list.AddRect(at, {at.x + size.x, at.y + size.y}, theme.border, 3);
    if (filled > 0) list.AddRectFilled(at, {at.x + filled, at.y + size.y}, faded(colour, 0.75), 3);
    const float width = text_width(content);
    if (width > size.x || content.empty()) {
        ImGui::Dummy(size);
        return;
    }
    // Beside the filled part when it fits there; else each half in the colour that can be read.
    const float y = at.y + (size.y - em()) / 2;
    const bool outside = size.x - filled > width + em() * 0.6F;
    const float x = at.x + em() * 0.3F + (outside ? filled : 0.0F);
    const Rgba on_bar = text_on(mixed(theme.field, colour | 0xff000000U, 0.75));
    const float edge = at.x + filled;
    list.PushClipRect({edge, at.y}, {at.x + size.x, at.y + size.y}, true);
    draw_text({x, y}, theme.text, content);
    list.PopClipRect();
    if (!outside) {
        list.PushClipRect(at, {edge, at.y + size.y}, true);
        draw_text({x, y}, on_bar, content);
        list.PopClipRect();
    }
    ImGui::Dummy(size);
}

}  // namespace gui
