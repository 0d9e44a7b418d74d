// SPDX-License-Identifier: MIT
#include "compare/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "catalog/entries.hpp"
#include "compare/users.hpp"
#include "compare/values.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"

namespace dectprov {
namespace {

// What a file's leaves say, to be told with a file, a user or a group that came or went.
std::vector<std::pair<std::string, std::string>> fields_of(const Tree& tree, NodeIndex section) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (const Leaf& leaf : leaves(tree, section)) fields.emplace_back(shown_path(leaf), shown(leaf));
    return fields;
}

class Comparer {
public:
    Comparer(const Side& before, const Side& after, const Scope& scope)
        : before_(before), after_(after), scope_(scope) {}

    Changes run() {
        const Server& old_server = *before_.server;
        const Server& new_server = *after_.server;
        if (report_not_whole()) return std::move(changes_);
        if (scope_.has(Role::config)) config(old_server, new_server);
        if (scope_.has(Role::users)) users(old_server, new_server);
        groups();
        if (scope_.has(Role::list)) list(old_server, new_server);
        if (scope_.whole) firmware();
        if (scope_.named.contains({Role::none, 0})) named_firmware();
        return std::move(changes_);
    }

private:
    static bool is_left_out(const InputFile* file) {
        return file != nullptr && file->state == InputFile::State::left_out;
    }

    // A description's list of users may be read in part.
    static bool is_broken(const Side& side, Role role, const InputFile* file) {
        if (side.site != nullptr) return role == Role::users && side.server->users_unread;
        return file != nullptr && file->state != InputFile::State::good && !is_left_out(file);
    }

    static std::string_view broken_side(bool old_broken, bool new_broken) {
        if (!new_broken) return "old";
        return old_broken ? "old and the new" : "new";
    }

    // What a description without one of its layers yields, nobody knows.
    bool report_not_whole() {
        const auto is_part = [](const Side& side) { return side.site != nullptr && !side.site->whole; };
        if (!is_part(before_) && !is_part(after_)) return false;
        Change& change = changes_.all.emplace_back();
        change.kind = ChangeKind::changed;
        change.effects.push_back(
            {.kind = EffectKind::not_compared,
             .text = fmt::format("not compared: a layer of the {} description cannot be read",
                                 broken_side(is_part(before_), is_part(after_)))});
        return true;
    }

    // As the provisioning server has it; of the new state where both have it.
    [[nodiscard]] std::string name_of(Role role, std::uint32_t group = 0) const {
        for (const Side* side : {&after_, &before_}) {
            if (side->site != nullptr) {
                const bool there =
                    role == Role::group ? group_of(*side, group) != nullptr : side->server->has(role);
                if (there) return file_name(side->server->identity.text, role, group);
            } else if (const InputFile* file = file_of(*side, role, group)) {
                return below_root(*side, file->path);
            }
        }
        return file_name(after_.server->identity.text, role, group);
    }

    Change& add(ChangeKind kind, Role role, std::uint32_t group, std::string path) {
        Change& change = changes_.all.emplace_back();
        change.kind = kind;
        change.role = role;
        change.group = group;
        change.file = name_of(role, group);
        change.pattern = path;
        change.path = std::move(path);
        return change;
    }

    // Says of files that hold no records that they cannot be compared. True where that is so.
    bool report_broken(Role role, std::uint32_t group) {
        const InputFile* old_file = file_of(before_, role, group);
        const InputFile* new_file = file_of(after_, role, group);
        const bool old_broken = is_broken(before_, role, old_file);
        const bool new_broken = is_broken(after_, role, new_file);
        if (!old_broken && !new_broken) return false;
        const bool files = old_file != nullptr && new_file != nullptr;
        if (files && old_broken && new_broken && old_file->state == new_file->state &&
            text_of(before_, *old_file) == text_of(after_, *new_file)) {
            return true;
        }
        Change& change = add(ChangeKind::changed, role, group, "");
        change.effects.push_back(
            {.kind = EffectKind::not_compared,
             .text =
                 fmt::format("not compared: the {} {} cannot be read", broken_side(old_broken, new_broken),
                             (new_broken ? after_ : before_).site != nullptr ? "list" : "file")});
        return true;
    }

    void file_change(ChangeKind kind, Role role, std::uint32_t group, const Tree& tree) {
        Change& change = add(kind, role, group, "");
        change.fields = fields_of(tree, 0);
        (kind == ChangeKind::added ? change.after_tree : change.before_tree) = &tree;
        (kind == ChangeKind::added ? change.after_node : change.before_node) = 0;
    }

