// SPDX-License-Identifier: MIT
#include "render/explain_setting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "catalog/entries.hpp"
#include "diag/escape.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

// The first node with that dotted path below the root.
std::optional<NodeIndex> find_path(const Tree& tree, std::string_view path) {
    NodeIndex node = 0;
    while (!path.empty()) {
        const std::string_view name = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        if (!tree.has_children(node)) return std::nullopt;
        NodeIndex child = tree.first(node);
        while (child < tree.after(node) && tree.name(child) != name) child = tree.after(child);
        if (child >= tree.after(node)) return std::nullopt;
        node = child;
    }
    return node;
}

std::string shown_place(const SourceSet& sources, Span span) {
    const Position at = sources.position(span.file, span.begin);
    return fmt::format("{}:{}:{}", sources.name(span.file), at.line, at.column);
}

// What layers say of a part of a server without holding, the nearest first. `path` is the part in the
// description; `holds`: the highest that speaks of it does.
template <class Show>
void say_others(const SiteServer& site, const SourceSet& sources, std::string_view path, bool holds,
                Show show, std::string& out) {
    for (auto one = site.statements.rbegin(); one != site.statements.rend(); ++one) {
        const bool above =
            one->takes_back && path.starts_with(one->path) && path.substr(one->path.size()).starts_with('.');
        if (one->path != path && !above) continue;
        if (std::exchange(holds, false)) continue;
        const std::string place = shown_place(sources, one->span);
        out += one->takes_back ? fmt::format("  removed ({})\n", place)
                               : fmt::format("  over {} ({})\n", visible(show(one->text)), place);
    }
}

std::string as_it_stands(const std::string& text) { return text; }

// `path`: of the node in the description; empty where layers say nothing of it alone.
void say(const SiteServer& site, const Tree& tree, NodeIndex node, const std::string& what,
         const std::string& path, std::string& out) {
    if (tree.has_children(node)) {
        for (NodeIndex child = tree.first(node); child < tree.after(node); child = tree.after(child)) {
            const std::string_view name = tree.name(child);
            say(site, tree, child, fmt::format("{}.{}", what, name),
                path.empty() ? path : fmt::format("{}.{}", path, name), out);
        }
        return;
    }
    std::string places = shown_place(tree.sources(), tree.value_span(node));
    if (tree.has_rows() && tree.row(node).via == Tree::Via::reference)
        places += fmt::format(", by {}", shown_place(tree.sources(), tree.row(node).anchor));
    out += fmt::format("{} = {} ({})\n", what, shown_value(tree, node), places);
    if (path.empty()) return;
    const auto show = [&](const std::string& text) {
        return is_secret(tree, node) ? std::string(secret_stars)
                                     : shown_value(tree.catalog(), tree.entry(node), text);
    };
    say_others(site, tree.sources(), path, true, show, out);
}

// The part of a dotted path before its first dot, which is taken off.
std::string_view take_step(std::string_view& path) {
    const std::string_view step = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    return step;
}

// A list of which nothing else is said has its items counted; one that was taken back is none.
void say_list(const SiteServer& site, const SourceSet& sources, std::string_view key, std::string& out) {
    const auto own = std::ranges::find(site.statements.rbegin(), site.statements.rend(), key,
                                       &SiteServer::Statement::path);
    if (!out.empty() || own == site.statements.rend() || own->takes_back) return;
    out = fmt::format("{} {} = {} ({})\n", site.server.identity.text, key, own->text,
                      shown_place(sources, own->span));
}

// The field that a path asks for of a user: "" for all of them; nothing where it asks for another user. Names
// may have dots.
std::optional<std::string_view> field_of(std::string_view path, std::string_view user) {
    if (path.empty() || path == user) return "";
    if (!path.starts_with(user) || path[user.size()] != '.') return std::nullopt;
    return path.substr(user.size() + 1);
}

