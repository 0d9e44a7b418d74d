// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "catalog/catalog.hpp"
#include "model/merge_type.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_merge_type(const Server& server, Report& report);
void check_merge_unsupported(const Server& server, Report& report);
void check_drops_provisioning(const Server& server, Report& report);
void check_redundant_handsets(const Server& server, Report& report);
void check_spellings(const Server& server, Report& report);

constexpr Rule not_merge_type{
    .id = "config/merge-type",
    .severity = Severity::error,
    .summary = "an attribute that looks like merge_type=\"merge\" and is not",
    .why =
        "With another attribute or value the server overwrites: every setting that is not in the file goes "
        "back to its default, without a warning.",
    .origin = "guide line 442-448, 1579-1585",
    .example = Example::config,
    .bad = R"(<config «merge-type»="merge">
  <sip>
    <callwaiting>true</callwaiting>
  </sip>
</config>
)",
    .good = R"(<config merge_type="merge">
  <sip>
    <callwaiting>true</callwaiting>
  </sip>
</config>
)",
    .check = {.server = check_merge_type}};

constexpr Rule merge_unsupported{
    .id = "config/merge-unsupported",
    .severity = Severity::error,
    .summary = "a merge on a DECT Server, which can only overwrite",
    .why =
        "For a DECT Server 2500 or 8000 the file is a complete configuration: every setting that is not in "
        "it goes back to its default.",
    .origin = "guide line 440, 795",
    .example = Example::config,
    .bad = R"(<config «merge_type»="merge">
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)",
    .good = R"(<config>
  <network>
    <bootproto>dhcp</bootproto>
  </network>
</config>
)",
    .model = "8000",
    .check = {.server = check_merge_unsupported}};

constexpr Rule overwrite_drops_provisioning{
    .id = "config/overwrite-drops-provisioning",
    .severity = Severity::warning,
    .summary = "an overwrite without provisioning settings, and users or handset files beside it",
    .why =
        "An import that is not a merge sets everything that is not in the file back to its default, and the "
        "import of users and handset files is off by default. After this file the server no longer fetches "
        "the others.",
    .origin = "guide line 440, 448, 1089-1091",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    «settings»:
      network: {bootproto: dhcp}
    users:
      - {username: "9997"}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      network: {bootproto: dhcp}
      provisioning:
        check: {interval: 60}
        users: {check: true}
    users:
      - {username: "9997"}
)",
    .check = {.server = check_drops_provisioning}};

constexpr Rule redundant_handsets{
    .id = "config/redundant-handsets",
    .severity = Severity::error,
    .summary = "handset configuration on a redundant system",
    .why =
        "Handset configuration over the air does not work on redundant systems. The handsets never get the "
        "settings.",
    .origin = "guide line 181, 576, 1833-1845",
    .example = Example::config,
    .bad = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <cota>
      <check>«true»</check>
    </cota>
  </provisioning>
  <slave>
    <license>11111AAAA11111</license>
  </slave>
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
  </provisioning>
  <slave>
    <license>11111AAAA11111</license>
  </slave>
</config>
)",
    .check = {.server = check_redundant_handsets}};

constexpr Rule two_spellings{
    .id = "config/two-spellings",
    .severity = Severity::warning,
    .summary = "one setting in two spellings, with different values",
    .why =
        "A real file of a KWS300 has both separate_endpoint_ports and seperate_endpoint_ports. No source "
        "says which of them a server reads, so with two values the result is not known.",
    .origin = "https://github.com/urueedi/kazoo-provision/blob/201f767/DEVELOP/polycom_template_xml.php",
    .example = Example::config,
    .bad = R"(<config merge_type="merge">
  <sip>
    <separate_endpoint_ports>true</separate_endpoint_ports>
    <seperate_endpoint_ports>«false»</seperate_endpoint_ports>
  </sip>
</config>
)",
    .good = R"(<config merge_type="merge">
  <sip>
    <separate_endpoint_ports>true</separate_endpoint_ports>
    <seperate_endpoint_ports>true</seperate_endpoint_ports>
  </sip>
</config>
)",
    .check = {.server = check_spellings}};

// Calls `visit(attribute)` for what stands in the place of merge_type on the root element.
template <class Visit>
void for_each_merge_attribute(const Server& server, Visit&& visit) {
    if (!server.has_config()) return;
    for (const Tree::Attribute& attribute : server.config->attributes()) {
        if (is_meant_as_merge_type(*server.config, attribute)) visit(attribute);
    }
}

// No fix: what is elsewhere cannot be turned into an attribute of the root.
void report_out_of_place(const Server& server, Place place, std::string_view what, Report& report) {
    report.add(
        not_merge_type, std::move(place),
        fmt::format("{}: the server overwrites, and what is not in this file goes back to its default", what),
        server.of_site ? "for a merge write `import: merge` beside `settings`"
                       : "for a merge write <config merge_type=\"merge\">");
}

