// SPDX-License-Identifier: MIT
#include "probe/served.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace dectprov {
namespace {

// A folder's name of an origin and a folder there.
std::string as_name(std::string_view url) {
    std::string name(url.substr(url.find("://") + 3));
    while (name.ends_with('/')) name.pop_back();
    std::ranges::replace(name, '/', '_');
    return name;
}

}  // namespace

// Servers of one folder that fetch from two places would get each other's firmware.
std::string Served::folder_for(const DescribedServer& server, const Address& address) {
    const std::string place = address.place();
    const std::string name = as_name(shown_url(place));
    std::string folder = server.input.folder;
    // Of two places that differ in a secret alone each has a number.
    for (std::size_t number = 1;; ++number) {
        const auto [found, fresh] = folders_.try_emplace(folder, place);
        if (fresh || found->second == place) return folder;
        folder = join(server.input.folder, number == 1 ? name : fmt::format("{}-{}", name, number));
    }
}

void Served::add(const std::vector<Talk>& talks, const Talk& talk,
                 const std::function<bool(const AskedFile&)>& usable) {
    const DescribedServer& server = described_.servers()[talk.server];
    const std::string folder = folder_for(server, talk.address);
    const bool moved = folder != server.input.folder;
    ServerInput input = server.input;
    input.folder = folder;
    input.files.clear();
    ServerInput::Names& neighbours = neighbours_.emplace_back();
    std::vector<Copy>& copies = copies_.emplace_back();
    const std::string below = moved ? join(server.below, base_name(folder)) : server.below;
    CopyPlace& place = places_.emplace_back(CopyPlace{.identity = input.identity.text, .below = below});
    for (const AskedFile& one : talk.files) {
        const Talk& owner = one.first ? talks[one.first->first] : talk;
        const AskedFile& file = one.first ? owner.files[one.first->second] : one;
        const std::string path = join(folder, one.name);
        const bool good = file.answer && usable(file);
        if (!good && one.role == Role::none && !one.image) place.unserved.push_back(one.name);
        if (!good && !server.has(one.name)) continue;
        if (one.role == Role::none) {
            neighbours.insert(one.name);
        } else {
            input.files.push_back({.path = path, .name = read_name(one.name), .reported = good});
        }
        if (one.image) continue;
        // What is as described is read from where it is described.
        const DescribedServer& origin = good ? described_.servers()[owner.server] : server;
        if (good && !file.same) {
            files_.lay_over(path, file.answer->body);
        } else if (path != origin.path_of(one.name)) {
            files_.lay_over(path, described_.files().read(origin.path_of(one.name)));
        }
        if (!good) continue;
        urls_.insert_or_assign(path, file.request.url);
        copies.push_back({.path = path,
                          .below = join(below, one.name),
                          .secret = one.role != Role::none && one.role != Role::list});
    }
    std::ranges::sort(input.files, {}, &Candidate::path);
    input.neighbours = &neighbours;
    if (!input.files.empty()) inputs_.servers.push_back(std::move(input));
}

std::string Served::url_of(const std::string& path) const {
    const auto found = urls_.find(path);
    return found == urls_.end() ? path : shown_url(found->second);
}

std::vector<OutputFile> Served::copies(std::size_t server) const {
    std::vector<OutputFile> files;
    for (const Copy& copy : copies_[server])
        files.push_back({.path = copy.below, .bytes = files_.read(copy.path), .secret = copy.secret});
    return files;
}

}  // namespace dectprov
