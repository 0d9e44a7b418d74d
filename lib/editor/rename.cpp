// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "editor/features.hpp"
#include "editor/places.hpp"
#include "editor/uri.hpp"
#include "editor/variables.hpp"
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
    if (auto name = variable_at(view, cursor.document, spot, cursor.offset))
        return Target{
            .group = {}, .variable = std::move(name->name), .begin = name->at.begin, .end = name->at.end};
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

std::string line_of(const View& view, const TextPlace& place) {
    const auto text = view.workspace.text_of(place.path);
    return fmt::format("{}, line {}", base_name(place.path), text ? text->line_of(place.begin) + 1 : 1);
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

    // False where something else stands there than `instead_of`.
    bool replace(const std::string& path, std::size_t begin, std::size_t end, std::string_view with,
                 std::string_view instead_of = {}) {
        auto found = files_.find(path);
        if (found == files_.end())
            found = files_.emplace(path, File{.text = view_.workspace.text_of(path)}).first;
        if (!found->second.text) return false;
        const std::string_view text = found->second.text->text();
        if (!instead_of.empty() && text.substr(begin, end - begin) != instead_of) return false;
        found->second.edits.push_back(text_edit(view_, *found->second.text, begin, end, with));
        return true;
    }
    void rename_file(const std::string& from, const std::string& to) { renamed_.emplace_back(from, to); }

    Json take() {
        if (!view_.may.rename) {
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

void rename_variable(const View& view, const Document& document, const std::string& from,
                     const std::string& to, Renaming& renaming) {
    check_variable(to);
    const std::set<std::string> files = reach_of_variable(view, document, from);
    // It would be another one's value from then on.
    std::vector<VariablePlace> taken = variable_places(view, files, to);
    std::ranges::stable_sort(taken, std::greater<>(),
                             [](const VariablePlace& place) { return place.at.defines; });
    if (to != from && !taken.empty())
        throw BadRequest(RpcError::request_failed, fmt::format("the name '{}' is already in use ({})", to,
                                                               line_of(view, taken.front().at)));
    for (const VariablePlace& place : variable_places(view, files, from)) {
        if (!renaming.replace(place.at.path, place.at.begin, place.at.end, to, from))
            throw BadRequest(
                RpcError::request_failed,
                fmt::format("the name '{}' is written with escapes or quotes inside; change that "
                            "first ({})",
                            from, line_of(view, place.at)));
    }
}

void rename_group(const View& view, const Document& document, std::uint32_t from, std::uint32_t to,
                  Renaming& renaming) {
    for (const GroupPlace& place : group_places(view, reach_of_group(view, document, from))) {
        if (place.number == to && place.role == GroupPlace::Role::file)
            throw BadRequest(RpcError::request_failed,
                             fmt::format("group {} already exists ({})", to, base_name(place.path)));
        if (place.number == from) renaming.replace(place.path, place.begin, place.end, std::to_string(to));
    }
    // The server finds a group by the name of its file.
    for (const ServerInput* server : view.workspace.servers_of(document.path)) {
        for (const Candidate& file : server->files) {
            if (file.name.role != Role::group || file.name.group != from) continue;
            if (!view.may.rename)
                throw BadRequest(
                    RpcError::request_failed,
                    fmt::format("this editor does not rename files as a part of an edit, and the "
                                "name of {} has the number of the group; rename it by hand, and the number "
                                "in all files",
                                base_name(file.path)));
            renaming.rename_file(file.path,
                                 join(server->folder, file_name(server->identity.text, Role::group, to)));
        }
    }
}

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
    if (target->group) {
        rename_group(view, cursor.document, *target->group, new_number(view, cursor.document, name),
                     renaming);
    } else {
        rename_variable(view, cursor.document, target->variable, name, renaming);
    }
    return renaming.take();
}

}  // namespace dectprov
