// Doing something to the running world: a form per kind of action, shown as the scenario line that
// it becomes. The line is what is sent, so what was done by hand can be replayed from a file.
#include "gui/draw/widgets.h"
#include "gui/frame/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gui {
namespace {

enum class Kind : std::uint8_t {
    kAdd,
    kRemove,
    kFail,
    kRecover,
    kDemand,
    kPrice,
    kProgrammeStart,
    kProgrammeEnd,
    kLink,
    kPartition,
    kHeal,
    kOther,
};

constexpr std::array<const char*, 12> kKinds{"Providers join",
                                             "Providers leave for good",
                                             "Providers fail",
                                             "Providers come back",
                                             "More (or less) demand",
                                             "Price of AKT jumps",
                                             "Programme starts",
                                             "Programme ends",
                                             "Links get worse",
                                             "Regions are cut off",
                                             "All links heal",
                                             "Another action, typed"};

Kind kind_of(const InjectForm& form) {
    return static_cast<Kind>(std::clamp(form.kind, 0, static_cast<int>(kKinds.size()) - 1));
}

std::string hours(double value) {
    return value == static_cast<int>(value) ? fmt::format("{}h", static_cast<int>(value))
                                            : fmt::format("{}min", static_cast<int>(value * 60));
}

std::string of_group(const char* action, const InjectForm& form) {
    const std::string count = form.count > 0 ? fmt::format(", count: {}", form.count) : "";
    return fmt::format("{}: {{ group: {}{} }}", action, form.group, count);
}

std::string addition(const InjectForm& form) {
    const std::string gpus =
        form.cards > 0 ? fmt::format(", gpus: {{ {}: {} }}", form.model, form.cards) : "";
    const std::string region = form.region.empty() ? "" : fmt::format("region: {}, ", form.region);
    return fmt::format(
        "add_providers: {{ count: {}, {}strategy: {}, audited: true, attributes: {{ "
        "host: akash }}, nodes: {{ cpu: 64, memory: 256Gi, storage: 4Ti{} }}, over: "
        "{} }}",
        std::max(1, form.count),
        region,
        form.strategy,
        gpus,
        hours(form.hours));
}

void label(const char* name) {
    ImGui::AlignTextToFramePadding();
    dim(name);
    ImGui::SameLine(em() * 8);
    ImGui::SetNextItemWidth(em() * 16);
}

void number_field(const char* name, int& value, int least, int most) {
    label(name);
    ImGui::PushID(name);
    if (ImGui::InputInt("##value", &value)) value = std::clamp(value, least, most);
    ImGui::PopID();
    mark(name);
}

void number_field(const char* name, double& value, double least, double most) {
    label(name);
    ImGui::PushID(name);
    if (ImGui::InputDouble("##value", &value, 0, 0, "%.6g")) value = std::clamp(value, least, most);
    ImGui::PopID();
    mark(name);
}

/// From a list of the scenario's names, or typed when it has none.
void name_field(const char* name, std::string& value, const std::vector<std::string>& known) {
    label(name);
    if (known.empty()) {
        text_field(name, "a name", value, em() * 16);
        return;
    }
    if (std::find(known.begin(), known.end(), value) == known.end()) value = known.front();
    drop_down(name, value, known);
}

void draw_fields(InjectForm& form, const ScenarioView& scenario) {
    switch (kind_of(form)) {
        case Kind::kAdd:
            number_field("how many", form.count, 1, 100'000);
            name_field("model", form.model, scenario.gpu_models);
            number_field("cards each", form.cards, 0, 64);
            name_field("region", form.region, scenario.regions);
            number_field("over hours", form.hours, 0, 100'000);
            break;
        case Kind::kFail:
            name_field("group", form.group, scenario.provider_groups);
            number_field("how many", form.count, 0, 100'000);
            number_field("for hours", form.hours, 0, 100'000);
            break;
        case Kind::kRemove:
        case Kind::kRecover:
            name_field("group", form.group, scenario.provider_groups);
            number_field("how many", form.count, 0, 100'000);
            break;
        case Kind::kDemand:
            name_field("tenants", form.group, scenario.tenant_groups);
            number_field("factor", form.factor, 0, 10'000);
            number_field("for hours", form.hours, 0, 100'000);
            break;
        case Kind::kPrice:
            number_field("factor", form.factor, 0.000001, 1'000'000);
            break;
        case Kind::kProgrammeStart:
        case Kind::kProgrammeEnd:
            name_field("programme", form.programme, scenario.programmes);
            break;
        case Kind::kLink:
            name_field("from", form.region, scenario.regions);
            name_field("to", form.region_b, scenario.regions);
            number_field("latency ms", form.latency_ms, 0, 100'000);
            number_field("loss, share", form.loss, 0, 1);
            break;
        case Kind::kPartition:
            name_field("cut off", form.region, scenario.regions);
            number_field("for hours", form.hours, 0, 100'000);
            break;
        case Kind::kHeal:
            break;
        case Kind::kOther:
            label("line");
            text_field("line", "params: { market: { bid_min_deposit: 1akt } }", form.value, -1);
            break;
    }
}

/// Everything but the chosen region in one group, so that the two cannot reach each other.
std::string partition(const InjectForm& form) {
    return fmt::format("partition: {{ groups: [[{}], [{}]], for: {} }}",
                       form.region,
                       form.region_b,
                       hours(form.hours));
}

}  // namespace

std::string injection_line(const InjectForm& form) {
    switch (kind_of(form)) {
        case Kind::kAdd:
            return addition(form);
        case Kind::kRemove:
            return of_group("remove_providers", form);
        case Kind::kFail: {
            std::string line = of_group("fail_providers", form);
            if (form.hours > 0)
                line.insert(line.size() - 2, fmt::format(", for: {}", hours(form.hours)));
            return line;
        }
        case Kind::kRecover:
            return of_group("recover_providers", form);
        case Kind::kDemand: {
            const std::string who =
                form.group.empty() ? "" : fmt::format("tenants: {}, ", form.group);
            const std::string lasting =
                form.hours > 0 ? fmt::format(", for: {}", hours(form.hours)) : "";
            return fmt::format("demand: {{ {}factor: {}{} }}", who, form.factor, lasting);
        }
        case Kind::kPrice:
            return fmt::format("price: {{ factor: {} }}", form.factor);
        case Kind::kProgrammeStart:
            return "programme_start: " + form.programme;
        case Kind::kProgrammeEnd:
            return "programme_end: " + form.programme;
        case Kind::kLink:
            return fmt::format("link: {{ from: {}, to: {}, latency: {:.0f}ms, loss: {:.6g}% }}",
                               form.region,
                               form.region_b,
                               form.latency_ms,
                               form.loss * 100);
        case Kind::kPartition:
            return partition(form);
        case Kind::kHeal:
            return "heal: {}";
        case Kind::kOther:
            return form.value;
    }
    return {};
}

void draw_inject(const ViewModel& model, UiState& state, CommandSink& sink) {
    InjectForm& form = state.inject;
    if (!form.open || !begin_dialog("Inject an action", form.open, 44)) return;
    label("what happens");
    std::string chosen = kKinds.at(static_cast<std::size_t>(kind_of(form)));
    static const std::vector<std::string> kinds(kKinds.begin(), kKinds.end());
    if (drop_down("what happens", chosen, kinds)) {
        form.kind = static_cast<int>(std::find(kinds.begin(), kinds.end(), chosen) - kinds.begin());
        form.group.clear();
    }
    draw_fields(form, model.scenario);
    if (kind_of(form) == Kind::kPartition) {
        form.region_b.clear();
        for (const std::string& region : model.scenario.regions) {
            if (region == form.region) continue;
            form.region_b += form.region_b.empty() ? region : ", " + region;
        }
    }
    number_field("in hours", form.at_hours, 0, 100'000);
    ImGui::Spacing();
    const std::string line = injection_line(form);
    dim("as a line of the scenario:");
    ImGui::PushFont(ui().fonts.fixed);
    const sim::SimTime at{model.clock.now.ns + static_cast<std::int64_t>(form.at_hours * 3600e9)};
    wrapped(fmt::format("- {{ at: {:.0f}s, {} }}", seconds(at), line));
    ImGui::PopFont();
    const bool forks = model.clock.reached > model.clock.now || model.runs.size() <= 1;
    wrapped_dim(forks ? "A new branch begins here and becomes the run you see; the run you leave "
                        "stays in the list of runs."
                      : "It is added to the branch you see.");
    ImGui::Spacing();
    if ((button("Apply now", "Enter") || entered()) && !line.empty()) {
        sink.send(Inject{line, form.at_hours > 0 ? at : sim::SimTime{}});
        form.open = false;
    }
    ImGui::SameLine();
    if (button("Copy line")) {
        ImGui::SetClipboardText(line.c_str());
        ui().notice = "copied the line";
    }
    ImGui::SameLine();
    if (button("Cancel")) form.open = false;
    end_dialog();
}

}  // namespace gui
