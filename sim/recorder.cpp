#include "sim/recorder.h"

#include "sim/assert.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace sim {
namespace {

constexpr int kApplicationId = 0x4F525259;  // "ORRY", in the header of every file written here
constexpr int kFileVersion = 1;
constexpr std::int64_t kPageBytes = 8192;
/// A transaction is ended at the first block boundary after so many rows.
constexpr std::size_t kRowsPerCommit = 50'000;

// What a batch consists of.
enum class Mark : char { kRow, kBlock };
enum class CellTag : char { kNull, kInteger, kReal, kText };

template <class T>
void put(std::vector<char>& buffer, const T& value) {
    const std::size_t at = buffer.size();
    buffer.resize(at + sizeof value);
    std::memcpy(buffer.data() + at, &value, sizeof value);
}

template <class T>
T take(const char*& from) {
    T value{};
    std::memcpy(&value, from, sizeof value);
    from += sizeof value;
    return value;
}

std::string name_in_sql(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

std::string create_statement(const TableDef& table) {
    std::string sql = "CREATE TABLE " + name_in_sql(table.name) + " (";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        constexpr std::array kTypes{"INTEGER", "REAL", "TEXT"};
        if (i > 0) sql += ", ";
        sql += name_in_sql(table.columns[i].name) + " ";
        sql += kTypes.at(static_cast<std::size_t>(table.columns[i].type));
    }
    if (!table.constraint.empty()) sql += ", " + table.constraint;
    return sql + ")";
}

std::string insert_statement(const TableDef& table) {
    std::string sql = "INSERT INTO " + name_in_sql(table.name) + " VALUES (";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        sql += i == 0 ? "?" : ", ?";
    return sql + ")";
}

std::string create_statements(std::span<const TableDef> tables,
                              std::span<const std::string> views) {
    std::string sql;
    for (const TableDef& table : tables)
        sql += create_statement(table) + ";";
    for (const std::string& view : views)
        sql += view + ";";
    return sql;
}

/// What the user can do about it.
std::string_view remedy(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return "free space on the disk or record to another one";
        case SQLITE_IOERR:
            return "check the disk; quotas and file size limits count too";
        case SQLITE_CANTOPEN:
            return "check that the folder exists and may be written to";
        case SQLITE_READONLY:
            return "make the file and its folder writable";
        case SQLITE_BUSY:
            return "close the other program that writes to it";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "the file is damaged; run the scenario again";
        case SQLITE_PERM:
            return "check the permissions";
        default:
            return "see the message";
    }
}

Error record_error(const std::filesystem::path& path, std::string_view doing, sqlite3* db) {
    const int code = db == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(db);
    const char* message = db == nullptr ? "out of memory" : sqlite3_errmsg(db);
    return Error{{"recorder", static_cast<std::uint32_t>(code)},
                 fmt::format("{} {}: {} ({})", doing, path.string(), message, remedy(code))};
}

struct CloseDatabase {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using DatabasePtr = std::unique_ptr<sqlite3, CloseDatabase>;
using StatementPtr = std::unique_ptr<sqlite3_stmt, FinishStatement>;

int run_sql(sqlite3* db, const std::string& sql) {
    return sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
}

StatementPtr prepare(sqlite3* db, std::string_view sql, const char** rest = nullptr) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(
        db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, rest);
    return StatementPtr(statement);
}

/// One statement that only reads.
Result<StatementPtr> prepare_reading(sqlite3* db, std::string_view sql) {
    const char* rest = nullptr;
    StatementPtr statement = prepare(db, sql, &rest);
    const auto refused = [](std::string_view why) {
        return Error{{"database", 6}, std::string(why)};
    };
    if (!statement) {
        const bool empty = sqlite3_errcode(db) == SQLITE_OK;
        return refused(empty ? "there is no statement in it" : sqlite3_errmsg(db));
    }
    const std::string_view left(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
    if (left.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        return refused("one statement at a time");
    }
    const int columns = sqlite3_column_count(statement.get());
    if (columns == 0 || sqlite3_stmt_readonly(statement.get()) == 0) {
        return refused("only statements that read");
    }
    return statement;
}

/// Binds one cell; the text stays in the batch until the row is stepped.
void bind_cell(sqlite3_stmt* statement, int place, const char*& from) {
    switch (take<CellTag>(from)) {
        case CellTag::kNull:
            sqlite3_bind_null(statement, place);
            return;
        case CellTag::kInteger:
            sqlite3_bind_int64(statement, place, take<std::int64_t>(from));
            return;
        case CellTag::kReal:
            sqlite3_bind_double(statement, place, take<double>(from));
            return;
        case CellTag::kText: {
            const auto size = take<std::uint32_t>(from);
            sqlite3_bind_text64(statement, place, from, size, SQLITE_STATIC, SQLITE_UTF8);
            from += size;
            return;
        }
    }
}

}  // namespace

