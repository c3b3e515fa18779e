// The command line. Every command reads its input, does one thing of the engine, prints, and ends
// with the exit codes 0 fine, 1 expectation failed, 2 bad usage or input, 3 invariant broken, 4 not
// deterministic.
#include "nodes/protocol/sdl.h"
#include "scenarios/engine/compare.h"
#include "scenarios/engine/doctor.h"
#include "scenarios/engine/loader.h"
#include "scenarios/engine/nearest.h"
#include "scenarios/engine/replay.h"
#include "scenarios/engine/report.h"
#include "scenarios/engine/report_html.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/scenario_files.h"
#include "scenarios/engine/vocabulary.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace {

using scenarios::ExitCode;
using scenarios::RunOptions;

constexpr std::size_t kTextBytesMax = std::size_t{1} << 20U;

int complain(const std::string& text) {
    static_cast<void>(std::fputs(fmt::format("orrery: {}\n", text).c_str(), stderr));
    return static_cast<int>(ExitCode::kBadInput);
}

/// What a script reads must be whole: a full disk behind standard output is an error.
class UnwritableOutput : public std::runtime_error {
  public:
    UnwritableOutput() : std::runtime_error(std::strerror(errno)) {}
};

void say(const std::string& text) {
    errno = 0;
    const bool written = std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
    if (!written) throw UnwritableOutput();
}

/// A small text file; pipes are read too, as far as its size may be.
sim::Result<std::string> read_text(const std::string& file) {
    const auto refused = [&](std::string_view why) {
        return sim::Error{{"command", 1}, fmt::format("{}: {}", file, why)};
    };
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) return refused("is a folder, not a file");
    std::ifstream in(file, std::ios::binary);
    std::string text(kTextBytesMax + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!in.is_open() || in.bad()) return refused("cannot be read");
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > kTextBytesMax) return refused("the file is larger than 1 MiB");
    return text;
}

/// The window is a program of its own beside this one, so that everything else works on a machine
/// without its libraries. Its arguments are its own matter.
int window(char** arguments) {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto program = self.parent_path() / "orrery-window";
    if (!error && std::filesystem::exists(program, error)) {
        execv(program.c_str(), arguments);
        error = {errno, std::generic_category()};
        return complain(fmt::format("{}: {}", program.string(), error.message()));
    }
    return complain(
        "this build has no window: Dear ImGui, GLFW, OpenGL, FreeType or fontconfig were missing "
        "when "
        "it was configured. Install libimgui-dev libglfw3-dev libgl-dev libfreetype-dev "
        "libfontconfig1-dev libstb-dev and build again; 'orrery run' works without them");
}

RunOptions::Progress progress_on_terminal(bool quiet) {
    const bool shown = !quiet && isatty(STDERR_FILENO) == 1;
    return shown ? RunOptions::Progress::kTerminal : RunOptions::Progress::kNone;
}

struct RunArguments {
    std::string file;
    std::vector<std::string> settings;
    std::string seed;
    std::string days;
    std::optional<std::string> database;
    bool force = false;
    bool quiet = false;
    bool json = false;

    /// --seed and --days are settings like others, so that a recorded run holds them too.
    [[nodiscard]] std::vector<std::string> all_settings() const {
        std::vector<std::string> out = settings;
        if (!seed.empty()) out.push_back("seed=" + seed);
        if (!days.empty()) out.push_back(fmt::format("run_for={}d", days));
        return out;
    }
};

int run(const RunArguments& arguments) {
    const auto path = scenarios::find_scenario(arguments.file);
    if (!path) return complain(path.error().text);
    const auto scenario = scenarios::load_scenario_file(path.value(), arguments.all_settings());
    if (!scenario) return complain(scenario.error().text);
    RunOptions options;
    options.progress = progress_on_terminal(arguments.quiet || arguments.json);
    options.replace_database = arguments.force;
    if (arguments.database && arguments.database->empty()) {
        return complain("--db needs the name of a file");
    }
    options.database = arguments.database;
    const auto outcome = scenarios::run_scenario(scenario.value(), options);
    if (!outcome) return complain(outcome.error().text);
    if (arguments.json) {
        say(scenarios::report_json(outcome.value()));
    } else {
        say(scenarios::report_text(outcome.value(),
                                   {.figures = !arguments.quiet, .held_checks = !arguments.quiet}));
    }
    if (outcome->breach) {
        complain(fmt::format("invariant broken: {}; seed {}, time {} ns, height {}",
                             outcome->breach->text,
                             outcome->seed,
                             outcome->breach->at.ns,
                             outcome->breach->height.value));
    }
    return static_cast<int>(outcome->code);
}

