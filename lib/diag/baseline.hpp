// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "diag/finding.hpp"
#include "source/files.hpp"

namespace dectprov {

// How a baseline calls the file of a finding: by its path from the baseline's own folder, so that it does not
// matter where the program runs.
using FileNames = std::function<std::string(std::string_view file)>;
// For the baseline at this path. `files` must outlive it.
FileNames names_beside(const Files& files, const std::string& baseline);

// Findings that are known and not to be shown again. They are recorded by rule, file and identity of the
// element with a count: never by line or list position, so that text may move, and never with a value.
class Baseline {
public:
    struct Entry {
        std::string rule;
        std::string file;
        std::string identity;
        std::size_t count;  // findings that it hides at most
        Position begin;     // of the entry, in the baseline file
        Position end;
        std::size_t used = 0;
    };

    Baseline() = default;
    // Of a file's text; `name` is how it is shown. Throws Failure "NAME:LINE:COLUMN: error: …" for what is
    // no baseline.
    Baseline(std::string_view name, std::string_view text);
    // A copy's keys would look into the original.
    Baseline(const Baseline&) = delete;
    Baseline& operator=(const Baseline&) = delete;
    Baseline(Baseline&&) = default;
    Baseline& operator=(Baseline&&) = default;
    ~Baseline() = default;

    // Takes the findings that are recorded out of `findings`, which are sorted; returns how many. What is
    // taken goes to `hidden`, if that is given. May be called for one part of the findings after the other.
    std::size_t hide(std::vector<Finding>& findings, const FileNames& names,
                     std::vector<Finding>* hidden = nullptr);

    // Of this file, by the name that the baseline has for it: nothing was hidden yet.
    void begin_again(std::string_view file);
    // The files that entries are of, in order.
    [[nodiscard]] std::vector<std::string_view> files() const;
    // The text of a baseline that records this finding too.
    [[nodiscard]] std::string with(const Finding& finding, const FileNames& names) const;

    // The entries that have hidden nothing, in the order of the file. The caller leaves out those whose file
    // was not looked at or whose rule is off.
    [[nodiscard]] std::vector<const Entry*> unused() const;

    // The finding of `baseline/unused`, whose row is `rule`.
    static Finding finding(const Entry& entry, std::string_view name, const Rule& rule, Severity severity);

private:
    // File, rule and identity.
    using Key = std::tuple<std::string_view, std::string_view, std::string_view>;

    std::vector<Entry> entries_;
    std::map<Key, std::vector<std::size_t>> by_key_;  // views into entries_, which never grows once read
};

// What `--write-baseline` writes: one entry a line, sorted, so that it reads well in a diff.
std::string write_baseline(std::span<const Finding> findings, const FileNames& names);

}  // namespace dectprov
