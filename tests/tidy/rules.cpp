#include "tests/tidy/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <span>
#include <sstream>

namespace tidy {
namespace {

constexpr std::size_t kFileLines = 800;
constexpr std::size_t kFunctionLines = 70;
constexpr std::size_t kDrawFunctionLines = 100;

std::string finding(std::string_view path, std::size_t line, std::string_view what) {
    return std::string(path) + ":" + std::to_string(line) + ": " + std::string(what);
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool starts_with_any(std::string_view text, std::span<const std::string_view> prefixes) {
    return std::any_of(
        prefixes.begin(), prefixes.end(), [&](auto prefix) { return text.starts_with(prefix); });
}

/// Where `word` stands by itself in `text`: nothing that could belong to a longer name on the sides
/// on which it ends in a name's character itself.
bool contains_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        const bool before = at > 0 && is_word(word.front()) && is_word(text[at - 1]);
        const bool after = end < text.size() && is_word(word.back()) && is_word(text[end]);
        if (!before && !after) return true;
    }
    return false;
}

/// Ends of the pieces that are no code; `at` is where the piece begins.
std::size_t end_of_raw_string(std::string_view text, std::size_t at) {
    const auto open = text.find('(', at);
    if (open == std::string_view::npos) return text.size();
    const std::string close = ")" + std::string(text.substr(at + 2, open - at - 2)) + "\"";
    const auto found = text.find(close, open);
    return found == std::string_view::npos ? text.size() : found + close.size();
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == text[at] || text[i] == '\n') {
            return i + 1;
        }
    }
    return text.size();
}

std::size_t end_of_directive(std::string_view text, std::size_t at) {
    for (std::size_t i = at; i < text.size(); ++i) {
        if (text[i] == '\n' && text[i - 1] != '\\') return i;
    }
    return text.size();
}

std::size_t end_of_piece(std::string_view text, std::size_t at) {
    const auto rest = text.substr(at);
    const bool in_name = at > 0 && is_word(text[at - 1]);
    if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
    if (rest.starts_with("/*")) {
        const auto end = text.find("*/", at + 2);
        return end == std::string_view::npos ? text.size() : end + 2;
    }
    if (rest.starts_with("R\"") && !in_name) return end_of_raw_string(text, at);
    // An apostrophe inside a number separates digits.
    if (rest[0] == '"' || (rest[0] == '\'' && !in_name)) return end_of_quoted(text, at);
    if (rest[0] == '#') {
        const auto before = text.substr(0, at).find_last_not_of(" \t");
        const bool first_in_line = before == std::string_view::npos || text[before] == '\n';
        if (first_in_line) return end_of_directive(text, at);
    }
    return at;
}

/// The text with comments, strings and preprocessor lines blanked; lines stay where they are.
std::string code_of(std::string_view text) {
    std::string code(text);
    for (std::size_t i = 0; i < text.size();) {
        const auto end = end_of_piece(text, i);
        for (std::size_t j = i; j < end; ++j) {
            if (code[j] != '\n') code[j] = ' ';
        }
        i = std::max(end, i + 1);
    }
    return code;
}

// ---- who includes whom ----

/// Folders that a folder may include besides itself.
const std::map<std::string, std::set<std::string>, std::less<>>& allowed_folders() {
    static const std::map<std::string, std::set<std::string>, std::less<>> allowed{
        {"sim", {}},
        {"nodes", {"sim"}},
        {"providers", {"sim", "nodes"}},
        {"tenants", {"sim", "nodes"}},
        {"scenarios", {"sim", "nodes", "providers", "tenants"}},
        {"gui", {"sim", "nodes", "providers", "tenants", "scenarios"}},
        {"tests", {"sim", "nodes", "providers", "tenants", "scenarios", "gui"}},
    };
    return allowed;
}

/// The same between the folders of `nodes`.
const std::map<std::string, std::set<std::string>, std::less<>>& allowed_in_nodes() {
    static const std::map<std::string, std::set<std::string>, std::less<>> allowed{
        {"protocol", {}},
        {"chain", {"protocol"}},
        {"modules", {"protocol", "chain"}},
        {"consensus", {"protocol", "chain"}},
        {"networks", {"protocol", "chain", "modules", "consensus"}},
        {"rpc", {"protocol", "chain", "modules", "consensus", "networks"}},
    };
    return allowed;
}

