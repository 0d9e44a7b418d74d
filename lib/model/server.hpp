// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/entries.hpp"
#include "doc/tree.hpp"
#include "doc/ver_list.hpp"
#include "model/identity.hpp"

namespace dectprov {

// A file of the server that exists, whatever is in it. For a site description there are none: `file` of the
// records is then of the YAML.
struct InputFile {
    enum class State : std::uint8_t {
        good,
        malformed,
        empty,
        wrong_root,
        unread,
        left_out,  // nobody needs what is in it
    };

    std::string path;
    FileName name;
    FileId source{};
    State state = State::unread;
    bool reported = true;  // named on the command line, or found in a folder that was; else context alone
};

struct HandsetGroup {
    std::uint32_t number;  // of the file's name, or the key in the description; 0 where not usable
    Tree tree;             // root cota
    const InputFile* input = nullptr;
    Place where = {};  // the whole file, or the group's key
};

// A firmware file that the configuration names and that lies in the tree, or whose .ver does; or a .ver by
// itself, which no configuration names.
struct FirmwareFile {
    std::string name;
    NodeIndex node;                      // in the configuration: the element that names it; Tree::none
    bool image = false;                  // NAME is there
    std::optional<FileId> version = {};  // the source of NAME.ver, where that is there
    std::string_view text = {};          // of NAME.ver; looks into the sources
};

// What is known of a server beside its files: from .dectprov.yaml or the site description.
struct ServerOptions {
    std::optional<Model> model = {};
    std::optional<std::string> firmware_version = {};
    std::optional<std::vector<std::string>> licenses =
        {};  // enhanced_provisioning, multi_cell, cucm, handset_sharing
    bool redundant = false;
};

// The records of one server: what all rules read. Trees are absent where there is no such file or nothing
// good in it; `has` tells a broken file from none.
struct Server {
    Identity identity = {};
    std::string folder = {};
    ServerOptions options = {};
    ModelSet models =
        all_models;         // those left; empty after `model/conflict`: nothing about models applies then
    bool declared = false;  // by --model, a file or the kind of identity: conflicts are not-for-model

    // Trees stay where they are when a server is moved: diagnostics point at them.
    std::unique_ptr<Tree> config = {};
    std::unique_ptr<Tree> users = {};
    std::deque<HandsetGroup> groups = {};  // by number
    std::optional<VersionList> list = {};
    std::vector<FirmwareFile> firmware = {};
    std::vector<InputFile> files = {};  // sorted by path; empty for a server of a site description

    bool of_site = false;        // from a site description
    bool users_unread = false;   // there: not all of the list could be read
    bool groups_unread = false;  // there: the groups stand under a wrong key or in a wrong form
    Place place = {};            // of the site description: the server's item; else 1:1 of the first file
    bool merge = false;          // <config merge_type="merge">, exactly, on a model that can
    Place merge_place = {};      // of `import:` in a site description

    // Whether it has a configuration that says anything.
    [[nodiscard]] bool has_config() const { return config && !config->empty(); }
    // Whether a file of this role exists, in whatever state, under a right or a near name.
    [[nodiscard]] bool has(Role role) const;
    [[nodiscard]] const InputFile* input(Role role) const;
};

// What an unknown element stands in for, the first where it may be several; none where it resembles nothing.
// Of one that is known and not of its form, itself.
EntryId meant_by(const Tree& tree, NodeIndex node);

// Whether no value is known: of an unresolved reference, of an element that the catalogue does not know, and
// of one that is not of its form. Once a value: without being told, compilers call it.
[[gnu::always_inline]] inline bool is_unclear(const Tree& tree, NodeIndex node) {
    return tree.entry(node) == EntryId::none || tree.is_opaque(node) ||
           (!tree.stand_ins().empty() && meant_by(tree, node) != EntryId::none);
}

// Whether an element stands in for this one, or for what this one is in.
bool stands_in(const Tree& tree, EntryId meant);

// Whether this very element does.
bool stands_in(const Tree& tree, NodeIndex node, EntryId meant);

// One user, its fields by number, found in one walk over its children.
struct UserView {
    // Offsets of fields: entry id less the id of `users.user`. The catalogue has fewer fields than this.
    static constexpr std::size_t most_fields = 32;

    const Server& server;
    const Tree& tree;
    NodeIndex node;
    std::uint32_t number;  // from 1
    std::array<NodeIndex, most_fields> fields;
    // Of one that rules validate: the bits of fields that the server's models do not have, which are not
    // there, and whether a misspelt field stands in for the one that is meant. Else as it is written.
    std::uint32_t lacking = 0;
    bool validated = false;

    // Looks at another user.
    void move_to(NodeIndex user) {
        constexpr auto base = static_cast<std::size_t>(entry("users.user"));
        node = user;
        ++number;
        fields.fill(Tree::none);
        for (NodeIndex f = tree.first(user); f < tree.after(user); f = tree.after(f)) {
            EntryId id = tree.entry(f);
            if (id == EntryId::none && validated) id = meant_by(tree, f);
            const auto offset = static_cast<std::size_t>(id) - base;
            if (offset >= most_fields || (lacking >> offset & 1U) != 0) continue;
            // What is written as it should be comes before what may be meant.
            if (fields[offset] == Tree::none ||
                (id == tree.entry(f) && tree.entry(fields[offset]) == EntryId::none))
                fields[offset] = f;
        }
    }
    [[nodiscard]] NodeIndex field(EntryId id) const {
        return fields[static_cast<std::size_t>(id) - static_cast<std::size_t>(entry("users.user"))];
    }
    // Trimmed; empty where absent or, in a description, not yet known.
    [[nodiscard]] std::string_view value(EntryId id) const {
        const NodeIndex n = field(id);
        return n == Tree::none || is_unclear(tree, n) ? std::string_view() : tree.value(n);
    }
};

// One that rules validate, before the first user; move_to() comes next.
UserView validated_user(const Server& server, std::uint32_t number);

// Calls `visit(const UserView&)` for each user of the server, with `user` moved to it.
template <class Visit>
void for_each_user(UserView user, Visit&& visit) {
    const Tree& tree = user.tree;
    if (tree.empty()) return;
    for (NodeIndex n = tree.first(0); n < tree.after(0); n = tree.after(n)) {
        if (tree.entry(n) != entry("users.user")) continue;
        user.move_to(n);
        visit(static_cast<const UserView&>(user));
    }
}

// The same for each as it is written.
template <class Visit>
void for_each_user(const Server& server, Visit&& visit) {
    if (!server.users) return;
    for_each_user({.server = server, .tree = *server.users, .node = 0, .number = 0, .fields = {}},
                  std::forward<Visit>(visit));
}

// The trimmed value at an entry of a tree, empty where absent: `value_at(server.config,
// entry("config.provisioning.server.method"))`. Of what is written, where rules ask seen().
std::string_view value_at(const std::unique_ptr<Tree>& tree, EntryId id);
NodeIndex node_at(const std::unique_ptr<Tree>& tree, EntryId id);

// ---- what rules see

// Whether the models of the server do not have this element: `element/not-for-model` says so, and no other
// rule validates it.
inline bool lacks(const Server& server, const Catalog& catalog, EntryId id) {
    return !server.models.empty() && !catalog[id].models.meets(server.models);
}

// The node at an entry as rules see it: Tree::none for what the models of the server lack, and an unknown
// element where one stands in for it or for a section above it.
NodeIndex seen(const Server& server, const Tree& tree, EntryId id);

}  // namespace dectprov
