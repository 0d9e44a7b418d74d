// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_needs(const Server& server, Report& report);
void check_drops_licence(const Server& server, Report& report);
void check_keys(const Server& server, Report& report);

constexpr Rule licence_missing{
    .id = "config/licence-missing",
    .severity = Severity::warning,
    .summary = "something that needs a licence that is not in the server's `licenses`",
    .why =
        "Without the licence the server leaves out what needs it: firmware of handsets and base stations, "
        "handset settings, CUCM devices or more cells.",
    .origin = "guide line 150-185, 400, 535-541, 1950",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    import: merge
    licenses: [cucm]
    settings:
      suota: {auto: «true»}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    import: merge
    licenses: [cucm, enhanced_provisioning]
    settings:
      suota: {auto: true}
)",
    .check = {.server = check_needs}};

constexpr Rule licence_needed{
    .id = "config/licence-needed",
    .severity = Severity::note,
    .summary = "something that needs a licence, on a server without declared licences",
    .why =
        "Without the licence the server leaves this out. Write the licences of the server into `licenses:` "
        "in the site description or in .dectprov.yaml, and the note goes away.",
    .origin = "guide line 150-185, 400, 535-541, 1950",
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
</config>
)",
    .good = R"(<config>
  <provisioning>
    <check>
      <interval>60</interval>
    </check>
    <cota>
      <check>false</check>
    </cota>
  </provisioning>
</config>
)",
    .model = "6500",
    .check = {.server = check_needs}};

constexpr Rule overwrite_drops_licence{
    .id = "config/overwrite-drops-licence",
    .severity = Severity::note,
    .summary = "an overwrite without the licence keys of a server that has licences",
    .why =
        "The keys are one setting. After an import that is not a merge and has no keys, the server has no "
        "keys, and everything that needs a licence stops working.",
    .origin = "guide line 440, 448, 1818-1861",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    licenses: [enhanced_provisioning]
    «settings»:
      network: {bootproto: dhcp}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    licenses: [enhanced_provisioning]
    import: merge
    settings:
      network: {bootproto: dhcp}
)",
    .check = {.server = check_drops_licence}};

constexpr Rule licence_duplicate{
    .id = "config/licence-duplicate",
    .severity = Severity::warning,
    .summary = "the same licence key twice",
    .why = "A key counts once. If two licences are intended, one of them is missing.",
    .origin = "guide line 1810-1861",
    .example = Example::config,
    .bad = R"(<config merge_type="merge">
  <license>11111AAAA11111,22222BBBB22222,«1»1111AAAA11111</license>
</config>
)",
    .good = R"(<config merge_type="merge">
  <license>11111AAAA11111,22222BBBB22222,33333CCCC33333</license>
</config>
)",
    .check = {.server = check_keys}};

struct Licence {
    std::string_view token;  // in `licenses:`
    std::string_view name;
};

constexpr Licence enhanced{.token = enhanced_provisioning, .name = "Enhanced Provisioning"};
constexpr Licence cucm{.token = "cucm", .name = "CUCM"};
constexpr Licence multi_cell{.token = "multi_cell", .name = "Multi-cell"};

// What is on by `true` and needs Enhanced Provisioning then.
constexpr EntryId enhanced_switches[] = {
    entry("config.suota.auto"),
    entry("config.mr.auto.enable"),
    entry("config.rfp.auto.enable"),
    entry("config.rfp.auto.enable_digital"),
    entry("config.provisioning.firmware.default_kws"),
};
constexpr EntryId multi_cell_switches[] = {
    entry("config.rfp.auto.enable"),
    entry("config.provisioning.firmware.default_kws"),
};

void add_switches(const Server& server, std::span<const EntryId> switches, std::vector<NodeIndex>& to) {
    for (const EntryId id : switches) {
        if (switch_at(server, id) == Switch::on) to.push_back(setting(server, id));
    }
}

std::vector<Place> places(const Server& server, std::vector<NodeIndex> nodes) {
    std::ranges::sort(nodes);
    std::vector<Place> all;
    all.reserve(nodes.size());
    for (const NodeIndex node : nodes) all.push_back(server.config->value_place(node));
    return all;
}