    void config(const Server& old_server, const Server& new_server) {
        if (report_broken(Role::config, 0)) return;
        const Tree* old_tree = old_server.config.get();
        const Tree* new_tree = new_server.config.get();
        if (document(Role::config, 0, old_tree, new_tree)) return;
        if (old_server.merge != new_server.merge) {
            Change& change = add(new_server.merge ? ChangeKind::added : ChangeKind::removed, Role::config, 0,
                                 "merge_type");
            (new_server.merge ? change.after : change.before) = "merge";
        }
        section({.role = Role::config}, *old_tree, 0, *new_tree, 0);
    }

    // True where there is nothing to look into: the file is on one side alone, or on none.
    bool document(Role role, std::uint32_t group, const Tree* old_tree, const Tree* new_tree) {
        if (old_tree != nullptr && new_tree != nullptr) return false;
        if (new_tree != nullptr) file_change(ChangeKind::added, role, group, *new_tree);
        if (old_tree != nullptr) file_change(ChangeKind::removed, role, group, *old_tree);
        return true;
    }

    // Where the leaves of a section belong.
    struct Owner {
        Role role;
        std::uint32_t group = 0;
        std::string path = {};  // before each leaf's: "user[9997]"
        std::string pattern = {};
        std::string user = {};
    };

    void section(const Owner& owner, const Tree& old_tree, NodeIndex old_section, const Tree& new_tree,
                 NodeIndex new_section) {
        if (same_elements(old_tree, old_section, new_tree, new_section)) return;
        const std::vector<Leaf> old_leaves = leaves(old_tree, old_section);
        const std::vector<Leaf> new_leaves = leaves(new_tree, new_section);
        std::size_t i = 0;
        std::size_t k = 0;
        const auto precedes = [](const Leaf& a, const Leaf& b) {
            return a.order() != b.order() ? a.order() < b.order() : a.path < b.path;
        };
        while (i < old_leaves.size() || k < new_leaves.size()) {
            const Leaf* before = i < old_leaves.size() ? &old_leaves[i] : nullptr;
            const Leaf* after = k < new_leaves.size() ? &new_leaves[k] : nullptr;
            if (before != nullptr && after != nullptr) {
                if (precedes(*before, *after)) {
                    after = nullptr;
                } else if (precedes(*after, *before)) {
                    before = nullptr;
                }
            }
            i += before != nullptr ? 1 : 0;
            k += after != nullptr ? 1 : 0;
            leaf(owner, before, after);
        }
    }

    // One of the two may be null.
    void leaf(const Owner& owner, const Leaf* before, const Leaf* after) {
        assert(before != nullptr || after != nullptr);
        ChangeKind kind = ChangeKind::changed;
        if (before == nullptr) kind = ChangeKind::added;
        if (after == nullptr) kind = ChangeKind::removed;
        if (before != nullptr && after != nullptr) {
            const Same same = compare(*before, *after);
            const bool automatic = is_automatic(owner, *before, *after);
            if (same == Same::yes || (automatic && !is_counted_once(*before, *after))) return;
            if (same == Same::unknown || automatic) {
                ++changes_.unknown;
                return;
            }
        }
        const std::string own = shown_path(*(after != nullptr ? after : before));
        const auto below = [&own](const std::string& path) { return path.empty() ? own : path + "." + own; };
        Change& change = add(kind, owner.role, owner.group, below(owner.path));
        change.pattern = below(owner.pattern);
        change.user = owner.user;
        if (before != nullptr) {
            change.before = shown(*before);
            change.before_tree = before->tree;
            change.before_node = before->node;
        }
        if (after != nullptr) {
            change.after = shown(*after);
            change.after_tree = after->tree;
            change.after_node = after->node;
        }
        // What is a secret on one side is one on the other, which may have no more than the text.
        const auto is_hidden = [](const Leaf* one) { return one->tree->referred(one->node) != nullptr; };
        if (before == nullptr || after == nullptr || is_hidden(before) == is_hidden(after)) return;
        (is_hidden(before) ? change.after : change.before) = hidden_text;
    }

    // `version: auto` is whatever `render` makes of it: no difference to any number.
    static bool is_automatic(const Owner& owner, const Leaf& before, const Leaf& after) {
        return owner.role == Role::group && before.entry == entry("cota.info.version") &&
               (before.is_opaque() || after.is_opaque());
    }

    // Of two descriptions one counts and one says the number: whether these are the same only `render` knows.
    // Files beside a description may be what it made of them.
    [[nodiscard]] bool is_counted_once(const Leaf& before, const Leaf& after) const {
        return before_.site != nullptr && after_.site != nullptr && before.is_opaque() != after.is_opaque();
    }