/// The chain's one place that knows every module, because it hands messages to them.
constexpr std::array<std::string_view, 1> kSeesModules{"nodes/chain/app.cpp"};

struct Library {
    std::string_view header;
    std::vector<std::string_view> users;  ///< beginnings of paths
};

const std::vector<Library>& restricted_libraries() {
    static const std::vector<Library> libraries{
        {"spdlog/", {"sim/log.", "tests/"}},
        {"sqlite3.h", {"sim/recorder", "sim/record_", "tests/"}},
        {"boost/asio", {"nodes/rpc/", "sim/pacer.", "sim/inbox.", "tests/"}},
        {"imgui", {"gui/", "tests/"}},
        {"implot", {"gui/", "tests/"}},
        {"GLFW/", {"gui/", "tests/"}},
    };
    return libraries;
}

std::string folder_at(std::string_view path, int depth) {
    for (; depth > 0; --depth) {
        const auto slash = path.find('/');
        if (slash == std::string_view::npos) return {};
        path.remove_prefix(slash + 1);
    }
    const auto slash = path.find('/');
    return slash == std::string_view::npos ? std::string{} : std::string(path.substr(0, slash));
}

std::optional<std::string> included_file(std::string_view line) {
    constexpr std::string_view kDirective = "#include";
    const auto at = line.find_first_not_of(" \t");
    if (at == std::string_view::npos || !line.substr(at).starts_with(kDirective)) return {};
    const auto open = line.find_first_of("<\"", at);
    if (open == std::string_view::npos) return {};
    const auto close = line.find_first_of(">\"", open + 1);
    return std::string(line.substr(open + 1, close - open - 1));
}

std::string include_problem(std::string_view path, const std::string& included) {
    for (const auto& library : restricted_libraries()) {
        const bool foreign = included.starts_with(library.header);
        if (foreign && !starts_with_any(path, library.users)) {
            return "includes <" + included + ">, which this file must not know";
        }
    }
    const auto from = folder_at(path, 0);
    const auto to = folder_at(included, 0);
    const auto rule = allowed_folders().find(from);
    if (rule == allowed_folders().end() || !allowed_folders().contains(to)) return {};
    if (from != to && !rule->second.contains(to)) return from + " must not include " + included;
    if (from == "gui" && included.starts_with("nodes/modules/")) {
        return "gui must not call a keeper, but includes " + included;
    }
    if (from != "nodes" || to != "nodes") return {};
    const auto inner = allowed_in_nodes().find(folder_at(path, 1));
    const auto target = folder_at(included, 1);
    if (inner == allowed_in_nodes().end() || inner->first == target) return {};
    if (target == "modules" && starts_with_any(path, kSeesModules)) return {};
    if (inner->second.contains(target)) return {};
    return "nodes/" + inner->first + " must not include " + included;
}

// ---- words ----

struct Ban {
    std::string word;
    std::string_view why;
    std::vector<std::string_view> only_in{};  ///< empty: everywhere
    std::vector<std::string_view> except{};
};

/// A word in two pieces, so that this file does not contain it.
std::string word(std::string_view first, std::string_view second) {
    return std::string(first) + std::string(second);
}

const std::vector<Ban>& banned_in_code() {
    static const std::vector<Ban> bans{
        {word("std::", "rand"), "randomness comes from sim::Rng"},
        {word("random_", "device"), "randomness comes from sim::Rng"},
        {word("std::", "mt19937"), "randomness comes from sim::Rng"},
        {word("std::", "mt19937_64"), "randomness comes from sim::Rng"},
        {word("std::uniform_", ""), "distributions are our own (sim/rng.h)"},
        {word("std::normal_", ""), "distributions are our own (sim/rng.h)"},
        {word("_distri", "bution"), "distributions are our own (sim/rng.h)"},
        {word("system_", "clock"), "no wall clock", {}, {"nodes/rpc/", "gui/"}},
        {word("steady_", "clock"),
         "no wall clock",
         {"nodes/", "providers/", "tenants/"},
         {"nodes/rpc/"}},
        {word("using ", "namespace std"), "names are written out"},
        {"double", "no floating point in nodes", {"nodes/"}, {"nodes/rpc/"}},
        {"float", "no floating point in nodes", {"nodes/"}, {"nodes/rpc/"}},
    };
    return bans;
}

