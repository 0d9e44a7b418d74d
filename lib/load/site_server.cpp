// SPDX-License-Identifier: MIT
#include "load/site_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/licences.hpp"
#include "diag/rules.hpp"
#include "diag/tally.hpp"
#include "doc/secret.hpp"
#include "load/site_references.hpp"
#include "load/site_vars.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {

void SiteServerReader::add(const Rule& rule, const Yaml::Node& value, std::string_view key,
                           std::string message, std::string help) {
    report_value(context_, rule, value, below(key), std::move(message), std::move(help));
}

void SiteServerReader::add(const Rule& rule, const Text& value, std::string_view key, std::string message,
                           std::string help) {
    if (value.span == value.node->span) {
        add(rule, *value.node, key, std::move(message), std::move(help));
        return;
    }
    context_.report.add(rule, {.span = value.span, .path = below(key)}, std::move(message), std::move(help))
        .related.push_back({.span = value.node->span, .message = "the reference to this value"});
}

SiteServerReader::Text SiteServerReader::text(const Layered& value, std::string_view key) {
    if (!value) return {};
    const Yaml::Node& node = value.yaml();
    const Expanded expanded =
        expand_public(context_, *value.source, node, key, SitePath(SitePath(path_), key));
    if (expanded.referred || expanded.opaque) {
        if (const Row* const row = find_key(rows(), key)) meant_.push_back(row->key.name);
        return {};
    }
    return {.node = &node,
            .text = expanded.text,
            .span = expanded.origin.value_or(node.span),
            .parts = expanded.sources,
            .secret = !expanded.secrets.empty()};
}

void SiteServerReader::read(const Laid& base, const Layered& own, std::string_view site) {
    const Yaml::Node& node = own.yaml();
    item_ = node.span;
    Server& server = to_.server;
    server.of_site = true;
    server.place = {.span = item_, .path = path_};
    if (node.type != Yaml::Type::mapping && is_run_in(node)) {
        report_run_in(context_, item_, path_);
        return;
    }
    if (node.type != Yaml::Type::mapping) {
        context_.report.add(rule::site_key, {.span = item_, .path = path_}, "a server must be a mapping");
        return;
    }
    check_keys(own);
    const Layered named = own.find("extends");
    const bool extends = named && named.is(Yaml::Type::sequence);
    Laid laid = layers_.extended(base, extends ? named : Layered{}, path_);
    laid.whole = laid.whole && !own.source->part;
    to_.whole = laid.whole;
    if (extends) {
        for (const SiteSource* const layer : laid.sources) {
            if (std::ranges::find(base.sources, layer) == base.sources.end())
                to_.layers.push_back(layer->file);
        }
    }
    // A merge key may stand for anything.
    if (node.merges || (laid.defaults && laid.defaults.yaml().merges))
        meant_.insert(meant_.end(), {"users", "handset_groups", "model"});
    if (node.merges) meant_.insert(meant_.end(), {"mac", "uuid"});
    if (!own.source->whole) meant_.insert(meant_.end(), {"mac", "uuid", "model"});
    // So may a layer that could not be read, a key of `defaults` that is misspelt, or a column's name.
    if (!laid.whole) meant_.insert(meant_.end(), {"users", "handset_groups", "model"});
    laid.defaults.each([&](const Layered& one) { mean(one.yaml().key_text); });
    if (context_.options.statements) {
        for (const SiteSource* const source : laid.order)
            state(Layered{.source = source, .node = 0}.find("defaults"), {});
        state(own, {});
    }
    const Layered merged = own_.lay(laid.defaults, own);
    vars_ = own_.lay(laid.vars, own.member("vars"));
    const SiteScope scope{
        .layers = own_, .vars = vars_, .server = merged, .site = site, .whole = laid.whole, .own = own};
    context_.scope = &scope;
    read_keys(merged);
    context_.scope = nullptr;
    server.users_unread = server.users_unread || (!to_.has_users && is_meant("users"));
    server.groups_unread = is_meant("handset_groups");
    if (laid.whole) return;
    if (server.config) server.config->set_part();
    for (HandsetGroup& group : server.groups) group.tree.set_part();
}

void SiteServerReader::state(const Layered& value, const std::string& path) {
    const Yaml::Node& node = value.yaml();
    if (node.type == Yaml::Type::mapping) {
        value.each([&](const Layered& member) { state(member, path_below(path, member.yaml().key_text)); });
        return;
    }
    SiteServer::Statement& statement = to_.statements.emplace_back();
    statement = {.path = path,
                 .text = std::string(node.text),
                 .span = place_of(node),
                 .takes_back = node.type == Yaml::Type::null};
    if (node.type == Yaml::Type::sequence)
        statement.text = count_of(children(*value.source->yaml, value.node).size(), "item");
}

