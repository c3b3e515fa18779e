// Saves any value with a field list as bytes or as a file, and loads it back. The form is a magic
// word, versions, length, a 128-bit checksum and the fields; damaged, cut or foreign input is
// refused with an error that says what is wrong. A file is written beside its place and renamed, so
// it is whole or absent.
#pragma once

#include "sim/fields.h"
#include "sim/result.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

namespace sim {

/// The fields of a value, without a frame.
template <class T>
std::string field_bytes(const T& value) {
    std::string bytes;
    auto sink = [&bytes](const void* from, std::size_t size) {
        bytes.append(static_cast<const char*>(from), size);
    };
    FieldWriter writer(sink);
    writer.write(value);
    return bytes;
}

/// True when `bytes` held exactly the fields of `value`; else `value` is half read.
template <class T>
[[nodiscard]] bool read_field_bytes(std::string_view bytes, T& value) {
    auto source = [&bytes](void* to, std::size_t size) {
        if (bytes.size() < size) return false;
        std::memcpy(to, bytes.data(), size);
        bytes.remove_prefix(size);
        return true;
    };
    FieldReader reader(source);
    reader.read(value);
    return reader.ok() && bytes.empty();
}

/// Puts the frame around the fields. `version` is the caller's: another number is refused on
/// loading.
std::string frame_archive(std::string_view fields, std::uint32_t version);
/// Checks and removes the frame; the view points into `archive`.
Result<std::string_view> unframe_archive(std::string_view archive, std::uint32_t version);

Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes);
Result<std::string> read_whole_file(const std::filesystem::path& path);

template <class T>
std::string save_bytes(const T& value, std::uint32_t version) {
    return frame_archive(field_bytes(value), version);
}

/// On an error `value` may be half read: do not use it.
template <class T>
Status load_bytes(std::string_view archive, std::uint32_t version, T& value) {
    SIM_TRY(fields, unframe_archive(archive, version));
    if (!read_field_bytes(fields, value)) {
        return Error{{"archive", 6}, "the saved fields are not those of this program's version"};
    }
    return ok();
}

template <class T>
Status save_file(const std::filesystem::path& path, const T& value, std::uint32_t version) {
    return write_file_atomically(path, save_bytes(value, version));
}

template <class T>
Status load_file(const std::filesystem::path& path, std::uint32_t version, T& value) {
    SIM_TRY(archive, read_whole_file(path));
    Status loaded = load_bytes(archive, version, value);
    if (loaded) return loaded;
    return Error{loaded.error().code, path.string() + ": " + loaded.error().text};
}

}  // namespace sim
