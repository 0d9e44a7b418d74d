// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "model/bind.hpp"
#include "model/meant.hpp"

namespace dectprov {
namespace {

// The first node of each entry that not every model has, in document order.
struct Sighting {
    const Tree* tree;
    NodeIndex node;
    ModelSet models;
};

void see(const Tree& tree, std::vector<Sighting>& sightings) {
    std::vector<bool> seen(tree.catalog().size());
    for (NodeIndex node = 0; node < tree.size(); ++node) {
        const EntryId entry = tree.entry(node);
        if (entry == EntryId::none) continue;
        const auto index = static_cast<std::size_t>(entry);
        if (seen[index]) continue;
        seen[index] = true;
        const ModelSet models = tree.catalog()[entry].models;
        if (models != all_models) sightings.push_back({.tree = &tree, .node = node, .models = models});
    }
}

void report_conflict(const Sighting& at, const std::vector<Sighting>& earlier, Report& report) {
    if (!report.on(rule::model_conflict)) return;
    const Tree& tree = *at.tree;
    Diagnostic& diagnostic =
        report.add(rule::model_conflict, tree.name_place(at.node),
                   fmt::format("'{}' is for {}, and no model has all of this server's settings",
                               tree.name(at.node), to_text(at.models)));
    // The element that excludes it alone where there is one, else the last that narrowed.
    const auto alone =
        std::ranges::find_if(earlier, [&](const Sighting& one) { return !one.models.meets(at.models); });
    const Sighting* other = alone != earlier.end() ? &*alone : earlier.empty() ? nullptr : &earlier.back();
    if (other == nullptr) return;
    diagnostic.related.push_back(
        {.span = other->tree->name_span(other->node),
         .message = fmt::format("'{}' is for {}", other->tree->name(other->node), to_text(other->models))});
}

bool has_handset_files(const Server& server) {
    return std::ranges::any_of(server.files, [](const InputFile& file) {
        return file.name.role == Role::group || file.name.role == Role::list;
    });
}

void narrow(Server& server, Report& report) {
    std::vector<Sighting> sightings;
    if (server.config) see(*server.config, sightings);
    if (server.users) see(*server.users, sightings);
    std::vector<Sighting> applied;
    for (const Sighting& one : sightings) {
        const ModelSet left = server.models & one.models;
        if (left.empty()) {
            report_conflict(one, applied, report);
            server.models = {};
            return;
        }
        if (left != server.models) applied.push_back(one);
        server.models = left;
    }
    // Handset configuration belongs to the IP-DECT servers; where the settings say DECT, its files are what
    // is wrong.
    if (server.models.meets(ip_models) && has_handset_files(server))
        server.models = server.models & ip_models;
}

// The outermost such elements: what is in them is not validated.
void not_for_model(const Tree& tree, ModelSet models, Report& report) {
    for (NodeIndex node = 0; node < tree.size();) {
        const EntryId entry = tree.entry(node);
        if (entry == EntryId::none) {
            node = tree.after(node);
            continue;
        }
        const ModelSet takes = tree.catalog()[entry].models;
        if (takes.meets(models)) {
            ++node;
            continue;
        }
        report.add(rule::element_not_for_model, tree.name_place(node),
                   fmt::format("'{}' is for {}; this server is {}", tree.name(node), to_text(takes),
                               to_text(models)));
        node = tree.after(node);
    }
}

// Said once of each file: what was found in it while it was read, before the model was known, goes.
void forget_content(FileId file, Report& report) {
    std::erase_if(report.all(), [&](const Diagnostic& found) {
        return found.place.span.file == file && !found.rule->id.starts_with("file/");
    });
}

void handset_files_on_dect(const Server& server, Report& report) {
    const bool on = report.on(rule::element_not_for_model);
    if (server.of_site && on) {
        for (const HandsetGroup& group : server.groups) {
            report.add(rule::element_not_for_model, group.where,
                       fmt::format("handset configuration is for {}; this server is {}", to_text(ip_models),
                                   to_text(server.models)));
        }
        return;
    }
    for (const InputFile& file : server.files) {
        if (file.name.role != Role::group && file.name.role != Role::list) continue;
        if (file.state == InputFile::State::left_out || file.state == InputFile::State::unread) continue;
        forget_content(file.source, report);
        if (!on) continue;
        report.add(rule::element_not_for_model, Place{.span = {.file = file.source}},
                   fmt::format("handset configuration is for {}; this server is {}", to_text(ip_models),
                               to_text(server.models)));
    }
}

void missing_group_info(const Server& server, const Tree& tree, Report& report) {
    if (tree.empty()) return;
    const NodeIndex info = tree.find(entry("cota.info"));
    const NodeIndex parent = info == Tree::none ? 0 : info;
    for (const EntryId id : {entry("cota.info.group"), entry("cota.info.version")}) {
        const NodeIndex node = seen(server, tree, id);
        if (node == Tree::none && (lacks(server, tree.catalog(), id) || tree.is_opaque(parent))) continue;
        if (node != Tree::none &&
            (is_unclear(tree, node) || tree.has_children(node) || !tree.value(node).empty()))
            continue;
        report.add(rule::element_missing, tree.name_place(parent),
                   fmt::format("'info.{}' is {}", tree.catalog()[id].name,
                               node == Tree::none ? "missing" : "empty"));
    }
}

bool says_merge(const Tree& config) {
    return std::ranges::any_of(config.attributes(), [](const Tree::Attribute& attribute) {
        return attribute.node == 0 && attribute.name_text == "merge_type" && attribute.text == "merge";
    });
}

}  // namespace

void infer(Server& server, Report& report) {
    if (server.config) find_stand_ins(*server.config);
    if (server.users) find_stand_ins(*server.users);
    for (HandsetGroup& group : server.groups) find_stand_ins(group.tree);
    if (!server.declared) narrow(server, report);
    const bool known = !server.models.empty();
    if (known && server.declared && report.on(rule::element_not_for_model)) {
        for (const Tree* tree : {server.config.get(), server.users.get()}) {
            if (tree == nullptr) continue;
            not_for_model(*tree, server.models, report);
        }
    }
    const bool dect = known && server.models.within(dect_models);
    if (dect) handset_files_on_dect(server, report);
    if (server.has_config()) server.merge = !dect && says_merge(*server.config);
    if (!report.on(rule::element_missing)) return;
    for (const HandsetGroup& group : server.groups) missing_group_info(server, group.tree, report);
}

}  // namespace dectprov
