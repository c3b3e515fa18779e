#include "sim/archive.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <xxhash.h>

namespace sim {
namespace {

constexpr std::array<char, 8> kMagic{'O', 'R', 'R', 'E', 'R', 'Y', 'S', 'V'};
constexpr std::uint32_t kForm = 1;

/// What stands before the fields; no padding.
struct Frame {
    std::array<char, 8> magic = kMagic;
    std::uint32_t form = kForm;
    std::uint32_t version = 0;
    std::uint64_t length = 0;
    std::array<std::uint64_t, 2> checksum{};
};

static_assert(sizeof(Frame) == 40);

std::array<std::uint64_t, 2> checksum_of(std::string_view bytes, std::uint32_t version) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), version);
    return {hash.low64, hash.high64};
}

Error io_error(const std::filesystem::path& path, std::string_view doing, int reason) {
    return Error{
        {"archive", 1},
        fmt::format(
            "cannot {} {}: {}", doing, path.string(), std::generic_category().message(reason))};
}

/// Closes a descriptor on every way out.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}

    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

/// 0 or the errno that stopped it.
int write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(fd) == 0 ? 0 : errno;
}

}  // namespace

std::string frame_archive(std::string_view fields, std::uint32_t version) {
    Frame frame;
    frame.version = version;
    frame.length = fields.size();
    frame.checksum = checksum_of(fields, version);
    std::string archive(sizeof frame, '\0');
    std::memcpy(archive.data(), &frame, sizeof frame);
    archive.append(fields);
    return archive;
}

Result<std::string_view> unframe_archive(std::string_view archive, std::uint32_t version) {
    Frame frame;
    if (archive.size() < sizeof frame || std::memcmp(archive.data(), kMagic.data(), 8) != 0) {
        return Error{{"archive", 2}, "this is not a saved state of Orrery"};
    }
    std::memcpy(&frame, archive.data(), sizeof frame);
    const std::string_view fields = archive.substr(sizeof frame);
    if (frame.form != kForm || frame.version != version) {
        return Error{{"archive", 3},
                     fmt::format("saved as version {}.{}, this program reads {}.{}; "
                                 "replay the run from its scenario instead",
                                 frame.form,
                                 frame.version,
                                 kForm,
                                 version)};
    }
    if (frame.length != fields.size()) {
        return Error{
            {"archive", 4},
            fmt::format(
                "{} bytes should follow the header, there are {}", frame.length, fields.size())};
    }
    if (frame.checksum != checksum_of(fields, version)) {
        return Error{{"archive", 5}, "the checksum does not agree: the saved state is damaged"};
    }
    return fields;
}

Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
    std::filesystem::path beside = path;
    beside += fmt::format(".{}.part", ::getpid());
    {
        const Descriptor file(
            ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
        if (file.get() < 0) return io_error(path, "create", errno);
        if (const int reason = write_all(file.get(), bytes); reason != 0) {
            ::unlink(beside.c_str());
            return io_error(path, "write", reason);
        }
    }
    if (std::rename(beside.c_str(), path.c_str()) != 0) {
        const int reason = errno;
        ::unlink(beside.c_str());
        return io_error(path, "replace", reason);
    }
    return ok();
}

Result<std::string> read_whole_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return io_error(path, "open", errno);
    std::string bytes;
    std::array<char, std::size_t{1} << 16U> piece{};
    for (;;) {
        const ssize_t got = ::read(file.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return io_error(path, "read", errno);
        if (got == 0) return bytes;
        bytes.append(piece.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace sim
