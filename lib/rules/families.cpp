// SPDX-License-Identifier: MIT
#include "rules/families.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/bind.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace {

using Group = std::span<const Rule* const> (*)();

// The groups in the order of the documentation; a group may fill several files.
constexpr Group groups[] = {
    file_rules,
    xml_rules,
    element_rules,
    value_rules,
    model_rules,
    config_rules,
    config_fetch_rules,
    config_firmware_rules,
    config_licence_rules,
    config_comparison_rules,
    users_rules,
    users_duplicate_rules,
    users_line_rules,
    handset_rules,
    handset_comparison_rules,
    ver_rules,
    firmware_rules,
    fleet_rules,
    site_rules,
    suppression_rules,
    baseline_rules,
};

// Ids of rules that are now called otherwise. A rule that is renamed gets a row here, so that configuration
// files and suppressions that name it keep working.
struct Renamed {
    std::string_view former;
    std::string_view id;
};
constexpr std::span<const Renamed> renamed{};

std::vector<const Rule*> join_groups() {
    std::vector<const Rule*> rows;
    for (const Group group : groups) {
        const auto more = group();
        rows.insert(rows.end(), more.begin(), more.end());
    }
    return rows;
}

using ServerCheck = void (*)(const Server&, Report&);
using UserCheck = void (*)(const UserView&, Report&);
using UsersCheck = UserWalk (*)(const Server&, Report&);

}  // namespace

std::span<const Rule* const> all_rules() {
    static const std::vector<const Rule*> rows = join_groups();
    return rows;
}

const Rule* find_rule(std::string_view id) {
    const auto former = std::ranges::find(renamed, id, &Renamed::former);
    if (former != renamed.end()) id = former->id;
    const auto rows = all_rules();
    const auto row = std::ranges::find(rows, id, [](const Rule* rule) { return rule->id; });
    return row == rows.end() ? nullptr : *row;
}

void check(const Server& server, Report& report, std::vector<UserWalk> walks) {
    // Rows that are found in one go share a function, which then runs once.
    std::vector<ServerCheck> of_server;
    std::vector<UserCheck> of_user;
    std::vector<UsersCheck> of_users;
    const auto add_once = [](auto& checks, auto check) {
        if (check != nullptr && std::ranges::find(checks, check) == checks.end()) checks.push_back(check);
    };
    for (const Rule* rule : all_rules()) {
        if (!report.on(*rule)) continue;
        add_once(of_server, rule->check.server);
        add_once(of_user, rule->check.user);
        add_once(of_users, rule->check.users);
    }
    if (server.config) bind(*server.config, report);
    for (const HandsetGroup& group : server.groups) bind(group.tree, report);
    for (const ServerCheck run : of_server) run(server, report);
    if (!server.users) return;

    for (const UsersCheck start : of_users) {
        UserWalk walk = start(server, report);
        if (walk.visit) walks.push_back(std::move(walk));
    }
    const Tree& users = *server.users;
    UserView user{.server = server, .tree = users, .node = 0, .number = 0, .fields = {}};
    bind(users, report, [&](NodeIndex node) {
        if (users.entry(node) != entry("users.user")) return;
        user.move_to(node);
        for (const UserCheck run : of_user) run(user, report);
        for (const UserWalk& walk : walks) walk.visit(user);
    });
    for (const UserWalk& walk : walks) {
        if (walk.finish) walk.finish();
    }
}

}  // namespace dectprov