// `users`, `users.USERNAME` or `users.USERNAME.FIELD`.
std::string explain_users(const SiteServer& site, const SourceSet& sources, std::string_view path) {
    const Server& server = site.server;
    std::string out;
    for_each_user(server, [&](const UserView& user) {
        const std::string_view username = user.value(entry("users.user.username"));
        const NodeIndex named = user.tree.child(user.node, entry("users.user.username"));
        const bool hidden = named != Tree::none && user.tree.referred(named) != nullptr;
        const std::string name =
            username.empty() || hidden ? fmt::format("[{}]", user.number) : std::string(username);
        const std::optional<std::string_view> wanted = field_of(path, name);
        if (!wanted) return;
        for (NodeIndex node = user.tree.first(user.node); node < user.tree.after(user.node);
             node = user.tree.after(node)) {
            const std::string_view field = user.tree.name(node);
            if (wanted->empty() || field == *wanted)
                say(site, user.tree, node, fmt::format("{} users.{}.{}", server.identity.text, name, field),
                    {}, out);
        }
    });
    if (!path.empty() || !site.has_users) return out;
    say_list(site, sources, "users", out);
    say_others(site, sources, "users", true, as_it_stands, out);
    return out;
}

std::string explain_licences(const SiteServer& site, const SourceSet& sources, std::string_view /*rest*/) {
    std::string out;
    if (!site.server.options.licenses) return out;
    for (std::size_t i = 0; i < site.license_places.size(); ++i)
        out += fmt::format("{} licenses[{}] = {} ({})\n", site.server.identity.text, i + 1,
                           (*site.server.options.licenses)[i], shown_place(sources, site.license_places[i]));
    say_list(site, sources, "licenses", out);
    say_others(site, sources, "licenses", true, as_it_stands, out);
    return out;
}

// `firmware_files` or `firmware_files.FILE`, whose name may have dots.
std::string explain_firmware(const SiteServer& site, const SourceSet& sources, std::string_view file) {
    std::string out;
    for (const SiteServer::FirmwareVersionText& version : site.firmware_versions) {
        if (!file.empty() && version.file != file) continue;
        out += fmt::format("{} firmware_files.{} = {} ({})\n", site.server.identity.text, version.file,
                           version.secret ? std::string(secret_stars) : visible(version.text),
                           shown_place(sources, version.where.span));
    }
    return out;
}

// What is asked for by a key of descriptions rather than by a setting's path. `explain` gets what is behind
// it.
struct ExplainedKey {
    std::string_view name;
    std::string (*explain)(const SiteServer& site, const SourceSet& sources, std::string_view rest);
};
constexpr std::array explained_keys{ExplainedKey{.name = "users", .explain = explain_users},
                                    ExplainedKey{.name = "licenses", .explain = explain_licences},
                                    ExplainedKey{.name = "firmware_files", .explain = explain_firmware}};

const ExplainedKey* find_explained(std::string_view key) {
    const auto* const found = std::ranges::find(explained_keys, key, &ExplainedKey::name);
    return found == explained_keys.end() ? nullptr : found;
}

}  // namespace

bool is_explained(std::string_view setting) {
    return find_explained(setting.substr(0, setting.find('.'))) != nullptr;
}

std::string explain_setting(const SiteServer& site, const SourceSet& sources, std::string_view setting) {
    const Server& server = site.server;
    std::string out;
    std::string_view rest = setting;
    const ExplainedKey* const key = find_explained(take_step(rest));
    if (key != nullptr) out = key->explain(site, sources, rest);
    const std::string in_settings = fmt::format("settings.{}", setting);
    if (server.has_config()) {
        if (const auto node = find_path(*server.config, setting))
            say(site, *server.config, *node, fmt::format("{} {}", server.identity.text, setting), in_settings,
                out);
    }
    for (const HandsetGroup& group : server.groups) {
        if (group.tree.empty()) continue;
        if (const auto node = find_path(group.tree, setting)) {
            const std::string in_group = fmt::format("handset_groups.{}.settings.{}", group.number,
                                                     setting.substr(setting.find('.') + 1));
            say(site, group.tree, *node,
                fmt::format("{} handset_groups.{} {}", server.identity.text, group.number, setting), in_group,
                out);
        }
    }
    if (!out.empty()) return out;
    out = fmt::format("{} {} is not set\n", server.identity.text, setting);
    if (key != nullptr) {
        say_others(site, sources, setting, false, as_it_stands, out);
        return out;
    }
    const Catalog& catalog = server.has_config() ? server.config->catalog() : Catalog::builtin();
    const EntryId entry = catalog.find(Catalog::rooted(setting));
    // What a `parameters:` file may have added and the catalogue at hand lacks could be a secret.
    const bool secret = entry == EntryId::none || is_secret_at(catalog, entry, setting);
    const auto show = [&](const std::string& text) {
        return secret ? std::string(secret_stars) : shown_value(catalog, entry, text);
    };
    say_others(site, sources, in_settings, false, show, out);
    return out;
}

}  // namespace dectprov
