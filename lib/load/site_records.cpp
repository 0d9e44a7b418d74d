// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "load/site_server.hpp"
#include "load/site_values.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

// The number of a group's key; 0 where it is none that a file name can have.
std::uint32_t group_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool all = error == std::errc() && end == text.data() + text.size();
    return all && number <= highest_group ? number : 0;
}

// Whether a text came out of references to secrets, or will.
bool refers_to_secret(const Tree& tree, NodeIndex node) {
    const std::string_view text = tree.row(node).text;
    const auto has = [text](std::string_view one) { return text.find(one) != std::string_view::npos; };
    return tree.referred(node) != nullptr || (tree.is_opaque(node) && (has("${env:") || has("${file:")));
}

}  // namespace

struct SiteServerReader::Group {
    const std::string& path;
    Tree& tree;
    NodeIndex info;  // open
    SiteServer::GroupVersion& version;
};

struct SiteServerReader::FirmwareFile {
    const Yaml::Node& key;
    const std::string& path;
};

// Without `settings` no configuration is written, so the server keeps what it has: no rule may take that for
// an empty one, which would put every setting back. A merge of nothing is one that is written.
void SiteServerReader::settings(const Layered& settings) {
    if (!settings && !to_.server.merge) return;
    const std::string path = below("settings");
    to_.server.config = std::make_unique<Tree>(context_.catalog, context_.sources, item_.file);
    Tree& tree = *to_.server.config;
    tree.set_prefix(path);
    SiteTreeBuilder builder(context_, tree);
    const Span name = settings ? settings.yaml().key : item_;
    const Span value = settings ? settings.yaml().span : item_;
    const NodeIndex root = builder.open(entry("config"), name, start_of(value), "config");
    builder.members(entry("config"), settings, SitePath(path));
    builder.close(root);
    if (to_.server.merge)
        tree.add(Tree::Attribute{.node = 0,
                                 .name = import_.node->key,
                                 .value = import_.node->span,
                                 .name_text = "merge_type",
                                 .text = "merge"});
}

void SiteServerReader::import_kind(const Layered& value) {
    import_ = text(value, "import");
    if (!import_ || import_.text == "overwrite") return;
    if (import_.text != "merge") {
        const auto near = nearest(import_.text, import_kinds);
        add(rule::value_choice, import_, "import",
            fmt::format("'import' is '{}'; expected {}", import_.text, fmt::join(import_kinds, " or ")),
            near ? fmt::format("did you mean '{}'?", *near) : std::string());
        return;
    }
    to_.server.merge = true;
    to_.server.merge_place = {.span = import_.span, .path = below("import")};
}

void SiteServerReader::users(const Layered& list) {
    if (!list) return;
    to_.has_users = true;
    to_.server.users = std::make_unique<Tree>(context_.catalog, context_.sources, list.source->file);
    Tree& tree = *to_.server.users;
    tree.set_prefix(below("users"));
    to_.server.users_unread = !users_.read(tree, list, below("users"));
}

void SiteServerReader::groups(const Layered& groups) {
    if (!groups) return;
    std::vector<Layered> order;
    groups.each([&](const Layered& one) {
        if (!one.is(Yaml::Type::null)) {
            order.push_back(one);
        } else {
            report_empty_key(context_, one, below(fmt::format("handset_groups.{}", one.yaml().key_text)));
        }
    });
    std::ranges::stable_sort(order, {}, [](const Layered& one) { return group_number(one.yaml().key_text); });
    to_.versions.reserve(order.size());
    for (const Layered& one : order) group(one);
    version_list();
}

