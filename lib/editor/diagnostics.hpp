// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "editor/protocol.hpp"

namespace dectprov {

// The `Diagnostic`s of a file: its findings, and what is wrong with it as a configuration file.
Json diagnostics_of(const View& view, const std::string& path, const LineText& text,
                    std::span<const Finding> findings);

// One `Diagnostic` of LSP. `text` is that of the finding's file.
Json diagnostic_of(const View& view, const Finding& finding, const LineText& text);

// Where a finding stands, in bytes of the text.
struct FindingBytes {
    std::size_t begin;
    std::size_t end;
};
FindingBytes bytes_of(const Finding& finding, const LineText& text);

// A text with the paths in it as `lint` gives them in the folders of the workspace.
std::string shortened(const View& view, std::string text);
// The same of one folder, wherever a path below it stands.
std::string without_folder(std::string text, std::string_view folder);

}  // namespace dectprov