    void users(const Server& old_server, const Server& new_server) {
        if (report_broken(Role::users, 0)) return;
        const Tree* old_tree = old_server.users.get();
        const Tree* new_tree = new_server.users.get();
        if (old_tree == nullptr && new_tree == nullptr) return;
        const std::vector<UserKey> no_users;
        const std::vector<UserKey> old_users = old_tree != nullptr ? user_keys(*old_tree) : no_users;
        const std::vector<UserKey> new_users = new_tree != nullptr ? user_keys(*new_tree) : no_users;
        if (old_tree == nullptr || new_tree == nullptr) {
            Change& change =
                add(new_tree != nullptr ? ChangeKind::added : ChangeKind::removed, Role::users, 0, "");
            change.fields.emplace_back("users", std::to_string(std::max(old_users.size(), new_users.size())));
            // Without a list to fetch the server keeps the users that it has: nobody leaves.
            if (new_tree == nullptr) return;
        } else {
            unknown_beside_users(*old_tree, *new_tree);
        }
        const UserMatch match = match_users(old_users, new_users, is_by_number(new_server.models));
        const UnknownFields new_unknown = unknown_fields(new_tree, new_users, match.partner_of_after);
        const UnknownFields old_unknown = unknown_fields(old_tree, old_users, match.partner_of_before);
        const auto old_named = without_fields(old_users, new_unknown, match.partner_of_before);
        const auto new_named = without_fields(new_users, old_unknown, match.partner_of_after);
        UserLabels old_labels(old_named ? *old_named : old_users);
        UserLabels new_labels(new_named ? *new_named : new_users);
        for (std::size_t i = 0; i < old_users.size(); ++i) {
            if (match.partner_of_before[i] == UserMatch::none)
                whole_user(ChangeKind::removed, *old_tree, old_users[i].node, old_labels[i], new_unknown);
        }
        for (std::size_t i = 0; i < new_users.size(); ++i) {
            const std::uint32_t partner = match.partner_of_after[i];
            if (partner == UserMatch::none) {
                whole_user(ChangeKind::added, *new_tree, new_users[i].node, new_labels[i], old_unknown);
            } else if (!same_elements(*old_tree, old_users[partner].node, *new_tree, new_users[i].node)) {
                section({.role = Role::users,
                         .path = fmt::format("user[{}]", new_labels[i]),
                         .pattern = "user[]",
                         .user = new_labels[i]},
                        *old_tree, old_users[partner].node, *new_tree, new_users[i].node);
            }
        }
    }

    // What stands in a users file beside the users.
    void unknown_beside_users(const Tree& old_tree, const Tree& new_tree) {
        const auto others = [](const Tree& tree) {
            const bool some = !tree.empty() && tree.has_children(0);
            for (NodeIndex node = some ? tree.first(0) : tree.after(0); node < tree.after(0);
                 node = tree.after(node)) {
                if (tree.entry(node) == EntryId::none) return true;
            }
            return false;
        };
        if (!others(old_tree) && !others(new_tree)) return;
        const auto beside = [](const Tree& tree) {
            std::vector<Leaf> all = leaves(tree, 0);
            std::erase_if(all, [](const Leaf& leaf) { return leaf.entry != EntryId::none; });
            std::erase_if(all, [](const Leaf& leaf) { return leaf.path.starts_with("user."); });
            return all;
        };
        const std::vector<Leaf> old_leaves = beside(old_tree);
        const std::vector<Leaf> new_leaves = beside(new_tree);
        for (const Leaf& one : old_leaves) {
            const auto found = std::ranges::find(new_leaves, one.path, &Leaf::path);
            leaf({.role = Role::users}, &one, found != new_leaves.end() ? &*found : nullptr);
        }
        for (const Leaf& one : new_leaves) {
            if (std::ranges::find(old_leaves, one.path, &Leaf::path) == old_leaves.end())
                leaf({.role = Role::users}, nullptr, &one);
        }
    }

    void whole_user(ChangeKind kind, const Tree& tree, NodeIndex user, const std::string& label,
                    const UnknownFields& hidden) {
        Change& change = add(kind, Role::users, 0, fmt::format("user[{}]", label));
        change.pattern = "user[]";
        change.user = label;
        for (const Leaf& leaf : leaves(tree, user)) {
            std::string text = shown(leaf);
            const bool is_hidden = hidden.contains(leaf.entry) && !leaf.is_opaque() && text != "<secret>";
            if (is_hidden && !text.empty()) text = hidden_text;
            change.fields.emplace_back(shown_path(leaf), std::move(text));
        }
        (kind == ChangeKind::added ? change.after_tree : change.before_tree) = &tree;
        (kind == ChangeKind::added ? change.after_node : change.before_node) = user;
    }

