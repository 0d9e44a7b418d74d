// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "catalog/catalog.hpp"
#include "diag/finding.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"

namespace dectprov {

// The syntax of a text, as far as the places of its secrets depend on it.
// `version`: of a list of versions, or the version of a firmware.
enum class Syntax : unsigned char { xml, yaml, csv, version, plain };

// The keys of our YAML files, which this room cannot know: load/known_keys.hpp does.
struct KeyNames {
    std::unordered_set<std::string_view> known;
    std::unordered_set<std::string_view> own;  // of them: the names below are the admin's own
};

// What is known of the names of a text besides what they say.
struct TextNames {
    const KeyNames& keys;
    const Catalog& catalog = Catalog::builtin();
    std::vector<std::string> secret = {};  // of elements whose values are secrets
    // Nobody knows what the texts under the admin's own names are used for: they may be secrets.
    bool hides_own = false;
};

// The byte ranges of a text that no output may show, in order. Found by looking at the characters alone, so
// that a file that stops being XML in the middle of a password keeps it all the same: from the tag, key or
// attribute of a secret name to its end, and to the end of the text where no end comes. In URLs the part
// between "//…:" and the last '@'. What nobody knows may be a secret too: the text of an element, or the
// value of a key, whose name is in no table, unless it tells nothing (is_telling()).
std::vector<Span> secrets(const SourceSet& sources, FileId file, Syntax syntax, const TextNames& names);

// The line of `span.begin` with `masked` ranges shown as "***" and control characters as \xHH or \u{HHHH}.
Quote quote(const SourceSet& sources, Span span, const std::vector<Span>& masked);

}  // namespace dectprov