void SiteServerReader::group(const Layered& value) {
    const Yaml::Node& node = value.yaml();
    const std::string path = below(fmt::format("handset_groups.{}", node.key_text));
    if (!value.is(Yaml::Type::mapping)) {
        report_shape(context_, node, path, "a group must be a mapping with `version` and `settings`");
        return;
    }
    const std::uint32_t number = group_number(node.key_text);
    // They come by their numbers.
    if (number != 0 && !to_.server.groups.empty() && to_.server.groups.back().number == number) {
        context_.report
            .add(rule::site_key, {.span = node.key, .path = path},
                 fmt::format("group {} occurs twice", number))
            .related.push_back({.span = to_.server.groups.back().where.span, .message = "the first one"});
        return;
    }
    check_members(context_, value, path, "a group", group_rows());
    HandsetGroup& to = to_.server.groups.emplace_back(
        HandsetGroup{.number = number, .tree = Tree(context_.catalog, context_.sources, node.key.file)});
    to.where = {.span = node.key, .path = path};
    to.tree.set_prefix(path);
    SiteServer::GroupVersion& version_of = to_.versions.emplace_back(
        SiteServer::GroupVersion{.group = number, .automatic = false, .where = to.where});

    SiteTreeBuilder builder(context_, to.tree);
    const NodeIndex root = builder.open(entry("cota"), node.key, start_of(node.key), "cota");
    const NodeIndex info = to.tree.open(entry("cota.info"), {.name = node.key,
                                                             .value = start_of(node.key),
                                                             .name_text = "info",
                                                             .text = {},
                                                             .opaque = node.merges});
    Tree::Row group_row;
    group_row.name = node.key;
    group_row.value = node.key;
    group_row.name_text = "group";
    // As it is written, whatever zeros lead the key.
    group_row.text = number == 0 ? node.key_text : context_.sources.keep(std::to_string(number));
    to.tree.leaf(entry("cota.info.group"), group_row);
    Group reading{.path = path, .tree = to.tree, .info = info, .version = version_of};
    for (const GroupRow& row : group_rows())
        (this->*row.read)(reading, shaped(context_, value.member(row.key.name), row.key, path));
    builder.close(root);
}

void SiteServerReader::group_version(Group& group, const Layered& value) {
    SiteTreeBuilder builder(context_, group.tree);
    if (value) {
        group.version.automatic = value.yaml().text == "auto";
        group.version.where = {.span = value.yaml().span, .path = path_below(group.path, "version")};
        builder.leaf(entry("cota.info.version"), value, group.version.automatic);
    }
    builder.close(group.info);
}

void SiteServerReader::group_settings(Group& group, const Layered& value) {
    if (!value) return;
    SiteTreeBuilder builder(context_, group.tree);
    const NodeIndex data =
        builder.open(entry("cota.data"), value.yaml().key, start_of(value.yaml().span), "data");
    builder.members(entry("cota.data"), value, SitePath(SitePath(group.path), "settings"));
    builder.close(data);
}

// Texts are those of the trees' rows, which stay where they are.
void SiteServerReader::version_list() {
    if (to_.server.groups.empty()) return;
    VersionList& list = to_.server.list.emplace();
    list.file = item_.file;
    list.site = true;
    for (const HandsetGroup& one : to_.server.groups) {
        const NodeIndex group = one.tree.find(entry("cota.info.group"));
        const NodeIndex version = one.tree.find(entry("cota.info.version"));
        const Span key = one.where.span;
        const bool has_version = version != Tree::none;
        list.lines.push_back({.group = one.tree.row(group).text,
                              .version = has_version ? one.tree.row(version).text : std::string_view(),
                              .group_span = key,
                              .group_digits = key,
                              .version_digits = has_version ? one.tree.value_span(version) : key});
    }
}

void SiteServerReader::firmware_files(const Layered& files) {
    if (!files) return;
    std::vector<std::string_view> known;
    for (const EntryId id : context_.catalog.children(entry("config.provisioning.firmware"))) {
        if (context_.catalog.type(id).kind == Kind::file_name) known.push_back(context_.catalog[id].name);
    }
    files.each([&](const Layered& one) { firmware_file(one, known); });
}

