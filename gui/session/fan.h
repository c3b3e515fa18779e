// The same plan with other seeds, run one after the other beside what the window shows, to see how
// far a figure spreads by chance. Of each seed only the series stay.
#pragma once

#include "gui/session/collector.h"
#include "gui/session/history.h"
#include "gui/session/memory.h"
#include "gui/session/model_run.h"
#include "scenarios/engine/scenario.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gui {

class Fan {
  public:
    static constexpr std::int64_t kSeedsMax = 32;

    /// Begins with the seeds after the plan's own; what was there before is forgotten.
    void start(std::shared_ptr<const scenarios::Scenario> plan,
               std::int64_t seeds,
               sim::SimTime until);

    /// A piece of work; false when there is nothing to do.
    bool work();

    [[nodiscard]] bool is_done() const { return done_ >= wanted_; }

    /// Nothing when it was begun for another plan: an injection makes one.
    void show(const std::shared_ptr<const scenarios::Scenario>& plan, FanView& view) const;

  private:
    /// The seed that is being run.
    struct Going {
        scenarios::World world;
        Memory memory;
        History history;
    };

    void begin_next();

    std::shared_ptr<const scenarios::Scenario> plan_;
    sim::SimTime until_;
    std::int64_t wanted_ = 0;
    std::int64_t done_ = 0;  ///< failed ones included
    std::string problem_;    ///< of the last one that failed
    std::unique_ptr<Going> going_;
    std::vector<std::shared_ptr<const SeriesBook>> books_;
};

}  // namespace gui