void SiteServerReader::read_keys(const Layered& merged) {
    for (const Row& row : rows()) {
        Layered value = merged.member(row.key.name);
        if (value && value.is(Yaml::Type::null)) {
            report_empty_key(context_, value, below(row.key.name));
            value = {};
        } else if (value && !fits(row.key.shape, value.yaml().type)) {
            report_shape(context_, value.yaml(), below(row.key.name), shape_message(row.key));
            meant_.push_back(row.key.name);
            value = {};
        }
        (this->*row.read)(value);
    }
    check_identity();
    check_model();
}

void SiteServerReader::check_keys(const Layered& own) {
    own.each([&](const Layered& member) {
        const Yaml::Node& node = member.yaml();
        if (find_key(rows(), node.key_text) != nullptr) return;
        report_unknown_key(context_, node.key, path_, "a server", node.key_text, key_names(rows()));
        mean(node.key_text);
    });
}

// What was meant by an unknown key is there, so that no rule says it is missing.
void SiteServerReader::mean(std::string_view key) {
    if (find_key(rows(), key) != nullptr) return;
    if (const auto meant = nearest(key, key_names(rows()))) meant_.push_back(*meant);
}

bool SiteServerReader::is_meant(std::string_view key) const {
    return std::ranges::find(meant_, key) != meant_.end();
}

// What was meant is told where it stands, save where that rule is off: then what is missing is told itself.
bool SiteServerReader::is_told_elsewhere(bool meant) {
    const bool told = meant && context_.report.on(rule::site_key);
    context_.stands_in = context_.stands_in || told;
    return told;
}

void SiteServerReader::name(const Layered& value) {
    if (!value) return;
    const Text name = text(value, "name");
    to_.name = name.secret ? secret_stars : name.text;
    to_.name_parts = name.parts;
    check_name(context_, value.yaml(), below("name"));
}
void SiteServerReader::model(const Layered& value) { model_ = text(value, "model"); }
void SiteServerReader::mac(const Layered& value) { mac_ = text(value, "mac"); }
void SiteServerReader::uuid(const Layered& value) { uuid_ = text(value, "uuid"); }

void SiteServerReader::ambiguous(const Text& value, std::string_view key) {
    const Yaml::Node& node = *value.node;
    if (node.quoted || !context_.report.on(rule::site_ambiguous_scalar)) return;
    report_retyped(context_, node, key, {.span = place_of(node), .path = below(key)}, false);
}

void SiteServerReader::check_identity() {
    if (mac_ && uuid_) {
        context_.report
            .add(rule::site_key, {.span = uuid_.node->key, .path = below("uuid")},
                 "a server has either a MAC address or a UUID",
                 "a Virtual IP-DECT Server One has a `uuid`, all others a `mac`")
            .related.push_back({.span = mac_.node->key, .message = "the other one"});
    }
    const Text& value = mac_ ? mac_ : uuid_;
    const std::string_view key = mac_ ? "mac" : "uuid";
    if (!value) {
        if (!is_told_elsewhere(is_meant("mac") || is_meant("uuid")))
            context_.report.add(rule::element_missing, {.span = item_, .path = path_},
                                "the server has no identity",
                                "add `mac`, or `uuid` for a Virtual IP-DECT Server One");
        return;
    }
    to_.identity_place = {.span = value.span, .path = below(key)};
    identity_key_ = value.node->key;
    const std::optional<Identity> identity = parse_identity(value.text);
    if (!identity) {
        add(rule::value_format, value, key,
            fmt::format("'{}' is '{}'; expected {}", key, value.text,
                        key == "mac" ? "a MAC address" : "a UUID"));
        return;
    }
    take_identity(value, key, *identity);
}

void SiteServerReader::take_identity(const Text& value, std::string_view key, Identity identity) {
    const bool is_mac = identity.kind == Identity::Kind::mac;
    if (is_mac != (key == "mac")) {
        add(rule::value_format, value, key,
            is_mac ? "this is a MAC address; use the key `mac`" : "this is a UUID; use the key `uuid`");
        return;
    }
    if (const std::string_view why = unusable(identity); !why.empty())
        add(rule::file_identity, value, key, fmt::format("'{}' is {}, which no server has", value.text, why));
    ambiguous(value, key);
    if (replaces_ && identity.text == to_.replaces)
        add(rule::site_key, replaces_, "replaces", "a server cannot replace itself",
            "give the MAC address or UUID of the server that was there before, or remove 'replaces'");
    to_.server.models = identity.models();
    to_.server.identity = std::move(identity);
}

