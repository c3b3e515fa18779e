// Every action of the window with its name, its words and its key. One table serves the key sheet,
// the palette, the tool tips and the user's file in which keys are changed.
#pragma once

#include "gui/draw/keys.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

struct ActionAbout {
    std::string_view id;     ///< "play", as in the file
    std::string_view title;  ///< "Play or pause"
    std::string_view group;  ///< "Time"
    std::string_view keys;   ///< "Space, K"; empty = none by default
};

std::span<const ActionAbout> action_list();

class Shortcuts {
  public:
    Shortcuts();

    /// Lines "play = Space, Ctrl+K"; '#' begins a comment; an empty right side takes the key away.
    /// What is not understood is returned, line by line, and left out.
    std::vector<std::string> read(std::string_view text);
    /// The whole table in the form that read() takes.
    [[nodiscard]] std::string write() const;

    /// The action of a key; empty when it has none.
    [[nodiscard]] std::string_view action_of(Chord chord) const;
    /// "Space, K"; empty without key.
    [[nodiscard]] std::string keys_of(std::string_view action) const;

  private:
    struct Binding {
        Chord chord;
        std::string_view action;
    };

    bool bind(std::string_view action, std::string_view keys);

    std::vector<Binding> bindings_;
};

}  // namespace gui
