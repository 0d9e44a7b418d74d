// SPDX-License-Identifier: MIT
#include "import/compare_meaning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compare/changes.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

std::string file_called(const Change& change) {
    switch (change.role) {
        case Role::config:
            return "configuration";
        case Role::users:
            return "users file";
        case Role::group:
            return fmt::format("handset group {}", change.group);
        case Role::list:
            return "list of handset groups";
        case Role::none:
        case Role::site:
            break;
    }
    return "version file";
}

// What `diff` finds between the files and those that the description yields, and what `diff` has no word for
// because no server heeds it.
class LossFinder {
public:
    LossFinder(const Side& before, const Side& after) : before_(before), after_(after) {}

    std::vector<Loss> run() {
        repeated_files();
        repeated_lines();
        markup(before_.server->config.get(), after_.server->config.get());
        markup(before_.server->users.get(), after_.server->users.get());
        for (const HandsetGroup& group : before_.server->groups) {
            const HandsetGroup* again = group_of(after_, group.number);
            markup(&group.tree, again == nullptr ? nullptr : &again->tree);
        }
        for (const Change& change : compare_servers(before_, after_, Scope{}).all)
            lose(place_of(change), message_of(change));
        std::ranges::stable_sort(
            losses_, {}, [](const Loss& loss) { return std::pair(loss.where.file, loss.where.begin); });
        return std::move(losses_);
    }

private:
    void lose(Span where, std::string message) {
        losses_.push_back({.where = where, .message = std::move(message)});
    }

    // Of two files for one thing the server has read one alone.
    void repeated_files() {
        std::map<std::pair<Role, std::uint32_t>, const InputFile*> first;
        for (const InputFile& file : before_.server->files) {
            const auto [known, fresh] = first.emplace(std::pair(file.name.role, file.name.group), &file);
            if (fresh) continue;
            lose({.file = file.source},
                 fmt::format("this file and {} are the same file of the server, and only one of them is read",
                             known->second->path));
        }
    }

    void repeated_lines() {
        if (!before_.server->list) return;
        std::set<std::uint32_t> seen;
        for (const VersionLine& line : before_.server->list->lines) {
            if (!seen.insert(group_number(line.group)).second)
                lose(line.group_span, fmt::format("the line of group {} would be lost", line.group));
        }
    }

    // Attributes, and text where elements belong.
    void markup(const Tree* ours, const Tree* theirs) {
        if (ours == nullptr || ours->empty()) return;
        for (const Tree::Attribute& one : ours->attributes()) {
            if (theirs != nullptr && has_at_root(*theirs, one)) continue;
            // As that of an element is, where it stands within a secret.
            const bool hidden = ours->entry(one.node) == EntryId::none &&
                                is_secret_at(ours->catalog(), EntryId::none, ours->path(one.node));
            lose(one.name, fmt::format("the attribute '{}' of '{}' would be lost",
                                       hidden ? secret_stars : std::string_view(one.name_text),
                                       hidden ? secret_stars : ours->name(one.node)));
        }
        for (const Tree::Stray& stray : ours->strays()) {
            lose(stray.span, fmt::format("the text between the elements of '{}' would be lost",
                                         ours->name(stray.parent)));
        }
    }

    static bool has_at_root(const Tree& tree, const Tree::Attribute& one) {
        return one.node == 0 && std::ranges::any_of(tree.attributes(), [&](const Tree::Attribute& other) {
                   return other.node == 0 && one.name_text == other.name_text && one.text == other.text;
               });
    }

    [[nodiscard]] Span place_of(const Change& change) const {
        if (change.before_tree != nullptr) return change.before_tree->name_span(change.before_node);
        if (const InputFile* file = file_of(before_, change.role, change.group);
            file != nullptr && change.role != Role::list && change.role != Role::none)
            return {.file = file->source};
        if (change.role == Role::list && before_.server->list) {
            if (const VersionLine* line = line_of(before_, change.group))
                return change.kind == ChangeKind::changed ? line->version_digits : line->group_span;
            return {.file = before_.server->list->file};
        }
        if (change.role == Role::none) {
            for (const FirmwareFile& file : before_.server->firmware) {
                if (file.version && file.name + ".ver" == change.file) return {.file = *file.version};
            }
        }
        return before_.server->place.span;
    }

    static std::string message_of(const Change& change) {
        const bool whole_file = change.path.empty();
        const Tree* tree = change.before_tree != nullptr ? change.before_tree : change.after_tree;
        const NodeIndex node = change.before_tree != nullptr ? change.before_node : change.after_node;
        // Within a secret the name of an element is a part of it.
        const bool hidden = change.path.ends_with(fmt::format(".{}", secret_stars));
        const std::string what = whole_file        ? "the " + file_called(change)
                                 : hidden          ? fmt::format("'{}'", secret_stars)
                                 : tree != nullptr ? fmt::format("'{}'", tree->name(node))
                                                   : fmt::format("'{}'", change.path);
        switch (change.kind) {
            case ChangeKind::removed:
                return what + " would be lost";
            case ChangeKind::added:
                return whole_file ? fmt::format("a {} would be added", file_called(change))
                                  : fmt::format("{} would be added to the {}", what, file_called(change));
            case ChangeKind::changed:
                break;
        }
        if (!change.effects.empty()) return what + " cannot be compared with the rendered file";
        return change.role == Role::none ? "the version in this file would change"
                                         : fmt::format("the text of {} would change", what);
    }

    const Side& before_;
    const Side& after_;
    std::vector<Loss> losses_;
};

}  // namespace

std::vector<Loss> compare_meaning(const Side& before, const Side& after) {
    return LossFinder(before, after).run();
}

}  // namespace dectprov