void SiteServerReader::check_model() {
    Server& to = to_.server;
    if (!model_) {
        if (!is_told_elsewhere(is_meant("model")))
            context_.report.add(rule::element_missing, {.span = item_, .path = path_},
                                "the server has no `model`");
        return;
    }
    const std::optional<Model> model = find_model(model_.text);
    if (!model) {
        const std::vector<std::string_view> known = model_tokens();
        const auto near = nearest(model_.text, known);
        add(rule::value_choice, model_, "model",
            fmt::format("'model' is '{}'; expected one of {}", model_.text, fmt::join(known, ", ")),
            near ? fmt::format("did you mean '{}'?", *near) : std::string());
        return;
    }
    if (!to.identity.models().has(*model)) {
        const bool has_mac = to.identity.kind == Identity::Kind::mac;
        context_.report.add(rule::site_key, {.span = identity_key_, .path = to_.identity_place.path},
                            fmt::format("a {} has no {}", row(*model).name, has_mac ? "MAC address" : "UUID"),
                            has_mac ? "add `uuid`" : "add `mac`");
        // Where the key and the model disagree, nothing is certain about the model.
        to.models = all_models;
        return;
    }
    to.options.model = model;
    to.models = *model;
    to.declared = true;
}

void SiteServerReader::firmware_version(const Layered& value) {
    const Text version = text(value, "firmware_version");
    if (!version) return;
    to_.server.options.firmware_version = version.text;
    if (!is_release(version.text))
        add(rule::value_format, version, "firmware_version",
            fmt::format("'firmware_version' is '{}'; expected a release such as PCS20Ba", version.text));
}

void SiteServerReader::redundant(const Layered& value) {
    const Text is = text(value, "redundant");
    if (!is) return;
    to_.server.options.redundant = is.text == "true";
    if (is.text != "true" && is.text != "false")
        add(rule::value_type, is, "redundant",
            fmt::format("'redundant' is '{}'; expected true or false", is.text));
}

void SiteServerReader::replaces(const Layered& value) {
    const Text old = text(value, "replaces");
    if (!old) return;
    if (const std::optional<Identity> identity = parse_identity(old.text)) {
        to_.replaces = identity->text;
        replaces_ = old;
    } else {
        add(rule::value_format, old, "replaces",
            fmt::format("'replaces' is '{}'; expected a MAC address or a UUID", old.text));
    }
}

void SiteServerReader::site(const Layered& value) {
    if (!value) return;
    const Text name = text(value, "site");
    if (name)
        to_.site = {.name = std::string(name.text), .place = {.span = name.span, .path = below("site")}};
    check_name(context_, value.yaml(), below("site"));
}

// Those of the server and of everything below it: what is wrong with one is told where it stands.
void SiteServerReader::vars(const Layered& /*value*/) { check_vars(context_, vars_, below("vars")); }

// The layers are laid before anything is read.
void SiteServerReader::extends(const Layered& /*value*/) {}

void SiteServerReader::licenses(const Layered& list) {
    if (!list) return;
    std::vector<std::string>& names = to_.server.options.licenses.emplace();
    std::size_t number = 0;
    for (const std::uint32_t item : children(*list.source->yaml, list.node)) {
        const Yaml::Node& node = (*list.source->yaml)[item];
        const std::string key = fmt::format("licenses[{}]", ++number);
        Text licence;
        if (node.type == Yaml::Type::scalar) {
            licence = text({.source = list.source, .node = item}, key);
            if (!licence) continue;
        }
        if (std::ranges::find(licence_names, licence.text) != licence_names.end()) {
            names.emplace_back(licence.text);
            to_.license_places.push_back(node.span);
            const auto model = model_ ? find_model(model_.text) : std::nullopt;
            if (model && !licence_models(licence.text).has(*model))
                add(rule::element_not_for_model, licence, key, no_licence_for(licence.text, *model),
                    "remove it");
            continue;
        }
        const std::string known = fmt::format("expected one of {}", fmt::join(licence_names, ", "));
        if (const auto near = nearest(licence.text, licence_names)) {
            add(rule::value_choice, licence, key,
                fmt::format("'{}' is not a licence; {}", licence.text, known),
                fmt::format("did you mean '{}'?", *near));
            continue;
        }
        const Span first{.file = node.span.file,
                         .begin = node.span.begin,
                         .end = std::min(node.span.begin + 1, node.span.end)};
        context_.report.add(rule::value_choice, {.span = first, .path = below(key)},
                            fmt::format("this is not the name of a licence; {}", known));
    }
}

}  // namespace dectprov
