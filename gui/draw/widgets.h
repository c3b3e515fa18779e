// The few widgets the screens are made of: ImGui's own with a name for tests and tours, and small
// things it lacks (icons drawn by hand, toggles, cards with a title, text that fits its column).
// Names are what is written on the widget, or what is said when it carries an icon.
#pragma once

#include "gui/draw/ui.h"
#include "gui/plot/scale.h"

#include <span>
#include <string>
#include <string_view>

namespace gui {

/// Registers the last item under a name.
void mark(std::string_view name);

enum class Icon : unsigned char {
    kStart,
    kBackMarker,
    kBackBlock,
    kPlay,
    kPause,
    kBlock,
    kNextMarker,
    kLatest,
};

bool button(const char* label, const char* tip = nullptr);
/// In this frame.
bool key_pressed(ImGuiKey key);
/// Enter was pressed in this dialog, and it means no single widget of it.
bool entered();
/// Pressed in while `on`.
bool toggle(const char* label, bool on, const char* tip = nullptr);
bool icon_button(Icon icon, const char* name, const char* tip);
/// Exclusive choice as a row of toggles; true when it changed.
bool choice(std::span<const char* const> options, int& chosen);
bool checkbox(const char* label, bool& value);
bool text_field(const char* name, const char* hint, std::string& text, float width);
/// A drop-down list of texts; true when it changed.
bool drop_down(const char* name, std::string& value, std::span<const std::string> options);
/// A link-like button in the line of text.
bool link(const char* label, const char* tip = nullptr);

/// Goes on in the same line when `width` more fits, else begins a new one.
void flow(float width);
/// Width of a button with this label.
float button_width(const char* label);

void text(std::string_view text);
void text(Rgba colour, std::string_view text);
void dim(std::string_view text);
void wrapped(std::string_view text);
void wrapped_dim(std::string_view text);
/// Cut with "..." when wider; the whole is shown on hovering.
void fitted(std::string_view text, float width);
void fitted(Rgba colour, std::string_view text, float width);
/// Aligned to the right of the present table column.
void right(std::string_view text);
void right(Rgba colour, std::string_view text);
void tooltip(std::string_view text);

/// Text cut to a width, with "..." at its end; whole when it fits.
std::string cut(std::string_view text, float width);
float text_width(std::string_view text);
void draw_text(ImVec2 at, Rgba colour, std::string_view text);
/// Draws centred around x, held between the limits.
void draw_centred(float x, float y, Range limits, Rgba colour, std::string_view text);

/// Says why nothing is here and what to do about it, in the middle of what is left.
void empty_state(std::string_view what, std::string_view advice);

/// A bordered area with a title line, open until the end of the scope.
class Box {
  public:
    Box(const char* title, ImVec2 size, std::string_view subtitle = {});
    ~Box();
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;
    Box(Box&&) = delete;
    Box& operator=(Box&&) = delete;

    /// False when it is scrolled away: nothing need be drawn.
    explicit operator bool() const { return visible_; }

  private:
    bool visible_ = false;
};

/// A bar that fills `share` of its width, with text on it.
void meter(double share, std::string_view text, Rgba colour, ImVec2 size);

}  // namespace gui