// --- rows

RecordRow::~RecordRow() {
    SIM_ASSERT(cells_ == table_.columns.size(),
               "{} cells for table {}, got {}",
               table_.columns.size(),
               table_.name,
               cells_);
}

void RecordRow::next_cell(ColumnType type) {
    SIM_ASSERT(cells_ < table_.columns.size(), "no more cells for table {}", table_.name);
    SIM_ASSERT(table_.columns[cells_].type == type,
               "another type for column {} of table {}",
               table_.columns[cells_].name,
               table_.name);
    ++cells_;
}

RecordRow& RecordRow::integer(std::int64_t value) {
    next_cell(ColumnType::kInteger);
    put(buffer_, CellTag::kInteger);
    put(buffer_, value);
    return *this;
}

RecordRow& RecordRow::operator<<(double value) {
    next_cell(ColumnType::kReal);
    put(buffer_, CellTag::kReal);
    put(buffer_, value);
    return *this;
}

RecordRow& RecordRow::operator<<(std::string_view text) {
    next_cell(ColumnType::kText);
    SIM_ASSERT(text.size() < std::numeric_limits<std::uint32_t>::max(), "a text below 4 GiB");
    put(buffer_, CellTag::kText);
    put(buffer_, static_cast<std::uint32_t>(text.size()));
    buffer_.insert(buffer_.end(), text.begin(), text.end());
    return *this;
}

RecordRow& RecordRow::operator<<(std::nullopt_t /*null*/) {
    SIM_ASSERT(cells_ < table_.columns.size(), "no more cells for table {}", table_.name);
    ++cells_;
    put(buffer_, CellTag::kNull);
    return *this;
}

// --- the writer's side

struct Recorder::Writer {
    enum class Stop : std::uint8_t { kNo, kDrain, kFinish };

    explicit Writer(RecorderOptions wanted) : options(std::move(wanted)) {}

    ~Writer() {
        if (thread_.joinable()) stop(Stop::kDrain);
    }

    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    Status open();

    void start() {
        thread_ = std::thread([this] { run(); });
    }

    /// Takes a batch and leaves an empty one with room; waits while the queue is full.
    void give(std::vector<char>& batch);
    void stop(Stop how);
    Status status() const;

    RecorderOptions options;
    std::atomic<std::int64_t> committed_height{0};
    std::atomic<bool> failed{false};

  private:
    void remove_files() const;
    void run();
    void write_batch(const std::vector<char>& batch);
    const char* write_row(const char* from);
    void commit();
    void close_file();
    void fail(std::string_view doing);
    bool execute(const std::string& sql, std::string_view doing);

    // Touched by the writer's thread only, once it runs.
    DatabasePtr db_;
    std::vector<StatementPtr> inserts_;
    StatementPtr begin_;
    StatementPtr commit_;
    bool in_transaction_ = false;
    std::size_t rows_ = 0;
    std::int64_t height_ = 0;

    mutable std::mutex mutex_;
    std::condition_variable batch_came_;
    std::condition_variable batch_went_;
    std::deque<std::vector<char>> queue_;
    std::vector<std::vector<char>> spare_;
    Stop stop_ = Stop::kNo;
    std::optional<Error> error_;

    std::thread thread_;
};

void Recorder::Writer::remove_files() const {
    std::error_code ignored;  // what stays is told when the file is made
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::filesystem::remove(options.path.string() + suffix, ignored);
    }
}

