#include "gui/screen/window.h"

#include "gui/frame/actions.h"
#include "gui/frame/frame.h"
#include "gui/frame/open_run.h"
#include "gui/frame/settings.h"
#include "gui/frame/slow_frames.h"
#include "gui/pictures/photo.h"
#include "gui/screen/gl_textures.h"

#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace gui {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kBadInput = 2;
constexpr int kNoDisplay = 3;
constexpr int kNoOpenGl = 4;

double milliseconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

/// The last thing that GLFW complained about; its callback knows no user data.
std::string& last_complaint() {
    static std::string text;
    return text;
}

std::string shown_variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return fmt::format("{}={}", name, value == nullptr ? "(not set)" : value);
}

int explain(std::string_view what, int code) {
    const std::string text = fmt::format(
        "orrery window: no window can be opened: {} {}\n"
        "  tried: GLFW {}, {}, {}\n"
        "  instead: 'orrery window FILE --screenshot out.png' makes a picture without a display, "
        "and "
        "'xvfb-run -s \"-screen 0 1600x1000x24\" orrery window FILE' opens one that nobody sees\n",
        what,
        last_complaint(),
        glfwGetVersionString(),
        shown_variable("DISPLAY"),
        shown_variable("WAYLAND_DISPLAY"));
    std::fputs(text.c_str(), stderr);
    return code;
}

struct Glfw {
    Glfw() {
        glfwSetErrorCallback([](int, const char* text) { last_complaint() = text; });
        ready = glfwInit() == GLFW_TRUE;
    }

    ~Glfw() { glfwTerminate(); }

    Glfw(const Glfw&) = delete;
    Glfw& operator=(const Glfw&) = delete;

    bool ready = false;
};

void name_window(GLFWwindow* window, const std::string& run) {
    glfwSetWindowTitle(window, ("Orrery: " + run).c_str());
}

GLFWwindow* open_window(const Arguments& arguments) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    const std::string title = "Orrery: " + arguments.file;
    return glfwCreateWindow(
        arguments.size.width, arguments.size.height, title.c_str(), nullptr, nullptr);
}

const char* name_of(const Command& command) {
    static constexpr std::array<const char*, std::variant_size_v<Command>> kNames{
        "Play",           "Pause",     "TogglePlay",     "StepBlock", "StepEvent", "StepBack",
        "StepTime",       "SeekTo",    "SetSpeed",       "SetMode",   "RunUntil",  "AddBookmark",
        "RemoveBookmark", "Inject",    "SwitchRun",      "Compare",   "DropRun",   "RunSeed",
        "SaveScenario",   "ExportCsv", "ExportDatabase", "RunSeeds"};
    return kNames.at(command.index());
}

/// Between the screens and the session: says on the terminal what passes, when asked to.
class Passing final : public CommandSink {
  public:
    Passing(CommandSink& run, bool aloud) : run_(run), aloud_(aloud) {}

    void send(Command command) override {
        if (aloud_) std::fputs(fmt::format("command {}\n", name_of(command)).c_str(), stderr);
        run_.send(std::move(command));
    }

  private:
    CommandSink& run_;
    bool aloud_;
};

/// Everything that lives as long as the window.
class OnScreen {
  public:
    OnScreen(GLFWwindow* window, UiState& state, OpenRun& run, bool aloud)
        : window_(window), state_(state), run_(run), sink_(run, aloud) {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().LogFilename = nullptr;
        textures_ = std::make_unique<GlTextures>();
        ui_.textures = textures_.get();
        state_.software = is_software();
        attach(ui_);
        glfwSetWindowUserPointer(window, this);
        glfwSetKeyCallback(window, &OnScreen::on_key);
        glfwSetWindowFocusCallback(window, &OnScreen::on_focus);
        glfwSetDropCallback(window, &OnScreen::on_drop);
        // Its callbacks are put in front of ours, which it calls; keys are ours alone.
        ImGui_ImplGlfw_InitForOpenGL(window, true);
#if IMGUI_VERSION_NUM < 18700
        glfwSetKeyCallback(window, &OnScreen::on_key);
#endif
        ImGui_ImplOpenGL3_Init("#version 150");
        map_keys(ImGui::GetIO());
        apply_preferences(ui_, state_);
    }

