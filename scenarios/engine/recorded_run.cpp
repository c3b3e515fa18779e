#include "scenarios/engine/recorded_run.h"

#include "scenarios/engine/quantities.h"
#include "scenarios/engine/recording.h"

#include <fmt/format.h>

namespace scenarios {

namespace {

using Cells = std::span<const std::optional<std::string_view>>;

std::string cell_text(const std::optional<std::string_view>& cell) {
    return std::string{cell.value_or("")};
}

sim::Status read_meta(const sim::Database& database, RecordedRun& run, std::string& schema) {
    return database.for_each("SELECT key, value FROM meta ORDER BY rowid", [&](Cells cells) {
        const std::string key = cell_text(cells[0]);
        const std::string value = cell_text(cells[1]);
        if (key == "schema") schema = value;
        if (key == "name") run.name = value;
        if (key == "version") run.version = value;
        if (key == "file") run.source.file = value;
        if (key == "scenario") run.source.text = value;
        if (key == "setting") run.source.settings.push_back(value);
        if (key == "digest") run.final_digest = value;
        if (key == "seed") {
            run.seed = static_cast<std::uint64_t>(parse_integer(value).value_or(0));
        }
        return true;
    });
}

sim::Status read_digests(const sim::Database& database, std::vector<DigestRow>& rows) {
    return database.for_each(
        "SELECT height, kernel, chain, market, providers, tenants FROM digests ORDER BY height",
        [&](Cells cells) {
            DigestRow row;
            row.height = sim::Height{parse_integer(cell_text(cells[0])).value_or(0)};
            for (std::size_t i = 0; i < row.parts.size(); ++i) {
                row.parts.at(i) = parse_integer(cell_text(cells[i + 1])).value_or(0);
            }
            rows.push_back(row);
            return true;
        });
}

}  // namespace

sim::Result<RecordedRun> read_recorded_run(const std::filesystem::path& path) {
    SIM_TRY(database, sim::Database::open(path));
    RecordedRun run{.database = std::move(database)};
    std::string schema;
    const auto foreign = [&](const std::string& why) {
        return sim::Error{{"recording", 2},
                          fmt::format("{}: not a run of this program ({}); record it again with "
                                      "orrery run --db",
                                      path.string(),
                                      why)};
    };
    if (const auto meta = read_meta(run.database, run, schema); !meta) {
        return foreign(meta.error().text);
    }
    if (schema != fmt::format("{}", kSchemaVersion)) {
        return foreign(fmt::format("schema '{}', this program writes {}", schema, kSchemaVersion));
    }
    if (run.source.text.empty()) return foreign("it holds no scenario");
    const auto files = run.database.for_each("SELECT path, text FROM files", [&](Cells cells) {
        run.source.files[cell_text(cells[0])] = cell_text(cells[1]);
        return true;
    });
    if (!files) return foreign(files.error().text);
    if (const auto rows = read_digests(run.database, run.digests); !rows) {
        return foreign(rows.error().text);
    }
    return run;
}

DigestRow digest_row(sim::Height height, const sim::Digests& digests) {
    DigestRow row{.height = height};
    for (std::size_t i = 0; i < row.parts.size(); ++i) {
        row.parts.at(i) = static_cast<std::int64_t>(digests.parts.at(i).value()[0]);
    }
    return row;
}

std::string differing_part(const DigestRow& a, const DigestRow& b) {
    for (std::size_t i = 0; i < a.parts.size(); ++i) {
        if (a.parts.at(i) != b.parts.at(i)) return sim::part_name(static_cast<sim::Part>(i));
    }
    return {};
}

}  // namespace scenarios
