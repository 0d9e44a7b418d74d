// SPDX-License-Identifier: MIT
#include "diff/same_files.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/entries.hpp"
#include "doc/read_xml.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// The firmware files that a configuration names.
std::vector<std::string> firmware_names(std::string bytes) {
    std::vector<std::string> names;
    SourceSet sources;
    Report report;
    const FileId file = sources.add("", decode_xml(std::move(bytes)).text);
    const XmlDocument document = read_xml(sources, file, Catalog::builtin(), entry("config"), report);
    if (document.state != Reading::good) return names;
    const Tree& tree = document.tree;
    const NodeIndex section = tree.find(entry("config.provisioning.firmware"));
    if (section == Tree::none || !tree.has_children(section)) return names;
    for (NodeIndex node = tree.first(section); node < tree.after(section); node = tree.after(node)) {
        const std::string_view name = tree.value(node);
        if (!name.empty() && name.find('/') == std::string_view::npos) names.emplace_back(name);
    }
    return names;
}

bool same_version(const Files& old_files, const std::string& before, const Files& new_files,
                  const std::string& after) {
    const Files::Type type = old_files.type(before);
    if (type != new_files.type(after)) return false;
    return type != Files::Type::file || old_files.read(before) == new_files.read(after);
}

}  // namespace

bool same_files(const Files& old_files, const ServerInput& before, const Files& new_files,
                const ServerInput& after) {
    if (before.files.size() != after.files.size()) return false;
    std::string config;
    try {
        for (std::size_t i = 0; i < before.files.size(); ++i) {
            const Candidate& a = before.files[i];
            const Candidate& b = after.files[i];
            if (base_name(a.path) != base_name(b.path)) return false;
            std::string bytes = old_files.read(a.path);
            if (bytes != new_files.read(b.path)) return false;
            if (a.name.role == Role::config) config = std::move(bytes);
        }
        // In UTF-16 the word looks otherwise, so only plain text without it is known to name no firmware.
        if (config.find("firmware") == std::string::npos && config.find('\0') == std::string::npos)
            return true;
        const std::vector<std::string> names = firmware_names(std::move(config));
        return std::ranges::all_of(names, [&](const std::string& name) {
            return same_version(old_files, join(before.folder, name + ".ver"), new_files,
                                join(after.folder, name + ".ver"));
        });
    } catch (const Failure&) {
        // Whoever reads them for good says why it cannot be done.
        return false;
    }
}

}  // namespace dectprov
