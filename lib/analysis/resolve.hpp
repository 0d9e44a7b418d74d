// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analysis/severities.hpp"
#include "diag/diagnostic.hpp"
#include "diag/finding.hpp"
#include "doc/mask.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// What is known of each source of a unit of work, by FileId.
struct SourceInfo {
    bool reported = true;
    Syntax syntax = Syntax::plain;
    const ConfigFile* config = nullptr;
};

// What becomes of notes: they are shown; nobody sees them, and what they have in common decides how many
// there are; or nobody asks for more than the number of those that differ.
enum class Notes : std::uint8_t { shown, unseen, counted };

// What decides over findings, from the command line; the configuration of a finding's file comes second.
struct Thresholds {
    std::vector<RuleOverride> overrides = {};
    std::optional<Severity> fail_on = {};
    std::optional<Severity> min_severity = {};
    // The least severity whose source lines are wanted; nothing: none are.
    std::optional<Severity> quotes = Severity::note;
    Notes notes = Notes::shown;
    bool keep_suppressed = false;  // findings that a comment suppresses are wanted, apart

    // What makes the run fail, and what is shown, at or above: of a file with this configuration, if any.
    [[nodiscard]] Severity least_failing(const ConfigFile* config) const;
    [[nodiscard]] Severity least_shown(const ConfigFile* config) const;
};

// What two findings that say the same have in common: rule, file, place and message.
using FindingKey = std::tuple<const Rule*, std::string, std::uint32_t, std::uint32_t, std::string>;

// Makes findings of diagnostics: positions, paths, severities, quoted lines. Those in files that were read as
// context alone and those of rules that are off are left out.
class Resolver {
public:
    // All must outlive this. `infos` has one element a source.
    Resolver(const SourceSet& sources, const std::vector<SourceInfo>& infos, const Thresholds& thresholds);

    // Nothing where nobody is to see it. `server`: the identity the finding belongs to.
    std::optional<Finding> resolve(const Diagnostic& diagnostic, std::string_view server);

    // The text at a place as it may be shown.
    std::string shown(Span span);

    // The notes that were asked for where they are only counted.
    [[nodiscard]] const std::set<FindingKey>& counted() const { return counted_; }

private:
    const std::vector<Span>& masked(FileId file);
    // Rule, places, severity and server: what decides which findings are one.
    [[nodiscard]] Finding placed(const Diagnostic& diagnostic, Severity severity,
                                 std::string_view server) const;
    // All that is read by somebody.
    void tell(const Diagnostic& diagnostic, Finding& finding);
    // Takes out of the texts what the source line would not show.
    void conceal(const Diagnostic& diagnostic, Finding& finding);
    void conceal_alike(const Diagnostic& diagnostic, Finding& finding);
    void conceal_references(const Diagnostic& diagnostic, Finding& finding) const;

    const SourceSet& sources_;
    const std::vector<SourceInfo>& infos_;
    const Thresholds& thresholds_;
    std::vector<std::optional<std::vector<Span>>> masks_;
    std::set<FindingKey> counted_;
};

}  // namespace dectprov
