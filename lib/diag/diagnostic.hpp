// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/rule.hpp"
#include "source/span.hpp"

namespace dectprov {

class Tree;

// Where something is: bytes, and the node of a tree they belong to, from which the dotted path is made when
// the finding is printed. Without a tree, `path` may say it ("GROUP100").
struct Place {
    Span span;
    const Tree* tree = nullptr;
    std::uint32_t node = 0;
    std::string path = {};
};

struct Note {
    Span span;
    std::string message;
};

// A change of bytes that mends a finding. `safe`: it cannot change what was meant.
struct Fix {
    Span span;
    std::string replacement;
    bool safe = true;
};

// A finding as a check reports it. Texts never hold the value of a secret.
struct Diagnostic {
    const Rule* rule;
    Place place;
    std::string message;  // lower case, no full stop; value first, fix last
    std::string help = {};
    std::vector<Note> related = {};
    std::optional<Fix> fix = {};
    // Where the case is graver than others of its rule; what is configured for the rule stands above it.
    std::optional<Severity> severity = {};
    // Where many may be found that differ in what the message quotes first: the words for all of them, as
    // "environment variables are not set". Findings of more than a few are told as one.
    std::string_view many = {};
    // What its texts quote are names that references gave, which may be shown wherever they stand.
    bool names_alone = false;
};

// As it is where nothing is configured.
inline Severity severity_of(const Diagnostic& diagnostic) {
    return diagnostic.severity.value_or(diagnostic.rule->severity);
}

// Where checks put what they find. Knows which rules nobody will see, so that no work is done for them.
class Report {
public:
    // `off`: sorted addresses of the rules that are off for every file of this unit of work.
    explicit Report(std::vector<const Rule*> off = {});

    [[nodiscard]] bool on(const Rule& rule) const;
    // The reference is good until the next add().
    Diagnostic& add(const Rule& rule, Place place, std::string message, std::string help = {});

    // One with the same rules off and nothing found, for a part of the work; and back again.
    [[nodiscard]] Report another() const { return Report(off_); }
    void take(Report part);

    std::vector<Diagnostic>& all() { return all_; }
    [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
    [[nodiscard]] bool has_errors() const;

private:
    std::vector<const Rule*> off_;
    std::vector<Diagnostic> all_;
};

}  // namespace dectprov
