// SPDX-License-Identifier: MIT
#include "load/site_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/licences.hpp"
#include "diag/rules.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
void SiteServerReader::add(const Rule& rule, const Yaml::Node& value, std::string_view key,
                           std::string message, std::string help) {
    Diagnostic& diagnostic = context_.report.add(rule, {.span = place_of(value), .path = below(key)},
                                                 std::move(message), std::move(help));
    if (value.aliased) diagnostic.related.push_back({.span = value.anchor, .message = "the anchor"});
}

void SiteServerReader::read(const Layered& defaults, const SiteSource& source, std::uint32_t item) {
    const Yaml::Node& node = (*source.yaml)[item];
    item_ = node.span;
    Server& server = to_.server;
    server.of_site = true;
    server.place = {.span = item_, .path = path_};
    if (node.type != Yaml::Type::mapping && is_run_in(node)) {
        report_run_in(context_, item_, path_);
        return;
    }
    if (node.type != Yaml::Type::mapping) {
        context_.report.add(rule::site_key, {.span = item_, .path = path_}, "a server is a mapping");
        return;
    }
    check_keys(source, item);
    // A merge key may stand for anything.
    if (node.merges || (defaults && defaults.yaml().merges))
        meant_.insert(meant_.end(), {"users", "handset_groups", "model"});
    if (node.merges) meant_.insert(meant_.end(), {"mac", "uuid"});
    const Layered merged = layers_.lay(defaults, {.source = &source, .node = item});
    for (const Row& row : rows()) {
        Layered value = merged.find(row.key.name);
        if (value && !fits(row.key.shape, value.yaml().type)) {
            report_shape(context_, value.yaml(), below(row.key.name), shape_message(row.key));
            meant_.push_back(row.key.name);
            value = {};
        }
        (this->*row.read)(value);
    }
    check_identity();
    check_model();
    server.users_unread = server.users_unread || (!to_.has_users && is_meant("users"));
    server.groups_unread = is_meant("handset_groups");
}

void SiteServerReader::check_keys(const SiteSource& source, std::uint32_t item) {
    for (const std::uint32_t child : children(*source.yaml, item)) {
        const Yaml::Node& node = (*source.yaml)[child];
        if (find_key(rows(), node.key_text) != nullptr) continue;
        const std::vector<std::string_view> known = key_names(rows());
        report_unknown_key(context_, node.key, path_, "a server", node.key_text, known);
        // What was meant is there, so that no rule says it is missing.
        if (const auto meant = nearest(node.key_text, known)) meant_.push_back(*meant);
    }
}

bool SiteServerReader::is_meant(std::string_view key) const {
    return std::ranges::find(meant_, key) != meant_.end();
}

void SiteServerReader::name(const Layered& value) {
    if (!value) return;
    to_.name = value.yaml().text;
    check_name(context_, value.yaml(), below("name"));
}
void SiteServerReader::model(const Layered& value) {
    if (value) model_ = &value.yaml();
}
void SiteServerReader::mac(const Layered& value) {
    if (value) mac_ = &value.yaml();
}
void SiteServerReader::uuid(const Layered& value) {
    if (value) uuid_ = &value.yaml();
}

void SiteServerReader::ambiguous(const Yaml::Node& value, std::string_view key) {
    if (value.quoted || !context_.report.on(rule::site_ambiguous_scalar)) return;
    report_retyped(context_, value, key, {.span = place_of(value), .path = below(key)}, false);
}

void SiteServerReader::check_identity() {
    if (mac_ != nullptr && uuid_ != nullptr) {
        context_.report
            .add(rule::site_key, {.span = uuid_->key, .path = below("uuid")},
                 "a server has a MAC address or a UUID, not both",
                 "a Virtual IP-DECT Server One has a `uuid`, the others a `mac`")
            .related.push_back({.span = mac_->key, .message = "the other"});
    }
    const Yaml::Node* value = mac_ != nullptr ? mac_ : uuid_;
    const std::string_view key = mac_ != nullptr ? "mac" : "uuid";
    if (value == nullptr) {
        if (!is_meant("mac") && !is_meant("uuid"))
            context_.report.add(rule::element_missing, {.span = item_, .path = path_},
                                "the server has no identity",
                                "give its `mac`, or its `uuid` for a Virtual IP-DECT Server One");
        return;
    }
    to_.identity_place = {.span = value->span, .path = below(key)};
    identity_key_ = value->key;
    const std::optional<Identity> identity = parse_identity(value->text);
    if (!identity) {
        add(rule::value_format, *value, key,
            fmt::format("'{}' is '{}'; expected {}", key, value->text,
                        key == "mac" ? "a MAC address" : "a UUID"));
        return;
    }
    take_identity(*value, key, *identity);
}