const std::vector<Ban>& banned_in_text() {
    static const std::vector<Ban> bans{
        {word("TO", "DO"), "open work belongs in an issue"},
        {word("FIX", "ME"), "open work belongs in an issue"},
        {word("XX", "X"), "open work belongs in an issue"},
        {word("/wo", "rk/"), "a path of one machine"},
        {word("/tm", "p/"), "a path of one machine"},
        {word("/ho", "me/"), "a path of one machine"},
        {word("/ro", "ot/"), "a path of one machine"},
    };
    return bans;
}

/// A word that ends or begins with '_' is a part of names: std::uniform_..., std::..._distribution.
bool occurs(std::string_view line, std::string_view word) {
    if (word.ends_with('_')) return line.find(word) != std::string_view::npos;
    if (!word.starts_with('_')) return contains_word(line, word);
    const auto at = line.find(word);
    if (at == std::string_view::npos) return false;
    const auto before = line.substr(0, at);
    const auto name = before.find_last_not_of("abcdefghijklmnopqrstuvwxyz_0123456789");
    return name != std::string_view::npos && before.substr(0, name + 1).ends_with("std::");
}

bool applies_to(const Ban& ban, std::string_view path) {
    if (starts_with_any(path, ban.except)) return false;
    return ban.only_in.empty() || starts_with_any(path, ban.only_in);
}

Findings check_words(std::string_view path, std::string_view text, const std::vector<Ban>& bans) {
    Findings found;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const auto& ban : bans) {
            if (!applies_to(ban, path) || !occurs(lines[i], ban.word)) continue;
            const auto what = std::string(ban.word) + ": " + std::string(ban.why);
            found.push_back(finding(path, i + 1, what));
        }
    }
    return found;
}

// ---- lengths and blanks ----

enum class Scope { kNamespace, kType, kFunction, kOther };

/// A brace between parentheses is a default argument or an argument.
bool inside_parentheses(std::string_view head) {
    return std::count(head.begin(), head.end(), '(') > std::count(head.begin(), head.end(), ')');
}

/// What an opening brace begins, told from the text since the last statement ended.
Scope scope_of(std::string_view head, Scope around) {
    if (around == Scope::kFunction || around == Scope::kOther) return Scope::kOther;
    if (contains_word(head, "namespace") || contains_word(head, "extern")) return Scope::kNamespace;
    const auto parameters = head.find('(');
    const auto before = head.substr(0, parameters);
    for (const std::string_view word : {"class", "struct", "union", "enum"}) {
        const auto template_end = before.rfind('>');
        const auto own =
            template_end == std::string_view::npos ? before : before.substr(template_end);
        if (contains_word(own, word) ||
            (parameters == std::string_view::npos && contains_word(head, word))) {
            return Scope::kType;
        }
    }
    if (parameters == std::string_view::npos || inside_parentheses(head)) return Scope::kOther;
    const bool assigned = before.find(" = ") != std::string_view::npos &&
                          !contains_word(before, "template") && !contains_word(before, "operator");
    return assigned ? Scope::kOther : Scope::kFunction;
}

/// Counts braces; relies on clang-format's layout only for the lines, not for the structure.
class FunctionMeter {
  public:
    explicit FunctionMeter(std::string_view path) : path_(path) {}

    Findings measure(const std::string& code) {
        for (std::size_t i = 0; i < code.size(); ++i) {
            const char c = code[i];
            if (c == '\n') ++line_;
            if (c == '{') {
                open();
            } else if (c == '}') {
                close(code, i);
            } else if (c == ';') {
                head_.clear();
            } else {
                head_ += c == '\n' ? ' ' : c;
            }
        }
        return found_;
    }

  private:
    struct Open {
        Scope scope;
        std::size_t line;
        std::string head;
    };

    void open() {
        const auto around = stack_.empty() ? Scope::kNamespace : stack_.back().scope;
        stack_.push_back({scope_of(head_, around), line_, head_});
        head_.clear();
    }

