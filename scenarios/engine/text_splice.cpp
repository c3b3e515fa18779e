#include "scenarios/engine/text_splice.h"

#include <fmt/format.h>

#include <vector>

namespace scenarios {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

std::size_t start_of_line(std::string_view text, std::size_t at) {
    const std::size_t before = at == 0 ? kNowhere : text.rfind('\n', at - 1);
    return before == kNowhere ? 0 : before + 1;
}

/// Position after the line's end.
std::size_t end_of_line(std::string_view text, std::size_t at) {
    const std::size_t end = text.find('\n', at);
    return end == kNowhere ? text.size() : end + 1;
}

std::size_t position(const YAML::Node& node) {
    const YAML::Mark mark = node.Mark();
    return mark.is_null() ? kNowhere : static_cast<std::size_t>(mark.pos);
}

std::string with(std::string_view text, std::size_t at, std::string_view what) {
    std::string out(text.substr(0, at));
    out += what;
    out += text.substr(at);
    return out;
}

/// The end of a block item: its last line with content, found by indentation.
std::size_t end_of_item(std::string_view text, std::size_t line, std::size_t indent) {
    std::size_t end = end_of_line(text, line);
    for (std::size_t at = end; at < text.size(); at = end_of_line(text, at)) {
        const std::size_t content = text.find_first_not_of(' ', at);
        if (content == kNowhere) break;
        if (text[content] == '\n' || text[content] == '\r') continue;
        if (content - at <= indent) {
            if (text[content] != '#') break;
            continue;
        }
        end = end_of_line(text, at);
    }
    return end;
}

std::optional<std::string> into_block(const std::string& text,
                                      const YAML::Node& list,
                                      std::size_t place,
                                      const std::string& item) {
    const bool last = place >= list.size();
    const std::size_t at = position(list[last ? list.size() - 1 : place]);
    if (at == kNowhere || at >= text.size()) return std::nullopt;
    const std::size_t line = start_of_line(text, at);
    const std::size_t dash = text.find_first_not_of(' ', line);
    if (dash == kNowhere || text[dash] != '-' || dash >= at) return std::nullopt;
    const std::string added = fmt::format("{}- {}\n", std::string(dash - line, ' '), item);
    if (!last) return with(text, line, added);
    const std::size_t end = end_of_item(text, line, dash - line);
    const bool open = end > 0 && text[end - 1] != '\n';
    return with(text, end, open ? "\n" + added : added);
}

std::optional<std::string> into_flow(const std::string& text,
                                     const YAML::Node& list,
                                     std::size_t place,
                                     const std::string& item) {
    const std::size_t open = position(list);
    if (open == kNowhere || open >= text.size() || text[open] != '[') return std::nullopt;
    if (place < list.size()) return with(text, position(list[place]), item + ", ");
    const std::size_t end = end_of_flow(text, open);
    if (end == kNowhere) return std::nullopt;
    const std::size_t before = text.find_last_not_of(" \n\r\t", end - 2);
    const bool comma = text[before] != '[' && text[before] != ',';
    return with(text, end - 1, (comma ? ", " : " ") + item + " ");
}

}  // namespace

std::size_t end_of_flow(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    char quote = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (quote == '"' && c == '\\')
                ++i;
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            // A quote within a word is a letter of it.
            const char before = i == 0 ? ' ' : text[i - 1];
            if (std::string_view(" ,:[{\n").find(before) != kNowhere) quote = c;
        } else if (c == '#' && i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\n')) {
            i = end_of_line(text, i) - 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (depth == 0) return kNowhere;
            if (--depth == 0) return i + 1;
        }
    }
    return kNowhere;
}

std::optional<std::string> splice_item(const std::string& text,
                                       const YAML::Node& list,
                                       std::size_t place,
                                       const std::string& item) {
    if (!list.IsDefined()) {
        const char* gap = text.empty() || text.back() == '\n' ? "" : "\n";
        return fmt::format("{}{}actions:\n  - {}\n", text, gap, item);
    }
    if (!list.IsSequence()) return std::nullopt;
    if (list.Style() == YAML::EmitterStyle::Flow) return into_flow(text, list, place, item);
    return list.size() == 0 ? std::nullopt : into_block(text, list, place, item);
}

std::optional<std::string> splice_setting(const std::string& text,
                                          const YAML::Node& root,
                                          const std::string& setting) {
    const std::size_t equals = setting.find('=');
    if (equals == kNowhere || !root.IsMap()) return std::nullopt;
    const std::string path = setting.substr(0, equals);
    const std::string value = setting.substr(equals + 1);
    YAML::Node at;
    at.reset(root);
    std::size_t from = 0;
    while (from <= path.size()) {
        const std::size_t dot = std::min(path.find('.', from), path.size());
        // Lists, whose items may go by name, and maps that are not there yet are not understood.
        if (!at.IsMap()) return std::nullopt;
        const YAML::Node next = static_cast<const YAML::Node&>(at)[path.substr(from, dot - from)];
        if (!next.IsDefined()) {
            if (from > 0 || dot < path.size()) return std::nullopt;
            const char* gap = text.empty() || text.back() == '\n' ? "" : "\n";
            return fmt::format("{}{}{}: {}\n", text, gap, path, value);
        }
        at.reset(next);
        from = dot + 1;
    }
    const std::size_t place = position(at);
    if (!at.IsScalar() || place == kNowhere) return std::nullopt;
    const std::string& old = at.Scalar();
    if (old.empty() || text.compare(place, old.size(), old) != 0) return std::nullopt;
    return text.substr(0, place) + value + text.substr(place + old.size());
}

}  // namespace scenarios
