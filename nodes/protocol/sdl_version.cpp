// The version field of an SDL file: blang/semver v4 ParseTolerant, and the two versions that exist.
#include "nodes/protocol/errors.h"
#include "nodes/protocol/sdl_document.h"
#include "nodes/protocol/sdl_number.h"
#include "nodes/protocol/sdl_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

namespace nodes {
namespace {

struct Semver {
    std::array<std::uint64_t, 3> numbers{};
    std::vector<std::string> pre_release;
    std::vector<std::string> build;

    [[nodiscard]] std::string text() const {
        auto out = fmt::format("{}.{}.{}", numbers[0], numbers[1], numbers[2]);
        if (!pre_release.empty()) out += fmt::format("-{}", fmt::join(pre_release, "."));
        if (!build.empty()) out += fmt::format("+{}", fmt::join(build, "."));
        return out;
    }
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}

bool all_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

bool leading_zero(std::string_view text) {
    return text.size() > 1 && text[0] == '0';
}

std::vector<std::string> split(std::string_view text, char separator, std::size_t parts_max) {
    std::vector<std::string> parts;
    while (parts.size() + 1 < parts_max) {
        const auto at = text.find(separator);
        if (at == std::string_view::npos) break;
        parts.emplace_back(text.substr(0, at));
        text.remove_prefix(at + 1);
    }
    parts.emplace_back(text);
    return parts;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpaces = " \t\n\v\f\r";
    const auto first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

sim::Result<std::uint64_t> read_number(std::string_view text, std::string_view what) {
    if (!all_digits(text)) {
        return unregistered(
            fmt::format("Invalid character(s) found in {} number {}", what, go_quote(text)));
    }
    if (leading_zero(text)) {
        std::string name(what);
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
        return unregistered(
            fmt::format("{} number must not contain leading zeroes {}", name, go_quote(text)));
    }
    const auto number = parse_uint(text, {10, 64});
    if (number.problem == NumberProblem::kNone) return number.value;
    return unregistered(fmt::format(
        "strconv.ParseUint: parsing {}: {}", go_quote(text), problem_text(number.problem)));
}

sim::Status check_pre_release(std::string_view part) {
    if (part.empty()) return unregistered("Prerelease is empty");
    if (!all_word(part)) {
        return unregistered(
            fmt::format("Invalid character(s) found in prerelease {}", go_quote(part)));
    }
    if (!all_digits(part)) return sim::ok();
    if (leading_zero(part)) {
        return unregistered(fmt::format(
            "Numeric PreRelease version must not contain leading zeroes {}", go_quote(part)));
    }
    const auto number = parse_uint(part, {10, 64});
    if (number.problem == NumberProblem::kNone) return sim::ok();
    return unregistered(fmt::format(
        "strconv.ParseUint: parsing {}: {}", go_quote(part), problem_text(number.problem)));
}

sim::Status check_build(std::string_view part) {
    if (part.empty()) return unregistered("Build meta data is empty");
    if (all_word(part)) return sim::ok();
    return unregistered(
        fmt::format("Invalid character(s) found in build meta data {}", go_quote(part)));
}

/// semver.Parse of a text with all three parts.
sim::Result<Semver> parse_strictly(const std::vector<std::string>& parts) {
    Semver version;
    SIM_TRY(major, read_number(parts[0], "major"));
    SIM_TRY(minor, read_number(parts[1], "minor"));
    std::string_view patch = parts[2];
    if (const auto at = patch.find('+'); at != std::string_view::npos) {
        version.build = split(patch.substr(at + 1), '.', patch.size());
        patch = patch.substr(0, at);
    }
    if (const auto at = patch.find('-'); at != std::string_view::npos) {
        version.pre_release = split(patch.substr(at + 1), '.', patch.size());
        patch = patch.substr(0, at);
    }
    SIM_TRY(last, read_number(patch, "patch"));
    version.numbers = {major, minor, last};
    for (const auto& part : version.pre_release)
        SIM_CHECK(check_pre_release(part));
    for (const auto& part : version.build)
        SIM_CHECK(check_build(part));
    return version;
}

sim::Result<Semver> parse_tolerantly(std::string_view text) {
    text = trim(text);
    if (text.starts_with('v')) text.remove_prefix(1);
    auto parts = split(text, '.', 3);
    for (auto& part : parts) {
        if (part.size() <= 1) continue;
        part.erase(0, std::min(part.find_first_not_of('0'), part.size()));
        if (part.empty() || !is_digit(part[0])) part.insert(0, "0");
    }
    if (parts.size() < 3) {
        if (parts.back().find_first_of("+-") != std::string::npos) {
            return unregistered("Short version cannot contain PreRelease/Build meta data");
        }
        parts.resize(3, "0");
    }
    return parse_strictly(parts);
}

}  // namespace

// Source: akash-network/node v0.30.0 sdl/sdl.go, UnmarshalYAML.
sim::Result<SdlUnits> read_sdl_version(std::string_view text) {
    SIM_TRY(version, parse_tolerantly(text));
    using Numbers = std::array<std::uint64_t, 3>;
    if (version.numbers == Numbers{2, 0, 0} && version.pre_release.empty()) {
        return SdlUnits::kPerService;
    }
    const bool before_release = version.numbers == Numbers{2, 1, 0} && !version.pre_release.empty();
    if (version.numbers >= Numbers{2, 1, 0} && !before_release) return SdlUnits::kPerProfile;
    return unregistered(
        fmt::format("SDL invalid: config: unsupported version {}", go_quote(version.text())));
}

}  // namespace nodes
