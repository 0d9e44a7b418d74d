// SPDX-License-Identifier: MIT
#include "import/site_names.hpp"

#include <string_view>

#include <fmt/format.h>

#include "source/files.hpp"

namespace dectprov {
namespace {

std::string name_of(const std::string& folder, const std::vector<std::string>& paths) {
    std::string below = folder;
    for (const std::string& given : paths) {
        const std::string root = normal(given);
        if (folder == root || root == ".") {
            below = folder == root ? std::string(base_name(root)) : folder;
            break;
        }
        if (folder.starts_with(root + "/")) {
            below = folder.substr(root.size() + 1);
            break;
        }
    }
    std::string name;
    for (const char c : below) name += c == '/' ? '-' : c;
    while (name.starts_with('.') || name.starts_with('-')) name.erase(0, 1);
    return name.empty() ? "site" : name;
}

}  // namespace

SiteNames::SiteNames(const std::vector<ServerInput>& servers, const std::vector<std::string>& paths) {
    std::map<std::string, std::string> taken;  // and by which folder
    std::map<std::string, int> last;           // number that a name was given
    for (const ServerInput& server : servers) {
        const auto [named, fresh] = names_.try_emplace(server.folder);
        if (!fresh) continue;
        const std::string wanted = name_of(server.folder, paths);
        std::string name = wanted;
        while (!taken.emplace(name, server.folder).second)
            name = fmt::format("{}-{}", wanted, last.try_emplace(wanted, 1).first->second += 1);
        if (name != wanted)
            clashes_.push_back({.folder = server.folder, .name = name, .other = taken.at(wanted)});
        named->second = std::move(name);
    }
}

}  // namespace dectprov
