// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "source/files.hpp"
#include "source/span.hpp"

namespace dectprov {

inline constexpr std::string_view config_file_name = ".dectprov.yaml";

bool is_yaml_name(std::string_view path);
// Whether a text is a site description, or a layer of one.
bool is_description(std::string_view text);

// Whether a path is below a folder.
bool is_below(std::string_view folder, std::string_view path);

// Whether `lint` takes a file that is named to it, by its name or its content.
bool is_input(const std::string& path, const std::string& text);

// What `lint` is to be given for a text that lies in none of the folders of the workspace: the whole server
// that it belongs to, and for a table of users the descriptions beside it.
std::set<std::string> inputs_for(const Files& files, const std::string& path, const std::string& text);

// What is wrong with a configuration file, for which nothing below it can be analysed.
struct Complaint {
    std::string file;
    Position place;
    std::string message;
};
// Of a line "FILE:LINE:COLUMN: error: MESSAGE"; nothing for another line.
std::optional<Complaint> read_complaint(std::string_view line);

}  // namespace dectprov
