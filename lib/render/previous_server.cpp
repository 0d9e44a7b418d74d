// SPDX-License-Identifier: MIT
#include "render/previous_server.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "catalog/entries.hpp"
#include "compare/changes.hpp"
#include "device/check_changes.hpp"
#include "diag/rules.hpp"
#include "doc/unknown_text.hpp"
#include "load/load_server.hpp"
#include "model/identity.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

class PreviousServer {
public:
    PreviousServer(const SiteServer& server, const Files& files, const std::string& folder)
        : server_(server), files_(files), folder_(folder) {
        input_.folder = folder;
        input_.identity = server.server.identity;
    }

    // Adds an old file where there is one; `made`: what takes its place, of which it is noted whether it is
    // the same. True where it is another.
    bool add(Role role, std::uint32_t group, std::vector<OutputFile>& made) {
        const std::string name = file_name(server_.server.identity.text, role, group);
        const std::string path = join(folder_, name);
        const auto same_name = [&](const OutputFile& one) { return base_name(one.path) == name; };
        const auto now = std::ranges::find_if(made, same_name);
        const std::string_view bytes = now == made.end() ? std::string_view() : now->bytes;
        std::optional<bool> same = files_.holds(path, bytes);
        if (!same) return false;
        if (!*same && holds_unknown(bytes)) same = matches(bytes, files_.read(path));
        input_.files.push_back({.path = path, .name = read_name(name), .reported = false});
        if (now == made.end()) return false;
        now->unchanged = *same;
        return !*same;
    }

    // Compares what was added with the description.
    void compare(const Scope& scope, Report& report) {
        SourceSet sources;
        Report ignored;
        const LoadedServer loaded =
            load_server(files_, input_, std::nullopt,
                        {.options = server_.server.options, .catalog = &catalog()}, sources, ignored);
        const Side before{.server = &loaded.server,
                          .site = nullptr,
                          .sources = &sources,
                          .beside = nullptr,
                          .root = folder_};
        const Side after{
            .server = &server_.server, .site = &server_, .sources = nullptr, .beside = nullptr, .root = {}};
        // Groups that a user has left are only known when the users are read.
        if (scope.has(Role::users) && add_left_groups(loaded.server)) {
            compare(scope, report);
            return;
        }
        const Changes changes = compare_servers(before, after, scope);
        check_settings(changes.all, DeviceState(before, after), report);
    }

private:
    [[nodiscard]] const Catalog& catalog() const {
        return server_.server.config ? server_.server.config->catalog() : Catalog::builtin();
    }

    bool add_left_groups(const Server& old_server) {
        if (groups_added_) return false;
        groups_added_ = true;
        std::set<std::uint32_t> numbers;
        for_each_user(old_server, [&](const UserView& user) {
            numbers.insert(group_number(user.value(entry("users.user.configgroup"))));
        });
        const std::size_t before = input_.files.size();
        std::vector<OutputFile> nothing;
        // What the list did not name no handset got.
        add(Role::list, 0, nothing);
        for (const std::uint32_t number : numbers) {
            if (number != 0) add(Role::group, number, nothing);
        }
        return input_.files.size() != before;
    }

    const SiteServer& server_;
    const Files& files_;
    const std::string& folder_;
    ServerInput input_;
    bool groups_added_ = false;
};

}  // namespace

void check_against_previous(const SiteServer& server, std::vector<OutputFile>& made, const Files& files,
                            const std::string& folder, Report& report) {
    PreviousServer earlier(server, files, folder);
    Scope scope{.whole = false, .named = {}};
    if (earlier.add(Role::config, 0, made)) scope.named.emplace(Role::config, 0);
    if (earlier.add(Role::users, 0, made) && report.on(rule::handset_stale_settings))
        scope.named.emplace(Role::users, 0);
    if (!scope.named.empty()) earlier.compare(scope, report);
}

}  // namespace dectprov