void SiteServerReader::firmware_file(const Layered& value, const std::vector<std::string_view>& known) {
    const Yaml::Node& node = value.yaml();
    const std::string path = below(fmt::format("firmware_files.{}", node.key_text));
    if (value.is(Yaml::Type::null)) {
        report_empty_key(context_, value, path);
        return;
    }
    if (std::ranges::find(known, std::string_view(node.key_text)) == known.end()) {
        report_unknown_key(context_, node.key, below("firmware_files"), "'firmware_files'", node.key_text,
                           known);
        return;
    }
    if (!value.is(Yaml::Type::mapping) || !value.find("version")) {
        report_shape(context_, node, path, "a firmware file must be a mapping with its `version`");
        return;
    }
    check_members(context_, value, path, "a firmware file", firmware_file_rows());
    FirmwareFile reading{.key = node, .path = path};
    for (const FirmwareFileRow& row : firmware_file_rows())
        (this->*row.read)(reading, shaped(context_, value.member(row.key.name), row.key, path));
}

void SiteServerReader::firmware_file_version(FirmwareFile& file, const Layered& version) {
    const Yaml::Node& node = file.key;
    const std::string& path = file.path;
    if (!version) return;
    const Yaml::Node& text = version.yaml();
    const Place where{.span = text.span, .path = path_below(path, "version")};
    const Expanded expanded = expand(context_, *version.source, text.text);
    keep_secrets(context_.sources, expanded.text, expanded.secrets);
    context_.variables.use(expanded.text, expanded.sources);
    report_problems(context_, text, where, expanded.problems);
    if (!expanded.opaque && std::ranges::all_of(expanded.text, is_blank)) {
        context_.report.add(rule::firmware_ver_text, where, "the version is empty",
                            "write the version of the firmware, such as 'PCS20Ba 90198'");
    } else if (std::size_t wrong = 0; !expanded.opaque && !parse_firmware_version(expanded.text, &wrong)) {
        Place at = where;
        const bool as_written = expanded.text == text.text;
        at.span =
            as_written ? scalar_span(context_.sources, text, wrong, 1) : expanded.origin.value_or(at.span);
        Diagnostic& told = context_.report.add(rule::firmware_ver_form, at,
                                               "the version does not have the form `PCS20Ba 90198`");
        if (at.span != text.span && !as_written)
            told.related.push_back({.span = text.span, .message = "the reference to this value"});
    }
    const Tree* const tree = to_.server.config.get();
    const NodeIndex section =
        tree == nullptr ? Tree::none : tree->find(entry("config.provisioning.firmware"));
    const EntryId id = context_.catalog.child(entry("config.provisioning.firmware"), node.key_text);
    const NodeIndex named = section == Tree::none ? Tree::none : tree->child(section, id);
    if (named == Tree::none || tree->value(named).empty()) {
        context_.report.add(
            rule::site_reference, {.span = node.key, .path = path},
            fmt::format("no firmware file: `settings.provisioning.firmware.{}` is not set", node.key_text));
        return;
    }
    // Which files a server has is no secret, and every command needs to know it.
    if (refers_to_secret(*tree, named)) {
        to_.unnamed_firmware_version = true;
        context_.report
            .add(rule::site_reference, tree->value_place(named),
                 "the name of a file with a version must be known to `lint` too, which does not read this "
                 "reference",
                 "refer to a variable: `${var:NAME}`")
            .related.push_back({.span = node.key, .message = "its version"});
        return;
    }
    if (tree->is_opaque(named)) {
        to_.unnamed_firmware_version = true;
        return;
    }
    to_.firmware_versions.push_back({.file = std::string(tree->value(named)),
                                     .text = std::string(expanded.text),
                                     .where = where,
                                     .opaque = expanded.opaque,
                                     .secret = !expanded.secrets.empty(),
                                     .parts = expanded.sources});
}

}  // namespace dectprov
