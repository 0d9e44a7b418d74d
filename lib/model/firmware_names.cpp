// SPDX-License-Identifier: MIT
#include "model/firmware_names.hpp"

#include "catalog/entries.hpp"

namespace dectprov {

std::vector<NodeIndex> firmware_names(const Tree& config) {
    std::vector<NodeIndex> names;
    if (config.empty()) return names;
    const NodeIndex section = config.find(entry("config.provisioning.firmware"));
    if (section == Tree::none || !config.has_children(section)) return names;
    for (NodeIndex node = config.first(section); node < config.after(section); node = config.after(node)) {
        const EntryId id = config.entry(node);
        if (id != EntryId::none && config.catalog().type(id).kind == Kind::file_name) names.push_back(node);
    }
    return names;
}

}  // namespace dectprov