    void groups() {
        std::set<std::uint32_t> numbers;
        for (const Side* side : {&before_, &after_}) {
            for (const HandsetGroup& group : side->server->groups) numbers.insert(group.number);
            for (const InputFile& file : side->server->files) {
                if (file.name.role == Role::group) numbers.insert(file.name.group);
            }
        }
        const auto find = [](const Side& side, std::uint32_t number) -> const Tree* {
            const HandsetGroup* group = group_of(side, number);
            return group != nullptr ? &group->tree : nullptr;
        };
        for (const std::uint32_t number : numbers) {
            // The same on both sides, or it would have been read.
            if (is_left_out(file_of(before_, Role::group, number))) continue;
            if (!scope_.has(Role::group, number) || report_broken(Role::group, number)) continue;
            const Tree* old_tree = find(before_, number);
            const Tree* new_tree = find(after_, number);
            if (document(Role::group, number, old_tree, new_tree)) continue;
            section({.role = Role::group, .group = number}, *old_tree, 0, *new_tree, 0);
        }
    }

    void list(const Server& old_server, const Server& new_server) {
        const auto versions = [](const Server& server) {
            std::map<std::uint32_t, std::string> all;
            if (server.list) {
                for (const VersionLine& line : server.list->lines)
                    all.emplace(group_number(line.group), std::string(line.version));
            }
            return all;
        };
        const auto old_versions = versions(old_server);
        const auto new_versions = versions(new_server);
        if (old_server.list.has_value() != new_server.list.has_value()) {
            Change& change =
                add(new_server.list ? ChangeKind::added : ChangeKind::removed, Role::list, 0, "");
            for (const auto& [group, version] : new_server.list ? new_versions : old_versions)
                change.fields.emplace_back(fmt::format("GROUP{}", group), shown_text(version));
            return;
        }
        std::set<std::uint32_t> numbers;
        for (const auto& [group, version] : old_versions) numbers.insert(group);
        for (const auto& [group, version] : new_versions) numbers.insert(group);
        for (const std::uint32_t number : numbers) line(number, old_versions, new_versions);
    }

    void line(std::uint32_t number, const std::map<std::uint32_t, std::string>& old_versions,
              const std::map<std::uint32_t, std::string>& new_versions) {
        const auto before = old_versions.find(number);
        const auto after = new_versions.find(number);
        ChangeKind kind = ChangeKind::changed;
        if (before == old_versions.end()) kind = ChangeKind::added;
        if (after == new_versions.end()) kind = ChangeKind::removed;
        if (kind == ChangeKind::changed) {
            if (same_version(before->second, after->second)) return;
            if (version_of(before_, number).automatic || version_of(after_, number).automatic) return;
        }
        Change& change = add(kind, Role::list, 0, fmt::format("GROUP{}", number));
        change.group = number;
        if (before != old_versions.end()) change.before = shown_text(before->second);
        if (after != new_versions.end()) change.after = shown_text(after->second);
    }

    void firmware() {
        const auto old_versions = firmware_of(before_);
        for (const auto& [name, after] : firmware_of(after_)) {
            const auto before = old_versions.find(name);
            if (before != old_versions.end()) firmware(shown_text(name) + ".ver", before->second, after);
        }
    }

    // Version files that were named, whatever they are called. One that cannot be read has been told.
    void named_firmware() {
        const InputFile* old_file = file_of(before_, Role::none);
        const InputFile* new_file = file_of(after_, Role::none);
        for (const InputFile* file : {old_file, new_file}) {
            if (file == nullptr || file->state != InputFile::State::good) return;
        }
        firmware(shown_text(below_root(after_, new_file->path)),
                 {.text = firmware_version_text(text_of(before_, *old_file))},
                 {.text = firmware_version_text(text_of(after_, *new_file))});
    }

    void firmware(std::string file, const FirmwareText& old, const FirmwareText& after) {
        const bool unknown =
            old.maybe != after.maybe || (old.opaque != after.opaque && old.text && after.text);
        changes_.unknown += unknown ? 1 : 0;
        if (unknown || old.text == after.text) return;
        ChangeKind kind = ChangeKind::changed;
        if (!old.text) kind = ChangeKind::added;
        if (!after.text) kind = ChangeKind::removed;
        Change& change = add(kind, Role::none, 0, "");
        change.file = std::move(file);
        const bool secret = old.secret || after.secret;
        const auto text = [secret](const std::string& version) {
            return secret ? std::string(hidden_text) : shown_firmware_version(version);
        };
        if (old.text) change.before = text(*old.text);
        if (after.text) change.after = text(*after.text);
    }

    const Side& before_;
    const Side& after_;
    const Scope& scope_;
    Changes changes_;
};

}  // namespace

Changes compare_servers(const Side& before, const Side& after, const Scope& scope) {
    return Comparer(before, after, scope).run();
}

bool moves_handset(const Change& change) {
    if (change.role != Role::users || change.pattern == "user[]") return false;
    const Tree* tree = change.after_tree != nullptr ? change.after_tree : change.before_tree;
    if (tree == nullptr) return false;
    const EntryId id = tree->entry(tree == change.after_tree ? change.after_node : change.before_node);
    return id == entry("users.user.configgroup") || id == entry("users.user.ipei");
}

}  // namespace dectprov