/// Runs scenarios one after the other, with every invariant looked at every hundred blocks that
/// have transactions. A mistake in one of the files is told before any of them runs.
int check(const std::vector<std::string>& files, const std::string& junit, bool quiet) {
    std::vector<scenarios::Scenario> all;
    for (const std::string& file : files) {
        const auto path = scenarios::find_scenario(file);
        if (!path) return complain(path.error().text);
        auto scenario = scenarios::load_scenario_file(path.value());
        if (!scenario) return complain(scenario.error().text);
        all.push_back(std::move(scenario).value());
    }
    std::vector<scenarios::RunOutcome> outcomes;
    ExitCode worst = ExitCode::kFine;
    for (const scenarios::Scenario& scenario : all) {
        RunOptions options;
        options.progress = progress_on_terminal(quiet);
        options.checks = {.coins = 1, .all = 100};
        const auto outcome = scenarios::run_scenario(scenario, options);
        if (!outcome) return complain(outcome.error().text);
        say(scenarios::report_text(outcome.value(), {.figures = false, .held_checks = !quiet}));
        worst = std::max(worst, outcome->code);
        outcomes.push_back(outcome.value());
    }
    if (!junit.empty()) {
        std::ofstream out(junit);
        out << scenarios::report_junit(outcomes);
        if (!out.flush()) return complain(fmt::format("{}: cannot be written", junit));
    }
    return static_cast<int>(worst);
}

/// The scenarios, or what of one kind a scenario may name.
int list(const std::string& kind) {
    if (kind.empty()) {
        for (const auto& entry : scenarios::list_scenarios()) {
            say(fmt::format("{:<24} {}\n", entry.name, entry.title));
        }
        return 0;
    }
    const auto words = scenarios::vocabulary(kind);
    if (!words) return complain(words.error().text);
    for (const auto& word : words.value())
        say(fmt::format("{:<32} {}\n", word.name, word.about));
    return 0;
}

int replay(const std::string& database) {
    const auto outcome = scenarios::replay(database, progress_on_terminal(false));
    if (!outcome) return complain(outcome.error().text);
    say(outcome->text + "\n");
    return static_cast<int>(outcome->code);
}

int compare(const std::string& left, const std::string& right) {
    const auto text = scenarios::compare_runs(left, right);
    if (!text) return complain(text.error().text);
    say(text.value());
    return 0;
}

/// The recorded run as a page; an existing file is replaced only when asked to.
int report(const std::string& database, const std::string& output, bool force) {
    const auto page = scenarios::html_of_run(database);
    if (!page) return complain(page.error().text);
    std::error_code error;
    if (!force && std::filesystem::exists(output, error)) {
        return complain(fmt::format("{} exists; --force replaces it", output));
    }
    std::ofstream out(output, std::ios::binary);
    out << page.value();
    if (!out.flush()) return complain(fmt::format("{}: cannot be written", output));
    return 0;
}

int sdl(const std::string& file) {
    const auto text = read_text(file);
    if (!text) return complain(text.error().text);
    const auto json = nodes::sdl_to_json(text.value());
    if (!json) return complain(fmt::format("{}: {}", file, json.error().text));
    say(json.value() + "\n");
    return 0;
}

/// CLI11 only says that there is no such command; people want to know which one they meant.
int usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::vector<std::string> commands;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        commands.push_back(command->get_name());
    }
    const std::string first = argc > 1 ? argv[1] : "";
    const bool known = std::find(commands.begin(), commands.end(), first) != commands.end();
    if (!known && !first.empty() && first.front() != '-') {
        return complain(fmt::format("no command '{}'{}; 'orrery --help' shows all",
                                    first,
                                    scenarios::did_you_mean(first, commands)));
    }
    return complain(fmt::format(
        "{}; 'orrery {}--help' shows the usage", error.what(), known ? first + " " : ""));
}

