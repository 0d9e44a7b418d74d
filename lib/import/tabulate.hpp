// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "doc/write_yaml.hpp"
#include "import/draft.hpp"

namespace dectprov {

// A fleet as a description with tables.
struct TabulatedFleet {
    YamlValue defaults = YamlValue::mapping();
    std::vector<ServerDraft> items = {};  // of `servers:`: the table, then what no row can hold
    std::vector<std::size_t> order = {};  // the servers as the description has them, by their place before
    struct File {
        std::string name;
        std::string text;
    };
    std::vector<File> files = {};  // beside the description: tables, and layers that several rows extend
};

// The names of the tables.
inline constexpr std::string_view servers_table = "servers.csv";
inline constexpr std::string_view users_table = "users.csv";

// `drafts` have their users by fields.
TabulatedFleet tabulate(std::vector<ServerDraft> drafts);

// Whether users can be rows of a table: every field has a text that is not empty and a name that is known.
bool can_be_rows(const std::vector<YamlValue>& users);
// Puts the users of each server that can be rows, and of which the fields are known, into tables beside its
// description, whose path without its ending is `path`. `taken`: what tables of other descriptions are
// called, to which their names are added.
std::vector<TabulatedFleet::File> put_users_aside(std::vector<ServerDraft>& servers, const std::string& path,
                                                  std::set<std::string>& taken);
// Users as a table; `name` and `cells`, where they are not empty, are a first column.
std::string write_users_table(const std::vector<const YamlValue*>& users, std::string_view name = {},
                              const std::vector<std::string>& cells = {});

}  // namespace dectprov
