// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "rules/groups.hpp"
#include "rules/listed_groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

Place digits_place(const VersionLine& line) {
    return {.span = line.group_digits, .path = fmt::format("GROUP{}", line.group)};
}

void check_duplicates(const Server& server, Report& report) {
    const VersionList* list = fetched_list(server);
    if (list == nullptr) return;
    const ListedGroups groups(*list);
    const ListedGroups::Item* first = nullptr;
    for (const ListedGroups::Item& item : groups.items()) {
        if (first == nullptr || first->number != item.number) {
            first = &item;
            continue;
        }
        report
            .add(rule::ver_duplicate_group, digits_place(*item.line),
                 fmt::format("group {} is listed twice; keep the line with the version of its file",
                             item.number))
            .related.push_back({.span = first->line->group_span, .message = "the first one"});
    }
}

std::vector<std::uint32_t> group_files(const Server& server) {
    std::vector<std::uint32_t> numbers;
    for (const InputFile& file : server.files) {
        if (file.name.role == Role::group && is_group(file.name.group)) numbers.push_back(file.name.group);
    }
    std::ranges::sort(numbers);
    return numbers;
}

// Of a description the list is made from the groups, so the two always agree.
bool compares(const Server& server) { return fetched_list(server) != nullptr && !server.of_site; }

void check_files(const Server& server, Report& report) {
    if (!compares(server)) return;
    const std::vector<std::uint32_t> files = group_files(server);
    const ListedGroups groups(*server.list);
    for (const ListedGroups::Item& item : groups.items()) {
        // A group that stands twice is one file.
        if (groups.find(item.number) != item.line || std::ranges::binary_search(files, item.number)) continue;
        report.add(
            rule::ver_group_file_missing, digits_place(*item.line),
            fmt::format("group {} has no file", item.number),
            fmt::format("the server asks for {}", file_name(server.identity.text, Role::group, item.number)));
    }
}

// What the list lacks, with the version of the file where that is a number. Groups are in order.
std::string line_to_add(const Server& server, std::uint32_t number) {
    const auto group = std::ranges::lower_bound(server.groups, number, {}, &HandsetGroup::number);
    if (group != server.groups.end() && group->number == number) {
        const NodeIndex node = known_at(server, group->tree, entry("cota.info.version"));
        if (node != Tree::none && to_number(group->tree.value(node)))
            return fmt::format("add the line 'GROUP{} VERSION{}' to the list", number,
                               group->tree.value(node));
    }
    return fmt::format("add a line 'GROUP{} VERSION1' to the list, with the version of the file", number);
}

void check_listed(const Server& server, Report& report) {
    // A line that cannot be read may be the one.
    if (!compares(server) || !server.list->complete) return;
    const ListedGroups groups(*server.list);
    for (const InputFile& file : server.files) {
        // What is no group is `file/name`.
        if (file.name.role != Role::group || !is_group(file.name.group)) continue;
        if (groups.find(file.name.group) != nullptr) continue;
        report
            .add(rule::ver_group_not_listed, whole_file(file),
                 fmt::format("group {} is not in the list, so the server never fetches this file",
                             file.name.group),
                 line_to_add(server, file.name.group))
            .related.push_back({.span = {.file = server.list->file}, .message = "the list"});
    }
}

}  // namespace

namespace rule {

constexpr Rule ver_syntax{
    .id = "ver/syntax",
    .severity = Severity::error,
    .summary = "a line that is not GROUP<n> VERSION<n>",
    .why =
        "The guide writes the two words in capital letters, with only white space between them. A line in "
        "another form does not name a group, so the handsets of the group get no settings.",
    .origin = "guide line 497-507",
    .example = Example::list,
    .bad = "GROUP100 VERSION1\nGROUP101«, VERSION1»\n",
    .good = "GROUP100 VERSION1\nGROUP101 VERSION1\n"};

constexpr Rule ver_duplicate_group{
    .id = "ver/duplicate-group",
    .severity = Severity::error,
    .summary = "a group that is listed twice",
    .why = "A group has one file and one version. No source says which of the two versions a server uses.",
    .origin = "guide line 497-507, 525",
    .example = Example::list,
    .bad = "GROUP100 VERSION1\nGROUP«100» VERSION2\n",
    .good = "GROUP100 VERSION1\n",
    .check = {.server = check_duplicates}};

constexpr Rule ver_group_file_missing{
    .id = "ver/group-file-missing",
    .severity = Severity::error,
    .summary = "a listed group without its file",
    .why =
        "The server reads the list and then fetches the file of each group with a new version. This file "
        "does not exist, so the handsets of the group keep their settings.",
    .origin = "guide line 474-478, 509-517",
    .example = Example::none,
    .check = {.server = check_files}};

constexpr Rule ver_group_not_listed{
    .id = "ver/group-not-listed",
    .severity = Severity::warning,
    .summary = "a group file that is not in the list beside it",
    .why = "A server fetches only the groups in the list, so it never fetches this file.",
    .origin = "guide line 472-478",
    .example = Example::none,
    .check = {.server = check_listed}};

}  // namespace rule

std::span<const Rule* const> ver_rules() {
    static constexpr const Rule* rows[] = {&rule::ver_syntax, &rule::ver_duplicate_group,
                                           &rule::ver_group_file_missing, &rule::ver_group_not_listed};
    return rows;
}

}  // namespace dectprov
