// SPDX-License-Identifier: MIT
#include "load/site_vars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

#include "diag/rules.hpp"
#include "diag/site_rules.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

// Whether a variable can be called so: what a reference can hold.
bool is_variable(std::string_view name) {
    return !name.empty() && name.find_first_of(" \t\r\n\"'`${}") == std::string_view::npos;
}

// The variables of the description itself, at the top, under `defaults` and in servers, in this order.
std::vector<Layered> own_vars(const SiteSource& main) {
    const Layered root{.source = &main, .node = 0};
    std::vector<Layered> holders{root, root.find("defaults")};
    const Layered servers = root.find("servers");
    if (servers && servers.is(Yaml::Type::sequence)) {
        for (const std::uint32_t item : children(*main.yaml, servers.node))
            holders.push_back({.source = &main, .node = item});
    }
    std::vector<Layered> all;
    for (const Layered& holder : holders) {
        if (holder) holder.find("vars").each([&](const Layered& one) { all.push_back(one); });
    }
    return all;
}

}  // namespace

void find_uses(std::string_view text, std::set<std::string_view>& names) {
    constexpr std::string_view begin = "${var:";
    for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at)) {
        // `$${` is a text.
        const bool refers = at == 0 || text[at - 1] != '$';
        at += begin.size();
        if (!refers) continue;
        const std::size_t end = std::min(text.find_first_of("}$\r\n", at), text.size());
        names.insert(text.substr(at, end - at));
    }
}

void check_vars(SiteContext& context, const Layered& vars, const std::string& path) {
    vars.each([&](const Layered& one) {
        const Yaml::Node& node = one.yaml();
        const std::string below = path_below(path, node.key_text);
        if (!is_variable(node.key_text)) {
            context.report.add(
                rule::site_key, {.span = node.key, .path = below},
                fmt::format("'{}' is not a variable name; it must not contain spaces, quotes or braces",
                            node.key_text));
        } else if (node.type == Yaml::Type::null) {
            report_empty_key(context, one, below);
        } else if (node.type != Yaml::Type::scalar && !node.tagged) {
            report_shape(context, node, below,
                         fmt::format("the variable '{}' must be a text", node.key_text));
        }
    });
}

void check_unused_vars(SiteContext& context, const SiteSource& main, const SiteTables& tables) {
    struct Variable {
        std::string_view name;
        Span where;
    };
    std::vector<Variable> vars;
    for (const Layered& one : own_vars(main)) {
        if (!one.is(Yaml::Type::null)) vars.push_back({.name = one.yaml().key_text, .where = one.yaml().key});
    }
    tables.each_use([&](const TableUse& use) {
        const auto take = [&](std::string_view name, Span where) {
            constexpr std::string_view start = "var.";
            if (name.starts_with(start)) vars.push_back({.name = name.substr(start.size()), .where = where});
        };
        for (const TableColumn& column : use.columns) {
            if (column.is_key) take(column.name, column.name_span);
        }
        for (const TableUse::Given& one : use.given) take(one.name, one.name_span);
    });
    if (vars.empty()) return;
    std::set<std::string_view> known;
    for (std::size_t i = 0; i != context.sources.size(); ++i) {
        const auto file = static_cast<FileId>(i);
        if (const std::set<std::string_view>* const uses = tables.variables(file)) {
            known.insert(uses->begin(), uses->end());
        } else {
            find_uses(context.sources.text(file), known);
        }
    }
    for (const Variable& one : vars) {
        // Told once, however many servers set it.
        if (!known.insert(one.name).second) continue;
        context.report.add(rule::site_unused_variable,
                           {.span = one.where, .path = path_below("vars", one.name)},
                           fmt::format("the variable '{}' is not used", one.name),
                           fmt::format("use it as `${{var:{}}}`, or remove it", one.name));
    }
}

}  // namespace dectprov
