// The key `tour`.
#include "scenarios/engine/loader_parts.h"

namespace scenarios {

namespace {

TourStep read_step(const YamlValue& value) {
    const YamlObject object(value,
                            {"at", "caption", "screen", "highlight", "pause", "speed", "about"});
    TourStep step;
    step.at = sim::SimTime{object.required("at").duration().ns};
    step.caption = object.required("caption").text(1'000);
    if (const auto screen = object.optional("screen")) {
        step.screen = screen->name_among({kScreenNames.begin(), kScreenNames.end()});
    }
    if (const auto widget = object.optional("highlight")) step.highlight = widget->text(100);
    if (const auto pause = object.optional("pause")) step.pause = pause->boolean();
    if (const auto speed = object.optional("speed")) step.speed = speed->number({0, 1e9});
    return step;
}

}  // namespace

std::vector<TourStep> read_tour(const YamlValue& value) {
    std::vector<TourStep> out;
    for (const YamlValue& item : value.items(200)) {
        TourStep step = read_step(item);
        if (!out.empty() && out.back().at > step.at) item.fail("captions come in order of time");
        out.push_back(std::move(step));
    }
    return out;
}

}  // namespace scenarios
