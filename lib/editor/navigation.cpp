// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "editor/features.hpp"
#include "editor/places.hpp"
#include "editor/spot.hpp"
#include "editor/variables.hpp"

namespace dectprov {
namespace {

Json locations(const View& view, const std::vector<TextPlace>& places) {
    Json all = Json::array();
    std::map<std::string, std::optional<LineText>> texts;
    for (const TextPlace& place : places) {
        auto found = texts.find(place.path);
        if (found == texts.end()) found = texts.emplace(place.path, view.workspace.text_of(place.path)).first;
        if (found->second) all.push_back(view.location(place.path, *found->second, place.begin, place.end));
    }
    return all;
}

// All that is said of what stands at a place, the place itself too; `defines` where it is said what it is.
std::vector<TextPlace> places_at(const View& view, const Cursor& cursor) {
    const Document& document = cursor.document;
    std::vector<TextPlace> places;
    if (const auto group = group_at(view, document, cursor.offset)) {
        for (const GroupPlace& place : group_places(view, document)) {
            if (place.number == group->number)
                places.push_back({.path = place.path,
                                  .begin = place.begin,
                                  .end = place.end,
                                  .defines = place.role != GroupPlace::Role::user});
        }
        return places;
    }
    const Spot spot = spot_at(view, document, cursor.offset);
    if (const auto variable = variable_at(view, document, spot, cursor.offset)) {
        for (VariablePlace& place : variable_places(view, document, variable->name))
            places.push_back(std::move(place.at));
        return places;
    }
    if (spot.kind == TextKind::table) return mentions_of(view, document.path);
    if (spot.kind != TextKind::description || spot.path.empty()) return places;
    const std::string& key = spot.path.back();
    if (spot.part == Spot::Part::value && (key == "from" || key == "extends")) {
        const std::string_view name =
            std::string_view(document.text.text()).substr(spot.begin, spot.end - spot.begin);
        const std::string path = view.workspace.files().named_in(folder_of(document.path), name);
        if (!name.empty()) places.push_back({.path = path, .begin = 0, .end = 0, .defines = true});
        return places;
    }
    return setting_places(view, document, spot.path);
}

}  // namespace

Json definition(const View& view, const Json& params) {
    const Cursor cursor = cursor_of(view, params);
    std::vector<TextPlace> places = places_at(view, cursor);
    const bool in_table = kind_of(cursor.document) == TextKind::table;
    const auto is_here = [&](const TextPlace& place) {
        return place.path == cursor.document.path && cursor.offset >= place.begin &&
               cursor.offset <= place.end;
    };
    std::erase_if(places,
                  [&](const TextPlace& place) { return (!place.defines && !in_table) || is_here(place); });
    return locations(view, places);
}

Json references(const View& view, const Json& params) {
    const Cursor cursor = cursor_of(view, params);
    std::vector<TextPlace> places = places_at(view, cursor);
    const Json& definitions = member(member(params, "context"), "includeDeclaration");
    if (definitions.is_boolean() && !definitions.get<bool>())
        std::erase_if(places, [](const TextPlace& place) { return place.defines; });
    return locations(view, places);
}

}  // namespace dectprov
