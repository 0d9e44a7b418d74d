// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule ver_syntax{
    .id = "ver/syntax",
    .severity = Severity::error,
    .summary = "a line that is not GROUP<n> VERSION<n>",
    .why =
        "The guide takes the two words in capitals with white space alone between them. A line in another "
        "form names no group, so its handsets get no settings.",
    .origin = "guide line 497-507",
    .example = Example::list,
    .bad = "GROUP100 VERSION1\nGROUP101«,» VERSION1\n",
    .good = "GROUP100 VERSION1\nGROUP101 VERSION1\n"};

constexpr Rule ver_duplicate_group{
    .id = "ver/duplicate-group",
    .severity = Severity::error,
    .summary = "a group that the list names twice",
    .why =
        "The group is the identifier: one group has one file and one version. Which of the two versions a "
        "server compares is stated nowhere.",
    .origin = "guide line 497-507, 525",
    .example = Example::list,
    .bad = "GROUP100 VERSION1\nGROUP«100» VERSION2\n",
    .good = "GROUP100 VERSION2\n"};

constexpr Rule ver_group_file_missing{
    .id = "ver/group-file-missing",
    .severity = Severity::error,
    .summary = "a group of the list without its file",
    .why =
        "The server reads the list and then asks for the file of each group whose version is new to it. This "
        "one is not there, so the handsets of the group keep what they have.",
    .origin = "guide line 474-478, 509-517",
    .example = Example::none};

constexpr Rule ver_group_not_listed{
    .id = "ver/group-not-listed",
    .severity = Severity::warning,
    .summary = "a group file that the list beside it does not name",
    .why = "A server only asks for the groups of the list: this file is never fetched.",
    .origin = "guide line 472-478",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> ver_rules() {
    static constexpr const Rule* rows[] = {&rule::ver_syntax, &rule::ver_duplicate_group,
                                           &rule::ver_group_file_missing, &rule::ver_group_not_listed};
    return rows;
}

}  // namespace dectprov