    void close(const std::string& code, std::size_t at) {
        head_.clear();
        if (stack_.empty()) return;
        const auto closed = stack_.back();
        stack_.pop_back();
        // After a member initialised with braces the constructor's own body is still to come.
        const auto next = code.find_first_not_of(" \n", at + 1);
        const bool goes_on = next != std::string::npos && (code[next] == ',' || code[next] == '{');
        if (goes_on || inside_parentheses(closed.head)) head_ = closed.head;
        if (closed.scope != Scope::kFunction) return;
        const auto length = line_ - closed.line + 1;
        const bool draws = closed.head.find("draw") != std::string::npos;
        if (length <= (draws ? kDrawFunctionLines : kFunctionLines)) return;
        found_.push_back(
            finding(path_, closed.line, "a function of " + std::to_string(length) + " lines"));
    }

    std::string_view path_;
    std::size_t line_ = 1;
    std::string head_;
    std::vector<Open> stack_;
    Findings found_;
};

/// `files` are the plug-ins' file names; each must be named in the catalog's text.

}  // namespace

const std::vector<std::string>& folders() {
    static const std::vector<std::string> names{
        "sim", "nodes", "providers", "tenants", "scenarios", "gui", "tests"};
    return names;
}

Findings check_includes(std::string_view path, std::string_view text) {
    Findings found;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto included = included_file(lines[i]);
        if (!included) continue;
        const auto problem = include_problem(path, *included);
        if (!problem.empty()) found.push_back(finding(path, i + 1, problem));
    }
    return found;
}

Findings check_code_words(std::string_view path, std::string_view text) {
    return check_words(path, code_of(text), banned_in_code());
}

Findings check_text_words(std::string_view path, std::string_view text) {
    return check_words(path, text, banned_in_text());
}

Findings check_lines(std::string_view path, std::string_view text) {
    Findings found;
    const auto lines = lines_of(text);
    if (lines.size() > kFileLines) {
        found.push_back(finding(path, lines.size(), "the file has more than 800 lines"));
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const char last = lines[i].back();
        if (last == ' ' || last == '\t' || last == '\r') {
            found.push_back(finding(path, i + 1, "trailing space"));
        }
    }
    if (!text.empty() && text.back() != '\n') {
        found.push_back(finding(path, lines.size(), "no end of line at the end of the file"));
    }
    return found;
}

Findings check_functions(std::string_view path, std::string_view text) {
    return FunctionMeter(path).measure(code_of(text));
}

Findings check_header(std::string_view path, std::string_view text) {
    Findings found;
    if (!path.ends_with(".h")) return found;
    if (!text.starts_with("// "))
        found.push_back(finding(path, 1, "no sentence on what it is for"));
    if (text.find("#pragma once") == std::string_view::npos) {
        found.push_back(finding(path, 1, "no #pragma once"));
    }
    return found;
}

Findings check_readme(std::string_view path, std::string_view text) {
    if (text.starts_with("# ")) return {};
    return {finding(path, 1, "a README begins with its title")};
}

Findings check_top_level(const std::set<std::string>& names) {
    static const std::set<std::string> allowed{
        "CMakeLists.txt",
        "sim",
        "nodes",
        ".ci",
        "providers",
        "tenants",
        "gui",
        "scenarios",
        "tests",
        ".clang-format",
        ".clang-tidy",
        ".gitignore",
        "README.md",
        ".git",
    };
    Findings found;
    for (const auto& name : names) {
        // What .gitignore names: build folders and databases of runs.
        const bool ignored = name.starts_with("build") || name.ends_with(".db") ||
                             name.ends_with(".db-wal") || name.ends_with(".db-shm");
        if (!ignored && !allowed.contains(name)) {
            found.push_back(finding(name, 1, "the top level is fixed"));
        }
    }
    return found;
}

Findings check_catalog(std::string_view folder,
                       const std::set<std::string>& files,
                       std::string_view catalog) {
    Findings found;
    for (const auto& file : files) {
        const auto name = file.substr(0, file.rfind('.'));
        if (name == "catalog" || !file.ends_with(".cpp")) continue;
        if (!contains_word(catalog, name)) {
            found.push_back(finding(std::string(folder) + "/" + file, 1, "not in its catalog.cpp"));
        }
    }
    return found;
}

}  // namespace tidy
