// Writes a run into one SQLite file from a thread of its own. The simulation appends rows of typed
// cells into a batch buffer and ends each block; batches travel through a bounded queue, and the
// writer commits at block boundaries only, so that a file left behind by a killed process opens and
// holds whole blocks. The same file reads such databases. What tables there are is declared by the
// caller; nothing here knows of markets. Mechanism, safety and speed: README.md of this folder.
#pragma once

#include "sim/result.h"
#include "sim/units.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

enum class ColumnType : std::uint8_t { kInteger, kReal, kText };

struct ColumnDef {
    std::string name;
    ColumnType type = ColumnType::kInteger;
};

struct TableDef {
    std::string name;
    std::vector<ColumnDef> columns;
    std::string constraint;  ///< appended inside CREATE TABLE, for example "PRIMARY KEY (height)"
};

/// Position of a table in RecorderOptions::tables.
struct TableIndex {
    std::uint16_t index = 0;
};

struct RecorderOptions {
    enum class Existing : std::uint8_t { kRefuse, kOverwrite };

    std::filesystem::path path;
    Existing existing = Existing::kRefuse;
    std::vector<TableDef> tables;
    std::vector<std::string> views;    ///< statements run once, after the tables are made
    std::vector<std::string> indexes;  ///< statements run by finish(), when inserting is over
    std::size_t batch_bytes = std::size_t{256} << 10U;  ///< a batch is handed over at this size
    std::size_t queue_batches = 16;    ///< batches waiting at most; then the simulation waits
    std::uint64_t file_bytes_max = 0;  ///< the file may not grow beyond this; 0: no limit
};

/// One row under construction: exactly one cell per column, in order. A number costs no allocation.
class RecordRow {
  public:
    RecordRow(std::vector<char>& buffer, const TableDef& table) : buffer_(buffer), table_(table) {}

    ~RecordRow();
    RecordRow(const RecordRow&) = delete;
    RecordRow& operator=(const RecordRow&) = delete;

    template <class T>

    requires std::is_integral_v<T> || std::is_enum_v<T> RecordRow& operator<<(T value) {
        return integer(static_cast<std::int64_t>(value));
    }

    RecordRow& operator<<(double value);
    RecordRow& operator<<(std::string_view text);

    RecordRow& operator<<(const char* text) { return *this << std::string_view(text); }

    RecordRow& operator<<(const std::string& text) { return *this << std::string_view(text); }

    RecordRow& operator<<(std::nullopt_t /*null*/);

    template <class T>
    RecordRow& operator<<(const std::optional<T>& value) {
        return value ? *this << *value : *this << std::nullopt;
    }

  private:
    RecordRow& integer(std::int64_t value);
    void next_cell(ColumnType type);

    std::vector<char>& buffer_;
    const TableDef& table_;
    std::size_t cells_ = 0;
};

class Recorder {
  public:
    /// Makes the file and its tables and starts the writer. Fails when the file exists and may not
    /// be replaced, or cannot be made; the error's text says what to do.
    static Result<std::unique_ptr<Recorder>> create(const RecorderOptions& options);
    /// Without finish() the rows of the last whole block are still written.
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Position of a declared table; the name must be known.
    [[nodiscard]] TableIndex table(std::string_view name) const;

    /// Starts a row; complete it before the next call:
    /// `recorder.row(blocks) << height.value << time_ns << "text";`
    [[nodiscard]] RecordRow row(TableIndex table);

    /// Everything appended so far belongs to this or an earlier block. An error says that the
    /// writer has failed (disk full, I/O error); the file keeps the last whole block and later rows
    /// are dropped.
    Status end_of_block(Height height);
    /// Hands what there is to the writer now, for readers of a slow run; call after end_of_block().
    Status flush();
    /// Writes everything, makes the indexes and closes: one file remains. Rows after the last
    /// end_of_block() are kept too.
    Status finish();

    /// Height of the last block that is safely in the file.
    [[nodiscard]] Height committed() const;

  private:
    struct Writer;

    explicit Recorder(std::unique_ptr<Writer> writer);
    void hand_over();

    std::unique_ptr<Writer> writer_;
    std::vector<char> batch_;
    std::size_t whole_bytes_ = 0;  ///< the batch up to the last block boundary
    Height last_height_;
    bool finished_ = false;
};

/// What a query answers: texts as SQLite prints them, nullopt for NULL.
struct QueryRows {
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<std::string>>> rows;
};

/// Whether a query can be asked of files with these tables and views: one statement that reads and
/// names what there is. The text of an error says what is wrong with it.
Status check_query_text(std::span<const TableDef> tables,
                        std::span<const std::string> views,
                        std::string_view sql);

/// A recorded run, opened for reading.
class Database {
  public:
    /// Errors tell a missing file from one that is no SQLite database, is damaged or was not
    /// written by a Recorder.
    static Result<Database> open(const std::filesystem::path& path);
    ~Database();
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// One reading statement.
    [[nodiscard]] Result<QueryRows> query(std::string_view sql) const;
    /// The same row by row, for long answers; `visit` returns false to stop. The cells live until
    /// it returns.
    using RowVisitor = std::function<bool(std::span<const std::optional<std::string_view>>)>;
    [[nodiscard]] Status for_each(std::string_view sql, const RowVisitor& visit) const;

  private:
    struct Handle;

    explicit Database(std::unique_ptr<Handle> handle);

    std::unique_ptr<Handle> handle_;
};

}  // namespace sim
