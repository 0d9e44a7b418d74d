// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/entries.hpp"
#include "compare/side.hpp"
#include "compare/values.hpp"
#include "import/draft.hpp"

namespace dectprov {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::uint64_t number_in(std::string_view digits) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

class TreeComparer {
public:
    TreeComparer(const Tree& before, const Tree& after, std::vector<Loss>& losses)
        : before_(before), after_(after), losses_(losses) {}

    void run() {
        attributes();
        for (const Tree::Stray& stray : before_.strays()) {
            losses_.push_back({.where = stray.span,
                               .message = fmt::format("a description holds no text between the elements of "
                                                      "'{}'",
                                                      before_.name(stray.parent))});
        }
        section(0, 0);
    }

private:
    void lose(NodeIndex node, std::string message) {
        losses_.push_back({.where = before_.name_span(node), .message = std::move(message)});
    }

    void attributes() {
        for (const Tree::Attribute& one : before_.attributes()) {
            const auto same = [&](const Tree::Attribute& other) {
                return one.node == 0 && other.node == 0 && one.name_text == other.name_text &&
                       one.text == other.text;
            };
            if (std::ranges::any_of(after_.attributes(), same)) continue;
            losses_.push_back({.where = one.name,
                               .message = fmt::format("a description holds no attribute '{}' of '{}'",
                                                      one.name_text, before_.name(one.node))});
        }
    }

    // Children by name; those of one name in their order.
    static std::vector<NodeIndex> children(const Tree& tree, NodeIndex parent) {
        std::vector<NodeIndex> all;
        if (!tree.has_children(parent)) return all;
        bool sorted = true;
        for (NodeIndex c = tree.first(parent); c != tree.after(parent); c = tree.after(c)) {
            sorted = sorted && (all.empty() || tree.name(all.back()) <= tree.name(c));
            all.push_back(c);
        }
        if (!sorted) std::ranges::stable_sort(all, {}, [&](NodeIndex c) { return tree.name(c); });
        return all;
    }

    // Whether a section says nothing that its absence would not say.
    static bool is_bare(const Tree& tree, NodeIndex node) {
        if (tree.has_children(node)) {
            for (NodeIndex c = tree.first(node); c != tree.after(node); c = tree.after(c)) {
                if (!is_bare(tree, c)) return false;
            }
            return true;
        }
        const EntryId id = tree.entry(node);
        return id != EntryId::none && tree.catalog().is_section(id) && tree.value(node).empty();
    }

    void section(NodeIndex before, NodeIndex after) {
        const std::vector<NodeIndex> ours = children(before_, before);
        const std::vector<NodeIndex> theirs = children(after_, after);
        auto their = theirs.begin();
        for (const NodeIndex our : ours) {
            const std::string_view name = before_.name(our);
            for (; their != theirs.end() && after_.name(*their) < name; ++their) extra(before, *their);
            if (their == theirs.end() || after_.name(*their) != name) {
                if (!is_bare(before_, our) || before_.entry(our) == entry("users.user"))
                    lose(our, fmt::format("'{}' does not come back from a description", name));
                continue;
            }
            node(our, *their);
            ++their;
        }
        for (; their != theirs.end(); ++their) extra(before, *their);
    }

    void extra(NodeIndex parent, NodeIndex added) {
        if (is_bare(after_, added)) return;
        lose(parent,
             fmt::format("a description adds '{}' to '{}'", after_.name(added), before_.name(parent)));
    }

    void node(NodeIndex before, NodeIndex after) {
        if (before_.has_children(before) || after_.has_children(after)) {
            if (trimmed(before_.value(before)) != trimmed(after_.value(after)))
                lose(before, fmt::format("'{}' comes back with its text and its elements mixed",
                                         before_.name(before)));
            section(before, after);
            return;
        }
        const std::string_view ours = before_.value(before);
        const std::string_view theirs = after_.value(after);
        if (same_value(before_.catalog(), before_.entry(before), ours, theirs)) return;
        lose(before, fmt::format("the text of '{}' comes back as another", before_.name(before)));
    }

    const Tree& before_;
    const Tree& after_;
    std::vector<Loss>& losses_;
};

class ServerComparer {
public:
    ServerComparer(const Server& before, const Server& after) : before_(before), after_(after) {}