/// `arguments` and `code` are used when the command line is parsed.
void add_run_command(CLI::App& app, RunArguments& arguments, int& code) {
    CLI::App* run_command = app.add_subcommand("run", "Run a scenario and print what came out");
    run_command
        ->add_option("scenario", arguments.file, "A file, or the name of one that is shipped")
        ->required();
    run_command->add_option("--seed", arguments.seed, "Seed of all randomness");
    run_command->add_option("--days", arguments.days, "Simulated days instead of run_for");
    run_command->add_option("--db", arguments.database, "Record the run into this SQLite file");
    run_command->add_flag("--force", arguments.force, "Replace the database if there is one");
    run_command
        ->add_option("--set", arguments.settings, "Change a key, as in --set block.interval=5s")
        ->allow_extra_args(false);
    run_command->add_flag("--quiet", arguments.quiet, "Only failed checks and the digest");
    run_command->add_flag("--json", arguments.json, "Print one JSON object instead");
    run_command->callback([&arguments, &code] { code = run(arguments); });
}

int run_program(int argc, char** argv) {
    CLI::App app{"A simulated testnet for compute markets.", "orrery"};
    app.set_version_flag("--version", std::string{"orrery "} + ORRERY_VERSION);
    app.require_subcommand(1);
    int code = 0;

    RunArguments arguments;
    add_run_command(app, arguments, code);

    std::vector<std::string> files;
    std::string junit;
    bool quiet = false;
    CLI::App* check_command =
        app.add_subcommand("check", "Run scenarios and say whether what they expect holds");
    check_command->add_option("scenarios", files, "Files or names")->required();
    check_command->add_option("--junit", junit, "Write the results as JUnit XML, too");
    check_command->add_flag("--quiet", quiet, "Only failed checks");
    check_command->callback([&] { code = check(files, junit, quiet); });

    std::string kind;
    CLI::App* list_command =
        app.add_subcommand("list", "List the scenarios, or what they may name");
    list_command->add_option(
        "kind", kind, fmt::format("One of: {}", fmt::join(scenarios::vocabulary_kinds(), ", ")));
    list_command->callback([&] { code = list(kind); });

    std::string left;
    std::string right;
    CLI::App* replay_command =
        app.add_subcommand("replay", "Run a recorded run again and compare the digests");
    replay_command->add_option("database", left, "Made by run --db")->required();
    replay_command->callback([&] { code = replay(left); });

    CLI::App* compare_command = app.add_subcommand("compare", "Set two recorded runs side by side");
    compare_command->add_option("A", left, "A database")->required();
    compare_command->add_option("B", right, "Another")->required();
    compare_command->callback([&] { code = compare(left, right); });

    std::string page;
    bool replace_page = false;
    CLI::App* report_command =
        app.add_subcommand("report", "Write a recorded run as one HTML page with charts");
    report_command->add_option("database", left, "Made by run --db")->required();
    report_command->add_option("-o,--output", page, "The page, as in -o out.html")->required();
    report_command->add_flag("--force", replace_page, "Replace the page if there is one");
    report_command->callback([&] { code = report(left, page, replace_page); });

    CLI::App* sdl_command =
        app.add_subcommand("sdl", "Print the deployment groups of an SDL file as JSON");
    sdl_command->add_option("file", left, "An SDL file, version 2.0 or 2.1")->required();
    sdl_command->callback([&] { code = sdl(left); });

    app.add_subcommand("window", "Watch a run live, go back in it, intervene (--help shows more)");

    app.add_subcommand("doctor", "Say whether this machine and build can do their work")
        ->callback([&] { say(scenarios::doctor_text()); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return usage_error(app, error, argc, argv);
    }
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    // Past a limit of file size a write shall fail and be told, not end the program.
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        if (argc > 1 && std::string_view(argv[1]) == "window") return window(argv + 1);
        return run_program(argc, argv);
    } catch (const UnwritableOutput& error) {
        return complain(fmt::format("standard output cannot be written: {}", error.what()));
    } catch (const std::exception& error) {
        return complain(error.what());
    }
}