    ~OnScreen() {
        textures_.reset();
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }

    OnScreen(const OnScreen&) = delete;
    OnScreen& operator=(const OnScreen&) = delete;
    OnScreen(OnScreen&&) = delete;
    OnScreen& operator=(OnScreen&&) = delete;

    void loop() {
        run_.look(interest_of(state_));
        while (glfwWindowShouldClose(window_) == GLFW_FALSE && !state_.quit) {
            wait();
            open_if_asked();
            const bool fresh = run_.fetch();
            if (glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == GLFW_TRUE) continue;
            if (!is_due(fresh)) continue;
            frame();
            if (first_) std::fputs("orrery window: ready\n", stderr);
            first_ = false;
        }
    }

  private:
    static bool is_software() {
        const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
        const std::string_view renderer = name == nullptr ? "" : name;
        return renderer.find("llvmpipe") != std::string_view::npos ||
               renderer.find("softpipe") != std::string_view::npos;
    }

    static void on_key(GLFWwindow* window, int key, int scancode, int action, int mods) {
        auto& self = *static_cast<OnScreen*>(glfwGetWindowUserPointer(window));
        if (action != GLFW_RELEASE) self.ui_.keys.add(key, mods, true);
        if (action == GLFW_RELEASE) self.ui_.keys.add(key, mods, false);
        self.busy_frames_ = 3;
        (void)scancode;
    }

    static void on_focus(GLFWwindow* window, int focused) {
        auto& self = *static_cast<OnScreen*>(glfwGetWindowUserPointer(window));
        if (focused == GLFW_FALSE) self.ui_.keys.release_all();
        self.busy_frames_ = 3;
    }

    /// Opened like a file chosen in the dialog.
    static void on_drop(GLFWwindow* window, int count, const char** paths) {
        auto& self = *static_cast<OnScreen*>(glfwGetWindowUserPointer(window));
        if (count < 1) return;
        self.state_.open_path = paths[0];
        self.ui_.notice = count > 1 ? "one run is shown at a time: the first file is opened" : "";
        self.busy_frames_ = 3;
    }

    void open_if_asked() {
        if (!state_.open_path) return;
        const auto before = run_.path();
        run_.serve(state_);
        if (run_.path() != before) name_window(window_, run_.path().stem().string());
        busy_frames_ = 3;
    }

    /// Sleeps until there is input, or as long as a new picture of the run may take.
    void wait() {
        const bool running = run_.model().clock.state == RunState::kRunning ||
                             run_.model().clock.state == RunState::kSeeking;
        const bool focused = glfwGetWindowAttrib(window_, GLFW_FOCUSED) == GLFW_TRUE;
        if (busy_frames_ > 0) {
            glfwPollEvents();
        } else {
            glfwWaitEventsTimeout(first_ ? 0.001 : !running ? 0.1 : focused ? 0.015 : 0.1);
        }
    }

    /// Input is drawn at once; new pictures of the run as often as the mode says.
    bool is_due(bool fresh) {
        if (first_ || busy_frames_ > 0 || has_input()) return true;
        if (!fresh) return false;
        if (run_.model().clock.mode != RunMode::kExpress) return true;
        return milliseconds_since(drawn_) > 250;
    }

    bool has_input() {
        double x = 0;
        double y = 0;
        glfwGetCursorPos(window_, &x, &y);
        const ImGuiIO& io = ImGui::GetIO();
        const bool moved = x != mouse_x_ || y != mouse_y_;
        mouse_x_ = x;
        mouse_y_ = y;
        bool pressed = io.MouseWheel != 0 || !io.InputQueueCharacters.empty();
        for (int button = 0; button < 3; ++button) {
            const bool down = glfwGetMouseButton(window_, button) == GLFW_PRESS;
            pressed = pressed || down || io.MouseDown[button];
        }
        if (moved || pressed) busy_frames_ = 3;
        return moved || pressed;
    }

