// A running session: the simulation in a thread of its own, watched and steered from another. The
// window fetches models that are made when it asks, says what it looks at, and sends commands; it
// never waits for the simulation, and the simulation never waits for it. Speed is held back by
// sleeping between events and changes nothing in the run.
#pragma once

#include "gui/session/command.h"
#include "gui/session/player.h"
#include "gui/session/view_model.h"
#include "sim/inbox.h"
#include "sim/result.h"

#include <chrono>
#include <memory>
#include <vector>

namespace gui {

struct SessionOptions {
    PlayerOptions player;
    double speed = 0;      ///< simulated seconds per second; 0 = as fast as possible
    bool playing = false;  ///< from the start on
    /// At most this share of the simulation thread goes into making models, and a little above it
    /// while a single one takes longer.
    double publish_share = 0.008;
};

class Session final : public CommandSink {
  public:
    static sim::Result<std::unique_ptr<Session>> open(const scenarios::Scenario& scenario,
                                                      const SessionOptions& options = {});
    static sim::Result<std::unique_ptr<Session>> open_recorded(const std::filesystem::path& path,
                                                               const SessionOptions& options = {});
    /// Ends the thread.
    ~Session() override;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // For one thread, the window's.

    /// Takes effect at the next event boundary. A command too many is dropped and said in the log.
    void send(Command command) override;
    /// True when model() is a newer one from now on. Asks for the next one.
    bool fetch();
    /// The newest model fetched; empty before the first.
    [[nodiscard]] const ViewModel& model() const;
    void look(const Interest& interest);

    /// Fetches until a model fits or the time is over; for tests and pictures.
    template <class Condition>
    bool wait_for(Condition condition, std::chrono::milliseconds longest) {
        const auto until = std::chrono::steady_clock::now() + longest;
        while (std::chrono::steady_clock::now() < until) {
            if (fetch() && condition(model())) return true;
            nap();
        }
        return false;
    }

    /// What was sent and when it took effect; after stop() only.
    [[nodiscard]] const std::vector<sim::InboxCommand>& record() const;
    /// Ends the thread; the player stands still from then on.
    const Player& stop();

  private:
    class Loop;

    explicit Session(std::unique_ptr<Loop> loop);
    static void nap();

    std::unique_ptr<Loop> loop_;
};

}  // namespace gui
