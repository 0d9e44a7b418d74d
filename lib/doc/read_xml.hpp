// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "doc/tree.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// A comment that speaks to us: `<!-- dectprov-… -->`. The span is of the text between the markers, trimmed.
struct Directive {
    Span span;
    std::string text;
};

enum class Reading : unsigned char { good, malformed, empty };

struct XmlDocument {
    Tree tree;  // empty unless `good`; on malformed input nothing is promised
    Reading state = Reading::good;
    std::vector<Directive> directives = {};
};

// Reads one source by libxml2's SAX interface. Reports `file/empty` (for a text of white space alone),
// `xml/doctype` and `xml/malformed`, and nothing of what is in the elements. A document type declaration is
// refused before the parser sees it: no entity is expanded, nothing external is read. Elements nest at most
// `max_depth` deep. The root may have any name; its entry is what the catalogue calls it, none otherwise,
// but `expected` (a root entry) is taken where the name is another, so that the content is still matched.
XmlDocument read_xml(const SourceSet& sources, FileId file, const Catalog& catalog, EntryId expected,
                     Report& report);

inline constexpr unsigned max_depth = 64;

// The name of the first element, "" where there is none: what a file is, when its name does not say.
std::string_view root_name(std::string_view text);

}  // namespace dectprov
