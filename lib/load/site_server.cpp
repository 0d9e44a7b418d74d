// SPDX-License-Identifier: MIT
#include "load/site_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/licences.hpp"
#include "diag/rules.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

const std::vector<std::string_view> server_keys{
    "name",   "model",    "mac",   "uuid",           "firmware_version", "licenses", "redundant",
    "import", "settings", "users", "handset_groups", "firmware_files",   "replaces"};

}  // namespace

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
    if (node.type != Yaml::Type::mapping) {
        context_.report.add(rule::site_key, {.span = item_, .path = path_}, "a server is a mapping");
        return;
    }
    check_keys(source, item);
    // A merge key may stand for anything.
    if (node.merges || (defaults && defaults.yaml().merges)) {
        server.users_unread = true;
        server.groups_unread = true;
        model_meant_ = true;
        identity_meant_ = identity_meant_ || node.merges;
    }
    const Layered merged = layers_.lay(defaults, {.source = &source, .node = item});

    if (const Yaml::Node* name = text(merged, "name")) to_.name = name->text;
    identity(merged);
    model(merged);
    options(merged);
    config(merged);
    import_kind(merged);
    users(merged);
    groups(merged);
    firmware_files(merged);
}

void SiteServerReader::check_keys(const SiteSource& source, std::uint32_t item) {
    for (const std::uint32_t child : children(*source.yaml, item)) {
        const Yaml::Node& node = (*source.yaml)[child];
        if (std::ranges::find(server_keys, std::string_view(node.key_text)) != server_keys.end()) continue;
        report_unknown_key(context_, node.key, path_, "a server", node.key_text, server_keys);
        // What was meant is there, so that no rule says it is missing.
        const auto meant = nearest(node.key_text, server_keys);
        if (meant == "users") to_.server.users_unread = true;
        if (meant == "handset_groups") to_.server.groups_unread = true;
        if (meant == "model") model_meant_ = true;
        if (meant == "mac" || meant == "uuid") identity_meant_ = true;
    }
}

const Yaml::Node* SiteServerReader::text(const Layered& server, std::string_view key) {
    const Layered value = server.find(key);
    if (!value) return nullptr;
    if (value.is(Yaml::Type::scalar)) return &value.yaml();
    report_shape(context_, value.yaml(), below(key), fmt::format("'{}' is a text", key));
    return nullptr;
}

void SiteServerReader::ambiguous(const Yaml::Node& value, std::string_view key) {
    if (value.quoted || !context_.report.on(rule::site_ambiguous_scalar)) return;
    if (const std::optional<std::string> reading = yaml_1_1_reading(value.text))
        add(rule::site_ambiguous_scalar, value, key,
            fmt::format("{} is the text '{}' here, and {} to other YAML readers", key, value.text, *reading),
            "put it in quotes");
}

void SiteServerReader::identity(const Layered& server) {
    const Yaml::Node* mac = text(server, "mac");
    const Yaml::Node* uuid = text(server, "uuid");
    if (mac != nullptr && uuid != nullptr) {
        context_.report
            .add(rule::site_key, {.span = uuid->key, .path = below("uuid")},
                 "a server has a MAC address or a UUID, not both",
                 "a Virtual IP-DECT Server One has a `uuid`, the others a `mac`")
            .related.push_back({.span = mac->key, .message = "the other"});
        uuid = nullptr;
    }
    const Yaml::Node* value = mac != nullptr ? mac : uuid;
    const std::string_view key = mac != nullptr ? "mac" : "uuid";
    if (value == nullptr) {
        if (!identity_meant_ && !server.find("mac") && !server.find("uuid"))
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
    check_identity(*value, key, *identity);
}

void SiteServerReader::check_identity(const Yaml::Node& value, std::string_view key, Identity identity) {
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

void SiteServerReader::model(const Layered& server) {
    const Yaml::Node* value = text(server, "model");
    Server& to = to_.server;
    if (value == nullptr) {
        if (!model_meant_ && !server.find("model"))
            context_.report.add(rule::element_missing, {.span = item_, .path = path_},
                                "the server has no `model`");
        return;
    }
    const std::optional<Model> model = find_model(value->text);
    if (!model) {
        std::vector<std::string_view> known(models.size());
        std::ranges::transform(models, known.begin(), &ModelRow::token);
        const auto near = nearest(value->text, known);
        add(rule::value_choice, *value, "model",
            fmt::format("'model' is '{}'; expected one of {}", value->text, fmt::join(known, ", ")),
            near ? fmt::format("did you mean '{}'?", *near) : std::string());
        return;
    }
    if (!to.identity.models().has(*model)) {
        const bool has_mac = to.identity.kind == Identity::Kind::mac;
        context_.report.add(
            rule::site_key, {.span = identity_key_, .path = to_.identity_place.path},
            fmt::format("a {} has no {}",
                        *model == Model::vso ? "Virtual IP-DECT Server One" : std::string(token(*model)),
                        has_mac ? "MAC address" : "UUID"),
            has_mac ? "give its `uuid`" : "give its `mac`");
        // Where the key and the model disagree, nothing is certain about the model.
        to.models = all_models;
        return;
    }
    to.options.model = model;
    to.models = *model;
    to.declared = true;
}

void SiteServerReader::options(const Layered& server) {
    ServerOptions& options = to_.server.options;
    if (const Yaml::Node* version = text(server, "firmware_version")) {
        options.firmware_version = version->text;
        if (!is_release(version->text))
            add(rule::value_format, *version, "firmware_version",
                fmt::format("'firmware_version' is '{}'; expected a release as PCS20Ba", version->text));
    }
    if (const Layered list = server.find("licenses")) licenses(list);
    if (const Yaml::Node* redundant = text(server, "redundant")) {
        options.redundant = redundant->text == "true";
        if (!options.redundant && redundant->text != "false")
            add(rule::value_type, *redundant, "redundant",
                fmt::format("'redundant' is '{}'; expected true or false", redundant->text));
    }
    if (const Yaml::Node* replaces = text(server, "replaces")) {
        const std::optional<Identity> old = parse_identity(replaces->text);
        if (old) {
            to_.replaces = old->text;
        } else {
            add(rule::value_format, *replaces, "replaces",
                fmt::format("'replaces' is '{}'; expected a MAC address or a UUID", replaces->text));
        }
    }
}

void SiteServerReader::licenses(const Layered& list) {
    if (!list.is(Yaml::Type::sequence)) {
        report_shape(context_, list.yaml(), below("licenses"), "'licenses' is a list");
        return;
    }
    std::vector<std::string>& names = to_.server.options.licenses.emplace();
    std::size_t number = 0;
    for (const std::uint32_t item : children(*list.source->yaml, list.node)) {
        const Yaml::Node& node = (*list.source->yaml)[item];
        const std::string key = fmt::format("licenses[{}]", ++number);
        if (node.type == Yaml::Type::scalar &&
            std::ranges::find(licence_names, std::string_view(node.text)) != licence_names.end()) {
            names.emplace_back(node.text);
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
