// SPDX-License-Identifier: MIT
#include "diff/repeated_servers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

#include "diag/tally.hpp"

namespace dectprov {
namespace {

// How a server is there.
struct Forms {
    const SideServer* described = nullptr;
    bool files = false;

    [[nodiscard]] bool twice() const { return described != nullptr && files; }
    [[nodiscard]] bool described_alone() const { return described != nullptr && !files; }
};
using ByIdentity = std::map<std::string, Forms, std::less<>>;

ByIdentity forms_of(const std::deque<SideServer>& servers) {
    ByIdentity forms;
    for (const SideServer& server : servers) {
        if (server.identity.empty()) continue;
        Forms& own = forms[server.identity];
        if (server.site != nullptr) {
            own.described = &server;
        } else {
            own.files = true;
        }
    }
    return forms;
}

void say(std::string_view side, std::size_t count, std::string_view what, std::vector<std::string>& notes) {
    if (count == 0) return;
    notes.push_back(fmt::format("{} has {} both in a description and as files: {}", side,
                                count_of(count, "server"), what));
}

void take(std::deque<SideServer>& servers, const ByIdentity& own, const ByIdentity& other,
          std::string_view side, std::vector<std::string>& notes) {
    const auto wants_description = [&](const std::string& identity) {
        const auto found = other.find(identity);
        return found != other.end() && found->second.described_alone();
    };
    std::size_t by_files = 0;
    std::size_t by_description = 0;
    for (const auto& [identity, forms] : own) {
        if (forms.twice()) ++(wants_description(identity) ? by_description : by_files);
    }
    for (SideServer& server : servers) {
        const auto found = own.find(server.identity);
        if (server.site != nullptr || found == own.end() || !found->second.twice()) continue;
        // What files do not say.
        server.name = found->second.described->name;
        server.replaces = found->second.described->replaces;
    }
    std::erase_if(servers, [&](const SideServer& server) {
        const auto found = own.find(server.identity);
        if (found == own.end() || !found->second.twice()) return false;
        return wants_description(server.identity) == (server.site == nullptr);
    });
    say(side, by_files, "the files are compared", notes);
    say(side, by_description, "the description is compared, as the other side has no files", notes);
}

}  // namespace

void leave_out_repeated_servers(std::deque<SideServer>& before, std::deque<SideServer>& after,
                                std::vector<std::string>& notes) {
    const ByIdentity old_forms = forms_of(before);
    const ByIdentity new_forms = forms_of(after);
    take(before, old_forms, new_forms, "OLD", notes);
    take(after, new_forms, old_forms, "NEW", notes);
}

}  // namespace dectprov
