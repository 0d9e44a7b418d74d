// SPDX-License-Identifier: MIT
#include "editor/groups.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "doc/csv.hpp"
#include "doc/yaml.hpp"
#include "editor/lint_inputs.hpp"
#include "editor/table_columns.hpp"
#include "editor/xml_outline.hpp"
#include "load/config_file.hpp"
#include "model/identity.hpp"

namespace dectprov {
namespace {

std::optional<std::uint32_t> number_of(std::string_view digits) {
    std::uint32_t number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || stop != digits.data() + digits.size() || !is_group(number))
        return std::nullopt;
    return number;
}

// The places of one file, one after the other.
class Finder {
public:
    Finder(const View& view, const std::string& path, std::string_view text)
        : view_(view), path_(path), text_(text) {}

    std::vector<GroupPlace> run() {
        const std::string_view name = base_name(path_);
        if (name.ends_with(".xml")) {
            in_xml();
        } else if (name.ends_with(".csv")) {
            in_table();
        } else if (is_yaml_name(name)) {
            in_yaml();
        } else if (read_name(name).role == Role::list) {
            in_list();
        }
        return std::move(places_);
    }

private:
    void add(GroupPlace::Role role, std::size_t begin, std::size_t end) {
        while (begin < end && is_white(text_[begin])) ++begin;
        while (end > begin && is_white(text_[end - 1])) --end;
        if (const auto number = number_of(text_.substr(begin, end - begin)))
            places_.push_back({.role = role, .path = path_, .begin = begin, .end = end, .number = *number});
    }

    void in_xml() {
        const Catalog& catalog = catalog_of(view_.workspace.config_of(path_));
        const XmlOutline outline = outline_xml(text_);
        for (std::size_t i = 0; i < outline.elements.size(); ++i) {
            const XmlElement& element = outline.elements[i];
            const bool of_user = element.name == "configgroup";
            if (!of_user && element.name != "group") continue;
            const EntryId id = outline.entry(catalog, i);
            if (of_user && id == entry("users.user.configgroup"))
                add(GroupPlace::Role::user, element.content, element.content_end);
            if (id == entry("cota.info.group"))
                add(GroupPlace::Role::file, element.content, element.content_end);
        }
    }

    void in_list() {
        constexpr std::string_view word = "GROUP";
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t end = std::min(text_.find_first_of("\r\n", at), text_.size());
            if (text_.substr(at, end - at).starts_with(word)) {
                const std::size_t begin = at + word.size();
                add(GroupPlace::Role::line, begin, std::min(text_.find_first_of(line_blanks, begin), end));
            }
            at = end + 1;
        }
    }

    void in_table() {
        SourceSet sources;
        CsvReader reader(sources, sources.add(path_, std::string(text_)));
        const TableColumns columns = table_columns(view_, path_, reader.header());
        const auto column = std::ranges::find_if(reader.header(), [&](const CsvField& field) {
            return columns.entry_of(Catalog::builtin(), field.text) == entry("users.user.configgroup");
        });
        if (column == reader.header().end()) return;
        const auto at = static_cast<std::size_t>(column - reader.header().begin());
        for (std::vector<CsvField> row; reader.next(row);) {
            if (at < row.size()) add(GroupPlace::Role::user, row[at].span.begin, row[at].span.end);
        }
    }

    void in_yaml() {
        SourceSet sources;
        const YamlDocument document = read_yaml(sources, sources.add(path_, std::string(text_)));
        const Yaml& yaml = document.yaml;
        for (std::uint32_t i = 0; i < yaml.nodes.size(); ++i) {
            const Yaml::Node& node = yaml[i];
            if (node.aliased) continue;
            if (node.key_text == "configgroup" && node.type == Yaml::Type::scalar)
                add(GroupPlace::Role::user, node.span.begin, node.span.end);
            if (node.key_text != "handset_groups" || node.type != Yaml::Type::mapping) continue;
            for (std::uint32_t group = i + 1; group < node.after; group = yaml[group].after)
                add(GroupPlace::Role::file, yaml[group].key.begin, yaml[group].key.end);
        }
    }

    const View& view_;
    const std::string& path_;
    std::string_view text_;
    std::vector<GroupPlace> places_;
};

}  // namespace

std::vector<GroupPlace> group_places(const View& view, const std::string& path, const LineText& text) {
    return Finder(view, path, text.text()).run();
}

std::vector<GroupPlace> group_places(const View& view, const std::set<std::string>& paths) {
    std::vector<GroupPlace> all;
    for (const std::string& path : paths) {
        const auto text = view.workspace.text_of(path);
        if (!text) continue;
        std::vector<GroupPlace> places = group_places(view, path, *text);
        all.insert(all.end(), places.begin(), places.end());
    }
    return all;
}

std::vector<GroupPlace> group_places(const View& view, const Document& document) {
    return group_places(view, view.workspace.related(document.path));
}

std::set<std::string> reach_of_group(const View& view, const Document& document, std::uint32_t number) {
    return view.workspace.reach(document.path, [&](const std::string& path) {
        const auto places = group_places(view, std::set<std::string>{path});
        return std::ranges::find(places, number, &GroupPlace::number) != places.end();
    });
}

std::set<std::uint32_t> groups_of(const View& view, const Document& document) {
    std::set<std::uint32_t> groups;
    for (const GroupPlace& place : group_places(view, document)) {
        if (place.role == GroupPlace::Role::file) groups.insert(place.number);
    }
    // A group is there by the name of its file, whatever stands in it.
    for (const ServerInput* server : view.workspace.servers_of(document.path)) {
        for (const Candidate& file : server->files) {
            if (file.name.role == Role::group && is_group(file.name.group)) groups.insert(file.name.group);
        }
    }
    return groups;
}

}  // namespace dectprov
