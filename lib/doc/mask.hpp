// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/finding.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"

namespace dectprov {

// The syntax of a text, as far as the places of its secrets depend on it.
enum class Syntax : unsigned char { xml, yaml, csv, plain };

// The byte ranges of a text that no output may show, in order. Found by looking at the characters alone, so
// that a file that stops being XML in the middle of a password keeps it all the same: from the tag, key or
// attribute of a secret name to its end, and to the end of the text where no end comes. In URLs the part
// between "//…:" and the last '@'. `names`: of elements that are secrets besides those whose names tell it.
std::vector<Span> secrets(const SourceSet& sources, FileId file, Syntax syntax,
                          const std::vector<std::string>& names = {});

// The line of `span.begin` with `masked` ranges shown as "***" and control characters as \xHH or \u{HHHH}.
Quote quote(const SourceSet& sources, Span span, const std::vector<Span>& masked);

}  // namespace dectprov
