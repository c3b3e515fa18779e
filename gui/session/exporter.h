// Writes what others shall have: the scenario of a run, its series, its database. A database is
// made by running the scenario again, which takes time, so that it has a thread of its own.
#pragma once

#include "gui/session/player.h"

#include <atomic>
#include <string>
#include <thread>

namespace gui {

/// Writes the scenario as a file, with the files it names beside it.
sim::Status write_scenario(const Run& run, const SaveScenario& command, std::string& written_text);

/// Time in seconds, then a column per series; every sample of the range. Series of one sheet only
/// share their rows; times of several sheets are merged, with empty cells.
sim::Status write_csv(const SeriesBook& book, const ExportCsv& command);

class Player::Exporter {
  public:
    Exporter() = default;
    ~Exporter();
    Exporter(const Exporter&) = delete;
    Exporter& operator=(const Exporter&) = delete;

    [[nodiscard]] bool busy() const { return thread_.joinable(); }

    void start(scenarios::Scenario scenario, sim::SimTime until, const ExportDatabase& command);
    /// Says in the player's messages what became of it, when it is over.
    void collect(Player& player);

  private:
    std::thread thread_;
    std::atomic<bool> cancelled_{false};
    std::atomic<bool> done_{false};
    bool failed_ = false;  ///< read after done_
    std::string outcome_;  ///< read after done_
};

}  // namespace gui
