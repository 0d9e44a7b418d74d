// SPDX-License-Identifier: MIT
#include "editor/table_columns.hpp"

#include <algorithm>
#include <cstdint>

#include "catalog/letter_case.hpp"
#include "doc/yaml.hpp"
#include "editor/lint_inputs.hpp"
#include "load/site_columns.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

constexpr std::string_view settings = "settings.";

// Adds what one description says of a table; whether it reads it.
bool add_columns(const View& view, const std::string& description, const std::string& table,
                 TableColumns& columns) {
    const auto text = view.workspace.text_of(description);
    if (!text) return false;
    SourceSet sources;
    const YamlDocument document = read_yaml(sources, sources.add(description, text->text()));
    const Yaml& yaml = document.yaml;
    bool reads = false;
    std::vector<std::uint32_t> around;
    for (std::uint32_t i = 0; i < yaml.nodes.size(); ++i) {
        while (!around.empty() && yaml[around.back()].after <= i) around.pop_back();
        const bool is_item = yaml[i].key_text == "from" && yaml[i].type == Yaml::Type::scalar &&
                             around.size() > 1 &&
                             view.workspace.files().named_in(folder_of(description), yaml[i].text) == table;
        if (is_item) {
            reads = true;
            columns.of_servers = yaml[around[around.size() - 2]].key_text == "servers";
            const std::uint32_t renamed = yaml.find(around.back(), "columns");
            if (renamed != 0) {
                for (const std::uint32_t one : children(yaml, renamed))
                    columns.renamed.emplace_back(yaml[one].key_text, yaml[one].text);
            }
        }
        around.push_back(i);
    }
    return reads;
}

}  // namespace

std::string_view TableColumns::name(std::string_view heading) const {
    heading = trimmed(heading);
    const auto found = std::ranges::find_if(
        renamed, [&](const auto& one) { return equals_ignoring_case(trimmed(one.first), heading); });
    const std::string_view name = found == renamed.end() ? heading : trimmed(found->second);
    if (!of_servers) return name;
    const std::string_view known = server_column(name);
    return known.empty() ? name : known;
}

EntryId TableColumns::entry_of(const Catalog& catalog, std::string_view heading) const {
    const std::string_view column = name(heading);
    if (!of_servers) return users_column(catalog, column);
    if (!column.starts_with(settings)) return EntryId::none;
    return catalog.find("config." + std::string(column.substr(settings.size())));
}

TableColumns table_columns(const View& view, const std::string& path, std::span<const CsvField> header) {
    TableColumns columns;
    bool is_read = false;
    for (const std::string& one : view.workspace.related(path)) {
        if (is_yaml_name(one)) is_read = add_columns(view, one, path, columns) || is_read;
    }
    // Every server is told by one of these, and no user has them.
    if (!is_read) {
        columns.of_servers = std::ranges::any_of(header, [](const CsvField& field) {
            const std::string_view column = server_column(trimmed(field.text));
            return column == "mac" || column == "uuid";
        });
    }
    return columns;
}

}  // namespace dectprov