    std::vector<Loss> run() {
        files();
        tree(before_.config.get(), after_.config.get(), "configuration");
        tree(before_.users.get(), after_.users.get(), "users file");
        groups();
        list();
        firmware();
        return std::move(losses_);
    }

private:
    void lose(Span where, std::string message) {
        losses_.push_back({.where = where, .message = std::move(message)});
    }

    // Of two files for one thing the server has read one alone.
    void files() {
        std::map<std::pair<Role, std::uint32_t>, const InputFile*> first;
        for (const InputFile& file : before_.files) {
            const auto [known, fresh] = first.emplace(std::pair(file.name.role, file.name.group), &file);
            if (fresh) continue;
            lose({.file = file.source},
                 fmt::format("this file is for the same as {}, and one alone is read", known->second->path));
        }
    }

    void tree(const Tree* ours, const Tree* theirs, std::string_view what) {
        const bool have = ours != nullptr && !ours->empty();
        const bool come = theirs != nullptr && !theirs->empty();
        if (have && come) {
            TreeComparer(*ours, *theirs, losses_).run();
        } else if (have) {
            lose(ours->name_span(0), fmt::format("the {} does not come back from a description", what));
        } else if (come) {
            lose(before_.place.span, fmt::format("a description adds a {}", what));
        }
    }

    void groups() {
        for (const HandsetGroup& group : before_.groups) {
            const auto again = std::ranges::find(after_.groups, group.number, &HandsetGroup::number);
            if (again == after_.groups.end()) {
                lose(group.where.span,
                     fmt::format("the handset group {} does not come back from a description", group.number));
            } else {
                tree(&group.tree, &again->tree, "handset group");
            }
        }
        for (const HandsetGroup& group : after_.groups) {
            if (std::ranges::find(before_.groups, group.number, &HandsetGroup::number) ==
                before_.groups.end())
                lose(before_.place.span,
                     fmt::format("a description adds the handset group {}", group.number));
        }
    }

    void list() {
        std::map<std::uint64_t, std::uint64_t> again;
        if (after_.list) {
            for (const VersionLine& line : after_.list->lines)
                again.emplace(number_in(line.group), number_in(line.version));
        }
        if (!before_.list) {
            if (!again.empty())
                lose(before_.place.span,
                     "a description adds a list of handset groups, which is missing here");
            return;
        }
        std::map<std::uint64_t, std::uint64_t> seen;
        for (const VersionLine& line : before_.list->lines) {
            const auto found = again.find(number_in(line.group));
            const bool fresh = seen.emplace(number_in(line.group), number_in(line.version)).second;
            if (found == again.end() || !fresh) {
                lose(line.group_span,
                     fmt::format("the line of group {} does not come back from a description", line.group));
            } else if (found->second != number_in(line.version)) {
                lose(line.version_digits,
                     fmt::format("the version of group {} comes back as {}", line.group, found->second));
            }
        }
        for (const auto& [group, version] : again) {
            if (!seen.contains(group))
                lose({.file = before_.list->file},
                     fmt::format("a description adds the group {} to the list", group));
        }
    }

    // The files are the configuration's, so the same names come back; their texts are compared.
    void firmware() {
        for (const FirmwareFile& file : before_.firmware) {
            if (!file.version) continue;
            const std::string_view text = trimmed(file.text);
            const auto again = std::ranges::find_if(after_.firmware, [&](const FirmwareFile& one) {
                return one.name == file.name && one.version.has_value();
            });
            const Span start{.file = *file.version};
            if (again == after_.firmware.end()) {
                lose(start, "this version file does not come back from a description");
                continue;
            }
            const std::string_view theirs = trimmed(again->text);
            const bool same = firmware_version_text(text) == firmware_version_text(theirs);
            if (!same) lose(start, "the version in this file comes back as another");
        }
    }

    const Server& before_;
    const Server& after_;
    std::vector<Loss> losses_;
};

}  // namespace

std::vector<Loss> compare_meaning(const Server& before, const Server& after) {
    return ServerComparer(before, after).run();
}

}  // namespace dectprov
