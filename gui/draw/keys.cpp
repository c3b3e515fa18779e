#include "gui/draw/keys.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace gui {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 25> kNames{{
    {kKeySpace, "Space"},
    {kKeyEscape, "Esc"},
    {kKeyEnter, "Enter"},
    {kKeyTab, "Tab"},
    {kKeyBackspace, "Backspace"},
    {kKeyInsert, "Insert"},
    {kKeyDelete, "Delete"},
    {kKeyRight, "Right"},
    {kKeyLeft, "Left"},
    {kKeyDown, "Down"},
    {kKeyUp, "Up"},
    {kKeyPageUp, "PageUp"},
    {kKeyPageDown, "PageDown"},
    {kKeyHome, "Home"},
    {kKeyEnd, "End"},
    {kKeyKeypadAdd, "KeypadAdd"},
    {kKeyKeypadSubtract, "KeypadSubtract"},
    {kKeyKeypadEnter, "KeypadEnter"},
    {'-', "-"},
    {'=', "="},
    {'+', "Plus"},
    {'/', "/"},
    {'.', "."},
    {',', ","},
    {'`', "`"},
}};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return out;
}

std::string key_name(int key) {
    for (const auto& [code, name] : kNames) {
        if (code == key) return std::string(name);
    }
    if (key >= kKeyF1 && key < kKeyF1 + 12) return "F" + std::to_string(key - kKeyF1 + 1);
    if (key > 32 && key < 127) return {static_cast<char>(key)};
    return "Key" + std::to_string(key);
}

std::optional<int> key_named(const std::string& name) {
    for (const auto& [code, known] : kNames) {
        if (lower(known) == name) return code;
    }
    if (name.size() == 1 && name[0] > 32 && name[0] < 127) {
        return std::toupper(static_cast<unsigned char>(name[0]));
    }
    if (name.size() >= 2 && name.size() <= 3 && name[0] == 'f' &&
        std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        const int number = std::stoi(name.substr(1));
        if (number >= 1 && number <= 12) return kKeyF1 + number - 1;
    }
    return std::nullopt;
}

}  // namespace

std::string to_text(Chord chord) {
    std::string out;
    if ((chord.modifiers & kControl) != 0) out += "Ctrl+";
    if ((chord.modifiers & kAlt) != 0) out += "Alt+";
    if ((chord.modifiers & kShift) != 0) out += "Shift+";
    return out + key_name(chord.key);
}

std::optional<Chord> parse_chord(std::string_view text) {
    Chord chord;
    std::string rest = lower(text);
    for (bool again = true; again;) {
        again = false;
        for (const auto& [prefix, bit] : {std::pair<std::string_view, int>{"ctrl+", kControl},
                                          {"shift+", kShift},
                                          {"alt+", kAlt}}) {
            if (!rest.starts_with(prefix)) continue;
            rest.erase(0, prefix.size());
            chord.modifiers |= bit;
            again = true;
        }
    }
    const auto key = key_named(rest);
    if (!key) return std::nullopt;
    chord.key = *key;
    return chord;
}

void KeyQueue::add(int key, int modifiers, bool down) {
    constexpr int kHeld = kShift | kControl | kAlt;
    changes_.push_back({key, modifiers & kHeld, down});
    if (down) presses_.push_back({key, modifiers & kHeld});
}

std::vector<Chord> KeyQueue::take_presses() {
    return std::exchange(presses_, {});
}

bool KeyQueue::feed(ImGuiIO& io) {
#if IMGUI_VERSION_NUM < 18700
    std::vector<int> touched;
    while (!changes_.empty()) {
        const Change change = changes_.front();
        if (std::find(touched.begin(), touched.end(), change.key) != touched.end()) break;
        changes_.pop_front();
        if (change.key < 0 || change.key >= static_cast<int>(std::size(io.KeysDown))) continue;
        touched.push_back(change.key);
        io.KeysDown[change.key] = change.down;
        const int held = change.down ? change.modifiers : 0;
        io.KeyShift = io.KeysDown[340] || io.KeysDown[344] || (held & kShift) != 0;
        io.KeyCtrl = io.KeysDown[341] || io.KeysDown[345] || (held & kControl) != 0;
        io.KeyAlt = io.KeysDown[342] || io.KeysDown[346] || (held & kAlt) != 0;
    }
    return !changes_.empty();
#else
    changes_.clear();  // newer versions queue keys themselves; their back end delivers them
    (void)io;
    return false;
#endif
}

void KeyQueue::release_all() {
    changes_.clear();
#if IMGUI_VERSION_NUM < 18700
    ImGuiIO& io = ImGui::GetIO();
    std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
    io.KeyCtrl = io.KeyShift = io.KeyAlt = false;
#endif
}

void map_keys(ImGuiIO& io) {
#if IMGUI_VERSION_NUM < 18700
    static constexpr std::array<std::pair<int, int>, 22> kMap{{
        {ImGuiKey_Tab, kKeyTab},
        {ImGuiKey_LeftArrow, kKeyLeft},
        {ImGuiKey_RightArrow, kKeyRight},
        {ImGuiKey_UpArrow, kKeyUp},
        {ImGuiKey_DownArrow, kKeyDown},
        {ImGuiKey_PageUp, kKeyPageUp},
        {ImGuiKey_PageDown, kKeyPageDown},
        {ImGuiKey_Home, kKeyHome},
        {ImGuiKey_End, kKeyEnd},
        {ImGuiKey_Insert, kKeyInsert},
        {ImGuiKey_Delete, kKeyDelete},
        {ImGuiKey_Backspace, kKeyBackspace},
        {ImGuiKey_Space, kKeySpace},
        {ImGuiKey_Enter, kKeyEnter},
        {ImGuiKey_Escape, kKeyEscape},
        {ImGuiKey_KeyPadEnter, kKeyKeypadEnter},
        {ImGuiKey_A, 'A'},
        {ImGuiKey_C, 'C'},
        {ImGuiKey_V, 'V'},
        {ImGuiKey_X, 'X'},
        {ImGuiKey_Y, 'Y'},
        {ImGuiKey_Z, 'Z'},
    }};
    for (const auto& [own, code] : kMap)
        io.KeyMap[own] = code;
#else
    (void)io;
#endif
}

}  // namespace gui
