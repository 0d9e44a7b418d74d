// SPDX-License-Identifier: MIT
#include "compare/side_index.hpp"

namespace dectprov {
namespace {

template <typename Map>
typename Map::mapped_type found(const Map& map, const typename Map::key_type& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : at->second;
}

std::pair<Role, std::uint32_t> key_of(Role role, std::uint32_t group) {
    return {role, role == Role::group ? group : 0};
}

}  // namespace

SideIndex::SideIndex(const Server* server, const SiteServer* site) {
    if (server != nullptr) {
        for (const InputFile& file : server->files)
            files_.try_emplace(key_of(file.name.role, file.name.group), &file);
        for (const HandsetGroup& group : server->groups) groups_.try_emplace(group.number, &group);
        if (server->list) lines_.emplace(*server->list);
    }
    if (site != nullptr) {
        for (const SiteServer::GroupVersion& version : site->versions)
            versions_.try_emplace(version.group, &version);
    }
}

const InputFile* SideIndex::file(Role role, std::uint32_t group) const {
    return found(files_, key_of(role, group));
}

const HandsetGroup* SideIndex::group(std::uint32_t number) const { return found(groups_, number); }

const VersionLine* SideIndex::line(std::uint32_t group) const {
    return lines_ ? lines_->find(group) : nullptr;
}

const SiteServer::GroupVersion* SideIndex::version(std::uint32_t group) const {
    return found(versions_, group);
}

}  // namespace dectprov
