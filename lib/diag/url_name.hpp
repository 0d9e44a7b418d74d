// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string_view>

namespace dectprov {

// Whether a finding's file is one that was served, and is called by its URL: its name is the same from every
// folder, and in every format.
inline bool is_url(std::string_view file) {
    constexpr std::string_view schemes[] = {"http://", "https://", "ftp://", "tftp://"};
    return std::ranges::any_of(schemes, [file](std::string_view scheme) { return file.starts_with(scheme); });
}

}  // namespace dectprov
