// Key presses on their way from the window system to the program. Dear ImGui before 1.87 looks at
// keys once a frame and loses a tap that is shorter; here every press is kept. Shortcuts read the
// presses; ImGui's own fields get the changes one by one, spread over frames where needed.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ImGuiIO;

namespace gui {

/// Numbers as in GLFW, whose callbacks deliver them: letters and digits are their ASCII codes.
enum KeyCode : int {
    kKeySpace = 32,
    kKeyEscape = 256,
    kKeyEnter = 257,
    kKeyTab = 258,
    kKeyBackspace = 259,
    kKeyInsert = 260,
    kKeyDelete = 261,
    kKeyRight = 262,
    kKeyLeft = 263,
    kKeyDown = 264,
    kKeyUp = 265,
    kKeyPageUp = 266,
    kKeyPageDown = 267,
    kKeyHome = 268,
    kKeyEnd = 269,
    kKeyF1 = 290,
    kKeyKeypadAdd = 334,
    kKeyKeypadSubtract = 333,
    kKeyKeypadEnter = 335,
};

enum Modifier : int { kShift = 1, kControl = 2, kAlt = 4, kSuper = 8 };

/// A key with the modifiers held while it went down.
struct Chord {
    int key = 0;
    int modifiers = 0;

    bool operator==(const Chord&) const = default;
};

/// "Ctrl+P", "Shift+.", "Space", "Home". Reading takes any case and order of modifiers.
std::string to_text(Chord chord);
std::optional<Chord> parse_chord(std::string_view text);

class KeyQueue {
  public:
    void add(int key, int modifiers, bool down);

    /// All presses since the last call, oldest first; repeats count.
    std::vector<Chord> take_presses();

    /// Hands changes to ImGui: at most one per key and frame, so that a short tap is seen as one
    /// frame down and one frame up. True while changes are left for the next frame.
    bool feed(ImGuiIO& io);

    /// Everything is up: the window lost its focus.
    void release_all();

  private:
    struct Change {
        int key = 0;
        int modifiers = 0;
        bool down = false;
    };

    std::deque<Change> changes_;
    std::vector<Chord> presses_;
};

/// Tells ImGui which numbers its own keys have. Once per context.
void map_keys(ImGuiIO& io);

}  // namespace gui
