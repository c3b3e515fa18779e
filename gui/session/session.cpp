#include "gui/session/session.h"

#include "gui/session/session_loop.h"

namespace gui {

sim::Result<std::unique_ptr<Session>> Session::open(const scenarios::Scenario& scenario,
                                                    const SessionOptions& options) {
    SIM_TRY(player, Player::open(scenario, options.player));
    return std::unique_ptr<Session>(
        new Session(std::make_unique<Loop>(std::move(player), options)));
}

sim::Result<std::unique_ptr<Session>> Session::open_recorded(const std::filesystem::path& path,
                                                             const SessionOptions& options) {
    SIM_TRY(player, Player::open_recorded(path, options.player));
    return std::unique_ptr<Session>(
        new Session(std::make_unique<Loop>(std::move(player), options)));
}

Session::Session(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {
    loop_->start();
}

Session::~Session() = default;

void Session::send(Command command) {
    loop_->send(command);
}

bool Session::fetch() {
    return loop_->fetch();
}

const ViewModel& Session::model() const {
    return loop_->model();
}

void Session::look(const Interest& interest) {
    loop_->look(interest);
}

const std::vector<sim::InboxCommand>& Session::record() const {
    return loop_->inbox().record();
}

const Player& Session::stop() {
    loop_->stop();
    return loop_->player();
}

void Session::nap() {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace gui