std::vector<Place> needs_enhanced(const Server& server) {
    std::vector<NodeIndex> nodes;
    add_switches(server, enhanced_switches, nodes);
    for_each_firmware(server, [&](EntryId id, NodeIndex node) {
        if (id != entry("config.provisioning.firmware.kws")) nodes.push_back(node);
    });
    constexpr EntryId handsets = entry("config.provisioning.cota.check");
    const auto files = handset_configuration(server);
    const bool import = switch_at(server, handsets) == Switch::on;
    if (files && import) nodes.push_back(setting(server, handsets));
    std::vector<Place> all = places(server, std::move(nodes));
    if (files && !import) all.push_back(*files);
    return all;
}

std::vector<Place> needs_multi_cell(const Server& server) {
    std::vector<NodeIndex> nodes;
    if (only(server, Model::s400)) add_switches(server, multi_cell_switches, nodes);
    return places(server, std::move(nodes));
}

// With some thousand users on the CUCM the first few say enough.
constexpr std::size_t most_related = 10;

std::vector<Place> needs_cucm(const Server& server) {
    std::vector<Place> all;
    for_each_with(server, entry("users.user.cucmdevicename"), [&](NodeIndex, NodeIndex field) {
        all.push_back(server.users->value_place(field));
        return all.size() <= most_related;
    });
    return all;
}

void report_need(const Server& server, const Licence& licence, const std::vector<Place>& needs,
                 Report& report) {
    if (needs.empty()) return;
    const bool declared = server.options.licenses.has_value();
    if (declared && !lacks_licence(server, licence.token)) return;
    const Rule& rule = declared ? licence_missing : licence_needed;
    if (!report.on(rule)) return;
    Diagnostic& diagnostic = report.add(
        rule, needs.front(),
        declared
            ? fmt::format("this needs the {} licence, which is not in the server's `licenses`", licence.name)
            : fmt::format("this needs the {} licence", licence.name),
        declared ? fmt::format("order the licence, or add {} to `licenses`", licence.token)
                 : fmt::format("declare the licences of the server: `licenses: [{}]`", licence.token));
    for (std::size_t i = 1; i < needs.size(); ++i) {
        diagnostic.related.push_back({.span = needs[i].span, .message = "needs it too"});
    }
}

void check_needs(const Server& server, Report& report) {
    // Without a configuration nothing says what the server fetches or does.
    if (!server.config) return;
    // A 200 has one cell.
    if (!may_be_200(server)) {
        report_need(server, enhanced, needs_enhanced(server), report);
        report_need(server, multi_cell, needs_multi_cell(server), report);
    }
    // Every model needs it, a 200 too (guide line 1950); where nothing is declared, of a 200 nothing is said,
    // since the guide's own example for it has such a user.
    if (!may_be_200(server) || server.options.licenses) report_need(server, cucm, needs_cucm(server), report);
}

void check_drops_licence(const Server& server, Report& report) {
    const auto& declared = server.options.licenses;
    if (!overwrites(server) || !declared || declared->empty()) return;
    const NodeIndex keys = setting(server, entry("config.license"));
    if (keys != Tree::none && is_given(*server.config, keys)) return;
    report.add(overwrite_drops_licence, server.config->name_place(0),
               "this overwrite has no element license, so the server loses its licence keys",
               "add license with its keys, or use a merge");
}

void check_keys_of(const Tree& config, NodeIndex node, Report& report) {
    if (node == Tree::none || is_unclear(config, node)) return;
    const std::string_view text = config.text(node);
    std::vector<std::string_view> keys;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        std::string_view key = text.substr(begin, end - begin);
        begin = end + 1;
        key = trimmed(key);
        if (key.empty()) continue;
        const auto offset = [&](std::string_view part) {
            return static_cast<std::size_t>(part.data() - text.data());
        };
        const auto earlier = std::ranges::find(keys, key);
        if (earlier == keys.end()) {
            keys.push_back(key);
            continue;
        }
        report
            .add(licence_duplicate,
                 Place{.span = config.text_span(node, offset(key), 1), .tree = &config, .node = node},
                 "this licence key is already in the list", "remove it, or write the intended key")
            .related.push_back(
                {.span = config.text_span(node, offset(*earlier), 1), .message = "the first one"});
    }
}

void check_keys(const Server& server, Report& report) {
    for (const EntryId id : {entry("config.license"), entry("config.slave.license")}) {
        const NodeIndex node = setting(server, id);
        if (node != Tree::none) check_keys_of(*server.config, node, report);
    }
}

}  // namespace

std::span<const Rule* const> config_licence_rules() {
    static constexpr const Rule* rows[] = {&licence_missing, &licence_needed, &overwrite_drops_licence,
                                           &licence_duplicate};
    return rows;
}

}  // namespace dectprov
