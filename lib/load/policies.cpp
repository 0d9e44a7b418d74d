// SPDX-License-Identifier: MIT
#include "load/policies.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "doc/secret.hpp"
#include "load/config_file.hpp"

namespace dectprov {

struct Policies::Ready {
    const ConfigFile::Policy* policy;
    const ConfigFile* config;
    std::string id;
    std::string summary;
    Rule rule;
    RelatedPlace place;
    std::unique_ptr<re2::RE2> pattern;
    std::vector<std::string> steps;  // of the path, without "[]"
    bool users = false;
};

namespace {

std::vector<std::string> steps_of(std::string_view path) {
    std::vector<std::string> steps;
    while (!path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        std::string_view step = path.substr(0, dot);
        if (step.ends_with("[]")) step.remove_suffix(2);
        steps.emplace_back(step);
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return steps;
}

NodeIndex child_named(const Tree& tree, NodeIndex parent, std::string_view name) {
    if (!tree.has_children(parent)) return Tree::none;
    for (NodeIndex node = tree.first(parent); node < tree.after(parent); node = tree.after(node)) {
        if (tree.name(node) == name) return node;
    }
    return Tree::none;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// What an element is to be, with what is secret of it as "***".
std::string list(const std::vector<std::string>& texts, const Catalog& catalog, EntryId entry) {
    std::string all;
    for (const std::string& text : texts) {
        if (!all.empty()) all += ", ";
        all += with_stars(text, secret_parts(catalog, entry, text));
    }
    return all;
}

// Whether a pattern may hold the password of an address: where that stands in it nobody can tell.
bool may_hold_password(std::string_view pattern, const Catalog& catalog, EntryId entry) {
    const bool address = entry != EntryId::none && catalog.has(entry, Trait::credential);
    // No pattern has the form of an address, so that is not asked for.
    return (address && pattern.find('@') != std::string_view::npos) ||
           !secret_parts(catalog, EntryId::none, pattern).empty();
}

// What the value of an element lacks for a policy; empty where it lacks nothing. What is asked of a secret
// may be one itself.
std::string fault_of(const ConfigFile::Policy& policy, const re2::RE2* pattern, const Tree& tree,
                     NodeIndex node) {
    const std::string_view value = tree.value(node);
    const bool secret = is_secret(tree, node);
    const Catalog& catalog = tree.catalog();
    const EntryId entry = tree.entry(node);
    constexpr std::string_view no_match = "does not match the policy";
    if (pattern != nullptr &&
        !re2::RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), *pattern)) {
        return secret || may_hold_password(*policy.matches, catalog, entry)
                   ? std::string(no_match)
                   : fmt::format("must match {}", *policy.matches);
    }
    if (!policy.one_of.empty() && std::ranges::find(policy.one_of, value) == policy.one_of.end()) {
        return secret ? std::string(no_match)
                      : fmt::format("must be one of {}", list(policy.one_of, catalog, entry));
    }
    if (policy.range) {
        const auto given = number(value);
        if (!given || *given < policy.range->first || *given > policy.range->second) {
            return secret ? std::string(no_match)
                          : fmt::format("must be a number from {} to {}", policy.range->first,
                                        policy.range->second);
        }
    }
    return {};
}

}  // namespace

Policies::Policies(const ConfigFile& config) {
    for (const ConfigFile::Policy& policy : config.policies) {
        Ready& ready = *ready_.emplace_back(
            std::make_unique<Ready>(Ready{.policy = &policy,
                                          .config = &config,
                                          .id = "policy/" + policy.name,
                                          .summary = fmt::format("the fleet's own rule '{}'", policy.name),
                                          .rule = {},
                                          .place = {.file = config.path,
                                                    .begin = {.line = policy.line, .column = policy.column},
                                                    .end = {.line = policy.line, .column = policy.end_column},
                                                    .message = "the policy"},
                                          .pattern = nullptr,
                                          .steps = steps_of(policy.path),
                                          .users = false}));
        ready.users = !ready.steps.empty() && ready.steps.front() == "user";
        ready.rule = Rule{.id = ready.id,
                          .severity = policy.severity,
                          .summary = ready.summary,
                          .why = policy.why,
                          .origin = ready.place.file,
                          .example = Example::none};
        if (!policy.matches) continue;
        re2::RE2::Options options(re2::RE2::Quiet);
        ready.pattern = std::make_unique<re2::RE2>(*policy.matches, options);
        assert(ready.pattern->ok());  // the reader of the configuration has tried it
    }
}

Policies::~Policies() = default;

const Rule* Policies::find(std::string_view id) const {
    const auto found = std::ranges::find_if(ready_, [&](const auto& ready) { return ready->id == id; });
    return found == ready_.end() ? nullptr : &(*found)->rule;
}

const RelatedPlace* Policies::place_of(const Rule& rule) const {
    const auto found = std::ranges::find_if(ready_, [&](const auto& ready) { return &ready->rule == &rule; });
    return found == ready_.end() ? nullptr : &(*found)->place;
}

namespace {

// One policy over one tree, from the element at which its path begins.
class PolicyWalk {
public:
    PolicyWalk(const ConfigFile::Policy& policy, const Rule& rule, const re2::RE2* pattern,
               const std::vector<std::string>& steps, Report& report)
        : policy_(policy), rule_(rule), pattern_(pattern), steps_(steps), report_(report) {}

