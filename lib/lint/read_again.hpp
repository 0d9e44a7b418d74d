// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "source/files.hpp"

namespace dectprov {

// Files that are read again to show where something stands in them, when what was read at first is long gone.
// Somebody may have removed or written to one meanwhile: that is told once a file, and what stands in the
// others is shown all the same.
class ReadAgain {
public:
    explicit ReadAgain(const Files& files) : files_(files) {}

    // Empty where it cannot be read.
    std::string read(const std::string& path);
    // Whether a place that ends there is still in the text of a file.
    bool holds(const std::string& path, std::string_view text, std::size_t end);

    // A message a file.
    [[nodiscard]] const std::map<std::string, std::string>& failures() const { return failures_; }

private:
    const Files& files_;
    std::map<std::string, std::string> failures_ = {};
};

}  // namespace dectprov
