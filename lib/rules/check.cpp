// SPDX-License-Identifier: MIT
#include "rules/check.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "model/bind.hpp"
#include "rules/families.hpp"

namespace dectprov {
namespace {

// What is to be run, each function once: rows that are found in one go share it.
struct Checks {
    std::vector<void (*)(const Server&, Report&)> of_server;
    std::vector<void (*)(const UserView&, Report&)> of_user;
    std::vector<UserWalk (*)(const Server&, Report&)> of_users;

    explicit Checks(const Report& report) {
        const auto add_once = [](auto& checks, auto check) {
            if (check != nullptr && std::ranges::find(checks, check) == checks.end()) checks.push_back(check);
        };
        for (const Rule* rule : all_rules()) {
            if (!report.on(*rule)) continue;
            add_once(of_server, rule->check.server);
            add_once(of_user, rule->check.user);
            add_once(of_users, rule->check.users);
        }
    }
};

// Some of a server's users, and what was found of them.
struct Part {
    Children children;
    std::uint32_t users_before;
    Report report;
};

class Users {
public:
    Users(const Server& server, const Checks& checks, std::vector<UserWalk> walks, Report& report)
        : server_(server),
          users_(*server.users),
          checks_(checks),
          walks_(std::move(walks)),
          report_(report) {}

    // The walks go along with the validating of each user.
    void run_alone() {
        begin_walks(report_);
        check_part({.begin = users_.first(0), .end = users_.empty() ? 0 : users_.after(0)}, 0, report_,
                   [this](const UserView& user) { visit(user); });
        finish_walks();
    }

    // The walks are one piece of work, some users each are the others: whoever is free takes the next.
    void run_shared(ThreadPool& pool) {
        Report of_walks = report_.another();
        begin_walks(of_walks);
        constexpr std::size_t parts_a_thread = 4;
        std::vector<Part> parts = split(pool.threads() * parts_a_thread);
        pool.parallel_for(parts.size() + 1, [&](std::size_t piece) {
            if (piece == 0) {
                for_each_user(validated_user(server_, 0), [this](const UserView& user) { visit(user); });
                finish_walks();
            } else {
                Part& part = parts[piece - 1];
                check_part(part.children, part.users_before, part.report, [](const UserView&) {});
            }
        });
        for (Part& part : parts) report_.take(std::move(part.report));
        report_.take(std::move(of_walks));
    }

private:
    void begin_walks(Report& report) {
        for (const auto start : checks_.of_users) {
            UserWalk walk = start(server_, report);
            if (walk.visit) walks_.push_back(std::move(walk));
        }
    }

    void visit(const UserView& user) const {
        for (const UserWalk& walk : walks_) walk.visit(user);
    }

    void finish_walks() const {
        for (const UserWalk& walk : walks_) {
            if (walk.finish) walk.finish();
        }
    }

    template <class Then>
    void check_part(Children children, std::uint32_t users_before, Report& report, const Then& then) const {
        UserView user = validated_user(server_, users_before);
        bind(users_, children, report, server_.models, [&](NodeIndex node) {
            if (users_.entry(node) != entry("users.user")) return;
            user.move_to(node);
            for (const auto run : checks_.of_user) run(user, report);
            then(static_cast<const UserView&>(user));
        });
    }

    // Into about `count` parts of as many nodes each.
    [[nodiscard]] std::vector<Part> split(std::size_t count) const {
        const std::size_t size = users_.size() / count + 1;
        std::vector<Part> parts;
        parts.reserve(count + 1);
        NodeIndex begin = users_.first(0);
        std::uint32_t before = 0;
        std::uint32_t users = 0;
        for (NodeIndex node = begin; node < users_.after(0);) {
            if (users_.entry(node) == entry("users.user")) ++users;
            node = users_.after(node);
            if (node - begin < size && node < users_.after(0)) continue;
            parts.push_back({.children = {.begin = begin, .end = node},
                             .users_before = before,
                             .report = report_.another()});
            begin = node;
            before = users;
        }
        return parts;
    }

    const Server& server_;
    const Tree& users_;
    const Checks& checks_;
    std::vector<UserWalk> walks_;
    Report& report_;
};

}  // namespace

void check(const Server& server, Report& report, std::vector<UserWalk> walks, ThreadPool* pool) {
    const Checks checks(report);
    if (server.config) bind(*server.config, report, server.models);
    for (const HandsetGroup& group : server.groups) bind(group.tree, report, server.models);
    for (const auto run : checks.of_server) run(server, report);
    if (!server.users) return;

    Users users(server, checks, std::move(walks), report);
    if (pool != nullptr && pool->threads() > 1 && server.users->size() >= worth_sharing) {
        users.run_shared(*pool);
    } else {
        users.run_alone();
    }
}

}  // namespace dectprov
