// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "doc/yaml.hpp"
#include "source/encoding.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// What is wrong with a YAML file that the program itself is set up by: all of it is told in one Failure,
// since the program cannot go on with a part.
class FileFaults {
public:
    // `path`: as it is shown. Both must outlive this.
    FileFaults(const SourceSet& sources, const std::string& path) : sources_(sources), path_(path) {}

    void add(Span span, std::string_view message);
    // With the nearest of what is known, or all of it where that is little.
    void add_unknown(Span span, std::string_view what, std::string_view typed,
                     std::span<const std::string_view> known);
    // Of another file, with its places.
    void add_all(std::string told) { others_.push_back(std::move(told)); }

    // "FILE:LINE:COLUMN: what", of a note.
    [[nodiscard]] std::string at(Span span, std::string_view what) const;

    // Throws Failure "FILE:LINE:COLUMN: error: …", a line a fault in the order of the file, where there are
    // any.
    void throw_if_any();

private:
    struct Fault {
        Span span;
        std::string message;
    };

    const SourceSet& sources_;
    const std::string& path_;
    std::map<FileId, std::vector<Span>> masked_ = {};  // of the files with faults
    std::vector<Fault> faults_;
    std::vector<std::string> others_;
};

// The document of a file; throws Failure where it cannot be read as YAML at all. What keys are wrong is added
// to the faults.
Yaml read_set_up_file(SourceSet& sources, FileId file, const Decoded& decoded, FileFaults& faults);

}  // namespace dectprov
