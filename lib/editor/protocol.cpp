// SPDX-License-Identifier: MIT
#include "editor/protocol.hpp"

#include <utility>

#include <fmt/format.h>

#include "editor/uri.hpp"

namespace dectprov {
namespace {

Json json_of(EditorPosition position) { return {{"line", position.line}, {"character", position.character}}; }

}  // namespace

Json View::json(const EditorRange& range) const {
    return {{"start", json_of(range.start)}, {"end", json_of(range.end)}};
}

std::string View::uri(const std::string& path) const {
    const Document* document = std::as_const(workspace).find(path);
    return document == nullptr ? uri_of_path(path) : document->uri;
}

Json View::location(const std::string& path, const LineText& text, std::size_t begin, std::size_t end) const {
    return {{"uri", uri(path)}, {"range", json(text, begin, end)}};
}

std::optional<std::string> path_of_text(const Json& params) {
    const Json& uri = member(member(params, "textDocument"), "uri");
    return uri.is_string() ? path_of_uri(uri.get_ref<const std::string&>()) : std::nullopt;
}

bool is_no_file(const Json& params) {
    return member(member(params, "textDocument"), "uri").is_string() && !path_of_text(params);
}

const Document& document_of(const View& view, const Json& params) {
    const std::string& uri = text_of(member(params, "textDocument"), "uri");
    const auto path = path_of_uri(uri);
    if (!path) throw BadRequest(RpcError::invalid_params, "the text is no file; save it first");
    const Document* document = std::as_const(view.workspace).find(*path);
    if (document == nullptr)
        throw BadRequest(RpcError::invalid_params, "the text is not open; send textDocument/didOpen first");
    return *document;
}

Cursor cursor_of(const View& view, const Json& params) {
    const Document& document = document_of(view, params);
    return {.document = document,
            .offset = document.text.offset(read_position(member(params, "position")), view.encoding)};
}

std::int64_t version_of(const Json& document) {
    const Json& version = member(document, "version");
    return version.is_number_integer() ? version.get<std::int64_t>() : 0;
}

EditorPosition read_position(const Json& position) {
    return {.line = number_of(position, "line"), .character = number_of(position, "character")};
}

EditorRange read_range(const Json& range) {
    return {.start = read_position(member(range, "start")), .end = read_position(member(range, "end"))};
}

Json markup(const View& view, std::string markdown) {
    return {{"kind", view.markdown ? "markdown" : "plaintext"}, {"value", std::move(markdown)}};
}

Json text_edit(const View& view, const LineText& text, std::size_t begin, std::size_t end,
               std::string_view with) {
    return {{"range", view.json(text, begin, end)}, {"newText", with}};
}

}  // namespace dectprov
