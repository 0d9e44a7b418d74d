// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "editor/features.hpp"
#include "editor/places.hpp"
#include "editor/uri.hpp"
#include "model/identity.hpp"

namespace dectprov {
namespace {

// What can be renamed at a place: the number of a group, or a variable.
struct Target {
    std::optional<std::uint32_t> group;
    std::string variable;
    std::size_t begin;
    std::size_t end;
};

std::optional<Target> target_at(const View& view, const Cursor& cursor) {
    if (const auto group = group_at(view, cursor.document, cursor.offset))
        return Target{.group = group->number, .variable = {}, .begin = group->begin, .end = group->end};
    const Spot spot = spot_at(view, cursor.document, cursor.offset);
    if (auto name = variable_at(cursor.document, spot, cursor.offset))
        return Target{.group = {}, .variable = std::move(name->name), .begin = name->begin, .end = name->end};
    return std::nullopt;
}

std::uint32_t new_number(const View& view, const Document& document, std::string_view text) {
    std::uint32_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || stop != text.data() + text.size() || !is_group(number)) {
        throw BadRequest(RpcError::request_failed,
                         fmt::format("'{}' is not the number of a handset group, which is from 1 to {}", text,
                                     highest_group));
    }
    if (groups_of(view, document).contains(number))
        throw BadRequest(RpcError::request_failed, fmt::format("group {} already exists", number));
    return number;
}

void check_variable(std::string_view name) {
    const auto fits = [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; };
    if (name.empty() || !std::ranges::all_of(name, fits))
        throw BadRequest(RpcError::request_failed,
                         fmt::format("'{}' is not a variable name: letters, digits, '_' and '-'", name));
}

// The edits of all files, each with the version of the text that it is about.
class Renaming {
public:
    explicit Renaming(const View& view) : view_(view) {}

    void replace(const std::string& path, std::size_t begin, std::size_t end, std::string_view with) {
        auto found = files_.find(path);
        if (found == files_.end())
            found = files_.emplace(path, File{.text = view_.workspace.text_of(path)}).first;
        if (!found->second.text) return;
        found->second.edits.push_back(text_edit(view_, *found->second.text, begin, end, with));
    }
    void rename_file(const std::string& from, const std::string& to) { renamed_.emplace_back(from, to); }

    Json take() {
        if (!view_.renames_files) {
            Json changes = Json::object();
            for (auto& [path, file] : files_) changes[view_.uri(path)] = std::move(file.edits);
            return {{"changes", std::move(changes)}};
        }
        Json all = Json::array();
        for (auto& [path, file] : files_) {
            const Document* document = std::as_const(view_.workspace).find(path);
            const Json version = document == nullptr ? Json() : Json(document->version);
            all.push_back({{"textDocument", {{"uri", view_.uri(path)}, {"version", version}}},
                           {"edits", std::move(file.edits)}});
        }
        for (const auto& [from, to] : renamed_)
            all.push_back({{"kind", "rename"}, {"oldUri", view_.uri(from)}, {"newUri", uri_of_path(to)}});
        return {{"documentChanges", std::move(all)}};
    }

private:
    struct File {
        std::optional<LineText> text;
        Json edits = Json::array();
    };

    const View& view_;
    std::map<std::string, File> files_;
    std::vector<std::pair<std::string, std::string>> renamed_;
};

}  // namespace

Json prepare_rename(const View& view, const Json& params) {
    const Cursor cursor = cursor_of(view, params);
    const auto target = target_at(view, cursor);
    if (!target) return nullptr;
    return view.json(cursor.document.text, target->begin, target->end);
}

Json rename(const View& view, const Json& params) {
    const Cursor cursor = cursor_of(view, params);
    const std::string& name = text_of(params, "newName");
    const auto target = target_at(view, cursor);
    if (!target)
        throw BadRequest(RpcError::request_failed,
                         "only variables and the numbers of handset groups can be renamed");
    Renaming renaming(view);
    if (!target->group) {
        check_variable(name);
        for (const TextPlace& place : variable_places(view, cursor.document, target->variable))
            renaming.replace(place.path, place.begin, place.end, name);
        return renaming.take();
    }
    const std::uint32_t number = new_number(view, cursor.document, name);
    for (const GroupPlace& place : group_places(view, cursor.document)) {
        if (place.number == *target->group)
            renaming.replace(place.path, place.begin, place.end, std::to_string(number));
    }
    // The server finds a group by the name of its file.
    for (const ServerInput* server : view.workspace.servers_of(cursor.document.path)) {
        for (const Candidate& file : server->files) {
            if (file.name.role == Role::group && file.name.group == *target->group)
                renaming.rename_file(
                    file.path, join(server->folder, file_name(server->identity.text, Role::group, number)));
        }
    }
    return renaming.take();
}

}  // namespace dectprov
