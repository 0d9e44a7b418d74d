// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/rule.hpp"
#include "source/span.hpp"

namespace dectprov {

struct RelatedPlace {
    std::string file;
    Position begin;
    Position end;
    std::string message;
};

// A source line fit to be shown: secrets masked, control characters escaped, tabs as one blank. The caret
// stands under [caret_begin, caret_end), counted in code points of `text` from 0.
struct Quote {
    std::string text;
    std::uint32_t caret_begin = 0;
    std::uint32_t caret_end = 0;
};

// The fix of a finding: what takes the place of some bytes of a text, which is mostly that of the finding.
struct FindingFix {
    std::string file;
    std::uint32_t begin;  // in bytes
    std::uint32_t end;
    Position from;  // the same places
    Position to;
    std::string replacement;
    bool safe;
    bool secret = false;   // the replacement may hold a secret: no output shows it
    std::size_t text = 0;  // SourceSet::hash of the text that it is a fix of
};

// Why a finding is not among those that are shown.
enum class HiddenBy : std::uint8_t { nothing, suppression, baseline };

// A finding as it is printed: positions are worked out and the sources may be gone.
struct Finding {
    const Rule* rule;
    Severity severity;
    std::string file;  // '/' between folders, no "./" in front
    Position begin;
    Position end;      // exclusive
    std::string path;  // "user[2].username"; may be empty
    std::string
        identity;        // of the element, independent of order and value: "user[ipei=000770000001].username"
    std::string server;  // the identity of the server, "" for none
    std::string message;
    std::string help;
    std::vector<RelatedPlace> related;
    Quote quote;  // empty unless the format shows lines
    std::optional<FindingFix> fix = {};
    HiddenBy hidden = HiddenBy::nothing;
    std::optional<RelatedPlace> suppression = {};  // where the comment that hides it stands, and its reason
    bool fails = true;                             // at or above the threshold that makes the run fail
    bool shown = true;                             // at or above the least severity to be shown
    std::string folder = {};       // of the server's files, where its identity lies in several
    std::string server_name = {};  // as its description has it
    // Of what a layer or a table says: for how many servers. Then the first related place is the first of
    // them, until deduplicate() has told it.
    std::size_t laid_under = 0;
    // The words for many of its kind, which deduplicate() tells as one.
    std::string_view many = {};
};

inline bool is_error(const Finding& finding) { return finding.severity == Severity::error; }

// Puts the server in front of what identifies an element that is its own.
void name_owner(Finding& finding);

// Sorted by file, line, column, rule, message: the order of every output.
void sort(std::vector<Finding>& findings);

// One fault is one finding: what a layer says wrongly for many servers, of one description or of several,
// what the `defaults` of a description say to each of its servers, and a firmware's version file to each that
// loads it. Of a layer tells the first of the servers, and how many there are. Nor are hundreds of secrets
// that are not set hundreds of findings.
void deduplicate(std::vector<Finding>& sorted);

struct Summary {
    std::size_t files = 0;  // looked at
    std::size_t servers = 0;
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::size_t notes = 0;
    std::size_t suppressed = 0;
    std::size_t baselined = 0;
};

// Adds the findings to the counts of their severities.
void count(const std::vector<Finding>& findings, Summary& summary);

// What a printer gets: findings to be shown, sorted, and the counts of all.
struct Results {
    std::vector<Finding> findings;
    std::vector<Finding> hidden = {};  // suppressed and baselined ones, for a report that names them
    Summary summary;
    std::string further = {};  // members of the JSON report behind the summary, as they stand there
};

}  // namespace dectprov
