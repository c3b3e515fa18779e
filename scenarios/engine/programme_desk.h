// The incentive programmes of a world: who takes part with how many units, when the next period is
// paid, and which messages carry the money. The arithmetic is nodes/networks/programme.h.
#pragma once

#include "nodes/networks/programme.h"
#include "nodes/protocol/messages.h"
#include "scenarios/engine/population.h"
#include "sim/rng.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scenarios {

class ProgrammeDesk {
  public:
    struct Row {
        std::string name;
        nodes::Programme programme;
        nodes::Address treasury;
        sim::Rng checks;
        std::int64_t members = 0;        ///< owners that the last period paid
        std::int64_t last_per_unit = 0;  ///< what one unit got in the last period

        static void fields(auto& self, auto&& visit) {
            visit("name", self.name);
            visit("programme", self.programme);
            visit("treasury", self.treasury);
            visit("checks", self.checks);
            visit("members", self.members);
            visit("last_per_unit", self.last_per_unit);
        }
    };

    /// The group's end is set.
    void add(const ProgrammeGroup& group,
             nodes::Denom denom,
             nodes::Address treasury,
             std::uint64_t seed);

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

    /// Nothing when there is no programme of this name.
    [[nodiscard]] Row* find(const std::string& name);

    /// The programme whose next payment comes first, the earlier row on a tie; nothing when all are
    /// over.
    struct Due {
        sim::SimTime at;
        std::uint32_t index = 0;
    };

    [[nodiscard]] std::optional<Due> next() const;

    /// Moves the start or the end of a programme.
    static void retime(Row& row, sim::SimTime start, sim::SimTime end);

    /// Units come or go; the stake's transfer is appended to `messages` when there is one.
    void change_units(Row& row,
                      nodes::Address owner,
                      nodes::Programme::Units change,
                      std::vector<nodes::Msg>& messages);
    /// Pays the period that has ended; the payments are appended as messages, and with them what
    /// is left of the stake of units that were found out. Returns the owners who have none left.
    std::vector<nodes::Address> pay(std::uint32_t index, std::vector<nodes::Msg>& messages);

    /// Paid by all programmes so far in this denomination.
    [[nodiscard]] std::int64_t paid(nodes::Denom denom) const;
    [[nodiscard]] std::int64_t members() const;

    static void fields(auto& self, auto&& visit) { visit("rows", self.rows_); }

  private:
    std::vector<Row> rows_;
};

}  // namespace scenarios