    void restyle_if_asked() {
        if (!state_.restyle) return;
        apply_preferences(ui_, state_);
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
        busy_frames_ = 3;
    }

    void frame() {
        const auto start = SteadyClock::now();
        drawn_ = start;
        restyle_if_asked();
        if (busy_frames_ > 0) --busy_frames_;
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplGlfw_NewFrame();
        if (ui_.keys.feed(ImGui::GetIO())) busy_frames_ = 3;
        ImGui::GetIO().ConfigInputTextCursorBlink = !state_.preferences.reduced_motion;
        ImGui::NewFrame();
        draw_frame(run_.model(), state_, sink_);
        ImGui::Render();
        run_.look(interest_of(state_));
        state_.build_ms = milliseconds_since(start);
        int width = 0;
        int height = 0;
        glfwGetFramebufferSize(window_, &width, &height);
        const ImVec4 back = ImGui::ColorConvertU32ToFloat4(ui_.theme.window);
        glViewport(0, 0, width, height);
        glClearColor(back.x, back.y, back.z, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        // What waits for the screen is not drawing.
        glFinish();
        state_.draw_ms = milliseconds_since(start) - state_.build_ms;
        glfwSwapBuffers(window_);
        if (state_.moving) busy_frames_ = std::max(busy_frames_, 1);
        if (watch_.add(state_.build_ms + state_.draw_ms)) {
            say_slow(state_, ui_);
            busy_frames_ = 3;
        }
        if (!state_.picture) return;
        serve_picture(run_.model(), state_);
        busy_frames_ = 3;
    }

    GLFWwindow* window_;
    UiState& state_;
    OpenRun& run_;
    Passing sink_;
    std::unique_ptr<GlTextures> textures_;
    Ui ui_;
    bool first_ = true;
    int busy_frames_ = 0;
    SlowFrames watch_;
    double mouse_x_ = 0;
    double mouse_y_ = 0;
    SteadyClock::time_point drawn_ = SteadyClock::now();
};

}  // namespace

int run_window(const Arguments& arguments) {
    const Glfw glfw;
    if (!glfw.ready) return explain("no display.", kNoDisplay);
    OpenRun run;
    SessionOptions options;
    options.playing = arguments.play;
    const sim::Status opened = run.open(arguments.file, arguments.settings, options);
    if (!opened && arguments.named) {
        std::fputs(fmt::format("orrery window: {}\n", opened.error().text).c_str(), stderr);
        return kBadInput;
    }
    GLFWwindow* window = open_window(arguments);
    if (window == nullptr) return explain("no OpenGL 3.2.", kNoOpenGl);
    glfwMakeContextCurrent(window);
    glfwSwapInterval(1);
    UiState state;
    float scale_x = 1;
    float scale_y = 1;
    glfwGetWindowContentScale(window, &scale_x, &scale_y);
    state.preferences.scale = std::clamp(static_cast<double>(scale_x), 0.75, 2.5);
    const auto folder = settings_folder();
    const auto problems = load_settings(folder, state);
    apply_arguments(arguments, state);
    if (arguments.named) remember_file(state.recent, run.path());
    // Without a name the smallest scenario waits behind the dialog, so that Esc leads somewhere.
    state.opening.open = !arguments.named && !arguments.play && !arguments.has_at;
    run.send(SetSpeed{arguments.speed >= 0 ? arguments.speed : kUsualSpeed});
    if (arguments.has_at) run.send(SeekTo{arguments.at});
    if (arguments.play) run.send(Play{});
    {
        OnScreen screen(window, state, run, arguments.log_commands);
        if (!problems.empty()) ui().notice = "keys.txt: " + problems.front();
        screen.loop();
    }
    save_settings(folder, state);
    glfwDestroyWindow(window);
    return 0;
}

}  // namespace gui
