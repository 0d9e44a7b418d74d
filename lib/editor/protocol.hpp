// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diag/finding.hpp"
#include "editor/json_rpc.hpp"
#include "editor/line_text.hpp"
#include "editor/workspace.hpp"

namespace dectprov {

// What an edit of the workspace may do with files.
struct FileOperations {
    bool create = false;
    bool rename = false;
};

// What a request is answered from: the texts, and how this client counts.
struct View {
    Workspace& workspace;
    PositionEncoding encoding = PositionEncoding::utf16;
    bool markdown = true;  // hovers are read as Markdown, else as plain text
    bool snippets = false;
    FileOperations may = {};

    [[nodiscard]] Json json(const EditorRange& range) const;
    [[nodiscard]] Json json(const LineText& text, std::size_t begin, std::size_t end) const {
        return json(text.range(begin, end, encoding));
    }
    // The URI of a file, as the editor writes it where it has it open.
    [[nodiscard]] std::string uri(const std::string& path) const;
    [[nodiscard]] Json location(const std::string& path, const LineText& text, std::size_t begin,
                                std::size_t end) const;
};

// The path of the text that a request is about; nothing where it says none, or names no file.
std::optional<std::string> path_of_text(const Json& params);
// Whether a request is about a text that is no file, as one that was never saved: nothing is to be said of
// it.
bool is_no_file(const Json& params);

// A place in an open text that a request is about.
struct Cursor {
    const Document& document;
    std::size_t offset;
};

// Of `textDocument` and `position`. Throws BadRequest for a text that is not open.
const Document& document_of(const View& view, const Json& params);
Cursor cursor_of(const View& view, const Json& params);
// Of a text that is opened or changed; 0 where the editor says none.
std::int64_t version_of(const Json& document);
EditorPosition read_position(const Json& position);
EditorRange read_range(const Json& range);

Json markup(const View& view, std::string markdown);
// One `TextEdit`.
Json text_edit(const View& view, const LineText& text, std::size_t begin, std::size_t end,
               std::string_view with);

}  // namespace dectprov