Status Recorder::Writer::open() {
    namespace fs = std::filesystem;
    std::error_code ignored;  // a file that cannot be asked after cannot be opened either
    if (fs::exists(options.path, ignored)) {
        // Neither a folder nor a device is replaced, whatever was asked for.
        if (!fs::is_regular_file(options.path, ignored)) {
            return Error{{"recorder", 1},
                         options.path.string() + " is not a file; name a file to record into"};
        }
        if (options.existing == RecorderOptions::Existing::kRefuse) {
            return Error{{"recorder", 1},
                         options.path.string() +
                             " exists already; choose another name or ask to overwrite it"};
        }
        remove_files();
    }
    sqlite3* db = nullptr;
    const int opened =
        sqlite3_open_v2(options.path.c_str(),
                        &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr);
    db_.reset(db);
    if (opened != SQLITE_OK) return record_error(options.path, "cannot create", db);
    // README.md says why the journal is a write-ahead log without syncing.
    std::string setup = fmt::format(
        "PRAGMA page_size = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
        "PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -32768;"
        "PRAGMA application_id = {}; PRAGMA user_version = {}; BEGIN;",
        kPageBytes,
        kApplicationId,
        kFileVersion);
    setup += create_statements(options.tables, options.views) + "COMMIT;";
    if (options.file_bytes_max > 0) {
        const auto pages = static_cast<std::int64_t>(options.file_bytes_max) / kPageBytes;
        setup += fmt::format("PRAGMA max_page_count = {};", std::max<std::int64_t>(pages, 1));
    }
    if (run_sql(db, setup) != SQLITE_OK) {
        // A file without tables is of no use, and would stand in the way of the next try.
        Error error = record_error(options.path, "cannot set up", db);
        db_.reset();
        remove_files();
        return error;
    }
    sqlite3_busy_timeout(db, 10'000);  // a reader may hold a checkpoint up for a moment
    for (const TableDef& table : options.tables) {
        inserts_.push_back(prepare(db, insert_statement(table)));
        if (!inserts_.back()) return record_error(options.path, "cannot write to", db);
    }
    begin_ = prepare(db, "BEGIN");
    commit_ = prepare(db, "COMMIT");
    return ok();
}

void Recorder::Writer::give(std::vector<char>& batch) {
    std::unique_lock lock(mutex_);
    batch_went_.wait(lock, [this] { return queue_.size() < options.queue_batches; });
    queue_.push_back(std::move(batch));
    batch.clear();
    if (!spare_.empty()) {
        batch = std::move(spare_.back());
        spare_.pop_back();
    }
    batch_came_.notify_one();
}

void Recorder::Writer::stop(Stop how) {
    {
        const std::lock_guard lock(mutex_);
        stop_ = how;
        batch_came_.notify_one();
    }
    thread_.join();
}

Status Recorder::Writer::status() const {
    if (!failed.load(std::memory_order_acquire)) return ok();
    const std::lock_guard lock(mutex_);
    return *error_;
}

void Recorder::Writer::run() {
    for (;;) {
        std::vector<char> batch;
        {
            std::unique_lock lock(mutex_);
            batch_came_.wait(lock, [this] { return !queue_.empty() || stop_ != Stop::kNo; });
            if (queue_.empty()) break;
            batch = std::move(queue_.front());
            queue_.pop_front();
            batch_went_.notify_one();
        }
        write_batch(batch);
        batch.clear();
        const std::lock_guard lock(mutex_);
        spare_.push_back(std::move(batch));
    }
    close_file();
}

void Recorder::Writer::write_batch(const std::vector<char>& batch) {
    const char* from = batch.data();
    const char* end = from + batch.size();
    while (from < end && !failed.load(std::memory_order_relaxed)) {
        if (take<Mark>(from) == Mark::kRow) {
            from = write_row(from);
            continue;
        }
        height_ = take<std::int64_t>(from);
        // At the batch's end too: what the simulation handed over shall be safe soon.
        if (rows_ >= kRowsPerCommit || from == end) commit();
    }
}

const char* Recorder::Writer::write_row(const char* from) {
    const auto table = take<std::uint16_t>(from);
    sqlite3_stmt* insert = inserts_[table].get();
    if (!in_transaction_) {
        const int begun = sqlite3_step(begin_.get());
        sqlite3_reset(begin_.get());
        if (begun != SQLITE_DONE) {
            fail("cannot write to");
            return from;
        }
        in_transaction_ = true;
    }
    const auto columns = static_cast<int>(options.tables[table].columns.size());
    for (int i = 1; i <= columns; ++i)
        bind_cell(insert, i, from);
    const int stepped = sqlite3_step(insert);
    if (stepped != SQLITE_DONE) fail("cannot write to");
    sqlite3_reset(insert);
    ++rows_;
    return from;
}

void Recorder::Writer::commit() {
    if (in_transaction_) {
        const int committed = sqlite3_step(commit_.get());
        if (committed != SQLITE_DONE) {
            fail("cannot write to");
            sqlite3_reset(commit_.get());
            return;
        }
        sqlite3_reset(commit_.get());
        in_transaction_ = false;
        rows_ = 0;
    }
    committed_height.store(height_, std::memory_order_release);
}

bool Recorder::Writer::execute(const std::string& sql, std::string_view doing) {
    if (run_sql(db_.get(), sql) == SQLITE_OK) return true;
    fail(doing);
    return false;
}

// A block that has not ended is taken back, so that the file holds whole blocks. Leaving the
// write-ahead log folds it into the one file.
void Recorder::Writer::close_file() {
    if (in_transaction_) run_sql(db_.get(), "ROLLBACK");
    in_transaction_ = false;
    if (!failed.load(std::memory_order_relaxed) && stop_ == Stop::kFinish) {
        for (const std::string& index : options.indexes) {
            if (!execute(index, "cannot index")) break;
        }
    }
    if (!failed.load(std::memory_order_relaxed)) {
        execute("PRAGMA journal_mode = DELETE", "cannot close");
    }
    inserts_.clear();
    begin_.reset();
    commit_.reset();
    db_.reset();
}

// The message is taken before the rollback, which clears it.
void Recorder::Writer::fail(std::string_view doing) {
    Error error = record_error(options.path, doing, db_.get());
    error.text += fmt::format("; the file holds the run up to block {}", committed_height.load());
    if (in_transaction_) run_sql(db_.get(), "ROLLBACK");
    in_transaction_ = false;
    const std::lock_guard lock(mutex_);
    error_ = std::move(error);
    failed.store(true, std::memory_order_release);
}

// --- the simulation's side

Recorder::Recorder(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {}

Result<std::unique_ptr<Recorder>> Recorder::create(const RecorderOptions& options) {
    SIM_ASSERT(options.queue_batches > 0, "room for a batch");
    SIM_ASSERT(options.tables.size() < std::numeric_limits<std::uint16_t>::max(), "fewer tables");
    auto writer = std::make_unique<Writer>(options);
    SIM_CHECK(writer->open());
    writer->start();
    return std::unique_ptr<Recorder>(new Recorder(std::move(writer)));
}

Recorder::~Recorder() {
    if (finished_) return;
    batch_.resize(whole_bytes_);
    if (!batch_.empty()) writer_->give(batch_);
}

TableIndex Recorder::table(std::string_view name) const {
    const auto& tables = writer_->options.tables;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (tables[i].name == name) return TableIndex{static_cast<std::uint16_t>(i)};
    }
    SIM_UNREACHABLE("a declared table, got {}", name);
}

RecordRow Recorder::row(TableIndex table) {
    SIM_ASSERT(!finished_, "no rows after finish()");
    SIM_ASSERT(table.index < writer_->options.tables.size(), "a declared table");
    // A block larger than a batch travels in pieces.
    if (batch_.size() >= writer_->options.batch_bytes) hand_over();
    put(batch_, Mark::kRow);
    put(batch_, table.index);
    return {batch_, writer_->options.tables[table.index]};
}

void Recorder::hand_over() {
    if (!batch_.empty()) writer_->give(batch_);
    whole_bytes_ = 0;
}

Status Recorder::end_of_block(Height height) {
    SIM_ASSERT(!finished_, "no blocks after finish()");
    last_height_ = height;
    put(batch_, Mark::kBlock);
    put(batch_, height.value);
    whole_bytes_ = batch_.size();
    if (batch_.size() >= writer_->options.batch_bytes) hand_over();
    return writer_->status();
}

Status Recorder::flush() {
    SIM_ASSERT(!finished_, "no flush after finish()");
    hand_over();
    return writer_->status();
}

Status Recorder::finish() {
    SIM_ASSERT(!finished_, "finish() once");
    put(batch_, Mark::kBlock);
    put(batch_, last_height_.value);
    hand_over();
    writer_->stop(Writer::Stop::kFinish);
    finished_ = true;
    return writer_->status();
}

Height Recorder::committed() const {
    return Height{writer_->committed_height.load(std::memory_order_acquire)};
}

// --- reading

Status check_query_text(std::span<const TableDef> tables,
                        std::span<const std::string> views,
                        std::string_view sql) {
    sqlite3* db = nullptr;
    const int opened = sqlite3_open_v2(
        ":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nullptr);
    const DatabasePtr owner(db);
    const bool made = opened == SQLITE_OK && run_sql(db, create_statements(tables, views)) == 0;
    if (!made) return record_error("a database in memory", "cannot make", db);
    if (const auto prepared = prepare_reading(db, sql); !prepared) return prepared.error();
    return ok();
}

struct Database::Handle {
    std::filesystem::path path;
    DatabasePtr db;
};

Database::Database(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}

Database::~Database() = default;
Database::Database(Database&& other) noexcept = default;
Database& Database::operator=(Database&& other) noexcept = default;

namespace {

Status check_file(const std::filesystem::path& path) {
    std::error_code reason;
    if (!std::filesystem::exists(path, reason)) {
        return Error{{"database", 1}, "there is no file " + path.string()};
    }
    if (!std::filesystem::is_regular_file(path, reason)) {
        return Error{{"database", 2}, path.string() + " is not a file"};
    }
    std::ifstream file(path, std::ios::binary);
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    std::array<char, kMagic.size()> head{};
    file.read(head.data(), head.size());
    if (!file) {
        if (file.gcount() > 0 || file.eof()) {
            return Error{{"database", 3}, path.string() + " is not a recorded run: too short"};
        }
        return Error{{"database", 4}, "cannot read " + path.string()};
    }
    if (std::string_view(head.data(), head.size()) != kMagic) {
        return Error{{"database", 3}, path.string() + " is not a recorded run: no SQLite database"};
    }
    return ok();
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& path) {
    SIM_CHECK(check_file(path));
    auto handle = std::make_unique<Handle>();
    handle->path = path;
    sqlite3* db = nullptr;
    const int opened =
        sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    handle->db.reset(db);
    if (opened != SQLITE_OK) return record_error(path, "cannot open", db);
    sqlite3_busy_timeout(db, 10'000);
    const StatementPtr id = prepare(db, "SELECT application_id FROM pragma_application_id");
    if (!id || sqlite3_step(id.get()) != SQLITE_ROW) return record_error(path, "cannot read", db);
    if (sqlite3_column_int(id.get(), 0) != kApplicationId) {
        return Error{{"database", 5},
                     path.string() + " is an SQLite database but not a run recorded by Orrery"};
    }
    return Database(std::move(handle));
}

Status Database::for_each(std::string_view sql, const RowVisitor& visit) const {
    sqlite3* db = handle_->db.get();
    const auto refused = [&](std::string_view why) {
        return Error{{"database", 6}, fmt::format("query \"{}\": {}", sql, why)};
    };
    const auto prepared = prepare_reading(db, sql);
    if (!prepared) return refused(prepared.error().text);
    sqlite3_stmt* statement = prepared->get();
    const int columns = sqlite3_column_count(statement);
    std::vector<std::optional<std::string_view>> cells(static_cast<std::size_t>(columns));
    for (;;) {
        const int stepped = sqlite3_step(statement);
        if (stepped == SQLITE_DONE) return ok();
        if (stepped != SQLITE_ROW) return refused(sqlite3_errmsg(db));
        for (int i = 0; i < columns; ++i) {
            const void* text = sqlite3_column_text(statement, i);
            const int size = sqlite3_column_bytes(statement, i);
            auto& cell = cells[static_cast<std::size_t>(i)];
            cell.reset();
            if (text != nullptr) {
                cell.emplace(static_cast<const char*>(text), static_cast<std::size_t>(size));
            }
        }
        if (!visit(cells)) return ok();
    }
}

Result<QueryRows> Database::query(std::string_view sql) const {
    QueryRows answer;
    SIM_CHECK(for_each(sql, [&](std::span<const std::optional<std::string_view>> cells) {
        auto& row = answer.rows.emplace_back();
        for (const auto& cell : cells) {
            row.push_back(cell ? std::optional<std::string>(*cell) : std::nullopt);
        }
        return true;
    }));
    // Prepared once more for the names: cheap, and it keeps the visitor to the rows.
    const StatementPtr statement = prepare(handle_->db.get(), sql);
    for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) {
        answer.columns.emplace_back(sqlite3_column_name(statement.get(), i));
    }
    return answer;
}

}  // namespace sim
