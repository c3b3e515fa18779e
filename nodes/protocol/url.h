// What of a URL the chain looks at, read as Go's net/url reads it (Go 1.21): which texts parse at
// all, and scheme, host and path of those that do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nodes {

struct Url {
    std::string scheme;     ///< lower case; empty = relative
    std::string_view host;  ///< as written; with the port, without user
    std::string_view path;  ///< as written
};

/// nullopt when the text is no URL. The views point into `text`.
std::optional<Url> parse_url(std::string_view text);

/// A text in double quotes as Go's %q prints it.
std::string in_quotes(std::string_view text);

}  // namespace nodes
