// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "source/files.hpp"

namespace dectprov {

std::string join(std::string_view folder, std::string_view name) {
    if (folder.empty() || folder == "." || name.starts_with('/')) return std::string(name);
    std::string path(folder);
    if (!path.ends_with('/')) path += '/';
    path += name;
    return path;
}

std::string_view folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return {};
    return path.substr(0, std::max<std::size_t>(slash, 1));
}

std::string_view base_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string normal(std::string_view path) {
    const bool absolute = path.starts_with('/');
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, end - begin);
        begin = end + 1;
        if (part.empty() || part == ".") continue;
        const bool up = part == "..";
        if (up && !parts.empty() && parts.back() != "..") {
            parts.pop_back();
        } else if (!up || !absolute) {
            parts.push_back(part);
        }
    }
    std::string result = absolute ? "/" : "";
    for (const std::string_view part : parts) {
        if (!result.empty() && !result.ends_with('/')) result += '/';
        result += part;
    }
    return result.empty() ? "." : result;
}

std::string path_from(std::string_view folder, std::string_view path) {
    const auto first_of = [](std::string_view rest) { return rest.substr(0, rest.find('/')); };
    const auto drop_first = [](std::string_view& rest) {
        rest.remove_prefix(std::min(rest.find('/'), rest.size() - 1) + 1);
    };
    if (folder == ".") folder = {};
    while (!folder.empty() && !path.empty() && first_of(folder) == first_of(path)) {
        drop_first(folder);
        drop_first(path);
    }
    std::string way;
    for (; !folder.empty(); drop_first(folder)) way += "../";
    way += path;
    if (way.ends_with('/')) way.pop_back();
    return way.empty() ? "." : way;
}

}  // namespace dectprov