void SiteServerReader::take_identity(const Yaml::Node& value, std::string_view key, Identity identity) {
    const bool is_mac = identity.kind == Identity::Kind::mac;
    if (is_mac != (key == "mac")) {
        add(rule::value_format, value, key,
            is_mac ? "this is a MAC address; the key for it is `mac`"
                   : "this is a UUID; the key for it is `uuid`");
        return;
    }
    if (const std::string_view why = unusable(identity); !why.empty())
        add(rule::file_identity, value, key, fmt::format("'{}' is {}, which no server has", value.text, why));
    ambiguous(value, key);
    to_.server.models = identity.models();
    to_.server.identity = std::move(identity);
}

void SiteServerReader::check_model() {
    Server& to = to_.server;
    if (model_ == nullptr) {
        if (!is_meant("model"))
            context_.report.add(rule::element_missing, {.span = item_, .path = path_},
                                "the server has no `model`");
        return;
    }
    const std::optional<Model> model = find_model(model_->text);
    if (!model) {
        const std::vector<std::string_view> known = model_tokens();
        const auto near = nearest(model_->text, known);
        add(rule::value_choice, *model_, "model",
            fmt::format("'model' is '{}'; expected one of {}", model_->text, fmt::join(known, ", ")),
            near ? fmt::format("did you mean '{}'?", *near) : std::string());
        return;
    }
    if (!to.identity.models().has(*model)) {
        const bool has_mac = to.identity.kind == Identity::Kind::mac;
        context_.report.add(rule::site_key, {.span = identity_key_, .path = to_.identity_place.path},
                            fmt::format("a {} has no {}", row(*model).name, has_mac ? "MAC address" : "UUID"),
                            has_mac ? "give its `uuid`" : "give its `mac`");
        // Where the key and the model disagree, nothing is certain about the model.
        to.models = all_models;
        return;
    }
    to.options.model = model;
    to.models = *model;
    to.declared = true;
}

void SiteServerReader::firmware_version(const Layered& value) {
    if (!value) return;
    const std::string_view version = value.yaml().text;
    to_.server.options.firmware_version = version;
    if (!is_release(version))
        add(rule::value_format, value.yaml(), "firmware_version",
            fmt::format("'firmware_version' is '{}'; expected a release as PCS20Ba", version));
}

void SiteServerReader::redundant(const Layered& value) {
    if (!value) return;
    const std::string_view text = value.yaml().text;
    to_.server.options.redundant = text == "true";
    if (text != "true" && text != "false")
        add(rule::value_type, value.yaml(), "redundant",
            fmt::format("'redundant' is '{}'; expected true or false", text));
}

void SiteServerReader::replaces(const Layered& value) {
    if (!value) return;
    const std::string_view text = value.yaml().text;
    if (const std::optional<Identity> old = parse_identity(text)) {
        to_.replaces = old->text;
    } else {
        add(rule::value_format, value.yaml(), "replaces",
            fmt::format("'replaces' is '{}'; expected a MAC address or a UUID", text));
    }
}

void SiteServerReader::licenses(const Layered& list) {
    if (!list) return;
    std::vector<std::string>& names = to_.server.options.licenses.emplace();
    std::size_t number = 0;
    for (const std::uint32_t item : children(*list.source->yaml, list.node)) {
        const Yaml::Node& node = (*list.source->yaml)[item];
        const std::string key = fmt::format("licenses[{}]", ++number);
        if (node.type == Yaml::Type::scalar &&
            std::ranges::find(licence_names, std::string_view(node.text)) != licence_names.end()) {
            names.emplace_back(node.text);
            const auto model = model_ != nullptr ? find_model(model_->text) : std::nullopt;
            if (model && !licence_models(node.text).has(*model))
                add(rule::element_not_for_model, node, key, no_licence_for(node.text, *model),
                    "leave it out");
            continue;
        }
        const std::string known = fmt::format("expected one of {}", fmt::join(licence_names, ", "));
        if (const auto near = nearest(node.text, licence_names)) {
            add(rule::value_choice, node, key, fmt::format("'{}' is no licence; {}", node.text, known),
                fmt::format("did you mean '{}'?", *near));
            continue;
        }
        const Span first{.file = node.span.file,
                         .begin = node.span.begin,
                         .end = std::min(node.span.begin + 1, node.span.end)};
        context_.report.add(rule::value_choice, {.span = first, .path = below(key)},
                            fmt::format("this is not what a licence is called; {}", known));
    }
}

}  // namespace dectprov
