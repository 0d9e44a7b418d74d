// SPDX-License-Identifier: MIT
#include "editor/lint_inputs.hpp"

#include <charconv>
#include <system_error>

#include "doc/read_xml.hpp"
#include "doc/yaml.hpp"
#include "model/identity.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {

bool is_yaml_name(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

bool is_description(std::string_view text) { return first_key(text) == "dectprov"; }

bool is_below(std::string_view folder, std::string_view path) {
    if (folder == ".") return !path.starts_with('/');
    return folder == "/" ||
           (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

bool is_input(const std::string& path, const std::string& text) {
    if (is_yaml_name(path))
        return base_name(path) != config_file_name && is_description(decode_text(text).text);
    if (path.ends_with(".ver") || read_name(base_name(path)).state != FileName::State::other) return true;
    const std::string decoded = decode_xml(text).text;
    const std::string_view root = root_name(decoded);
    return root == "config" || root == "users" || root == "cota";
}

std::set<std::string> inputs_for(const Files& files, const std::string& path, const std::string& text) {
    std::set<std::string> paths;
    const std::string folder(folder_of(path));
    const FileName name = read_name(base_name(path));
    const bool input = is_input(path, text);
    if (input) paths.insert(path);
    try {
        for (const Files::Entry& entry : files.list(folder)) {
            if (entry.type != Files::Type::file) continue;
            const std::string beside = join(folder, entry.name);
            const FileName other = read_name(entry.name);
            const bool of_server = other.state != FileName::State::other && !name.identity.text.empty() &&
                                   other.identity == name.identity;
            const bool reads_it = !input && is_yaml_name(entry.name) && is_input(beside, files.read(beside));
            if (of_server || reads_it) paths.insert(beside);
        }
    } catch (const Failure&) {
        // The text itself is there all the same.
    }
    return paths;
}

std::optional<Complaint> read_complaint(std::string_view line) {
    constexpr std::string_view between = ": error: ";
    const std::size_t end = line.find(between);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view place = line.substr(0, end);
    std::uint32_t numbers[2] = {};
    for (std::uint32_t& number : numbers) {
        const std::size_t colon = place.rfind(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const std::string_view digits = place.substr(colon + 1);
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc() || stop != digits.data() + digits.size() || number == 0) return std::nullopt;
        place = place.substr(0, colon);
    }
    return Complaint{.file = std::string(place),
                     .place = {.line = numbers[1], .column = numbers[0]},
                     .message = std::string(line.substr(end + between.size()))};
}

}  // namespace dectprov