    void run(const Tree& tree, NodeIndex from, std::size_t step) const {
        NodeIndex node = from;
        for (; step < steps_.size(); ++step) {
            const NodeIndex below = child_named(tree, node, steps_[step]);
            if (below == Tree::none) {
                // At the part of the path that is there.
                missing(tree, node);
                return;
            }
            node = below;
        }
        if (tree.is_opaque(node) || tree.has_children(node)) return;
        if (tree.value(node).empty()) {
            missing(tree, node);
            return;
        }
        const std::string fault = fault_of(policy_, pattern_, tree, node);
        if (fault.empty()) return;
        report_.add(rule_, tree.value_place(node), fmt::format("'{}' {}", policy_.path, fault), policy_.why);
    }

private:
    void missing(const Tree& tree, NodeIndex node) const {
        if (!policy_.required) return;
        report_.add(rule_, tree.name_place(node), fmt::format("'{}' is required", policy_.path), policy_.why);
    }

    const ConfigFile::Policy& policy_;
    const Rule& rule_;
    const re2::RE2* pattern_;
    const std::vector<std::string>& steps_;
    Report& report_;
};

}  // namespace

void Policies::check(const Server& server, Report& report) const {
    for (const auto& one : ready_) {
        const Ready& ready = *one;
        const ConfigFile::Policy& policy = *ready.policy;
        if (!report.on(ready.rule)) continue;
        // Of a server whose model is not certain, a policy for some models speaks when all that are left are
        // its.
        if (policy.models && (server.models.empty() || !server.models.within(*policy.models))) continue;
        const auto applies = [&](const Tree& tree) {
            return policy.in.empty() ||
                   glob_matches(policy.in, ready.config->relative(tree.sources().name(tree.file())));
        };
        const PolicyWalk walk(policy, ready.rule, ready.pattern.get(), ready.steps, report);
        const std::string_view first = ready.steps.empty() ? std::string_view() : ready.steps.front();
        if (ready.users) {
            if (!server.users || server.users->empty() || !applies(*server.users)) continue;
            for_each_user(server, [&](const UserView& user) { walk.run(user.tree, user.node, 1); });
        } else if (first == "data" || first == "info") {
            for (const HandsetGroup& group : server.groups) {
                if (!group.tree.empty() && applies(group.tree)) walk.run(group.tree, 0, 0);
            }
        } else if (server.has_config() && applies(*server.config)) {
            walk.run(*server.config, 0, 0);
        }
    }
}

void check_policies(const ConfigFile* config, const Server& server, Report& report) {
    if (config != nullptr && config->ready_policies) config->ready_policies->check(server, report);
}

}  // namespace dectprov
