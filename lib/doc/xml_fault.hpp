// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// Says what is wrong with a text that the parser refused, and where: `xml/malformed`, at least one. The
// parser is right about whether; it notices many faults far behind their place, and its messages quote the
// text, so the text is gone over again. Names of elements are shown where the catalogue has them: anything
// else may be a password that stands where no text should.
// `hint`: where the parser stood when it gave up, for a fault that nothing here sees.
void report_xml_faults(const SourceSet& sources, FileId file, const Catalog& catalog, EntryId expected,
                       std::uint32_t hint, Report& report);

}  // namespace dectprov