// What the models lack, and what is in unknown elements, is not judged by itself.
void check_out_of_place(const Server& server, Report& report) {
    if (!server.has_config()) return;
    const Tree& config = *server.config;
    for (const Tree::Attribute& attribute : config.attributes()) {
        const EntryId id = config.entry(attribute.node);
        if (id == EntryId::none || lacks(server, config.catalog(), id)) continue;
        if (!is_merge_type_out_of_place(config, attribute)) continue;
        report_out_of_place(
            server, Place{.span = attribute.name, .tree = &config, .node = attribute.node},
            fmt::format("the attribute '{}' is in '{}'", attribute.name_text, config.name(attribute.node)),
            report);
    }
    if (!config.has_unknown()) return;
    for (NodeIndex node = 0; node < config.size();) {
        const EntryId id = config.entry(node);
        const bool unknown = id == EntryId::none;
        if (unknown && is_merge_type_out_of_place(config, node))
            report_out_of_place(server, config.name_place(node),
                                fmt::format("'{}' stands among the settings", config.name(node)), report);
        node = unknown || lacks(server, config.catalog(), id) ? config.after(node) : node + 1;
    }
}

void check_merge_type(const Server& server, Report& report) {
    // On DECT servers the right spelling would not help.
    if (only(server, dect_models)) return;
    for_each_merge_attribute(server, [&](const Tree::Attribute& attribute) {
        const bool named = attribute.name_text == "merge_type";
        // An overwrite that says so is one.
        if (named && (attribute.text == "merge" || attribute.text == "overwrite")) return;
        const Span wrong = named ? attribute.value : attribute.name;
        Diagnostic& diagnostic = report.add(
            not_merge_type, Place{.span = wrong, .tree = server.config.get(), .node = 0},
            fmt::format("the {} is '{}': the server overwrites, and what is not in this file goes back to "
                        "its default",
                        named ? "value" : "attribute", named ? attribute.text : attribute.name_text),
            "for a merge write merge_type=\"merge\"");
        // Not safe: the import so far has been an overwrite.
        diagnostic.fix = Fix{.span = wrong, .replacement = named ? "merge" : "merge_type", .safe = false};
        if (!named && attribute.text != "merge") {
            // Both the name and the value, with the quote between them that stands there.
            diagnostic.fix->span.end = attribute.value.end;
            const Span quote{
                .file = wrong.file, .begin = attribute.value.begin - 1, .end = attribute.value.begin};
            diagnostic.fix->replacement += fmt::format("={}merge", server.config->sources().text(quote));
        }
    });
    check_out_of_place(server, report);
}

void check_merge_unsupported(const Server& server, Report& report) {
    if (!only(server, dect_models)) return;
    for_each_merge_attribute(server, [&](const Tree::Attribute& attribute) {
        if (attribute.text == "overwrite") return;
        // Of a description it is the value of `import:`.
        Place place = server.merge_place;
        if (!server.of_site) place = {.span = attribute.name, .tree = server.config.get(), .node = 0};
        report.add(merge_unsupported, std::move(place),
                   "this server only overwrites: what is not in the file goes back to its default",
                   server.of_site ? "remove `import: merge`" : "remove the attribute");
    });
}

void check_drops_provisioning(const Server& server, Report& report) {
    if (!overwrites(server)) return;
    const Tree& config = *server.config;
    const NodeIndex provisioning = setting(server, entry("config.provisioning"));
    if (provisioning != Tree::none && (is_unclear(config, provisioning) || config.has_children(provisioning)))
        return;
    const bool users = server.has(Role::users);
    const bool handsets = handset_files(server) && !only(server, dect_models);
    if (!users && !handsets) return;
    report.add(overwrite_drops_provisioning, config.name_place(0),
               fmt::format("an overwrite without provisioning settings: the server no longer fetches the {} "
                           "beside it",
                           users && handsets ? "users and handset files"
                           : users           ? "users file"
                                             : "handset files"),
               "add the provisioning settings, or use a merge");
}

void check_redundant_handsets(const Server& server, Report& report) {
    const NodeIndex slave = second_server(server);
    if (!server.options.redundant && slave == Tree::none) return;
    auto place = handset_configuration(server);
    if (!place) return;
    Diagnostic& diagnostic = report.add(redundant_handsets, std::move(*place),
                                        "handset configuration does not work on a redundant system",
                                        "set provisioning.cota.check to false");
    if (slave == Tree::none) return;
    diagnostic.related.push_back(
        {.span = server.config->name_span(slave), .message = "the second server of the pair"});
}

struct Spellings {
    EntryId one;
    EntryId other;
};
constexpr Spellings spellings[] = {{.one = entry("config.sip.separate_endpoint_ports"),
                                    .other = entry("config.sip.seperate_endpoint_ports")}};

void check_spellings(const Server& server, Report& report) {
    if (!server.config) return;
    const Tree& config = *server.config;
    for (const Spellings& pair : spellings) {
        const NodeIndex one = known_at(server, config, pair.one);
        const NodeIndex other = known_at(server, config, pair.other);
        if (one == Tree::none || other == Tree::none || config.value(one) == config.value(other)) continue;
        // What is no value of the setting has a finding of its own.
        const auto fits = [&](NodeIndex node) {
            return !check(config.catalog().type(config.entry(node)), config.value(node));
        };
        if (!fits(one) || !fits(other)) continue;
        const auto [first, second] = std::minmax(one, other);
        report
            .add(two_spellings, config.value_place(second),
                 fmt::format("'{}' is {}, but '{}' is {}", config.name(second), config.value(second),
                             config.name(first), config.value(first)),
                 "set both to the same value")
            .related.push_back({.span = config.marked(first), .message = "the other spelling"});
    }
}

}  // namespace

std::span<const Rule* const> config_rules() {
    static constexpr const Rule* rows[] = {&not_merge_type, &merge_unsupported, &overwrite_drops_provisioning,
                                           &redundant_handsets, &two_spellings};
    return rows;
}

}  // namespace dectprov
