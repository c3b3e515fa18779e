#include "tests/window/driver.h"

namespace gui {

UiState Driver::state_of(const DriverOptions& options) {
    UiState state;
    state.preferences.font = options.font;
    state.preferences.theme = options.theme;
    state.preferences.scale = options.scale;
    return state;
}

Driver::Driver(ViewModel shown, const DriverOptions& options)
    : model(std::move(shown)), state(state_of(options)), stage_(options.size, state.preferences) {
    stage_.ui().probe.on = true;
    run(2);
}

void Driver::run(int frames) {
    for (int i = 0; i < frames; ++i)
        stage_.frame(model, state, sent);
}

bool Driver::shows(const std::string& name) const {
    for (const auto& place : const_cast<Driver*>(this)->stage_.ui().probe.places()) {
        if (place.name == name) return true;
    }
    return false;
}

bool Driver::hover(const std::string& name, float share) {
    run();
    const auto place = stage_.ui().probe.find(name);
    if (!place) return false;
    ImGui::GetIO().MousePos = {place->from.x + share * (place->to.x - place->from.x),
                               (place->from.y + place->to.y) / 2};
    run();
    return true;
}

bool Driver::click(const std::string& name, int button) {
    if (!hover(name)) return false;
    ImGui::GetIO().MouseDown[button] = true;
    run();
    ImGui::GetIO().MouseDown[button] = false;
    run(2);
    return true;
}

bool Driver::double_click(const std::string& name) {
    if (!hover(name)) return false;
    for (int i = 0; i < 2; ++i) {
        ImGui::GetIO().MouseDown[0] = true;
        run();
        ImGui::GetIO().MouseDown[0] = false;
        run();
    }
    run(2);
    return true;
}

bool Driver::drag(const std::string& name, float from, float to, int button) {
    if (!hover(name, from)) return false;
    const auto place = *stage_.ui().probe.find(name);
    ImGui::GetIO().MouseDown[button] = true;
    run();
    ImGui::GetIO().MousePos.x = place.from.x + to * (place.to.x - place.from.x);
    run(2);
    ImGui::GetIO().MouseDown[button] = false;
    run(2);
    return true;
}

void Driver::wheel(float steps) {
    ImGui::GetIO().MouseWheel = steps;
    run();
    ImGui::GetIO().MouseWheel = 0;
    run();
}

void Driver::tap(const std::string& chord) {
    const auto parsed = parse_chord(chord);
    if (!parsed) return;
    stage_.ui().keys.add(parsed->key, parsed->modifiers, true);
    stage_.ui().keys.add(parsed->key, parsed->modifiers, false);
    run(3);
}

void Driver::hold(int key, bool down) {
    stage_.ui().keys.add(key, 0, down);
    run();
}

void Driver::type(const std::string& text) {
    ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
    run(2);
}

void Driver::open(Screen screen) {
    state.layout.show(screen);
    run(3);
}

}  // namespace gui
