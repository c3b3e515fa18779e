#include "gui/parts/facts.h"

#include "gui/draw/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace gui {
namespace {

bool fits(std::span<const Fact> facts, float width) {
    float names = 0;
    float values = 0;
    for (const Fact& fact : facts) {
        names = std::max(names, text_width(fact.name));
        values = std::max(values, text_width(fact.value));
    }
    return names + em() < width * 0.6F && names + em() + values < width;
}

void draw_column(std::span<const Fact> facts, float left, float width) {
    float names = 0;
    for (const Fact& fact : facts)
        names = std::max(names, text_width(fact.name));
    names = std::min(names + em(), width * 0.6F);
    for (const Fact& fact : facts) {
        ImGui::SetCursorPosX(left);
        fitted(ui().theme.dim, fact.name, names - em() * 0.5F);
        ImGui::SameLine(left + names);
        ImGui::PushTextWrapPos(left + width);
        text(fact.value);
        ImGui::PopTextWrapPos();
    }
}

}  // namespace

void draw_facts(std::span<const Fact> facts) {
    const float left = ImGui::GetCursorPosX();
    const float width = ImGui::GetContentRegionAvail().x;
    const std::size_t half = facts_lines(facts, width);
    if (half == facts.size()) {
        draw_column(facts, left, width);
        return;
    }
    const float top = ImGui::GetCursorPosY();
    draw_column(facts.first(half), left, width / 2 - em());
    const float bottom = ImGui::GetCursorPosY();
    ImGui::SetCursorPosY(top);
    draw_column(facts.subspan(half), left + width / 2, width / 2);
    ImGui::SetCursorPosY(bottom);
}

/// In two columns where nothing is cut short in them.
std::size_t facts_lines(std::span<const Fact> facts, float width) {
    const std::size_t half = (facts.size() + 1) / 2;
    const bool two = facts.size() >= 4 && width >= em() * 44 &&
                     fits(facts.first(half), width / 2 - em()) &&
                     fits(facts.subspan(half), width / 2);
    return two ? half : facts.size();
}

std::string counts_text(std::span<const ReasonCount> counts) {
    std::string line;
    for (const ReasonCount& count : counts) {
        if (count.count == 0) continue;
        if (!line.empty()) line += ", ";
        line += fmt::format("{} {}", with_commas(count.count), count.text);
    }
    return line;
}

std::string token_name(const std::string& denom) {
    std::string name = denom.starts_with('u') ? denom.substr(1) : denom;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    return name;
}

}  // namespace gui
