// SPDX-License-Identifier: MIT
#include "editor/handshake.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "editor/features.hpp"
#include "editor/uri.hpp"

namespace dectprov {
namespace {

std::vector<std::string> folders_of(const Json& params) {
    std::vector<std::string> folders;
    const auto add = [&](const Json& uri) {
        if (!uri.is_string()) return;
        if (auto path = path_of_uri(uri.get_ref<const std::string&>())) folders.push_back(std::move(*path));
    };
    const Json& given = member(params, "workspaceFolders");
    for (const Json& folder : given) add(member(folder, "uri"));
    if (!given.is_array()) add(member(params, "rootUri"));
    return folders;
}

}  // namespace

Handshake read_handshake(const Json& params) {
    Handshake client;
    const Json& process = member(params, "processId");
    if (process.is_number_integer()) client.process = static_cast<pid_t>(process.get<std::int64_t>());
    client.folders = folders_of(params);
    const Json& able = member(params, "capabilities");
    for (const Json& encoding : member(member(able, "general"), "positionEncodings")) {
        if (encoding == "utf-8") client.encoding = PositionEncoding::utf8;
        if (encoding == "utf-8" || encoding == "utf-16") break;
    }
    const Json& text = member(able, "textDocument");
    const Json& formats = member(member(text, "hover"), "contentFormat");
    client.markdown = !formats.is_array() || std::ranges::find(formats, "markdown") != formats.end();
    client.snippets = has_capability(text, "completion.completionItem.snippetSupport");
    client.progress = has_capability(able, "window.workDoneProgress");
    const Json& edits = member(member(able, "workspace"), "workspaceEdit");
    const Json& operations = member(edits, "resourceOperations");
    const auto does = [&](std::string_view operation) {
        return has_capability(edits, "documentChanges") && operations.is_array() &&
               std::ranges::find(operations, operation) != operations.end();
    };
    client.may = {.create = does("create"), .rename = does("rename")};
    client.watches = has_capability(able, "workspace.didChangeWatchedFiles.dynamicRegistration");
    return client;
}

Json capabilities(PositionEncoding encoding) {
    Json offered{
        {"positionEncoding", encoding == PositionEncoding::utf8 ? "utf-8" : "utf-16"},
        {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
        {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}};
    for (const Feature& feature : features()) {
        if (!feature.capability.empty())
            offered[std::string(feature.capability)] = Json::parse(feature.value);
    }
    return offered;
}

}  // namespace dectprov
